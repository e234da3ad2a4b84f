package ui

import (
	"os"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile/disk"
)

// A file system that hangs keeps a look at the files, and no key. The look goes on when the file system does.
func TestHangingLook(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", demoZone)
	begun, released := make(chan bool), make(chan bool)
	hang := true
	u.app.doc.Store.Opt.Sight = func(name string) (disk.Stamp, error) {
		if hang {
			hang = false
			close(begun)
			<-released
		}
		return disk.Sight(name)
	}
	came := make(chan tea.Msg)
	_, look := u.app.Update(timeToLook{})
	go func() { came <- look() }()
	<-begun
	u.types("enter j d")
	if got := u.screen(); !strings.Contains(got, "[+] 1") {
		t.Errorf("a key did nothing while the file system hung:\n%s", got)
	}
	u.overwrite()
	close(released)
	u.send(<-came)
	if got := u.screen(); !strings.Contains(got, "changed on disk") || !strings.Contains(got, "[+] 1") {
		t.Errorf("after it has hung:\n%s", got)
	}
}

// overwrite is another program that writes another address into the file.
func (u *user) overwrite() {
	if err := os.WriteFile("db.example.com", []byte(strings.Replace(string(demoZone), "192.0.2.11", "192.0.2.12", 1)), 0o600); err != nil {
		u.t.Fatal(err)
	}
}

// A look is begun when the one before it has ended, and changes nothing on the screen where nobody has written.
func TestOneLookAtATime(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", demoZone)
	u.app.watch = time.Hour
	before := u.app.View()
	_, look := u.app.Update(timeToLook{})
	if m, ok := look().(looked); !ok || m.Changed {
		t.Fatalf("%#v", m)
	} else if _, next := u.app.Update(m); next == nil {
		t.Error("nobody looks again")
	}
	if after := u.app.View(); after != before {
		t.Errorf("a look changes the screen:\n%s", after)
	}
	u.app.running.busy = true
	if _, wait := u.app.Update(timeToLook{}); wait == nil || u.app.message.text != "" {
		t.Error("while a file is saved, the next look is not waited for")
	}
}

// Another time of a file, or another inode with the same bytes, is no change: nothing is read, and what can be undone stays.
func TestTouchedFileIsTheSame(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", demoZone)
	u.types("enter d u")
	u.send(timeToLook{})
	if err := os.Rename("db.example.com", "old"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("db.example.com", demoZone, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		u.send(timeToLook{})
		if u.app.doc.Elsewhere() || len(u.app.doc.Versions) != 2 {
			t.Errorf("changed %v, %d versions", u.app.doc.Elsewhere(), len(u.app.doc.Versions))
		}
	}
	if err := os.Remove("db.example.com"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		u.send(timeToLook{})
		if got := u.screen(); !strings.Contains(got, "changed on disk") || !u.app.doc.Elsewhere() {
			t.Errorf("a file that is gone:\n%s", got)
		}
	}
	u.types("ctrl+r")
	if got := u.screen(); !strings.Contains(got, "[+] 1") {
		t.Errorf("nothing can be edited:\n%s", got)
	}
}

// Who chose to look only still does when the file is read again by itself; who reads it again is asked again.
func TestLookOnlyStays(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", demoZone)
	u.app.perform(lookOnly{"an editor has it open"})
	u.overwrite()
	u.send(timeToLook{})
	if why := u.app.doc.ReadOnly(); why != "an editor has it open" || !strings.Contains(u.screen(), "read again: 1 line changed") {
		t.Errorf("read-only because %q:\n%s", why, u.screen())
	}
	u.types(`: "e" enter`)
	if why := u.app.doc.ReadOnly(); why != "" {
		t.Errorf("read again, and read-only: %s", why)
	}
}
