package ui

import (
	"github.com/mailzone/mailzone/document"

	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"

	"github.com/mailzone/mailzone/zonefile/disk"
)

// lockOf is the head of a lock file as vim writes it, of a process that runs on another host.
func lockOf(program string) []byte {
	b := make([]byte, 4096)
	copy(b, "b0"+program)
	binary.LittleEndian.PutUint32(b[24:], 4711)
	copy(b[28:], "root")
	copy(b[68:], "elsewhere")
	return b
}

// What another editor has open is looked at, or edited, as the user says.
func TestAnotherEditor(t *testing.T) {
	for keys, c := range map[string]struct{ shows, then string }{
		"enter": {"read-only", "vim 9.0 (root on elsewhere, process 4711) has the file open"},
		"e":     {"[+] 1", "deleted MX"},
	} {
		t.Run(keys, func(t *testing.T) {
			t.Chdir(t.TempDir())
			if err := os.WriteFile(".db.example.com.swp", lockOf("VIM 9.0"), 0o600); err != nil {
				t.Fatal(err)
			}
			u := newUser(t, "", demoZone)
			tells(t, u.app, "Another editor has the file open")
			tells(t, u.app, "vim 9.0 (root on elsewhere, process 4711)")
			u.types(keys)
			u.types("tab d")
			tells(t, u.app, c.shows)
			tells(t, u.app, c.then)
		})
	}
}

// A save that turns out not to be able to replace the file asks for consent to write into it, and then does.
func TestInPlaceThatWasNotForeseen(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", demoZone)
	u.types("tab d")
	sv, err := u.app.doc.Prepare(scriptTime())
	if err != nil {
		t.Fatal(err)
	}
	u.send(wrote{Saved: document.Saved{Saving: sv, Err: fmt.Errorf("the new file cannot keep the ACL: %w", disk.ErrInPlace)}})
	tells(t, u.app, "This file cannot be replaced, only written into")
	tells(t, u.app, "the new file cannot keep the ACL")
	u.types(`"save" enter`)
	tells(t, u.app, "saved, serial")
	if u.app.doc.Modified() {
		t.Error("it was not saved")
	}
}

// The file of a signer is not edited.
func TestSignedFile(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", append(demoZone[:len(demoZone):len(demoZone)], "www 3600 NSEC a.example.com. A\n"...))
	tells(t, u.app, "read-only: it is signed")
	u.types("tab d")
	if u.app.doc.Modified() {
		t.Error("it was edited")
	}
}

// What is no file is not waited for: the editor ends at once, with the place and the remedy.
func TestNoFile(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := errors.Join(syscall.Mkfifo("fifo", 0o600), os.Symlink("/dev/zero", "zero"), os.Mkdir("directory", 0o700)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"fifo", "zero", "directory"} {
		_, _, err := document.Open(document.Options{Path: path, Origin: "example.com.", State: t.TempDir()})
		if err == nil || !strings.HasSuffix(err.Error(), "not a file: name a zone file") {
			t.Errorf("%s: %v", path, err)
		}
	}
}
