//go:build linux || darwin || freebsd || netbsd

package disk

// What can keep a file from being opened or saved. An error has the place, what is wrong and the remedy; callers tell
// kinds apart by errors.Is.

import (
	"errors"
	"fmt"
	"io/fs"

	"golang.org/x/sys/unix"
)

// ErrConflict is in every error that says: the file is no longer the one that was opened. Nothing was written.
var ErrConflict = errors.New("the file was changed by another program")

// ErrReadOnly is in every error that says: this file cannot be saved, or not in the way that was asked.
var ErrReadOnly = errors.New("the file is open for reading only")

// ErrInPlace is in every error that writing into the old file would avoid: SaveOptions.InPlace.
var ErrInPlace = errors.New("no new file can take the place of the old one")

// errNoExchange says that a file system cannot exchange two names atomically.
var errNoExchange = errors.New("cannot exchange two names")

// errSync marks a failed fsync, after which the same file must never be synced again: Linux forgets what it could not
// write, and a second fsync succeeds.
var errSync = errors.New("the disk did not take the new file")

// An Error says where, what, and what to do about it.
type Error struct {
	Path   string
	What   string
	Remedy string // may be empty
	Err    error  // may be nil; What has its text already
}

// Error is the place, what is wrong, and the remedy.
func (e *Error) Error() string {
	path := e.Path
	if path == "" {
		path = `""`
	}
	text := path + ": " + e.What
	if e.Remedy != "" {
		text += ": " + e.Remedy
	}
	return text
}

// Unwrap is the system's error.
func (e *Error) Unwrap() error { return e.Err }

// failure is an Error for a step that failed; the remedy follows from the system's error. An *Error stays as it is.
func failure(path, what string, err error) error {
	if own := new(Error); errors.As(err, &own) {
		return err
	}
	if what != "" {
		what += ": "
	}
	return &Error{Path: path, What: what + plain(err), Remedy: remedy(err), Err: err}
}

// both is one error of two, on one line; either may be nil.
func both(a, b error) error {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return fmt.Errorf("%w; %w", a, b)
}

// plain is the text of err without the path that os wraps around it.
func plain(err error) string {
	if p := new(fs.PathError); errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// openError is an Error for a file that could not be opened.
func openError(path string, err error) error {
	switch {
	case errors.Is(err, unix.EISDIR):
		return &Error{path, "is a directory", "name a zone file in it", err}
	case errors.Is(err, unix.ELOOP):
		return &Error{path, "became a symbolic link while it was opened, or leads in a circle", "name the file itself", err}
	}
	return failure(path, "cannot be opened", err)
}

// remedy says what an administrator does about a system error, "" if that is not known.
func remedy(err error) string {
	switch {
	case errors.Is(err, unix.ENOSPC):
		return "free some space or inodes on its file system (df, df -i)"
	case errors.Is(err, unix.EDQUOT):
		return "the disk quota is used up: see quota(1)"
	case errors.Is(err, unix.EROFS):
		return "the file system is mounted read-only"
	case errors.Is(err, unix.EFBIG):
		return "the file size limit is reached: see ulimit -f"
	case errors.Is(err, unix.EACCES):
		return "run as a user who may, as with sudo"
	case errors.Is(err, unix.EPERM):
		return "run as its owner or as root"
	case errors.Is(err, unix.ENOENT):
		return "check the name"
	case errors.Is(err, unix.ENOTDIR):
		return "a part of the path is a file; check the name"
	case errors.Is(err, unix.ENAMETOOLONG):
		return "check the name"
	case errors.Is(err, unix.EMFILE), errors.Is(err, unix.ENFILE):
		return "too many files are open: see ulimit -n"
	case errors.Is(err, unix.EIO):
		return "look at the kernel's log (dmesg): the disk may be failing"
	}
	return ""
}

// conflict is an error that wraps ErrConflict.
func conflict(path, what string) error {
	return &Error{
		Path: path, What: what, Err: ErrConflict,
		Remedy: "compare both versions, then make the change in the new one or save it under another name",
	}
}
