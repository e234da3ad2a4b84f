package ui

// How panes and dialogs say what their keys do. Every key of a list works or says why not, and the help line and the help
// screen are derived from the same list.

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/ui/draw"
)

// on is a binding that works.
func on(b key.Binding, run func() []action) binding { return binding{Binding: b, run: run} }

// does is on for a key that gives the same actions whenever it is pressed.
func does(b key.Binding, a ...action) binding {
	return binding{Binding: b, run: func() []action { return a }}
}

// unless is a binding that does nothing if there is a reason.
func unless(why string, b key.Binding, run func() []action) binding {
	return binding{Binding: b, why: why, run: run}
}

// briefly says in the help line what a binding does, together with its neighbours; "-" leaves it to one
// of them.
func (b binding) briefly(text string) binding {
	b.brief = text
	return b
}

// inHelpLine keeps the binding in the help line, whatever else is there.
func (b binding) inHelpLine() binding {
	b.short = true
	return b
}

// as renames what a key does, for a pane where the general words would mislead.
func (b binding) as(does string) binding {
	b.SetHelp(b.Help().Key, does)
	return b
}

// without leaves out the bindings of keys that a pane has a use of its own for.
func without(list []binding, keys ...key.Binding) []binding {
	return slices.DeleteFunc(list, func(b binding) bool { return slices.ContainsFunc(keys, b.is) })
}

// is tells whether a binding is of a key.
func (b binding) is(k key.Binding) bool { return slices.Equal(b.Keys(), k.Keys()) }

// press runs the first binding that a key matches. A key that does nothing here says why.
func press(msg tea.KeyMsg, bindings []binding) (actions []action, used bool) {
	if msg.Paste {
		return nil, false // what is pasted is text, never keys
	}
	for _, b := range bindings {
		switch {
		case !key.Matches(msg, b.Binding):
		case b.why != "":
			return []action{say{b.why, levelInfo}}, true
		case b.runKey != nil:
			return b.runKey(msg.String()), true
		default:
			return b.run(), true
		}
	}
	return nil, false
}

// scrolling is the keys of a page that is nothing but read.
func (k *keyMap) scrolling(p *draw.Page) []binding {
	return []binding{
		on(k.Down, scrolls(p, 1)).as("scroll down").briefly("j/k scroll"), on(k.Up, scrolls(p, -1)).as("scroll up").briefly("-"),
		on(k.PageDown, scrolls(p, draw.PageStep)).briefly("-"), on(k.PageUp, scrolls(p, -draw.PageStep)).briefly("-"),
		on(k.Top, scrolls(p, -1<<30)).briefly("-"), on(k.Bottom, scrolls(p, 1<<30)).briefly("-"),
	}
}

// scrolls is a key's deed that scrolls a page by some rows.
func scrolls(p *draw.Page, by int) func() []action {
	return func() []action { p.Scroll(by); return nil }
}
