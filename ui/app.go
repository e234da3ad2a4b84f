package ui

import (
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/wire"
	"github.com/mailzone/mailzone/zonefile"
)

// app is the root model: it routes messages to the top dialog or to the pane that has the keys, and
// carries out the actions that they return.
type app struct {
	*kit
	width, height int // of the terminal, as it last told

	names    *names
	records  *records
	delivery *delivery
	problems *problems
	source   *source
	lower    pane // the tab that is shown below
	dialogs  []dialog

	message say // stands in the place of the help line until the next key
	last    pressed
	mouseOn bool
	wanted  string // what is searched for
	busy    bool   // a save is under way
	// surveying and checking tell that all of a big zone is being examined, or what an edit can reach: one version
	// at a time, or every key would add another to the queue.
	surveying, checking bool

	closed string // why the program was ended from outside
	done   []string
	served *zonefile.Zone // the last version that named was seen to serve
	aside  []string       // what became of edits that are not in the zone file
}

// newApp is the program on a document.
func newApp(k *kit, now func() time.Time) *app {
	a := &app{kit: k, lower: paneDelivery}
	k.doc.now = now
	a.names, a.records = &names{kit: k}, &records{kit: k}
	a.delivery, a.problems, a.source = &delivery{kit: k}, &problems{kit: k}, &source{kit: k}
	k.name = k.doc.zone().Origin()
	return a
}

// Init examines the zone after the first frame, so that the frame does not wait for it.
func (a *app) Init() tea.Cmd { return tea.Batch(a.examine(), a.askHosting()) }

// settle puts cursors where they belong after the zone has changed.
func (a *app) settle() {
	a.names.find(a.name)
	a.problems.list.to(a.problems.list.cursor, 1, len(a.problems.rows()))
}

// Update routes a message.
func (a *app) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch m := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = m.Width, m.Height
		return a, nil
	case surveyed:
		a.surveying = false
		return a, a.found(m.findings)
	case checked:
		a.checking = false
		return a, a.found(m.findings)
	case saved:
		return a, a.perform(a.finish(m)...)
	case reviewed:
		a.busy, a.message = false, say{}
		return a, a.perform(push{m.dialog})
	case mended:
		return a, a.mend(m)
	case gathered:
		return a, a.gather(m)
	case edited:
		return a, a.takeBack(m)
	case elsewhere:
		a.wroteElsewhere(m)
		return a, nil
	case theirs:
		return a, a.compare(m)
	case reopened:
		return a, a.begun(m)
	case hosted:
		a.takeHosting(m)
		return a, nil
	case reloading:
		return a, a.follow(m)
	case unkept:
		a.complain(m.err)
		return a, nil
	case wire.ClosingMsg:
		a.closed = closing(m)
		return a, tea.Quit
	case tea.MouseMsg:
		return a, a.perform(a.followMouse(m)...)
	case tea.KeyMsg:
		a.message = say{}
	}
	actions, cmd := a.dispatch(msg)
	return a, tea.Batch(cmd, a.perform(actions...))
}

// dispatch gives a message to the top dialog, or to the pane that has the keys and then to the keys that
// work everywhere.
func (a *app) dispatch(msg tea.Msg) ([]action, tea.Cmd) {
	if n := len(a.dialogs); n > 0 {
		if m, ok := msg.(tea.KeyMsg); ok && m.String() == "ctrl+z" && !m.Paste {
			return []action{suspend{}}, nil
		}
		return a.dialogs[n-1].update(msg)
	}
	m, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil, nil
	}
	if m.Paste {
		return []action{say{"pasted text goes into a field: press a or e first", levelInfo}}, nil
	}
	c := a.component(a.focused)
	for _, list := range [][]binding{c.bindings(), a.bindings()} {
		if actions, used := press(m, list); used {
			return actions, nil
		}
	}
	return c.update(m)
}

// component is the pane with a number.
func (a *app) component(p pane) component {
	return [paneCount]component{a.names, a.records, a.delivery, a.problems, a.source}[p]
}

// perform carries actions out. It is the only code that changes the document, the stack of dialogs and
// where the user is.
func (a *app) perform(actions ...action) tea.Cmd {
	var cmds []tea.Cmd
	for _, act := range actions {
		cmds = append(cmds, a.do(act))
	}
	return tea.Batch(cmds...)
}

// do carries out one action: those on the document and on dialogs here, those that go somewhere in move.
func (a *app) do(act action) tea.Cmd {
	switch act := act.(type) {
	case change:
		return a.change(act)
	case undo:
		v, err := a.doc.undo()
		return a.stepped("undone: ", v, v.was, err)
	case redo:
		v, err := a.doc.redo()
		return a.stepped("done again: ", v, v.now, err)
	case bulk:
		return a.bulk(act)
	case fixSafe:
		return a.fixSafe()
	case outside:
		return a.edit()
	case review:
		return a.review(act.then)
	case write:
		return a.write(act)
	case reloadZone:
		return a.reloadZone(act)
	case lookOnly:
		a.doc.store.locked = act.why
	case renew:
		return tea.Batch(a.renew(), a.examine())
	case recovery:
		return a.recover(act)
	case reload:
		return a.reload(act.force)
	case takeOver:
		return a.takeOver(act)
	case lookAtBoth:
		return a.peek(true)
	case runLine:
		return a.perform(runCommand(act.line)...)
	case suspend:
		return tea.Suspend
	case mouse:
		return a.switchMouse()
	case quit:
		return a.quit(act.force)
	case whatIf:
		act.set(&a.doc.sender)
	case migrate:
		a.migration = act.to
	case push:
		a.dialogs = append(a.dialogs, act.dialog)
	case pop:
		a.dialogs = a.dialogs[:max(len(a.dialogs)-1, 0)]
	case help:
		a.dialogs = append(a.dialogs, a.newHelp())
	case say:
		a.message = act
	default:
		return a.outwards(act)
	}
	return nil
}

