package ui

// What leaves the program by other ways than a save: a copy of the edited file under another name, and text for
// the terminal's clipboard.

import (
	"cmp"
	"errors"
	"io"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

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

// saveElsewhere writes a copy of the edited file.
type saveElsewhere struct{ path string }

// do writes the edited zone file in a command, and beside it the edited files that it includes.
func (a saveElsewhere) do(s stage) tea.Cmd {
	doc, path := s.tools().doc, a.path
	z, before, st := doc.Zone(), doc.Saved, doc.Store
	return func() tea.Msg {
		var done elsewhere
		done.paths, done.err = st.WriteElsewhere(path, z, before)
		return done
	}
}

// take tells how it ended.
func (e elsewhere) take(s stage) tea.Cmd {
	for _, path := range e.paths {
		s.outcome().aside = append(s.outcome().aside, "written: "+path)
	}
	if e.err != nil {
		s.complain(e.err)
		return nil
	}
	s.tell(say{"written to " + s.tools().show(strings.Join(e.paths, " and ")) + ": the edits are not in the zone file", levelGood})
	return nil
}

// copyText hands a text to the terminal's clipboard, or what is under the cursor.
type copyText struct {
	text   string
	called string // what is said of it in the place of all of it; "" for the text itself
}

// clipboard is how many bytes terminals take.
const clipboard = 8 << 10

// do hands the text over (OSC 52): only ever when it is asked for. It is written past the drawing, which it does not
// disturb.
func (c copyText) do(s stage) tea.Cmd {
	k, text := s.tools(), c.text
	if text == "" {
		text = s.underCursor()
	}
	switch {
	case text == "":
		s.tell(say{"nothing to copy is under the cursor", levelInfo})
		return nil
	case len(text) > clipboard:
		s.tell(say{"too long for the terminal's clipboard", levelInfo})
		return nil
	}
	s.tell(say{"handed to the terminal's clipboard, if the terminal allows that: " + k.show(cmp.Or(c.called, text)), levelInfo})
	out := k.out
	return func() tea.Msg {
		if _, err := io.WriteString(out, ansi.SetSystemClipboard(text)); err != nil {
			return unkept{err}
		}
		return nil
	}
}
