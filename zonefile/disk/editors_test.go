//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// swapFile is the start of what vim 9.0 and nano 7.2 wrote on Debian 12, with another process and host.
func swapFile(program string, process int, host string) []byte {
	b := make([]byte, 1024)
	copy(b, "b0"+program)
	binary.LittleEndian.PutUint32(b[24:], uint32(process))
	copy(b[28:], "root")
	copy(b[68:], host)
	copy(b[108:], "/etc/bind/db.example.com")
	return b
}

// endedProcess is the number of a process that runs no longer.
func endedProcess(t *testing.T) int {
	t.Helper()
	cmd := exec.Command("true")
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	return cmd.Process.Pid
}

func TestEditors(t *testing.T) {
	host, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	me, ended := os.Getpid(), endedProcess(t)
	type lock struct {
		name string
		data []byte // nil: a link
		to   string
	}
	for name, c := range map[string]struct {
		lock lock
		want string // "": there is none
		gone bool
	}{
		"vim":            {lock{name: ".swp", data: swapFile("VIM 9.0", me, host)}, fmt.Sprintf("vim 9.0 (root on %s, process %d) has the file open", host, me), false},
		"second vim":     {lock{name: ".swo", data: swapFile("VIM 9.0", me, host)}, "has the file open", false},
		"nano":           {lock{name: ".swp", data: swapFile("nano 7.2", me, host)}, fmt.Sprintf("nano 7.2 (root on %s, process %d) has the file open", host, me), false},
		"crashed vim":    {lock{name: ".swp", data: swapFile("VIM 9.0", ended, host)}, "`vim -r` shows what it had not saved, then remove .db.example.com.swp", true},
		"crashed nano":   {lock{name: ".swp", data: swapFile("nano 7.2", ended, host)}, "ended without closing the file: remove .db.example.com.swp", true},
		"another host":   {lock{name: ".swp", data: swapFile("VIM 9.0", ended, "elsewhere.example")}, "on elsewhere.example", false},
		"emacs":          {lock{name: ".#", to: fmt.Sprintf("root@%s.%d:1763769600", host, me)}, fmt.Sprintf("emacs (root on %s, process %d) has the file open", host, me), false},
		"crashed emacs":  {lock{name: ".#", to: fmt.Sprintf("root@%s.%d", host, ended)}, "ended", true},
		"emacs far away": {lock{name: ".#", to: "me@host.example.org.77:1"}, "me on host.example.org, process 77", false},
		"no swap file":   {lock{name: ".swp", data: []byte("something of the user's own, longer than the head of a lock file: " + strings.Repeat("x", 100))}, "", false},
		"short":          {lock{name: ".swp", data: []byte("b0VIM 9.0")}, "", false},
		"empty":          {lock{name: ".swp", data: []byte{}}, "", false},
		"odd link":       {lock{name: ".#", to: "nobody"}, "", false},
		"link for vim":   {lock{name: ".swp", to: "/dev/zero"}, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			path := zone(t)
			at := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+c.lock.name)
			if c.lock.name == ".#" {
				at = filepath.Join(filepath.Dir(path), ".#"+filepath.Base(path))
			}
			if c.lock.data == nil {
				err = os.Symlink(c.lock.to, at)
			} else {
				err = os.WriteFile(at, c.lock.data, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			f := open(t, path, options(t))
			list := f.Editors()
			if c.want == "" {
				if len(list) > 0 || len(f.Warnings()) > 0 {
					t.Errorf("Editors = %v, Warnings = %q", list, f.Warnings())
				}
				return
			}
			if len(list) != 1 || !strings.Contains(list[0].String(), c.want) || list[0].Gone != c.gone {
				t.Fatalf("Editors = %+v, want %q", list, c.want)
			}
			if w := strings.Join(f.Warnings(), "\n"); w != list[0].String() {
				t.Errorf("Warnings = %q", w)
			}
		})
	}
}

// A lock that is no file is not waited for.
func TestEditorsWithFIFO(t *testing.T) {
	path := zone(t)
	dir := filepath.Dir(path)
	if err := errors.Join(unix.Mkfifo(filepath.Join(dir, ".db.example.com.swp"), 0o600), os.Mkdir(filepath.Join(dir, ".db.example.com.swo"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if list := open(t, path, options(t)).Editors(); len(list) > 0 {
		t.Errorf("Editors = %v", list)
	}
}
