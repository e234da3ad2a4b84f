package ui

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/needs"
)

// The whole program in a real terminal: what a user does with the sample zone, from the first screen to
// the shell.

func TestMain(m *testing.M) { os.Exit(needs.Main{M: m}.Run()) }

// terminal is a program in a window of tmux.
type terminal struct {
	t      *testing.T
	socket string
}

// openTerminal starts a command in a window of 80x24.
func openTerminal(t *testing.T, env []string, command string) *terminal {
	t.Helper()
	needs.Program(t, "tmux", "tmux")
	w := &terminal{t, filepath.Join(t.TempDir(), "tmux")}
	args := []string{"-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24"}
	for _, e := range env {
		args = append(args, "-e", e)
	}
	w.tmux(append(args, command)...)
	t.Cleanup(func() { _ = exec.Command("tmux", "-S", w.socket, "kill-server").Run() })
	return w
}

// tmux runs a command of tmux.
func (w *terminal) tmux(args ...string) string {
	w.t.Helper()
	out, err := exec.Command("tmux", append([]string{"-S", w.socket}, args...)...).CombinedOutput()
	if err != nil {
		w.t.Fatalf("tmux %s: %v\n%s", args[0], err, out)
	}
	return string(out)
}

// waitFor looks at the screen until it has a text.
func (w *terminal) waitFor(text string) {
	w.t.Helper()
	w.waitForIt(text, func(screen string) bool { return strings.Contains(screen, text) })
}

// waitForIt looks at the screen until it is as it has to be.
func (w *terminal) waitForIt(text string, is func(screen string) bool) {
	w.t.Helper()
	screen := ""
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		if screen = w.tmux("capture-pane", "-pJ"); is(screen) {
			return
		}
	}
	w.t.Fatalf("%q did not appear:\n%s", text, screen)
}

// press types keys, then waits for what they show.
func (w *terminal) press(shows string, keys ...string) {
	w.t.Helper()
	w.tmux(append([]string{"send-keys"}, keys...)...)
	w.waitFor(shows)
}

func TestProgramInATerminal(t *testing.T) {
	needs.Long(t)
	dir := t.TempDir()
	bin := builtProgram(t)
	env := []string{"TMPDIR=" + dir, "LANG=C.UTF-8", "TERM=xterm-256color", "PS1=shell> ", "EDITOR=sed -i /^intern/d"}
	w := openTerminal(t, env, bin+" demo; exec sh")
	w.waitFor("10 mail")
	w.press("Add MX to example.com.", "Tab", "a")
	w.press("= mx9.example.com.  no address yet", "mx9")
	w.press("IN      A       192.0.2.44", "Tab", "192.0.2.44")
	w.press("[+] 1", "Enter")
	w.press("Review of 1 edit", "w")
	w.press("saved, serial", "w")
	files, _ := filepath.Glob(filepath.Join(dir, "mailzone-demo-*", "db.example.com"))
	if len(files) != 1 {
		t.Fatalf("sample zones: %q", files)
	}
	src, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{"MX\t100 mx9\n", "mx9\t\tIN\tA\t192.0.2.44\n"} {
		if !strings.Contains(string(src), line) {
			t.Errorf("the file lacks %q:\n%s", line, src)
		}
	}
	w.press("intern   own address", "Home") // the editor takes it away, undo brings it back
	w.press("edit in another editor", "E")
	w.press("undone: edit in another editor", "u")
	w.press("saved: "+files[0], "q")
	if left, _ := filepath.Glob(filepath.Join(dir, "mailzone-demo-*")); len(left) > 0 {
		t.Errorf("the sample zone is left behind: %q", left)
	}
}
