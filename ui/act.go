package ui

// Acts on many names at once: those that are marked, else the one that is shown. One undo takes an act back. It
// is worked out beside the screen, and esc leaves everything as it was; names that cannot follow are listed before anything is
// done, and nobody who is marked is passed over because a filter hides it.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// act is a change of the chosen names.
type act struct {
	does func(of string) string // what it does, said of such names: "cust1, cust2", or "20 names"
	asks func(m zonefile.Many) (zonefile.Act, error)
	idle func(of string) string // what is said where nothing would change; nil: that they are like this already
	on   []zonefile.Name        // the names that it was asked for; nil: those that are chosen
}

// acted brings what an act would do.
type acted struct {
	act
	chosen
	of    *zonefile.Zone
	found zonefile.Act
	err   error
}

// do works an act out.
func (a act) do(s stage) tea.Cmd {
	k, c := s.tools(), s.chosen()
	if a.on != nil {
		c = chosen{names: a.on}
	}
	switch {
	case k.doc.ReadOnly() != "":
		s.tell(onlyRead(k))
		return nil
	case c.hidden > 0:
		s.tell(c.hides())
		return nil
	}
	m := acted{act: a, chosen: c, of: k.doc.Zone()}
	return longWork{a.does(zonefile.Plural(len(c.names), "name", "names")), func(p *pace) result {
		p.begin(len(c.names))
		many := m.of.Many(m.names...)
		many.Seen = p.goesOn
		m.found, m.err = m.asks(many)
		return m
	}}.do(s)
}

// take does what was worked out; where names cannot follow it asks first.
func (m acted) take(s stage) tea.Cmd {
	k := s.tools()
	switch {
	case m.err != nil:
		s.complain(m.err)
	case m.of != k.doc.Zone():
		s.complain(zonefile.ErrStale)
	case len(m.found.Unable) > 0:
		s.push(m.asking(k))
	case len(m.found.Done) == 0:
		s.tell(say{m.nothing(k), levelInfo})
	default:
		return s.perform(m.change(k))
	}
	return nil
}

// nothing is what is said where nothing would change.
func (m acted) nothing(k *kit) string {
	of := k.namesOf(m.names)[0]
	if m.idle == nil {
		return "nothing to change: " + of + " as before"
	}
	return m.idle(of)
}

// asking lists the names that cannot follow.
func (m acted) asking(k *kit) dialog {
	d := &ask{kit: k, question: zonefile.Plural(len(m.found.Unable), "name", "names") + " of " + itoa(len(m.names)) + " cannot follow", answers: []answer{{"Cancel", nil}}}
	for _, u := range m.found.Unable {
		d.details = append(d.details, k.written(u.Name)+": "+k.show(u.Why.Error()))
	}
	if len(m.found.Done) > 0 {
		d.answers = append(d.answers, answer{"Others: " + zonefile.Plural(len(m.found.Done), "name", "names"), []action{m.change(k)}})
	}
	return d
}

// change is the edit that makes it.
func (m acted) change(k *kit) action {
	words := func(document.Edited) []string { return m.words(k) }
	c := change{title: m.words(k)[0], stay: true, named: words, edits: editsOf(m.of, m.found.Edits)}
	if m.marked {
		c.marks, c.then = m.names, []action{setMarks{}}
	}
	return c
}

// words is what was done, the longest wording first: where there is room, with those in which nothing was to change.
func (m acted) words(k *kit) (words []string) {
	same := ""
	if len(m.found.Same) > 0 {
		same = "; as before: " + k.namesOf(m.found.Same)[0]
	}
	for _, of := range k.namesOf(m.found.Done) {
		if same != "" {
			words = append(words, m.does(of)+same)
		}
		words = append(words, m.does(of))
	}
	return words
}

// namesOf is some names in words, the longest wording first: of many the first and how many there are besides, or only how many.
func (k *kit) namesOf(names []zonefile.Name) []string {
	return append(many(k.writtenAll(names, map[zonefile.Name]bool{}), mostHit), zonefile.Plural(len(names), "name", "names"))
}

// setMarks marks names, and no others.
type setMarks struct{ names []zonefile.Name }

func (r setMarks) do(s stage) tea.Cmd { s.mark(r.names); return nil }

// gathered brings the edits of a change that was worked out.
type gathered struct {
	of    *zonefile.Zone
	title string
	edits []zonefile.Edit
	err   error
	then  []action // done if they could be made
	says  string   // what is said of them, where that is more than their title
}

// take makes the edits of a change that was worked out, unless the zone has changed meanwhile.
func (g gathered) take(s stage) tea.Cmd {
	if g.err != nil {
		s.complain(g.err)
		return nil
	}
	return s.perform(change{title: g.title, stay: true, then: g.then, says: g.says, edits: editsOf(g.of, g.edits)})
}
