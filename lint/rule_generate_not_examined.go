package lint

// A $GENERATE that makes so many records that nobody looks at them: that is told, for else silence would be taken for
// praise.

var generateNotExamined = &Rule{
	Name:     "generate-not-examined",
	Severity: Warning,
	Doc: `The $GENERATE of the zone make more records than are written out here, so those of this one are not
examined, and no name that they may hold is called missing. named makes all of them.`,
	Bad:    "$GENERATE 1-2000000 host$ TXT \"a guest\"",
	Good:   "$GENERATE 1-20 host$ TXT \"a guest\"",
	Refs:   []string{"BIND: $GENERATE", "mailzone"},
	Visits: wholeZone,
	Check: func(p *Pass) {
		for problem := range p.Zone.Unwritten() {
			p.Report(problem.File, problem.Span, "%s", problem.Message)
		}
	},
}
