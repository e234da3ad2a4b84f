package ui

// The message over the help line. It is whole when it is told; where one goes on among the rows, those are looked at and it has at
// most three. One that has no room ends in a sign and the key for help, which tells it whole.

import (
	"slices"

	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/ui/draw"
)

// messages is what is said over the help line.
type messages struct {
	message say // stands until a key does more than move, in a pane or to another
	before  say // what was there before the last key, and stands still: shorter, for what is under it is looked at
	asked   say // what was there when the last key was pressed: help tells it whole
}

// standing is how many rows a message has at most that stands while one moves.
const standing = 3

// messageRows is the message on a screen of a size, from the last line upwards. One that was just told may have all but the title
// and a row of what it is about.
func (m *messages) messageRows(k *kit, w, h int) []string {
	if m.message.text == "" {
		return nil
	}
	text, most := m.message.rows(k, w), standing
	if m.message != m.before {
		most = max(h-3, standing)
	}
	if len(text) > most {
		text = text[:most]
		rest := k.Glyphs.More + " f1"
		text[most-1] = ansi.Truncate(text[most-1], w-2-ansi.StringWidth(rest), "") + rest
	}
	var out []string
	for _, l := range slices.Backward(text) {
		out = append(out, k.Line(w, false, draw.Ink(" "+l, m.message.style(k))))
	}
	return out
}

// rows is a message as a width has room for it, whole.
func (m say) rows(k *kit, w int) []string {
	return draw.Wrap(k.show(k.telling.wording(m.text, w-2)), w-2)
}

// style is how a message is drawn.
func (m say) style(k *kit) lipgloss.Style {
	switch {
	case m.level == levelError, k.telling.bad && k.telling.tells(m.text):
		return k.Styles.Err
	case m.level == levelGood:
		return k.Styles.Good
	}
	return k.Styles.Info
}

// messageHelp is the message that stood when help was asked for, where that had more to say than stands while one moves.
func (m *messages) messageHelp(k *kit, w int) []helpList {
	told, l := m.asked, helpList{title: "what was told"}
	if len(told.rows(k, w)) <= standing {
		return nil
	}
	for _, text := range told.rows(k, w-2) { // a row each: all of them come into sight
		l.keys = append(l.keys, helpKey{does: text, acts: func() []action { return []action{told} }})
	}
	return []helpList{l}
}
