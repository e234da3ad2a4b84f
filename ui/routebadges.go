package ui

// What is wrong with the names of a route together: how many problems are as bad as the worst of them. It is counted where the names
// are put in order, beside the screen where they are many.

import (
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// badges is what is wrong with the names of each route together, and how wide the widest of them is drawn.
type badges struct {
	of   []document.Badge
	room int
}

// badgesOf is those of names by route.
func badgesOf(rows []document.NameRow, begins []int32, badge map[zonefile.Name]document.Badge, p *pace) (b badges) {
	b.of = make([]document.Badge, len(begins))
	if len(begins) == 0 {
		return b
	}
	k := -1
	for i, r := range rows {
		if k+1 < len(begins) && int(begins[k+1]) == i {
			k++
		}
		switch of, sum := badge[r.Name], &b.of[k]; {
		case of.Worst > sum.Worst:
			*sum = of
		case of.Worst == sum.Worst:
			sum.Count += of.Count
		}
		if !p.goesOn() {
			return badges{}
		}
	}
	for k, sum := range b.of {
		if k+1 < len(begins) && begins[k+1]-begins[k] > 1 || k+1 == len(begins) && len(rows)-int(begins[k]) > 1 { // it has a row
			b.room = max(b.room, len(badgeText(sum)))
		}
	}
	return b
}

// badgeText is a badge as it stands at the end of a row, with a blank before it; "" where nothing is wrong.
func badgeText(b document.Badge) string {
	if b.Count == 0 {
		return ""
	}
	return " " + b.Worst.Letter() + itoa(b.Count)
}
