package ui

// What a script looks at: the whole screen, or the parts of it that its story is about, so that a change of layout
// rewrites the scripts of that part and no others.

import (
	"github.com/mailzone/mailzone/ui/draw"

	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/zonefile"
)

// regions is the parts of the screen by the names that scripts have for them. Beside these there is "line 24", and "rows",
// which is what stands in the records pane, whatever its columns are.
var regions = []string{"title", "names", "rows", "records", "tabs", "lower", "right", "corner", "dialog", "steps", "bottom"}

// wholeScreens is the scripts that look at all of the screen; every change of layout rewrites them.
var wholeScreens = []string{"first", "small", "smallest", "wide", "widest", "narrow", "ascii", "tiny"}

// columnScripts is the other scripts that look at the columns of the records pane, for they are about them; a new column
// rewrites them. All others look at its rows.
var columnScripts = []string{"broken", "evil", "commented", "commentedname", "policy"}

// region is what the user sees in a part of the screen; what a dialog or a message covers is not seen.
func (u *user) region(name string) string {
	if u.quit {
		u.t.Fatalf("%s: the program has ended", name)
	}
	var lines []string
	if name == "rows" {
		lines = u.rows()
	} else {
		lines = u.part(name)
	}
	text := strings.TrimRight(strings.Join(lines, "\n"), "\n")
	if text == "" && name != "bottom" {
		u.t.Fatalf("nothing is seen of %s", name)
	}
	return text + "\n"
}

// part is the lines that are seen in a part of the screen.
func (u *user) part(name string) []string {
	at, err := u.app.region(name)
	if err != nil {
		u.t.Fatal(err)
	}
	var out []string
	for _, l := range u.lines()[at.Y : at.Y+at.H] {
		out = append(out, strings.TrimRight(ansi.Cut(l, at.X, at.X+at.W), " "))
	}
	return out
}

// rows is what is seen in the records pane, without its columns: its title, and of each record the marks before it, as they
// are drawn, and owner, type and data, as they are written. Rows that stand for what is folded or lacking are as they are drawn.
func (u *user) rows() []string {
	drawn := u.part("records")
	p := u.app.records
	out := drawn[:1]
	for i, line := range drawn[1:] {
		at := p.list.Offset + i
		if at >= len(p.rows) {
			continue
		}
		switch row := p.rows[at]; {
		case !row.record.IsZero():
			u.checkRow(line, row)
			r := row.record
			out = append(out, ansi.Cut(line, 0, 4)+p.show(strings.Join([]string{string(r.Owner()), r.Type().String(), r.RDataText()}, " ")))
		case !row.out.IsZero():
			out = append(out, ansi.Cut(line, 0, 4)+p.show(expandTabs(zonefile.TrimLineEnd(string(row.out.Text())))))
		case !row.still(), at == 0 && len(p.doc.Zone().Tiers(p.name)) == 0: // why there is no MX
			out = append(out, line)
		}
	}
	return out
}

// checkRow tells whether a line is drawn of a record: some of its data is there, or of a policy what it is.
func (u *user) checkRow(line string, row recordRow) {
	seen := strings.Fields(row.record.RDataText())
	if t := row.record.Type(); t == zonefile.TypeTXT || t == zonefile.TypeTLSA || t == zonefile.TypeCNAME {
		for kind := range policyCount {
			seen = append(seen, kind.String())
		}
	}
	if !slices.ContainsFunc(seen, func(w string) bool { return strings.Contains(line, w[:min(len(w), 3)]) }) {
		u.t.Fatalf("%q is drawn of %s", line, row.record.Text())
	}
}

// region is where a part of the screen is seen.
func (a *app) region(name string) (draw.Rect, error) {
	l, dialog, bottom := a.layout(), a.topDialog(), a.bottomRect()
	var n int
	switch {
	case name == "title":
		return l.Title, nil
	case name == "dialog":
		return until(dialog, bottom.Y), nil
	case name == "steps": // of a plan, with their hours
		v, ok := a.top().(*planDialog)
		if !ok {
			return draw.Rect{}, errors.New("no plan is on top")
		}
		dialog.H = min(len(v.steps)+1, dialog.H)
		return dialog, nil
	case name == "bottom":
		return bottom, nil
	case name == "tabs":
		return until(l.Lower.Tabs, dialog.Y), nil
	case name == "names" && (!l.Single || a.focused == paneNames):
		return until(l.Names, dialog.Y), nil
	case name == "records" && (!l.Single || a.focused == paneRecords):
		return until(l.Records, dialog.Y), nil
	case name == "lower" && (!l.Single || a.focused >= paneDelivery):
		return until(l.Lower.Body, dialog.Y), nil
	case name == "right" && l.Columns() > 1:
		return until(whole(l.Right), dialog.Y), nil
	case name == "corner" && l.Columns() > 2:
		return until(whole(l.Corner), dialog.Y), nil
	}
	if _, err := fmt.Sscanf(name, "line %d", &n); err == nil && n >= 1 && n <= a.height {
		return draw.Rect{Y: n - 1, W: a.width, H: 1}, nil
	}
	return draw.Rect{}, fmt.Errorf("%s is no part of this screen: screen, %s, or line N", name, strings.Join(regions, ", "))
}

// whole is a slot with its titles.
func whole(s draw.Slot) draw.Rect {
	r := s.Tabs
	r.H += s.Body.H
	return r
}

// topDialog is where the dialog on top stands; without one it is an empty part at the bottom.
func (a *app) topDialog() draw.Rect {
	for _, d := range slices.Backward(a.dialogs) {
		if at := dialogRect(d, a.width, a.height); at.H > 0 {
			return at
		}
	}
	return draw.Rect{Y: a.bottomRect().Y}
}

// bottomRect is the help line or what is typed, and a message.
func (a *app) bottomRect() draw.Rect {
	n := len(a.messageLines(a.width))
	if n == 0 || !a.hasDialog() {
		n++
	}
	return draw.Rect{Y: a.height - n, W: a.width, H: n}
}

// until is the part of a rectangle above a line.
func until(r draw.Rect, y int) draw.Rect {
	r.H = max(min(r.H, y-r.Y), 0)
	return r
}
