// The package has done its work if a terminal sees nothing but what the program prints, at once. Only a real binary on a
// real pseudo-terminal can show that: the order of initialisation is the linker's.
package term_test

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/muesli/termenv"
)

// build compiles a program of testdata and returns its path.
func build(t *testing.T, name string) string {
	t.Helper()
	bin := filepath.Join(t.TempDir(), name)
	if out, err := exec.Command("go", "build", "-o", bin, "./testdata/"+name).CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return bin
}

// start runs a program on a new pseudo-terminal whose other end never answers. An env of "TERM" leaves TERM unset.
func start(t *testing.T, bin, env string) *os.File {
	t.Helper()
	cmd := exec.Command(bin)
	cmd.Env = []string{env, "COLORTERM=", "HOME=/"}
	terminal, err := pty.Start(cmd)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		_ = terminal.Close()
	})
	return terminal
}

func TestNothingIsAskedAtStart(t *testing.T) {
	bin := build(t, "quiet")
	for _, tt := range []struct {
		env, want string
		profile   termenv.Profile
	}{
		{"TERM=xterm-256color", "dumb \"xterm-256color\" true ", termenv.ANSI256},
		{"TERM=linux", "dumb \"linux\" true ", termenv.ANSI},
		{"TERM=", "dumb \"\" true ", termenv.Ascii},
		{"TERM", "dumb \"\" false ", termenv.Ascii},
	} {
		t.Run(tt.env, func(t *testing.T) {
			terminal := start(t, bin, tt.env)
			// termenv waits five seconds for an answer: reading to the end in less means that it never waited.
			if err := terminal.SetReadDeadline(time.Now().Add(4 * time.Second)); err != nil {
				t.Fatal(err)
			}
			// The end of a pseudo-terminal is EIO, so the error says nothing; a deadline leaves the text short.
			got, _ := io.ReadAll(terminal)
			if want := tt.want + string('0'+rune(tt.profile)) + "\r\n"; string(got) != want {
				t.Errorf("the terminal saw %q, want %q", got, want)
			}
		})
	}
}

// The control: without this package the same terminal is asked, so the test above is able to fail.
func TestBubbleteaAsksWithoutThisPackage(t *testing.T) {
	terminal := start(t, build(t, "asks"), "TERM=xterm-256color")
	if err := terminal.SetReadDeadline(time.Now().Add(4 * time.Second)); err != nil {
		t.Fatal(err)
	}
	var seen bytes.Buffer
	buf := make([]byte, 256)
	for !bytes.Contains(seen.Bytes(), []byte("\x1b]11;?")) {
		n, err := terminal.Read(buf)
		seen.Write(buf[:n])
		if err != nil {
			t.Fatalf("bubbletea no longer asks for the background colour: package term may be needless; saw %q", &seen)
		}
	}
}
