//go:build linux || darwin || freebsd || netbsd

package disk

// This file tells whether another program has written to the files of a set since they were read, at the cost of a stat for
// each as long as nobody has. A stamp alone proves nothing, for a save gives a file a new one and so does touch: where it is
// another, the bytes are compared. Nothing that is open is touched by it, so that it can go on beside everything else, and a
// file system that hangs keeps nobody else waiting.

import (
	"errors"

	"golang.org/x/sys/unix"
)

// A Watched is a file by the name that leads to it, with what was read from it.
type Watched struct {
	Name  string
	bytes []byte
	most  int64
	free  bool // nothing had the name
}

// Watched is the files of the set as they are known now.
func (s *Set) Watched() []Watched {
	var out []Watched
	for _, m := range s.members {
		out = append(out, Watched{m.file.Name(), m.file.bytes, m.file.opt.maxSize(), m.file.absent})
	}
	return out
}

// Sight is the stamp of what a name leads to now; the zero Stamp if it leads nowhere.
func Sight(name string) (Stamp, error) {
	var now unix.Stat_t
	err := unix.Stat(name, &now)
	switch {
	case errors.Is(err, unix.ENOENT), errors.Is(err, unix.ENOTDIR):
		return Stamp{}, nil
	case err != nil:
		return Stamp{}, failure(name, "cannot be looked at", err)
	}
	st := newStatus(&now)
	return Stamp{st.dev, st.ino, st.size, st.mtime, st.ctime}, nil
}

// A Fate is what became of a file since it was read.
type Fate int

const (
	// Kept has still the bytes that were read.
	Kept Fate = iota
	// Changed has others, or is no file any more.
	Changed
	// Made has come to be at a name that was free.
	Made
	// Removed is gone.
	Removed
)

// Fate tells what became of what the name leads to.
func (w Watched) Fate() (Fate, error) {
	var k kernel
	t, err := k.resolve(w.Name)
	if err == nil {
		var fd int
		if fd, _, err = k.openRegular(unix.AT_FDCWD, t.path(), w.most); err == nil {
			defer k.closeFile(fd)
			return w.fateOf(k, fd)
		}
	}
	gone := errors.Is(err, unix.ENOENT)
	switch {
	case gone && w.free:
		return Kept, nil
	case gone, errors.Is(err, unix.ENOTDIR):
		return Removed, nil
	case w.free && errors.As(err, new(*unfitError)):
		return Made, nil
	case errors.As(err, new(*unfitError)):
		return Changed, nil
	}
	return Changed, failure(w.Name, "cannot be read", err)
}

// fateOf compares a file that is open.
func (w Watched) fateOf(k kernel, fd int) (Fate, error) {
	if w.free {
		return Made, nil
	}
	if holds, err := k.holdsBytes(fd, w.bytes); err != nil || !holds {
		return Changed, err
	}
	return Kept, nil
}
