package ui

// How the form of a plan is drawn. Nothing of it is cut: a note that has no room beside its field goes on below the one that has
// the cursor, and what a small screen has no room for comes into sight with the cursor, or by PgDn.

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
)

func (f *planForm) lines(width int) int {
	rows, _, _ := f.body(width)
	return max(len(rows), 9)
}

func (f *planForm) view(width, height int) string {
	rows, from, to := f.body(width)
	return f.sheet.view(rows, from, to, width, height)
}

// body is all rows, and those that have to be seen: of what has the cursor, or of why there is no such plan.
func (f *planForm) body(width int) (out []string, from, to int) {
	for i, row := range f.rows() {
		if i == f.at {
			from = len(out)
		}
		if row.field != nil {
			out = append(out, f.fieldLines(row.field, width, i == f.at)...)
		} else {
			out = append(out, f.switchLines(row, width, i == f.at)...)
		}
		if i == f.at {
			to = len(out)
		}
	}
	style := f.Styles.Dim
	if f.failed != "" {
		style, from = f.Styles.Err, len(out)
	}
	for _, l := range draw.Wrap(f.show(f.said()), width-3) {
		out = append(out, f.Line(width, false, draw.Ink("  "+l, style)))
	}
	if f.failed != "" {
		to = len(out)
	}
	return out, from, to
}

// fieldLines is a field with its note: whole beside it, or below where it is looked at or wrong, or else not at all.
func (f *planForm) fieldLines(d *field, width int, here bool) []string {
	line := f.draw(d, width, here)
	note, style := f.kit.noteOf(d)
	if note = strings.TrimSpace(f.show(note)); strings.Contains(ansi.Strip(line), note) {
		return []string{line}
	}
	bare := *d
	bare.note, bare.check = nil, nil
	out := []string{f.draw(&bare, width, here)}
	if !here && (!d.left || d.err() == nil) {
		return out
	}
	const indent = "    "
	for _, l := range draw.Wrap(note, width-len(indent)-1) {
		out = append(out, f.Line(width, false, draw.Ink(indent+l, style)))
	}
	return out
}

// switchLines is a switch with its label.
func (f *planForm) switchLines(row planRow, width int, here bool) (out []string) {
	mark, box := "  ", switchOff+" "
	if here {
		mark = f.Glyphs.Mark + " "
	}
	if *row.on {
		box = switchOn + " "
	}
	for _, l := range draw.Wrap(row.label, width-len(box)-3) {
		out = append(out, f.Line(width, false, draw.Ink(mark, f.Styles.Key), draw.Ink(box+l, f.Styles.Name)))
		mark, box = "  ", strings.Repeat(" ", len(box))
	}
	return out
}
