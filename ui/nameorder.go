package ui

// The order and the choice of names. A million of them are gone through once for each, and hardly ever sorted.

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// order is an order of names.
type order uint8

const (
	asTree       order = iota // each name before those below it
	asFile                    // as the file has them
	byWorstFirst              // the worst problems first
	grouped                   // by route, the outliers first
)

// next is the order behind an order.
func (o order) next() order {
	if o >= byWorstFirst {
		return asTree
	}
	return o + 1
}

// does is what a key does that leads to an order.
func (o order) does() string {
	return [...]string{"as a tree", "as in the file", "the worst first", "group by route"}[o]
}

// word is the order for the title of the list; the tree is the usual one.
func (o order) word() string { return [...]string{"", "FILE", "WORST", "ROUTE"}[o] }

// arrangement is which names are shown in which order.
type arrangement struct {
	order order
	all   bool   // those that receive no mail, too
	only  string // names and hosts that contain it; "" for all
}

// arranged is rows in an order, and what they were made from.
type arranged struct {
	of      []document.NameRow
	told    *lint.Report // what is wrong at them; nil where that does not count
	by      arrangement
	rows    []document.NameRow
	longest int // the length of the longest name as it is shown
	there   int // how many of the rows are names of the zone: others are commented out

	ptrOf *zonefile.Zone // the version whose PTR owners are counted
	ptr   int
}

// pointing is how many names of a reverse zone have a PTR record, counted once for a version.
func (s *arranged) pointing(z *zonefile.Zone) int {
	if s.ptrOf != z {
		s.ptrOf, s.ptr = z, 0
		for range z.NodesOf(zonefile.TypePTR) {
			s.ptr++
		}
	}
	return s.ptr
}

// present is how many names there are among rows, those left out that are commented out.
func present(rows []document.NameRow) int {
	n := 0
	for i := range rows {
		if !rows[i].Out {
			n++
		}
	}
	return n
}

// base is the names of a version that an arrangement chooses from.
func (by arrangement) base(f document.Findings) []document.NameRow {
	if by.all {
		return f.All
	}
	return f.Names
}

// arrange chooses and orders the names of a version.
func (by arrangement) arrange(f document.Findings) []document.NameRow {
	rows := by.base(f)
	if by.only != "" {
		rows = containing(f.Zone, rows, strings.ToLower(by.only))
	}
	switch by.order {
	case asFile:
		rows = slices.Clone(rows)
		slices.SortStableFunc(rows, func(a, b document.NameRow) int { return cmp.Compare(placeOf(a), placeOf(b)) })
	case grouped:
		return byRoute(rows)
	case byWorstFirst:
		return byWorst(rows, f.Badges)
	}
	return rows
}

// placeOf orders rows as the file has them: what is commented out stands behind the name above it.
func placeOf(r document.NameRow) int {
	if r.Out {
		return 2*r.Place + 1
	}
	return 2 * r.Place
}

// containing is the names that contain a text, or whose mail goes to a host that does. Names with one route
// have the same hosts, so that one of them is looked up for all.
func containing(z *zonefile.Zone, rows []document.NameRow, text string) []document.NameRow {
	routes := map[int]bool{}
	for _, r := range rows {
		if _, known := routes[r.Route]; !known && (r.How == preview.ByMX || r.How == preview.ByWildcard) {
			routes[r.Route] = slices.ContainsFunc(z.RRset(r.Name, zonefile.TypeMX), func(mx zonefile.Record) bool {
				host, _ := mx.Target()
				return strings.Contains(string(host), text)
			})
		}
	}
	out, reverse := []document.NameRow{}, z.Origin().IsBackwards()
	for _, r := range rows {
		if routes[r.Route] || strings.Contains(string(r.Name), text) || reverse && pointsTo(z, r.Name, text) {
			out = append(out, r)
		}
	}
	return out
}

// pointsTo tells whether a name of a reverse zone is of an address that contains a text, or leads to a name that does.
func pointsTo(z *zonefile.Zone, n zonefile.Name, text string) bool {
	if address, ok := backwardsText(n); ok && strings.Contains(address, text) {
		return true
	}
	return slices.ContainsFunc(z.RRset(n, zonefile.TypePTR), func(r zonefile.Record) bool {
		to, _ := r.Target()
		return strings.Contains(string(to), text)
	})
}

// backwardsText is the address that a name of a reverse zone is for, or the network; false of names that are for none.
func backwardsText(n zonefile.Name) (string, bool) {
	p, ok := n.Network()
	if p.IsSingleIP() {
		return p.Addr().String(), ok
	}
	return p.String(), ok
}

// byRoute orders names by how many share their route, the outliers first.
func byRoute(rows []document.NameRow) []document.NameRow {
	size := map[int]int{}
	for _, r := range rows {
		size[r.Route]++
	}
	routes := make([]int, 0, len(size))
	for r := range size {
		routes = append(routes, r)
	}
	slices.SortFunc(routes, func(a, b int) int { return cmp.Or(cmp.Compare(size[a], size[b]), cmp.Compare(a, b)) })
	next, from := map[int]int{}, 0
	for _, r := range routes {
		next[r], from = from, from+size[r]
	}
	out := make([]document.NameRow, len(rows))
	for _, r := range rows {
		out[next[r.Route]] = r
		next[r.Route]++
	}
	return out
}

// byWorst orders names by their problems, the worst first, and else leaves them as they are.
func byWorst(rows []document.NameRow, badges map[zonefile.Name]document.Badge) []document.NameRow {
	var bad, good []document.NameRow
	for _, r := range rows {
		if badges[r.Name].Worst > 0 {
			bad = append(bad, r)
		} else {
			good = append(good, r)
		}
	}
	slices.SortStableFunc(bad, func(a, b document.NameRow) int {
		x, y := badges[a.Name], badges[b.Name]
		return cmp.Or(cmp.Compare(y.Worst, x.Worst), cmp.Compare(y.Count, x.Count))
	})
	return append(bad, good...)
}
