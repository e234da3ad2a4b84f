package document

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

const sessionZone = `$TTL 1d
@ SOA ns1 hostmaster 2026112101 8h 2h 4w 1h
  NS ns1
  MX 10 mx1
  MX 20 mx2
ns1 A 192.0.2.53
mx1 A 192.0.2.10
mx2 A 192.0.2.11
`

// testSession is a document that is in no file.
func testSession(t *testing.T) *Session {
	t.Helper()
	return NewSession(zonefile.Parse("db.example.com", []byte(sessionZone), zonefile.Options{Origin: "example.com."}), nil)
}

// deleteMX is a change that deletes the first MX of the apex.
func deleteMX() Change {
	return Change{Title: "delete", Make: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		return z.Delete(z.RRset(z.Origin(), zonefile.TypeMX)[0])
	}}
}

// mustChange makes a change that has to succeed.
func mustChange(t *testing.T, s *Session, c Change) {
	t.Helper()
	if err := s.Change(c); err != nil {
		t.Fatal(err)
	}
}

func text(s *Session) string { return string(s.Zone().Root().Bytes()) }

func TestUndoGoesBackToTheSameBytes(t *testing.T) {
	s := testSession(t)
	mustChange(t, s, deleteMX())
	changed := text(s)
	if !s.Modified() || s.Edits() != 1 || strings.Contains(changed, "mx1\n  MX") {
		t.Fatalf("after a change: modified %v, edits %d", s.Modified(), s.Edits())
	}
	if _, err := s.Undo(); err != nil || s.Modified() || text(s) != sessionZone {
		t.Errorf("after undo: %v, modified %v", err, s.Modified())
	}
	if _, err := s.Redo(); err != nil || text(s) != changed {
		t.Errorf("after redo: %v", err)
	}
	if _, err := s.Redo(); err == nil {
		t.Error("redo found something beyond the last change")
	}
}

func TestModifiedIsAComparison(t *testing.T) {
	s := testSession(t)
	set := func(n string) Change {
		return Change{Make: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
			return z.Set(z.RRset(z.Origin(), zonefile.TypeMX)[0], zonefile.Preference, n)
		}}
	}
	mustChange(t, s, set("15"))
	mustChange(t, s, set("10"))
	if s.Modified() {
		t.Error("a value that is what it was counts as modified")
	}
	if err := s.Change(set("10")); !errors.Is(err, ErrNothing) {
		t.Errorf("a change of nothing: %v", err)
	}
}

func TestAChangeForgetsWhatWasUndone(t *testing.T) {
	s := testSession(t)
	mustChange(t, s, deleteMX())
	if _, err := s.Undo(); err != nil {
		t.Fatal(err)
	}
	mustChange(t, s, deleteMX())
	if _, err := s.Redo(); err == nil || len(s.Versions) != 2 {
		t.Errorf("redo after a new change: %v, %d versions", err, len(s.Versions))
	}
}

// saveSession does what a save does to a document, but for the disk.
func saveSession(t *testing.T, s *Session, now time.Time) {
	t.Helper()
	z := s.Zone()
	edits, err := z.RaiseSerial(s.Saved, zonefile.SerialAuto, now)
	if err != nil {
		t.Fatal(err)
	}
	next, err := z.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	s.Wrote(z, next)
}

