package ui

// Help is made of the bindings, so that no key is told that does nothing, and none is left out.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/ui/draw"
)

// helpScreen lists every key with what it does, made from the bindings of the panes themselves. What is
// typed narrows it.
type helpScreen struct {
	*kit
	filter field
	lists  []helpList
	page   draw.Page
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
	d.page.Top()
	return nil
}

func (d *helpScreen) bindings() []binding {
	return []binding{
		does(d.keys.dismiss, pop{}),
		does(d.keys.submit, pop{}).as("close").briefly("-"),
		on(d.keys.scrollDown, scrolls(&d.page, 1)).briefly("up/down scroll"), on(d.keys.scrollUp, scrolls(&d.page, -1)).briefly("-"),
		on(d.keys.helpDown, scrolls(&d.page, draw.PageStep)).briefly("-"), on(d.keys.helpUp, scrolls(&d.page, -draw.PageStep)).briefly("-"),
	}
}

// view draws the lists in one column, or in two where there is room.
func (d *helpScreen) view(width, height int) string {
	out := []string{d.draw(&d.filter, width, true)}
	return draw.Block(append(out, d.page.Visible(d.rows(width), height-1)...), width, height)
}

// rows is what the filter leaves.
func (d *helpScreen) rows(width int) []string {
	const keyWidth = 19
	var out []string
	want := d.filter.value()
	for _, l := range d.lists {
		var lines []string
		for _, k := range l.keys {
			if want != "" && !contains(k.key+" "+k.does+" "+l.title, want) {
				continue
			}
			text, style := k.does, d.Styles.Plain
			if k.why != "" {
				text, style = text+"  (now: "+k.why+")", d.Styles.Dim
			}
			key := k.key
			for _, part := range draw.Wrap(text, width-keyWidth) {
				lines = append(lines, d.Line(width, false, draw.Ink(d.Fit("   "+key, keyWidth), d.Styles.Key), draw.Ink(part, style)))
				key = ""
			}
		}
		if len(lines) > 0 {
			out = append(append(out, d.Line(width, false, draw.Ink(" "+strings.ToUpper(l.title), d.Styles.Head))), lines...)
		}
	}
	if len(out) == 0 {
		out = append(out, d.Line(width, false, draw.Ink("  no key for that", d.Styles.Dim)))
	}
	return out
}
