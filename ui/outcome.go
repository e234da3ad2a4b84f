package ui

// What a change would do, drawn: differences, and why a change cannot be made.

import (
	"slices"
	"strings"

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

// outcomeLines draws what outcome found. Where there is no room for all lines around a change, the change alone is left.
func (k *kit) outcomeLines(diff []string, err error, width, height int) []string {
	var out []string
	if err != nil {
		for _, l := range draw.Wrap(k.show(err.Error()), width-4) {
			out = append(out, k.Line(width, false, draw.Ink("  "+l, k.Styles.Dim)))
		}
	}
	if len(diff) > height {
		diff = slices.DeleteFunc(slices.Clone(diff), func(l string) bool { return strings.HasPrefix(l, " ") })
	}
	if over := len(diff) - height; over > 0 && height > 0 {
		diff = append(slices.Clip(diff[:height-1]), " "+k.Glyphs.More+" "+zonefile.Plural(over+1, "more line", "more lines"))
	}
	for _, l := range diff {
		out = append(out, k.Line(width, false, append([]draw.Span{draw.Ink(" ", k.Styles.Plain)}, k.diffSpans(l)...)...))
	}
	return out
}
