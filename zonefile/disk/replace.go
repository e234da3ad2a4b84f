//go:build linux || darwin || freebsd || netbsd

package disk

// This file replaces a zone file by a new one: it stages the new file beside the old, proves that it is complete, durable
// and has the old one's owner, and puts it there with one atomic call.

import (
	"errors"
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// A replacement is a new file that is to take the old one's place. It is a candidate.
type replacement struct {
	file  *File
	bytes []byte
	fd    int
	name  string   // in the directory; "" while it has none
	meta  metadata // of the old file, which the new one has too
	state status   // of the new file, complete
	after bool     // the two have changed places: the old file is at name
	notes []string
}

// stageReplacement writes the new file, durable and with the old one's metadata, under no name or a random one. A file
// that could not be synced is thrown away and a fresh one tried, once.
func stageReplacement(f *File, data []byte) (*replacement, error) {
	r, err := tryReplacement(f, data)
	if errors.Is(err, errSync) {
		r, err = tryReplacement(f, data)
	}
	return r, err
}

// tryReplacement is one try of stageReplacement; what it made is gone after an error.
func tryReplacement(f *File, data []byte) (*replacement, error) {
	r := &replacement{file: f, bytes: data, fd: -1}
	err := r.create()
	if err == nil {
		err = r.write()
	}
	if err == nil {
		err = r.own()
	}
	if err == nil {
		err = r.sync()
	}
	if err != nil {
		return nil, both(err, r.discard())
	}
	return r, nil
}

// create makes and locks the new file: a mailzone that meets it at its name must not take it for free.
func (r *replacement) create() (err error) {
	f := r.file
	if r.fd, err = f.kernel.openUnnamed(f.dir); err != nil {
		r.fd = -1
		if r.name, err = randomName(nameKey(f.target.base)); err == nil {
			r.fd, err = f.kernel.openAt(f.dir, r.name, unix.O_RDWR|unix.O_CREAT|unix.O_EXCL, 0o600)
		}
	}
	if errors.Is(err, unix.EACCES) || errors.Is(err, unix.EPERM) {
		err = fmt.Errorf("%w: %w", ErrInPlace, err)
	}
	if err != nil {
		if r.name != "" && !errors.Is(err, unix.EEXIST) { // nobody else has a file of this name
			_ = f.kernel.unlink(f.dir, r.name)
		}
		return failure(f.target.dir, "cannot make a new file", err)
	}
	_ = f.kernel.lock(r.fd) // where there are no locks the comparison is the guard
	return nil
}

// write fills the new file.
func (r *replacement) write() error {
	k := r.file.kernel
	if err := k.copyFlags(r.file.fd, r.fd); err != nil {
		r.notes = append(r.notes, "the new file has not the flags of the old one (lsattr): "+plain(err))
	}
	err := k.reserve(r.fd, int64(len(r.bytes)))
	if err == nil {
		err = k.writeAll(r.fd, r.bytes)
	}
	if err != nil {
		return failure(r.file.target.dir, "cannot write the new file", err)
	}
	return nil
}

// own gives the new file the metadata of the old one and a later time: named does not read a file again whose time is not
// later (BIND: lib/dns/zone.c, zone_load).
func (r *replacement) own() (err error) {
	f := r.file
	if r.meta, err = f.kernel.copyMetadata(f.fd, r.fd); err != nil {
		remedy := "run as root, or agree to write in place"
		if !errors.As(err, new(*lostError)) {
			remedy = ""
		}
		return &Error{f.Path(), err.Error(), remedy, err}
	}
	note, err := f.kernel.later(r.fd, r.meta.status.mtime)
	if err != nil {
		return failure(f.target.dir, "cannot set the time of the new file", err)
	}
	if note != "" {
		r.notes = append(r.notes, note)
	}
	return nil
}

// writes is the new file.
func (r *replacement) writes() (kind, status, error) { return oneOfSeveral, r.state, nil }

// recorded is of no use to it: it is one version or the other at every moment.
func (r *replacement) recorded(stored) {}

// sync makes the staged file durable.
func (r *replacement) sync() (err error) {
	f := r.file
	if err := f.kernel.sync(r.fd); err != nil {
		return failure(f.target.dir, "cannot make the new file durable", fmt.Errorf("%w: %w", errSync, err))
	}
	if r.state, err = f.kernel.stat(r.fd); err != nil {
		return failure(f.target.dir, "the new file cannot be looked at", err)
	}
	return nil
}

// later makes the modification time of a file later than before, with a note if that is not the time now.
func (k kernel) later(fd int, before int64) (note string, err error) {
	st, err := k.stat(fd)
	if err != nil || st.mtime > before {
		return "", err
	}
	next := time.Unix(0, before).Truncate(time.Second).Add(time.Second)
	if err := k.setTime(fd, next.UnixNano()); err != nil {
		return "", err
	}
	return "its time was set to " + next.UTC().Format(time.RFC3339) + ", because the old file's was not in the past", nil
}

// read reads the new file back.
func (r *replacement) read() ([]byte, error) {
	return r.file.kernel.readAll(r.fd, int64(len(r.bytes)), int64(len(r.bytes))+1)
}

// install puts the new file at the name, and the old one at r.name, with one call, and looks at what came out.
func (r *replacement) install() (Outcome, error) {
	f := r.file
	if err := r.giveName(); err != nil {
		return Untouched, failure(f.target.dir, "cannot name the new file", err)
	}
	err := f.kernel.exchange(f.dir, r.name, f.target.base)
	if err != nil {
		// A network file system may report that a call failed which succeeded.
		outcome, lookErr := r.look(err)
		if outcome == Untouched && errors.Is(err, errNoExchange) {
			return r.renameOver()
		}
		if outcome != Saved {
			return outcome, lookErr
		}
	}
	r.after = true
	if err := r.cameOut(); err != nil {
		outcome, backErr := r.back()
		return outcome, both(err, backErr)
	}
	return Saved, nil
}

// giveName names an unnamed file.
func (r *replacement) giveName() error {
	if r.name != "" {
		return nil
	}
	name, err := randomName(nameKey(r.file.target.base))
	if err != nil {
		return err
	}
	r.name = name
	return r.file.kernel.link(r.fd, r.file.dir, name)
}

// look tells what an installing call did that failed with err.
func (r *replacement) look(err error) (Outcome, error) {
	f := r.file
	arrived, lookErr := r.holds(f.target.base, r.fd)
	switch {
	case lookErr != nil:
		return r.unsure(both(err, lookErr))
	case arrived:
		return Saved, nil
	case errors.Is(err, unix.ENOENT):
		return Untouched, conflict(f.Path(), "was removed or renamed by another program")
	}
	return Untouched, failure(f.Path(), "cannot be replaced", err)
}

// unsure is for a file system that neither does what it is asked nor tells what it did. Both versions are complete.
func (r *replacement) unsure(err error) (Outcome, error) {
	return Unconfirmed, &Error{
		r.file.Path(), "cannot tell whether the new version is there (" + plain(err) + ")",
		"the other version is in " + r.name, err,
	}
}

// holds reports whether a name in the directory is of the open file fd.
func (r *replacement) holds(name string, fd int) (bool, error) {
	k := r.file.kernel
	st, err := k.stat(fd)
	if err != nil {
		return false, err
	}
	at, err := k.statAt(r.file.dir, name)
	if errors.Is(err, unix.ENOENT) {
		return false, nil
	}
	return err == nil && at.sameFile(st), err
}

// renameOver installs where names cannot be exchanged. What another program puts there after the last comparison is lost.
func (r *replacement) renameOver() (Outcome, error) {
	f := r.file
	if err := f.kernel.rename(f.dir, r.name, f.target.base); err != nil {
		if outcome, err := r.look(err); outcome != Saved {
			return outcome, err
		}
	}
	r.name = ""
	r.notes = append(r.notes, "its file system cannot exchange two files, so a change by another program in the very moment of the save would not have been seen")
	return Saved, nil
}

// cameOut compares what was at the name with what was opened.
func (r *replacement) cameOut() error {
	f := r.file
	same, err := r.holds(r.name, f.fd)
	if err != nil {
		return failure(f.Path(), "the old version cannot be looked at", err)
	}
	if !same {
		return conflict(f.Path(), "was replaced by another program during the save")
	}
	st, err := f.kernel.stat(f.fd)
	if err != nil {
		return failure(f.Path(), "the old version cannot be looked at", err)
	}
	if !st.sameOwner(r.meta.status) {
		return conflict(f.Path(), "got another owner or mode during the save")
	}
	if st.links > 1 {
		return conflict(f.Path(), "got a hard link during the save")
	}
	return f.sameBytes()
}

// back exchanges the two once more. It is Untouched if that put back what was there.
func (r *replacement) back() (Outcome, error) {
	f := r.file
	kept := r.name
	if arrived, err := r.holds(f.target.base, r.fd); err == nil && !arrived {
		r.adopt() // the name is compared with it when the next save begins
		return Unconfirmed, &Error{f.Path(), "another program replaced it right after the save", "an earlier version is in " + kept, ErrConflict}
	}
	if err := f.kernel.exchange(f.dir, r.name, f.target.base); err != nil {
		arrived, lookErr := r.holds(f.target.base, r.fd)
		if lookErr != nil {
			return r.unsure(both(err, lookErr))
		}
		if arrived {
			r.adopt()
			return Unconfirmed, &Error{f.Path(), "the version that was there could not be put back: " + plain(err), "it is in " + kept, err}
		}
	}
	r.after = false
	if ours, err := r.holds(r.name, r.fd); err == nil && !ours {
		return Untouched, &Error{f.Path(), "other programs replaced it twice during the save", "the later of their versions is in " + kept, ErrConflict}
	}
	if err := f.kernel.sync(f.dir); err != nil {
		return Untouched, fmt.Errorf("the disk did not confirm that the old version is back: %w", err)
	}
	return Untouched, nil
}

// undo takes an installed file back, because another file of the same save failed.
func (r *replacement) undo(durable confirm) (Outcome, error) {
	if !r.after {
		return r.settle(durable)
	}
	return r.back()
}

// settle makes the installed file durable, removes the old one, and makes the File the new one.
func (r *replacement) settle(durable confirm) (Outcome, error) {
	f := r.file
	err := durable(f)
	if err != nil {
		what := "the directory could not be made durable"
		if r.name != "" {
			what += " (the old version is still in " + r.name + ")"
		}
		err = failure(f.Path(), what, err)
	} else if r.name != "" {
		r.removeOld()
	}
	r.adopt()
	if err != nil {
		return Unconfirmed, err
	}
	return Saved, nil
}

// removeOld removes the old version, unless a program that had it open wrote to it after it was replaced.
func (r *replacement) removeOld() {
	f := r.file
	if err := f.sameBytes(); err != nil {
		why := plain(err)
		if errors.Is(err, ErrConflict) {
			why = "another program wrote to it after it was replaced"
		}
		r.notes = append(r.notes, "the old version is kept in "+r.name+": "+why)
		return
	}
	if err := f.kernel.unlink(f.dir, r.name); err != nil {
		r.notes = append(r.notes, "the old version could not be removed ("+plain(err)+") and is in "+r.name)
	}
}

// adopt makes the File the new one.
func (r *replacement) adopt() {
	f := r.file
	f.kernel.closeFile(f.fd)
	f.fd, r.fd = r.fd, -1
	f.bytes, f.state = r.bytes, r.state
}

// release closes a staged file that did not become the File's.
func (r *replacement) release() {
	r.file.kernel.closeFile(r.fd)
	r.fd = -1
}

// discard removes a staged file that was not installed.
func (r *replacement) discard() (err error) {
	if r.fd < 0 {
		return nil
	}
	if r.name != "" {
		err = r.unname()
	}
	r.release()
	return err
}

// unname removes the name of the staged file, if it is still this file's.
func (r *replacement) unname() error {
	ours, err := r.holds(r.name, r.fd)
	if ours {
		err = r.file.kernel.unlink(r.file.dir, r.name)
	}
	if err != nil {
		return fmt.Errorf("the unsaved version may be left in %s: %w", r.name, err)
	}
	return nil
}

// remarks are what the user should know about a save that succeeded.
func (r *replacement) remarks() []string { return r.notes }
