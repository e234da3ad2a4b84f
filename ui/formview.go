package ui

// A form on the screen: its fields, and under them what it would do.

import (
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// lines is the height the form wants: its fields, a rule, and some lines of preview.
func (f *form) lines(width int) int {
	f.width = width
	rows, _ := f.rows(width)
	return len(rows) + 1 + max(len(f.outlook(width, true)), 3)
}

// mostWritten and mostCame is how many lines and problems a form shows that its change would make.
const mostWritten, mostCame = 4, 2

// mostRows is how many rows of one line it shows.
const mostRows = 3

// view draws fields, line and route; where there is little room, without what was there before. On a low screen it is the fields
// around the cursor, fewer of them where that leaves the first problem whole.
func (f *form) view(width, height int) string {
	out, at := f.rows(width)
	below := f.outlook(width, true)
	if len(out)+1+len(below) > height {
		below = f.outlook(width, false)
	}
	over := max(len(out)+1+len(below)-height, 0)
	from := min(max(at-height/2, 0), over)
	if whole := len(out) + 1 + f.foremost(width) - height; whole <= at {
		from = max(from, whole)
	}
	words := "what it does"
	if more := over - from; more > 0 {
		words += " " + f.Rule(1) + " " + zonefile.Plural(more, "row", "rows") + " more below"
	}
	out = append(out, f.Line(width, false, draw.Ink(f.ruled(words, width), f.Styles.Dim)))
	return draw.Block(append(out, below...)[from:], width, height)
}

// ruled is a rule with words in it.
func (k *kit) ruled(words string, width int) string {
	taken := ansi.StringWidth(words)
	if width < taken+4 {
		return k.Rule(width)
	}
	return k.Rule(1) + " " + words + " " + k.Rule(width-taken-3)
}

// outlook draws what the form would do, or why it cannot; all is what was there before, too, for which there may be no room.
func (f *form) outlook(width int, all bool) []string {
	if f.failed != "" {
		return f.sentence(f.failed, f.Styles.Err, width)
	}
	t := f.trial
	if t.err != nil {
		return f.sentence(t.err.Error(), f.Styles.Dim, width)
	}
	out, came := f.writtenRows(width, all), f.problemRows("", t.brought.Came, width)
	if all {
		out = append(append(out, came...), f.problemRows("ends", t.brought.Gone, width)...)
	} else { // what is wrong is seen before what would be written
		out = append(came, out...)
	}
	if text := f.said(); text != "" {
		out = append(out, f.labelled("", text, f.Styles.Plain, width)...)
	}
	if all && t.before != "" {
		out = append(out, f.labelled("was", t.before, f.Styles.Dim, width)...)
	}
	if t.route != "" {
		out = append(out, f.labelled("mail", t.route, f.Styles.Plain, width)...)
	}
	for _, l := range t.hits {
		out = append(out, f.labelled("", l, f.Styles.Plain, width)...)
	}
	return out
}

// foremost is how many rows the outlook has of what is to be read first: why the change cannot be made, or its first problem.
func (f *form) foremost(width int) int {
	switch t := f.trial; {
	case f.failed != "" || t.err != nil:
		return len(f.outlook(width, false))
	case len(t.brought.Came) > 0:
		return len(f.problemRows("", t.brought.Came[:1], width))
	}
	return 0
}

// problemRows draws the worst of some problems, and how many more there are.
func (f *form) problemRows(verb string, list []lint.Diagnostic, width int) (out []string) {
	for _, d := range list[:min(len(list), mostCame)] {
		label, text, style := d.Severity.Letter(), f.asWritten(d.Message), f.severity(d.Severity)
		if verb != "" {
			label, text, style = verb, label+" "+text, f.Styles.Plain
		}
		out = append(out, f.labelled(label, text, style, width)...)
	}
	if more := len(list) - mostCame; more > 0 {
		out = append(out, f.labelled(verb, zonefile.Plural(more, "problem", "problems")+" more", f.Styles.Dim, width)...)
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

// writtenRows draws the lines that would go and come, long ones in several rows, as far as there is room for them; all is those
// that go, too.
func (f *form) writtenRows(width int, all bool) (out []string) {
	lines, digits, file := f.trial.lines, 3, ""
	if !all {
		lines = slices.DeleteFunc(slices.Clone(lines), func(l changedLine) bool { return l.sign == "-" })
	}
	for _, l := range lines {
		digits = max(digits, len(itoa(l.number)))
	}
	for i, l := range lines {
		if left := len(lines) - i; i == mostWritten-1 && left > 1 {
			return append(out, f.Line(width, false, draw.Ink(strings.Repeat(" ", digits+4)+f.Glyphs.More+" "+itoa(left)+" more lines", f.Styles.Dim)))
		}
		if l.file != file {
			file = l.file
			out = append(out, f.Line(width, false, draw.Ink(" in "+f.Middle(f.show(file), width-5), f.Styles.Dim)))
		}
		out = append(out, f.writtenLine(l, digits, width)...)
	}
	return out
}

// writtenLine draws one line behind its number and its sign.
func (f *form) writtenLine(l changedLine, digits, width int) (out []string) {
	label, style := " "+f.FitRight(itoa(l.number), digits)+" "+l.sign+" ", f.Styles.Added
	if l.sign == "-" {
		style = f.Styles.Removed
	}
	rows := draw.Wrap(f.show(expandTabs(l.text)), width-len(label))
	for j, row := range rows[:min(len(rows), mostRows)] {
		if j == mostRows-1 && len(rows) > mostRows {
			row = f.Fit(row, width-len(label)-2) + f.Glyphs.More
		}
		out = append(out, f.Line(width, false, draw.Ink(label, f.Styles.Dim), draw.Ink(row, style)))
		label = strings.Repeat(" ", len(label))
	}
	return out
}

// aside says beside the title how the record is shown, and which key shows it otherwise.
func (f *form) aside(room int) (text string) {
	_, ok := f.kindHere()
	switch {
	case f.as.on:
		text, _ = draw.Shortest(room, "as fields   ^o as one text", "^o as one text", "^o text")
	case ok && f.whyNoFields() == "":
		text, _ = draw.Shortest(room, "as one text   ^o as fields", "^o as fields", "^o fields")
	}
	return text
}

// rows draws the fields, and what of a policy none of them holds; at is the row of the cursor.
func (f *form) rows(width int) (out []string, at int) {
	var free []bool // rows that are not all needed
	for i := range f.fields {
		d := &f.fields[i]
		if i == f.at {
			at = len(out) + d.cursorRow(width)
		}
		var rows []string
		if !f.idle(i) {
			rows = f.rowsOf(d, width, i == f.at)
		}
		for range rows {
			free = append(free, d.choices == nil && d.part != partType)
		}
		out = append(out, rows...)
		if d.part.ofPolicy() && !f.fields[i+1].part.ofPolicy() {
			out = append(out, f.stays(width)...)
			free = append(free, make([]bool, len(out)-len(free))...)
		}
	}
	if !f.fields[f.at].isLong(fieldRoom(width)) {
		f.beside(out, free, at, width, &f.fields[f.at])
	}
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
	if _, ok := f.kindHere(); !ok {
		return ""
	}
	why := f.whyNoFields()
	_, fault, _ := strings.Cut(why, ": ")
	if slices.ContainsFunc(f.trial.brought.Came, func(d lint.Diagnostic) bool { return strings.Contains(d.Message, fault) }) {
		return "" // a problem says it
	}
	return why
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
