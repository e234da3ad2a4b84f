package ui

// Fields that are chosen and not typed: a switch, or one of few in a row. Nobody types yes.

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/ui/draw"
)

// chooses makes a field one that is chosen. What it is stays a choice, whatever it is.
func (f *field) chooses(choices []policy.Choice) {
	if f.isAmong(choices) {
		f.choices = choices
		return
	}
	words := f.was
	if words == "" {
		words = "not said"
	}
	f.choices = append(slices.Clone(choices), policy.Choice{Value: f.was, Words: words})
}

// isAmong tells whether the value is one of some choices; a switch may be off.
func (f *field) isAmong(choices []policy.Choice) bool {
	return len(choices) == 1 && f.was == "" || slices.ContainsFunc(choices, func(c policy.Choice) bool { return c.Value == f.was })
}

// choose turns the switch, or takes another choice.
func (f *field) choose(by int) {
	at := slices.IndexFunc(f.choices, func(c policy.Choice) bool { return c.Value == f.value() })
	switch n := len(f.choices); {
	case n == 1 && at == 0:
		f.set("")
	default:
		f.set(f.choices[(at+by+n)%n].Value)
	}
}

// drawn draws a field, in as many rows as its choices take.
func (k *kit) drawn(f *field, width int, here bool) []string {
	if f.isLong(fieldRoom(width)) {
		return k.drawLong(f, width, here)
	}
	if f.choices == nil {
		return append([]string{k.draw(f, width, here)}, k.below(f, width)...)
	}
	room := width - 2 - labelRoom
	rows := []string{""}
	for _, c := range f.choices {
		box := "( ) "
		switch on := c.Value == f.value(); {
		case len(f.choices) == 1 && on:
			box = "[x] "
		case len(f.choices) == 1:
			box = "[ ] "
		case on:
			box = "(o) "
		}
		text, last := box+k.show(c.Words), len(rows)-1
		switch {
		case rows[last] == "":
			rows[last] = text
		case ansi.StringWidth(rows[last]+"  "+text) > room:
			rows = append(rows, text)
		default:
			rows[last] += "  " + text
		}
	}
	out := make([]string, 0, len(rows))
	for i, row := range rows {
		label := k.labelOf("", false)
		if i == 0 {
			label = k.labelOf(f.label, here)
		}
		for _, line := range draw.Wrap(row, room) {
			out = append(out, label+k.Line(room, false, draw.Ink(line, k.Styles.Plain)))
			label = k.labelOf("", false)
		}
	}
	return out
}
