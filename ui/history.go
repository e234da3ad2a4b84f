package ui

// What was done to the files of the zone: each save, and what other programs wrote between them, with the lines that it changed.
// What is brought back comes as edits over the file of now, to be looked at and saved as all others are. Rows have the numbers of
// their undo copies, which `mailzone history` takes. The copies are read beside the screen.

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// openHistory shows what was done to the files.
type openHistory struct{}

func (openHistory) do(s stage) tea.Cmd {
	k := s.tools()
	d := &historyDialog{kit: k}
	s.push(d)
	ask := k.doc.Store.AsksHistory(k.doc.Saved)
	return func() tea.Msg {
		h, err := ask()
		return historyRead{d, h, err}
	}
}

// historyRead brings what was done.
type historyRead struct {
	dialog  *historyDialog
	history document.History
	err     error
}

func (m historyRead) take(s stage) tea.Cmd {
	m.dialog.history, m.dialog.known, m.dialog.failed = m.history, true, m.err
	return nil
}

// historyDialog is the list of what was done, and below it the lines of the row under the cursor.
type historyDialog struct {
	*kit
	history document.History
	known   bool // it was read
	failed  error
	list    draw.List
	page    draw.Page
	since   []string // what has changed from before the row up to now, while that is shown; nil: what the row changed
	wanted  string   // what was searched for last
}

func (d *historyDialog) title() string { return "History" }

func (d *historyDialog) lines(int) int { return 1000 } // all there is

// aside stands at the right of the title.
func (d *historyDialog) aside(int) string {
	n := 0
	for _, e := range d.history.Events {
		if !e.Other {
			n++
		}
	}
	return d.show(d.doc.Zone().Root().Name()) + ", " + zonefile.Plural(n, "save", "saves")
}

func (d *historyDialog) update(tea.KeyMsg) []action { return nil }

func (d *historyDialog) bindings() []binding {
	none := ""
	switch {
	case !d.known:
		none = "the undo copies are being read"
	case len(d.history.Events) == 0:
		none = "there is no save yet"
	}
	bring := none
	if why := d.doc.ReadOnly(); bring == "" && why != "" {
		bring = "read-only: " + why
	}
	shows := "what has changed since before it"
	if d.since != nil {
		shows = "what it changed"
	}
	move := func(by int) func() []action {
		return func() []action {
			d.list.To(d.list.Cursor+by, by, len(d.history.Events))
			d.since = nil
			d.page.Top()
			return nil
		}
	}
	return []binding{
		unless(none, d.keys.submit, d.toggle).as(shows).briefly("enter diff to now"),
		unless(bring, d.keys.bringBack, d.bringBack).as("bring back what was before it, as edits").briefly("b bring back"),
		unless(none, d.keys.search, d.ask).as("find in all that was done").briefly("/ find"),
		unless(none, d.keys.again, func() []action { return d.find(d.wanted, false) }).briefly("-"),
		unless(none, d.keys.back, func() []action { return d.find(d.wanted, true) }).briefly("-"),
		unless(none, d.keys.saveCopy, d.copies).as("copy the difference as a patch").briefly("y copy"),
		unless(none, d.keys.Down, move(1)).as("next row").briefly("-"), unless(none, d.keys.Up, move(-1)).as("previous row").briefly("-"),
		unless(none, d.keys.Top, move(-1<<30)).briefly("-"), unless(none, d.keys.Bottom, move(1<<30)).briefly("-"),
		on(d.keys.PageDown, scrolls(&d.page, 5)).briefly("PgDn more"), on(d.keys.PageUp, scrolls(&d.page, -5)).briefly("-"),
		does(d.keys.dismiss, pop{}).as("close"), does(d.keys.leave, pop{}).as("close").briefly("-"),
	}
}

// event is the row under the cursor.
func (d *historyDialog) event() document.Event { return d.history.Events[d.list.Cursor] }

// toggle shows what has changed since before the row, or what the row changed.
func (d *historyDialog) toggle() []action {
	d.page.Top()
	if d.since != nil {
		d.since = nil
		return nil
	}
	diff, err := d.history.Since(d.list.Cursor, d.doc.Zone())
	if err != nil {
		return []action{say{d.show(err.Error()), levelError}}
	}
	d.since = append([]string{}, diff...)
	return nil
}

