//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// counterEnv names the file that a child of TestManyProcesses counts in.
const counterEnv = "MAILZONE_TEST_COUNTER"

func TestMain(m *testing.M) {
	if path := os.Getenv(counterEnv); path != "" {
		os.Exit(countUp(path))
	}
	if path := os.Getenv(flipEnv); path != "" {
		os.Exit(flip(path))
	}
	os.Exit(m.Run())
}

// savesPerProcess is how many saves each child must get through.
const savesPerProcess = 25

// countUp adds one to the number in a file until it did so often enough.
func countUp(path string) (status int) {
	for n := 0; n < savesPerProcess; {
		err := addOne(path)
		switch {
		case err == nil:
			n++
		case !errors.Is(err, ErrConflict) && !errors.Is(err, ErrReadOnly) && !strings.Contains(err.Error(), "right now"):
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return 0
}

// addOne adds one to the number in a file.
func addOne(path string) error {
	f, err := Open(path, Options{StateDir: filepath.Join(path+".state", strconv.Itoa(os.Getpid()))})
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := strconv.Atoi(strings.TrimSpace(string(f.Bytes())))
	if err != nil {
		return err
	}
	_, err = f.Save(fmt.Appendln(nil, n+1), SaveOptions{})
	return err
}

func TestManyProcesses(t *testing.T) {
	const processes = 4
	path := filepath.Join(t.TempDir(), "counter")
	if err := os.WriteFile(path, []byte("0\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	for range processes {
		go func() {
			cmd := exec.Command(exe)
			cmd.Env = append(os.Environ(), counterEnv+"="+path)
			out, err := cmd.CombinedOutput()
			if err != nil {
				err = fmt.Errorf("%w: %s", err, out)
			}
			done <- err
		}()
	}
	for range processes {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	wantContent(t, path, fmt.Sprintln(processes*savesPerProcess))
	for _, name := range names(t, filepath.Dir(path)) {
		if strings.HasPrefix(name, stagedPrefix) {
			t.Errorf("%s is left", name)
		}
	}
}

// flipEnv names the file that a child of TestKill saves over and over.
const flipEnv = "MAILZONE_TEST_FLIP"

// flip saves two contents in turn for ever and writes a dot after each.
func flip(path string) (status int) {
	f, err := Open(path, Options{StateDir: path + ".state"})
	for err == nil {
		next := newText
		if string(f.Bytes()) == newText {
			next = oldText
		}
		if _, err = f.Save([]byte(next), SaveOptions{}); err == nil {
			_, err = os.Stdout.WriteString(".")
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

func TestKill(t *testing.T) {
	path := zone(t)
	opt := Options{StateDir: path + ".state"}
	for round := range 30 {
		killAfter(t, path, 1+round%5)
		f := open(t, path, opt)
		if got := string(f.Bytes()); got != oldText && got != newText {
			t.Fatalf("round %d: the file holds %q", round, got)
		}
		for _, name := range names(t, filepath.Dir(path)) {
			if strings.HasPrefix(name, stagedPrefix) && !strings.Contains(strings.Join(f.Warnings(), " "), name) {
				t.Errorf("round %d: %s is left", round, name)
			}
		}
		f.Close()
	}
}

// killAfter runs a child that saves the file, and kills it when it did so n times and is at the next.
func killAfter(t *testing.T, path string, n int) {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), flipEnv+"="+path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(out, make([]byte, n)); err != nil {
		t.Error(err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = cmd.Wait()
}
