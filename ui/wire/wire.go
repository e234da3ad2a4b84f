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
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
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
// SIGINT is ignored: in raw mode ctrl+c is a key, and what an editor's ctrl+c sends to everybody is not meant for us.
func Run(model tea.Model, in, out *os.File, opts ...tea.ProgramOption) (tea.Model, error) {
	gone := make(chan struct{}, 1)
	reader := NewReader(in, func() {
		select {
		case gone <- struct{}{}:
		default: // said already
		}
	})
	program := tea.NewProgram(model, append(opts,
		tea.WithInput(reader), tea.WithOutput(NewWriter(out)), tea.WithFilter(keys), tea.WithoutSignalHandler())...)
	defer watch(program, gone)()
	return program.Run()
}

// watch sends what happens outside to the program until stop is called.
func watch(program *tea.Program, gone <-chan struct{}) (stop func()) {
	// The channel holds what comes while an editor has the terminal and the program does not listen.
	signals := make(chan os.Signal, 4)
	done := make(chan struct{})
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		for {
			select {
			case <-done:
				return
			case <-gone:
				program.Send(ClosingMsg{})
			case s := <-signals:
				if s != syscall.SIGINT {
					program.Send(ClosingMsg{Signal: s})
				}
			}
		}
	}()
	return func() {
		signal.Stop(signals)
		close(done)
	}
}

// Exec is a command that gives the terminal to another program and waits for its end; then it sends what done returns.
func Exec(c *exec.Cmd, done func(error) tea.Msg) tea.Cmd {
	return tea.Exec(child{c}, done)
}
