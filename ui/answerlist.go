package ui

// The answers of the world in rows: who, the state, and what that means; of a step of a plan below the check that they belong to.

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
)

// answerList is answers.
type answerList struct {
	results []document.Result
	steps   *document.StepChecks // nil: they are of no plan
}

// answerWidths is how wide the columns of answers are.
type answerWidths struct{ kind, host, address int }

// widths finds them. What is wider than its column stands in a row of its own.
func (d *answerList) widths(m *lineMaker) (w answerWidths) {
	width := m.width
	w.kind = 6
	if width < draw.FullWidth {
		w.kind = 5
	}
	for _, r := range d.results {
		if n := ansi.StringWidth(m.written(r.Host)) + 1; n <= max(width/4, 10) {
			w.host = max(w.host, n)
		}
		if r.Address.IsValid() && width >= draw.FullWidth {
			w.address = max(w.address, len(r.Address.String())+1)
		}
	}
	return w
}

// rowsIn makes the rows: of a step below the check that they belong to.
func (d *answerList) rowsIn(m *lineMaker, asking bool) {
	w, last := d.widths(m), ""
	if d.steps != nil {
		n := 0
		for _, c := range d.steps.Checks {
			m.wrapped(lineRow{spans: []draw.Span{draw.Ink(m.Fit(m.checkSign(c.State()), 2), m.stateStyle(c.State()))}}, 2, c.Text, m.Styles.Head)
			for _, r := range c.Results {
				n++
				d.answer(m, w, n, "", r)
			}
		}
	} else {
		for i, r := range d.results {
			kind := ""
			if r.Kind != last {
				kind, last = strings.ToUpper(r.Kind), r.Kind
			}
			d.answer(m, w, i+1, kind, r)
		}
	}
	if len(m.rows) == 0 && asking {
		m.say("no answer yet")
	} else if len(m.rows) == 0 {
		m.say("nothing was asked, and nothing is known")
	}
}

// answer adds a row: who, the state, and what that means.
func (d *answerList) answer(m *lineMaker, w answerWidths, n int, kind string, r document.Result) {
	const state = 10
	says, host := saysOf(r, m.doc.Now()), m.written(r.Host)
	row := lineRow{n: n, spans: []draw.Span{draw.Ink(m.Fit(kind, w.kind), m.Styles.Dim)}}
	indent := w.kind
	if r.Host != "" {
		if ansi.StringWidth(host) >= w.host {
			row.spans = append(row.spans, draw.Ink(host, m.Styles.Name))
			m.rows = append(m.rows, row)
			row = lineRow{n: n, more: true, spans: []draw.Span{draw.Ink(m.Fit("", w.kind+w.host), m.Styles.Plain)}}
		} else {
			row.spans = append(row.spans, draw.Ink(m.Fit(host, w.host), m.Styles.Name))
		}
		indent += w.host
	}
	if r.Address.IsValid() && w.address > 0 {
		row.spans = append(row.spans, draw.Ink(m.Fit(r.Address.String(), w.address), m.Styles.Plain))
		indent += w.address
	} else if r.Address.IsValid() {
		says = r.Address.String() + ": " + says
	}
	row.spans = append(row.spans, draw.Ink(m.Fit(string(r.State), state), m.stateStyle(string(r.State))))
	m.wrapped(row, indent+state, says, m.Styles.Plain)
}
