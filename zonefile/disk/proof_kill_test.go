//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// This file kills a program that saves without end, and lets many programs save at once.

// proveKill ends a loop of saves by SIGKILL, again and again. The file must be a whole edition, not before the last one
// that the loop said was saved.
func proveKill(p trial) {
	inMemory(p.T)
	killed(p, p.count("%s damaged or lost of %s"), bySave, p.n(20, 10_000))
	killed(p, p.count("in place, undone: %s of %s"), byInPlace, p.n(10, 2000))
	killed(p, p.count("several files, finished: %s of %s"), severalFiles, p.n(10, 2000))
	killed(p, p.control("os.WriteFile: %s damaged of %s"), byWriteFile, p.n(20, 1000))
}

// killed kills a way of writing n times.
func killed(p trial, c *count, how string, n int) {
	const loops = 2
	workers(loops, func(int) {
		path := editionFile(p.T, p.TempDir())
		var err error
		switch how {
		case byInPlace:
			err = os.Link(path, filepath.Join(p.TempDir(), "link"))
		case severalFiles:
			err = os.WriteFile(path+includedSuffix, edition(0), 0o640)
		}
		if err != nil {
			p.Error(err)
		}
		for range n / loops {
			w := startWriter(p.T, path, path+".state", how)
			w.awaitOne()
			<-time.After(time.Duration(rand.IntN(3000)) * time.Microsecond) // the random moment
			w.kill()
			c.try(w.lostIn(path, how))
			if how == byWriteFile {
				restart(p.T, path)
			}
		}
		if how == bySave {
			f := open(p.T, path, Options{StateDir: path + ".state"}) // removes what the last one left, or tells what is nowhere else
			said := strings.Join(f.Warnings(), "\n")
			f.Close()
			if left := unnamedLeftover(p.T, path, said); left != "" {
				p.Error(left)
			}
		}
	})
}

// editionFile is a zone file with edition 0.
func editionFile(t testing.TB, dir string) string {
	t.Helper()
	path := filepath.Join(dir, "db.example.com")
	restart(t, path)
	return path
}

// restart makes a file edition 0 again.
func restart(t testing.TB, path string) {
	t.Helper()
	if err := os.WriteFile(path, edition(0), 0o640); err != nil {
		t.Error(err)
	}
}

// unnamedLeftover says which staged file is left beside a file that the text does not name, "" if none is.
func unnamedLeftover(t testing.TB, path, said string) string {
	t.Helper()
	for _, name := range names(t, filepath.Dir(path)) {
		if strings.HasPrefix(name, stagedPrefix) && !strings.Contains(said, name) {
			return fmt.Sprintf("%s is left and nobody says so: %s", name, said)
		}
	}
	return ""
}

// A runningWriter is the child forever.
type runningWriter struct {
	t    testing.TB
	cmd  *exec.Cmd
	out  *os.File
	text []byte       // what it wrote
	said bytes.Buffer // why it ended by itself, which it does whenever the disk is taken away
}

// startWriter starts one.
func startWriter(t testing.TB, path, state, how string) *runningWriter {
	t.Helper()
	w := &runningWriter{t: t, cmd: childCommand(t, "forever", path, state, how)}
	w.cmd.Stderr = &w.said
	out, in, err := os.Pipe()
	if err == nil {
		w.out, w.cmd.Stdout = out, in
		err = errors.Join(w.cmd.Start(), in.Close())
	}
	if err != nil {
		t.Error(err)
	}
	return w
}

// awaitOne waits for the next number.
func (w *runningWriter) awaitOne() {
	w.t.Helper()
	buf := make([]byte, 64)
	for seen := len(w.text); bytes.IndexByte(w.text[seen:], '\n') < 0; {
		n, err := w.out.Read(buf)
		if err != nil {
			_ = w.cmd.Wait()
			w.t.Errorf("the writer ended by itself: %v: %s", err, &w.said)
			return
		}
		w.text = append(w.text, buf[:n]...)
	}
}

// kill ends it and reads the rest.
func (w *runningWriter) kill() {
	w.t.Helper()
	if err := w.cmd.Process.Signal(unix.SIGKILL); err != nil && !errors.Is(err, os.ErrProcessDone) {
		w.t.Error(err)
	}
	_ = w.cmd.Wait()
	rest, err := io.ReadAll(w.out)
	if err != nil {
		w.t.Error(err)
	}
	w.text = append(w.text, rest...)
	_ = w.out.Close()
}

// last is the number of the last edition that it said was written.
func (w *runningWriter) last() int {
	lines := bytes.Fields(w.text[:bytes.LastIndexByte(w.text, '\n')+1])
	if len(lines) == 0 {
		return -1
	}
	n, err := strconv.Atoi(string(lines[len(lines)-1]))
	if err != nil {
		w.t.Error(err)
	}
	return n
}

