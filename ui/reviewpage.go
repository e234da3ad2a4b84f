package ui

// The page of a review: its parts below one another, from 100 columns on the text at the left and the others at the right. What
// may change with each picture, titles and marks, is drawn then; rows are made when something has changed that they say.

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// reviewView is what a save would do, as it is shown: what named says, the text, the delivery before and after, the problems that
// come and go.
type reviewView struct {
	*kit
	saving document.Saving
	report *report // nil while it is made
	far    *pace   // how far that is
	page   reviewPage
	named  *checker
	groups groupedProblems
	closed bool // nobody looks at it any more
}

// title names the dialog.
func (d *reviewView) title() string {
	return "Review of " + zonefile.Plural(d.doc.Edits(), "edit", "edits")
}

// aside is the serial before and after.
func (d *reviewView) aside(int) string { return serials(d.doc.Saved, d.saving.Zone, d.Glyphs.Arrow) }

func (d *reviewView) lines(int) int { return 1000 } // all there is

// parted says that one of its parts has the keys, and that part's title the brackets.
func (d *reviewView) parted() {}

// unexamined tells whether the problems of the version are not known yet.
func (d *reviewView) unexamined() bool { return d.doc.Stale() || !d.doc.Findings.Checked }

// basis is what the rows are made from.
func (d *reviewView) basis(width int) rowsMade {
	f, p := d.doc.Findings, &d.page
	return rowsMade{width, p.alone, p.turns, p.only, d.report, f.Report, f.Full, d.unexamined(), d.named.busy(), d.doc.Now().Truncate(time.Minute)}
}

// refresh makes the rows anew where they say something else by now.
func (d *reviewView) refresh(width int) {
	p, now := &d.page, d.basis(width)
	come := now == p.beside.basis
	if p.width = width; p.made == now && !(p.late && come) {
		return
	}
	were := [2]stood{p.under(0), p.under(1)}
	wasPaired := p.made.alone == 0 && p.paired(p.made.width)
	p.made, p.rows, p.late = now, columnRows{}, p.only != "" && d.many() && !come
	for part := range reviewParts {
		column := 0
		if p.paired(width) && part > textPart {
			column = 1
		}
		if p.alone == 0 || p.alone == part+1 {
			p.rows[column].join(d.partRows(part, p.columnWidth(width, column)))
		}
	}
	heads := reviewParts
	if p.alone > 0 {
		heads = 1
	}
	if p.only != "" && p.rows[0].n+p.rows[1].n == heads {
		why := nothingHas
		if p.late {
			why = lookingHere
		}
		p.rows[0].add(reviewRow{part: textPart, spans: []draw.Span{draw.Ink(why, d.Styles.Dim)}})
	}
	if was := were[p.column]; wasPaired != p.paired(width) {
		d.page.goTo(was.on.part)
		p.keep(p.column, was)
		return
	}
	for column, was := range were {
		p.keep(column, was)
	}
}

// here is the row under the cursor.
func (d *reviewView) here() reviewRow { return d.page.here() }

// many tells whether no key may wait until all rows are looked through.
func (d *reviewView) many() bool {
	return len(d.doc.Findings.Serious()) > liveWords || d.report != nil && d.report.lines > liveWords
}

// partRows is a part with its title; where rows are narrowed those that hold the text.
func (d *reviewView) partRows(part, width int) (out rowList) {
	out.add(reviewRow{part: part, head: true})
	switch p := &d.page; {
	case p.only == "":
		out.join(d.rowsOf(part, width, false, false)())
	case p.late && p.beside.basis.only != p.only:
	case p.late || p.beside.basis == p.made:
		out.join(p.beside.list[part])
	default:
		rows := d.rowsOf(part, width, true, true)()
		out.join(rows.only(d.seeks(p.only), nil))
	}
	return out
}

// rowsOf is how to make what a part says, beside the screen too: all of it, or what is folded in one row; each by itself, or alike.
func (d *reviewView) rowsOf(part, width int, all, each bool) func() rowList {
	b := &reviewRows{kit: d.kit, width: width, opened: d.page.opened, all: all, each: each, part: part}
	made := func() rowList { return b.list }
	switch report, now, found := d.report, d.doc.Now(), d.doc.Findings; {
	case part == namedPart:
		d.named.part(b)
		b.wrapped(reviewRow{}, d.afterSaving(), d.Styles.Plain)
	case report == nil && part != problemPart:
		b.wrapped(reviewRow{}, "comparing...", d.Styles.Dim)
	case part == textPart:
		b.texts(report) // it notes in the report how many rows its lines have
	case part == deliveryPart:
		return func() rowList { b.routes(report, now); return b.list }
	case d.unexamined():
		b.wrapped(reviewRow{}, "examining the zone...", d.Styles.Dim)
	default:
		groups, unseen := d.grouped(), d.unseen()
		return func() rowList { b.problems(found, groups, unseen); return b.list }
	}
	return made
}

