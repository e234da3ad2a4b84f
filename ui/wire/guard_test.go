package wire

// A panic in whatever the library calls or we start: the program ends, says which, and leaves the terminal as it was. The real
// program is tried in zonefile/disk, at every function of this package.

import (
	"errors"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"

	"github.com/mailzone/mailzone/crash"
)

// fragile is a model that panics somewhere when x is pressed.
type fragile struct {
	where string
	hit   bool
}

func (m fragile) Init() tea.Cmd {
	if m.where == "Init" {
		panic(m.where)
	}
	return func() tea.Msg { return nil }
}

func (m fragile) View() string {
	if m.where == "View" && m.hit {
		panic(m.where)
	}
	return "ready"
}

func (m fragile) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if k, ok := msg.(tea.KeyMsg); !ok || k.String() != "x" {
		return m, nil
	}
	breaks := func() tea.Msg { panic(m.where) }
	fine := func() tea.Msg { return nil }
	m.hit = true
	switch m.where {
	case "Update":
		panic(m.where)
	case "command":
		return m, breaks
	case "one command of several":
		return m, tea.Batch(fine, tea.Batch(fine, breaks), fine)
	case "after an editor":
		return m, Exec(exec.Command("true"), func(error) tea.Msg { panic(m.where) })
	case "editor":
		return m, Exec(nil, func(err error) tea.Msg { return err })
	}
	return m, nil
}

func TestPanicEndsInOrder(t *testing.T) {
	for _, where := range []string{"Init", "View", "Update", "command", "one command of several", "after an editor", "editor"} {
		t.Run(where, func(t *testing.T) {
			program, keyboard := openPTY(t)
			before, err := term.GetState(program.Fd())
			if err != nil {
				t.Fatal(err)
			}
			s := &session{t: t, keyboard: keyboard, screen: newVT(80, 24), changed: make(chan struct{}, 1)}
			go s.watch()
			ended := make(chan error, 1)
			go func() {
				_, err := Run(fragile{where: where}, program, program, tea.WithAltScreen(), tea.WithMouseCellMotion())
				ended <- err
			}()
			if where != "Init" {
				s.until("ready")
				typeOn(t, keyboard, "x")
			}
			var failed *crash.Error
			select {
			case err := <-ended:
				if !errors.As(err, &failed) || len(failed.Stack) == 0 {
					t.Fatalf("the error is %v", err)
				}
			case <-time.After(patience):
				t.Fatal("it does not end")
			}
			if after, err := term.GetState(program.Fd()); err != nil || *after != *before {
				t.Errorf("the settings are %v, were %v: %v", after, before, err)
			}
			_, _ = program.WriteString("after it")
			s.until("after it")
			s.mu.Lock()
			defer s.mu.Unlock()
			if on := stillOn(s.screen.passed); len(on) > 0 || s.screen.hidden {
				t.Errorf("modes %v are on, the cursor is hidden %t", on, s.screen.hidden)
			}
		})
	}
}

// stillOn is the private modes that sequences leave on.
func stillOn(sequences []string) []string {
	on := map[string]bool{}
	for _, seq := range sequences {
		mode, private := strings.CutPrefix(seq, "\x1b[?")
		if private && strings.HasSuffix(mode, "h") && mode != "25h" {
			on[strings.TrimSuffix(mode, "h")] = true
		}
		if private && strings.HasSuffix(mode, "l") {
			delete(on, strings.TrimSuffix(mode, "l"))
		}
	}
	return slices.Sorted(maps.Keys(on))
}

// What is switched off when the program fails: what may be on, once, and the alternate screen last.
func TestModesBack(t *testing.T) {
	w, m := started(t)
	_, _ = w.WriteString("\x1b[?2004h\x1b[?1002h\x1b[?1006h")
	_, _ = w.WriteString("\x1b[?1002l")
	w.modes.asked(1003, true)  // never sent, or half
	w.modes.asked(1006, false) // never sent
	m.Reset()
	w.leave()
	if want := "\x1b[m\x1b[?25h\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1049l"; m.String() != want {
		t.Errorf("sent %q, want %q", m, want)
	}
	m.Reset()
	w.leave()
	if _, _ = w.WriteString("\x1b[Hmore"); m.Len() > 0 {
		t.Errorf("sent %q after the end", m)
	}
}
