// Package ui is the Bubble Tea program: the editor that a user sees.
//
// One model at the root routes messages and carries out actions. Panes and dialogs are plain structs
// behind one small interface; they change only themselves and return actions for the rest. An action carries
// itself out on the stage, which is the root: see stage.go. The document (a session) knows nothing of terminals. Keys, styles and the places of things stand in one file each.
//
// Text from the file reaches the screen through (*kit).show alone.
package ui

import (
	"errors"
	"os"

	tea "github.com/charmbracelet/bubbletea"
	xterm "github.com/charmbracelet/x/term"

	"github.com/mailzone/mailzone/ui/term"
	"github.com/mailzone/mailzone/ui/wire"
)

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
	if opt.Demo { // no named serves the sample zone
		opt.Asking.Hosting, opt.Asking.Placed, opt.Asking.Reload = nil, nil, nil
	}
	v := newStay(opt)
	if v.opening.err != nil {
		return v.end(nil)
	}
	programOptions := []tea.ProgramOption{tea.WithAltScreen()}
	if opt.Mouse {
		programOptions = append(programOptions, tea.WithMouseCellMotion())
	}
	_, err := wire.Run(v.model, opt.In, opt.Out, programOptions...)
	return v.end(err)
}
