package ui

import (
	"cmp"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// The order and the choice of names. A million of them are gone through once for each, and not sorted.

// arrangement is which names are shown in which order: as a tree, unless it says otherwise.
type arrangement struct {
	grouped bool   // by route, the outliers first
	worst   bool   // the worst problems first
	only    string // names and hosts that contain it; "" for all
}

// arranged is rows in an order, and what they were made from.
type arranged struct {
	of   []nameRow
	told *lint.Report // what is wrong at them; nil where that does not count
	by   arrangement
	rows []nameRow
}

// arrange chooses and orders the names of a version.
func (by arrangement) arrange(f findings) []nameRow {
	rows := f.names
	if by.only != "" {
		rows = containing(f.zone, rows, strings.ToLower(by.only))
	}
	switch {
	case by.grouped:
		return byRoute(rows)
	case by.worst:
		return byWorst(rows, f.badges)
	}
	return rows
}

// containing is the names that contain a text, or whose mail goes to a host that does. Names with one route
// have the same hosts, so that one of them is looked up for all.
func containing(z *zonefile.Zone, rows []nameRow, text string) []nameRow {
	routes := map[int]bool{}
	for _, r := range rows {
		if _, known := routes[r.route]; !known && (r.how == howText(preview.ByMX) || r.how == howText(preview.ByWildcard)) {
			routes[r.route] = slices.ContainsFunc(z.RRset(r.name, zonefile.TypeMX), func(mx zonefile.Record) bool {
				host, _ := mx.Target()
				return strings.Contains(string(host), text)
			})
		}
	}
	out := []nameRow{}
	for _, r := range rows {
		if routes[r.route] || strings.Contains(string(r.name), text) {
			out = append(out, r)
		}
	}
	return out
}

// byRoute orders names by how many share their route, the outliers first.
func byRoute(rows []nameRow) []nameRow {
	size := map[int]int{}
	for _, r := range rows {
		size[r.route]++
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
	out := make([]nameRow, len(rows))
	for _, r := range rows {
		out[next[r.route]] = r
		next[r.route]++
	}
	return out
}

// byWorst orders names by their problems, the worst first, and else leaves them as they are.
func byWorst(rows []nameRow, badges map[zonefile.Name]badge) []nameRow {
	var bad, good []nameRow
	for _, r := range rows {
		if badges[r.name].worst > 0 {
			bad = append(bad, r)
		} else {
			good = append(good, r)
		}
	}
	slices.SortStableFunc(bad, func(a, b nameRow) int {
		x, y := badges[a.name], badges[b.name]
		return cmp.Or(cmp.Compare(y.worst, x.worst), cmp.Compare(y.count, x.count))
	})
	return append(bad, good...)
}
