package wire

// What the writer gets in these tests is what bubbletea itself writes: a program shows one view after the other, and every
// write is kept, with the size that the terminal had.

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// written is one write of bubbletea.
type written struct {
	width, height int
	bytes         string
}

// slide is what happens next: a view is shown, or the terminal gets another size, or a message is sent.
type slide struct {
	view          string
	width, height int
	msg           tea.Msg
}

// deck is a model that shows a view until it is told another.
type deck struct{ view string }

func (d deck) Init() tea.Cmd { return nil }
func (d deck) View() string  { return d.view }
func (d deck) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if s, ok := msg.(slide); ok {
		d.view = s.view
	}
	return d, nil
}

// recorder keeps what is written to it.
type recorder struct {
	mu     sync.Mutex
	size   tea.WindowSizeMsg
	writes []written
	wrote  chan struct{}
}

func (r *recorder) Write(p []byte) (int, error) {
	r.mu.Lock()
	r.writes = append(r.writes, written{r.size.Width, r.size.Height, string(p)})
	r.mu.Unlock()
	select {
	case r.wrote <- struct{}{}:
	default:
	}
	return len(p), nil
}

// wait waits for a write.
func (r *recorder) wait(t testing.TB, what string) {
	t.Helper()
	select {
	case <-r.wrote:
	case <-time.After(10 * time.Second):
		t.Fatalf("bubbletea wrote nothing after %s", what)
	}
}

// record is what bubbletea writes for some slides on a terminal of 80x24, from its start to its end. Consecutive slides
// have to differ.
func record(t testing.TB, slides []slide) []written {
	t.Helper()
	r := &recorder{wrote: make(chan struct{}, 1), size: tea.WindowSizeMsg{Width: 80, Height: 24}}
	p := tea.NewProgram(deck{"starting"}, tea.WithInput(nil), tea.WithOutput(r), tea.WithAltScreen(), tea.WithFPS(120),
		tea.WithoutSignalHandler())
	done := make(chan error)
	go func() {
		_, err := p.Run()
		done <- err
	}()
	p.Send(r.size)
	for i, s := range slides {
		for len(r.wrote) > 0 {
			<-r.wrote
		}
		switch {
		case s.msg != nil:
			p.Send(s.msg)
		case s.width > 0:
			r.mu.Lock()
			r.size = tea.WindowSizeMsg{Width: s.width, Height: s.height}
			r.mu.Unlock()
			p.Send(r.size)
		default:
			p.Send(s)
		}
		r.wait(t, fmt.Sprintf("slide %d", i))
	}
	p.Quit()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	return r.writes
}

// memory is a terminal's file that keeps what is written.
type memory struct{ bytes.Buffer }

func (*memory) Close() error { return nil }
func (*memory) Fd() uintptr  { return ^uintptr(0) }

// through is what a writer makes of writes.
func through(writes []written) (out []written) {
	var m memory
	var now written
	w := &Writer{file: &m, cursor: true, size: func() (int, int) { return now.width, now.height }}
	for _, now = range writes {
		_, _ = w.WriteString(now.bytes)
		out = append(out, written{now.width, now.height, m.String()})
		m.Reset()
	}
	return out
}

// listing is a screen like those of the program: two panes, a cursor line, colours, a status line. The rows move when top
// does; wide is a list over the whole width.
func listing(width, height, top, cursor int, wide bool) string {
	var s strings.Builder
	s.WriteString("\x1b[1;7m example.com.  /etc/bind/db.example.com \x1b[m\n")
	for y := range height - 2 {
		n := top + y
		name := fmt.Sprintf("%-20s", names[n%len(names)])
		if n == cursor {
			name = "\x1b[7m" + name + "\x1b[m"
		}
		if wide {
			fmt.Fprintf(&s, "%s MX %d \x1b[33m%s\x1b[m some more about line %d of the file\n", name, n%7*10, names[(n*5+3)%len(names)], n)
			continue
		}
		fmt.Fprintf(&s, "%s │ %2d  \x1b[36m%s\x1b[m\n", name, y*10, names[(cursor+y)%len(names)])
	}
	s.WriteString("\x1b[2ma add  e edit  w save\x1b[m")
	return s.String()
}

var names = strings.Fields(`example.com. blogs lists news shop sub www mx1 mx2 mx3 relay smtp-out-17 autodiscover
	_25._tcp.mx1 intern.lab dev staging-eu-west billing 漢字.例え umlaut-ä api cdn db-07 ns1 ns2 ftp vpn printer kiosk zürich`)

// shuffled are slides in a random order of what can happen.
func shuffled(rng *rand.Rand, n int) (slides []slide) {
	width, height, top, cursor := 80, 24, 0, 0
	for i := range n {
		s := slide{}
		switch rng.IntN(12) {
		case 0:
			width, height = 20+rng.IntN(100), 4+rng.IntN(40)
			s.width, s.height = width, height
		case 1:
			s.msg = []tea.Msg{tea.ClearScreen(), tea.ShowCursor(), tea.HideCursor(), tea.EnableMouseCellMotion()}[rng.IntN(4)]
		case 2, 3:
			s.view = jumble(rng, height) + fmt.Sprint(i)
		default:
			top, cursor = max(0, top+rng.IntN(7)-3), top+rng.IntN(height)
			s.view = listing(width, height, top, cursor, rng.IntN(2) == 0) + fmt.Sprint(i)
		}
		slides = append(slides, s)
	}
	return slides
}

// jumble is a view of random pieces.
func jumble(rng *rand.Rand, height int) string {
	var s strings.Builder
	for range height - 1 {
		for range rng.IntN(12) {
			s.WriteString(pieces[rng.IntN(len(pieces))])
		}
		s.WriteString("\x1b[m\n")
	}
	return s.String()
}
