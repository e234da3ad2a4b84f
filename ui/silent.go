package ui

// A key is never silent: one that changed nothing on the screen says so, and which key does what was meant. Over a slow line a
// key that does nothing and one that is on its way look the same. This is seen in the picture and not asked of panes and
// dialogs, so that none can forget it; what they say themselves, because they know why, is better and comes first.

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// echo is the last key until the screen has been drawn after it.
type echo struct {
	key   tea.KeyMsg
	waits bool   // the key is to be answered by the next picture
	frame string // the last picture, without its message
}

// pressed is told every key. One that began something beside the screen is answered by what comes of it.
func (e *echo) pressed(m tea.KeyMsg, began bool) { e.key, e.waits = m, !began }

// unanswered takes the next picture, and reports whether a key has left it as it was.
func (e *echo) unanswered(frame string) bool {
	same := e.waits && frame == e.frame
	e.waits, e.frame = false, frame
	return same
}

// idle says why a key has changed nothing, and which key does: here is what works where it was pressed, always
// what works there besides, and inPane that this is a pane and no dialog.
func (p *panes) idle(m tea.KeyMsg, here, always []binding, inPane bool) say {
	other := "does nothing: ? tells the keys"
	if where := p.elsewhere(m); where != "" {
		other = "does nothing here: " + where
	}
	if !inPane {
		other = ""
	}
	return p.unmoved(m, here, always, other)
}

// unmoved says why a key has changed nothing: it works here and not now, or it does something else, which is told; "": the keys that
// work here are.
func (k *kit) unmoved(m tea.KeyMsg, here, always []binding, other string) say {
	name := m.String()
	if name == " " {
		name = "space"
	}
	name = k.show(name)
	for _, b := range slices.Concat(here, always) {
		if key.Matches(m, b.Binding) {
			return say{k.already(m, name+" ("+b.Help().Desc+") changes nothing now"), levelInfo}
		}
	}
	if other == "" {
		return say{name + " does nothing here: " + working(here), levelInfo}
	}
	return say{k.already(m, name+" "+other), levelInfo}
}

// already is what is said of a key that moves and has come to an end, or else a text.
func (k *kit) already(m tea.KeyMsg, text string) string {
	keys := k.keys
	switch {
	case key.Matches(m, keys.Up, keys.PageUp, keys.Top):
		return "nothing is above"
	case key.Matches(m, keys.Down, keys.PageDown, keys.Bottom):
		return "nothing is below"
	case key.Matches(m, keys.Left):
		return "nothing is on the left"
	}
	return text
}

// working is the keys of a dialog, as its help line has them.
func working(here []binding) string {
	var out []string
	for _, b := range here {
		if b.why == "" && b.brief != "-" {
			keys, does := helpText(b)
			out = append(out, keys+" "+does)
		}
	}
	return strings.Join(out, ", ")
}

// elsewhere is the panes in which a key does something, with the keys that lead there: those in which it does it now, if there is one.
func (p *panes) elsewhere(m tea.KeyMsg) string {
	titles := [paneCount]string{"names (tab)", "records (tab)", "delivery (1)", "problems (2)", "source (3)"}
	var does string
	var now, later []string
	for n := range paneCount {
		for _, b := range p.component(n).bindings() {
			if n == p.focused || !key.Matches(m, b.Binding) || does != "" && does != b.Help().Desc {
				continue
			}
			does = b.Help().Desc
			if b.why == "" {
				now = append(now, titles[n])
			} else {
				later = append(later, titles[n])
			}
		}
	}
	if does == "" {
		return p.inForms(m)
	}
	if len(now) == 0 {
		now = later
	}
	return does + " is for " + strings.Join(now, ", ")
}

// inForms says of a key of forms where those are.
func (p *panes) inForms(m tea.KeyMsg) string {
	for _, b := range []key.Binding{p.keys.oneText, p.keys.nextType, p.keys.complete} {
		if key.Matches(m, b) {
			return b.Help().Desc + " is for forms: e edits a record, a adds one"
		}
	}
	return ""
}
