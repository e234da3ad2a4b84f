package ui

// What stands around the panes: the title, the tabs, the help line, and dialogs over it all.

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
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
	lines := a.screen(w, h)
	for _, d := range a.dialogs {
		a.over(lines, d, w)
	}
	lines[h-1] = a.bottom(w)
	if p, ok := a.top().(interface {
		menu(width, most int) []string
	}); ok {
		menu := p.menu(w, h-3)
		copy(lines[h-1-len(menu):], menu)
	}
	if a.echo.unanswered(strings.Join(lines, "\n")) && a.message == a.before {
		c, everywhere := a.listening()
		a.tell(a.idle(a.echo.key, c.bindings(), everywhere, a.top() == nil))
	}
	last := a.layout().Message.Y
	if a.hasDialog() { // a dialog has the rows down to the keys: what it is told takes their place
		last = h - 1
	}
	for i, l := range a.messageLines(w) {
		lines[last-i] = l
	}
	return strings.Join(lines, "\n")
}

// hasDialog tells whether a dialog has the keys that stands over the panes; one without a title is typed into the last line.
func (a *app) hasDialog() bool { return a.top() != nil && a.top().title() != "" }

// screen draws the main screen.
func (a *app) screen(w, h int) []string {
	l := a.layout()
	a.covered = a.hasDialog()
	parts := []draw.Part{{At: l.Title, Text: a.titleLine(w)}}
	if !l.Single {
		parts = append(parts, a.part(paneNames, l.Names), a.part(paneRecords, l.Records))
	}
	for _, s := range a.placed(l) {
		body := a.part(s.pane, s.at.Body) // first: the title says whose delivery is drawn
		parts = append(parts, draw.Part{At: s.at.Tabs, Text: a.bar(l, s)}, body)
		if at := s.at.Body; s.pane == paneDelivery && at.Y+at.H == l.Message.Y && a.delivery.rest != "" {
			parts = append(parts, draw.Part{At: draw.Rect{X: at.X, Y: l.Message.Y, W: at.W, H: 1}, Text: a.delivery.rest})
		}
	}
	return a.Compose(w, h, parts...)
}

// part draws a pane in a rectangle.
func (a *app) part(n pane, at draw.Rect) draw.Part {
	return draw.Part{At: at, Text: a.wake.view(n, a.component(n), at.W, at.H)}
}

// bar is the line of titles over a pane: they, and at the right what is to be known of what the pane shows.
func (a *app) bar(l draw.Layout, s placed) string {
	w := s.at.Tabs.W
	titles, note := a.titles(l, s)
	var spans []draw.Span
	used := 0
	for _, t := range titles {
		style := a.Styles.Dim
		if t.pane == s.pane {
			style = a.Styles.Plain
		}
		spans = append(spans, draw.Ink(a.across(l, t.x-used), a.Styles.Dim), a.title(t.text, t.pane == s.pane && a.has(s.pane), style))
		used = t.x + ansi.StringWidth(t.text) + 2
	}
	end := 0
	if note != "" {
		end = ansi.StringWidth(note) + 1
	}
	line := []rune(a.across(l, w-used-end))
	if at := l.Names.W - s.at.Tabs.X - used; !l.Single && at >= 0 && at < len(line) {
		line[at] = []rune(a.Glyphs.Cross)[0]
	}
	if w > s.at.Body.W && len(line) > 0 && note == "" {
		line[len(line)-1] = []rune(a.Glyphs.Fork)[0]
	}
	spans = append(spans, draw.Ink(string(line), a.Styles.Dim))
	if note != "" {
		end := a.across(l, 1)
		if w > s.at.Body.W {
			end = a.Glyphs.Fork
		}
		spans = append(spans, draw.Ink(strings.TrimSuffix(note, " "), a.Styles.Plain), draw.Ink(" "+end, a.Styles.Dim))
	}
	return a.Line(w, false, spans...)
}

// across is what stands between titles: a line, and blanks where one pane has the screen.
func (a *app) across(l draw.Layout, n int) string {
	if l.Single {
		return strings.Repeat(" ", max(n, 0))
	}
	return a.Rule(n)
}

// over draws a dialog over the lower lines of the screen.
func (a *app) over(lines []string, d dialog, w int) {
	title, at := d.title(), dialogRect(d, w, len(lines))
	if room := w - 3; ansi.StringWidth(title) > room { // what is around it says who has the keys
		title = a.Fit(title, room)
	}
	if at.H == 0 {
		return
	}
	a.beneath = d != a.top()
	_, parted := d.(interface{ parted() })
	body := strings.Split(d.view(w, at.H-1), "\n")
	rest := w - 1 - ansi.StringWidth(title) - 2
	rule := a.Rule(rest)
	if d, ok := d.(interface{ aside(room int) string }); ok {
		if text := d.aside(rest - 5); text != "" && ansi.StringWidth(text) <= rest-5 {
			rule = a.Rule(rest-ansi.StringWidth(text)-3) + " " + text + " " + a.Rule(1)
		}
	}
	lines[at.Y] = a.Line(w, false, draw.Ink(a.Glyphs.Across, a.Styles.Dim), a.title(title, !a.beneath && !parted, a.Styles.Plain), draw.Ink(rule, a.Styles.Dim))
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
	}
	c, everywhere := a.listening()
	return a.wake.keyRow(w, func() string { return a.helpLine(c.bindings(), everywhere, w) })
}

// messageLines is the message, from the last line upwards.
func (a *app) messageLines(w int) []string { return a.messageRows(a.kit, w, a.height) }

// filled fills a line that is styled already.
func filled(line string, w int) string {
	return line + strings.Repeat(" ", max(w-ansi.StringWidth(line), 0))
}
