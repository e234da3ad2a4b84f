package ui

// The user's own editor, on a draft: what comes back is edits like all others, with undo and review. What was written there
// is never thrown away but by the user: the draft goes when its text is the one that it began with, or when all its edits are
// in the session and in its recovery log. In every other case it stays, is named, and is offered when the zone is opened again.

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/wire"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// editorCommand is the user's editor as a word of the shell, with its arguments, or why none is started.
func editorCommand(getenv func(string) string) (string, error) {
	if getenv("SUDO_USER") != "" {
		return "", errors.New("not under sudo: the editor that the environment names might be another user's; use sudo -e")
	}
	for _, v := range []string{"VISUAL", "EDITOR"} {
		if word := getenv(v); strings.TrimSpace(word) != "" {
			return word, nil
		}
	}
	for _, name := range []string{"sensible-editor", "editor", "vi"} { // what a system has
		if _, err := exec.LookPath(name); err == nil {
			return name, nil
		}
	}
	return "", errors.New("neither VISUAL nor EDITOR names an editor, and there is no sensible-editor, editor or vi: set EDITOR")
}

// shellCommand starts an editor on a line of a file, by a shell, as git and visudo do: `vim -c 'set ft=bindzone'` is a command.
func shellCommand(editor, path string, line int) *exec.Cmd {
	args := []string{"-c", editor + ` "$@"`, editor}
	if takesLine(strings.Fields(editor)[0]) {
		args = append(args, fmt.Sprintf("+%d", line))
	}
	return exec.Command("/bin/sh", append(args, path)...)
}

// takesLine tells whether an editor goes to a line that it is given as +N. Of a name that stands for another program that
// program is asked about; who has chosen one for sensible-editor has it told nowhere else, so that it starts above.
func takesLine(editor string) bool {
	name := filepath.Base(editor)
	if name == "sensible-editor" {
		if home, err := os.UserHomeDir(); err == nil {
			if _, err := os.Stat(filepath.Join(home, ".selected_editor")); err == nil {
				return false
			}
		}
		editor = "editor"
	}
	if path, err := exec.LookPath(editor); err == nil {
		if program, err := filepath.EvalSymlinks(path); err == nil && !takesPlus(name) {
			name = filepath.Base(program)
		}
	}
	return takesPlus(name)
}

// takesPlus tells the programs that take a line so. Some are there in several builds, as vim.tiny.
func takesPlus(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	name = strings.TrimSuffix(name, "-tiny")
	return slices.Contains([]string{"vi", "vim", "nvim", "view", "nano", "emacs", "mg", "joe", "mcedit", "ne", "kak"}, name)
}

// external edits a file in the user's own editor: the one that the source pane shows, or a draft that is there.
type external struct{ draft *disk.Draft }

// do starts the editor.
func (a external) do(s stage) tea.Cmd {
	doc := s.tools().doc
	editor, err := editorCommand(os.Getenv)
	if why := doc.ReadOnly(); err == nil && why != "" {
		err = errors.New("read-only: " + why)
	}
	if err != nil {
		s.complain(err)
		return nil
	}
	e, line := edited{draft: a.draft}, 1
	if e.draft == nil {
		var f *zonefile.File
		f, line = s.place()
		if e.draft, err = doc.Store.NewDraft(f); err != nil {
			s.complain(err)
			return nil
		}
		s.outcome().drafts = append(s.outcome().drafts, e.draft)
	}
	return wire.Exec(shellCommand(editor, e.draft.Path, line), func(err error) tea.Msg { e.err = err; return e })
}

// edited brings the draft back from the editor.
type edited struct {
	draft *disk.Draft
	err   error // how the editor failed
}

// failed says how the editor failed. A shell that finds no such program ends with 127 (POSIX, Shell Command Language 2.8.2).
func (e edited) failed() string {
	var exit *exec.ExitError
	if errors.As(e.err, &exit) && exit.ExitCode() == 127 {
		return "the editor was not found (exit status 127): see what VISUAL or EDITOR names"
	}
	return fmt.Sprintf("the editor failed (%v)", e.err)
}

// take makes what was written a change, if the editor says that it is meant.
func (e edited) take(s stage) tea.Cmd {
	_, err := document.DraftText(e.draft)
	switch failed := e.failed(); {
	case errors.Is(err, document.ErrNothing):
		if e.err == nil {
			failed = document.ErrNothing.Error()
		}
		s.complain(errors.New(failed))
		return s.perform(dropDraft{e.draft})
	case err != nil:
		askDraft(s, e.draft, err.Error())
	case e.err != nil:
		askDraft(s, e.draft, failed)
	default:
		return s.perform(takeDraft{draft: e.draft})
	}
	return nil
}

// takeDraft makes what was written in a draft a change of the newest version, as after another program's change.
type takeDraft struct {
	draft   *disk.Draft
	without []string // the edits that the user knows to be left out
}

