package wire

// Another program gets the terminal itself and not a pipe: no editor works on one.

import (
	"io"
	"os/exec"

	"github.com/mailzone/mailzone/crash"
)

// child is a program that gets the terminal. A Cmd that is given anything but a file makes a pipe of it, and no editor
// works on a pipe: so the files are taken out of the reader and the writer. After a panic it is not run.
type child struct {
	*exec.Cmd
	failed *crash.Error
}

// Run runs it, and waits for its end.
func (c *child) Run() (err error) {
	c.do(func() { err = c.Cmd.Run() })
	if c.failed != nil {
		return c.failed
	}
	return err
}

// do does something, unless there was a panic before.
func (c *child) do(what func()) {
	if c.failed == nil {
		c.failed = crash.Try(what)
	}
}

// SetStdin gives the terminal as standard input, unless there is one already.
func (c *child) SetStdin(r io.Reader) {
	c.do(func() {
		if in, ok := r.(*Reader); ok {
			r = in.file
		}
		if c.Stdin == nil {
			c.Stdin = r
		}
	})
}

// SetStdout gives the terminal as standard output, unless there is one already.
func (c *child) SetStdout(w io.Writer) {
	c.do(func() {
		if out, ok := w.(*Writer); ok {
			w = out.file
		}
		if c.Stdout == nil {
			c.Stdout = w
		}
	})
}

// SetStderr gives the standard error, unless there is one already.
func (c *child) SetStderr(w io.Writer) {
	c.do(func() {
		if c.Stderr == nil {
			c.Stderr = w
		}
	})
}
