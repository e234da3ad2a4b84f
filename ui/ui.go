// Package ui is the Bubble Tea program: the editor that a user sees.
//
// One model at the root routes messages and carries out actions. Panes and dialogs are plain structs
// behind one small interface; they change only themselves and return actions for the rest. An action carries
// itself out on the stage, which is the root: see stage.go. The document (a session) knows nothing of terminals. Keys, styles and the places of things stand in one file each.
//
// Text from the file reaches the screen through (*kit).show alone.
package ui

import (
	"github.com/mailzone/mailzone/document"

	"github.com/mailzone/mailzone/ui/draw"

	"cmp"
	"errors"
	"os"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	xterm "github.com/charmbracelet/x/term"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/term"
	"github.com/mailzone/mailzone/ui/wire"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// Options say what to edit and how to show it.
type Options struct {
	Path        string // the zone file; unused with Demo
	Origin      zonefile.Name
	Directory   string   // where relative $INCLUDE paths start; "" if it is not known
	IncludeDirs []string // more directories that included files may be in
	ReadOnly    bool
	Lint        lint.Options // which rules run and what they go by; the day and what to compare with are the editor's
	Notes       []string     // what the user should know before the first key, beside what is known of the files
	ASCII       bool         // draw with ASCII alone; so does any locale that is not UTF-8
	Color       string       // "auto" (the zero value too), "always" or "never"
	Mouse       bool
	Demo        bool // edit a copy of the sample zone that is built in
	In, Out     *os.File

	named   func(z *zonefile.Zone, dir string) server.Opinion // asks named-checkzone
	hosting func(zone, path string) server.Hosting            // asks what named does with a file; nil if nobody is to be asked
	reload  func(h server.Hosting, serial uint32, check func() server.Opinion) document.Reloader
	told    func(openStep) // hears how far the opening is; nil if nobody asks
	state   string         // where undo copies are kept; "" is the place for the user's own zones
}

// Summary is what happened, for the shell: what was saved, and what is left to do.
type Summary struct {
	Saved  []string // what the saves said, in order
	Reload string   // the command that is left to do, "" if there is none
	Notes  []string
}

// String is the summary in lines, "" if there is nothing to say.
func (s Summary) String() string {
	lines := append([]string{}, s.Saved...)
	lines = append(lines, s.Notes...)
	if s.Reload != "" {
		lines = append(lines, "left to do: "+s.Reload)
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// ErrNoTerminal says that there is no terminal that the editor could draw on.
var ErrNoTerminal = errors.New("the editor needs a terminal: `mailzone list`, `mailzone lint` and `mailzone preview` need none")

// Run edits a zone on a terminal until the user quits.
func Run(opt Options) (Summary, error) {
	term.Restore()
	if opt.In == nil {
		opt.In = os.Stdin
	}
	if opt.Out == nil {
		opt.Out = os.Stdout
	}
	if !xterm.IsTerminal(opt.In.Fd()) || !xterm.IsTerminal(opt.Out.Fd()) || dumb() {
		return Summary{}, ErrNoTerminal
	}
	if opt.Demo {
		dir, err := demoCopy(&opt)
		if err != nil {
			return Summary{}, err
		}
		defer os.RemoveAll(dir)
	}
	opt.named = server.AskNamed
	if !opt.Demo { // no named serves the sample zone
		opt.hosting = server.AskHosting
		opt.reload = func(h server.Hosting, serial uint32, check func() server.Opinion) document.Reloader {
			return server.NewReload(h, serial, check)
		}
	}
	o := newOpening(opt)
	defer o.close()
	o.begin(opt)
	if o.wait(grace); o.err != nil {
		return Summary{}, o.err
	}
	programOptions := []tea.ProgramOption{tea.WithAltScreen()}
	if opt.Mouse {
		programOptions = append(programOptions, tea.WithMouseCellMotion())
	}
	_, err := wire.Run(o.model(), opt.In, opt.Out, programOptions...)
	return o.end(opt, err)
}

// end closes the recovery log. It stays where it is if the program was ended from outside with edits, or failed.
func (a *app) end(failed error) (k kept) {
	j := &a.doc.Journal
	defer j.Close()
	a.told.leaveDrafts(a.demo)
	log := j.Path()
	e := crash.Try(func() {
		switch {
		case a.told.closed == "" && failed == nil || !a.doc.Modified():
			_ = j.Reset() // what is left behind is offered again, and no harm is done
		case errors.As(failed, new(*crash.Error)):
			k = kept{log, a.doc.Rescue()}
			k.log = cmp.Or(j.Path(), log)
		case j.Flush() == nil:
			k.log = j.Path()
		}
	})
	if e != nil { // of what had failed already
		return kept{log, e}
	}
	return k
}

// document is the part of the options that the document goes by.
func (o Options) document() document.Options {
	return document.Options{Path: o.Path, Origin: o.Origin, Directory: o.Directory, IncludeDirs: o.IncludeDirs, ReadOnly: o.ReadOnly, Lint: o.Lint,
		State: o.state, Named: o.named, Hosting: o.hosting, Reload: o.reload, Parsing: func() { o.tell(stepParse) }}
}

// tell says that a step of the opening begins.
func (o Options) tell(s openStep) {
	if o.told != nil {
		o.told(s)
	}
}

// newKit makes what every component works with.
func newKit(doc *document.Session, opt Options) *kit {
	utf8 := !opt.ASCII && localeIsUTF8(os.Getenv)
	color := opt.Color == "always" || opt.Color != "never" && os.Getenv("NO_COLOR") == ""
	k := &kit{doc: doc, Pen: draw.NewPen(color, utf8), keys: newKeys(), utf8: utf8,
		out: opt.Out, notes: opt.Notes, demo: opt.Demo}
	if os.Getenv("TERM") == "linux" { // the console's fonts lack the triangle
		k.Glyphs.Mark = ">"
	}
	return k
}

// begin says and asks what a user should know before the first key.
func (a *app) begin() {
	greet(a)
	askAtOpening(a)
}

// askAtOpening asks what has to be known before anything is edited: what earlier sessions left, who else is here.
func askAtOpening(s stage) {
	askInterrupted(s)
	if offerRecovery(s); s.top() == nil {
		s.perform(offerDrafts{}) // what it does is done at once: nothing is edited yet
	}
	askEditors(s)
}

// askEditors asks whether to edit a file that another editor has open.
func askEditors(s stage) {
	k := s.tools()
	others := k.doc.Store.Set.Editors()
	if len(others) == 0 || k.doc.ReadOnly() != "" {
		return
	}
	d := &ask{kit: k, question: "Another editor has the file open: the save of one overwrites the other's"}
	for _, e := range others {
		d.details = append(d.details, k.show(e.String()))
	}
	d.answers = []answer{
		{"Look only", []action{lookOnly{others[0].String()}}},
		{"Edit it here, too", nil},
	}
	s.tell(say{})
	s.push(d)
}

// lookOnly edits nothing from here on.
type lookOnly struct{ why string }

func (a lookOnly) do(s stage) tea.Cmd { s.tools().doc.Store.Locked = a.why; return nil }

// greet says what a user should know before the first key.
func greet(s stage) {
	k := s.tools()
	if why := k.doc.ReadOnly(); why != "" {
		s.tell(say{"read-only: " + k.show(why), levelInfo})
		return
	}
	if w := append(slices.Clone(k.notes), k.doc.Store.Set.Warnings()...); len(w) > 0 {
		s.tell(say{k.show(strings.Join(w, "; ")), levelInfo})
	}
}

// summary is what the shell shows after the program.
func (a *app) summary(opt Options, k kept) Summary {
	var s Summary
	for _, line := range a.told.done {
		s.Saved = append(s.Saved, a.show(line))
	}
	if len(s.Saved) > 0 && !opt.Demo && a.told.served != a.doc.Saved {
		s.Reload = a.doc.Store.ReloadCommand(a.doc.Saved)
	}
	for _, line := range a.told.aside {
		s.Notes = append(s.Notes, a.show(line))
	}
	if a.told.closed != "" {
		s.Notes = append(s.Notes, a.told.closed)
	}
	if a.told.closed != "" && a.doc.Modified() {
		s.Notes = append(s.Notes, "not saved: "+strings.Join(a.doc.Titles(), ", "))
	}
	if note := k.note(opt); note != "" {
		s.Notes = append(s.Notes, a.show(note))
	}
	return s
}
