package ui

// Marks on names, and what the keys for records do while there are some: they are for all that are marked. An act takes the marks
// away, and undo brings them back.

import (
	"slices"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// marks is the names that are marked.
type marks map[zonefile.Name]bool

// newMarks marks names.
func newMarks(names []zonefile.Name) marks {
	m := marks{}
	for _, n := range names {
		m[n] = true
	}
	return m
}

// toggle marks a name, or takes its mark away.
func (m marks) toggle(n zonefile.Name) {
	if m[n] = !m[n]; !m[n] {
		delete(m, n)
	}
}

// toggleAll marks names, or takes the marks away where all have one.
func (m marks) toggleAll(names []zonefile.Name) {
	unmarked := slices.ContainsFunc(names, func(n zonefile.Name) bool { return !m[n] })
	for _, n := range names {
		if m[n] != unmarked {
			m.toggle(n)
		}
	}
}

// say says how many names are marked, and what for.
func (m marks) say() action {
	if len(m) == 0 {
		return say{"no name is marked", levelInfo}
	}
	return say{itoa(len(m)) + " marked: a adds, e replaces the MX, d c # :ttl :repoint :like act on all", levelInfo}
}

// among is the marked names in the order of the rows that are shown; names of the zone that are not among them are hidden.
func (m marks) among(z *zonefile.Zone, rows []document.NameRow, shows string) chosen {
	c := chosen{marked: true, alike: true, shows: shows}
	first, shown := document.NameRow{}, marks{}
	for _, r := range rows {
		if !m[r.Name] {
			continue
		}
		if len(c.names) == 0 {
			first = r
		}
		c.alike = c.alike && r.Route == first.Route
		c.names, shown[r.Name] = append(c.names, r.Name), true
	}
	for n := range m {
		if !shown[n] && len(z.Node(n).Records) > 0 {
			c.hidden++
		}
	}
	return c
}

// actBindings is the keys of the list of names while an act is for several of them, all of which it says: those that change records
// change them.
func (k *kit) actBindings(list []binding, all string) []binding {
	locked := k.doc.ReadOnly()
	does := func(a act) func() []action { return func() []action { return []action{a} } }
	list = without(list, k.keys.add, k.keys.edit, k.keys.remove, k.keys.comment, k.keys.renumber)
	return append([]binding{
		unless(locked, k.keys.add, func() []action { return []action{askAddition{}} }).as("add to all " + all).briefly("a add"),
		unless(locked, k.keys.edit, func() []action { return []action{askExchanges{}} }).as("replace the MX of all " + all).briefly("e replace"),
		unless(locked, k.keys.remove, does(deletingNames())).as("delete all " + all).briefly("d delete"),
		unless(locked, k.keys.comment, does(commentingOut())).as("comment out all " + all).briefly("c comment out"),
		unless(locked, k.keys.renumber, does(renumbering())).as("renumber the MX of all " + all).briefly("-"),
	}, list...)
}
