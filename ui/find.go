package ui

// Finding, while one types, in all of the zone and its includes: owners, data, comments, records that are commented out. What has
// the text is listed; enter goes there, in whatever pane shows it, and esc leaves everything as it was. In a big zone all of it is
// looked through beside the screen, from where the user is on, and the next letter ends that.

import (
	"cmp"
	"fmt"
	"sync/atomic"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/zonefile"
)

// finder is the dialog.
type finder struct {
	prompt
	rows  foundRows
	near  zonefile.Row // where the user is
	finds *zonefile.Finds
	most  enoughFound // so many are looked for: who wants more goes to the end of the list
	own   bool        // the pane has rows of its own with the text: the first of the list stands for them
	chose bool        // the cursor was moved: it stays on its row
	left  atomic.Bool // nobody looks any more
}

// openFinder asks what to find.
type openFinder struct{ text string }

func (a openFinder) do(s stage) tea.Cmd {
	k := s.tools()
	d := &finder{rows: foundRows{kit: k}, near: nearest(k)}
	d.prompt = prompt{kit: k, sign: "/", field: k.newField(partData, "", a.text)}
	d.done = d.goes
	s.push(d)
	z := k.doc.Zone()
	index := func() tea.Msg {
		z.IndexText(func() bool { return !d.left.Load() })
		return nil
	}
	return tea.Batch(lookFor{d}.do(s), index)
}

// sought is what is looked for now.
func (d *finder) sought() string { return d.field.value() }

// lookFor looks for what is typed now.
type lookFor struct{ dialog *finder }

func (a lookFor) do(s stage) tea.Cmd {
	d := a.dialog
	search := zonefile.NewSearch(d.sought())
	d.chose, d.rows.marks, d.rows.lead = false, search, ""
	if d.own = !search.IsEmpty() && s.rowsHave(d.sought()); d.own {
		d.rows.lead = "here, in " + map[pane]string{paneDelivery: "delivery", paneProblems: "problems"}[d.focused] + ": enter goes to the next row that has it"
	}
	d.most = enoughAtFirst
	d.took(d.doc.Zone().Find(search, d.near, d.finds).Look(lookingFor(findAtOnce, d.most)))
	return d.further()
}

// took shows what is found. The cursor is on what is found first from where the user is on, or where it was moved to.
func (d *finder) took(f *zonefile.Finds) {
	at, own := d.near, d.own
	if d.chose && d.number() >= 0 {
		at, own = d.finds.At(d.number()), false
	}
	d.finds = f
	was := d.rows.list.Cursor
	defer func() {
		if d.rows.list.Cursor != was || !d.chose {
			d.rows.leaves()
		}
	}()
	if d.rows.list.Cursor = 0; own || at.IsZero() || f.Count() == 0 {
		return
	}
	n, _ := f.From(at)
	if d.focused == paneNames && !d.chose {
		n = d.named(f, n)
	}
	d.rows.list.Cursor = n%f.Count() + d.count() - f.Count()
}

// mostNamed is how many of what is found are looked at for a name: as many as the time of a key allows.
const mostNamed = 2000

// named is the first found from the n-th on, going round, whose own name has the text: who looks for something among names looks
// for a name, and then for what leads to it. It is n where no name has it.
func (d *finder) named(f *zonefile.Finds, n int) int {
	if f.Search().IsEmpty() {
		return n
	}
	for i := range min(f.Count(), mostNamed) {
		at := (n + i) % f.Count()
		if r := f.At(at).Record(); !r.IsZero() {
			if from, to := f.Search().In(d.short(r.Owner())); from < to {
				return at
			}
		}
	}
	return n
}

// count is how many rows the list has.
func (d *finder) count() int {
	if d.own {
		return d.finds.Count() + 1
	}
	return d.finds.Count()
}

// number is the number of what was found under the cursor; -1 where the pane's own rows are.
func (d *finder) number() int { return d.rows.list.Cursor - (d.count() - d.finds.Count()) }

// further looks on beside the screen.
func (d *finder) further() tea.Cmd {
	f, most := d.finds, d.most
	if f.All() || d.rests() {
		return nil
	}
	return func() tea.Msg { return lookedFor{d, f, f.Look(lookingFor(findBeside, most))} }
}

// rests tells that enough is found, though not all was looked at.
func (d *finder) rests() bool { return !d.finds.All() && d.most.by(d.finds.Count(), d.finds.Read()) }

// lookFurther looks for more where the list ends and nobody has looked for all.
type lookFurther struct{ dialog *finder }

func (a lookFurther) do(stage) tea.Cmd {
	d := a.dialog
	if !d.rests() {
		return nil
	}
	d.most = enoughAtFirst.more(d.finds.Count(), d.finds.Read())
	return d.further()
}

// lookedFor brings more of what is found.
type lookedFor struct {
	dialog     *finder
	from, more *zonefile.Finds
}

func (m lookedFor) take(stage) tea.Cmd {
	d := m.dialog
	if d.left.Load() || d.finds != m.from {
		return nil
	}
	d.took(m.more)
	return d.further()
}

func (d *finder) title() string { return "Find" }

