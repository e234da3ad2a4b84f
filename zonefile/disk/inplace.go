//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// This file writes into the old file where it cannot be replaced and the user agreed: a hard link, a bind mount, an owner
// that a new file could not have. For as long as that takes the file is neither version, so both are kept in a record
// first; whatever goes wrong, the old bytes are put back, at once, or later when the user says so.

// An overwrite is new content that is to be written into the old file. It is a candidate.
type overwrite struct {
	file   *File
	bytes  []byte
	stored stored // the new bytes, in a record that it is given before anything is written
	fd     int    // the file, open for writing
	mtime  int64
	notes  []string
}

// stageOverwrite opens the file for writing and writes nothing.
func stageOverwrite(f *File, data []byte) (*overwrite, error) {
	o := &overwrite{file: f, bytes: data}
	var err error
	if o.fd, err = f.openToWrite(); err != nil {
		return nil, err
	}
	return o, nil
}

// openToWrite opens the file that was opened for reading once more.
func (f *File) openToWrite() (int, error) {
	fd, err := f.kernel.openAt(f.dir, f.target.base, unix.O_RDWR|unix.O_NONBLOCK|unix.O_NOCTTY, 0)
	if err != nil {
		return -1, failure(f.Path(), "cannot be opened for writing", err)
	}
	st, err := f.kernel.stat(fd)
	if err == nil {
		err = f.isOpen(st)
	}
	if err != nil {
		f.kernel.closeFile(fd)
		return -1, failure(f.Path(), "cannot be looked at", err)
	}
	return fd, nil
}

// writes is the file itself. It is asked for now: on an overlay the inode gets another number when it is opened for writing.
func (o *overwrite) writes() (kind, status, error) {
	st, err := o.file.kernel.stat(o.fd)
	return writtenInto, st, err
}

// recorded is told where both versions are.
func (o *overwrite) recorded(in stored) { o.stored = in }

// read reads the new bytes in the record.
func (o *overwrite) read() ([]byte, error) {
	return o.stored.record.version(o.stored.number, o.stored.version)
}

// install writes the new bytes. The blocks for growth are reserved first, so that a full disk is met before a byte is
// changed, and the file is cut to its size last.
func (o *overwrite) install() (Outcome, error) {
	f := o.file
	st, err := f.kernel.stat(o.fd)
	if err != nil {
		return Untouched, failure(f.Path(), "cannot be looked at", err)
	}
	o.mtime = st.mtime
	if err := f.kernel.reserve(o.fd, int64(len(o.bytes))); err != nil {
		return Untouched, failure(f.Path(), "cannot grow", err)
	}
	if err := f.sameBytes(); err != nil {
		return Untouched, err
	}
	if err := f.kernel.fill(o.fd, o.bytes, o.mtime); err != nil {
		return o.putBack(failure(f.Path(), "cannot be written", err))
	}
	return Saved, nil
}

// fill makes an open file hold data, durably, with a later time than before, and reads it again to prove it.
func (k kernel) fill(fd int, data []byte, before int64) error {
	if err := k.writeAll(fd, data); err != nil {
		return err
	}
	if err := k.call("ftruncate", func() error { return unix.Ftruncate(fd, int64(len(data))) }); err != nil {
		return err
	}
	if _, err := k.later(fd, before); err != nil {
		return err
	}
	if err := k.sync(fd); err != nil {
		return fmt.Errorf("%w: %w", errSync, err)
	}
	same, err := k.holdsBytes(fd, data)
	if err == nil && !same {
		err = unix.EIO
	}
	return err
}

// putBack writes the old bytes over what was written so far. A sync that failed is no reason against the sync of what is
// written again here: it is other pages that are dirty then.
func (o *overwrite) putBack(cause error) (Outcome, error) {
	f := o.file
	if err := f.kernel.fill(o.fd, f.bytes, o.mtime); err != nil {
		return Torn, &Error{
			f.Path(), plain(both(cause, err)),
			"both versions are in " + o.stored.record.path + "; `mailzone history --undo " + f.name + "` puts the old one back", both(cause, err),
		}
	}
	return Untouched, cause
}

// settle makes the File the new one; it is durable already.
func (o *overwrite) settle(confirm) (Outcome, error) {
	f := o.file
	f.bytes = o.bytes
	o.notes = append(o.notes, "it was written in place")
	if st, err := f.kernel.stat(o.fd); err == nil {
		if st.links < f.state.links {
			o.notes = append(o.notes, "its other hard links hold the old version: an overlay separates them when one is written to")
		}
		f.state = st
	}
	return Saved, nil
}

// undo writes the old bytes again, because another file of the same save failed.
func (o *overwrite) undo(confirm) (Outcome, error) { return o.putBack(nil) }

// discard has nothing to forget but the descriptor: the save removes the record.
func (o *overwrite) discard() error {
	o.release()
	return nil
}

// release closes the file.
func (o *overwrite) release() {
	o.file.kernel.closeFile(o.fd)
	o.fd = -1
}

// remarks are what the user should know about a save that succeeded.
func (o *overwrite) remarks() []string { return o.notes }
