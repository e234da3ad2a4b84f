package ui

// What stands around the panes: the title, the tabs, the help line, and dialogs over it all.

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// View draws the screen.
func (a *app) View() string {
	w, h := a.width, a.height
	if w == 0 || h == 0 {
		return ""
	}
	if draw.TooSmall(w, h) {
		return a.smallNote(w, h)
	}
	lines := strings.Split(a.screen(w, h), "\n")
	for _, d := range a.dialogs {
		a.over(lines, d, w)
	}
	lines[h-1] = a.bottom(w)
	if a.echo.unanswered(strings.Join(lines, "\n")) && a.message.text == "" {
		c, everywhere := a.listening()
		a.tell(a.idle(a.echo.key, c.bindings(), everywhere, a.top() == nil))
	}
	last := h - 1
	if n := len(a.dialogs); n > 0 && a.dialogs[n-1].title() == "" {
		last-- // what came of a command meanwhile does not hide what is being typed
	}
	for i, l := range a.messageLines(w) { // a long message takes lines above the help line
		lines[last-i] = l
	}
	return strings.Join(lines, "\n")
}

// screen draws the main screen.
func (a *app) screen(w, h int) string {
	l := draw.Arrange(w, h)
	if l.Single {
		body := a.component(a.focused).view(l.Lower.W, l.Lower.H)
		return a.titleLine(w) + "\n" + a.singleTabs(w) + "\n" + body + "\n"
	}
	left := a.wake.view(paneNames, a.names, l.Names.W, l.Names.H)
	right := a.wake.view(paneRecords, a.records, l.Records.W, l.Records.H)
	between := a.Styles.Dim.Render(a.Glyphs.Down)
	lower := a.wake.view(a.lower, a.component(a.lower), l.Lower.W, l.Lower.H)
	return a.titleLine(w) + "\n" + draw.Beside(left, between, right) + "\n" + a.tabs(w, l.Names.W) + "\n" + lower + "\n"
}

// titleLine is the zone, its file, its serial, and what is not saved.
func (a *app) titleLine(w int) string {
	z := a.doc.Zone()
	right := ""
	if n, ok := z.Serial(); ok {
		right = fmt.Sprintf("serial %d ", n)
	}
	switch n := a.doc.Edits(); {
	case a.doc.ReadOnly() != "":
		right += " read-only "
	case a.doc.Modified() && n == 0:
		right += " [+] edited "
	case a.doc.Modified():
		right += " [+] " + zonefile.Plural(n, "edit", "edits") + " "
	}
	left := " " + a.show(string(z.Origin())) + "  "
	room := w - ansi.StringWidth(right)
	file := a.show(z.Root().Name())
	if over := ansi.StringWidth(left+file) - room + 1; over > 0 { // the end of a path says most
		file = a.Glyphs.More + ansi.TruncateLeft(file, over+1, "")
	}
	left += file
	return a.Styles.Title.Render(a.Fit(left, room) + a.Fit(right, w-room))
}

// tabs is the line between the upper panes and the lower one.
func (a *app) tabs(w, left int) string {
	names := a.tabNames()
	spans := []draw.Span{draw.Ink(a.Glyphs.Across, a.Styles.Dim)}
	used := 1
	for i, n := range names {
		style := a.Styles.Dim
		switch p := paneDelivery + pane(i); {
		case p == a.lower && p == a.focused:
			style = a.Styles.Title
		case p == a.lower:
			style = a.Styles.Head
		}
		spans = append(spans, draw.Ink(" "+n+" ", style), draw.Ink(a.Glyphs.Across, a.Styles.Dim))
		used += ansi.StringWidth(n) + 3
	}
	note := ""
	switch a.lower {
	case paneProblems:
		note = a.problems.note()
	case paneDelivery:
		note = " " + a.sender.String() + a.sender.down() + " "
	}
	fill := w - used - ansi.StringWidth(note) - 1
	line := []rune(a.Rule(max(fill, 0)))
	if at := left - used; at >= 0 && at < len(line) {
		line[at] = []rune(a.Glyphs.Cross)[0]
	}
	spans = append(spans, draw.Ink(string(line), a.Styles.Dim), draw.Ink(note, a.Styles.Plain), draw.Ink(a.Glyphs.Across, a.Styles.Dim))
	return a.Line(w, false, spans...)
}

// singleTabs is the line over a screen with one pane.
func (a *app) singleTabs(w int) string {
	var spans []draw.Span
	for i, n := range a.singleNames() {
		style := a.Styles.Dim
		if pane(i) == a.focused {
			style = a.Styles.Title
		}
		spans = append(spans, draw.Ink(" "+n+" ", style))
	}
	return a.Line(w, false, spans...)
}

// over draws a dialog over the lower lines of the screen.
func (a *app) over(lines []string, d dialog, w int) {
	title, at := d.title(), dialogRect(d, w, len(lines))
	if at.H == 0 {
		return
	}
	body := strings.Split(d.view(w, at.H-1), "\n")
	head := a.Glyphs.Across + " "
	rest := w - ansi.StringWidth(head) - ansi.StringWidth(title) - 1
	rule := a.Rule(rest)
	if d, ok := d.(interface{ aside() string }); ok && rest > ansi.StringWidth(d.aside())+4 {
		rule = a.Rule(rest-ansi.StringWidth(d.aside())-3) + " " + d.aside() + " " + a.Rule(1)
	}
	lines[at.Y] = a.Line(w, false, draw.Ink(head, a.Styles.Dim), draw.Ink(title, a.Styles.Head), draw.Ink(" "+rule, a.Styles.Dim))
	copy(lines[at.Y+1:at.Y+at.H], body)
}

// dialogRect is where a dialog stands on a screen: above the help line. One without a title is typed into that line.
func dialogRect(d dialog, w, h int) draw.Rect {
	if d.title() == "" {
		return draw.Rect{}
	}
	n := min(d.lines(w)+1, h-2)
	return draw.Rect{Y: h - 1 - n, W: w, H: n}
}

// bottom is the last line: what is being typed, or the keys that work here.
func (a *app) bottom(w int) string {
	if n := len(a.dialogs); n > 0 {
		d := a.dialogs[n-1]
		if d.title() == "" {
			return filled(d.view(w, 1), w)
		}
		return a.helpLine(d.bindings(), nil, w)
	}
	return a.helpLine(a.component(a.focused).bindings(), a.bindings(), w)
}

// messageLines is the message, from the last line upwards.
func (a *app) messageLines(w int) []string {
	if a.message.text == "" {
		return nil
	}
	style := a.Styles.Info
	switch a.message.level {
	case levelError:
		style = a.Styles.Err
	case levelGood:
		style = a.Styles.Good
	}
	text := draw.Wrap(a.show(a.message.text), w-2)
	const most = 3
	if len(text) > most {
		text = text[:most]
		text[most-1] = a.Fit(text[most-1]+" "+a.Glyphs.More, w-2)
	}
	var out []string
	for i := len(text) - 1; i >= 0; i-- {
		out = append(out, a.Line(w, false, draw.Ink(" "+text[i], style)))
	}
	return out
}

// filled fills a line that is styled already.
func filled(line string, w int) string {
	return line + strings.Repeat(" ", max(w-ansi.StringWidth(line), 0))
}
