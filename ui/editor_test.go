package ui

import (
	"github.com/mailzone/mailzone/document"

	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// handOut begins the work of another editor on the zone file, as E does, without the editor.
func (u *user) handOut() *disk.Draft {
	u.t.Helper()
	f := u.app.doc.Zone().Root()
	d, err := disk.NewDraft(u.app.doc.Store.Set.Root(), f.Name(), f.Bytes())
	if err != nil {
		u.t.Fatal(err)
	}
	u.app.told.drafts = append(u.app.told.drafts, d)
	return d
}

// writes is what the other editor does: it replaces the first of a pair of texts by the second.
func (u *user) writes(d *disk.Draft, pairs ...string) {
	u.t.Helper()
	text, err := os.ReadFile(d.Path)
	if err != nil {
		u.t.Fatal(err)
	}
	if err := os.WriteFile(d.Path, []byte(strings.NewReplacer(pairs...).Replace(string(text))), 0o600); err != nil {
		u.t.Fatal(err)
	}
}

// edits replaces a text in the zone file, in the session.
func (u *user) edits(old, text string) {
	u.drain(u.app.perform(change{title: "meanwhile", edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		at := strings.Index(string(z.Root().Bytes()), old)
		return []zonefile.Edit{{File: z.Root(), Span: zonefile.Span{Start: uint32(at), End: uint32(at + len(old))}, New: text}}, nil
	}}))
}

// What becomes of the text that comes back from another editor, and of the draft.
func TestDraftComesBack(t *testing.T) {
	failed := exec.Command("false").Run()
	const line, mine, theirs = "--- the web", "mine", "theirs"
	for _, tt := range []struct {
		name      string
		meanwhile func(u *user)
		written   []string // pairs
		err       error
		keys      string
		has, not  string // of the zone on the screen
		kept      bool   // the draft
		says      string
	}{
		{name: "nothing was written", not: mine},
		{name: "nothing was written, and the editor failed", err: failed, not: mine},
		{name: "written", written: []string{line, mine}, has: mine},
		{name: "there is no such editor", err: exec.Command("/bin/sh", "-c", "no-such-editor").Run(), not: mine, says: "see what VISUAL or EDITOR names"},
		{name: "written, and the editor failed", written: []string{line, mine}, err: failed, not: mine, kept: true},
		{name: "it failed, and is taken over", written: []string{line, mine}, err: failed, keys: "t", has: mine},
		{name: "it failed, and is deleted", written: []string{line, mine}, err: failed, keys: "d", not: mine},
		{name: "another line was changed meanwhile", written: []string{line, mine},
			meanwhile: func(u *user) { u.edits("our own server", theirs) }, has: mine},
		{name: "all that can be was mended meanwhile", written: []string{line, mine}, meanwhile: func(u *user) { u.types("F enter") }, has: mine},
		{name: "the same was done meanwhile", written: []string{line, mine}, meanwhile: func(u *user) { u.edits(line, mine) }, has: mine},
		{name: "the line was changed meanwhile", written: []string{line, mine},
			meanwhile: func(u *user) { u.edits(line, theirs) }, has: theirs, not: mine, kept: true},
		{name: "one of two lines was changed meanwhile", written: []string{line, mine, "our own server", "ours"},
			meanwhile: func(u *user) { u.edits(line, theirs) }, keys: "t", has: "ours", not: mine, kept: true},
		{name: "read-only meanwhile", written: []string{line, mine},
			meanwhile: func(u *user) { u.app.doc.Store.Locked = "named writes it" }, not: mine, kept: true},
		{name: "no recovery log", written: []string{line, mine}, meanwhile: func(u *user) { u.app.doc.Journal.Close() }, has: mine, kept: true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			u := startUser(t)
			d := u.handOut()
			if tt.meanwhile != nil {
				tt.meanwhile(u)
			}
			u.writes(d, tt.written...)
			u.send(edited{draft: d, err: tt.err})
			if tt.kept && tt.keys == "" && !errors.Is(u.app.doc.Journal.Durable(), document.ErrNoLog) && !strings.Contains(u.screen(), "It is kept in") {
				t.Errorf("the draft is not named:\n%s", u.screen())
			}
			if !strings.Contains(u.screen(), tt.says) {
				t.Errorf("%q is not said:\n%s", tt.says, u.screen())
			}
			u.types(tt.keys)
			text := string(u.app.doc.Zone().Root().Bytes())
			if !strings.Contains(text, tt.has) || tt.not != "" && strings.Contains(text, tt.not) {
				t.Errorf("the zone is\n%s\n%s", text, u.screen())
			}
			_, err := os.Stat(d.Path)
			if kept := err == nil; kept != tt.kept {
				t.Errorf("the draft is kept: %t\n%s", kept, u.screen())
			}
			u.app.end(nil)
			if told := fmt.Sprint(u.app.told.aside); strings.Contains(told, d.Path) != tt.kept {
				t.Errorf("the shell is told %q", told)
			}
		})
	}
}

