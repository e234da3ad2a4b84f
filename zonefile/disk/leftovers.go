//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"math"
	"os"
	"path/filepath"
)

// This file removes what an interrupted save of the same file left beside it: the old version after the exchange, the new one
// before it, or a second name of a file that was new. Only what is known to exist elsewhere is removed, or was decided about when the
// save was ended; the rest is the user's to compare.

// removeSecondName removes the name that a new file had before its own, where the program that made it was killed between the two
// calls: with it the file could not be replaced. Whoever is making it just now has the lock.
func (f *File) removeSecondName() {
	if f.absent || f.busy || f.opt.ReadOnly || f.state.links < 2 {
		return
	}
	for _, name := range f.opt.Shared.stagedIn(f.kernel, f.target.dir) {
		at, err := f.kernel.statAt(f.dir, name)
		if err != nil || !isStagedOf(name, f.target.base) || !at.sameFile(f.state) {
			continue
		}
		if err := f.kernel.unlink(f.dir, name); err != nil {
			f.warnings = append(f.warnings, name+" is a second name of the file, left of an interrupted save, and can be removed")
		}
	}
	if now, err := f.kernel.stat(f.fd); err == nil {
		f.state = now
	}
}

// cleanUp removes leftovers, if the file is locked by us and its directory can be written.
func (f *File) cleanUp() {
	if f.limit.reason != "" {
		return
	}
	for _, name := range f.opt.Shared.stagedIn(f.kernel, f.target.dir) {
		if isStagedOf(name, f.target.base) {
			f.cleanUpOne(name)
		}
	}
}

// cleanUpOne removes one leftover or warns of it.
func (f *File) cleanUpOne(name string) {
	k := f.kernel
	fd, st := k.openLeftover(f.dir, name)
	defer k.closeFile(fd)
	if fd < 0 || st.links != 1 || int(st.uid) != os.Geteuid() && (f.absent || st.uid != f.state.uid) {
		return
	}
	switch exists := f.existsElsewhere(fd, st); {
	case !exists && f.absent:
		f.warnings = append(f.warnings, name+leftOfMaking)
		return
	case !exists:
		f.warnings = append(f.warnings, name+" is left of an interrupted save, and no other file holds the same: compare it with the zone file, then remove it")
		return
	}
	if err := k.unlink(f.dir, name); err != nil {
		f.warnings = append(f.warnings, name+" is left of an interrupted save and can be removed")
	}
}

// leftOfMaking is behind the name of what was to become a file that is not there.
const leftOfMaking = " is left of a run that was interrupted before the file had its name: look at it, then rename it or remove it"

// openLeftover opens what a save has left and locks it. The descriptor is -1 if another mailzone is using it, or it cannot be opened.
func (k kernel) openLeftover(dir int, name string) (int, status) {
	fd, st, err := k.openRegular(dir, name, math.MaxInt64) // it is compared, and so read no further than it is equal
	if err == nil && k.lockSoon(fd) == nil {
		return fd, st
	}
	if err == nil {
		k.closeFile(fd)
	}
	return -1, st
}

// Leftovers removes what is left beside a file by a Create of it that was interrupted, where that is a second name of the file. It tells of
// what is nowhere else.
func Leftovers(path string, opt Options) (notes []string) {
	k, base := kernel{around: opt.around}, filepath.Base(path)
	dir, err := k.openDirectory(filepath.Dir(path))
	if err != nil {
		return nil
	}
	defer k.closeFile(dir)
	for _, name := range k.stagedIn(filepath.Dir(path)) {
		if isStagedOf(name, base) && !k.removesLeftover(dir, name, base) {
			notes = append(notes, filepath.Join(filepath.Dir(path), name)+leftOfMaking)
		}
	}
	return notes
}

// removesLeftover removes a leftover of a file's making, unless it holds what may be nowhere else.
func (k kernel) removesLeftover(dir int, name, base string) bool {
	fd, st := k.openLeftover(dir, name)
	defer k.closeFile(fd)
	if fd < 0 || int(st.uid) != os.Geteuid() {
		return true // whoever it belongs to looks after it
	}
	at, err := k.statAt(dir, base)
	return err == nil && at.sameFile(st) && k.unlink(dir, name) == nil
}

// existsElsewhere reports whether a leftover equals the file or one of its undo copies.
func (f *File) existsElsewhere(fd int, st status) bool {
	k := f.kernel
	if same, err := k.holdsBytes(fd, f.bytes); err == nil && same && !f.absent { // an empty one may have been made this moment
		return true
	}
	copies, err := k.history(f.Path(), f.opt)
	if err != nil {
		return false
	}
	for _, c := range copies {
		if c.Size != st.size {
			continue
		}
		data, err := c.Read()
		if err != nil {
			continue
		}
		if same, err := k.holdsBytes(fd, data); err == nil && same {
			return true
		}
	}
	return false
}
