package ui

// The name that is shown is one that the zone has: where one goes, its neighbour has the cursor, and undo brings it back.

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// Whatever name is deleted, the list has a row under the cursor, and its records are shown; u shows the name that comes back.
func TestNameThatGoes(t *testing.T) {
	u := newUser(t, "", []byte(lawZone))
	u.types("home A")
	for range len(u.app.names.rows()) {
		a := u.app
		was := a.name
		if u.types("d"); a.doc.At == 0 {
			u.types("j")
			continue
		}
		shown := a.names.rows()[a.names.list.Cursor].Name
		if a.name != shown || a.name == was || strings.Count(ansi.Strip(a.View()), a.Glyphs.Mark) != 1 {
			t.Fatalf("%s was deleted, and %s is shown, where the cursor is at %s:\n%s", was, a.name, shown, u.screen())
		}
		if u.types("u"); a.name != was || a.names.rows()[a.names.list.Cursor].Name != was {
			t.Fatalf("%s came back, and %s is shown:\n%s", was, a.name, u.screen())
		}
		u.types("j")
	}
}

// A zone without a record at its own name begins at its first name, and one that gets another name goes on at that.
func TestZoneWithoutApex(t *testing.T) {
	u := newUser(t, "", []byte("$TTL 1d\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n"))
	if u.types("esc"); !strings.Contains(u.screen(), u.app.Glyphs.Mark+" mx1") {
		t.Errorf("no name has the cursor:\n%s", u.screen())
	}
}

// In a big zone, too, where nobody looks for all comments, c does not lead from a name to its neighbour, whose record the next c would
// comment out.
func TestNameCommentedOutInBigZone(t *testing.T) {
	u := newUser(t, "", []byte(lawZone+strings.Repeat("; a line\n", 20000)))
	u.types(`A / "_sip" enter`)
	was := u.app.name
	if u.types("c"); u.app.doc.At != 1 || u.app.name != was {
		t.Fatalf("c led from %s to %s:\n%s", was, u.app.name, u.screen())
	}
	if u.types("c"); u.app.doc.At > 1 || u.app.name != was {
		t.Errorf("the next c was done to %s:\n%s", u.app.name, u.screen())
	}
}
