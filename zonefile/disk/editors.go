//go:build linux || darwin || freebsd || netbsd

package disk

// This file reads the lock files of other editors: who has a zone file open, and is he still there?

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// An Editor is another editor that has a file open, as its lock file tells.
type Editor struct {
	Program    string // as "vim 9.0"
	Process    int    // 0 if the lock does not tell
	User, Host string
	Lock       string // the name of the lock file, beside the file
	Gone       bool   // the process is on this host and no longer runs
}

// String is who has the file open, and what to do about it.
func (e Editor) String() string {
	who := e.Program + " (" + e.User + " on " + e.Host
	if e.Process > 0 {
		who += fmt.Sprintf(", process %d", e.Process)
	}
	who += ")"
	switch {
	case e.Gone && strings.HasPrefix(e.Program, "vim"):
		return who + " ended without closing the file: `vim -r` shows what it had not saved, then remove " + e.Lock
	case e.Gone:
		return who + " ended without closing the file: remove " + e.Lock
	}
	return who + " has the file open: close it there first"
}

// Editors are the other editors that have the file open.
func (f *File) Editors() []Editor {
	var list []Editor
	base := f.target.base
	for _, lock := range []string{"." + base + ".swp", "." + base + ".swo"} { // vim takes the next where one is there
		if e, ok := f.swapFile(lock); ok {
			list = append(list, e)
		}
	}
	if e, ok := f.emacsLock(".#" + base); ok {
		list = append(list, e)
	}
	return list
}

// swapFile reads a lock of vim or nano. Vim: memline.c, struct block0; nano writes the same (files.c, write_lockfile): the
// identification, the program with its version at 2, the process at 24, least byte first, the user at 28 and the host at
// 68, each ended by a NUL.
func (f *File) swapFile(lock string) (Editor, bool) {
	const identified, process, user, host, end = 2, 24, 28, 68, 108
	if !f.mayHave(lock) {
		return Editor{}, false
	}
	head, ok := f.head(lock, end)
	if !ok || len(head) < end || head[0] != 'b' || !bytes.ContainsRune([]byte("0cCdD"), rune(head[1])) {
		return Editor{}, false
	}
	text := func(from, to int) string {
		s, _, _ := bytes.Cut(head[from:to], []byte{0})
		return strings.TrimSpace(string(s))
	}
	e := Editor{Program: strings.ToLower(text(identified, 12)), User: text(user, host), Host: text(host, end), Lock: lock}
	e.Process = int(int32(binary.LittleEndian.Uint32(head[process:])))
	e.Gone = gone(e.Process, e.Host)
	return e, true
}

// head reads the first bytes of a regular file beside the file.
func (f *File) head(name string, most int64) ([]byte, bool) {
	k := f.kernel
	path := filepath.Join(f.target.dir, name)
	st, err := k.statAt(unix.AT_FDCWD, path)
	if err != nil || !st.regular() {
		return nil, false
	}
	fd, err := k.openAt(unix.AT_FDCWD, path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, false
	}
	defer k.closeFile(fd)
	head, _ := k.readAll(fd, most, most) // a lock is longer, which is no error
	return head, true
}

// emacsLock reads a lock of emacs, a link to USER@HOST.PROCESS:BOOT (filelock.c).
func (f *File) emacsLock(lock string) (Editor, bool) {
	if !f.mayHave(lock) {
		return Editor{}, false
	}
	to, err := f.kernel.readlink(filepath.Join(f.target.dir, lock))
	if err != nil {
		return Editor{}, false
	}
	to, _, _ = strings.Cut(to, ":")
	user, rest, _ := strings.Cut(to, "@")
	dot := strings.LastIndexByte(rest, '.')
	if dot < 0 {
		return Editor{}, false
	}
	e := Editor{Program: "emacs", User: user, Host: rest[:dot], Lock: lock}
	e.Process, _ = strconv.Atoi(rest[dot+1:]) // 0 tells that it is not known
	e.Gone = gone(e.Process, e.Host)
	return e, true
}

// gone reports whether a process of this host has ended. Of another host's nothing is known. Editors cut long host names.
func gone(process int, host string) bool {
	own, err := os.Hostname()
	if err != nil || host == "" || process <= 0 || !strings.HasPrefix(own, host) {
		return false
	}
	return errors.Is(unix.Kill(process, 0), unix.ESRCH)
}
