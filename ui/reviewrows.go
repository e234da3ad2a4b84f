package ui

// The rows of a review, part by part. What is alike is said once, with whose it is; what says more than a row has room for goes
// on in the next: nothing of a change is cut. A row knows what enter does with it.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/lipgloss"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// The parts of a review, in their order; its keys are 1 to 4.
const (
	textPart = iota
	deliveryPart
	problemPart
	namedPart
	reviewParts
)

// reviewRow is a row of a review.
type reviewRow struct {
	part  int
	head  bool        // the title of the part, which is drawn as things are
	spans []draw.Span // behind the mark of the cursor
	fold  string      // what enter unfolds or folds; "" if nothing
	open  bool        // it is unfolded
	more  bool        // it goes on from the row above
	to    func() spot // where enter goes; nil if nowhere
}

// spot is where a row leads to: a place, or a name, or nowhere, and why.
type spot struct {
	at   document.Spot
	name zonefile.Name
	why  string
}

// text is what a row says, to be searched.
func (r reviewRow) text() string { return spansText(r.spans) }

// goesOn tells a row that goes on from the one above.
func (r reviewRow) goesOn() bool { return r.more }

// reviewRows makes the rows of a review for a width.
type reviewRows struct {
	*kit
	width  int
	opened map[string]bool
	all    bool // everything is unfolded
	part   int
	rows   []reviewRow
}

// add adds a row.
func (b *reviewRows) add(r reviewRow) {
	r.part = b.part
	b.rows = append(b.rows, r)
}

// wrapped adds a text in as many rows as it needs: the first behind a few spans, the others under its beginning.
func (b *reviewRows) wrapped(r reviewRow, text string, style lipgloss.Style, first ...draw.Span) {
	indent := 0
	for _, s := range first {
		indent += ansi.StringWidth(s.Text)
	}
	if indent > b.width/2 {
		indent = 4
	}
	for i, l := range draw.Wrap(text, b.width-markWidth-indent-1) {
		if i == 0 && len(first) > 0 {
			r.spans = append(slices.Clip(first), draw.Ink(l, style))
		} else {
			r.spans = []draw.Span{draw.Ink(strings.Repeat(" ", indent)+l, style)}
		}
		r.more = i > 0
		b.add(r)
	}
}

// markWidth is the columns of the mark of the cursor.
const markWidth = 2

// isOpen tells whether what can be folded is not.
func (b *reviewRows) isOpen(fold string) bool { return b.all || b.opened[fold] }

