//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// This file builds the program and runs it on pseudo-terminals, as a user does: keys go in, and what it writes is shown by a
// display. Root never keeps anything below a directory that the environment names, so for root the program runs as nobody.

// nobody is who runs the program where the proofs are run by root.
const nobody = 65534

// A workplace is a directory with a zone file, and all that the program keeps for one user.
type workplace struct {
	t      testing.TB
	bin    string
	dir    string // of the zone file
	home   string // of all else
	locale string
	charge string // where the program is to panic, if it was built for that
}

// zoneName is the zone file of every workplace.
const zoneName = "db.example.com"

// program is the path of the program, which is built when the first proof asks for it: all run the same.
func (p trial) program() string {
	p.Helper()
	bin, err := p.built()
	if err != nil {
		p.Fatal(err)
	}
	return bin
}

// otherProgram builds the program with other flags, and returns the path of it.
func (p trial) otherProgram(flags ...string) string {
	p.Helper()
	bin, err := build(p.publicDir(), flags...)
	if err != nil {
		p.Fatal(err)
	}
	return bin
}

// build builds the program in a directory.
func build(dir string, flags ...string) (bin string, err error) {
	bin = filepath.Join(dir, "mailzone")
	args := append([]string{"build", "-buildvcs=false", "-o", bin}, flags...)
	if out, err := exec.Command("go", append(args, "github.com/mailzone/mailzone")...).CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return bin, nil
}

// publicDir is a temporary directory that everybody can reach.
func (p trial) publicDir() string {
	p.Helper()
	dir := p.TempDir()
	if err := errors.Join(os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o755)); err != nil {
		p.Fatal(err)
	}
	return dir
}

// workplace makes one around a zone file.
func (p trial) workplace(bin, text string) workplace { return p.workplaceIn(bin, p.publicDir(), text) }

// workplaceIn makes one with the zone file in a directory that is there.
func (p trial) workplaceIn(bin, dir, text string) workplace {
	p.Helper()
	w := workplace{t: p.T, bin: bin, dir: dir, home: p.publicDir(), locale: "C.UTF-8"}
	if err := errors.Join(os.WriteFile(w.path(), []byte(text), 0o640), w.furnish()); err != nil {
		p.Fatal(err)
	}
	return w
}

// furnish puts an editor into the home, and gives all to the user. The editor keeps a copy of what it is given, which is what
// the program has in hand, and leaves it as it is.
func (w workplace) furnish() error {
	script := "#!/bin/sh\ncp \"$1\" \"$HOME/copied\" && mv \"$HOME/copied\" \"$HOME/snapshot\"\n"
	err := os.WriteFile(w.home+"/editor", []byte(script), 0o755)
	if os.Geteuid() == 0 {
		for _, path := range []string{w.dir, w.path(), w.home} {
			err = errors.Join(err, os.Chown(path, nobody, nobody))
		}
	}
	return err
}

// path is the zone file.
func (w workplace) path() string { return filepath.Join(w.dir, zoneName) }

// state is where the program keeps logs and undo copies.
func (w workplace) state() Options {
	return Options{StateDir: filepath.Join(w.home, "state", "mailzone")}
}

// command is a run of the program.
func (w workplace) command(args ...string) *exec.Cmd {
	cmd := exec.Command(w.bin, args...)
	cmd.Dir = w.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + w.home, "TMPDIR=" + w.home, "EDITOR=" + w.home + "/editor",
		"XDG_STATE_HOME=" + w.home + "/state", "XDG_CONFIG_HOME=" + w.home, "LC_ALL=" + w.locale, "TERM=xterm-256color", "MAILZONE_CHARGE=" + w.charge}
	if os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	}
	return cmd
}

// A sitting is the program on a terminal, with somebody before it.
type sitting struct {
	workplace
	cmd    *exec.Cmd
	tty    *os.File
	before *term.State // of the terminal
	exited chan struct{}

	mu      sync.Mutex
	display *display
	changed chan struct{}
	drained chan struct{} // closed when nothing more can come
}

// start starts the program on the zone file.
func (w workplace) start(args ...string) (*sitting, error) {
	s := &sitting{workplace: w, cmd: w.command(append(args, zoneName)...), display: newDisplay(w.locale == "C"),
		exited: make(chan struct{}), changed: make(chan struct{}, 1), drained: make(chan struct{})}
	master, slave, err := pty.Open()
	if err != nil {
		return nil, err
	}
	defer slave.Close()
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = slave, slave, slave
	if s.cmd.SysProcAttr == nil {
		s.cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	s.cmd.SysProcAttr.Setsid, s.cmd.SysProcAttr.Setctty = true, true
	if s.before, err = term.GetState(slave.Fd()); err == nil {
		err = pty.Setsize(master, &pty.Winsize{Rows: displayHeight, Cols: displayWidth})
	}
	if err == nil {
		s.tty, err = closable(master)
	}
	if err = errors.Join(err, master.Close()); err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, errors.Join(err, s.tty.Close())
	}
	go s.watch()
	go func() {
		_ = s.cmd.Wait()
		close(s.exited)
	}()
	return s, nil
}

