package ui

// The newcomer's walk: who has never seen the program mends an error of the sample zone, adds an MX, sees where mail goes now,
// saves and leaves, on a real terminal, and every key is told on the screen before it is pressed.

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// builtProgram is the program, built for a test.
func builtProgram(t *testing.T) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), "mailzone")
	if out, err := exec.Command("go", "build", "-o", bin, "github.com/mailzone/mailzone").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// mostSteps is how many keys the walk may take, besides text.
const mostSteps = 15

func TestNewcomersWalk(t *testing.T) {
	needs.Long(t)
	dir := t.TempDir()
	w := openTerminal(t, []string{"TMPDIR=" + dir, "LANG=C.UTF-8", "TERM=xterm-256color", "PS1=shell> "}, builtProgram(t)+" demo; exec sh")
	keys := w.walk([]step{
		{"2 problems", "2", ""},
		{"f fix", "f", ""},
		{"enter apply", "Enter", ""},
		{"enter go", "Enter", ""},
		{"a add", "a", "mx9"},
		{"tab next field", "Tab", "192.0.2.44"},
		{"enter done", "Enter", ""},
		{"1 delivery", "1", ""},
		{"mx9", "", ""}, // the route has changed
		{"w save", "w", ""},
		{"w write", "w", ""},
		{"saved, serial", "", ""},
		{"? keys", "?", "quit"},
		{"enter do it", "Enter", ""},
	})
	w.waitFor("saved: ")
	if t.Logf("%d keys", keys); keys > mostSteps {
		t.Errorf("%d keys, %d may be", keys, mostSteps)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "mailzone-demo-*", "db.example.com"))
	for _, f := range files {
		src, _ := os.ReadFile(f)
		t.Errorf("the sample zone is left behind:\n%s", src)
	}
}

// mostForAddress is how many keys it may take to change an address everywhere and to save that, besides text.
const mostForAddress = 10

// The second walk: who uses an address, change it everywhere, save.
func TestWalkOfAnAddress(t *testing.T) {
	needs.Long(t)
	w := openTerminal(t, []string{"TMPDIR=" + t.TempDir(), "LANG=C.UTF-8", "TERM=xterm-256color"}, builtProgram(t)+" demo")
	keys := w.walk([]step{
		{"? keys", "?", "used NAME"},
		{"enter do it", "Enter", "192.0.2.11"},
		{":used", "Enter", ""},
		{"lead to mx2, which has it", "", ""},
		{"R everywhere", "R", "192.0.2.99"},
		{"enter the lines", "Enter", ""},
		{"[x]  27 mx2 A     192.0.2.99", "", ""},
		{"not looked in", "", ""},
		{"enter change them", "Enter", ""},
		{"192.0.2.11 is 192.0.2.99 now", "", ""},
		{"w save", "w", ""},
		{"w write", "w", ""},
		{"saved, serial", "", ""},
	})
	if t.Logf("%d keys", keys); keys > mostForAddress {
		t.Errorf("%d keys, %d may be", keys, mostForAddress)
	}
}

// step is what has to be on the screen, and the key and the text that are typed then.
type step struct{ told, key, text string }

// walk takes steps, and counts keys.
func (w *terminal) walk(steps []step) (keys int) {
	w.t.Helper()
	for _, step := range steps {
		w.waitForText(step.told)
		if step.key != "" {
			keys++
			w.tmux("send-keys", step.key)
		}
		if step.text != "" {
			w.tmux("send-keys", "-l", step.text)
			w.waitForText(step.text)
		}
	}
	return keys
}

// waitForText waits for a text, whatever the case: the title of the pane with the keys is in capitals.
func (w *terminal) waitForText(text string) {
	w.t.Helper()
	w.waitForIt(text, func(screen string) bool { return contains(screen, text) })
}
