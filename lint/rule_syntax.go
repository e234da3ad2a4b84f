package lint

import (
	"bytes"
	"slices"

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
	Visits: theText,
	Check: func(p *Pass) {
		for problem := range p.Problems() {
			row := p.Zone.RowAt(problem.File, problem.Span.Start)
			if excessTTL(row.Record()) {
				continue
			}
			d := p.report(row, problem.File, problem.Span, "%s", problem.Message)
			switch {
			case row.Record().IsTooLong(problem):
				d.Offer(splitString(row.Record(), problem))
			case bytes.HasPrefix(problem.File.Slice(problem.Span), []byte("[AGE:")):
				d.Offer(dropStamp(p.Zone, row, problem))
			case bytes.EqualFold(problem.File.Slice(problem.Span), []byte("TSIG")):
				d.Offer(commentRowOut(p.Zone, row))
			}
		}
	},
}

// splitString is a fix that writes a string as several. Who uses it reads them joined (RFC 7208 §3.3, RFC 6376 §3.6.2.2).
func splitString(r zonefile.Record, at zonefile.Problem) Fix {
	n := slices.IndexFunc(r.RData(), func(t zonefile.Token) bool { return t.Span == at.Span })
	return Fix{
		Message: "split it into strings of at most 255 octets",
		Safe:    true,
		Make: func(_ *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			t, ok := now[0].Token(n)
			if !ok {
				return nil, gone(at.File, at.Span)
			}
			return []zonefile.Edit{{File: now[0].File(), Span: t.Span, New: zonefile.Quote(zonefile.Unescape(t.Text()))}}, nil
		},
		Of: []zonefile.Record{r},
	}
}

// dropStamp is a fix that takes an ageing stamp of Windows DNS, and the blanks behind it, out of a line.
func dropStamp(z *zonefile.Zone, row zonefile.Row, stamp zonefile.Problem) Fix {
	from := stamp.Span.Start - row.Span().Start
	behind := row.Text()[int(from)+stamp.Span.Len():]
	to := uint32(len(row.Text()) - len(bytes.TrimLeft(behind, " \t")))
	return onRow("take the stamp out", z, row, func(now zonefile.Row) []zonefile.Edit {
		start := now.Span().Start
		return []zonefile.Edit{{File: now.File(), Span: zonefile.Span{Start: start + from, End: start + to}}}
	})
}

// commentRowOut is a fix that makes comments of the lines of a row that is no record.
func commentRowOut(z *zonefile.Zone, row zonefile.Row) Fix {
	return onRow("comment the line out", z, row, func(now zonefile.Row) (edits []zonefile.Edit) {
		at := now.Span().Start
		for line := range bytes.Lines(now.Text()) {
			edits = append(edits, zonefile.Edit{File: now.File(), Span: zonefile.Span{Start: at, End: at}, New: ";"})
			at += uint32(len(line))
		}
		return edits
	})
}

// onRow is a safe fix of a row of a version that is no record, in any version of its zone.
func onRow(message string, version *zonefile.Zone, row zonefile.Row, edit func(now zonefile.Row) []zonefile.Edit) Fix {
	return Fix{Message: message, Safe: true, Make: func(z *zonefile.Zone, _ []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
		now, err := presentRow(z, version, row)
		if err != nil {
			return nil, err
		}
		return edit(now), nil
	}}
}