// texts adds the lines that go and come, each with its number.
func (b *reviewRows) texts(r *report, z *zonefile.Zone) {
	file := b.doc.Saved.Root()
	for i, g := range r.texts {
		if g[0].file != file {
			file = g[0].file
			b.add(reviewRow{spans: []draw.Span{draw.Ink("  in "+b.show(file.Name()), b.Styles.Head)}})
		}
		b.change(g[0], z)
		fold := fmt.Sprint("text ", i)
		switch more := g[1:]; {
		case len(more) == 0:
		case len(more) == 1 || b.isOpen(fold):
			for _, c := range more {
				b.change(c, z)
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
}

// foldRow is a row that stands for others.
func (b *reviewRows) foldRow(fold, text string, open bool) {
	b.add(reviewRow{fold: fold, open: open, spans: []draw.Span{draw.Ink(text, b.Styles.Head)}})
}

// listed is names behind a text, as many as there is room for, and how many there are besides.
func (b *reviewRows) listed(text string, names []zonefile.Name, room int) string {
	for i, n := range names {
		word := b.short(n)
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

// change adds lines that are replaced.
func (b *reviewRows) change(c textChange, z *zonefile.Zone) {
	to := func() spot { return lineSpot(z, c.file.Name(), c.Now) }
	if !c.said {
		b.add(reviewRow{to: to, spans: []draw.Span{draw.Ink("      of "+b.ownerOf(c.owner), b.Styles.Dim)}})
	}
	side := func(sign string, number int, lines []string, style lipgloss.Style) {
		for i, l := range lines {
			where := draw.Ink(b.FitRight(itoa(number+i), 4)+" ", b.Styles.Dim)
			b.long(reviewRow{to: to}, zonefile.TrimLineEnd(l), style, where, draw.Ink(sign, style))
		}
	}
	side("-", c.Was, c.Gone, b.Styles.Removed)
	side("+", c.Now, c.Come, b.Styles.Added)
	if text := unseenChange(c.Gone, c.Come, b.Glyphs.Arrow); text != "" {
		b.add(reviewRow{to: to, spans: []draw.Span{draw.Ink("      "+text, b.Styles.Dim)}})
	}
}

// unseenChange is what differs between lines that go and lines that come, and cannot be seen in them; "" if nothing.
func unseenChange(gone, come []string, arrow string) string {
	if len(gone) == 0 || len(come) == 0 {
		return ""
	}
	if was, is := endsOf(gone), endsOf(come); was != is {
		return "line end: " + was + " " + arrow + " " + is
	}
	if words := strings.Fields(strings.Join(gone, "")); slices.Equal(words, strings.Fields(strings.Join(come, ""))) {
		return "they differ in blanks alone"
	}
	return ""
}

// endsOf is how lines end, each way once.
func endsOf(lines []string) string {
	var out []string
	for _, l := range lines {
		end := l[len(zonefile.TrimLineEnd(l)):]
		out = append(out, cmp.Or(strings.NewReplacer("\r", "CR ", "\n", "LF").Replace(end), "none"))
	}
	slices.Sort(out)
	return strings.Join(slices.Compact(out), ", ")
}

// long adds a line of a file, in as many rows as it needs. Where it needs several, blanks that only line columns up are left out.
func (b *reviewRows) long(r reviewRow, line string, style lipgloss.Style, first ...draw.Span) {
	const before = 6 // columns: the number and the sign
	blank := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "\t")
	words := strings.Join(strings.Fields(line), " ")
	if line = b.show(expandTabs(line)); ansi.StringWidth(line) > b.width-markWidth-before && !strings.Contains(words, `"`) {
		if line = b.show(words); blank {
			line = "  " + line
		}
	}
	indent := ""
	for _, s := range first {
		indent += strings.Repeat(" ", ansi.StringWidth(s.Text))
	}
	room := max(b.width-markWidth-len(indent), 8)
	for {
		head := ansi.Truncate(line, room, "")
		if head == "" {
			head = line
		}
		r.spans = append(slices.Clip(first), draw.Ink(head, style))
		b.add(r)
		if line = line[len(head):]; line == "" {
			return
		}
		first, r.more = []draw.Span{draw.Ink(indent, style)}, true
	}
}

// lineSpot is a line of a version.
func lineSpot(z *zonefile.Zone, file string, line int) spot {
	f := z.File(file)
	if f == nil {
		return spot{why: "the zone does not include this file any more"}
	}
	return spot{at: document.At(file, f.Line(min(line, f.Lines())).Start)}
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

// keptUntil is when the last cache has given an old answer up, if the save is made now: the name servers get a minute.
func keptUntil(s preview.Stale, now time.Time) string {
	const servers = time.Minute
	hour := now.Add(servers + time.Duration(s.TTL)*time.Second)
	if down := hour.Truncate(time.Minute); down.Before(hour) {
		hour = down.Add(time.Minute)
	}
	layout := "Monday 2 January 15:04"
	if hour.Year() != now.Year() {
		layout = "Monday 2 January 2006 15:04"
	}
	text := hour.Format(layout)
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
			line, n := " "+b.short(names[0]), 1
			for n < len(names) && ansi.StringWidth(line+" "+b.short(names[n])) < b.width-markWidth {
				line += " " + b.short(names[n])
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
		left, right := b.routeLines(g.before, how), b.routeLines(g.after, how)
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
		for _, l := range b.routeLines(side.of, routeWords{true, true}) {
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

// routeLines is a route in lines: the number of each tier, = for one of several equal hosts.
func (b *reviewRows) routeLines(d preview.Delivery, how routeWords) []string {
	if len(d.Tiers) == 0 {
		return []string{b.show(d.Text)}
	}
	var out []string
	for i, t := range d.Tiers {
		for j, h := range t.Hosts {
			sign := itoa(i+1) + "  "
			if j > 0 {
				sign = strings.Repeat(" ", len(sign)-3) + "=  "
			}
			line := sign + b.short(h.Name)
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

// ownerOf is an owner as the zone writes it; "" of what belongs to no name.
func (b *reviewRows) ownerOf(n zonefile.Name) string {
	switch {
	case n == b.doc.Zone().Origin():
		return "@"
	case n == "" || n == zonefile.Root:
		return ""
	}
	return b.short(n)
}
