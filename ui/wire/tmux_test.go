package wire

// The oracle: tmux is a terminal that many sessions of this program will run in, and was written by others. What it shows
// after bubbletea's bytes it has to show after ours.

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"

	"github.com/mailzone/mailzone/testdata/needs"
)

// feedEnv names the file that a run of the test binary inside tmux writes to its terminal; see [feed].
const feedEnv = "MAILZONE_TEST_FEED"

func TestMain(m *testing.M) {
	if file := os.Getenv(feedEnv); file != "" {
		feed(file)
		return
	}
	if file := os.Getenv(hangupEnv); file != "" {
		os.Exit(hangup(file))
	}
	os.Exit(needs.Main{M: m}.Run())
}

// feed writes a file to the terminal, waits until the terminal has read all of it, says so, and keeps the terminal open.
func feed(file string) {
	_, _ = term.MakeRaw(os.Stdin.Fd())
	bytes, _ := os.ReadFile(file)
	_, _ = os.Stdout.Write(bytes)
	_, _ = os.Stdout.WriteString("\x1b[6n") // DSR: answered when everything before it was obeyed
	var c [1]byte
	for c[0] != 'R' {
		if _, err := os.Stdin.Read(c[:]); err != nil {
			return
		}
	}
	_ = exec.Command("tmux", "wait-for", "-S", filepath.Base(file)).Run()
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// tmux is a server of its own.
type tmux struct {
	t      *testing.T
	dir    string
	shown  int
	socket string
}

func newTmux(t *testing.T) *tmux {
	needs.Program(t, "tmux", "tmux")
	x := &tmux{t: t, dir: t.TempDir()}
	x.socket = filepath.Join(x.dir, "s")
	x.run("new-session", "-d", "-s", "first", "cat") // a server without a session ends
	t.Cleanup(func() { _ = x.command("kill-server").Run() })
	return x
}

func (x *tmux) command(args ...string) *exec.Cmd {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	x.t.Cleanup(cancel)
	c := exec.CommandContext(ctx, "tmux", append([]string{"-u", "-f", "/dev/null", "-S", x.socket}, args...)...)
	c.Env = append(os.Environ(), "LC_ALL=C.UTF-8", "TMUX=", "TERM=xterm-256color")
	return c
}

func (x *tmux) run(args ...string) string {
	x.t.Helper()
	out, err := x.command(args...).CombinedOutput()
	if err != nil {
		x.t.Fatalf("tmux %s: %v\n%s", args, err, out)
	}
	return string(out)
}

// show is what a new terminal of a size shows after some bytes: text and attributes, and where the cursor is.
func (x *tmux) show(width, height int, bytes string) (screen *vt, cursor string) {
	x.t.Helper()
	x.shown++
	name := fmt.Sprint("feed", x.shown)
	file := filepath.Join(x.dir, name)
	if err := os.WriteFile(file, []byte(bytes), 0o600); err != nil {
		x.t.Fatal(err)
	}
	x.run("new-session", "-d", "-s", name, "-x", fmt.Sprint(width), "-y", fmt.Sprint(height),
		"env", feedEnv+"="+file, os.Args[0])
	x.run("wait-for", name)
	defer x.run("kill-session", "-t", name)
	// What was never written and what was erased look the same, but tmux leaves out the former at the end of a row.
	screen = newVT(width, height)
	screen.write([]byte(strings.ReplaceAll(strings.TrimSuffix(x.run("capture-pane", "-p", "-e", "-N", "-t", name), "\n"), "\n", "\r\n")))
	screen.move(0, 0)
	return screen, x.run("display-message", "-p", "-t", name, "#{?cursor_flag,#{cursor_x} #{cursor_y},hidden} #{alternate_on}")
}

func TestTmuxShowsTheSame(t *testing.T) {
	needs.Long(t)
	x := newTmux(t)
	slides := shuffled(rand.New(rand.NewPCG(7, 7)), 200)
	slides = slices.DeleteFunc(slides, func(s slide) bool { return s.width > 0 })
	plain := record(t, slides)
	ours := through(plain)
	for end := 10; end <= len(plain); end += 10 {
		var differs string
		// tmux itself loses a joiner now and then where what it reads at once ends before it: what is wrong with the bytes is so each time.
		for try := 0; try == 0 || try < 3 && differs != ""; try++ {
			want, wantCursor := x.show(80, 24, joined(plain[:end]))
			got, gotCursor := x.show(80, 24, joined(ours[:end]))
			if differs = difference(got, want); gotCursor != wantCursor {
				differs += fmt.Sprintf("\ncursor %s, want %s", gotCursor, wantCursor)
			}
		}
		if differs != "" {
			t.Fatalf("after %d writes: %s", end, differs)
		}
	}
}

// joined is all that was written.
func joined(writes []written) string {
	var s strings.Builder
	for _, w := range writes {
		s.WriteString(w.bytes)
	}
	return s.String()
}
