package ui

// The lines that a name or an address stands in, as they would be where it becomes another: each can be left out, and all are one
// undo. What cannot change, what stays and what was not looked in stands below them, and how long caches keep what there was.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// changeEverywhere shows the lines that change.
type changeEverywhere struct{ replacement }

func (a changeEverywhere) do(s stage) tea.Cmd {
	k := s.tools()
	z := k.doc.Zone()
	work := func(p *pace) result {
		list, err := a.finds(p.among(z))
		return changeFound{a, z, list, err}
	}
	return longWork{"finding the lines of " + k.calls(a.from), work}.do(s)
}

// changeFound brings the lines.
type changeFound struct {
	changeEverywhere
	of   *zonefile.Zone
	list references.List
	err  error
}

func (m changeFound) take(s stage) tea.Cmd {
	if m.err != nil {
		s.complain(m.err)
		return nil
	}
	d := &changeDialog{lineList: lineList{kit: s.tools(), on: 1}, changeEverywhere: m.changeEverywhere, of: m.of, found: m.list, out: map[int]bool{}}
	d.filled(d.rowsOf)
	s.push(d)
	return findHits{d}.do(s)
}

// findHits finds out who the change of the lines that are chosen would hit.
type findHits struct{ dialog *changeDialog }

func (f findHits) do(s stage) tea.Cmd {
	d, lines := f.dialog, f.dialog.with()
	d.hits, d.fresh = nil, false
	d.asked++
	asked := d.asked
	look := func() changeHits { return changeHits{d, asked, d.hit(lines)} }
	if d.doc.Small() {
		return look().take(s)
	}
	return func() tea.Msg { return look() }
}

// hit finds out who the change of some lines would hit.
func (d *changeDialog) hit(lines []references.Line) document.Hits {
	edits, err := d.edits(nil, d.of, lines)
	if err != nil {
		return document.Hits{}
	}
	next, err := d.of.Apply(edits...)
	if err != nil {
		return document.Hits{}
	}
	return d.doc.FindsHits(document.Edited{From: d.of, To: next, Edits: edits})()
}

// changeHits brings who the change would hit.
type changeHits struct {
	dialog *changeDialog
	asked  int
	who    document.Hits
}

func (m changeHits) take(stage) tea.Cmd {
	d := m.dialog
	if m.asked == d.asked && m.who.Edited != nil {
		d.hits, d.fresh = d.ahead(m.who), false
	}
	return nil
}

// changeDialog is the list of the lines.
type changeDialog struct {
	lineList
	changeEverywhere
	of    *zonefile.Zone
	found references.List
	out   map[int]bool // lines that are left out, from 1
	hits  []string     // who it would hit; none while that is not known
	asked int          // how often that was looked for: an answer may come late
}

func (d *changeDialog) title() string { return "Change " + d.calls(d.from) + " to " + d.calls(d.to) }

// aside is how many lines are chosen, or what they are narrowed to.
func (d *changeDialog) aside(int) string {
	if d.only != "" {
		return "&" + d.show(d.only)
	}
	return itoa(d.chosen()) + " of " + zonefile.Plural(len(d.found.Lines), "line", "lines")
}

// chosen is how many lines would change.
func (d *changeDialog) chosen() int { return len(d.found.Lines) - len(d.out) }

func (d *changeDialog) lines(width int) int { return d.tall(width) + detailRows }

// detailRows is the rows that tell what the line under the cursor is now.
const detailRows = 2

func (d *changeDialog) bindings() []binding {
	enter, one := "", ""
	if d.chosen() == 0 {
		enter = "no line is chosen: space chooses one"
	}
	if d.under().n == 0 {
		one = "there is no switch here: go to a line that has one"
	}
	list := []binding{
		unless(enter, d.keys.submit, d.makeIt).as("change these lines").briefly("enter change them"),
		unless(one, d.keys.mark, d.toggle).as("with this line or without").briefly("space with or without"),
		on(d.keys.markAll, d.toggleAll).as("with all lines, or with none").briefly("-"),
	}
	list = append(list, d.moving()...)
	return append(list, does(d.keys.dismiss, pop{}).as("change nothing"), does(d.keys.leave, pop{}).as("change nothing").briefly("-"))
}

// toggle takes the line under the cursor out, or in again, and goes on to the next.
func (d *changeDialog) toggle() []action {
	if n := d.under().n; d.out[n] {
		delete(d.out, n)
	} else {
		d.out[n] = true
	}
	d.on = d.under().n + 1
	return []action{findHits{d}}
}

// toggleAll takes all lines out where all are in, and else in.
func (d *changeDialog) toggleAll() []action {
	all := len(d.out) == 0
	clear(d.out)
	for n := range d.found.Lines {
		if all {
			d.out[n+1] = true
		}
	}
	d.on = max(d.under().n, 1)
	return []action{findHits{d}}
}

