package ui

// The order and the choice of names. A million of them are gone through once for each, and hardly ever sorted.

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// order is an order of names.
type order uint8

const (
	asTree       order = iota // each name before those below it
	asFile                    // as the file has them
	byWorstFirst              // the worst problems first
	grouped                   // by route, those of most names first
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

// arranged is rows in an order.
type arranged struct {
	rows    []document.NameRow
	longest int     // the length of the longest name as it is shown
	begins  []int32 // where each route begins, where they are by route
	badges  badges  // what is wrong with the names of each
	there   int     // how many of the rows are names of the zone: others are commented out
}

// showsAll tells whether all names are shown, and not only those of mail: so it is wanted, or there are no others.
func (by arrangement) showsAll(f document.Findings) bool {
	return len(f.All) > 0 && (by.all || len(f.Names) == 0)
}

// base is the names of a version that an arrangement chooses from.
func (by arrangement) base(f document.Findings) []document.NameRow {
	if by.all {
		return f.All
	}
	return f.Names
}

// lists tells whether a name is among those that an arrangement chooses.
func (by arrangement) lists(f document.Findings, n zonefile.Name) bool {
	by.all = by.showsAll(f)
	of := by.base(f)
	i := slices.IndexFunc(of, func(r document.NameRow) bool { return r.Name == n })
	return i >= 0 && (by.only == "" || len(containing(f.Zone, of[i:i+1], strings.ToLower(by.only), &pace{})) > 0)
}

// arrange chooses and orders the names of a version; it ends early where nobody waits for them.
func (by arrangement) arrange(f document.Findings, p *pace) (a arranged) {
	a.rows = by.base(f)
	p.begin(len(a.rows) * by.tours())
	if by.only != "" {
		a.rows = containing(f.Zone, a.rows, strings.ToLower(by.only), p)
	}
	switch by.order {
	case asFile:
		a.rows = dealt(a.rows, p, placeOf)
	case grouped:
		a.rows = byRoute(a.rows, p)
		a.begins = beginsOf(a.rows, p)
		a.badges = badgesOf(a.rows, a.begins, f.Badges, p)
	case byWorstFirst:
		a.rows = byWorst(a.rows, f.Badges, p)
	}
	if f.Zone != nil {
		a.measure(f.Zone.Origin(), p)
	}
	return a
}

// tours is how often all names are gone through.
func (by arrangement) tours() int {
	n := 1
	if by.only != "" {
		n += 2
	}
	if by.order != asTree {
		n += 2
	}
	if by.order == grouped {
		n += 2
	}
	return n
}

// measure counts the names that are there, and finds the longest.
func (a *arranged) measure(origin zonefile.Name, p *pace) {
	a.longest = 1
	for i := range a.rows {
		if !p.goesOn() {
			return
		}
		if !a.rows[i].Out {
			a.there++
		}
		a.longest = max(a.longest, listedLength(origin, a.rows[i].Name))
	}
}

// dealt is rows in the order of a number of each, which is no greater than some times their count. Rows of the same number stay in
// their order.
func dealt(rows []document.NameRow, p *pace, number func(document.NameRow) int) []document.NameRow {
	most := 0
	for _, r := range rows {
		most = max(most, number(r))
	}
	next := make([]int32, most+2) // where the next of each number goes, behind those of the smaller numbers
	for _, r := range rows {
		if next[number(r)+1]++; !p.goesOn() {
			return nil
		}
	}
	for n := range most {
		next[n+1] += next[n]
	}
	out := make([]document.NameRow, len(rows))
	for _, r := range rows {
		if !p.goesOn() {
			return nil
		}
		out[next[number(r)]] = r
		next[number(r)]++
	}
	return out
}

// placeOf orders rows as the file has them: what is commented out stands behind the name above it.
func placeOf(r document.NameRow) int {
	if r.Out {
		return 2*int(r.Place) + 1
	}
	return 2 * int(r.Place)
}

// containing is the names that contain a text, or whose mail goes to a host that does. Names with one route
// have the same hosts, so that one of them is looked up for all.
func containing(z *zonefile.Zone, rows []document.NameRow, text string, p *pace) []document.NameRow {
	routes := map[int32]bool{}
	for _, r := range rows {
		if !p.goesOn() {
			return nil
		}
		if _, known := routes[r.Route]; !known && (r.How == preview.ByMX || r.How == preview.ByWildcard) {
			routes[r.Route] = slices.ContainsFunc(z.RRset(r.Name, zonefile.TypeMX), func(mx zonefile.Record) bool {
				host, _ := mx.Target()
				return strings.Contains(string(host), text)
			})
		}
	}
	out, reverse := []document.NameRow{}, z.Origin().IsBackwards()
	for _, r := range rows {
		if !p.goesOn() {
			return nil
		}
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

// byRoute orders names by how many share their route, the most first.
func byRoute(rows []document.NameRow, p *pace) []document.NameRow {
	most := 0
	for _, r := range rows {
		most = max(most, int(r.Route))
	}
	size, routes, rank := make([]int, most+1), make([]int, most+1), make([]int, most+1)
	for _, r := range rows {
		size[r.Route]++
	}
	for i := range routes {
		routes[i] = i
	}
	slices.SortStableFunc(routes, func(a, b int) int { return cmp.Compare(size[b], size[a]) })
	for i, route := range routes {
		rank[route] = i
	}
	return dealt(rows, p, func(r document.NameRow) int { return rank[r.Route] })
}

// beginsOf is where each route begins in names by route.
func beginsOf(rows []document.NameRow, p *pace) (begins []int32) {
	for i := range rows {
		if i == 0 || rows[i].Route != rows[i-1].Route {
			begins = append(begins, int32(i))
		}
		if !p.goesOn() {
			return nil
		}
	}
	return begins
}

// byWorst orders names by their problems, the worst first, and else leaves them as they are.
func byWorst(rows []document.NameRow, badges map[zonefile.Name]document.Badge, p *pace) []document.NameRow {
	var bad, good []document.NameRow
	for _, r := range rows {
		if !p.goesOn() {
			return nil
		}
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
