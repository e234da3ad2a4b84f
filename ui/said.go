package ui

// What was said to a host and what it said, line by line, below what that means.

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
)

// saidPage is what was said to a host, and what it said.
type saidPage struct {
	reading
	result document.Result
}

func (d *saidPage) title() string { return "What was said" }

func (d *saidPage) lines(width int) int { return len(d.text(width)) }

func (d *saidPage) update(tea.KeyMsg) []action { return nil }

func (d *saidPage) bindings() []binding {
	return append([]binding{
		does(d.keys.dismiss, pop{}).as("back"), does(d.keys.submit, pop{}).as("back").briefly("-"), does(d.keys.leave, pop{}).as("back").briefly("-"),
		on(d.keys.saveCopy, func() []action { return []action{copyText{text: d.copied()}} }).as("copy what was said").briefly("y copy"),
	}, d.reading.bindings()...)
}

// view draws what has room of it.
func (d *saidPage) view(width, height int) string {
	return d.reading.view(d.text(width), width, height)
}

// copied is all of it, for the clipboard.
func (d *saidPage) copied() string {
	text := d.result.Who() + ": " + string(d.result.State) + ": " + d.result.Says() + "\n"
	for i := range d.result.Said {
		text += d.result.Line(i) + "\n"
	}
	return text
}

// text is what it means, and the dialogue line by line.
func (d *saidPage) text(width int) (out []readRow) {
	r := d.result
	add := func(label, text string, style lipgloss.Style) {
		for i, l := range draw.Wrap(d.show(expandTabs(text)), width-labelWidth-1) {
			out = append(out, readRow{d.Line(width, false, draw.Ink(" "+d.Fit(label, labelWidth-1), d.Styles.Dim), draw.Ink(l, style)), i > 0})
			label = ""
		}
	}
	if r.Who() != "" {
		add("by", r.Who(), d.Styles.Name)
	}
	add("state", string(r.State), d.stateStyle(string(r.State)))
	for _, part := range [][2]string{{"asked", r.Asked}, {"seen", r.Seen}, {"means", r.Means}, {"do", r.Fix}} {
		if part[1] != "" {
			add(part[0], part[1], d.Styles.Plain)
		}
	}
	if !r.Until.IsZero() {
		add("until", preview.Clock(r.Until.In(d.doc.Now().Location()), d.doc.Now()), d.Styles.Plain)
	}
	label := "said"
	for i := range r.Said {
		ms, from, text := r.DialogueLine(i)
		style, sign := d.Styles.Plain, "<"
		if from == "client" {
			style, sign = d.Styles.Dim, ">"
		}
		add(label, fmt.Sprintf("%d.%02d s %s %s", ms/1000, ms/10%100, sign, text), style)
		label = ""
	}
	if len(r.Said) == 0 {
		add("", "there was no dialogue", d.Styles.Dim)
	}
	return out
}