// unseen is what settings keep from being told, once that is known.
func (d *reviewView) unseen() []string {
	if d.report == nil {
		return nil
	}
	return d.report.unseen
}

// grouped is the problems of the version on the screen.
func (d *reviewView) grouped() *groupedProblems {
	f, g := d.doc.Findings, &d.groups
	if g.of != f.Report || g.full != f.Full {
		*g = groupedProblems{of: f.Report, full: f.Full, came: groupProblems(f.Came), went: groupProblems(f.Went),
			before: sync.OnceValue(func() []problemGroup { return groupProblems(asBefore(f)) })}
	}
	return g
}

// afterSaving is what is left to do after the save.
func (d *reviewView) afterSaving() string {
	text := "after saving: " + strings.TrimPrefix(d.show(d.leftToDo()), "left to do: ")
	if d.doc.Store.CannotReload(d.saving.Zone) == "" {
		text += "; r does it and waits for the serial"
	}
	return text
}

// update moves the cursor.
func (d *reviewView) update(m tea.KeyMsg) []action {
	p := &d.page
	p.lists[p.column].Move(m, &d.keys.Moving, p.rows[p.column].n)
	return nil
}

// view draws the verdicts, the parts, and while something is waited for how far that is.
func (d *reviewView) view(width, height int) string {
	d.refresh(width)
	p := &d.page
	top, bottom := append([]string{d.verdicts(width)}, d.refusal(width, height)...), d.progress(width)
	rows := height - len(top) - len(bottom)
	body := d.columnView(0, rows)
	if p.paired(width) {
		body = draw.Beside(body, d.Styles.Dim.Render(d.Glyphs.Down), d.columnView(1, rows))
	}
	return draw.Block(slices.Concat(top, strings.Split(body, "\n"), bottom), width, height)
}

// refusal is why named would not load the zone, below the verdicts, where its part is out of sight: that is the last.
func (d *reviewView) refusal(width, height int) (out []string) {
	const most, least = 2, 10 // rows of it, and of a page that has room for them
	all := d.page.rows[0].n
	if d.page.paired(width) {
		all = d.page.rows[1].n
	}
	if !d.named.says.Blocks || height < least || all <= height-1 || d.here().part == namedPart {
		return nil
	}
	for _, l := range draw.Wrap(d.show(d.named.reason()), width-4) {
		if len(out) < most {
			out = append(out, d.Line(width, false, draw.Ink("  "+l, d.named.style())))
		}
	}
	return out
}

// progress is a bar with what is waited for, while something is.
func (d *reviewView) progress(width int) []string {
	what, part := "", 0.0
	switch done := d.far.done.Load(); {
	case d.report == nil:
		what, part = []string{"1 of 3: looking at the file and the text", "2 of 3: finding where mail goes", "3 of 3: looking for what settings hide"}[done], float64(done)/3
	case d.unexamined():
		what, part = "examining the zone", 0.5
	case d.named.busy():
		what, part = "named-checkzone reads the zone", d.named.done()
	default:
		return nil
	}
	what = d.Fit("  "+what+"  ", min(len(what)+4, width))
	d.named.bar.Width = max(min(width-len(what)-2, 40), 1)
	return []string{d.Line(width, false, draw.Ink(what, d.Styles.Dim), draw.Ink(d.named.bar.ViewAs(part), d.Styles.Plain))}
}

// columnView draws a column. The title of the part that its first row belongs to stays in sight.
func (d *reviewView) columnView(column, height int) string {
	p := &d.page
	width, rows, l := p.columnWidth(p.width, column), &p.rows[column], &p.lists[column]
	if height < 1 {
		return ""
	}
	l.Scroll(height, rows.n)
	sticky := height > 2 && l.Offset > 0 && rows.n > 0 && !rows.at(l.Offset).head
	if sticky && l.Cursor == l.Offset {
		l.Offset--
	}
	var out []string
	for i := l.Offset; i < rows.n && len(out) < height; i++ {
		r := rows.at(i)
		if sticky && i == l.Offset {
			r = reviewRow{part: r.part, head: true}
		}
		here, cursor := column == p.column, column == p.column && i == l.Cursor
		if r.head {
			out = append(out, d.drawHead(r.part, width, cursor, here && !d.beneath && rows.at(l.Cursor).part == r.part))
		} else {
			out = append(out, d.drawRow(r, width, cursor))
		}
	}
	return draw.Block(out, width, height)
}

