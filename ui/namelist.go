package ui

// The list of names as it is made from a version: in a big zone beside the screen, so that neither a key nor what an examination
// brings waits for a million names to be gone through.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// arrangedAtOnce is how many names are chosen and put in order while a key waits. As they are, they are only gone through.
const (
	arrangedAtOnce = 10_000
	listedAtOnce   = 1_000_000
)

// nameBasis is what the list of names is made from.
type nameBasis struct {
	by    arrangement
	first *document.NameRow // of those it chooses from, which never change
	count int
	told  *lint.Report // what is wrong at them; nil where that does not count
}

// recipe is how the names of a version are arranged.
func (by arrangement) recipe(f document.Findings) recipe[nameBasis, arranged] {
	by.all = by.showsAll(f)
	of := by.base(f)
	b, most := nameBasis{by: by, count: len(of)}, listedAtOnce
	if len(of) > 0 {
		b.first = &of[0]
	}
	if by.order == byWorstFirst || by.order == grouped {
		b.told = f.Report
	}
	if by.order != asTree || by.only != "" || f.Zone != nil && f.Zone.Origin().IsBackwards() {
		most = arrangedAtOnce
	}
	return recipe[nameBasis, arranged]{b, len(of) <= most, func(p *pace) arranged { return by.arrange(f, p) }}
}

// wholeZone has all names listed of a zone that has very many, and then does what follows.
type wholeZone struct{ then func() []action }

func (a wholeZone) do(s stage) tea.Cmd {
	f := s.tools().doc.Findings
	return longWork{"listing all names", func(p *pace) result {
		p.begin(f.Owners)
		return allListed{a, f.Survey(true, p.goesOn)}
	}}.do(s)
}

// allListed brings them.
type allListed struct {
	wholeZone
	findings document.Findings
}

// take shows them. Of a version that came meanwhile they are listed when it is examined.
func (m allListed) take(s stage) tea.Cmd {
	doc := s.tools().doc
	doc.Whole, doc.Findings.Surveyed = true, false
	if now := doc.Findings; now.Zone == m.findings.Zone {
		now.Names, now.All, now.Owners, now.Surveyed = m.findings.Names, m.findings.All, m.findings.Owners, true
		doc.Found(now)
	}
	return tea.Batch(s.perform(m.then()...), examine(s))
}

// pointing is how many names of a reverse zone have a PTR record, counted once for a version.
type pointing struct {
	of    *zonefile.Zone
	count int
}

// in counts them.
func (c *pointing) in(z *zonefile.Zone) int {
	if c.of != z {
		*c = pointing{of: z}
		for range z.NodesOf(zonefile.TypePTR) {
			c.count++
		}
	}
	return c.count
}
