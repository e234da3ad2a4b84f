package ui

// What the keys of a review do, beside writing: each leads to what a row is about, or shows more of it or less. None changes
// the zone.

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
)

// giveUp ends what is asked for the review, and it with it.
func (d *reviewView) giveUp() []action {
	d.named.stop()
	d.far.stopped.Store(true)
	d.page.beside.forget()
	d.closed = true
	return []action{pop{}}
}

// isAt is why no key leads to a part: the cursor is on its title.
func (d *reviewView) isAt(part int) string {
	if r := d.here(); r.head && r.part == part {
		return "you are there: j goes on"
	}
	return ""
}

// enter unfolds what stands under the cursor, or goes there, back in the editor.
func (d *reviewView) enter() []action {
	r := d.here()
	switch {
	case r.head:
		d.zoomPart()
		return nil
	case r.fold != "":
		d.page.opened[r.fold] = !r.open
		d.page.turns++
		return nil
	case r.offer > 0:
		d.turn(r.offer)
		return nil
	}
	switch to := r.to(); {
	case to.why != "":
		return []action{say{to.why, levelInfo}}
	case to.name != "":
		return append(d.giveUp(), selectName{to.name}, focus{paneRecords})
	default:
		return append(d.giveUp(), visit{to.at})
	}
}

// zoomPart shows the part with the cursor alone, or all parts again.
func (d *reviewView) zoomPart() {
	part := d.here().part
	if d.page.alone > 0 {
		d.page.alone = 0
	} else {
		d.page.alone = part + 1
	}
	d.refresh(d.page.width)
	d.page.goTo(part)
}

// zoomDoes is what the zoom does.
func (d *reviewView) zoomDoes() string {
	if d.page.alone > 0 {
		return "all parts"
	}
	return "this part alone"
}

// back shows what was hidden, and only then leaves the review.
func (d *reviewView) back() []action {
	switch {
	case d.page.only != "":
		d.page.only = ""
	case d.page.alone > 0:
		d.zoomPart()
	default:
		return d.giveUp()
	}
	return nil
}

// backTo is where esc leads.
func (d *reviewView) backTo() string {
	switch {
	case d.page.only != "":
		return "all rows"
	case d.page.alone > 0:
		return "all parts"
	}
	return "back"
}

// narrowing is what the rows are narrowed to.
func (d *reviewView) narrowing() string { return d.page.only }

// narrow shows the rows that have a text.
func (d *reviewView) narrow(text string) []action {
	d.page.only = text
	return nil
}

// askOnly asks which rows to show.
func (d *reviewView) askOnly() []action {
	ask := newFilterPrompt(d.kit, d)
	if d.many() {
		ask.live, ask.done = nil, d.narrowsBeside
	}
	return []action{push{ask}}
}

// narrowsBeside shows the rows that have a text, of so many that they are looked through beside the screen.
func (d *reviewView) narrowsBeside(text string) []action {
	p := &d.page
	if text == "" {
		return d.narrow(text)
	}
	of := p.made
	of.only = text
	look := d.lookFor(text)
	return []action{longWork{"looking for what has " + d.show(text), func(pc *pace) result {
		rows := look(pc)
		if pc.stopped.Load() {
			return nil
		}
		return narrowedReview{d, of, rows}
	}}}
}

// lookFor is how the rows of each part that have a text are found, beside the screen too.
func (d *reviewView) lookFor(text string) func(*pace) narrowedRows {
	p, origin := &d.page, d.doc.Zone().Origin()
	rows := len(p.rows[0].parts) + len(p.rows[1].parts)
	var parts [reviewParts]func() rowList
	for part := range parts {
		if p.alone == 0 || p.alone == part+1 {
			parts[part] = d.rowsOf(part, p.columnWidth(p.width, min(part, 1)), true, true)
		}
	}
	return func(pc *pace) (found narrowedRows) {
		pc.begin(rows)
		for part, rowsOf := range parts {
			if rowsOf == nil || pc.stopped.Load() {
				continue
			}
			list := rowsOf()
			found[part] = list.only(seeks(origin, text), pc)
		}
		return found
	}
}

