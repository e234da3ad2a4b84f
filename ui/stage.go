package ui

// The one door. A pane or a dialog changes only itself; what it wants beyond that it returns as an action, and an action
// carries itself out on the stage. So an action that nobody handles does not compile, a new key touches no file but its
// feature's, and the root alone changes the stack of dialogs and where the user is.
//
// The stage lies below the panes: it is what an action may do, not who does it. Were actions given the root itself, each
// feature would point up at it, and every file of the package at every other. Action, stage, dialog and binding are told
// by one another, so they stand together; what helps to write them stands above.

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// action is what a component asks for beyond itself.
type action interface{ do(s stage) tea.Cmd }

// result is what a command brings back that worked beside the screen.
type result interface{ take(s stage) tea.Cmd }

// stage is what actions and results work on. The root model is the only one.
type stage interface {
	tools() *kit
	work() *work
	outcome() *outcome

	perform(actions ...action) tea.Cmd
	clamp()     // puts cursors where they belong after the zone has changed
	askFirst()  // asks what has to be known before a zone that was just opened is edited
	tell(m say) // shows a message
	complain(err error)

	push(d dialog)
	pop()
	top() dialog // nil if there is none
	focus(p pane)
	zoom()                   // gives the pane that has the keys the whole screen, or takes it back
	choose(n zonefile.Name)  // shows another name's records
	look(at document.Spot)   // lets the panes that follow show a place
	follow(at document.Spot) // look, with the records' cursor
	visit(at document.Spot)  // goes to the record at a place
	goLine(line int)
	find(text string, back bool) tea.Cmd
	goFound(w zonefile.Row, text *zonefile.Search) // goes to a row that was found, in the pane that shows it
	goProblem(d *lint.Diagnostic)                  // goes to a problem
	rowsHave(text string) bool                     // the pane with the keys has rows of its own with a text
	switchMouse() tea.Cmd
	help() dialog

	place() (f *zonefile.File, line int) // what the source pane shows, and the line under its cursor
	underCursor() string
	chosen() chosen             // the names that an act is for
	mark(names []zonefile.Name) // marks names, and no others
	listsAll() bool             // the list of names has all of them, not only those of mail
}

// chosen is the names that an act is for: those that are marked, else those of the route under the cursor, else the one that is
// shown.
type chosen struct {
	names  []zonefile.Name
	marked bool   // they are marked
	hidden int    // how many of the marked names the list does not show
	shows  string // what shows them
	alike  bool   // they have one route
}

// hides says that marked names are hidden.
func (c chosen) hides() say {
	return say{itoa(c.hidden) + " of " + itoa(len(c.names)+c.hidden) + " marked are hidden: " + c.shows, levelInfo}
}

// patient is a dialog that waits for what is found out beside the screen.
type patient interface{ goOn(s stage) tea.Cmd }

// goOn tells the dialog on top that something was found out.
func goOn(s stage) tea.Cmd {
	if d, ok := s.top().(patient); ok {
		return d.goOn(s)
	}
	return nil
}

const (
	levelInfo level = iota
	levelGood
	levelError
)

// component is a pane or a dialog. It changes only itself, and returns actions for everything else. Its
// size is given when it is drawn and not kept.
type component interface {
	update(tea.KeyMsg) []action // takes a key that none of the bindings has
	view(width, height int) string
	bindings() []binding // the help line and the help screen are derived from these
}

// dialog is a component on top of the main screen. It says how many lines it wants.
type dialog interface {
	component
	title() string
	lines(width int) int
}

// binding is a key with what it does here, or with the reason why it does nothing here.
type binding struct {
	key.Binding
	why   string          // why it does nothing here; "" if it works
	short bool            // stands in the help line in every pane
	brief string          // what the help line says, if not the first key and what it does; "-" for nothing
	run   func() []action // what it does

	runKey func(key string) []action // what it does, where its keys do different things
}

// work is what runs beside the screen.
type work struct {
	busy bool // a file is being compared, read or saved
	// surveying and checking tell that all of a big zone is being examined, or what an edit can reach: one version
	// at a time, or every key would add another to the queue.
	surveying, checking bool
	// so for who an edit hits, and who the one of a form would hit
	hitting, foreseeing bool
}

// begin tells whether a file may be compared, read or saved now, and says what is being done; if not, that another is.
func (w *work) begin(s stage, text string) bool {
	if w.busy {
		s.tell(waiting())
		return false
	}
	w.busy = true
	s.tell(say{text, levelInfo})
	return true
}

// end is the end of what begin began.
func (w *work) end(s stage) {
	w.busy = false
	s.tell(say{})
}

// outcome is what the shell is told after the program.
type outcome struct {
	closed string               // why a signal or a lost terminal ended the program
	back   bool                 // to the list of zones
	done   []string             // what saves and reloads said
	todo   []string             // what is left to do of a zone that was started, once it is saved
	served *zonefile.Zone       // the last version that named was seen to serve
	along  []*document.Pointing // PTR records that were saved, and that named was not seen to serve
	aside  []string             // what became of edits that are not in the zone file
	drafts []*disk.Draft        // what other editors work on, or have left
}

// level is how a message is meant.
type level int

// say is a message in the place of the help line, until the next key.
type say struct {
	text  string
	level level
}

func (m say) do(s stage) tea.Cmd { s.tell(m); return nil }

// waiting is the message while a file is compared, read or saved.
func waiting() say {
	return say{"wait: the file is being compared or saved", levelInfo}
}

// onlyRead is the message that nothing of the zone may be changed.
func onlyRead(k *kit) say {
	return say{"read-only: " + k.show(k.doc.ReadOnly()), levelInfo}
}

// push puts a dialog on top.
type push struct{ dialog dialog }

func (a push) do(s stage) tea.Cmd { s.push(a.dialog); return nil }

// pop closes the top dialog.
type pop struct{}

func (pop) do(s stage) tea.Cmd { s.pop(); return nil }

// focus gives the keys to a pane.
type focus struct{ pane pane }

func (a focus) do(s stage) tea.Cmd { s.focus(a.pane); return nil }

// zoom gives the pane that has the keys the whole screen, or takes it back.
type zoom struct{}

func (zoom) do(s stage) tea.Cmd { s.zoom(); return nil }

// selectName shows another name's records.
type selectName struct{ name zonefile.Name }

func (a selectName) do(s stage) tea.Cmd { s.choose(a.name); return nil }

// look lets the panes that follow show a place.
type look struct{ at document.Spot }

func (a look) do(s stage) tea.Cmd { s.look(a.at); return nil }

// visit goes to the record at a place.
type visit struct{ at document.Spot }

func (a visit) do(s stage) tea.Cmd { s.visit(a.at); return nil }

// goLine goes to a line of the file shown.
type goLine struct{ line int }

func (a goLine) do(s stage) tea.Cmd { s.goLine(a.line); return nil }

// search finds the next match in the list that has the keys; without a text, of what was searched for before.
type search struct {
	text string
	back bool
}

func (a search) do(s stage) tea.Cmd { return s.find(a.text, a.back) }

// showHelp lists the keys.
type showHelp struct{}

func (showHelp) do(s stage) tea.Cmd { s.push(s.help()); return nil }

// mouse turns the mouse on or off.
type mouse struct{}

func (mouse) do(s stage) tea.Cmd { return s.switchMouse() }

// suspend hands the terminal back to the shell.
type suspend struct{}

func (suspend) do(stage) tea.Cmd { return tea.Suspend }
