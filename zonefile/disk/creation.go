//go:build linux || darwin || freebsd || netbsd

package disk

// A new file on its way to a name that is free: it is complete and durable before it has the name, and one call gives it that or
// fails, for what has the name keeps it.

import (
	"errors"
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// creation is a file on its way to its name.
type creation struct {
	kernel
	path, base string
	dir, fd    int
	staged     string // the name that it has meanwhile; "" for none
}

// stage makes the file, without a name where that can be: so a crash leaves nothing behind.
func (c *creation) stage(data []byte, mode os.FileMode) (err error) {
	if c.fd, err = c.openUnnamed(c.dir); err != nil {
		c.fd = -1
		if c.staged, err = randomName(nameKey(c.base)); err == nil {
			c.fd, err = c.openAt(c.dir, c.staged, unix.O_RDWR|unix.O_CREAT|unix.O_EXCL, 0o600)
		}
	}
	if err == nil {
		_ = c.lock(c.fd) // a mailzone that meets it must not take it for free, nor for left; where there are no locks the comparison is the guard
		err = c.writeAll(c.fd, data)
	}
	if err == nil {
		err = c.dress(mode)
	}
	if err == nil {
		err = c.sync(c.fd)
	}
	return err
}

// dress gives the file its mode, and the group of the directory if others than the owner may read it.
func (c *creation) dress(mode os.FileMode) error {
	if mode&0o077 != 0 {
		if st, err := c.stat(c.dir); err == nil {
			_ = c.call("fchown", func() error { return unix.Fchown(c.fd, -1, int(st.gid)) }) // who may not has his own group
		}
	}
	return c.call("fchmod", func() error { return unix.Fchmod(c.fd, uint32(mode.Perm())) })
}

// giveName gives the file its name, if that is free.
func (c *creation) giveName() error {
	if c.staged == "" {
		return c.link(c.fd, c.dir, c.base)
	}
	return c.once("linkat", func() error { return unix.Linkat(c.dir, c.staged, c.dir, c.base, 0) })
}

// discard takes the name away that the file had meanwhile.
func (c *creation) discard() error {
	if c.staged == "" || c.fd < 0 {
		return nil
	}
	return c.unlink(c.dir, c.staged)
}

// An arrival is the file of a File that was not there when it was opened. It is a candidate.
type arrival struct {
	creation
	file  *File
	bytes []byte
	notes []string
}

// stageCreation makes the file of a File that is not there.
func stageCreation(f *File, data []byte) (*arrival, error) {
	a := &arrival{creation: creation{kernel: f.kernel, path: f.Path(), base: f.target.base, dir: f.dir, fd: -1}, file: f, bytes: data}
	if err := a.stage(data, newMode); err != nil {
		err = both(err, a.discard())
		a.release()
		return nil, failure(f.target.dir, "cannot make a new file", err)
	}
	return a, nil
}

// writes is the new file.
func (a *arrival) writes() (kind, status, error) {
	st, err := a.stat(a.fd)
	return oneOfSeveral, st, err
}

// recorded is of no use to it: it is there or not at every moment.
func (a *arrival) recorded(stored) {}

// read reads the new file back.
func (a *arrival) read() ([]byte, error) {
	return a.readAll(a.fd, int64(len(a.bytes)), int64(len(a.bytes))+1)
}

// install gives the file its name.
func (a *arrival) install() (Outcome, error) {
	err := a.giveName()
	if err == nil {
		return Saved, nil
	}
	arrived, lookErr := a.isThere() // a network file system may report that a call failed which succeeded
	switch {
	case lookErr != nil:
		return Unconfirmed, &Error{a.path, "cannot tell whether the new file is there (" + plain(both(err, lookErr)) + ")", "look whether it is", err}
	case arrived:
		return Saved, nil
	case errors.Is(err, unix.EEXIST):
		return Untouched, conflict(a.path, "has come to be there during the save: another program made a file of this name")
	}
	return Untouched, failure(a.path, "cannot be made", err)
}

// isThere tells whether the name is that of this file.
func (a *arrival) isThere() (bool, error) {
	at, err := a.statAt(a.dir, a.base)
	if errors.Is(err, unix.ENOENT) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	st, err := a.stat(a.fd)
	return err == nil && st.sameFile(at), err
}

// settle makes the name durable, and the File the new file.
func (a *arrival) settle(durable confirm) (Outcome, error) {
	f := a.file
	if err := a.discard(); err != nil { // the second name of the file
		a.notes = append(a.notes, "the file is also in "+a.staged+", which could not be removed: "+plain(err))
	}
	err := durable(f)
	if st, failed := a.stat(a.fd); failed == nil {
		f.state = st
	}
	f.fd, a.fd, f.bytes, f.absent = a.fd, -1, a.bytes, false
	if err != nil {
		return Unconfirmed, failure(a.path, "the directory could not be made durable", err)
	}
	return Saved, nil
}

// undo takes the name back, because another file of the same save failed.
func (a *arrival) undo(confirm) (Outcome, error) {
	there, err := a.isThere()
	if there {
		err = a.unlink(a.dir, a.base)
	}
	if err != nil {
		return Unconfirmed, fmt.Errorf("the new file may be left: %w", err)
	}
	return Untouched, nil
}

// release closes what did not become the File's.
func (a *arrival) release() {
	a.closeFile(a.fd)
	a.fd = -1
}

// remarks are what the user should know about a save that succeeded.
func (a *arrival) remarks() []string { return a.notes }