// bringBack makes what was there before the row the newest version: edits, which are looked at and saved as all others are.
func (d *historyDialog) bringBack() []action {
	row := d.list.Cursor
	title := "bring back what was there before " + d.name()
	c := change{title: title, stay: true, then: []action{pop{}, say{title + ": w looks at it and saves it, u undoes", levelGood}}}
	c.edits = func(z *zonefile.Zone) ([]zonefile.Edit, error) { return d.history.BringBack(row, z) }
	return []action{c}
}

// name is how the row under the cursor is called.
func (d *historyDialog) name() string {
	e := d.event()
	switch {
	case e.Between:
		return "another program"
	case e.Other:
		return "the other program of " + d.hour(e)
	}
	return "the save of " + d.hour(e)
}

// hour is when something was done.
func (d *historyDialog) hour(e document.Event) string {
	if e.Between {
		return ""
	}
	now := d.doc.Now()
	return preview.Clock(e.Time.In(now.Location()), now)
}

// diff is the difference that is shown.
func (d *historyDialog) diff() []string {
	if d.since != nil {
		return d.since
	}
	return d.event().Diff
}

// copies hands over the difference that is shown, as patch takes it.
func (d *historyDialog) copies() []action {
	text, err := d.history.Patch(d.list.Cursor, d.utf8)
	if d.since != nil {
		text, err = d.history.PatchSince(d.list.Cursor, d.doc.Zone(), d.utf8)
	}
	switch {
	case err != nil:
		return []action{say{d.show(err.Error()), levelError}}
	case text == "":
		return []action{say{"nothing to copy: the file has what it had before", levelInfo}}
	}
	return []action{copyText{text: text, called: "a patch, which patch -p0 takes"}}
}

// ask asks what to search for.
func (d *historyDialog) ask() []action {
	p := &prompt{kit: d.kit, sign: "/", field: d.newField(partData, "", "")}
	p.done = func(text string) []action { return d.find(text, false) }
	return []action{push{p}}
}

// find goes to the next row, of those below first, that has a text, and shows the line that has it.
func (d *historyDialog) find(text string, back bool) []action {
	if text == "" {
		return []action{say{"nothing was searched for yet: press /", levelInfo}}
	}
	fresh := text != d.wanted
	d.wanted = text
	all, from, n := d.history.Events, d.list.Cursor, 0
	for _, e := range all {
		if _, ok := e.Has(text); ok {
			n++
		}
	}
	if fresh { // the row under the cursor counts, too
		from = (from + len(all) - 1) % len(all)
	}
	i, ok := nextMatch(len(all), from, back, func(i int) bool { _, ok := all[i].Has(text); return ok })
	if !ok {
		return []action{say{"in no save: " + d.show(text), levelInfo}}
	}
	d.list.To(i, 1, len(all))
	d.since = nil
	d.page.Top()
	if line, _ := all[i].Has(text); line >= 0 {
		d.page.Scroll(max(len(document.NumberedDiff(all[i].Diff[:line+1]))-2, 0))
	}
	return []action{say{d.show(text) + ": in " + zonefile.Plural(n, "row", "rows") + ", n goes on", levelInfo}}
}

// view draws the rows, and below them the difference.
func (d *historyDialog) view(width, height int) string {
	n := len(d.history.Events)
	if n == 0 {
		return draw.Block(d.emptyLines(width), width, height)
	}
	rows := min(n, max(height/2, 1))
	out := strings.Split(d.list.View(width, rows, n, func(i int, cursor bool) string { return d.row(i, width, cursor) }), "\n")
	body := d.body(width)
	room := height - rows - 1
	shown := d.page.Visible(body, room)
	out = append(out, d.rule(width, d.page.Below(body, room)))
	return draw.Block(append(out, shown...), width, height)
}

