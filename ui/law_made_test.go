package ui

// Records that no line of a file is: what a $GENERATE makes, and what stands in a file that is included twice. What is said of them,
// and which keys are offered, is true of them.

import (
	"os"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// madeZone has records that a $GENERATE makes and records that two lines include, with problems above and at them.
const madeZone = `$TTL 1d
@ SOA ns1 hostmaster 1 8h 2h 4w 1h
 NS ns1
 NS ns2.example.net.
 MX 10 192.0.2.1
 MX 20 gone
 MX 30 ns1
ns1 A 192.0.2.53
; a comment, so that places in the file are others than in what is made
$GENERATE 1-3 made$ MX 10.nowhere$
$GENERATE 1-3 host$ A 192.0.2.$
$GENERATE 2-3 host$ AAAA 2001:db8::$
$INCLUDE twice.db one
$INCLUDE twice.db two
last MX 10 host1
`

// Whatever record is under the cursor, SOURCE shows its line or that of its $GENERATE, the list says that line's number, problems are
// those of that line, and a key for records is offered just where the line can be changed.
func TestRecordsThatAreMade(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("twice.db", []byte("mail A 192.0.2.77\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	u := newUser(t, "size: 120x40\n", []byte(madeZone))
	u.types("home A")
	a, made, fixed := u.app, 0, 0
	for _, n := range a.names.rows() {
		a.name = n.Name
		a.names.find(n.Name)
		a.focus(paneRecords)
		a.View()
		for row := range a.records.rows {
			a.records.list.Cursor = row
			a.perform(a.records.chosen()...)
			r := a.records.record()
			if r.IsZero() || r.Type() == zonefile.TypeSOA {
				continue
			}
			what, home := string(r.Owner())+" "+r.Type().String(), r.Row().Home()
			at := document.SpotOf(r)
			if document.SpotOfRow(a.source.row()) != at {
				t.Errorf("%s: SOURCE is at %q, want %q", what, a.source.row().Text(), home.Text())
			}
			if r.Type() == zonefile.TypeMX {
				shown := strings.Fields(strings.SplitN(strings.Split(u.screen(), "\n")[row+2], "│", 2)[1])
				if line := itoa(home.File().Position(at.Off).Line); shown[len(shown)-1] != line {
					t.Errorf("%s: line %s is shown as %q", what, line, shown)
				}
			}
			for _, d := range a.doc.Findings.At(r) {
				if d.File.Name() != at.File || d.Span.Start < at.Off || d.Span.Start >= home.Span().End {
					t.Errorf("%s: a problem of another line: %s", what, d.String())
				}
			}
			can := r.File().ReadOnly() == ""
			if home != r.Row() {
				made++
			}
			for _, key := range []string{"e", "d", "c"} {
				if got := u.offered(key); got != can {
					t.Errorf("%s: %s is offered: %v", what, key, got)
				}
				if can {
					continue
				}
				fixed++
				u.types(key)
				if why := a.message.text; a.top() != nil || !strings.Contains(why, "$GENERATE") && !strings.Contains(why, "included more than once") {
					t.Fatalf("%s: %s says %q:\n%s", what, key, why, u.screen())
				}
			}
		}
	}
	if made < 8 || fixed < 3*(made+2) {
		t.Errorf("%d records that are made, %d keys that cannot change one", made, fixed)
	}
}
