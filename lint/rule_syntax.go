package lint

// What BIND refuses to read, or reads as something else: what package zonefile found is told as a rule, so it has a name.

var syntax = &Rule{
	Name:     "syntax",
	Severity: Error,
	Doc: `A line that BIND does not read, or reads as something else than it says. named refuses the whole zone for
one such line and goes on with the old version, or without the zone.`,
	Bad:    "www A 192.0.2.300",
	Good:   "www A 192.0.2.30",
	Refs:   []string{"RFC 1035 §5.1"},
	Visits: wholeZone,
	Check: func(p *Pass) {
		for problem := range p.Zone.Errors() {
			if !excessTTL(p.Zone.RowAt(problem.File, problem.Span.Start).Record()) {
				p.Report(problem.File, problem.Span, "%s", problem.Message)
			}
		}
	},
}