// lostIn says what is wrong after the writer ended: the file must be whole, and the last edition or the one after.
func (w *runningWriter) lostIn(path, how string) string {
	// A child that is forked right now for another file would hold the locks that are taken here until it runs its program.
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	switch how {
	case byLog:
		return w.editsLost(path)
	case byInPlace: // half of it may be written until that is undone
		if _, why := endedWrong(path, path+".state", Undo); why != "" {
			return why
		}
	case severalFiles:
		if _, why := finishedWrong(path, path+".state"); why != "" {
			return why
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	n, whole := editionOf(data)
	last := w.last()
	switch {
	case !whole:
		return fmt.Sprintf("%d bytes that are no edition", len(data))
	case n != last && n != last+1:
		return fmt.Sprintf("edition %d, but %d was saved", n, last)
	}
	return ""
}

// editsLost says what is not in the recovery log.
func (w *runningWriter) editsLost(path string) string {
	r, err := Recover(path, Options{StateDir: path + ".state"})
	if err != nil {
		return err.Error()
	}
	last := w.last()
	if len(r.Edits) < last || len(r.Edits) > last+1 || !bytes.Equal(r.Base, edition(0)) {
		return fmt.Sprintf("%d edits of %d", len(r.Edits), last)
	}
	for i, edit := range r.Edits {
		if !bytes.Equal(edit, edition(i + 1)[:80]) {
			return fmt.Sprintf("edit %d is %q", i, edit)
		}
	}
	return ""
}

// endedWrong opens a file, which must change nothing, ends what was interrupted of its save, and says what is wrong then.
func endedWrong(path, state string, way Way) (found int, why string) {
	opt := Options{StateDir: state}
	before, err := os.ReadFile(path)
	if err != nil {
		return 0, err.Error()
	}
	f, err := Open(path, opt)
	if err != nil {
		return 0, err.Error()
	}
	saves := f.Interrupted().Saves
	f.Close()
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		return len(saves), fmt.Sprintf("opened, and it holds %.100q and not %.100q: %v", after, before, err)
	}
	for _, in := range saves {
		if err := end(in, way); err != nil {
			return len(saves), fmt.Sprintf("%v: %v", in, err)
		}
	}
	if again, err := FindInterrupted(path, opt); err != nil || len(again.Saves)+len(again.Notes) > 0 {
		return len(saves), fmt.Sprintf("ended, and there is still %v, %v", again, err)
	}
	return len(saves), ""
}

// end ends an interrupted save as a user does who agrees to all.
func end(in *Interrupted, way Way) error {
	e, err := in.Begin(way, false)
	if err != nil {
		return err
	}
	defer e.Close()
	if _, ended, err := e.Save(SaveOptions{InPlace: true}, nil); err != nil || !ended {
		return fmt.Errorf("%s: ended %v, %w", way, ended, err)
	}
	return nil
}

// finishedWrong finishes what was interrupted of a save of several files, and says what is not the same version then.
func finishedWrong(main, state string) (warnings []string, why string) {
	path, opt := main+includedSuffix, Options{StateDir: state}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil, ""
	}
	found, why := endedWrong(main, state, Finish)
	if why != "" {
		return nil, why
	}
	data, readErr := os.ReadFile(main)
	included, openErr := Open(path, opt)
	if err := errors.Join(readErr, openErr); err != nil {
		return nil, err.Error()
	}
	defer included.Close()
	if string(data) != string(included.Bytes()) {
		why = fmt.Sprintf("%d finished, and the files differ: %.100q and %.100q", found, data, included.Bytes())
	}
	return included.Warnings(), why
}

// proveEditors lets 8 processes add one to a number in a file: each save that succeeded must be in it.
func proveEditors(p trial) {
	inMemory(p.T)
	countTogether(p, p.count("%s saves lost of %s"), bySave, p.n(10, 2000))
	countTogether(p, p.control("os.WriteFile: %s lost of %s"), byWriteFile, p.n(10, 2000))
}

// countTogether counts how often 8 processes lost what another one wrote.
func countTogether(p trial, c *count, how string, each int) {
	const editors = 8
	path := filepath.Join(p.TempDir(), "counter")
	if err := os.WriteFile(path, []byte("0\n"), 0o644); err != nil {
		p.Fatal(err)
	}
	done := make(chan error)
	for range editors {
		cmd := childCommand(p.T, "count", path, strconv.Itoa(each), how)
		go func() { done <- cmd.Run() }()
	}
	for range editors {
		if err := <-done; err != nil {
			p.Error(err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		p.Fatal(err)
	}
	counted, err := strconv.Atoi(strings.TrimSpace(string(data)))
	if err != nil && how == bySave {
		p.Fatal(err)
	}
	c.tried, c.wrong = editors*each, editors*each-counted
	if c.wrong != 0 && how == bySave {
		p.Errorf("%d saves succeeded and the number is %d", c.tried, counted)
	}
	if left := unnamedLeftover(p.T, path, ""); left != "" {
		p.Error(left)
	}
}
