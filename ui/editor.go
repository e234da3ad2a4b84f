package ui

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/aymanbagabas/go-udiff"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/ui/wire"
	"github.com/mailzone/mailzone/zonefile"
)

// The user's own editor, on a copy: what comes back is edits like all others, with undo and review.

// editorCommand is the user's editor and its arguments, or why none is started.
func editorCommand(getenv func(string) string) ([]string, error) {
	if getenv("SUDO_USER") != "" {
		return nil, errors.New("not under sudo: the editor that the environment names might be another user's; use sudo -e")
	}
	for _, v := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(getenv(v)); len(words) > 0 {
			return words, nil
		}
	}
	return nil, errors.New("neither VISUAL nor EDITOR names an editor")
}

// takesLine tells whether an editor goes to a line that it is given as +N.
func takesLine(editor string) bool {
	return slices.Contains([]string{"vi", "vim", "nvim", "view", "nano", "emacs", "mg", "joe", "mcedit", "ne", "kak"}, filepath.Base(editor))
}

// edited brings the copy back from the editor.
type edited struct {
	dir  string
	path string
	file string         // in messages and in the zone
	of   *zonefile.Zone // the version that was copied
	err  error
}

// outside edits a copy in the user's own editor.
type outside struct{}

// do starts the editor on a copy of the file that the source pane shows.
func (outside) do(s stage) tea.Cmd {
	doc := s.tools().doc
	words, err := editorCommand(os.Getenv)
	if why := doc.readOnly(); err == nil && why != "" {
		err = errors.New("read-only: " + why)
	}
	if err != nil {
		s.complain(err)
		return nil
	}
	f, line := s.place()
	e := edited{file: f.Name(), of: doc.zone()}
	if e.dir, err = os.MkdirTemp("", "mailzone-edit-"); err != nil {
		s.complain(err)
		return nil
	}
	e.path = filepath.Join(e.dir, filepath.Base(f.Name()))
	if err := os.WriteFile(e.path, f.Bytes(), 0o600); err != nil {
		os.RemoveAll(e.dir)
		s.complain(err)
		return nil
	}
	if takesLine(words[0]) {
		words = append(words, fmt.Sprintf("+%d", line))
	}
	words = append(words, e.path)
	return wire.Exec(exec.Command(words[0], words[1:]...), func(err error) tea.Msg { e.err = err; return e })
}

// take makes the difference between the copy and the file a change.
func (e edited) take(s stage) tea.Cmd {
	defer os.RemoveAll(e.dir)
	if e.err != nil {
		s.complain(fmt.Errorf("the editor failed, nothing is changed: %w", e.err))
		return nil
	}
	text, err := os.ReadFile(e.path)
	if err != nil {
		s.complain(err)
		return nil
	}
	return s.perform(change{title: "edit in another editor", make: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		f := z.File(e.file)
		if z != e.of || f == nil {
			return nil, zonefile.ErrStale
		}
		return textEdits(f, string(text)), nil
	}})
}

// textEdits is the edits that make a file hold a text, by lines.
func textEdits(f *zonefile.File, text string) []zonefile.Edit {
	var out []zonefile.Edit
	for _, e := range udiff.Lines(string(f.Bytes()), text) {
		out = append(out, zonefile.Edit{File: f, Span: zonefile.Span{Start: uint32(e.Start), End: uint32(e.End)}, New: e.New})
	}
	return out
}
