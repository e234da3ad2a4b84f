//go:build linux || darwin || freebsd || netbsd

package disk

// This file is what files have in common that are opened together, as all files of a zone are, or those of a thousand zones:
// a directory is followed, held open and listed once, and the records of interrupted saves are read once, so that what many files
// cost grows as their number.

import (
	"errors"
	"sync"

	"golang.org/x/sys/unix"
)

// Shared is what is known of directories and of interrupted saves, for who opens many files. It may be shared by files that are
// opened side by side. The zero value knows nothing yet.
type Shared struct {
	Many bool // files of one directory: to list it costs less than to ask for the few names that may stand beside each

	ways sync.Mutex      // of led alone: records are looked at under mu, and their files followed
	led  map[string]*led // where the links in paths of directories lead

	mu     sync.Mutex
	staged map[string][]string   // what saves had left in directories when they were first asked for, by their paths
	beside map[string]listing    // what other programs keep beside files, in directories when they were first asked for
	held   map[string]*directory // that files of these paths have open
	seen   any                   // of records, see knownRecords
}

// mostKnown is of how many directories it is kept where their paths lead, and what is in them: each of a hundred thousand zones may have
// its own.
const mostKnown = 1000

// keep keeps what is known of a directory. Where there are too many, those of all others are found out again.
func keep[V any](known *map[string]V, dir string, is V) {
	if *known == nil || len(*known) == mostKnown {
		*known = map[string]V{}
	}
	(*known)[dir] = is
}

// led is where the path of a directory led once.
type led struct {
	path string // free of links
	at   status // of what is there
}

// remembering is a kernel that follows the links in the path of a directory once: what is known of it holds as long as the path leads
// to the same directory.
func (k kernel) remembering(s *Shared) kernel {
	if s == nil {
		return k
	}
	plain := k
	k.leads = func(dir string) (string, error) {
		s.ways.Lock()
		known := s.led[dir]
		s.ways.Unlock()
		if known != nil {
			if now, err := plain.statPath(dir); err == nil && now.sameFile(known.at) {
				return known.path, nil
			}
		}
		path, err := plain.realpath(dir)
		if err != nil {
			return "", err
		}
		if at, err := plain.statPath(path); err == nil {
			s.remember(dir, &led{path, at})
		}
		return path, nil
	}
	return k
}

// remember keeps where a directory led.
func (s *Shared) remember(dir string, to *led) {
	s.ways.Lock()
	defer s.ways.Unlock()
	keep(&s.led, dir, to)
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
