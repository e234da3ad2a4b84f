package wire

// Whole programs on a pseudo-terminal: what is typed arrives as keys, what happens outside arrives as messages.

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/creack/pty"
)

// patience is how long a test waits for what has to happen.
const patience = 10 * time.Second

// typist is a model that shows what was typed last, and tells every message. It quits on ClosingMsg and ctrl+q, and runs a
// command on ctrl+e.
type typist struct {
	msgs  chan tea.Msg
	edit  tea.Cmd
	last  string
	lines int
}

func (m typist) Init() tea.Cmd { return nil }
func (m typist) View() string {
	return "last: " + m.last + strings.Repeat("\n", m.lines) + "\nend"
}
func (m typist) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	m.msgs <- msg
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.lines = max(0, msg.Height-2)
	case ClosingMsg:
		return m, tea.Quit
	case tea.KeyMsg:
		if msg.Type == tea.KeyCtrlQ {
			return m, tea.Quit
		}
		if msg.Type == tea.KeyCtrlE {
			return m, m.edit
		}
		m.last = msg.String()
	}
	return m, nil
}

// session is a running program and its terminal.
type session struct {
	t        *testing.T
	keyboard *os.File
	msgs     chan tea.Msg
	ended    chan error

	mu      sync.Mutex
	screen  *vt
	bytes   int
	changed chan struct{}
}

// run starts a program that runs edit on ctrl+e.
func run(t *testing.T, edit tea.Cmd) *session {
	t.Helper()
	program, keyboard := openPTY(t)
	s := &session{t: t, keyboard: keyboard, msgs: make(chan tea.Msg, 1000), ended: make(chan error, 1),
		screen: newVT(80, 24), changed: make(chan struct{}, 1)}
	go s.watch()
	go func() {
		_, err := Run(typist{msgs: s.msgs, edit: edit}, program, program, tea.WithAltScreen())
		s.ended <- err
	}()
	s.next(func(msg tea.Msg) bool { _, ok := msg.(tea.WindowSizeMsg); return ok })
	return s
}

// watch is the terminal: it shows what the program writes.
func (s *session) watch() {
	buf := make([]byte, 1<<16)
	for {
		n, err := s.keyboard.Read(buf)
		if err != nil {
			return
		}
		s.mu.Lock()
		s.screen.write(buf[:n])
		s.bytes += n
		s.mu.Unlock()
		select {
		case s.changed <- struct{}{}:
		default:
		}
	}
}

// until waits until the screen shows a text, and returns how many bytes that took since the program started.
func (s *session) until(text string) int {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		s.mu.Lock()
		shown, bytes := s.screen.String(), s.bytes
		s.mu.Unlock()
		if strings.Contains(shown, text) {
			return bytes
		}
		select {
		case <-s.changed:
		case <-deadline:
			s.t.Fatalf("%q is not on the screen:\n%s", text, shown)
		}
	}
}

// next waits for the next message of a kind.
func (s *session) next(wanted func(tea.Msg) bool) tea.Msg {
	s.t.Helper()
	deadline := time.After(patience)
	for {
		select {
		case msg := <-s.msgs:
			if wanted(msg) {
				return msg
			}
		case <-deadline:
			s.t.Fatal("the message did not come")
		}
	}
}

// keys waits for as many keys.
func (s *session) keys(n int) (keys []string) {
	s.t.Helper()
	for range n {
		k := s.next(func(msg tea.Msg) bool { _, ok := msg.(tea.KeyMsg); return ok })
		keys = append(keys, k.(tea.KeyMsg).String())
	}
	return keys
}

// end waits for the end of the program.
func (s *session) end() {
	s.t.Helper()
	select {
	case err := <-s.ended:
		if err != nil {
			s.t.Error(err)
		}
	case <-time.After(patience):
		s.t.Fatal("the program does not end")
	}
}

func TestKeys(t *testing.T) {
	s := run(t, nil)
	for _, tt := range []struct {
		typed []string
		want  []string
	}{
		{[]string{"jjj"}, []string{"j", "j", "j"}},
		{[]string{strings.Repeat("jk", 15)}, strings.Split(strings.Repeat("jk", 15), "")},
		{[]string{"\x1b", "[B"}, []string{"down"}},
		{[]string{"\x1b", "[", "B\x1b[A"}, []string{"down", "up"}},
		{[]string{"\x1b\x1b[A"}, []string{"alt+up"}},
		{[]string{"\x1b[1;3B"}, []string{"alt+down"}},
		{[]string{"\x1bj"}, []string{"alt+j"}},
		{[]string{"\x1b"}, []string{"esc"}},
		{[]string{strings.Repeat("\x1b", 30)}, slices.Repeat([]string{"esc"}, 30)},
		{[]string{"\x1b[200~jj\rä\x1b[201~j"}, []string{"[jj\rä]", "j"}},
		{[]string{"\x1b[200~" + strings.Repeat("zone ", 200), "file\x1b[201~"}, []string{"[" + strings.Repeat("zone ", 200) + "file]"}},
		{[]string{"漢ä 1"}, []string{"漢", "ä", " ", "1"}},
	} {
		typeOn(t, s.keyboard, tt.typed...)
		if got := s.keys(len(tt.want)); !slices.Equal(got, tt.want) {
			t.Errorf("%q: keys %q, want %q", tt.typed, got, tt.want)
		}
	}
	typeOn(t, s.keyboard, "\x11")
	s.end()
	if len(s.keys(1)) != 1 || len(s.msgs) > 0 {
		t.Errorf("%d messages too many", len(s.msgs))
	}
}

