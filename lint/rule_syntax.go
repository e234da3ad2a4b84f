package lint

import (
	"bytes"

	"github.com/mailzone/mailzone/zonefile"
)

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
				d := p.Report(problem.File, problem.Span, "%s", problem.Message)
				if bytes.HasPrefix(problem.File.Slice(problem.Span), []byte("[AGE:")) {
					d.Offer(dropStamp(p.Zone, problem))
				}
			}
		}
	},
}

// dropStamp is a fix that takes an ageing stamp of Windows DNS, and the blanks behind it, out of a line.
func dropStamp(z *zonefile.Zone, stamp zonefile.Problem) Fix {
	row := z.RowAt(stamp.File, stamp.Span.Start)
	from := int(stamp.Span.Start - row.Span().Start)
	behind := row.Text()[from+stamp.Span.Len():]
	to := len(row.Text()) - len(bytes.TrimLeft(behind, " \t"))
	return Fix{Message: "take the stamp out", Safe: true, Make: func(now *zonefile.Zone, _ ...string) ([]zonefile.Edit, error) {
		is, err := presentRow(now, z, row)
		if err != nil {
			return nil, err
		}
		start := is.Span().Start
		return []zonefile.Edit{{File: is.File(), Span: zonefile.Span{Start: start + uint32(from), End: start + uint32(to)}}}, nil
	}}
}