// move carries out the actions that only go somewhere.
func (a *app) move(act action) {
	switch act := act.(type) {
	case focus:
		a.focus(act.pane)
	case selectName:
		a.name = act.name
		a.names.find(act.name)
		a.perform(a.records.chosen()...)
	case look:
		a.look(act.at)
	case visit:
		a.visit(act.at)
	case goLine:
		a.focus(paneSource)
		a.source.goTo(act.line)
	case search:
		a.search(act)
	}
}

// change makes a new version and shows it.
func (a *app) change(c change) tea.Cmd {
	if err := a.doc.change(c); err != nil {
		a.message = say{a.show(err.Error()), levelError}
		return nil
	}
	a.message = say{c.title, levelGood}
	cmd := tea.Batch(a.keep(), a.examine())
	then := a.perform(c.then...)
	if !c.stay {
		a.look(a.doc.version().now)
		a.records.find(a.at)
	}
	return tea.Batch(cmd, then)
}

// stepped shows what an undo or redo did.
func (a *app) stepped(verb string, v version, at spot, err error) tea.Cmd {
	if err != nil {
		a.message = say{err.Error(), levelInfo}
		return nil
	}
	a.message = say{verb + v.title, levelGood}
	cmd := tea.Batch(a.keep(), a.examine())
	if !v.stay {
		a.look(at)
		a.records.find(at)
	}
	return cmd
}

// focus gives the keys to a pane.
func (a *app) focus(p pane) {
	a.focused = p
	if p >= paneDelivery {
		a.lower = p
	}
}

// look lets the panes that follow show a place.
func (a *app) look(at spot) {
	a.at = at
	a.source.find(at)
}

// visit goes to the record at a place.
func (a *app) visit(at spot) {
	a.look(at)
	row := a.doc.row(at)
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

// searcher is a pane that can be searched.
type searcher interface {
	match(text string, back bool) bool
}

// search finds the next match in the pane that has the keys.
func (a *app) search(s search) {
	if s.text != "" {
		a.wanted = s.text
	}
	p, ok := a.component(a.focused).(searcher)
	switch {
	case a.wanted == "":
		a.message = say{"nothing was searched for yet: press /", levelInfo}
	case !ok || !p.match(a.wanted, s.back):
		a.message = say{"not found here: " + a.show(a.wanted), levelInfo}
	default:
		if c, ok := p.(interface{ chosen() []action }); ok {
			a.perform(c.chosen()...)
		}
	}
}

// mended brings all safe fixes of a version.
type mended struct {
	of    *zonefile.Zone
	edits []zonefile.Edit
	fixed int
	err   error
}

// fixSafe looks for all safe fixes in a command: the zone is examined again after each.
func (a *app) fixSafe() tea.Cmd {
	z, opt := a.doc.zone(), a.doc.examining(a.doc.saved)
	a.message = say{"looking for what can be fixed safely...", levelInfo}
	return func() tea.Msg {
		edits, fixed, err := lint.FixAll(z, nil, opt)
		return mended{z, edits, fixed, err}
	}
}

// mend makes the fixes that were found, unless the zone has changed meanwhile.
func (a *app) mend(m mended) tea.Cmd {
	switch {
	case m.err != nil:
		a.complain(m.err)
		return nil
	case m.fixed == 0:
		a.message = say{"no fix is safe: f shows what a fix would change", levelInfo}
		if len(a.doc.findings.serious()) == 0 && !a.doc.stale() {
			a.message.text = "nothing to fix"
		}
		return nil
	}
	c := change{title: "all safe fixes", stay: true}
	c.make = func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if z != m.of {
			return nil, zonefile.ErrStale
		}
		return m.edits, nil
	}
	cmd := a.change(c)
	if a.message.level == levelGood {
		a.message.text = plural(m.fixed, "safe fix", "safe fixes") + " made: u undoes"
	}
	return cmd
}

// newHelp lists the keys of the pane that has them first.
func (a *app) newHelp() *helpScreen {
	h := &helpScreen{kit: a.kit, filter: a.newField(partData, "search", "")}
	titles := [paneCount]string{"names", "records", "delivery", "problems", "source"}
	h.lists = append(h.lists, helpOf("here: "+titles[a.focused], a.component(a.focused).bindings()))
	h.lists = append(h.lists, helpOf("everywhere", a.bindings()))
	moves := []binding{{Binding: a.keys.up}, {Binding: a.keys.down}, {Binding: a.keys.pageUp}, {Binding: a.keys.pageDown}, {Binding: a.keys.top}, {Binding: a.keys.bottom}}
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
