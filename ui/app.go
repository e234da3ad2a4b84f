package ui

// The root of the program. It gives messages on, and it is the stage that actions work on: the dialogs, the message and
// what runs beside the screen are changed here alone, and where the user is by the panes that it holds.

import (
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/ui/wire"
)

// app is the root model: it routes messages to the top dialog or to the pane that has the keys, and is the stage that
// actions work on. It alone changes the stack of dialogs and where the user is.
type app struct {
	panes
	width, height int      // of the terminal, as it last told
	dialogs       []dialog // the last is on top

	messages
	pointer pointer
	wanted  string // what is searched for
	running work
	told    outcome
	wake    wake
	echo    echo
	filling filling
}

// newApp is the program on a document.
func newApp(k *kit, now func() time.Time) *app {
	k.doc.Now = now
	k.name = k.doc.Zone().Origin()
	return &app{panes: newPanes(k), wake: wake{kit: k}}
}

// begin says and asks what a user should know before the first key.
func (a *app) begin() {
	greet(a)
	a.askFirst()
	offerStart(a)
}

// Init examines the zone after the first frame, so that the frame does not wait for it.
func (a *app) Init() tea.Cmd { return tea.Batch(examine(a), askHosting(a.doc), watch(a.kit)) }

// Update routes a message.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case rested:
		a.wake.calm(m)
		return a, nil
	case tea.KeyMsg:
		said, pane, zone := a.message, a.focused, a.doc.Zone()
		a.asked = said
		if a.top() != nil || !moves(m, &a.keys.Moving) { // what came of an edit can still be read among its records
			a.message = say{}
		}
		a.before = a.message
		cmd := a.perform(a.press(m)...)
		if a.message.text == "" && a.top() == nil && a.focused != pane && a.doc.Zone() == zone { // to go elsewhere is no act
			a.message, a.before = said, said
		}
		a.echo.pressed(m, cmd != nil)
		return a, tea.Batch(cmd, a.catchUp(), a.wake.pressed(m, a.top() == nil && a.focused == pane))
	}
	a.moving = false
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = m.Width, m.Height
		return a, looksAgain
	case result:
		return a, tea.Batch(m.take(a), a.catchUp())
	case wire.ClosingMsg:
		a.told.closed = closing(m)
		return a, tea.Quit
	case tea.MouseMsg:
		return a, a.perform(a.followMouse(m)...)
	}
	return a, nil
}

// looksAgain is for lists that lag behind a width: they know it when they were drawn in it.
func looksAgain() tea.Msg { return caughtUp{func(stage) tea.Cmd { return nil }} }

// catchUp has lists made beside the screen that are wanted as they are not shown yet. While somebody waits for one none is.
func (a *app) catchUp() tea.Cmd {
	if _, waits := a.top().(*waitDialog); waits {
		return nil
	}
	cmd := tea.Batch(a.names.catchUp(), a.problems.catchUp(), a.source.catchUp(), a.catchUpHosts(a.top() != nil))
	if d, lags := a.top().(interface{ catchUp() tea.Cmd }); lags {
		cmd = tea.Batch(cmd, d.catchUp())
	}
	return cmd
}

// layout is where the panes stand: how wide they are does not depend on how high.
func (a *app) layout() draw.Layout {
	need := draw.Need{Names: len(a.names.rows()) + 1, Width: a.names.need(), Zoom: a.zoomed}
	l := draw.Arrange(a.width, a.height, need)
	a.stands = a.names.standsFor()
	if a.alone, a.wall = l.Single, l.Columns() == 3; l.Single {
		return l
	}
	a.filling.add(&need, &a.panes, l)
	return draw.Arrange(a.width, a.height, need)
}

// bindings is the keys that work in every pane.
func (a *app) bindings() []binding { return a.everywhere(a.layout()) }