// catchUp has the rows looked through again, beside the screen, when they say something else by now or have another width.
func (d *reviewView) catchUp() tea.Cmd {
	p := &d.page
	r := recipe[rowsMade, narrowedRows]{basis: d.basis(p.width)}
	switch {
	case p.only == "" || !d.many():
		p.beside.forget()
		return nil
	case p.beside.lags(r) && (p.beside.under == nil || p.beside.under.basis != r.basis):
		r.cook = d.lookFor(p.only)
	}
	return p.beside.catchUp(r, func() []action { return nil })
}

// narrowedReview brings the rows that have the text.
type narrowedReview struct {
	in   *reviewView
	of   rowsMade
	rows narrowedRows
}

func (m narrowedReview) take(stage) tea.Cmd {
	m.in.page.beside.set(m.of, m.rows)
	m.in.narrow(m.of.only)
	return nil
}

// noPatch is why there is nothing to copy.
func (d *reviewView) noPatch() string {
	if n := len(d.patch()); n > clipboard {
		return fmt.Sprintf("%d bytes, terminals take %d: mailzone history --show 1 has it once saved", n, clipboard)
	}
	return ""
}

// patch is what the save changes, as patch(1) takes it.
func (d *reviewView) patch() string {
	if d.report == nil {
		return ""
	}
	patch := d.report.patch
	for _, m := range d.report.along.changed {
		patch += document.EditsPatch(m.Before, m.Edits, d.utf8)
	}
	return patch
}

// copyPatch copies it.
func (d *reviewView) copyPatch() []action {
	return []action{copyText{text: d.patch(), called: "a patch, which patch -p0 takes"}}
}

// seek finds the next sentence or line that holds a text; what is folded is unfolded for it, if it is there.
func (d *reviewView) seek(text string, back bool) func(*pace) func() {
	rows, folded, sought := d.page.rows.copied(), d.folded(), d.seeks(text)
	return func(pc *pace) func() {
		all := rows.found(sought, pc)
		switch {
		case pc.stopped.Load():
			return nil
		case len(all) > 0:
			return func() { d.goOnTo(all, back) }
		case folded(sought, pc):
			return func() {
				d.unfoldAll()
				d.goOnTo(d.page.rows.found(sought, pc), back)
			}
		}
		return nil
	}
}

// folded is how to find out, beside the screen, whether a text is found in the parts that are shown, or in what is folded there.
func (d *reviewView) folded() func(text *seeker, pc *pace) bool {
	p := &d.page
	if p.only != "" { // nothing is
		return func(*seeker, *pace) bool { return false }
	}
	var parts []func() rowList
	for part := range reviewParts {
		if p.alone == 0 || p.alone == part+1 {
			parts = append(parts, d.rowsOf(part, p.columnWidth(p.width, min(part, 1)), true, false))
		}
	}
	return func(text *seeker, pc *pace) bool {
		for _, rows := range parts {
			if list := rows(); pc.stopped.Load() || list.holds(text, nil) {
				return !pc.stopped.Load()
			}
		}
		return false
	}
}

// goOnTo puts the cursor on the next of some rows; those of the right column are counted behind those of the left.
func (d *reviewView) goOnTo(all []int, back bool) {
	p := &d.page
	left := p.rows[0].n
	i := nextOf(all, p.lists[p.column].Cursor+p.column*left, back)
	p.column = min(i/max(left, 1), 1)
	p.lists[p.column].Cursor = i - p.column*left
}

// unfoldAll unfolds what is folded.
func (d *reviewView) unfoldAll() {
	for range 2 { // what was as before has folds of its own
		for column := range d.page.rows {
			for _, r := range d.page.rows[column].ready {
				if r.fold != "" {
					d.page.opened[r.fold] = true
					d.page.turns++
				}
			}
		}
		d.refresh(d.page.width)
	}
}

// turn turns the switch of an offer, and makes what is wanted then.
func (d *reviewView) turn(offer int) {
	a := &d.report.along
	a.Wanted[offer-1] = !a.Wanted[offer-1]
	a.changed = a.Change(d.doc.Now())
	d.page.turns++
}