func TestSerialRisesWithEverySave(t *testing.T) {
	s := testSession(t)
	var serials []uint32
	note := func() {
		n, _ := s.Saved.Serial()
		serials = append(serials, n)
	}
	mustChange(t, s, deleteMX())
	saveSession(t, s, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	note()
	for range 2 { // what was saved is undone, with its old serial, and saved again
		if _, err := s.Undo(); err != nil {
			t.Fatal(err)
		}
		saveSession(t, s, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
		note()
		if _, err := s.Redo(); err != nil {
			t.Fatal(err)
		}
		saveSession(t, s, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
		note()
	}
	if want := []uint32{2026112201, 2026112202, 2026112203, 2026112204, 2026112205}; !slices.Equal(serials, want) {
		t.Errorf("serials %d, want %d", serials, want)
	}
}

func TestSavedVersionIsNotModified(t *testing.T) {
	s := testSession(t)
	mustChange(t, s, deleteMX())
	saveSession(t, s, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	if s.Modified() || s.Edits() != 0 {
		t.Errorf("after a save: modified %v, edits %d", s.Modified(), s.Edits())
	}
	if _, err := s.Undo(); err != nil || !s.Modified() || s.Edits() != 1 {
		t.Errorf("undo beyond a save: %v, modified %v, edits %d", err, s.Modified(), s.Edits())
	}
	if _, err := s.Redo(); err != nil || s.Modified() {
		t.Errorf("redo to a save: %v, modified %v", err, s.Modified())
	}
}

func TestSerialRaisedByHandStays(t *testing.T) {
	s := testSession(t)
	mustChange(t, s, Change{Make: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		soa, _ := z.SOA()
		return z.Set(soa, zonefile.Serial, "2026112299")
	}})
	saveSession(t, s, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	if n, _ := s.Saved.Serial(); n != 2026112299 {
		t.Errorf("serial %d", n)
	}
}

func TestFindingsOfAnotherVersionAreDropped(t *testing.T) {
	s := testSession(t)
	old := Survey(s.Zone(), false).Check(s.Saved, Base{Rules: s.Examining(s.Saved)})
	mustChange(t, s, deleteMX())
	if s.Found(old) || !s.Stale() {
		t.Error("findings of an older version were taken")
	}
	if !s.Found(Survey(s.Zone(), false).Check(s.Saved, s.From())) || s.Stale() {
		t.Error("findings of the version on the screen were dropped")
	}
}

// A command is told only where named is known to have the file; where it is not known, that is said.
func TestLeftToDo(t *testing.T) {
	for want, h := range map[string]server.Hosting{
		"whether a name server has this file is not known":                             {},
		"left to do: rndc reload example.com":                                          {Zone: "example.com", Type: "primary", Unable: "rndc: connection refused"},
		"left to do: rndc thaw example.com IN inside":                                  {Zone: "example.com", Type: "primary", Frozen: true, Views: []string{"inside"}},
		"no name server of this machine is known to have this file: no rndc":           {Zone: "example.com", Unable: "no rndc"},
		"no name server of this machine is known to have this file: read from /other":  {Zone: "example.com", Views: []string{""}, Unable: "read from /other"},
		"no name server of this machine is known to have this file: no name for rndc.": {Unable: "no name for rndc."},
	} {
		if got := (&Store{Hosting: h}).LeftToDo().String(); got != want {
			t.Errorf("%+v: %q, want %q", h, got, want)
		}
	}
}

// What the examination of an edit starts from must not show: after any edit, undo and redo the problems are
// those that a fresh start finds.
func TestFindingsAfterEdits(t *testing.T) {
	s := testSession(t)
	examine := func() {
		t.Helper()
		f := Survey(s.Zone(), false).Check(s.Saved, s.From())
		s.Found(f)
		fresh := Survey(s.Zone(), false).Check(s.Saved, Base{Rules: s.Examining(s.Saved)})
		if got, want := problemTexts(f), problemTexts(fresh); !slices.Equal(got, want) {
			t.Errorf("after edits\n%s\nfresh\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	examine()
	mustChange(t, s, deleteMX())
	examine()
	mustChange(t, s, Change{Make: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		return z.Delete(z.RRset("mx2.example.com.", zonefile.TypeA)...)
	}})
	examine()
	for _, step := range []func() (Version, error){s.Undo, s.Undo, s.Redo} {
		if _, err := step(); err != nil {
			t.Fatal(err)
		}
		examine()
	}
}

// An ignore runs out at midnight, also while the program runs.
func TestIgnoreRunsOut(t *testing.T) {
	src := strings.Replace(sessionZone, "  MX 20 mx2\n", "  MX 20 gone ; lint:ignore mx-target-no-address until 2026-11-22\n", 1)
	s := NewSession(zonefile.Parse("db.example.com", []byte(src), zonefile.Options{Origin: "example.com."}), nil)
	told := func() bool {
		s.Found(Survey(s.Zone(), false).Check(s.Saved, s.From()))
		return strings.Contains(strings.Join(problemTexts(s.Findings), "\n"), "[mx-target-no-address]")
	}
	s.Now = func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }
	if told() {
		t.Error("an ignored problem is told on the last day")
	}
	mustChange(t, s, deleteMX())
	if told() {
		t.Error("an ignored problem is told after an edit")
	}
	s.Now = func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC).AddDate(0, 0, 1) }
	if _, err := s.Undo(); err != nil || !told() {
		t.Errorf("the day after, the problem is not told (%v)", err)
	}
}

// problemTexts is problems as they are printed.
func problemTexts(f Findings) []string {
	var out []string
	for _, d := range f.Problems {
		if !d.Rule.Census { // only a full run counts over all names
			out = append(out, d.String())
		}
	}
	return out
}
