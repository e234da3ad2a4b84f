package ui

// PTR records that may follow a save, below the text of a review: a switch for each, and what the other files get then. They are saved
// with the zone, as one.

import (
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// pointers adds the switches, and the lines that other files get.
func (b *reviewRows) pointers(a along) {
	for i, o := range a.Offers {
		text := b.show(o.String())
		switch {
		case o.Why != "":
			b.wrapped(reviewRow{}, text, b.Styles.Dim)
		case a.Wanted[i]:
			b.wrapped(reviewRow{offer: i + 1, open: true}, text, b.Styles.Added, draw.Ink("[x] ", b.Styles.Added))
		default:
			b.wrapped(reviewRow{offer: i + 1}, text, b.Styles.Plain, draw.Ink("[ ] ", b.Styles.Plain))
		}
	}
	for _, m := range a.changed {
		for f := range m.Before.Files() {
			lines := document.ReplacedLines(f, m.Edits)
			if len(lines) > 0 {
				b.add(reviewRow{spans: []draw.Span{draw.Ink("  in "+b.show(b.doc.Store.Nearby(f.Name())), b.Styles.Head)}})
			}
			for _, r := range lines {
				b.othersLines(r)
			}
		}
	}
}

// othersLines adds lines of another file that go and come.
func (b *reviewRows) othersLines(r document.Replaced) {
	for _, s := range b.sidesOf(&textChange{Replaced: r}) {
		for i, l := range s.lines {
			b.line(reviewRow{}, zonefile.TrimLineEnd(l), draw.Ink(b.FitRight(itoa(s.first+i), b.digits)+" ", b.Styles.Dim), draw.Ink(s.sign, s.style))
		}
	}
}
