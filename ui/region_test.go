package ui

// What a script looks at: the whole screen, or the parts of it that its story is about, so that a change of layout
// rewrites the scripts of that part and no others.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// regions is the parts of the screen by the names that scripts have for them. Beside these there is "line 24".
var regions = []string{"title", "names", "records", "tabs", "lower", "dialog", "bottom"}

// wholeScreens is the scripts that look at all of the screen; every change of layout rewrites them.
var wholeScreens = []string{"first", "small", "wide", "narrow", "ascii", "tiny"}

// region is what the user sees in a part of the screen; what a dialog or a message covers is not seen.
func (u *user) region(name string) string {
	if u.quit {
		u.t.Fatalf("%s: the program has ended", name)
	}
	lines := u.lines()
	at, err := u.app.region(name)
	if err != nil {
		u.t.Fatal(err)
	}
	var b strings.Builder
	for _, l := range lines[at.y : at.y+at.h] {
		b.WriteString(strings.TrimRight(ansi.Cut(l, at.x, at.x+at.w), " ") + "\n")
	}
	text := strings.TrimRight(b.String(), "\n")
	if text == "" && name != "bottom" {
		u.t.Fatalf("nothing is seen of %s", name)
	}
	return text + "\n"
}

// region is where a part of the screen is seen.
func (a *app) region(name string) (rect, error) {
	l, dialog, bottom := arrange(a.width, a.height), a.topDialog(), a.bottomRect()
	var n int
	switch {
	case name == "title":
		return l.title, nil
	case name == "dialog":
		return until(dialog, bottom.y), nil
	case name == "bottom":
		return bottom, nil
	case name == "tabs":
		return until(l.tabs, dialog.y), nil
	case name == "names" && (!l.single || a.focused == paneNames):
		return until(l.names, dialog.y), nil
	case name == "records" && (!l.single || a.focused == paneRecords):
		return until(l.records, dialog.y), nil
	case name == "lower" && (!l.single || a.focused >= paneDelivery):
		return until(l.lower, dialog.y), nil
	}
	if _, err := fmt.Sscanf(name, "line %d", &n); err == nil && n >= 1 && n <= a.height {
		return rect{y: n - 1, w: a.width, h: 1}, nil
	}
	return rect{}, fmt.Errorf("%s is no part of this screen: screen, %s, or line N", name, strings.Join(regions, ", "))
}

// topDialog is where the dialog on top stands; without one it is an empty part at the bottom.
func (a *app) topDialog() rect {
	for _, d := range slices.Backward(a.dialogs) {
		if at := dialogRect(d, a.width, a.height); at.h > 0 {
			return at
		}
	}
	return rect{y: a.bottomRect().y}
}

// bottomRect is the help line or what is typed, and a message.
func (a *app) bottomRect() rect {
	n := len(a.messageLines(a.width))
	if k := len(a.dialogs); n == 0 || k > 0 && a.dialogs[k-1].title() == "" {
		n++
	}
	return rect{y: a.height - n, w: a.width, h: n}
}

// until is the part of a rectangle above a line.
func until(r rect, y int) rect {
	r.h = max(min(r.h, y-r.y), 0)
	return r
}
