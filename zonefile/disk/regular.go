//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// This file opens what the program reads by name beside zone files: records, undo copies, logs, leftovers, the files of
// interrupted saves. Anybody who may write there may have put anything at the name. So nothing is waited for, no link is
// followed, no device is opened, and nothing is read that is larger than what belongs there.

// An unfitError says why what stands at a name is not opened.
type unfitError struct{ what string }

func (e *unfitError) Error() string { return e.what }

// openRegular opens what stands at a name for reading, if that is a regular file of at most so many bytes. It is looked at
// first, for opening a device may set it in motion; and should a FIFO take its place meanwhile, nobody waits for a writer.
func (k kernel) openRegular(dir int, name string, most int64) (int, status, error) {
	st, err := k.statAt(dir, name)
	if err == nil {
		err = fit(st, most)
	}
	if err != nil {
		return -1, st, err
	}
	fd, err := k.openAt(dir, name, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY, 0)
	if err != nil {
		return -1, st, err
	}
	if st, err = k.stat(fd); err == nil {
		err = fit(st, most)
	}
	if err != nil {
		k.closeFile(fd)
		fd = -1
	}
	return fd, st, err
}

// fit refuses what is no regular file, or has more bytes than that.
func fit(st status, most int64) error {
	switch {
	case st.mode&unix.S_IFMT == unix.S_IFLNK:
		return &unfitError{"is a symbolic link"}
	case !st.regular():
		return &unfitError{"is " + kindOf(st)}
	case st.size > most:
		return &unfitError{fmt.Sprintf("has %d bytes, and at most %d belong there", st.size, most)}
	}
	return nil
}

// kindOf names what is not a regular file.
func kindOf(st status) string {
	switch st.mode & unix.S_IFMT {
	case unix.S_IFDIR:
		return "a directory"
	case unix.S_IFIFO:
		return "a FIFO"
	case unix.S_IFSOCK:
		return "a socket"
	case unix.S_IFLNK:
		return "a symbolic link that another program just made"
	case unix.S_IFBLK, unix.S_IFCHR:
		return "a device"
	}
	return "something special"
}
