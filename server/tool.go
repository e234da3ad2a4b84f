//go:build linux || darwin || freebsd || netbsd

package server

// This file runs the programs of BIND, in the one way in which the package runs any program: from the system's own
// directories, without a shell, with nothing of the user's environment, for a limited time, and with what they print
// cut off where it becomes unreasonable. What they print is text from outside: whoever shows it makes it printable.

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/crash"
)

// toolDirs are where programs are looked for, never PATH: root's may hold a directory that others write to.
var toolDirs = [...]string{"/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"}

// A tool is one run of a program.
type tool struct {
	name  string
	args  []string
	dir   string     // to run in; "" is the root directory
	stdin [][]byte   // in pieces
	watch *Watch     // who waits for it; nil if nobody does
	files [][]byte   // what it can read, once each, at toolFile
	given []*os.File // open files that it can read at toolFile, in the place of files
	logs  bool       // only what it says on standard output is kept
	limit time.Duration
	most  int // bytes of output that are kept
}

// hostingTime is how long each question about a zone may take: the answer is welcome, and nothing waits for it.
const hostingTime = 3 * time.Second

// A reply is what a tool printed, on both outputs, and the status that it ended with.
type reply struct {
	text   string
	status int
	cut    bool // it printed more, and was ended
}

// failed reports whether the tool says that it failed.
func (r reply) failed() bool { return r.status != 0 }

// errNotInstalled says that the system has no such program.
var errNotInstalled = errors.New("is not installed")

// toolPath is where a program is, "" if the system has none. That nobody can look is an error.
func toolPath(name string) (string, error) {
	for _, dir := range toolDirs {
		path := filepath.Join(dir, name)
		st, err := os.Stat(path)
		switch {
		case err == nil && st.Mode().IsRegular():
			return path, nil
		case err != nil && !errors.Is(err, unix.ENOENT) && !errors.Is(err, unix.ENOTDIR):
			return "", err
		}
	}
	return "", nil
}

// run runs the tool. That it fails is no error; that it cannot be run, is ended by a signal or takes too long, is one.
func (t tool) run() (reply, error) {
	path, err := toolPath(t.name)
	if err != nil {
		return reply{}, fmt.Errorf("%s: %w", t.name, err)
	}
	if path == "" {
		return reply{}, fmt.Errorf("%s %w", t.name, errNotInstalled)
	}
	ctx, cancel := context.WithTimeout(t.watch.context(), t.limit)
	defer cancel()
	out := limited{most: t.most, full: cancel}
	cmd := exec.CommandContext(ctx, path, t.args...)
	cmd.Dir, cmd.Env = t.dir, []string{"LC_ALL=C", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"}
	if cmd.Dir == "" {
		cmd.Dir = "/"
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = newText(t.stdin, t.watch), &out, &out
	if t.logs {
		cmd.Stderr = nil
	}
	cmd.WaitDelay = time.Second
	done, err := t.offer(cmd)
	if err == nil {
		err = cmd.Run()
	}
	done()
	status := new(exec.ExitError)
	switch {
	case out.cut || err == nil:
		return reply{out.String(), 0, out.cut}, nil
	case t.watch.context().Err() != nil:
		return reply{}, fmt.Errorf("%s: %w", t.name, context.Canceled)
	case ctx.Err() != nil:
		return reply{}, fmt.Errorf("%s took longer than %v", t.name, t.limit)
	case !errors.As(err, &status) || !status.Exited():
		return reply{}, fmt.Errorf("%s: %w", t.name, err)
	}
	return reply{out.String(), status.ExitCode(), false}, nil
}

// toolFile is the path at which a tool reads the file of a number.
func toolFile(n int) string { return fmt.Sprintf("/dev/fd/%d", 3+n) }

// offer writes each file of the tool into a pipe that the command reads. Done ends the writing of what nobody has read.
func (t tool) offer(cmd *exec.Cmd) (done func(), err error) {
	var writing crash.Group
	done = func() {
		for _, r := range cmd.ExtraFiles {
			r.Close()
		}
		writing.Wait()
	}
	if t.given != nil { // whoever opened them closes them
		cmd.ExtraFiles = t.given
		return func() {}, nil
	}
	for _, data := range t.files {
		r, w, err := os.Pipe()
		if err != nil {
			return done, err
		}
		cmd.ExtraFiles = append(cmd.ExtraFiles, r)
		writing.Go(func() {
			_, _ = w.Write(data) // fails if the tool does not want it all
			w.Close()
		})
	}
	return done, nil
}

// said is a reply on one line.
func (r reply) said() string {
	return strings.Join(strings.FieldsFunc(strings.TrimSpace(r.text), func(c rune) bool { return c == '\n' }), "; ")
}

// limited keeps the first bytes that are written to it.
type limited struct {
	strings.Builder
	most int
	full func() // ends the program when there is more: what it still says is of no use
	cut  bool   // there was more
}

// Write keeps what there is room for, and takes the rest as written.
func (l *limited) Write(p []byte) (int, error) {
	room := min(len(p), l.most-l.Len())
	if room < len(p) && !l.cut {
		l.cut = true
		l.full()
	}
	l.Builder.Write(p[:room])
	return len(p), nil
}
