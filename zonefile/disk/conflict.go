//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"bytes"
	"errors"

	"golang.org/x/sys/unix"
)

// This file is the guard of a save: whatever another program did to the file since it was opened is found here, and then
// nothing is written. A new modification time alone is no conflict.

// Conflict reports whether another program changed or replaced the file since it was opened or saved: an error that wraps
// ErrConflict, or what kept it from looking.
func (f *File) Conflict() error {
	now, err := f.kernel.resolve(f.name)
	if errors.Is(err, unix.ENOENT) || errors.Is(err, unix.ENOTDIR) {
		return conflict(f.Path(), "is no longer there: its directory was removed or renamed")
	}
	if err != nil {
		return err
	}
	if now.path() != f.Path() {
		return conflict(f.name, "leads to "+now.path()+" now, and not to "+f.Path())
	}
	if f.absent {
		return f.stillFree()
	}
	if err := f.sameName(f.dir, f.target.base); err != nil {
		return err
	}
	// The directory itself may have been replaced, which its descriptor cannot see.
	if err := f.sameName(unix.AT_FDCWD, f.Path()); err != nil {
		return err
	}
	return f.sameBytes()
}

// stillFree tells that nothing has taken the name of a file that was not there when it was opened.
func (f *File) stillFree() error {
	_, err := f.kernel.statAt(unix.AT_FDCWD, f.Path())
	switch {
	case errors.Is(err, unix.ENOENT):
		return nil
	case err != nil:
		return failure(f.Path(), "cannot be looked at", err)
	}
	return conflict(f.Path(), "has come to be there since: another program made a file of this name")
}

// sameName compares the inode at a name with the one that is open. Both are asked for now: on an overlay the inode of a
// file gets another number when it is first written to.
func (f *File) sameName(dir int, name string) error {
	st, err := f.kernel.statAt(dir, name)
	switch {
	case errors.Is(err, unix.ENOENT), errors.Is(err, unix.ENOTDIR):
		return conflict(f.Path(), "was removed or renamed by another program")
	case err != nil:
		return failure(f.Path(), "cannot be looked at", err)
	}
	return f.isOpen(st)
}

// isOpen compares an inode with the one that is open.
func (f *File) isOpen(st status) error {
	own, err := f.kernel.stat(f.fd)
	if err != nil {
		return failure(f.Path(), "cannot be looked at", err)
	}
	if !st.sameFile(own) {
		return conflict(f.Path(), "was replaced by another program since it was opened")
	}
	return nil
}

// sameBytes compares the content of the open file with the bytes that were read from it.
func (f *File) sameBytes() error {
	same, err := f.kernel.holdsBytes(f.fd, f.bytes)
	if err != nil {
		return failure(f.Path(), "cannot be read again", err)
	}
	if !same {
		return conflict(f.Path(), "was changed by another program since it was opened")
	}
	return nil
}

// holdsBytes reports whether a file has exactly these bytes.
func (k kernel) holdsBytes(fd int, want []byte) (bool, error) {
	st, err := k.stat(fd)
	if err != nil || st.size != int64(len(want)) {
		return false, err
	}
	buf := make([]byte, min(len(want)+1, 1<<18))
	for off := 0; ; {
		n, err := k.readAt(fd, buf, int64(off))
		if err != nil {
			return false, err
		}
		if n == 0 {
			return off == len(want), nil
		}
		if off+n > len(want) || !bytes.Equal(buf[:n], want[off:off+n]) {
			return false, nil
		}
		off += n
	}
}
