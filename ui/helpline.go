package ui

// The help line: keys and what they do here, as many as there is room for.

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
)

// helpLine names keys and what they do; dim are those that do nothing here. Those of always that are
// marked so keep their place at the right.
func (k *kit) helpLine(here, always []binding, w int) string {
	var tail []draw.Span
	tailWidth := 0
	for _, b := range always {
		if b.short {
			tail = append(tail, k.helpSpans(b)...)
			tailWidth += helpWidth(b)
		}
	}
	var spans []draw.Span
	used := 0
	for _, b := range here {
		n := helpWidth(b)
		if b.Help().Key == "" || b.brief == "-" || used+n+tailWidth > w {
			continue
		}
		spans = append(spans, k.helpSpans(b)...)
		used += n
	}
	return k.Line(w, false, append(spans, tail...)...)
}

// helpText is what the help line says of a binding.
func helpText(b binding) (keys, does string) {
	if b.brief != "" {
		keys, does, _ = strings.Cut(b.brief, " ")
		return keys, does
	}
	first, _, _ := strings.Cut(b.Help().Key, " ")
	return first, b.Help().Desc
}

// helpWidth is the room that a binding takes in the help line.
func helpWidth(b binding) int {
	keys, does := helpText(b)
	return ansi.StringWidth(keys) + ansi.StringWidth(does) + 3
}

// helpSpans draws one binding.
func (k *kit) helpSpans(b binding) []draw.Span {
	keys, does := helpText(b)
	style, keyStyle := k.Styles.Plain, k.Styles.Key
	if b.why != "" {
		style, keyStyle = k.Styles.Dim, k.Styles.Dim
	}
	return []draw.Span{draw.Ink(" "+keys, keyStyle), draw.Ink(" "+does+" ", style)}
}
