package ui

// All panes, and where the user is among them. One pane changes only itself; what changes several of them, because the
// others follow, is changed here.

import (
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// panes is all panes.
type panes struct {
	*kit
	names    *names
	records  *records
	delivery *delivery
	problems *problems
	source   *source
	lower    pane // the tab that is shown below, where there is one pane
	beside   pane // the tab that is shown in the right one, where there are two
	zoomed   bool // the pane with the keys has the whole screen
}

// newPanes is the panes on a document.
func newPanes(k *kit) panes {
	return panes{kit: k, names: &names{kit: k}, records: &records{kit: k}, delivery: &delivery{kit: k}, problems: &problems{kit: k},
		source: &source{kit: k}, lower: paneDelivery, beside: paneProblems}
}

// component is the pane with a number.
func (p *panes) component(n pane) component {
	return [paneCount]component{p.names, p.records, p.delivery, p.problems, p.source}[n]
}

// clamp puts cursors where they belong after the zone has changed.
func (p *panes) clamp() {
	if was, n := p.name, p.names.nearest(); n != was {
		p.choose(n)
	}
	p.problems.clamp()
}

// focus gives the keys to a pane.
func (p *panes) focus(n pane) {
	p.focused = n
	if n >= paneDelivery {
		p.lower = n
	}
	if n > paneDelivery {
		p.beside = n
	}
}

// zoom gives the pane that has the keys the whole screen, or takes it back.
func (p *panes) zoom() { p.zoomed = !p.zoomed }

// choose shows another name's records.
func (p *panes) choose(n zonefile.Name) {
	p.name = n
	p.names.find(n)
	if r := p.records.record(); !r.IsZero() {
		p.look(document.SpotOf(r))
	}
}

// look lets the panes that follow show a place.
func (p *panes) look(at document.Spot) {
	p.at = at
	p.source.find(at)
}

// follow is look, with the records' cursor.
func (p *panes) follow(at document.Spot) {
	p.look(at)
	p.records.find(at)
}

// visit goes to the record at a place.
func (p *panes) visit(at document.Spot) {
	p.look(at)
	row := p.doc.Row(at)
	out, isOut := row.Commented()
	if row.Record().IsZero() && !isOut {
		p.focus(paneSource)
		return
	}
	if !p.records.find(at) {
		if p.name = out.Owner; !isOut {
			p.name = row.Owner()
		}
		p.names.find(p.name)
	}
	p.focus(paneRecords)
	if !p.records.find(at) {
		p.focus(paneSource)
	}
}

// goFound goes to a row that was found, so that what was found is under the cursor: in the file where the user is there, at its name
// among the names if that is what was found, else at the record. What no pane shows as a record is in the file.
func (p *panes) goFound(w zonefile.Row, text *zonefile.Search) {
	first, _ := text.In(string(w.Text()))
	if by := w.MadeBy(); !by.IsZero() {
		w, first = by, 0
	}
	p.goRow(w, first, func(owner string) bool {
		from, to := text.In(owner)
		return p.focused == paneNames && to > from
	})
}

// goProblem goes to a problem, as to what was found; in the list of problems the cursor goes there.
func (p *panes) goProblem(d *lint.Diagnostic) {
	p.problems.reveal(d)
	if p.focused == paneProblems {
		p.look(document.At(d.File.Name(), d.Span.Start))
		return
	}
	w := p.doc.Row(document.At(d.File.Name(), d.Span.Start))
	p.goRow(w, int(d.Span.Start-w.Span().Start), func(string) bool { return false })
}

// goRow goes to an octet of a row, or only to the name where that is what is wanted.
func (p *panes) goRow(w zonefile.Row, first int, atName func(owner string) bool) {
	at := document.At(w.File().Name(), w.Span().Start)
	owner := w.Owner()
	out, isOut := w.Commented()
	if isOut {
		owner = out.Owner
	}
	p.look(document.At(at.File, at.Off+uint32(first)))
	if p.focused == paneSource || w.Record().IsZero() && !isOut {
		p.focus(paneSource)
		p.source.reveal(p.at)
		return
	}
	listed := p.names.reveal(owner)
	p.name = owner
	if listed && atName(p.written(owner)) {
		p.look(at)
		return
	}
	if p.records.reveal(at) {
		p.look(at)
		p.focus(paneRecords)
		return
	}
	p.focus(paneSource)
	p.source.reveal(p.at)
}

// rowsHave tells whether the pane with the keys has rows with a text that no file has: of a delivery, or problems. Of very many
// problems nobody is told before they are asked for.
func (p *panes) rowsHave(text string) bool {
	switch p.focused {
	case paneDelivery:
		return p.delivery.seek(text, false)(&pace{}) != nil
	case paneProblems:
		return p.problems.shown().count() <= liveWords && p.problems.seek(text, false)(&pace{}) != nil
	}
	return false
}

// goLine goes to a line of the file shown.
func (p *panes) goLine(line int) {
	p.focus(paneSource)
	p.source.goTo(line)
}

// place is what the source pane shows, and the line under its cursor, from 1.
func (p *panes) place() (f *zonefile.File, line int) {
	return p.source.text(), p.source.here()
}

func (p *panes) listsAll() bool { return p.names.showsAll() }

func (p *panes) chosen() chosen { return p.names.selected() }

func (p *panes) mark(names []zonefile.Name) { p.names.marked = newMarks(names) }

// underCursor is the text that y copies: the name, record, host, problem or line under the cursor.
func (p *panes) underCursor() string {
	switch p.focused {
	case paneRecords:
		if r := p.records.record(); !r.IsZero() {
			return zonefile.TrimLineEnd(string(r.Text()))
		}
	case paneDelivery:
		return string(p.delivery.row().host)
	case paneProblems:
		if d, ok := p.problems.row(); ok {
			return d.String()
		}
	case paneSource:
		f := p.source.text()
		return string(f.Slice(f.Line(p.source.here())))
	}
	return string(p.name)
}

// leftOf is the pane that the left arrow goes to.
func (p *panes) leftOf() pane {
	if p.focused == paneDelivery {
		return paneNames
	}
	return p.focused - 1
}