// A draft that a session left is offered to the next one until it is taken, and not again when it is in the zone.
func TestDraftIsOffered(t *testing.T) {
	u := startUser(t)
	d := u.handOut()
	u.writes(d, "the twin of mx2", "mine")
	u.reopen()
	if !strings.Contains(u.screen(), "An earlier session left what was written in another editor") {
		t.Fatalf("not offered:\n%s", u.screen())
	}
	u.types("l")
	u.reopen()
	u.types("t w w")
	if !strings.Contains(u.file("db.example.com"), "mine") {
		t.Errorf("not saved:\n%s", u.screen())
	}
	u.reopen()
	if _, err := os.Stat(d.Path); err == nil || len(u.app.dialogs) > 0 {
		t.Errorf("the draft is there: %v\n%s", err, u.screen())
	}
}

// When the program dies before the draft is removed, its edits are in the recovery log, too: they are not made twice.
func TestDraftAndLog(t *testing.T) {
	u := startUser(t)
	d := u.handOut()
	u.writes(d, "the twin of mx2", "mine")
	u.edits("the twin of mx2", "mine") // the change was made, and logged; the draft is still there
	d.Close()
	u.crash()
	u.types("r")
	if _, err := os.Stat(d.Path); err == nil || len(u.app.dialogs) > 0 {
		t.Errorf("the draft is there: %v\n%s", err, u.screen())
	}
	if text := string(u.app.doc.Zone().Root().Bytes()); strings.Count(text, "mine") != 1 {
		t.Error(text)
	}
}

// An editor is a word of the shell, as it is for git.
func TestShellCommand(t *testing.T) {
	dir := t.TempDir()
	script := filepath.Join(dir, "an editor")
	if err := os.WriteFile(script, []byte("#!/bin/sh\nfor a; do printf '<%s>' \"$a\"; done\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TOOL", script)
	for _, tt := range []struct{ editor, want string }{
		{"'" + script + "'", "<a 'file'>"},
		{`"$TOOL" -c 'set ft=bindzone'`, "<-c><set ft=bindzone><a 'file'>"},
		{`FOO=1 "$TOOL" -x;:`, "<-x>"},
		{`f() { "$TOOL" twice "$@"; }; f`, "<twice><a 'file'>"},
	} {
		out, err := shellCommand(tt.editor, "a 'file'", 3).CombinedOutput()
		if string(out) != tt.want || err != nil {
			t.Errorf("%s: %q, %v, want %q", tt.editor, out, err, tt.want)
		}
	}
	if args := shellCommand("vim -c 'set ft=bindzone'", "f", 3).Args; strings.Join(args[4:], " ") != "+3 f" {
		t.Errorf("vim gets %q", args)
	}
}

func TestEditorCommand(t *testing.T) {
	env := map[string]string{"VISUAL": " ", "EDITOR": "emacs -nw"}
	getenv := func(v string) string { return env[v] }
	if got, err := editorCommand(getenv); err != nil || got != "emacs -nw" {
		t.Errorf("%q, %v", got, err)
	}
	env["EDITOR"] = ""
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	if got, err := editorCommand(getenv); err == nil {
		t.Errorf("%q is started where there is no editor", got)
	}
	for _, name := range []string{"vi", "editor", "sensible-editor"} { // each goes before those that were there
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o700); err != nil {
			t.Fatal(err)
		}
		if got, err := editorCommand(getenv); err != nil || got != name {
			t.Errorf("%q instead of %s, %v", got, name, err)
		}
	}
	env["SUDO_USER"] = "somebody"
	if _, err := editorCommand(getenv); err == nil {
		t.Error("an editor is started under sudo")
	}
}

// An editor is given the line if the program behind its name takes one.
func TestTakesLine(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	t.Setenv("HOME", dir)
	for _, tt := range []struct {
		editor string
		real   string
		want   bool
	}{
		{"vim", "", true}, {"/usr/bin/vim.basic", "", true}, {"code", "", false}, {"nano-tiny", "", true}, {"ed", "", false},
		{"editor", "vim.tiny", true}, {"editor", "ed", false}, {"editor", "nano", true}, {"sensible-editor", "nano", true}, {"vi", "odd", true},
	} {
		os.Remove(filepath.Join(dir, "editor"))
		if tt.real != "" {
			if err := os.WriteFile(filepath.Join(dir, tt.real), nil, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(tt.real, filepath.Join(dir, "editor")); err != nil {
				t.Fatal(err)
			}
		}
		if got := takesLine(tt.editor); got != tt.want {
			t.Errorf("%s, which is %q, takes a line: %t", tt.editor, tt.real, got)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, ".selected_editor"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if takesLine("sensible-editor") {
		t.Error("who has chosen an editor for sensible-editor has it asked for a line")
	}
}
