package lint

// Ignores that silence nothing: they would hide what comes later.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// unusedIgnore must be the last of All: it looks at what the others found.
var unusedIgnore = &Rule{
	Name:     "unused-ignore",
	Severity: Warning,
	Doc: `A comment asks to ignore a rule that finds nothing there, or that does not exist. What it was written
for is gone; left alone, it would hide the next fault.`,
	Bad: `@ 1d MX 10 mx1 ; lint:ignore mx-ttl-low moving
mx1 A 192.0.2.1`,
	Good: `@ 5m MX 10 mx1 ; lint:ignore mx-ttl-low moving
mx1 A 192.0.2.1`,
	Refs:   []string{"mailzone"},
	Visits: theFindings,
	Check: func(p *Pass) {
		mine := p.run.ignores[p.zone]
		if len(mine) == 0 {
			return
		}
		at := placesOf(mine, p.found, p.carried)
		for i := range mine {
			checkIgnore(p, &mine[i], at.used(&mine[i]))
		}
	},
}

// ruleIn is a rule in a file.
type ruleIn struct {
	file *zonefile.File
	rule string
}

// places is where the rules that ignores name found something, in order.
type places map[ruleIn][]uint32

// placesOf looks through lists of findings.
func placesOf(list []ignore, found ...[]Diagnostic) places {
	p := places{}
	for i := range list {
		for _, name := range list[i].rules {
			p[ruleIn{list[i].row.File(), name}] = nil
		}
	}
	for _, some := range found {
		for i := range some {
			at := ruleIn{some[i].File, some[i].Rule.Name}
			if starts, asked := p[at]; asked {
				p[at] = append(starts, some[i].Span.Start)
			}
		}
	}
	for _, starts := range p {
		slices.Sort(starts)
	}
	return p
}

// used tells whether an ignore is about one of the findings, be its date over or not.
func (p places) used(g *ignore) bool {
	return slices.ContainsFunc(g.rules, func(name string) bool {
		starts := p[ruleIn{g.row.File(), name}]
		i, _ := slices.BinarySearch(starts, g.reach.Start)
		return i < len(starts) && starts[i] < g.reach.End
	})
}

// checkIgnore reports an ignore that is broken or about nothing.
func checkIgnore(p *Pass, g *ignore, used bool) {
	if g.broken != "" {
		p.Report(g.row.File(), g.span, "the ignore %s", g.broken)
		return
	}
	for _, name := range g.rules {
		if _, known := p.look().severities[name]; !known {
			p.Report(g.row.File(), g.span, "there is no rule %s to ignore: `mailzone rules` lists them", quoteText(name))
			return
		}
	}
	least := p.look().least(g.rules)
	if used || least == 0 || g.nolisting(p.Zone) != nil { // that a host is meant to be closed is for those who ask it
		return
	}
	d := p.Report(g.row.File(), g.span, "%s ignores nothing: remove it", quoteText(marker+" "+strings.Join(g.rules, ",")))
	d.Severity = min(d.Severity, least) // one about information is none to those who ask for none
	if f, ok := g.removal(p.Zone); ok {
		d.Offer(f)
	}
}

// removal is a fix that removes a comment that holds nothing but the ignore.
func (g *ignore) removal(z *zonefile.Zone) (Fix, bool) {
	const message = "remove the comment"
	if r := g.row.Record(); !r.IsZero() {
		alone := strings.HasPrefix(strings.TrimLeft(r.Comment(), "; \t"), marker)
		return setField(message, true, r, zonefile.FieldComment, ""), alone
	}
	row := g.row
	fix := Fix{Message: message, Safe: true, Make: func(now *zonefile.Zone, _ []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
		is, err := presentRow(now, z, row)
		if err != nil {
			return nil, err
		}
		return []zonefile.Edit{{File: is.File(), Span: is.Span()}}, nil
	}}
	return fix, strings.HasPrefix(strings.TrimLeft(string(g.row.Text()), "; \t"), marker)
}