// emptyLines says why there is no row.
func (d *historyDialog) emptyLines(width int) []string {
	text := "reading the undo copies..."
	switch {
	case d.failed != nil:
		text = d.show(d.failed.Error())
	case d.known:
		text = "No save yet: each save with mailzone is listed here, with what it changed, and can be brought back."
	}
	var out []string
	for _, l := range draw.Wrap(text, width-2) {
		out = append(out, d.Line(width, false, draw.Ink(" "+l, d.Styles.Plain)))
	}
	return out
}

// row draws one row: its number, hour, serial, what was done, how many lines.
func (d *historyDialog) row(i, width int, cursor bool) string {
	e := d.history.Events[i]
	mark, number := "  ", "  "
	if cursor {
		mark = d.Glyphs.Mark + " "
	}
	if e.Number > 0 {
		number = d.FitRight(itoa(e.Number), 2)
	}
	hour, serial := d.Fit(d.hour(e), 13), ""
	if width >= 60 {
		serial = d.Fit(e.Serial, 12)
	}
	count := fmt.Sprintf(" %4s %4s ", fmt.Sprintf("+%d", e.Added), fmt.Sprintf("-%d", e.Gone))
	if e.Err != nil {
		count = " ? "
	}
	room := max(width-5-13-len(serial)-len(count), 0)
	return d.Line(width, cursor, draw.Ink(mark, d.Styles.Key), draw.Ink(number+" ", d.Styles.Key), draw.Ink(hour, d.Styles.Plain),
		draw.Ink(serial, d.Styles.Dim), draw.Ink(d.Fit(d.did(e), room), d.Styles.Plain), draw.Ink(count, d.Styles.Dim))
}

// did is what was done, in a row.
func (d *historyDialog) did(e document.Event) string {
	switch {
	case e.Other:
		return "another program"
	case len(e.Did) == 0:
		return "a save; what was done is not noted"
	}
	return d.show(strings.Join(e.Did, "; "))
}

// rule parts the rows from the difference, and says what that is.
func (d *historyDialog) rule(width, below int) string {
	left := "what " + d.name() + " changed"
	if d.since != nil {
		left = "from before " + d.name() + " to now"
	}
	if width < draw.FullWidth && d.since != nil {
		left = "from before it to now"
	} else if width < draw.FullWidth {
		left = "what it changed"
	}
	right := ""
	if below > 0 {
		right = " " + zonefile.Plural(below, "more line", "more lines") + " "
	}
	left = d.Fit(left, min(ansi.StringWidth(left), width-ansi.StringWidth(right)-5))
	rest := width - ansi.StringWidth(left) - ansi.StringWidth(right) - 4
	return d.Line(width, false, draw.Ink(d.Glyphs.Across+" ", d.Styles.Dim), draw.Ink(left, d.Styles.Head),
		draw.Ink(" "+d.Rule(rest)+right+d.Glyphs.Across, d.Styles.Dim))
}

// body is all that was done, where that has no room in a row, and the lines with their numbers and signs.
func (d *historyDialog) body(width int) []string {
	var out []string
	say := func(text string) {
		for _, l := range draw.Wrap(text, width-2) {
			out = append(out, d.Line(width, false, draw.Ink(" "+l, d.Styles.Dim)))
		}
	}
	e := d.event()
	if e.Err != nil && d.since == nil {
		say(d.show(e.Err.Error()))
	}
	if did := d.did(e); d.since == nil && ansi.StringWidth(did) > width-41 {
		say(did)
	}
	if d.since != nil && len(d.since) == 0 {
		say("nothing: the file has what it had before")
	}
	for _, l := range document.NumberedDiff(d.diff()) {
		number, style := d.FitRight(itoa(l.Number), 6), d.Styles.Plain
		switch l.Sign {
		case "":
			say("in " + d.show(l.Text))
			continue
		case "@":
			number, l.Sign, l.Text = d.FitRight(d.Glyphs.More, 6), " ", ""
		case "+":
			style = d.Styles.Added
		case "-":
			style = d.Styles.Removed
		}
		out = append(out, d.Line(width, false, draw.Ink(number+" ", d.Styles.Dim), draw.Ink(l.Sign+" "+d.show(expandTabs(l.Text)), style)))
	}
	return out
}
