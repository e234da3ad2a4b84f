package document

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// historyOf is a file that is saved with mailzone and written by others, and what its history tells.
type historyOf struct {
	t    *testing.T
	path string
	opt  Options
	now  time.Time
	held []string // all that the file held, in order
}

func newHistoryOf(t *testing.T) *historyOf {
	dir := t.TempDir()
	h := &historyOf{t: t, path: filepath.Join(dir, "db.example.com"), now: time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)}
	h.opt = Options{Path: h.path, Origin: "example.com.", State: filepath.Join(dir, "state")}
	h.write(sessionZone)
	return h
}

// write is another program that writes the file.
func (h *historyOf) write(text string) {
	if err := os.WriteFile(h.path, []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
	h.held = append(h.held, text)
}

// open opens the file.
func (h *historyOf) open() *Session {
	st, z, err := Open(h.opt)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(st.Close)
	return NewSession(z, st)
}

// save saves a change of the preference of the first MX.
func (h *historyOf) save(title, preference string) {
	s := h.open()
	defer s.Store.Close()
	mustChange(h.t, s, Change{Title: title, Make: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		return z.Set(z.RRset(z.Origin(), zonefile.TypeMX)[0], zonefile.Preference, preference)
	}})
	h.now = h.now.Add(time.Hour)
	sv, err := s.Prepare(h.now)
	if err != nil {
		h.t.Fatal(err)
	}
	if saved := sv.Run(); saved.Err != nil || len(saved.Notes) > 0 {
		h.t.Fatal(saved.Err, saved.Notes)
	}
	h.held = append(h.held, string(sv.Zone.Root().Bytes()))
}

// told is the history.
func (h *historyOf) told() (History, *zonefile.Zone) {
	s := h.open()
	all, err := s.Store.AsksHistory(s.Zone())()
	if err != nil {
		h.t.Fatal(err)
	}
	for all.Unread() > 0 {
		all = all.Further()
	}
	return all, s.Zone()
}

// Every text that the file ever held, but the last, is that before a row, and can be brought back byte for byte, what a save
// wrote and another program replaced too; the lines of the rows lead from one text to the next.
func TestHistoryTellsEveryText(t *testing.T) {
	h := newHistoryOf(t)
	h.save("first", "11")
	h.save("second", "12")
	h.write(strings.Replace(h.held[2], "192.0.2.53", "192.0.2.54", 1))
	h.save("third", "13")
	h.write(strings.Replace(h.held[4], "192.0.2.54", "192.0.2.55", 1))
	all, z := h.told()
	var rows []string
	for i, e := range all.Events {
		name := strings.Join(e.Did, " ")
		if e.Other {
			name = "another program"
		}
		rows = append(rows, name)
		edits, err := all.BringBack(i, z, Comparison{})
		if err != nil {
			t.Fatal(err)
		}
		back, err := z.Apply(edits...)
		if want := h.held[len(h.held)-2-i]; err != nil || string(back.Root().Bytes()) != want {
			t.Errorf("before %q: %v, %q, want %q", name, err, back.Root().Bytes(), want)
		}
		if _, found := e.Has("192.0.2.54"); e.Err != nil || found != e.Other {
			t.Errorf("%q: %v, has the address %v: %q", name, e.Err, found, e.Diff)
		}
	}
	if got := strings.Join(rows, ", "); got != "another program, third, another program, second, first" {
		t.Error(got)
	}
	if all.Events[0].Number != 0 || all.Events[1].Number != 1 || all.Events[4].Number != 3 {
		t.Error("other numbers than those of the undo copies")
	}
}

// Without its notes the history has the saves still; what a save wrote and others replaced is then one row with what they did.
func TestHistoryWithoutNotes(t *testing.T) {
	h := newHistoryOf(t)
	h.save("first", "11")
	h.write(strings.Replace(h.held[1], "192.0.2.53", "192.0.2.54", 1))
	if err := os.RemoveAll(filepath.Join(h.opt.State, "saves")); err != nil {
		t.Fatal(err)
	}
	all, _ := h.told()
	if len(all.Events) != 1 || all.Events[0].Other || strings.Join(all.Events[0].Did, " ") != "and another program after it" {
		t.Errorf("%+v", all.Events)
	}
	if _, found := all.Events[0].Has("192.0.2.54"); !found || all.Events[0].Serial == "" {
		t.Errorf("%+v", all.Events)
	}
}

// A difference is read back with the numbers that its lines have, whatever the lines say.
func TestNumberedDiff(t *testing.T) {
	diff := DiffText("db", "a\n-- x\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n", "a\n++ y\nb\nc\nd\ne\nf\ng\nh\ni\nj\nl\nk\n")
	var got []string
	for _, l := range NumberedDiff(diff) {
		got = append(got, strings.TrimSpace(strings.TrimPrefix(fmt.Sprintf("%d %s %s", l.Number, l.Sign, l.Text), "0")))
	}
	if text := strings.Join(got, "|"); !strings.HasPrefix(text, "db|1   a|2 - -- x|2 + ++ y|3   b") || !strings.Contains(text, "|@|") || !strings.Contains(text, "|12 + l|") {
		t.Error(text)
	}
}

// Law: patch(1) makes of what stood before a row what stood after it, and of the same what the file holds now, byte for byte.
func TestHistoryPatches(t *testing.T) {
	needs.Program(t, "patch", "patch")
	h := newHistoryOf(t)
	h.save("first", "11")
	h.write(strings.ReplaceAll(strings.TrimSuffix(h.held[1], "\n"), "\n", "\r\n"))
	h.save("second", "12")
	all, z := h.told()
	last := len(h.held) - 1
	for i := range all.Events {
		patch, err := all.Patch(i, true, Comparison{})
		since, errSince := all.PatchSince(i, z, true, Comparison{})
		if err != nil || errSince != nil {
			t.Fatal(err, errSince)
		}
		for patch, want := range map[string]string{patch: h.held[last-i], since: h.held[last]} {
			if got := h.patched(h.held[last-i-1], patch); got != want || !strings.HasPrefix(patch, "--- ") {
				t.Errorf("row %d: %q, want %q\n%s", i, got, want, patch)
			}
		}
	}
}

// patched is what patch(1) makes of a text.
func (h *historyOf) patched(old, patch string) string {
	path := filepath.Join(h.t.TempDir(), "old")
	if err := os.WriteFile(path, []byte(old), 0o600); err != nil {
		h.t.Fatal(err)
	}
	cmd := exec.Command("patch", "--fuzz=0", "--binary", path)
	cmd.Stdin = strings.NewReader(patch)
	if out, err := cmd.CombinedOutput(); err != nil {
		h.t.Errorf("%v: %s", err, out)
	}
	got, err := os.ReadFile(path)
	if err != nil {
		h.t.Fatal(err)
	}
	return string(got)
}
