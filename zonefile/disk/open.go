//go:build linux || darwin || freebsd || netbsd

package disk

// This file opens a zone file so that a save can tell whether it is still the same: its inode and its bytes are kept, and it
// is locked.

import (
	"errors"
	"io"

	"golang.org/x/sys/unix"
)

// Open follows the links that name leads through, locks the file that it finds, reads it, and decides whether and how it
// can be saved. It writes nothing to the file. Only regular files are opened.
func Open(name string, opt Options) (*File, error) {
	f := &File{kernel: kernel{around: opt.around}.remembering(opt.Shared), opt: opt, name: name, dir: -1, fd: -1}
	if err := f.open(); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// open does what Open says; the caller closes what it leaves open.
func (f *File) open() (err error) {
	if f.target, err = f.kernel.resolve(f.name); err != nil {
		return err
	}
	if f.in, err = f.opt.Shared.directory(f.kernel, f.target.dir); err != nil {
		return openError(f.target.dir, err)
	}
	f.dir = f.in.fd
	if err := f.pin(); err != nil && !f.takesFree(err) {
		return err
	}
	f.lookForInterrupted()
	f.warn()
	f.removeSecondName()
	if err := f.decide(); err != nil {
		return err
	}
	f.cleanUp()
	if f.opt.ReadOnly {
		return f.Close()
	}
	return nil
}

// takesFree takes a name that is free for an empty file, if that is asked for and the name is no link.
func (f *File) takesFree(err error) bool {
	f.absent = f.opt.New && errors.Is(err, unix.ENOENT) && f.target.chain == nil
	return f.absent
}

// lookForInterrupted finds the interrupted saves of the file.
func (f *File) lookForInterrupted() {
	if f.opt.ending || f.opt.Shared.none(f.kernel, f.opt) {
		return
	}
	paths, err := f.kernel.pathsOf(f.name)
	if err == nil {
		f.interrupted, err = f.opt.Shared.interruptions(f.kernel, paths, f.opt)
	}
	if err != nil {
		f.interrupted.Notes = append(f.interrupted.Notes, err.Error())
	}
	for _, in := range f.interrupted.Saves {
		f.warnings = append(f.warnings, in.String())
	}
	f.warnings = append(f.warnings, f.interrupted.Notes...)
}

// pin opens, locks and reads the file, again if another program replaced or wrote it meanwhile.
func (f *File) pin() error {
	const tries = 5
	for range tries {
		same, err := f.pinOnce()
		if err != nil || same {
			return err
		}
		f.kernel.closeFile(f.fd)
		f.fd = -1
	}
	return &Error{Path: f.Path(), What: "is being changed by another program right now", Remedy: "try again when that is done"}
}

// pinOnce reports whether the name held the same inode, and that the same content, from beginning to end.
func (f *File) pinOnce() (same bool, err error) {
	before, err := f.kernel.statAt(f.dir, f.target.base)
	if err != nil {
		return false, openError(f.Path(), err)
	}
	if err := f.readable(before); err != nil {
		return false, err
	}
	// O_NONBLOCK: should the name have become a FIFO, open must not wait for a writer.
	if f.fd, err = f.kernel.openAt(f.dir, f.target.base, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY, 0); err != nil {
		return false, openError(f.Path(), err)
	}
	f.lock()
	if f.state, err = f.kernel.stat(f.fd); err != nil {
		return false, openError(f.Path(), err)
	}
	if !before.sameFile(f.state) {
		return false, nil
	}
	if err := f.read(); err != nil {
		return false, err
	}
	return f.stillThere()
}

// read reads the whole file.
func (f *File) read() (err error) {
	f.bytes, err = f.kernel.readAll(f.fd, f.state.size, f.opt.maxSize())
	if err == io.ErrShortBuffer {
		return f.tooLarge(f.opt.maxSize() + 1)
	}
	if err != nil {
		return failure(f.Path(), "cannot be read", err)
	}
	return nil
}

// stillThere reports whether the name holds what was read: a lock that was waited for, or a slow read, may have met a
// file that was replaced or written meanwhile.
func (f *File) stillThere() (bool, error) {
	after, err := f.kernel.statAt(f.dir, f.target.base)
	if err != nil && !errors.Is(err, unix.ENOENT) {
		return false, openError(f.Path(), err)
	}
	return err == nil && after.sameContent(f.state) && int64(len(f.bytes)) == f.state.size, nil
}

// lock takes the lock, unless the file is only read. Where it is taken already the file is read-only; where the file
// system has no locks the save goes without: its guard is the comparison.
func (f *File) lock() {
	if f.opt.ReadOnly {
		return
	}
	lock := f.kernel.lock
	if f.opt.ending {
		lock = f.kernel.lockSoon
	}
	err := lock(f.fd)
	if f.busy = err == unix.EWOULDBLOCK; err != nil && !f.busy {
		f.warnings = append(f.warnings, "the file cannot be locked ("+plain(err)+"): another mailzone may have it open too")
	}
}

// readable refuses what is no regular file, or too large, before it is opened: opening a device may set it in motion.
func (f *File) readable(st status) error {
	if !st.regular() {
		return &Error{Path: f.Path(), What: "is " + kindOf(st) + ", not a file", Remedy: "name a zone file"}
	}
	if st.size > f.opt.maxSize() {
		return f.tooLarge(st.size)
	}
	return nil
}