func (d *finder) lines(int) int { return 1000 } // all there is

// aside is how many are found, and where.
func (d *finder) aside(room int) string {
	text := d.counted()
	files := 0
	for range d.doc.Zone().Files() {
		files++
	}
	for _, in := range []string{"in all: names, records, comments, " + zonefile.Plural(files, "file", "files"), "in all of " + zonefile.Plural(files, "file", "files")} {
		if long := text + " " + d.Rule(2) + " " + in; ansi.StringWidth(long) <= room {
			return long
		}
	}
	return text
}

// counted is which of how many is under the cursor.
func (d *finder) counted() string {
	n := d.finds.Count()
	switch {
	case d.rests() && d.number() >= 0:
		return fmt.Sprintf("%d of %d or more", d.number()+1, n)
	case !d.finds.All():
		return fmt.Sprintf("%d so far", n)
	case n == 0:
		return "none"
	}
	if d.number() < 0 {
		return itoa(n)
	}
	return fmt.Sprintf("%d of %d", d.number()+1, n)
}

func (d *finder) update(m tea.KeyMsg) []action {
	before := d.field.value()
	if m.Type == tea.KeyBackspace && d.field.input.Value() == "" {
		return d.leave()
	}
	d.past = 0
	told := d.typeInto(&d.field, m)
	var out []action
	if d.field.value() != before {
		out = append(out, lookFor{d})
	}
	if told != "" {
		out = append(out, say{told, levelInfo})
	}
	return out
}

// leave leaves without going anywhere.
func (d *finder) leave() []action { return []action{leaveFinder{d}} }

// leaveFinder ends the looking.
type leaveFinder struct{ dialog *finder }

func (a leaveFinder) do(s stage) tea.Cmd {
	a.dialog.left.Store(true)
	s.pop()
	return nil
}

// goes goes to what is under the cursor.
func (d *finder) goes(string) []action {
	d.left.Store(true)
	if d.number() < 0 {
		return []action{findNext{text: d.sought()}}
	}
	return []action{goFound{d.finds, d.number()}}
}

func (d *finder) bindings() []binding {
	empty, enter, choose := "", "enter go", "^n/^p choose"
	if d.count() == 0 { // what leads nowhere is not offered
		empty, enter, choose = d.nothing(), "-", "-"
	}
	move := func(by int, pages bool) func() []action {
		return func() []action {
			if d.chose = true; d.rows.within(by, pages) {
				return nil
			}
			if d.rows.leaves(); pages {
				by *= max(d.rows.list.Page-1, 1)
			}
			to := d.rows.list.Cursor + by
			d.rows.list.To(to, by, d.count())
			if 0 <= to && to < d.count() {
				return nil
			}
			return []action{lookFurther{d}}
		}
	}
	recall := func(by int) func() []action {
		return func() []action { d.recall(by); return []action{lookFor{d}} }
	}
	older, newer := "", ""
	if d.past == len(d.entered[d.sign]) {
		older = "nothing was looked for before that"
	}
	if d.past == 0 {
		newer = "nothing was looked for after that: ctrl+n chooses the next row"
	}
	up := "up before"
	if d.utf8 {
		up = "↑ before"
	}
	unused, users := empty, "tab its users"
	if d.number() < 0 || d.under().IsZero() {
		unused, users = cmp.Or(empty, "this line is no record: enter goes there"), "-"
	}
	return []binding{
		unless(empty, d.keys.submit, d.enter).as("go there").briefly(enter),
		unless(unused, d.keys.foundUses, d.askUses).as("who uses what is under the cursor").briefly(users),
		unless(older, d.keys.scrollUp, recall(1)).as("looked for before").briefly(up),
		unless(newer, d.keys.scrollDown, recall(-1)).as("looked for after").briefly("-"),
		unless(empty, d.keys.foundNext, move(1, false)).briefly(choose), unless(empty, d.keys.foundPrev, move(-1, false)).briefly("-"),
		unless(empty, d.keys.helpDown, move(1, true)).briefly("-"), unless(empty, d.keys.helpUp, move(-1, true)).briefly("-"),
		on(d.keys.dismiss, d.leave).as("back to where you were").briefly("esc"),
	}
}

// under is the record under the cursor; the zero Record where there is none.
func (d *finder) under() zonefile.Record {
	if n := d.number(); n >= 0 && n < d.finds.Count() {
		return d.finds.At(n).Record()
	}
	return zonefile.Record{}
}

// askUses leaves, and tells who uses what the record under the cursor is about.
func (d *finder) askUses() []action { return append(d.leave(), askUses{subjectOf(d.under())}) }

// nothing says that nothing is found.
func (d *finder) nothing() string {
	if !d.finds.All() {
		return "nothing is found so far"
	}
	return nothingContains
}

func (d *finder) view(width, height int) string {
	line := d.Styles.Key.Render("/") + d.typed(&d.field, width-1)
	if d.count() == 0 {
		return d.empty(d.nothing(), width, height-1) + "\n" + line
	}
	return d.rows.view(width, height-1, d.finds.Count(), d.finds.At) + "\n" + line
}
