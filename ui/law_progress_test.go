package ui

// Law 10 of the screen: what takes its time shows how far it is, and esc ends it and leaves everything as it was; nothing opens
// later, under fingers that have gone on. The work is held until somebody has pressed esc, so it always takes its time here.

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

// longKey is a key that starts what is done beside the screen: what leads there, what is typed on the last line before it, and the
// key.
type longKey struct{ name, keys, typed, key string }

// longKeys is all of them.
var longKeys = []longKey{
	{"delivery search", `1`, `/ "mx2"`, "enter"}, {"find", `home`, `: "find mx2"`, "enter"}, {"find in another version", `home enter home / "mx2" enter c`, ``, "n"},
	{"review search", `home enter home J w`, `/ "dot"`, "enter"}, {"plan search", lawPlan, `/ "mx9"`, "enter"}, {"rule search", `2 ?`, `/ "mx"`, "enter"},
	{"safe fixes", ``, ``, "F"}, {"time to live", `home *`, `: "ttl 2h"`, "enter"}, {"another host", `home *`, `: "repoint mx2 ns1"`, "enter"},
	{"difference of a save", lawHistory, ``, "enter"}, {"save brought back", lawHistory, ``, "b"}, {"save copied", lawHistory, ``, "y"},
	{"history search", lawHistory, `/ "mx2"`, "enter"}, {"step of a plan", lawPlan + ` enter w w esc`, ``, "M"},
	{"plan", `3 G c M ctrl+u "mx2" tab ctrl+u "mx9" tab "192.0.2.99"`, ``, "enter"}, {"plan since", ``, `: "plan since 9:00"`, "enter"},
	{"uses", `home`, ``, "U"}, {"lines of a name", ``, `: "rename mx2 mx7"`, "enter"}, {"change everywhere", `: "rename mx2 mx7" enter`, ``, "enter"},
	{"both sides", lawElsewhere, ``, "b"}, {"edits carried over", lawElsewhere, ``, "t"},
	{"order of names", `home`, ``, "o"}, {"names as in the file", `home o`, ``, "o"}, {"names by route", `home`, ``, "t"}, {"all names", `home`, ``, "A"},
	{veryBig, `home`, ``, "A"},
}

const (
	veryBig      = "all names of a very big zone" // whose list is not made before it is wanted
	lawHistory   = `home enter home J w w K w w H`
	lawElsewhere = `home enter home J another-program-writes w`
	lawPlan      = `3 G c M ctrl+u "mx2" tab ctrl+u "mx9" tab "192.0.2.99" enter`
)

// allSizes is sizes of the screen that a user may change it to and back.
var allSizes = []tea.WindowSizeMsg{{Width: 120, Height: 40}, {Width: 60, Height: 15}, {Width: 40, Height: 10}, {Width: 80, Height: 24}}

func TestWhatTakesLongEnds(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range longKeys {
		t.Run(p.name, func(t *testing.T) {
			u := userAt(t, place{keys: p.keys})
			for _, size := range allSizes { // lists scroll
				u.app.Update(size)
				u.app.View()
			}
			if p.name == veryBig {
				u.app.doc.Findings.All = nil
			}
			u.app.message, u.app.echo.waits = say{}, false
			before, zone, depth := u.screen(), u.app.doc.Zone(), len(u.app.dialogs)
			u.types(p.typed)
			gate := make(chan struct{})
			u.app.held = func() { <-gate }
			_, cmd := u.app.Update(keysOf(t, p.key)[0])
			d, waits := u.app.top().(*waitDialog)
			if !waits {
				t.Fatalf("%s is not done beside the screen:\n%s", p.key, u.screen())
			}
			seen[strings.SplitN(d.what, " ", 2)[0]] = true
			for _, size := range allSizes {
				u.app.Update(size)
				last := strings.TrimRight(u.lines()[size.Height-1], " ")
				if !strings.HasSuffix(last, "esc ends it") || size.Width >= 60 && !strings.Contains(last, "░") {
					t.Errorf("%dx%d: the last line has no bar, or does not say what ends it: %q", size.Width, size.Height, last)
				}
			}
			during := u.screen()
			u.app.Update(runeKey('j'))
			if told := u.app.message.text; u.app.top() != dialog(d) || !strings.Contains(told, "esc ends it") {
				t.Errorf("another key is answered by %q", told)
			}
			u.app.message, u.app.echo.waits = say{}, false
			if u.screen() != during {
				t.Error("another key does something meanwhile")
			}
			u.types("esc")
			if !strings.HasPrefix(u.app.message.text, "ended, and nothing is changed") {
				t.Errorf("esc says %q", u.app.message.text)
			}
			close(gate)
			u.drain(cmd)
			u.app.message, u.app.echo.waits = say{}, false
			if u.app.doc.Zone() != zone || len(u.app.dialogs) != depth || u.screen() != before {
				t.Errorf("after esc the screen is another:\n%s\nbefore\n%s", u.screen(), before)
			}
		})
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files { // all there is was tried
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		for _, m := range regexp.MustCompile(`longWork\{"(\w+)`).FindAllSubmatch(src, -1) {
			if !seen[string(m[1])] {
				t.Errorf("%s: nothing of this test starts what is called %s", f, m[1])
			}
		}
	}
}

// looksOn is how often work may still ask whether somebody waits, after nobody does: once for each of its loops.
const looksOn = 4

// notCounted is the work that goes to its end: it has a few rows.
var notCounted = map[string]bool{
	"delivery search": true, "plan search": true, "rule search": true,
}

// What was ended is not done: after esc the work looks at no further part.
func TestEndedWorkStops(t *testing.T) {
	for _, p := range longKeys {
		t.Run(p.name, func(t *testing.T) {
			parts := func(end string) int64 {
				u := userAt(t, place{keys: p.keys})
				if p.name == veryBig {
					u.app.doc.Findings.All = nil
				}
				u.types(p.typed)
				gate := make(chan struct{})
				u.app.held = func() { <-gate }
				_, cmd := u.app.Update(keysOf(t, p.key)[0])
				d, waits := u.app.top().(*waitDialog)
				if !waits {
					t.Fatalf("%s is not done beside the screen", p.key)
				}
				u.types(end)
				u.app.held = nil
				close(gate)
				u.drain(cmd)
				return d.pace.done.Load()
			}
			all, after := parts(""), parts("esc")
			if after > looksOn || after > 1 && after == all {
				t.Errorf("after esc %d of %d parts are done", after, all)
			}
			if counted := all > 0; counted == notCounted[p.name] {
				t.Errorf("it has %d parts that are counted", all)
			}
		})
	}
}
