package ui

// A form on the screen: its fields, and under them what it would do.

import (
	"strings"

	"github.com/charmbracelet/lipgloss"

	"github.com/mailzone/mailzone/ui/draw"
)

// lines is the height the form wants: its fields, a rule, and some lines of preview.
func (f *form) lines(width int) int {
	rows, _ := f.rows(width)
	return len(rows) + 1 + max(len(f.outlook(width)), 3)
}

// mostWritten and mostCame is how many lines and problems a form shows that its change would make.
const mostWritten, mostCame = 4, 2

// mostRows is how many rows of one line it shows.
const mostRows = 3

// view draws fields, line and route.
func (f *form) view(width, height int) string {
	out, at := f.rows(width)
	out = append(out, f.Line(width, false, draw.Ink(f.Rule(width), f.Styles.Dim)))
	out = append(out, f.outlook(width)...)
	if over := len(out) - height; over > 0 { // a low screen: the fields around the cursor
		from := min(max(at-height/2, 0), over)
		out = out[from:]
	}
	return draw.Block(out, width, height)
}

// outlook draws what the form would do, or why it cannot.
func (f *form) outlook(width int) []string {
	if f.failed != "" {
		return f.sentence(f.failed, f.Styles.Err, width)
	}
	if f.trial.err != nil {
		return f.sentence(f.trial.err.Error(), f.Styles.Dim, width)
	}
	out := f.writtenRows(width)
	for _, d := range f.trial.came[:min(len(f.trial.came), mostCame)] {
		out = append(out, f.labelled(d.Severity.Letter(), d.Message, f.severity(d.Severity), width)...)
	}
	if text := f.said(); text != "" {
		out = append(out, f.labelled("", text, f.Styles.Plain, width)...)
	}
	if f.trial.route != "" {
		out = append(out, f.labelled("mail", f.trial.route, f.Styles.Plain, width)...)
	}
	for _, l := range f.trial.hits {
		out = append(out, f.labelled("", l, f.Styles.Plain, width)...)
	}
	return out
}

// sentence draws a text in as many rows as it takes.
func (f *form) sentence(text string, style lipgloss.Style, width int) (out []string) {
	for _, l := range draw.Wrap(f.show(text), width-1) {
		out = append(out, f.Line(width, false, draw.Ink(" "+l, style)))
	}
	return out
}

// writtenRows draws the lines that would be written, long ones in several rows, as far as there is room for them.
func (f *form) writtenRows(width int) (out []string) {
	for i, l := range f.trial.lines {
		if left := len(f.trial.lines) - i; i == mostWritten-1 && left > 1 {
			return append(out, f.Line(width, false, draw.Ink(" line  "+f.Glyphs.More+" "+itoa(left)+" more lines", f.Styles.Dim)))
		}
		label, rows := " line  ", draw.Wrap(f.show(expandTabs(l)), width-7)
		for j, row := range rows {
			if j == mostRows-1 && len(rows) > mostRows {
				row = f.Fit(row, width-9) + f.Glyphs.More
			}
			if out = append(out, f.Line(width, false, draw.Ink(label, f.Styles.Dim), draw.Ink(row, f.Styles.Added))); j == mostRows-1 {
				break
			}
			label = "       "
		}
	}
	return out
}

// aside says beside the title how the record is shown.
func (f *form) aside(int) string {
	_, ok := f.kindHere()
	switch {
	case f.as.on:
		return "as fields   ^o as one text"
	case ok && f.whyNoFields() == "":
		return "as one text   ^o as fields"
	}
	return ""
}

// rows draws the fields, and what of a policy none of them holds; at is the row of the cursor.
func (f *form) rows(width int) (out []string, at int) {
	var free []bool // rows that are not all needed
	for i := range f.fields {
		d := &f.fields[i]
		if i == f.at {
			at = len(out)
		}
		rows := f.rowsOf(d, width, i == f.at)
		for range rows {
			free = append(free, d.choices == nil && d.part != partType)
		}
		out = append(out, rows...)
		if d.part.ofPolicy() && !f.fields[i+1].part.ofPolicy() {
			out = append(out, f.stays(width)...)
			free = append(free, make([]bool, len(out)-len(free))...)
		}
	}
	f.beside(out, free, at, width, &f.fields[f.at])
	return out, at
}

// rowsOf draws a field.
func (f *form) rowsOf(d *field, width int, here bool) []string {
	if d.part == partType && (d.fresh || !here) && isType(d.value()) {
		return []string{f.bar(d, width, here)}
	}
	return f.drawn(d, width, here)
}

// stays draws what the fields do not hold.
func (f *form) stays(width int) (out []string) {
	label := "stays"
	for _, l := range f.staying(width) {
		out = append(out, f.labelOf(label, false)+f.Line(width-2-labelRoom, false, draw.Ink(l, f.Styles.Plain)))
		label = ""
	}
	return out
}

// staying is what the fields do not hold, in lines.
func (f *form) staying(width int) []string {
	rest := f.as.kind.Rest(f.policyText())
	if len(rest) == 0 {
		return nil
	}
	return draw.Wrap(f.show(strings.Join(rest, "  ")), width-2-labelRoom)
}

// said is what is to know of the policy as a whole, and why it has no fields.
func (f *form) said() string {
	if f.as.on {
		return f.as.kind.Says(f.policyText())
	}
	if _, ok := f.kindHere(); ok {
		return f.whyNoFields()
	}
	return ""
}

// labelled draws a text in as many lines as it takes, behind a label.
func (k *kit) labelled(label, text string, style lipgloss.Style, width int) []string {
	var out []string
	for _, l := range draw.Wrap(k.show(text), width-8) {
		out = append(out, k.Line(width, false, draw.Ink(" "+k.Fit(label, 6), k.Styles.Dim), draw.Ink(l, style)))
		label = ""
	}
	return out
}