func (t takeDraft) do(s stage) tea.Cmd {
	doc, d := s.tools().doc, t.draft
	text, err := document.DraftText(d)
	fits := document.RebaseText(string(d.Base), text, doc.Zone().File(d.File))
	if err == nil { // a refusal is known before anything is changed
		_, err = doc.Zone().Apply(fits.Edits...)
	}
	switch why := doc.ReadOnly(); {
	case err != nil && !errors.Is(err, document.ErrNothing):
		askDraft(s, d, err.Error())
		return nil
	case why != "":
		askDraft(s, d, "read-only: "+why)
		return nil
	case !slices.Equal(fits.Lost, t.without):
		askLostDraft(s, d, fits)
		return nil
	case document.Idle(fits.Edits):
		s.complain(document.ErrNothing)
		return inSession(s, d)
	}
	cmd := s.perform(change{title: "edit in another editor",
		edits: func(*zonefile.Zone) ([]zonefile.Edit, error) { return fits.Edits, nil }})
	if len(fits.Lost) > 0 {
		return cmd
	}
	return tea.Batch(cmd, inSession(s, d))
}

// inSession makes the edits of a draft durable, after which the draft is not needed any more.
func inSession(s stage, d *disk.Draft) tea.Cmd {
	doc := s.tools().doc
	if !doc.Modified() { // they are in the file
		return s.perform(dropDraft{d})
	}
	return func() tea.Msg {
		if doc.Journal.Durable() != nil {
			return nil // the draft is all that would survive
		}
		return dropDraft{d}
	}
}

// dropDraft removes a draft.
type dropDraft struct{ draft *disk.Draft }

func (t dropDraft) do(s stage) tea.Cmd {
	told := s.outcome()
	told.drafts = slices.DeleteFunc(told.drafts, func(d *disk.Draft) bool { return d == t.draft })
	if err := document.DropDraft(t.draft); err != nil {
		s.complain(err)
	}
	return nil
}

func (t dropDraft) take(s stage) tea.Cmd { return t.do(s) }

// askDraft asks what to do about a draft that is not in the zone.
func askDraft(s stage, d *disk.Draft, why ...string) *ask {
	k := s.tools()
	q := &ask{kit: k, question: "What was written in the other editor is not in the zone"}
	for _, w := range why {
		q.details = append(q.details, k.show(w))
	}
	q.details = append(q.details, "It is kept in "+k.show(d.Path))
	q.answers = []answer{
		{"Leave it there", nil},
		{"Take it over", []action{takeDraft{draft: d}}},
		{"Open it again", []action{external{d}}},
		{"Delete it", []action{dropDraft{d}}},
	}
	s.push(q)
	return q
}

// askLostDraft asks about a draft of which edits touch lines that were changed here meanwhile.
func askLostDraft(s stage, d *disk.Draft, r document.Rebased) {
	k := s.tools()
	q := askDraft(s, d, append([]string{"These lines were changed here meanwhile:"}, k.lostLines(r.Lost)...)...)
	q.answers[1] = answer{"Take the others over", []action{takeDraft{d, r.Lost}}}
	if len(r.Edits) == 0 {
		q.answers = slices.Delete(q.answers, 1, 2)
	}
}

// offerDrafts asks about drafts that earlier sessions left.
type offerDrafts struct{}

func (offerDrafts) do(s stage) tea.Cmd {
	k := s.tools()
	told := s.outcome()
	if k.doc.ReadOnly() != "" {
		return nil // they stay for a session that can take them
	}
	left, err := k.doc.Store.Drafts()
	if err != nil {
		return nil // no state directory: the recovery log has told so
	}
	var cmds []tea.Cmd
	for _, d := range left {
		text, err := document.DraftText(d)
		if err != nil {
			document.ForgetDraft(d, k.doc.Now())
			continue
		}
		told.drafts = append(told.drafts, d)
		fits := document.RebaseText(string(d.Base), text, k.doc.Zone().File(d.File))
		if len(fits.Lost) == 0 && document.Idle(fits.Edits) { // it came in, and the draft was to go
			cmds = append(cmds, inSession(s, d))
			continue
		}
		q := askDraft(s, d, append([]string{"Begun at " + d.Time.Format("2006-01-02 15:04:05")}, k.changedLines(fits.Edits)...)...)
		q.question = "An earlier session left what was written in another editor"
	}
	return tea.Batch(cmds...)
}

// leaveDrafts tells where the drafts are that were not taken over, and leaves them. Of the sample zone nothing is left.
func (o *outcome) leaveDrafts(sample bool) {
	for _, d := range o.drafts {
		if document.LeaveDraft(d) && !sample {
			o.aside = append(o.aside, "what was written in the other editor is kept: "+d.Path)
		}
	}
	o.drafts = nil
}