// drawHead draws the title of a part, in brackets where the keys go.
func (d *reviewView) drawHead(part, width int, cursor, keys bool) string {
	mark, style, title := d.Glyphs.Across+" ", d.Styles.Dim, draw.Ink(partTitles[part], d.Styles.Dim)
	if cursor {
		mark = d.Glyphs.Mark + " "
	}
	if keys {
		title, style = d.kit.title(title.Text, true, style), d.Styles.Head
	}
	width -= len(title.Text) + 4
	text := d.headText(part, width)
	return d.Line(width+len(title.Text)+4, false, draw.Ink(mark, d.Styles.Key), title, draw.Ink(" "+text+" ", style), draw.Ink(d.Rule(width-ansi.StringWidth(text)), d.Styles.Dim))
}

// drawRow draws a row.
func (d *reviewView) drawRow(r reviewRow, width int, cursor bool) string {
	mark := "  "
	if cursor {
		mark = d.Glyphs.Mark + " "
	}
	spans := d.Under(cursor, append([]draw.Span{draw.Ink(mark, d.Styles.Key)}, r.spans[:min(len(r.spans), 1)]...)...)
	spans = append(spans, r.spans[min(len(r.spans), 1):]...)
	if does := r.enterDoes(d.page.alone > 0); cursor && r.fold != "" {
		used := markWidth + ansi.StringWidth(r.text())
		if hint := "enter " + does; used+len(hint)+2 < width {
			spans = append(spans, draw.Ink(strings.Repeat(" ", width-used-len(hint)-1)+hint, d.Styles.Dim))
		}
	}
	return d.Line(width, false, spans...)
}

// partTitles is what the parts are called, behind the keys that lead to them.
var partTitles = [reviewParts]string{"1 TEXT", "2 DELIVERY", "3 PROBLEMS", "4 NAMED"}

// headText is what a part comes to, in as many words as there is room for.
func (d *reviewView) headText(part, width int) string {
	forms := d.headForms(part)
	for _, text := range forms {
		if ansi.StringWidth(text) <= width {
			return text
		}
	}
	return forms[len(forms)-1]
}

// headForms is what a part comes to, the longest first.
func (d *reviewView) headForms(part int) []string {
	switch {
	case part == namedPart:
		return []string{d.named.headText(), d.named.inShort()}
	case part == problemPart && d.unexamined(), part != problemPart && d.report == nil:
		return []string{"..."}
	case part == textPart:
		return []string{d.report.linesText()}
	case part == deliveryPart:
		return []string{d.report.namesText(), itoa(d.report.names)}
	}
	f := d.doc.Findings
	came, went := count(f.Came, lint.Warning), count(f.Went, lint.Warning)
	short := fmt.Sprintf("%d new, %d gone", came, went)
	long := fmt.Sprintf("%s, %d as before", short, len(f.Serious())-came)
	forms := []string{long, short}
	if i, j := len(f.Came)-came, len(f.Went)-went; i+j > 0 {
		return append([]string{long + fmt.Sprintf("; information %d new, %d gone", i, j)}, forms...)
	}
	return forms
}

// verdicts is what each part comes to, named's first: where there is little room words of the others are left out.
func (d *reviewView) verdicts(width int) string {
	named := "NAMED " + d.named.inShort()
	text, names, problems := "...", "...", [2]string{"...", "..."}
	if r := d.report; r != nil {
		text, names = fmt.Sprintf("+%d -%d", r.added, r.removed), itoa(r.names)
	}
	if f := d.doc.Findings; !d.unexamined() {
		came, went := count(f.Came, lint.Warning), count(f.Went, lint.Warning)
		problems = [2]string{fmt.Sprintf("%d new %d gone", came, went), fmt.Sprintf("%d new", came)}
	}
	for _, form := range [][]string{
		{"    1 text " + text, "    2 delivery " + names, "    3 problems " + problems[0]},
		{"  1 text " + text, "  2 mail " + names, "  3 probs " + problems[0]},
		{"  1 " + text, "  2 mail " + names, "  3 " + problems[1]},
		{"  " + text, "  " + problems[1]}, {"  " + problems[1]}, nil,
	} {
		rest := strings.Join(form, "")
		if 2+ansi.StringWidth(named+rest) < width || form == nil {
			return d.Line(width, false, draw.Ink("  "+named, d.named.style()), draw.Ink(rest, d.Styles.Plain))
		}
	}
	return ""
}
