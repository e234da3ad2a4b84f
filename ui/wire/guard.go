package wire

// The library catches a panic in its own loop and in commands alone: one in its renderer, its reader of keys or a goroutine of
// ours would leave the terminal raw and on the alternate screen. So whatever it calls here, and whatever we start, is done under
// a guard. The first panic ends the program: nothing more is drawn or asked of the model, the library leaves its loop, and Run
// leaves the terminal as it was.

import (
	"io"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/crash"
)

// guard is where all parts of a running program tell a panic.
type guard struct {
	end func() // ends the program soon, without waiting for anything: it may be called under any lock of the library

	mu    sync.Mutex
	first *crash.Error
}

// do does something and tells whether it came to its own end. Without a guard a panic goes on.
func (g *guard) do(what func()) bool {
	if g == nil {
		what()
		return true
	}
	e := crash.Try(what)
	if e != nil {
		g.fail(e)
	}
	return e == nil
}

// fail ends the program because of a panic.
func (g *guard) fail(e *crash.Error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.first == nil {
		g.first = e
		g.end()
	}
}

// failed is the panic that ended the program, nil if there was none.
func (g *guard) failed() *crash.Error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.first
}

// guarded is the model under a guard.
type guarded struct {
	tea.Model
	*guard
}

// Init is the model's, and its command under the guard.
func (m guarded) Init() (cmd tea.Cmd) {
	m.do(func() { cmd = m.command(m.Model.Init()) })
	return cmd
}

// Update is the model's. A model that has failed once is left alone: nobody knows what it has left half done.
func (m guarded) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if m.failed() != nil {
		return m, nil
	}
	var cmd tea.Cmd
	m.do(func() {
		var next tea.Model
		next, cmd = m.Model.Update(msg)
		m.Model, cmd = next, m.command(cmd)
	})
	return m, cmd
}

// View is the model's.
func (m guarded) View() (view string) {
	if m.failed() == nil {
		m.do(func() { view = m.Model.View() })
	}
	return view
}

// command is a command under the guard. One that stands for several, which the library runs beside one another, has them
// guarded, too.
func (g *guard) command(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		g.do(func() { msg = cmd() })
		batch, several := msg.(tea.BatchMsg)
		if !several {
			return msg
		}
		all := make(tea.BatchMsg, len(batch))
		for i, c := range batch {
			all[i] = g.command(c)
		}
		return all
	}
}

// descriptor is a descriptor under the guard; none after a panic.
func (g *guard) descriptor(of func() uintptr) uintptr {
	fd := ^uintptr(0)
	g.do(func() { fd = of() })
	return fd
}

// transfer reads or writes under the guard; after a panic there is no more.
func (g *guard) transfer(do func([]byte) (int, error), p []byte) (n int, err error) {
	if !g.do(func() { n, err = do(p) }) {
		return 0, io.EOF
	}
	return n, err
}

// closing closes under the guard.
func (g *guard) closing(do func() error) (err error) {
	g.do(func() { err = do() })
	return err
}
