package ui

import (
	"encoding/binary"
	"os"
	"testing"
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
		"e":     {"[+] 1 edit", "delete MX"},
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

// The file of a signer is not edited.
func TestSignedFile(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", append(demoZone[:len(demoZone):len(demoZone)], "www 3600 NSEC a.example.com. A\n"...))
	tells(t, u.app, "read-only: it is signed")
	u.types("tab d")
	if u.app.doc.modified() {
		t.Error("it was edited")
	}
}
