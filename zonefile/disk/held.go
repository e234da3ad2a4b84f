//go:build linux || darwin || freebsd || netbsd

package disk

// This file tells which version of an interrupted save a file holds now. Between the save and this look anybody may have
// put anything at the name: so what stands there is looked at before it is opened, opened without waiting and without
// following a link, and read no further than a version can reach.

import (
	"crypto/sha256"
	"errors"
	"io/fs"

	"golang.org/x/sys/unix"
)

// A Version tells what a file of an interrupted save holds now.
type Version int

const (
	// Neither version: somebody else wrote the file since, or something else stands at its name.
	Neither Version = iota
	// Old is the version before the save.
	Old
	// New is the version that the save was to write.
	New
	// HalfWritten is what a save in place can have left: sectors of both versions.
	HalfWritten
)

// An InterruptedFile is a file of an interrupted save.
type InterruptedFile struct {
	Path  string
	Holds Version
	Why   string // of Neither: what is the matter, as in "is a FIFO"

	sum [sha256.Size]byte // of what it holds
}

// String is what the file is, behind its name.
func (f InterruptedFile) String() string {
	switch f.Holds {
	case Old:
		return "is old"
	case New:
		return "is new"
	case HalfWritten:
		return "is half written"
	}
	return f.Why
}

// holds tells which version file i holds now.
func (r *record) holds(i int) InterruptedFile {
	file := r.manifest.Files[i]
	held := InterruptedFile{Path: string(file.Path)}
	fd, st, err := r.openFile(held.Path, r.longest(i))
	if err != nil {
		held.Why = neither(err)
		return held
	}
	defer r.kernel.closeFile(fd)
	sum, err := r.kernel.sum(fd, r.longest(i))
	held.sum = sum
	switch {
	case err != nil:
		held.Why = neither(err)
	case sum == file.Old:
		held.Holds = Old
	case sum == file.New:
		held.Holds = New
	case r.halfWritten(i, fd, st):
		held.Holds = HalfWritten
	default:
		held.Why = "was changed since"
	}
	return held
}

// openFile opens a file of the record for reading, if its path still leads to a regular file of at most so many bytes.
func (r *record) openFile(path string, most int64) (int, status, error) {
	var t target
	if err := r.kernel.locate(&t, path); err != nil {
		return -1, status{}, err
	}
	if t.path() != path {
		return -1, status{}, &unfitError{"is reached by a link now"}
	}
	fd, st, err := r.kernel.openRegular(unix.AT_FDCWD, path, most)
	if err != nil && st.regular() && st.size > most {
		err = errLonger
	}
	return fd, st, err
}

// errLonger says that a file is neither version, before a byte of it is read.
var errLonger = &unfitError{"is longer than both versions"}

// neither says why a file is neither version.
func neither(err error) string {
	switch {
	case errors.As(err, new(*unfitError)):
		return err.Error()
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, unix.ENOTDIR):
		return "is gone"
	}
	return "cannot be read (" + plain(err) + ")"
}

// sum is the SHA-256 of an open file, of which no more than most bytes and one are read.
func (k kernel) sum(fd int, most int64) (sum [sha256.Size]byte, err error) {
	h, buf := sha256.New(), make([]byte, 1<<16)
	for at := int64(0); at <= most; {
		n, err := k.readAt(fd, buf, at)
		if err != nil {
			return sum, err
		}
		if n == 0 {
			h.Sum(sum[:0])
			return sum, nil
		}
		h.Write(buf[:n])
		at += int64(n)
	}
	return sum, errLonger
}

// halfWritten tells whether the file, which is neither version, can be what a save in place left of file i. Only a file
// that was written in place can be torn, and only the very file that was written to: that a file looks torn proves nothing.
func (r *record) halfWritten(i, fd int, st status) bool {
	file := r.manifest.Files[i]
	if file.Kind != writtenInto || st.dev != file.Device || st.ino != file.Inode {
		return false
	}
	before, err := r.version(i, "old")
	if err != nil {
		return false
	}
	after, err := r.version(i, "new")
	if err != nil {
		return false
	}
	data, err := r.kernel.readAll(fd, st.size, r.longest(i))
	return err == nil && isTorn(data, before, after)
}
