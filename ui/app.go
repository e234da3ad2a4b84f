package ui

// The root of the program. It gives messages on and is the stage that actions work on: what changes more than one pane
// is changed here alone.

import (
	"github.com/mailzone/mailzone/document"

	"strings"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/ui/wire"
	"github.com/mailzone/mailzone/zonefile"
)

// app is the root model: it routes messages to the top dialog or to the pane that has the keys, and is the stage that
// actions work on. It alone changes the stack of dialogs and where the user is.
type app struct {
	*kit
	width, height int // of the terminal, as it last told

	panes
	lower   pane     // the tab that is shown below
	dialogs []dialog // the last is on top

	message say // stands in the place of the help line until the next key
	pointer pointer
	wanted  string // what is searched for
	running work
	told    outcome
}

// panes is all panes.
type panes struct {
	names    *names
	records  *records
	delivery *delivery
	problems *problems
	source   *source
}

// component is the pane with a number.
func (p *panes) component(n pane) component {
	return [paneCount]component{p.names, p.records, p.delivery, p.problems, p.source}[n]
}

// newApp is the program on a document.
func newApp(k *kit, now func() time.Time) *app {
	a := &app{kit: k, lower: paneDelivery}
	k.doc.Now = now
	a.panes = panes{&names{kit: k}, &records{kit: k}, &delivery{kit: k}, &problems{kit: k}, &source{kit: k}}
	k.name = k.doc.Zone().Origin()
	return a
}

// Init examines the zone after the first frame, so that the frame does not wait for it.
func (a *app) Init() tea.Cmd { return tea.Batch(examine(a), askHosting(a.doc)) }

// Update routes a message.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = m.Width, m.Height
		return a, nil
	case result:
		return a, m.take(a)
	case wire.ClosingMsg:
		a.told.closed = closing(m)
		return a, tea.Quit
	case tea.MouseMsg:
		return a, a.perform(a.followMouse(m)...)
	case tea.KeyMsg:
		a.message = say{}
		return a, a.perform(a.press(m)...)
	}
	return a, nil
}

// press gives a key to the top dialog, or to the pane that has the keys and then to the keys that work everywhere.
func (a *app) press(m tea.KeyMsg) []action {
	d := a.top()
	if d == nil && m.Paste {
		return []action{say{"pasted text goes into a field: press a or e first", levelInfo}}
	}
	c, everywhere := component(d), []binding{does(a.keys.suspend, suspend{})}
	if d == nil {
		c, everywhere = a.component(a.focused), a.bindings()
	}
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

// settle puts cursors where they belong after the zone has changed.
func (a *app) settle() {
	a.names.find(a.name)
	a.problems.list.To(a.problems.list.Cursor, 1, len(a.problems.rows()))
}

// focus gives the keys to a pane.
func (a *app) focus(p pane) {
	a.focused = p
	if p >= paneDelivery {
		a.lower = p
	}
}

// choose shows another name's records.
func (a *app) choose(n zonefile.Name) {
	a.name = n
	a.names.find(n)
	a.perform(a.records.chosen()...)
}

// look lets the panes that follow show a place.
func (a *app) look(at document.Spot) {
	a.at = at
	a.source.find(at)
}

// follow is look, with the records' cursor.
func (a *app) follow(at document.Spot) {
	a.look(at)
	a.records.find(at)
}

// visit goes to the record at a place.
func (a *app) visit(at document.Spot) {
	a.look(at)
	row := a.doc.Row(at)
	if row.Record().IsZero() {
		a.focus(paneSource)
		return
	}
	if !a.records.find(at) {
		a.name = row.Owner()
		a.names.find(a.name)
	}
	a.focus(paneRecords)
	if !a.records.find(at) {
		a.focus(paneSource)
	}
}

// goLine goes to a line of the file shown.
func (a *app) goLine(line int) {
	a.focus(paneSource)
	a.source.goTo(line)
}

// place is what the source pane shows, and the line under its cursor, from 1.
func (a *app) place() (f *zonefile.File, line int) { return a.source.text(), a.source.list.Cursor + 1 }

// chosenNames is the names that a bulk change is for: the marked ones, else the one that is shown.
func (a *app) chosenNames() []zonefile.Name {
	var out []zonefile.Name
	for _, r := range a.doc.Findings.Names {
		if a.names.marked[r.Name] {
			out = append(out, r.Name)
		}
	}
	if len(out) == 0 {
		return []zonefile.Name{a.name}
	}
	return out
}

// underCursor is the text that y copies: the name, record, host, problem or line under the cursor.
func (a *app) underCursor() string {
	switch a.focused {
	case paneRecords:
		if r := a.records.record(); !r.IsZero() {
			return strings.TrimRight(string(r.Text()), "\r\n")
		}
	case paneDelivery:
		return string(a.delivery.row().host)
	case paneProblems:
		if d, ok := a.problems.row(); ok {
			return d.String()
		}
	case paneSource:
		f := a.source.text()
		return string(f.Slice(f.Line(a.source.list.Cursor + 1)))
	}
	return string(a.name)
}

// searcher is a pane that can be searched.
type searcher interface {
	match(text string, back bool) bool
}

// find goes to the next match in the pane that has the keys.
func (a *app) find(text string, back bool) {
	if text != "" {
		a.wanted = text
	}
	p, ok := a.component(a.focused).(searcher)
	switch {
	case a.wanted == "":
		a.message = say{"nothing was searched for yet: press /", levelInfo}
	case !ok || !p.match(a.wanted, back):
		a.message = say{"not found here: " + a.show(a.wanted), levelInfo}
	default:
		if c, ok := p.(interface{ chosen() []action }); ok {
			a.perform(c.chosen()...)
		}
	}
}

// help lists the keys of the pane that has them first.
func (a *app) help() dialog {
	h := &helpScreen{kit: a.kit, filter: a.newField(partData, "search", "")}
	titles := [paneCount]string{"names", "records", "delivery", "problems", "source"}
	h.lists = append(h.lists, helpOf("here: "+titles[a.focused], a.component(a.focused).bindings()))
	h.lists = append(h.lists, helpOf("everywhere", a.bindings()))
	moves := []binding{{Binding: a.keys.Up}, {Binding: a.keys.Down}, {Binding: a.keys.PageUp}, {Binding: a.keys.PageDown}, {Binding: a.keys.Top}, {Binding: a.keys.Bottom}}
	h.lists = append(h.lists, helpOf("moving", moves))
	for p := range paneCount {
		if p != a.focused {
			h.lists = append(h.lists, helpOf(titles[p], a.component(p).bindings()))
		}
	}
	cmds := helpList{title: "commands"}
	for _, c := range commands() {
		cmds.keys = append(cmds.keys, helpKey{":" + c.name, c.does, ""})
	}
	h.lists = append(h.lists, cmds)
	return h
}

// closing is why the program was ended from outside.
func closing(m wire.ClosingMsg) string {
	if s, ok := m.Signal.(syscall.Signal); ok {
		return "ended by " + unix.SignalName(s)
	}
	return "the terminal went away"
}
