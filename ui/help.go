package ui

// Help is made of the bindings, so that no key is told that does nothing, and none is left out.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// helpScreen lists every key with what it does, made from the bindings of the panes themselves. What is
// typed narrows it.
type helpScreen struct {
	*kit
	filter field
	lists  []helpList
	page   page
}

// helpList is the keys of one part of the program.
type helpList struct {
	title string
	keys  []helpKey
}

// helpKey is one key; why is the reason if it does nothing at the moment.
type helpKey struct{ key, does, why string }

// helpOf lists bindings.
func helpOf(title string, bindings []binding) helpList {
	l := helpList{title: title}
	for _, b := range bindings {
		if h := b.Help(); h.Key != "" {
			l.keys = append(l.keys, helpKey{h.Key, h.Desc, b.why})
		}
	}
	return l
}

func (d *helpScreen) title() string { return "Help" }

func (d *helpScreen) lines(int) int { return 1000 } // all there is

func (d *helpScreen) update(m tea.KeyMsg) []action {
	d.typeInto(&d.filter, m)
	d.page.top()
	return nil
}

func (d *helpScreen) bindings() []binding {
	return []binding{
		does(d.keys.close, pop{}),
		does(d.keys.submit, pop{}).as("close").briefly("-"),
		on(d.keys.scrollDown, scrolls(&d.page, 1)).briefly("up/down scroll"), on(d.keys.scrollUp, scrolls(&d.page, -1)).briefly("-"),
		on(d.keys.helpDown, scrolls(&d.page, pageStep)).briefly("-"), on(d.keys.helpUp, scrolls(&d.page, -pageStep)).briefly("-"),
	}
}

// view draws the lists in one column, or in two where there is room.
func (d *helpScreen) view(width, height int) string {
	out := []string{d.draw(&d.filter, width, true)}
	return block(append(out, d.page.visible(d.rows(width), height-1)...), width, height)
}

// rows is what the filter leaves.
func (d *helpScreen) rows(width int) []string {
	var out []string
	want := d.filter.value()
	for _, l := range d.lists {
		var lines []string
		for _, k := range l.keys {
			if want != "" && !contains(k.key+" "+k.does+" "+l.title, want) {
				continue
			}
			style, why := d.styles.plain, ""
			if k.why != "" {
				style, why = d.styles.dim, "  (now: "+k.why+")"
			}
			lines = append(lines, d.line(width, false, span{"   " + d.fit(k.key, 16), d.styles.key},
				span{k.does, style}, span{why, d.styles.dim}))
		}
		if len(lines) > 0 {
			out = append(append(out, d.line(width, false, span{" " + strings.ToUpper(l.title), d.styles.head})), lines...)
		}
	}
	if len(out) == 0 {
		out = append(out, d.line(width, false, span{"  no key for that", d.styles.dim}))
	}
	return out
}
