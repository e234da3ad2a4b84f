package ui

// How the form of a new zone is drawn: its fields, what is wrong, and every line as it will be written. What a small screen has no
// room for comes into sight with the cursor, or by PgDn.

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/lipgloss"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

func (f *startForm) lines(width int) int {
	rows, _, _ := f.body(width)
	return len(rows)
}

func (f *startForm) view(width, height int) string {
	rows, from, to := f.body(width)
	return f.sheet.view(rows, from, to, width, height)
}

// aside says beside the title that the file stays as it is.
func (f *startForm) aside(room int) string {
	text, _ := draw.Shortest(room, f.show(f.doc.Zone().Root().Name())+": nothing is written yet", "nothing is written yet", "")
	return text
}

// body is all rows, and those that have to be seen: of the field that has the cursor.
func (f *startForm) body(width int) (out []string, from, to int) {
	told := len(f.shown) - len(f.switches())
	for i, of := range f.shown[:told] {
		d := f.fields[of]
		rows := f.drawn(d, width, i == f.at)
		if i == f.at {
			from, to = len(out), len(out)+len(rows)
		}
		out = append(out, rows...)
	}
	if told < len(f.shown) {
		if f.at >= told {
			from, to = len(out), len(out)+1
		}
		out = append(out, f.switchRow(told, width))
	}
	return append(out, f.outlook(width)...), from, to
}

// switchRow draws what the zone may be without, on one row; the cursor stands before the one that space turns.
func (f *startForm) switchRow(told, width int) string {
	var spans []draw.Span
	for i, of := range f.shown[told:] {
		d, box, mark := f.fields[of], "[ ] ", " "
		if d.value() != "" {
			box = "[x] "
		}
		if told+i == f.at {
			mark = f.Glyphs.Mark
		}
		spans = append(spans, draw.Ink(mark, f.Styles.Key), draw.Ink(box+d.choices[0].Words+"  ", f.Styles.Plain))
	}
	label := f.Line(1+labelRoom, false, draw.Ink("  "+f.Fit("with", labelRoom-1), f.Styles.Name))
	return label + f.Line(1+fieldRoom(width), false, spans...)
}

// outlook is what the form would make, or why it cannot.
func (f *startForm) outlook(width int) (out []string) {
	say := func(text string, style lipgloss.Style) {
		for _, l := range draw.Wrap(f.show(text), width-3) {
			out = append(out, f.Line(width, false, draw.Ink("  "+l, style)))
		}
	}
	if f.leftOut != "" {
		say(f.leftOut, f.Styles.Err)
	}
	if p, ok := f.provider(); ok {
		say(p.Title+", "+p.AsOf(f.doc.Now()), f.Styles.Warn)
	}
	if f.seen.edits == nil {
		if d := f.fields[f.seen.wrong.Answer]; d == nil || !d.left { // at its field it stands already
			say("each line stands here once it can be written: "+f.seen.wrong.Why, f.Styles.Dim)
		}
		return out
	}
	out = append(out, f.Line(width, false, draw.Ink(f.ruled(f.counts(), width), f.Styles.Dim)))
	for _, d := range f.seen.found {
		if d.Severity != lint.Info {
			say(d.Severity.Letter()+" "+f.asWritten(d.Message)+" ["+d.Rule.Name+"]", f.severity(d.Severity))
		}
	}
	for l := range strings.Lines(f.seen.text) {
		out = append(out, f.Line(width, false, draw.Ink("  "+f.show(zonefile.TrimLineEnd(l)), f.Styles.Plain)))
	}
	for _, d := range f.seen.found {
		if d.Severity == lint.Info {
			say(d.Severity.Letter()+" "+f.asWritten(d.Message)+" ["+d.Rule.Name+"]", f.severity(d.Severity))
		}
	}
	for _, todo := range f.seen.left {
		say(todo, f.Styles.Dim)
	}
	return out
}

// counts is how many lines are written, and what is to be said of them.
func (f *startForm) counts() string {
	n := map[lint.Severity]int{}
	for _, d := range f.seen.found {
		n[d.Severity]++
	}
	return fmt.Sprintf("%s as they will be written: E%d W%d i%d", zonefile.Plural(f.lineCount(), "line", "lines"), n[lint.Error], n[lint.Warning], n[lint.Info])
}
