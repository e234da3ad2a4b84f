package ui

import (
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

// What leaves the program by other ways than a save: a copy of the edited file under another name, and text for
// the terminal's clipboard.

// outwards carries out the actions that lead out of the program, and hands the rest on.
func (a *app) outwards(act action) tea.Cmd {
	switch act := act.(type) {
	case saveElsewhere:
		return a.saveElsewhere(act.path)
	case copyText:
		return a.copyText(a.underCursor())
	default:
		a.move(act)
	}
	return nil
}

// askElsewhere asks for the other name.
func askElsewhere(k *kit) *entry {
	d := &entry{kit: k, heading: "Write the edited zone file to another, new file"}
	d.details = []string{"The zone file itself stays as the other program wrote it, and your edits stay here."}
	d.field = k.newField(partData, "file", "")
	d.field.check = func(path string) error {
		if path == "" {
			return errors.New("the name of a file that is not there yet")
		}
		return nil
	}
	d.accept = func(path string) []action { return []action{pop{}, saveElsewhere{path}} }
	return d
}

// elsewhere says how the writing of copies ended.
type elsewhere struct {
	paths []string // that were written
	err   error
}

// saveElsewhere writes the edited zone file in a command, and beside it the edited files that it includes.
func (a *app) saveElsewhere(path string) tea.Cmd {
	z, before, set := a.doc.zone(), a.doc.saved, a.doc.store.set
	return func() tea.Msg {
		var done elsewhere
		for f := range z.Files() {
			on, old, to := set.File(f.Name()), before.File(f.Name()), path
			switch {
			case on == nil:
				continue
			case f != z.Root() && old != nil && string(old.Bytes()) == string(f.Bytes()):
				continue
			case f != z.Root():
				to += "." + filepath.Base(f.Name())
			}
			if slices.Contains(done.paths, to) {
				continue // a file that is included twice
			}
			if done.err = on.WriteElsewhere(to, f.Bytes()); done.err != nil {
				break
			}
			done.paths = append(done.paths, to)
		}
		return done
	}
}

// wroteElsewhere tells how it ended.
func (a *app) wroteElsewhere(e elsewhere) {
	for _, path := range e.paths {
		a.aside = append(a.aside, "written: "+path)
	}
	if e.err != nil {
		a.complain(e.err)
		return
	}
	a.message = say{"written to " + a.show(strings.Join(e.paths, " and ")) + ": the edits are not in the zone file", levelGood}
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
		return string(f.Slice(f.Line(a.source.list.cursor + 1)))
	}
	return string(a.name)
}

// copyText hands text to the terminal's clipboard (OSC 52): only ever when it is asked for. It is written past the
// drawing, which it does not disturb.
func (a *app) copyText(text string) tea.Cmd {
	const most = 8 << 10 // what terminals take
	switch {
	case text == "":
		a.message = say{"nothing to copy is under the cursor", levelInfo}
		return nil
	case len(text) > most:
		a.message = say{"too long for the terminal's clipboard", levelInfo}
		return nil
	}
	a.message = say{"handed to the terminal's clipboard, if the terminal allows that: " + a.show(text), levelInfo}
	out := a.doc.store.opt.Out
	return func() tea.Msg {
		if _, err := io.WriteString(out, ansi.SetSystemClipboard(text)); err != nil {
			return unkept{err}
		}
		return nil
	}
}
