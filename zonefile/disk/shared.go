//go:build linux || darwin || freebsd || netbsd

package disk

// This file is what files have in common that are opened together, as all files of a zone are, or those of a thousand zones:
// a directory is held open once and listed once, and the records of interrupted saves are read once, so that what many files
// cost grows as their number.

import (
	"errors"
	"sync"

	"golang.org/x/sys/unix"
)

// Shared is what is known of directories and of interrupted saves, for who opens many files. It may be shared by files that are
// opened side by side. The zero value knows nothing yet.
type Shared struct {
	mu     sync.Mutex
	staged map[string][]string   // what saves had left in directories when they were first asked for, by their paths
	beside map[string]listing    // what other programs keep beside files, in directories when they were first asked for
	held   map[string]*directory // that files of these paths have open
	seen   any                   // of records, see knownRecords
	alone  bool                  // it is of one zone: to list a directory for it costs more than to ask for the few names
}

// A directory is one that files have open.
type directory struct {
	fd     int
	state  status
	hidden bool // it may be searched and not read
	files  int  // that have it open
}

// directory opens the directory of a file, or finds it open. One that was put elsewhere since is another one: its file is
// opened in what stands at the path now.
func (s *Shared) directory(k kernel, path string) (*directory, error) {
	if s == nil {
		return k.holdDirectory(path)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if d := s.held[path]; d != nil {
		if now, err := k.statPath(path); err == nil && now.sameFile(d.state) {
			d.files++
			return d, nil
		}
	}
	d, err := k.holdDirectory(path)
	if err != nil {
		return nil, err
	}
	if s.held == nil {
		s.held = map[string]*directory{}
	}
	s.held[path] = d
	return d, nil
}

// A listing is the names in a directory that programs make of those of files; nil if the directory cannot be listed.
type listing map[string]bool

// leave closes a directory for one file, and for good behind the last.
func (s *Shared) leave(k kernel, path string, d *directory) {
	if s != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
	}
	if d.files--; d.files > 0 {
		return
	}
	k.closeFile(d.fd)
	if s != nil && s.held[path] == d {
		delete(s.held, path)
	}
}

// holdDirectory opens the directory of a file, if only for searching in it where it cannot be read.
func (k kernel) holdDirectory(path string) (*directory, error) {
	const flags = unix.O_DIRECTORY | unix.O_CLOEXEC | unix.O_NOFOLLOW
	d := &directory{fd: -1, files: 1}
	open := func(extra int) error {
		return k.call("open directory", func() (err error) {
			d.fd, err = unix.Open(path, flags|extra, 0)
			return err
		})
	}
	err := open(unix.O_RDONLY)
	if errors.Is(err, unix.EACCES) {
		d.hidden = true
		err = open(searchOnly)
	}
	if err == nil {
		d.state, err = k.stat(d.fd)
	}
	if err != nil {
		k.closeFile(d.fd)
		return nil, err
	}
	return d, nil
}
