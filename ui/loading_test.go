package ui

import (
	"github.com/mailzone/mailzone/document"

	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// bigZone is a zone that is too big to be examined between two keys.
func bigZone() []byte {
	var b strings.Builder
	b.WriteString("$TTL 1d\n@ SOA ns1 hostmaster 7 8h 2h 4w 1h\n NS ns1\nns1 A 192.0.2.53\nmx A 192.0.2.10\n")
	for i := 0; b.Len() <= document.AtOnce; i++ {
		fmt.Fprintf(&b, "n%d MX 10 mx\n", i)
	}
	return []byte(b.String())
}

// bigOptions writes a big zone to a new directory.
func bigOptions(t *testing.T) Options {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("db.example.com", bigZone(), 0o600); err != nil {
		t.Fatal(err)
	}
	opt := Options{Path: "db.example.com", Origin: "example.com.", state: t.TempDir(), ASCII: true}
	opt.Asking.Named = func(*zonefile.Zone, string, *server.Watch) server.Opinion { return server.Opinion{} }
	return opt
}

// tells looks for a text on the screen of a model.
func tells(t *testing.T, m tea.Model, want string) {
	t.Helper()
	if view := ansi.Strip(m.View()); !strings.Contains(view, want) {
		t.Errorf("%q is not on the screen:\n%s", want, view)
	}
}

// The screen says how far the reading is, and keys answer while it goes on: its steps come from the channel
// when the test wants them.
func TestOpening(t *testing.T) {
	opt := bigOptions(t)
	o := newOpening(opt)
	o.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	tells(t, o, "1 of 3: reading 65 kB")
	tells(t, o, ".....")

	o.Update(runeKey('?'))
	tells(t, o, "WHILE THE ZONE IS READ")
	o.events <- stepParse
	o.Update(o.next())
	o.Update(tea.KeyMsg{Type: tea.KeyEsc})
	tells(t, o, "2 of 3: parsing 65 kB")
	tells(t, o, "####")
	for _, r := range "adwx:" { // they have no zone to work on
		if _, cmd := o.Update(runeKey(r)); cmd != nil {
			t.Errorf("the key %c does something", r)
		}
	}
	_, cmd := o.Update(runeKey('q'))
	if _, ok := cmd().(tea.QuitMsg); !ok {
		t.Error("q does not quit")
	}
	if s, err := o.end(opt, nil); s.String() != "" || err != nil {
		t.Errorf("nothing was opened, and the shell shows %q, %v", s, err)
	}
}

// A big zone is read in three steps, and the editor that takes over knows who receives mail.
func TestOpeningBigZone(t *testing.T) {
	opt := bigOptions(t)
	o := newOpening(opt)
	o.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	o.begin(opt)
	var m tea.Model = o
	var steps []openStep
	for m == tea.Model(o) {
		msg := o.next()
		if s, ok := msg.(openStep); ok {
			steps = append(steps, s)
		}
		m, _ = m.Update(msg)
		if m == tea.Model(o) {
			m.View()
		}
	}
	defer o.giveUp()
	if len(steps) != 2 || steps[0] != stepParse || steps[1] != stepMap {
		t.Errorf("steps %v", steps)
	}
	a, ok := m.(*app)
	if !ok || a.width != 80 || len(a.doc.Findings.Names) < 1000 {
		t.Fatalf("not the editor of the zone: %T", m)
	}
	tells(t, a, "n1")
	if a.doc.Findings.Checked {
		t.Error("the names wait for the problems")
	}
	if _, err := o.end(opt, nil); err != nil {
		t.Error(err)
	}
}

// A file that cannot be read ends the program with the reason.
func TestOpeningFails(t *testing.T) {
	opt := Options{Path: "missing", Origin: "example.com.", state: t.TempDir()}
	t.Chdir(t.TempDir())
	o := newOpening(opt)
	o.begin(opt)
	_, cmd := o.Update(o.next())
	if _, ok := cmd().(tea.QuitMsg); !ok {
		t.Error("the program goes on without a zone")
	}
	if _, err := o.end(opt, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the error is %v", err)
	}
}
