package ui

// The text and the delivery of a review, row by row. What is alike is said once, with whose it is; what says more than a row has
// room for goes on in the next: nothing of a change is cut.

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// texts adds the lines that go and come, each with its number.
func (b *reviewRows) texts(r *report) {
	file := b.doc.Saved.Root()
	b.digits = max(len(itoa(r.last)), 4)
	for i, g := range r.texts {
		if g[0].file != file {
			file = g[0].file
			b.add(reviewRow{spans: []draw.Span{draw.Ink("  in "+b.show(file.Name()), b.Styles.Head)}})
		}
		b.later(&g[0])
		fold := fmt.Sprint("text ", i)
		switch more := g[1:]; {
		case len(more) == 0:
		case len(more) == 1 || b.isOpen(fold):
			for i := range more {
				b.later(&more[i])
			}
			if len(more) > 1 {
				b.foldRow(fold, fmt.Sprintf("    these %d are alike", len(g)), true)
			}
		default:
			var names []zonefile.Name
			for _, c := range more {
				names = append(names, c.owner)
			}
			b.foldRow(fold, b.listed(fmt.Sprintf("    %d more alike: ", len(more)), names, b.width-len("enter unfolds")-markWidth-2), false)
		}
	}
	b.pointers(r.along)
}

// listed is names behind a text, as many as there is room for, and how many there are besides.
func (b *reviewRows) listed(text string, names []zonefile.Name, room int) string {
	for i, n := range names {
		word := b.written(n)
		if i > 0 {
			word = " " + word
		}
		rest := fmt.Sprintf(" +%d", len(names)-i)
		if ansi.StringWidth(text+word) > room || i < len(names)-1 && ansi.StringWidth(text+word)+len(rest) > room {
			return text + rest
		}
		text += word
	}
	return text
}

// routes adds whose mail goes elsewhere, before and after.
func (b *reviewRows) routes(r *report, now time.Time) {
	if len(r.routes) == 0 {
		b.wrapped(reviewRow{}, "the mail of every name goes where it went before", b.Styles.Plain)
	}
	for i, g := range r.routes {
		to := func() spot { return spot{name: g.names[0]} }
		b.sides(g, reviewRow{to: to})
		b.ownersOf(fmt.Sprint("route ", i), g.names, to)
		for _, text := range g.Sentences {
			b.wrapped(reviewRow{to: to}, b.show(text), b.Styles.Plain, draw.Ink(" ", b.Styles.Plain))
		}
		if g.Stale.Text != "" {
			b.wrapped(reviewRow{to: to}, b.show(g.Stale.Text)+keptUntil(g.Stale, now), b.Styles.Plain, draw.Ink(" ", b.Styles.Plain))
		}
	}
}

// keptUntil is when the last cache has given an old answer up, if the save is made now.
func keptUntil(s preview.Stale, now time.Time) string {
	text := untilText(s, now, "Monday 2 January")
	if s.Runs {
		return ": leave it running until " + text
	}
	return ", until " + text
}

// ownersOf adds the names that something is said of.
func (b *reviewRows) ownersOf(fold string, names []zonefile.Name, to func() spot) {
	line := b.listed(" ", names, b.width-markWidth-1)
	switch {
	case len(names) == 1 || !strings.Contains(line, " +"):
		b.add(reviewRow{to: to, spans: []draw.Span{draw.Ink(line, b.Styles.Name)}})
	case !b.isOpen(fold):
		b.add(reviewRow{fold: fold, spans: []draw.Span{draw.Ink(line, b.Styles.Name)}})
	default:
		for i := 0; len(names) > 0; i++ {
			line, n := " "+b.written(names[0]), 1
			for n < len(names) && ansi.StringWidth(line+" "+b.written(names[n])) < b.width-markWidth {
				line += " " + b.written(names[n])
				n++
			}
			names = names[n:]
			b.add(reviewRow{fold: fold, open: true, spans: []draw.Span{draw.Ink(line, b.Styles.Name)}})
		}
	}
}

// sides adds a route before and after, side by side where no name of a host would be cut, else below one another.
func (b *reviewRows) sides(g routeGroup, r reviewRow) {
	row := func(spans ...draw.Span) {
		r.spans = spans
		b.add(r)
	}
	half := (b.width - markWidth) / 2
	for _, how := range []routeWords{{true, true}, {true, false}, {false, false}} {
		left, right := b.routeLines(g.before, g.names, how), b.routeLines(g.after, g.names, how)
		if widest(left) >= half || widest(right) >= half {
			continue
		}
		row(draw.Ink(b.Fit(" before", half), b.Styles.Dim), draw.Ink(" after", b.Styles.Dim))
		for i := range max(len(left), len(right)) {
			row(draw.Ink(b.Fit(" "+at(left, i), half), b.Styles.Removed), draw.Ink(" "+at(right, i), b.Styles.Added))
		}
		return
	}
	for _, side := range []struct {
		title string
		of    preview.Delivery
		style lipgloss.Style
	}{{" before", g.before, b.Styles.Removed}, {" after", g.after, b.Styles.Added}} {
		row(draw.Ink(side.title, b.Styles.Dim))
		for _, l := range b.routeLines(side.of, g.names, routeWords{true, true}) {
			b.wrapped(r, l, side.style, draw.Ink(" ", side.style))
		}
	}
}

// widest is the width of the widest of some lines.
func widest(lines []string) (w int) {
	for _, l := range lines {
		w = max(w, ansi.StringWidth(l)+1)
	}
	return w
}

// routeWords is what is told of the hosts of a route: their addresses, and also the share of a host that takes all.
type routeWords struct{ addresses, all bool }

// routeLines is the route of some names in lines: the number of each tier, = for one of several equal hosts.
func (b *reviewRows) routeLines(d preview.Delivery, of []zonefile.Name, how routeWords) []string {
	if len(of) > 1 && hostsOf(d) == ownAddress {
		return []string{ownAddress}
	}
	if len(d.Tiers) == 0 {
		return []string{b.show(d.Way(b.written).Text())}
	}
	var out []string
	for i, t := range d.Tiers {
		for j, h := range t.Hosts {
			sign := itoa(i+1) + "  "
			if j > 0 {
				sign = strings.Repeat(" ", len(sign)-3) + "=  "
			}
			line := sign + b.written(h.Name)
			if how.addresses {
				line += strings.TrimRight("   "+strings.Join(addressesOf(h), ", "), " ")
			}
			if share := percent(h.Share); share != "" && (how.all || h.Share < 1) {
				line += "   " + share
			}
			out = append(out, line)
		}
	}
	return out
}

// enterDoes is what enter does with a row, where one part may stand alone; "" if nothing.
func (r reviewRow) enterDoes(alone bool) string {
	switch {
	case r.head && alone:
		return "all parts"
	case r.head:
		return "this part alone"
	case r.fold != "" && r.open:
		return "folds"
	case r.fold != "":
		return "unfolds"
	case r.offer > 0 && r.open:
		return "leaves it"
	case r.offer > 0:
		return "does it too"
	case r.to != nil:
		return "go there"
	}
	return ""
}