// with is the lines that are chosen.
func (d *changeDialog) with() (lines []references.Line) {
	for i, l := range d.found.Lines {
		if !d.out[i+1] {
			lines = append(lines, l)
		}
	}
	return lines
}

// makeIt makes the change.
func (d *changeDialog) makeIt() []action { return []action{makeChange{d}} }

type makeChange struct{ dialog *changeDialog }

func (m makeChange) do(s stage) tea.Cmd {
	d, lines := m.dialog, m.dialog.with()
	work := func(p *pace) result {
		p.begin(2)
		edits, err := d.edits(p.goesOn, d.of, lines)
		return changeMade{d, edits, err}
	}
	return longWork{"changing " + zonefile.Plural(len(lines), "line", "lines"), work}.do(s)
}

// changeMade brings the edits.
type changeMade struct {
	dialog *changeDialog
	edits  []zonefile.Edit
	err    error
}

func (m changeMade) take(s stage) tea.Cmd {
	d := m.dialog
	if m.err != nil {
		s.complain(m.err)
		return nil
	}
	for s.top() != nil && s.top().title() != "" { // with the question for the name, and the help that may lie over it
		s.pop()
	}
	c := change{title: d.does(), says: d.told(), stay: true, edits: editsOf(d.of, m.edits)}
	if n := d.to.name; n != "" && n.Within(d.of.Origin()) && s.tools().name.Within(d.from.name) {
		moved, _ := s.tools().name.Renamed(d.from.name, n)
		c.then = []action{selectName{moved}}
	}
	return s.perform(c)
}

// does is what undo calls the change.
func (d *changeDialog) does() string {
	verb := "rename "
	if d.from.isAddress() {
		verb = "readdress "
	}
	return verb + d.calls(d.from) + " to " + d.calls(d.to)
}

// told is what is said of the change.
func (d *changeDialog) told() string {
	text := d.calls(d.from) + " is " + d.calls(d.to) + " now, in " + zonefile.Plural(d.chosen(), "line", "lines")
	if left := len(d.out) + len(d.found.Stuck); left > 0 {
		text += "; " + itoa(left) + " left as they were"
	}
	if d.found.Caches > 0 {
		text += "; caches keep the old one for up to " + zonefile.FormatTTL(d.found.Caches)
	}
	return text
}

// rowsOf makes the rows.
func (d *changeDialog) rowsOf(m *lineMaker) {
	lines := d.found.Lines
	m.measure(len(lines), func(i int) (zonefile.Row, string) { return lines[i].Record.Row(), lines[i].Becomes })
	m.signs = len(switchOn) + 1
	for _, text := range d.before() {
		m.say(text)
	}
	for i, l := range lines {
		m.line(lineRow{row: l.Record.Row(), n: i + 1}, l.Becomes)
	}
	m.signs = 0
	part := func(title string, list []references.Kept) {
		if len(list) > 0 {
			m.title(title)
		}
		for _, one := range list {
			m.wrapped(lineRow{row: one.Row}, 4, one.Why.Error(), m.Styles.Plain)
		}
	}
	part("cannot change, and leads to the old one then", d.found.Stuck)
	part("stays", d.found.Kept)
	if len(d.found.Unread) > 0 {
		m.title("not looked in")
	}
	for _, text := range d.found.Unread {
		m.say(text)
	}
}

// before is what is to be known before the change: who it hits, and what caches keep.
func (d *changeDialog) before() []string {
	told := func(text string) bool { return strings.HasPrefix(text, "caches keep") }
	if text := d.found.CachesText(); text != "" && !slices.ContainsFunc(d.hits, told) {
		return append(slices.Clip(d.hits), text)
	}
	return d.hits
}

// The switch of a line.
const (
	switchOn  = "[x]"
	switchOff = "[ ]"
)

// sign is the switch of a row.
func (d *changeDialog) sign(r lineRow) draw.Span {
	text := ""
	switch {
	case r.n == 0 && r.more && !r.row.IsZero():
		text = strings.Repeat(" ", len(switchOn)+1)
	case r.n == 0:
	case d.out[r.n]:
		text = switchOff + " "
	default:
		text = switchOn + " "
	}
	return draw.Ink(text, d.Styles.Plain)
}

// view draws the list, and what the line under the cursor is now.
func (d *changeDialog) view(width, height int) string {
	reserved := min(detailRows, max(height-2, 0))
	out := d.draw(width, height-reserved, d.sign)
	var now []string
	if n := d.under().n; n > 0 {
		now = draw.Wrap("now  "+d.show(d.found.Lines[n-1].Is), width-4)
	}
	for i := range reserved {
		out += "\n" + d.Line(width, false, draw.Ink("  "+at(now, i), d.Styles.Dim))
	}
	return out
}
