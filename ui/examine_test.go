package ui

import (
	"github.com/mailzone/mailzone/document"

	"bytes"
	"fmt"
	"os"
	"slices"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// After an edit in a big zone what it can reach is told first, then the names are found anew, then all names are looked
// at for what rules count over the whole zone; and what is found about a version that has gone is not shown.
func TestExaminedInTurn(t *testing.T) {
	t.Chdir(t.TempDir())
	var src bytes.Buffer
	src.WriteString("$TTL 1d\n@ SOA ns1 hostmaster 7 8h 2h 4w 1h\n NS ns1\nns1 A 203.0.113.53\nmx1 A 203.0.113.9\nmx2 A 203.0.113.10\n")
	for i := range 3000 {
		fmt.Fprintf(&src, "n%d MX 10 mx1\n   TXT \"v=spf1 mx -all\"\n", i)
	}
	if err := os.WriteFile("db.example.com", src.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := openApp(Options{Path: "db.example.com", Origin: "example.com.", state: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.end(nil); a.doc.Store.Close() })
	if a.doc.Small() {
		t.Fatal("the zone is examined between two keys")
	}
	drain(a, examine(a))
	if !a.doc.Findings.Full || a.doc.Stale() {
		t.Fatal("the zone is not examined")
	}

	toMX2 := func(owner zonefile.Name) document.Change {
		return document.Change{Title: "another exchange", Make: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
			return z.Set(z.RRset(owner, zonefile.TypeMX)[0], zonefile.Exchange, "nowhere")
		}}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(a.doc.Change(toMX2("n7.example.com.")))
	reach := examine(a)
	must(a.doc.Change(toMX2("n8.example.com."))) // before anything is known about the first
	if examine(a) != nil {
		t.Error("two versions are examined at once")
	}
	msg := reach()
	if _, ok := msg.(checked); !ok {
		t.Fatalf("first comes %T", msg)
	}
	_, next := a.Update(msg)
	if !a.doc.Stale() {
		t.Error("what was found about the first edit is shown for the second")
	}
	_, next = a.Update(next())
	if a.doc.Stale() || a.doc.Findings.Full || !tellsOf(a, "mx-target-no-address", "n8.example.com.") {
		t.Error("what the edit reaches is not told first")
	}
	if tellsOf(a, "subdomain-mx-differs", "n8.example.com.") {
		t.Error("what counts over all names is told by what the edit reaches: the test shows nothing")
	}
	drain(a, next)
	if !a.doc.Findings.Full || !a.doc.Findings.Surveyed || !tellsOf(a, "subdomain-mx-differs", "n8.example.com.") {
		t.Error("what counts over all names does not follow")
	}
}

// drain carries commands out until there are none.
func drain(a *app, cmd tea.Cmd) {
	for cmd != nil {
		msg := cmd()
		if batch, several := msg.(tea.BatchMsg); several {
			for _, c := range batch {
				drain(a, c)
			}
			return
		}
		_, cmd = a.Update(msg)
	}
}

// tellsOf tells whether a rule's finding at a name is known.
func tellsOf(a *app, rule string, owner zonefile.Name) bool {
	return slices.ContainsFunc(a.doc.Findings.Problems, func(d *lint.Diagnostic) bool {
		return d.Rule.Name == rule && a.doc.Zone().RowAt(d.File, d.Span.Start).Owner() == owner
	})
}