// An Escape is not held back for long.
func TestEscapeIsQuick(t *testing.T) {
	s := run(t, nil)
	start := time.Now()
	typeOn(t, s.keyboard, "\x1b")
	s.keys(1)
	if took := time.Since(start); took < within || took > 5*within {
		t.Errorf("Escape took %v, want a little more than %v", took, within)
	}
	typeOn(t, s.keyboard, "\x11")
	s.end()
}

func TestClosing(t *testing.T) {
	closing := func(msg tea.Msg) bool { _, ok := msg.(ClosingMsg); return ok }
	for _, sig := range []syscall.Signal{syscall.SIGHUP, syscall.SIGTERM} {
		t.Run(sig.String(), func(t *testing.T) {
			s := run(t, nil)
			if err := syscall.Kill(os.Getpid(), sig); err != nil {
				t.Fatal(err)
			}
			if msg := s.next(closing); msg != (ClosingMsg{Signal: sig}) {
				t.Errorf("message %v", msg)
			}
			s.end()
		})
	}
	t.Run("the terminal goes away", func(t *testing.T) {
		s := run(t, nil)
		if err := s.keyboard.Close(); err != nil {
			t.Fatal(err)
		}
		if msg := s.next(closing); msg != (ClosingMsg{}) {
			t.Errorf("message %v", msg)
		}
		s.end()
	})
	t.Run("interrupt is ignored", func(t *testing.T) {
		s := run(t, nil)
		if err := syscall.Kill(os.Getpid(), syscall.SIGINT); err != nil {
			t.Fatal(err)
		}
		typeOn(t, s.keyboard, "\x11")
		if msg := s.next(func(tea.Msg) bool { return true }); fmt.Sprint(msg) != "ctrl+q" {
			t.Errorf("message %v", msg)
		}
		s.end()
	})
}

// hangupEnv names the file that a run of the test binary writes when its terminal goes away; see [hangup].
const hangupEnv = "MAILZONE_TEST_HANGUP"

// hangup runs a program on the terminal that it was started on, and says in a file that it ended in order.
func hangup(file string) (status int) {
	_, err := Run(typist{msgs: make(chan tea.Msg, 1000)}, os.Stdin, os.Stdout, tea.WithAltScreen())
	if err != nil {
		return 1
	}
	if err := os.WriteFile(file, []byte("saved"), 0o600); err != nil {
		return 2
	}
	return 0
}

// A closed window or a lost connection: the kernel sends SIGHUP, and the terminal's end is read as well.
func TestHangup(t *testing.T) {
	file := filepath.Join(t.TempDir(), "saved")
	program := exec.Command(os.Args[0])
	program.Env = append(os.Environ(), hangupEnv+"="+file, "TERM=dumb") // without package term bubbletea would ask
	window, err := pty.StartWithSize(program, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	if err := window.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	screen, buf := newVT(80, 24), make([]byte, 1<<16)
	for !strings.Contains(screen.String(), "last:") {
		n, err := window.Read(buf)
		if err != nil {
			t.Fatalf("%v; the screen:\n%s", err, screen)
		}
		screen.write(buf[:n])
	}
	if err := window.Close(); err != nil {
		t.Fatal(err)
	}
	if err := program.Wait(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

// The terminal tells a new size: what it shows then is complete.
func TestResize(t *testing.T) {
	s := run(t, nil)
	typeOn(t, s.keyboard, "a")
	s.until("last: a")
	s.mu.Lock()
	s.screen.resize(60, 15)
	fill(s.screen.grid[0], cell{text: "?", width: 1}) // some terminals wrap lines anew
	s.mu.Unlock()
	if err := pty.Setsize(s.keyboard, &pty.Winsize{Rows: 15, Cols: 60}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Kill(os.Getpid(), syscall.SIGWINCH); err != nil {
		t.Fatal(err)
	}
	s.until("last: a" + strings.Repeat(" ", 53) + "\n" + strings.Repeat(strings.Repeat(" ", 60)+"\n", 13) + "end")
	typeOn(t, s.keyboard, "\x11")
	s.end()
}

// Another program gets the terminal itself, all that is typed while it runs, and gives the terminal back.
func TestExec(t *testing.T) {
	editor := exec.Command("sh", "-c", "test -t 0 && test -t 1 && echo ready && read x && test \"$x\" = typed")
	s := run(t, Exec(editor, func(err error) tea.Msg { return result{err} }))
	typeOn(t, s.keyboard, "\x05")
	s.until("ready")
	typeOn(t, s.keyboard, "typed\n")
	msg := s.next(func(msg tea.Msg) bool { _, ok := msg.(result); return ok })
	if err := msg.(result).error; err != nil {
		t.Error(err)
	}
	typeOn(t, s.keyboard, "jb")
	if got := s.keys(2); !slices.Equal(got, []string{"j", "b"}) {
		t.Errorf("keys %q", got)
	}
	s.until("last: b ")
	typeOn(t, s.keyboard, "\x11")
	s.end()
}

// result is how the other program ended.
type result struct{ error }
