package ui

// Which pane stands where. The layout knows rectangles, the panes know what they show; this file alone puts the two together,
// for the drawing, for the mouse and for tests alike.

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
)

// placed is a pane in its place: the line of titles over it tells of others that stand there, too.
type placed struct {
	pane   pane
	at     draw.Slot
	titles []pane
}

// placed is the panes that are shown under a line of titles.
func (p *panes) placed(l draw.Layout) []placed {
	one := func(n pane, at draw.Slot) placed { return placed{n, at, []pane{n}} }
	switch {
	case l.Single:
		return []placed{{p.focused, l.Lower, []pane{paneNames, paneRecords, paneDelivery, paneProblems, paneSource}}}
	case l.Columns() == 3:
		return []placed{one(paneSource, l.Lower), one(paneDelivery, l.Right), one(paneProblems, l.Corner)}
	case l.Columns() == 2:
		return []placed{one(paneDelivery, l.Lower), {p.beside, l.Right, []pane{paneProblems, paneSource}}}
	}
	return []placed{{p.lower, l.Lower, []pane{paneDelivery, paneProblems, paneSource}}}
}

// shown is all panes that are on the screen, in the order in which tab visits them: all of them where one has it.
func (p *panes) shown(l draw.Layout) []pane {
	out := []pane{paneNames, paneRecords}
	for _, s := range p.placed(l) {
		if l.Single {
			return s.titles
		}
		out = append(out, s.pane)
	}
	if l.Columns() == 3 { // from the names to the right, then the file below
		out[2], out[3], out[4] = paneDelivery, paneProblems, paneSource
	}
	return out
}

// neighbour is the pane that tab goes to, of those that are on the screen. One pane at a time shows all five.
func (p *panes) neighbour(step int, l draw.Layout) pane {
	order := p.shown(l)
	i := max(slices.Index(order, p.focused), 0)
	return order[(i+step+len(order))%len(order)]
}

// where is the rectangle of a pane, with its title where that is its first line; without a height if it is not shown.
func (p *panes) where(l draw.Layout, n pane) draw.Rect {
	for _, s := range p.placed(l) {
		if s.pane == n {
			return s.at.Body
		}
	}
	switch {
	case l.Single:
	case n == paneNames:
		return l.Names
	case n == paneRecords:
		return l.Records
	}
	return draw.Rect{}
}

// paneAt is the pane at a cell, and the line of it.
func (p *panes) paneAt(l draw.Layout, x, y int) (n pane, line int, ok bool) {
	for n := range paneCount {
		if at := p.where(l, n); at.Holds(x, y) {
			return n, y - at.Y, true
		}
	}
	return 0, 0, false
}

// tab is a title in a line of titles: its pane, its text, and the column where it begins.
type tab struct {
	pane pane
	text string
	x    int
}

// titles is the titles over a pane, and what is said at the right of them. Titles keep their words before what is usual is said;
// what nothing else on the screen says has room before them, at last that of the titles of panes that are not shown.
func (p *panes) titles(l draw.Layout, s placed) (list []tab, note string) {
	notes, weighs := p.barNotes(l, s)
	fits := func(words titleWords, text string) bool {
		var end int
		list, end = p.tabs(l, s, words)
		note = text
		return end+ansi.StringWidth(note)+1 <= s.at.Tabs.W // and a piece of line
	}
	for _, some := range [][]titleWords{{withName, withShortName, allWords, shortWord}, {letters}, {shownOnly}} {
		if some[0] == shownOnly && !l.Single {
			break
		}
		if weighs {
			for _, text := range notes {
				if slices.ContainsFunc(some, func(words titleWords) bool { return fits(words, text) }) {
					return list, note
				}
			}
			continue
		}
		for _, words := range some {
			if slices.ContainsFunc(notes, func(text string) bool { return fits(words, text) }) {
				return list, note
			}
		}
	}
	return list, note
}

// tabs is the titles in one of the lengths, and the column behind them.
func (p *panes) tabs(l draw.Layout, s placed, words titleWords) (list []tab, end int) {
	gap := 1 // of line before each
	if l.Single {
		gap = 0
	}
	x := gap
	for _, n := range s.titles {
		if words == shownOnly && n != s.pane {
			continue
		}
		text := p.tabText(n, words, n == s.pane)
		if n == paneDelivery && l.Columns() > 1 {
			text += p.deliveryOf(words)
		}
		list = append(list, tab{n, text, x})
		x += ansi.StringWidth(text) + 2 + gap
	}
	return list, x
}

// deliveryOf says behind the title of the delivery whose it is: as the records' title has it, or as the zone writes it.
func (p *panes) deliveryOf(words titleWords) string {
	switch n := p.delivery.of; {
	case n == "" || words > withShortName:
		return ""
	case words == withName:
		return " of " + p.show(string(n))
	default:
		return " of " + p.called(n)
	}
}

// barNotes is what is said at the right of the titles, the longest first: who sends and what is down, or how much is wrong; weighs
// tells that nothing else says it. A what-if is seen at every width; what is usual is not said where one pane is shown at a time.
func (p *panes) barNotes(l draw.Layout, s placed) (notes []string, weighs bool) {
	only := ""
	if l := p.component(s.pane).(narrower); l.narrowing() != "" {
		only = " &" + p.show(l.narrowing()) + " "
	}
	switch {
	case s.pane == paneDelivery && (!l.Single || p.zoomed || p.sender.supposes()):
		for _, t := range p.sender.texts(p.written) {
			if t != "" {
				t = " " + t + " "
			}
			notes = append(notes, only+t)
		}
		return notes, only != "" || p.sender.supposes()
	case s.pane == paneProblems && !l.Single:
		return p.problems.notes(), p.problems.only != ""
	}
	return []string{only}, only != ""
}

// titleWords is how many words titles have.
type titleWords int

const (
	withName titleWords = iota // whose delivery it is
	withShortName
	allWords
	shortWord
	letters   // where one pane has the screen, else numbers
	shownOnly // and of the other panes none
)

// tabText is the title of a pane in one of the lengths: in capitals for the one that is shown.
func (p *panes) tabText(n pane, words titleWords, shown bool) string {
	numbers := [paneCount]string{"", "", "1 ", "2 ", "3 "}
	texts := [paneCount][3]string{
		{"names", "names", "n"}, {"records", "recs", "r"}, {"delivery", "deliv", "d"}, {"problems", "probs", "p"}, {"source", "src", "s"},
	}[n]
	text := texts[min(max(words-allWords, 0), letters-allWords)]
	if p.alone {
		numbers[n] = ""
	} else if words >= letters {
		text = ""
	}
	if shown {
		text = strings.ToUpper(text)
	}
	if n == paneProblems {
		text += " " + p.problemCount()
	}
	return strings.TrimSpace(numbers[n] + text)
}

// problemCount is how many problems there are, for the title.
func (p *panes) problemCount() string {
	n := p.doc.Findings.Counts
	switch bad := n[lint.Error] + n[lint.Warning]; {
	case !p.doc.Findings.Checked:
		return "..."
	case bad > 0:
		return itoa(bad)
	}
	return ""
}
