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
	keys := 0
	for _, step := range []struct{ told, key, text string }{
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
	} {
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

// waitForText waits for a text, whatever the case: the title of the pane with the keys is in capitals.
func (w *terminal) waitForText(text string) {
	w.t.Helper()
	w.waitForIt(text, func(screen string) bool { return contains(screen, text) })
}