// closable is a terminal that goes away at once when it is closed, though somebody reads from it. One that was asked for its
// descriptor, as package pty does, would stay until something is read.
func closable(tty *os.File) (*os.File, error) {
	fd, err := unix.FcntlInt(tty.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	err = unix.SetNonblock(fd, true) // first: it makes the file one that can be waited for
	return os.NewFile(uintptr(fd), tty.Name()), err
}

// watch is the terminal.
func (s *sitting) watch() {
	defer close(s.drained)
	buf := make([]byte, 1<<16)
	for {
		n, err := s.tty.Read(buf)
		if err != nil {
			return
		}
		s.mu.Lock()
		s.display.write(buf[:n])
		s.mu.Unlock()
		select {
		case s.changed <- struct{}{}:
		default:
		}
	}
}

// screen is what is shown now.
func (s *sitting) screen() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.display.String()
}

// outside is what the terminal was sent that is not on the list.
func (s *sitting) outside() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.display.outside
}

// patience is how long anything may take: these proofs may share their processors with others.
const patience = 30 * time.Second

// shows waits until something is shown that may be there already, and returns it.
func (s *sitting) shows(what *regexp.Regexp) (string, error) {
	if found := what.FindString(s.screen()); found != "" {
		return found, nil
	}
	return s.until(what)
}

// until waits until something is shown that is to come, and returns it.
func (s *sitting) until(what *regexp.Regexp) (string, error) {
	deadline := time.After(patience)
	for {
		select {
		case <-s.changed:
		case <-deadline:
			return "", fmt.Errorf("%q is not shown:\n%s", what, s.screen())
		case <-s.drained:
			if found := what.FindString(s.screen()); found != "" {
				return found, nil
			}
			return "", fmt.Errorf("%q is not shown, and the program has ended:\n%s", what, s.screen())
		}
		if found := what.FindString(s.screen()); found != "" {
			return found, nil
		}
	}
}

// press types keys.
func (s *sitting) press(keys string) error {
	_, err := io.WriteString(s.tty, keys)
	return err
}

// ready is a screen of the editor whose last line is drawn, which is always the last to be. While a file is read there is no
// serial yet, and the last line has no key that opens or chooses.
var ready = regexp.MustCompile(`(?s)^[^\n]*serial \d.*\n[^\n]*\benter [^\n]*\n\z`)

// opened waits for the first screen.
func (s *sitting) opened() error {
	_, err := s.until(ready)
	return err
}

// calm is two Escapes: they close whatever a command has opened.
const calm = "\x1b\x1b"

// settle waits until the program has obeyed every key before, and shows what came of it: a word that is typed at its prompt
// stands on the screen.
func (s *sitting) settle(word string) error {
	err := s.press(calm + ":" + word)
	if err == nil {
		_, err = s.until(regexp.MustCompile(`(?m)^:` + word))
	}
	return err
}

// snapshot is the text of the zone file as the program has it in hand.
func (s *sitting) snapshot() (string, error) {
	path := filepath.Join(s.home, "snapshot")
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	if err := s.press(calm + "E"); err != nil {
		return "", err
	}
	if _, err := s.until(regexp.MustCompile("nothing to change")); err != nil {
		return "", err
	}
	text, err := os.ReadFile(path)
	return string(text), err
}

// gone waits for the end of the program and returns how long that took.
func (s *sitting) gone() (time.Duration, error) {
	start := time.Now()
	select {
	case <-s.exited:
		return time.Since(start), nil
	case <-time.After(patience):
		s.end()
		return time.Since(start), fmt.Errorf("the program did not end")
	}
}

// settings are the terminal's, as stty(1) shows them.
func (s *sitting) settings() (now *term.State, err error) {
	conn, err := s.tty.SyscallConn()
	if err != nil {
		return nil, err
	}
	controlErr := conn.Control(func(fd uintptr) { now, err = term.GetState(fd) })
	return now, errors.Join(controlErr, err)
}

// end ends the program, and the terminal.
func (s *sitting) end() {
	_ = s.cmd.Process.Kill()
	<-s.exited
	_ = s.tty.Close()
	<-s.drained
}

// said is all that stands on the screen, in one line.
func (s *sitting) said() string { return strings.Join(strings.Fields(s.screen()), " ") }
