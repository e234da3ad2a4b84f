package wire

import (
	"io"
	"os/exec"
)

// child is a program that gets the terminal. A Cmd that is given anything but a file makes a pipe of it, and no editor
// works on a pipe: so the files are taken out of the reader and the writer.
type child struct{ *exec.Cmd }

// SetStdin gives the terminal as standard input, unless there is one already.
func (c child) SetStdin(r io.Reader) {
	if in, ok := r.(*Reader); ok {
		r = in.file
	}
	if c.Stdin == nil {
		c.Stdin = r
	}
}

// SetStdout gives the terminal as standard output, unless there is one already.
func (c child) SetStdout(w io.Writer) {
	if out, ok := w.(*Writer); ok {
		w = out.file
	}
	if c.Stdout == nil {
		c.Stdout = w
	}
}

// SetStderr gives the standard error, unless there is one already.
func (c child) SetStderr(w io.Writer) {
	if c.Stderr == nil {
		c.Stderr = w
	}
}
