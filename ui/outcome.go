package ui

// What a change would do, drawn: differences, and why a change cannot be made.

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// diffSpans draws a line of a diff.
func (k *kit) diffSpans(line string) []draw.Span {
	style := k.Styles.Dim
	switch {
	case strings.HasPrefix(line, "+++"), strings.HasPrefix(line, "---"):
	case strings.HasPrefix(line, "+"):
		style = k.Styles.Added
	case strings.HasPrefix(line, "-"):
		style = k.Styles.Removed
	case strings.HasPrefix(line, "@@"):
		style = k.Styles.Info
	default:
		style = k.Styles.Plain
	}
	if line == "" {
		return nil
	}
	return []draw.Span{draw.Ink(" "+line[:1], style), draw.Ink(k.show(expandTabs(line[1:])), style)}
}

// outcome is what edits would change, in lines, or why they cannot be made.
func (k *kit) outcome(find func(*zonefile.Zone) ([]zonefile.Edit, error)) ([]string, error) {
	z := k.doc.Zone()
	edits, err := find(z)
	if err != nil {
		return nil, err
	}
	if _, err := z.Apply(edits...); err != nil {
		return nil, err
	}
	return document.EditLines(z, edits), nil
}

// diffRows is a line of a diff behind some blanks, in as many rows as it needs: what changes may be anywhere in it.
func (k *kit) diffRows(line string, indent, width int) (out [][]draw.Span) {
	spans := k.diffSpans(line)
	if len(spans) == 0 {
		return [][]draw.Span{nil}
	}
	sign, rest := spans[0], spans[1]
	for _, text := range draw.Wrap(rest.Text, width-indent-3) {
		out = append(out, []draw.Span{draw.Ink(k.Fit("", indent), k.Styles.Plain), sign, draw.Ink(text, rest.Style)})
		sign.Text = "  "
	}
	return out
}

// changeRows is a line of what a change would do. One that stays and only tells where that is has one row, and so has one of which
// there is room for all but its comment.
func (k *kit) changeRows(line string, width int) [][]draw.Span {
	const around = 3 // cells beside the text
	if strings.HasPrefix(line, " ") || ansi.StringWidth(k.show(expandTabs(uncommented(line)))) < width-around {
		return [][]draw.Span{append([]draw.Span{draw.Ink(" ", k.Styles.Plain)}, k.diffSpans(line)...)}
	}
	return k.diffRows(line, 1, width)
}

// uncommented is a line of a zone file, behind a sign, without the comment at its end; where that may be something else all of it.
func uncommented(line string) string {
	quoted := false
	for i := 1; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == ';' && !quoted && strings.TrimSpace(line[1:i]) != "" && !strings.Contains(line[i:], `"`):
			return line[:i]
		}
	}
	return line
}

// outcomeRows draws what outcome found. Where there is no room for all lines around a change, the change alone is left.
func (k *kit) outcomeRows(diff []string, err error, width, height int) (out []string) {
	if err != nil {
		for _, l := range draw.Wrap(k.show(err.Error()), width-4) {
			out = append(out, k.Line(width, false, draw.Ink("  "+l, k.Styles.Dim)))
		}
	}
	drawn := func(lines []string) (rows []string) {
		for _, l := range lines {
			for _, spans := range k.changeRows(l, width) {
				rows = append(rows, k.Line(width, false, spans...))
			}
		}
		return rows
	}
	rows := drawn(diff)
	for _, less := range []string{" ", "@@"} {
		if len(rows) > height {
			diff = slices.DeleteFunc(slices.Clone(diff), func(l string) bool { return strings.HasPrefix(l, less) })
			rows = drawn(diff)
		}
	}
	return append(out, rows...)
}

// outcomeLines is outcomeRows as far as there is room, and how many more there are.
func (k *kit) outcomeLines(diff []string, err error, width, height int) []string {
	out := k.outcomeRows(diff, err, width, height)
	if over := len(out) - height; over > 0 && height > 0 {
		more := "   " + k.Glyphs.More + " " + zonefile.Plural(over+1, "more line", "more lines")
		out = append(slices.Clip(out[:height-1]), k.Line(width, false, draw.Ink(more, k.Styles.Dim)))
	}
	return out
}
