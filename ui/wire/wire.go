// Package wire is what lies between bubbletea v1 and a terminal at the end of a slow line.
//
//   - [Writer] sends the cells that changed where bubbletea would send whole lines.
//   - [Reader] hands over one key at a time, however the network cut or joined them.
//   - [ClosingMsg] tells the model that the terminal went away or the program has to end, so that it can put what must not
//     be lost in a safe place: by itself bubbletea dies of SIGHUP, drops SIGTERM's cause, and waits for keys for ever when
//     its input ends.
//   - [Exec] gives the terminal itself to an editor: through a Writer it would find a pipe.
//
// [Run] puts them together.
package wire

import (
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"

	"github.com/mailzone/mailzone/crash"
)

// ClosingMsg says that the program has to end. A model saves what must not be lost and returns [tea.Quit]. It may come more
// than once: a shell repeats the SIGHUP that it got.
type ClosingMsg struct {
	// Signal is SIGHUP or SIGTERM. It is nil when the terminal ended without a signal.
	Signal os.Signal
}

// Run runs a program on a terminal, opened for reading as in and for writing as out, until its model quits. Other options
// may be given, but not an input, an output, a filter or a signal handler, which are set here.
//
// SIGINT and SIGQUIT are ignored: in raw mode ctrl+c is a key, and what an editor's ctrl+c or ctrl+\ sends to everybody is not
// meant for us.
//
// A panic in any goroutine that this package or the model's commands start, and in any call from bubbletea, ends the program:
// the error is a *[crash.Error] then, and the terminal is as it was.
func Run(model tea.Model, in, out *os.File, opts ...tea.ProgramOption) (tea.Model, error) {
	gone := make(chan struct{}, 1)
	reader, writer, g := NewReader(in, func() {
		select {
		case gone <- struct{}{}:
		default: // said already
		}
	}), NewWriter(out), new(guard)
	reader.guard, writer.guard = g, g
	before, err := term.GetState(in.Fd())
	if err != nil {
		return model, err
	}
	program := tea.NewProgram(guarded{model, g}, append(opts,
		tea.WithInput(reader), tea.WithOutput(writer), tea.WithFilter(filter(g, writer.usable)), tea.WithoutSignalHandler())...)
	g.end = program.Kill
	defer watch(g, program, gone)()
	last, err := program.Run()
	if m, ok := last.(guarded); ok {
		model = m.Model
	}
	if e := g.failed(); e != nil {
		err = e
	}
	if err != nil { // bubbletea has done its part, as far as it came
		writer.leave()
		_ = term.Restore(in.Fd(), before)
	}
	return model, err
}

// filter looks at every message before the model does ([tea.WithFilter]): it turns back what the reader had to rename, tells
// no size but what is drawn on, and takes the panics of a program that had the terminal.
func filter(g *guard, usable func(columns, rows int) (width, height int)) func(tea.Model, tea.Msg) tea.Msg {
	return func(_ tea.Model, msg tea.Msg) (out tea.Msg) {
		g.do(func() {
			switch m := msg.(type) {
			case *crash.Error:
				g.fail(m)
			case tea.KeyMsg:
				out = key20(m)
			case tea.WindowSizeMsg:
				m.Width, m.Height = usable(m.Width, m.Height)
				out = m
			default:
				out = msg
			}
		})
		return out
	}
}

// watch sends what happens outside to the program until stop is called.
func watch(g *guard, program *tea.Program, gone <-chan struct{}) (stop func()) {
	// The channel holds what comes while an editor has the terminal and the program does not listen.
	signals := make(chan os.Signal, 4)
	done := make(chan struct{})
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT, syscall.SIGQUIT)
	crash.Start(func() {
		for {
			select {
			case <-done:
				return
			case <-gone:
				program.Send(ClosingMsg{})
			case s := <-signals:
				if s != syscall.SIGINT && s != syscall.SIGQUIT {
					program.Send(ClosingMsg{Signal: s})
				}
			}
		}
	}, g.fail)
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

// Exec is a command that gives the terminal to another program and waits for its end; then it sends what done returns.
func Exec(c *exec.Cmd, done func(error) tea.Msg) tea.Cmd {
	return tea.Exec(&child{Cmd: c}, func(err error) (msg tea.Msg) {
		failed := new(crash.Error)
		if !errors.As(err, &failed) {
			failed = crash.Try(func() { msg = done(err) })
		}
		if failed != nil {
			return failed // to the guard, by way of the filter
		}
		return msg
	})
}