// followMouse follows the mouse over the main screen. Dialogs are for the keyboard: there the wheel is its arrows.
func (a *app) followMouse(m tea.MouseMsg) []action {
	if a.top() == nil {
		return a.pointer.follow(&a.panes, a.layout(), m)
	}
	switch {
	case m.Button == tea.MouseButtonWheelUp:
		return a.press(tea.KeyMsg{Type: tea.KeyUp})
	case m.Button == tea.MouseButtonWheelDown:
		return a.press(tea.KeyMsg{Type: tea.KeyDown})
	case m.Button == tea.MouseButtonLeft && m.Action == tea.MouseActionPress:
		return []action{say{"the mouse chooses in the panes: here the keys do", levelInfo}}
	}
	return nil
}

// switchMouse turns the mouse on or off.
func (a *app) switchMouse() tea.Cmd {
	told, cmd := a.pointer.toggle()
	a.tell(told)
	return cmd
}

// listening is who gets a key first, the top dialog or the pane that has the keys, and what works there besides.
func (a *app) listening() (c component, everywhere []binding) {
	if d := a.top(); d != nil {
		help := does(a.keys.help, showHelp{}).briefly("? keys")
		if _, ok := d.(interface{ takesText() }); ok { // a question mark is text there
			help = does(a.keys.allKeys, showHelp{}).briefly("f1 keys")
		}
		if _, ok := d.(*helpScreen); ok {
			help.why = "this is the help: type a word"
		}
		return d, []binding{does(a.keys.suspend, suspend{}), help.inHelpLine()}
	}
	return a.component(a.focused), a.bindings()
}

// press gives a key to who listens, and then to the keys that work everywhere.
func (a *app) press(m tea.KeyMsg) []action {
	if a.top() == nil && m.Paste {
		return []action{pasteText{string(m.Runes)}}
	}
	c, everywhere := a.listening()
	for _, list := range [][]binding{c.bindings(), everywhere} {
		if actions, used := press(m, list); used {
			return actions
		}
	}
	return c.update(m)
}

// perform carries actions out.
func (a *app) perform(actions ...action) tea.Cmd {
	var cmds []tea.Cmd
	for _, act := range actions {
		cmds = append(cmds, act.do(a))
	}
	return tea.Batch(cmds...)
}

func (a *app) tools() *kit       { return a.kit }
func (a *app) work() *work       { return &a.running }
func (a *app) outcome() *outcome { return &a.told }
func (a *app) askFirst()         { askFirst(a) }
func (a *app) tell(m say)        { a.message = m }
func (a *app) push(d dialog)     { a.dialogs = append(a.dialogs, d) }
func (a *app) pop()              { a.dialogs = a.dialogs[:max(len(a.dialogs)-1, 0)] }

func (a *app) top() dialog {
	if n := len(a.dialogs); n > 0 {
		return a.dialogs[n-1]
	}
	return nil
}

// complain shows an error that does not stop anything.
func (a *app) complain(err error) {
	if err != nil {
		a.message = say{a.show(err.Error()), levelError}
	}
}

// find goes to the next match in the pane that has the keys.
func (a *app) find(text string, back bool) tea.Cmd {
	if text != "" {
		a.wanted = text
	}
	c, _ := a.listening()
	p, ok := c.(searcher)
	switch {
	case a.wanted == "":
		a.message = say{"nothing was searched for yet: press /", levelInfo}
		return nil
	case !ok:
		a.message = say{"not found here: " + a.show(a.wanted), levelInfo}
		return nil
	}
	return searching(a.kit, a.wanted, c, p.seek(a.wanted, back)).do(a)
}

// help lists the keys of who listens first.
func (a *app) help() dialog {
	c, beside := a.listening()
	return newHelpScreen(a.kit, append(a.messageHelp(a.kit, a.width), a.helpLists(c, beside, a.bindings())...))
}

// closing is why a signal or a lost terminal ended the program.
func closing(m wire.ClosingMsg) string {
	if s, ok := m.Signal.(syscall.Signal); ok {
		return "ended by " + unix.SignalName(s)
	}
	return "the terminal went away"
}
