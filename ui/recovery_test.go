package ui

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// The recovery log where it does not fit the file any more, because a save or another program came between.

// startUser opens the sample zone in a directory of its own.
func startUser(t *testing.T) *user {
	t.Helper()
	t.Chdir(t.TempDir())
	return newUser(t, "", demoZone)
}

// crash ends the program as a power failure does, and starts it again.
func (u *user) crash() {
	u.app.doc.Journal.Close()
	u.app.doc.Store.Close()
	u.open()
}

// appendLine adds a line at the end of the zone: an edit that replaces nothing, and so would fit any file.
func (u *user) appendLine(line string) {
	u.drain(u.app.perform(change{title: "a line", edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		end := uint32(z.Root().Size())
		return []zonefile.Edit{{File: z.Root(), Span: zonefile.Span{Start: end, End: end}, New: line}}, nil
	}}))
}

// wantNoLog checks that nothing can be recovered, and that new edits are logged.
func (u *user) wantNoLog() {
	u.t.Helper()
	if _, err := disk.Recover("db.example.com", disk.Options{StateDir: u.opt.state}); !errors.Is(err, fs.ErrNotExist) {
		u.t.Errorf("the recovery log is there: %v", err)
	}
	if len(u.app.dialogs) > 0 || u.app.doc.Modified() || !u.app.doc.Journal.Keeps() {
		u.t.Errorf("%d dialogs, modified %t, a log %t", len(u.app.dialogs), u.app.doc.Modified(), u.app.doc.Journal.Keeps())
	}
}

// The machine stops after a save and before its log is removed: the edits must not be made twice.
func TestCrashAfterASave(t *testing.T) {
	u := startUser(t)
	u.appendLine("mx9\tIN\tA\t192.0.2.9\n")
	sv, err := u.app.doc.Prepare(scriptTime())
	if err != nil {
		t.Fatal(err)
	}
	if s := sv.Run(); s.Err != nil {
		t.Fatal(s.Err)
	}
	saved := u.file("db.example.com")
	u.crash()
	u.wantNoLog()
	if got := string(u.app.doc.Zone().Root().Bytes()); got != saved || strings.Count(got, "mx9\t") != 1 {
		t.Errorf("in hand is\n%s", got)
	}
}

// Edits that were all taken back leave nothing to ask about.
func TestCrashAfterUndo(t *testing.T) {
	u := startUser(t)
	u.types("tab d d u u")
	u.crash()
	u.wantNoLog()
}

// Another program changes the file before the edits are restored: they are taken over, as after a conflict.
func TestRecoveryInAChangedFile(t *testing.T) {
	u := startUser(t)
	u.appendLine("mx9\tIN\tA\t192.0.2.9\n")
	mine := string(u.app.doc.Zone().Root().Bytes())
	if err := os.WriteFile("db.example.com", append([]byte("; new at the top\n"), demoZone...), 0o600); err != nil {
		t.Fatal(err)
	}
	u.crash()
	u.types("r")
	if got := string(u.app.doc.Zone().Root().Bytes()); got != "; new at the top\n"+mine {
		t.Errorf("in hand is\n%s", got)
	}
	u.crash()
	u.types("r")
	if got := string(u.app.doc.Zone().Root().Bytes()); got != "; new at the top\n"+mine {
		t.Errorf("after a second crash, in hand is\n%s", got)
	}
}

// The file is replaced, and another mailzone has the new one open when the edits are to be taken over: they stay, and can be
// taken over later.
func TestTakeOverOfABusyFile(t *testing.T) {
	u := startUser(t)
	u.appendLine("mx9\tIN\tA\t192.0.2.9\n")
	mine := u.app.doc.Zone()
	err := os.WriteFile("new", append([]byte("; new at the top\n"), demoZone...), 0o600)
	if err == nil {
		err = os.Rename("new", "db.example.com")
	}
	if err != nil {
		t.Fatal(err)
	}
	other, err := disk.Open("db.example.com", disk.Options{StateDir: u.opt.state})
	if err != nil {
		t.Fatal(err)
	}
	u.types("w w t")
	if u.app.doc.Zone() != mine || len(u.app.dialogs) != 1 || !strings.Contains(u.screen(), "another mailzone") {
		t.Errorf("while the file is busy:\n%s", u.screen())
	}
	u.types("esc w t")
	if u.app.doc.Zone() != mine {
		t.Error("the edits are gone")
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	u.types("t w w")
	if got := u.file("db.example.com"); !strings.HasPrefix(got, "; new at the top\n") || strings.Count(got, "mx9\t") != 1 {
		t.Errorf("saved is\n%s\n%s", got, u.screen())
	}
}
