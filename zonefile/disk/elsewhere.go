//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"errors"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// This file writes a copy to a name that is not taken: where edits go whose zone file another program has changed.

// WriteElsewhere writes data to a new file and makes it durable, with the owner, group and mode that f was opened with as far as
// the user may give them. A name that is taken, by whatever, is refused. An error says whether the copy was written.
func (f *File) WriteElsewhere(path string, data []byte) error {
	k := f.kernel
	if filepath.Base(path) == "." || filepath.Base(path) == ".." || filepath.Base(path) == "/" {
		return &Error{Path: path, What: "not written: this is a directory", Remedy: "name a file that is not there yet"}
	}
	dir, err := k.openDirectory(filepath.Dir(path))
	if err != nil {
		return failure(path, "not written", err)
	}
	defer k.closeFile(dir)
	name := filepath.Base(path)
	fd, err := k.openAt(dir, name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL, 0o600)
	if errors.Is(err, unix.EEXIST) {
		return &Error{Path: path, What: "not written: there is something of this name", Remedy: "name a file that is not there yet", Err: err}
	}
	if err != nil {
		return failure(path, "not written", err)
	}
	err = k.writeAll(fd, data)
	if err == nil {
		err = f.dress(fd)
	}
	if err == nil {
		err = k.sync(fd)
	}
	k.closeFile(fd)
	if err != nil {
		return failure(path, "not written", both(err, k.unlink(dir, name)))
	}
	if err := k.sync(dir); err != nil {
		return failure(path, "written, but the disk did not confirm it", err)
	}
	return nil
}

// dress gives a copy the owner, group and mode of the file. Whoever may not give it the group gives that no more than all
// others have.
func (f *File) dress(fd int) error {
	st := f.state // the file itself may be closed by now
	mode := st.mode & 0o777
	if f.absent {
		return f.kernel.call("fchmod", func() error { return unix.Fchmod(fd, newMode) })
	}
	err := f.kernel.call("fchown", func() error { return unix.Fchown(fd, int(st.uid), int(st.gid)) })
	if err != nil && f.kernel.call("fchown", func() error { return unix.Fchown(fd, -1, int(st.gid)) }) != nil {
		mode = mode&0o707 | mode&0o007<<3
	}
	return f.kernel.call("fchmod", func() error { return unix.Fchmod(fd, mode) })
}
