package ui

// Help is made of the bindings, so that no key is told that does nothing, and none is left out. It is searched by what somebody
// may call a thing, and what is found is done by enter: who knows the word need not know the key.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
)

// helpScreen lists every key with what it does, made from the bindings of panes and dialogs themselves, and commands and rules.
// What is typed narrows it.
type helpScreen struct {
	*kit
	filter field
	lists  []helpList
	at     int // the entry under the cursor, of those that the filter leaves
	list   draw.List
}

// helpList is the keys of one part of the program.
type helpList struct {
	title string
	keys  []helpKey
}

// helpKey is one key, or a row of text without one; why is the reason if it does nothing at the moment, and acts what enter does on it.
type helpKey struct {
	key, does, why string
	acts           func() []action
}

// newHelpScreen is a screen of lists.
func newHelpScreen(k *kit, lists []helpList) *helpScreen {
	return &helpScreen{kit: k, filter: k.newField(partData, "search", ""), lists: lists}
}

// helpOf lists bindings; before any of them is done, first is.
func helpOf(title string, bindings []binding, first ...action) helpList {
	l := helpList{title: title}
	for _, b := range bindings {
		if h := b.Help(); h.Key != "" {
			l.keys = append(l.keys, helpKey{h.Key, h.Desc, b.why, func() []action { return append(slices.Clone(first), doKey{b}) }})
		}
	}
	return l
}

// doKey does what a binding does.
type doKey struct{ binding }

func (p doKey) do(s stage) tea.Cmd {
	switch {
	case p.why != "":
		return say{p.why, levelInfo}.do(s)
	case p.runKey != nil:
		return s.perform(p.runKey(p.Keys()[0])...)
	case p.run != nil:
		return s.perform(p.run()...)
	}
	return say{p.Help().Key + " is pressed in the list itself", levelInfo}.do(s)
}

func (d *helpScreen) title() string { return "Help" }

func (d *helpScreen) lines(int) int { return 1000 } // all there is

// takesText says that a question mark is typed here.
func (d *helpScreen) takesText() {}

func (d *helpScreen) update(m tea.KeyMsg) []action {
	d.typeInto(&d.filter, m)
	d.at = 0
	return nil
}

func (d *helpScreen) bindings() []binding {
	none := ""
	if len(d.found()) == 0 {
		none = "nothing is found: type another word"
	}
	by := func(n int) func() []action {
		return func() []action { d.at = max(min(d.at+n, len(d.found())-1), 0); return nil }
	}
	return []binding{
		unless(none, d.keys.submit, d.choose).as("do it"),
		on(d.keys.scrollDown, by(1)).briefly("up/down choose"), on(d.keys.scrollUp, by(-1)).briefly("-"),
		on(d.keys.helpDown, by(draw.PageStep)).briefly("-"), on(d.keys.helpUp, by(-draw.PageStep)).briefly("-"),
		does(d.keys.dismiss, pop{}),
	}
}

// choose does what the entry under the cursor says.
func (d *helpScreen) choose() []action {
	e := d.found()[min(d.at, len(d.found())-1)]
	return append([]action{pop{}}, e.acts()...)
}

// wanted is the words that are looked for; who is used to it types / first.
func (d *helpScreen) wanted() []string {
	return meanings(strings.TrimPrefix(d.filter.value(), "/"))
}

// found is the entries that the filter leaves.
func (d *helpScreen) found() []helpKey {
	var out []helpKey
	words := d.wanted()
	for _, l := range d.lists {
		for _, k := range l.keys {
			if l.has(k, words) {
				out = append(out, k)
			}
		}
	}
	return out
}

// has tells whether an entry of a list has one of some words; every one if there are none.
func (l helpList) has(k helpKey, words []string) bool {
	text := k.key + " " + k.does + " " + l.title
	return len(words) == 0 || slices.ContainsFunc(words, func(w string) bool { return contains(text, w) })
}

// view draws the lists, with the entry under the cursor in sight.
func (d *helpScreen) view(width, height int) string {
	rows, first, last := d.rows(width)
	d.list.Cursor, d.list.Offset = first, max(min(d.list.Offset, first), last-(height-2))
	text := d.list.View(width, height-1, len(rows), func(i int, _ bool) string { return rows[i] })
	const label = 11
	return d.Line(label, false, draw.Ink("  search", d.Styles.Name)) + d.typed(&d.filter, width-label) + "\n" + text
}

// rows is what the filter leaves, and which of its rows are the entry under the cursor.
func (d *helpScreen) rows(width int) (out []string, first, last int) {
	n, words := 0, d.wanted()
	for _, l := range d.lists {
		headed, room := false, l.keyWidth(width)
		for _, k := range l.keys {
			if !l.has(k, words) {
				continue
			}
			if !headed {
				headed = true
				out = append(out, d.Line(width, false, draw.Ink(" "+strings.ToUpper(l.title), d.Styles.Head)))
			}
			lines := d.entry(k, width, room, n == d.at)
			if n == d.at {
				first, last = len(out), len(out)+len(lines)-1
			}
			out, n = append(out, lines...), n+1
		}
	}
	if len(out) == 0 {
		out = append(out, d.Line(width, false, draw.Ink("  no key, command or rule for that", d.Styles.Dim)))
	}
	return out, first, last
}

// keyWidth is the room for the keys of a list, with what stands around them.
func (l helpList) keyWidth(width int) int {
	most := 14
	for _, k := range l.keys {
		most = max(most, ansi.StringWidth(k.key))
	}
	return min(most+5, width*2/5)
}

// entry draws one key: what it does, and why not now, whole.
func (d *helpScreen) entry(k helpKey, width, keyWidth int, here bool) []string {
	text, style, mark := k.does, d.Styles.Plain, "   "
	if k.why != "" {
		text, style = text+"  (now: "+k.why+")", d.Styles.Dim
	}
	if here {
		mark = " " + d.Glyphs.Mark + " "
	}
	var out []string
	key := mark + k.key
	if k.key == "" { // a sentence, and no key
		keyWidth = ansi.StringWidth(mark)
		key = d.Fit(mark, keyWidth)
	} else if ansi.StringWidth(key) >= keyWidth {
		out, key = append(out, d.Line(width, false, draw.Ink(key, d.Styles.Key))), ""
	}
	for _, part := range draw.Wrap(text, width-keyWidth) {
		out = append(out, d.Line(width, false, draw.Ink(d.Fit(key, keyWidth), d.Styles.Key), draw.Ink(part, style)))
		key = ""
	}
	return out
}
