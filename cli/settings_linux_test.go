package cli

// This file reads settings that strangers may have left, each as root and as a user.

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/planted"
)

// as runs something as another user, in a thread that ends with it; uid 0 runs it as it is.
func as(t *testing.T, uid uintptr, do func()) {
	t.Helper()
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked
		defer close(done)
		for _, call := range [][4]uintptr{
			{unix.SYS_SETGROUPS, 0, 0, 0}, {unix.SYS_SETRESGID, uid, uid, uid}, {unix.SYS_SETRESUID, uid, uid, uid},
		} {
			if _, _, errno := unix.RawSyscall(call[0], call[1], call[2], call[3]); uid != 0 && errno != 0 {
				done <- errno
				return
			}
		}
		do()
	}()
	if err := <-done; err != nil {
		t.Skip(err)
	}
}

// TestSettingsOfStrangers reads each file as root and as a user, beside a zone and as the user's own.
func TestSettingsOfStrangers(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("needs root, to be somebody else")
	}
	for _, c := range planted.Files() {
		for _, own := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, own %v", c.Name, own), func(t *testing.T) {
				dir := t.TempDir()
				path := filepath.Join(dir, settingsName)
				if own {
					t.Setenv("XDG_CONFIG_HOME", dir)
					path = filepath.Join(dir, "mailzone", "config.toml")
				} else {
					t.Setenv("XDG_CONFIG_HOME", "/nonexistent")
				}
				err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.Chmod(filepath.Dir(dir), 0o755), os.Chmod(dir, 0o755))
				if err != nil {
					t.Fatal(err)
				}
				if err := c.Put(path); errors.Is(err, unix.EPERM) || errors.Is(err, unix.ENOTSUP) {
					t.Skip(err)
				} else if err != nil {
					t.Fatal(err)
				}
				as(t, 0, func() { readStrange(t, path, c.Root, own) })
				as(t, planted.User, func() { readStrange(t, path, c.User, own) })
			})
		}
	}
}

// readStrange reads settings and wants to be told something; "-": neither told nor obeyed.
func readStrange(t *testing.T, path, want string, own bool) {
	var out bytes.Buffer
	p := newProgram(strings.NewReader(""), io.Discard, &out)
	before, start := new(runtime.MemStats), time.Now()
	runtime.ReadMemStats(before)
	opt, err := p.lintSettings("", filepath.Join(filepath.Dir(path), "db.example.com"))
	took, after := time.Since(start), new(runtime.MemStats)
	runtime.ReadMemStats(after)
	if err != nil {
		t.Errorf("stops: %v", err)
	}
	if strings.HasPrefix(want, "a file beside a zone allows") && own {
		return
	}
	if obeyed := len(opt.Disable) > 0; obeyed != (want == "") {
		t.Errorf("uid %d: obeyed: %v, and it says %q", unix.Geteuid(), obeyed, out.String())
	}
	if want = strings.TrimPrefix(want, "-"); !strings.Contains(out.String(), want) || want == "" && out.Len() > 0 {
		t.Errorf("uid %d: it says %q, want %q", unix.Geteuid(), out.String(), want)
	}
	if strings.Contains(out.String(), planted.Secret) || strings.Count(out.String(), "\n") > 1 {
		t.Errorf("uid %d: it says %q", unix.Geteuid(), out.String())
	}
	if bytes := after.TotalAlloc - before.TotalAlloc; bytes > 5<<20 || took > time.Second {
		t.Errorf("it took %v and %d bytes of memory", took, bytes)
	}
}
