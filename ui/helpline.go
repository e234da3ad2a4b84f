package ui

// The help line: keys and what they do here, as many as there is room for.

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
)

// helpLine names keys and what they do: those of here, and at the right those of always that are marked so. Where not all of
// them have room, what can be done now comes first, and the key for help never goes; dim are those that do nothing here.
func (k *kit) helpLine(here, always []binding, w int) string {
	row := helpRow{}
	for _, b := range here {
		row.add(b, false)
	}
	for _, b := range always {
		if b.short {
			row.add(b, true)
		}
	}
	row.fill(w)
	var spans []draw.Span
	for _, i := range row.items {
		if i.taken {
			spans = append(spans, k.helpSpans(i)...)
		}
	}
	return k.Line(w, false, spans...)
}

// helpItem is a binding that may stand in the help line.
type helpItem struct {
	binding
	keys, does   string
	always, acts bool
	taken        bool
}

// width is the room that an item takes.
func (i *helpItem) width() int {
	n := ansi.StringWidth(i.keys) + 2
	if i.does != "" {
		n += ansi.StringWidth(i.does) + 1
	}
	return n
}

// helpRow is what may stand in a help line, in the order in which it stands there.
type helpRow struct{ items []helpItem }

// add offers a binding.
func (r *helpRow) add(b binding, always bool) {
	if b.Help().Key == "" || b.brief == "-" {
		return
	}
	keys, does := helpText(b)
	r.items = append(r.items, helpItem{binding: b, keys: keys, does: does, always: always, acts: b.why == ""})
}

// fill takes as many items as there is room for. Where keys that work everywhere would be left out, enter does without its
// word: that it opens what is under the cursor is known.
func (r *helpRow) fill(w int) {
	order := r.byNeed()
	r.take(order, w)
	left := slices.ContainsFunc(r.items, func(i helpItem) bool { return i.always && i.acts && !i.taken })
	enter := slices.IndexFunc(r.items, func(i helpItem) bool { return i.taken && i.keys == "enter" })
	if left && enter >= 0 {
		r.items[enter].does = ""
		r.take(order, w)
	}
}

// take takes items in an order while they fit. Where there was no room for one that does something everywhere, none is taken that does
// nothing.
func (r *helpRow) take(order []int, w int) {
	full := false
	for _, n := range order {
		i := &r.items[n]
		i.taken = i.width() <= w && (i.acts || !full)
		full = full || i.always && i.acts && !i.taken
		if i.taken {
			w -= i.width()
		}
	}
}

// byNeed is the items as they are needed: help, which is the last, two things that can be done here, what can be done everywhere,
// from the right, what else can be done here, and what cannot be done now.
func (r *helpRow) byNeed() []int {
	const first = 2
	var here, always, dim []int
	for i, item := range r.items {
		switch {
		case !item.acts:
			dim = append(dim, i)
		case item.always:
			always = append([]int{i}, always...)
		default:
			here = append(here, i)
		}
	}
	n, help := min(first, len(here)), min(1, len(always))
	return slices.Concat(always[:help], here[:n], always[help:], here[n:], dim)
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

// helpSpans draws one item.
func (k *kit) helpSpans(i helpItem) []draw.Span {
	style, keyStyle := k.Styles.Plain, k.Styles.Key
	if !i.acts {
		style, keyStyle = k.Styles.Dim, k.Styles.Dim
	}
	does := " "
	if i.does != "" {
		does = " " + i.does + " "
	}
	return []draw.Span{draw.Ink(" "+i.keys, keyStyle), draw.Ink(does, style)}
}
