// One way to do each thing: what a script does, the editor does to the same bytes.
package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/testdata/needs"
)

// sameEdits are edits of the demo's zone: the keys in the editor, what the screen shows when they are done, and the script.
var sameEdits = []struct {
	name   string
	keys   []string
	shows  string
	script string
}{
	{"preference", []string{"Tab", "+"}, "11 mail ",
		"update delete example.com. MX 10 mail.example.com.\nupdate add example.com. 300 MX 11 mail.example.com.\n"},
	{"delete", []string{"Tab", "Down", "d"}, "[+] 1",
		"update delete example.com. MX 20 mx2.example.com.\n"},
	{"add", []string{"Tab", "a", "mx9.example.net.", "Enter"}, "[+] 1",
		"update add example.com. 300 MX 100 mx9.example.net.\n"},
}

func TestScriptChangesTheBytesThatTheEditorChanges(t *testing.T) {
	needs.Long(t)
	needs.Program(t, "tmux", "tmux")
	zone, err := os.ReadFile("ui/demo/db.example.com")
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range sameEdits {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			edited, applied := filepath.Join(dir, "edited"), filepath.Join(dir, "applied")
			for _, path := range []string{edited, applied} {
				if err := os.WriteFile(path, zone, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			editInTmux(t, dir, edited, tt.keys, tt.shows)
			apply := exec.Command("mailzone", "apply", "--yes", applied)
			apply.Stdin = strings.NewReader(tt.script)
			apply.Env = append(os.Environ(), "XDG_STATE_HOME="+dir)
			if out, err := apply.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			a, _ := os.ReadFile(edited)
			b, _ := os.ReadFile(applied)
			if string(a) == string(zone) || string(a) != string(b) {
				t.Errorf("the editor wrote\n%s\nthe script\n%s", a, b)
			}
		})
	}
}

// editInTmux edits a file in a terminal, reviews, saves and quits.
func editInTmux(t *testing.T, dir, file string, keys []string, shows string) {
	t.Helper()
	bin, err := exec.LookPath("mailzone")
	if err != nil {
		t.Fatal(err)
	}
	tmux := func(args ...string) string {
		t.Helper()
		out, err := exec.Command("tmux", append([]string{"-f", "/dev/null", "-S", filepath.Join(dir, "tmux")}, args...)...).CombinedOutput()
		if err != nil {
			t.Fatalf("tmux %s: %v\n%s", args[0], err, out)
		}
		return string(out)
	}
	waitFor := func(text string) {
		t.Helper()
		screen := ""
		for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
			if screen = tmux("capture-pane", "-pJ"); strings.Contains(screen, text) {
				return
			}
		}
		t.Fatalf("%q did not appear:\n%s", text, screen)
	}
	tmux("new-session", "-d", "-x", "100", "-y", "30", "-e", "LC_ALL=C.UTF-8", "-e", "TERM=xterm-256color", "-e", "XDG_STATE_HOME="+dir,
		bin+" --origin example.com "+file+"; exec cat")
	defer exec.Command("tmux", "-S", filepath.Join(dir, "tmux"), "kill-server").Run()
	waitFor("10 mail ")
	tmux(append([]string{"send-keys"}, keys...)...)
	waitFor(shows)
	tmux("send-keys", "w")
	waitFor("Review of 1 edit")
	tmux("send-keys", "w")
	waitFor("saved, serial")
	tmux("send-keys", "q")
	waitFor("saved: ") // of the shell: the program has ended
}
