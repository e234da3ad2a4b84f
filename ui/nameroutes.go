package ui

// Names by route: a route is one row with how many names have it, and what is done on that row is done to all of them. A route of one
// name is that name, and those of many come first. Which are unfolded is remembered by how their mail goes, whatever edits do to the
// numbers of routes. The cursor is at a name whether it is in sight or stands in its route.

import (
	"slices"
	"sort"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// routeList is the rows of names by route.
type routeList struct {
	turns  int // how often a route was folded or unfolded
	all    []document.NameRow
	begins []int32 // where among all each route begins
	rows   []document.NameRow
	of     []routeSpan // what the rows stand for
}

// routeSpan is the names of a route, as places in the list of all: from the first to the one behind the last. A row with none is a
// name.
type routeSpan struct {
	from, to int
	open     bool // they stand below it
	inside   bool // the row is one of them
}

// badgeOf is what is wrong with the names of the route that begins at a place.
func (a *arranged) badgeOf(from int) document.Badge {
	if k, ok := slices.BinarySearch(a.begins, int32(from)); ok && k < len(a.badges.of) {
		return a.badges.of[k]
	}
	return document.Badge{}
}

// size is how many names a row stands for; 0 of a name.
func (s routeSpan) size() int { return s.to - s.from }

// routesOf is names by route, and under the rows of some of them their names.
func routesOf(a *arranged, turns int, open func(r document.NameRow) bool) routeList {
	l := routeList{turns: turns, all: a.rows, begins: a.begins}
	spans, n := make([]routeSpan, len(a.begins)), len(a.begins)
	for k, from := range a.begins {
		to := len(a.rows)
		if k+1 < len(a.begins) {
			to = int(a.begins[k+1])
		}
		if spans[k] = (routeSpan{from: int(from), to: to}); to-int(from) > 1 && open(a.rows[from]) {
			spans[k].open = true
			n += spans[k].size()
		}
	}
	l.rows, l.of = make([]document.NameRow, 0, n), make([]routeSpan, 0, n)
	for _, s := range spans {
		l.add(s)
	}
	return l
}

// is tells whether it was made from a list, with so many turns.
func (l *routeList) is(a *arranged, turns int) bool {
	return l.turns == turns && len(l.all) == len(a.rows) && &l.all[0] == &a.rows[0]
}

// at is the names that a row stands for; none where it is a name.
func (l *routeList) at(row int) routeSpan {
	if l == nil || row >= len(l.of) {
		return routeSpan{}
	}
	return l.of[row]
}

// rowOf is the row of a name, or of its route where that is folded; -1 without one.
func (l *routeList) rowOf(n zonefile.Name) int {
	is := func(r document.NameRow) bool { return r.Name == n }
	at := slices.IndexFunc(l.all, is)
	if at < 0 {
		return -1
	}
	k := sort.Search(len(l.begins), func(k int) bool { return int(l.begins[k]) > at }) - 1
	from := int(l.begins[k])
	head := slices.IndexFunc(l.of, func(s routeSpan) bool { return s.size() > 0 && s.from == from })
	switch {
	case head < 0:
		return slices.IndexFunc(l.rows, is)
	case l.of[head].open:
		return head + 1 + at - from
	}
	return head
}

// add adds the rows of a route.
func (l *routeList) add(s routeSpan) {
	l.rows = append(l.rows, l.all[s.from])
	if s.size() == 1 {
		l.of = append(l.of, routeSpan{})
		return
	}
	l.of = append(l.of, s)
	if s.open {
		l.rows = append(l.rows, l.all[s.from:s.to]...)
		for range s.size() {
			l.of = append(l.of, routeSpan{inside: true})
		}
	}
}

// routeText is how mail for the names of a route goes, in full.
func routeText(z *zonefile.Zone, r document.NameRow, called func(zonefile.Name) string) string {
	switch r.How {
	case preview.ByMX, preview.ByWildcard, preview.ByNull:
		return preview.WayOf(z, r.Name, r.How, called).Text()
	case preview.ByAddress, preview.ByAlias:
		return "no MX"
	case preview.ByOthers:
		return "delegated"
	}
	return "no mail"
}
