//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"math"
	"os"
)

// This file removes what an interrupted save of the same file left beside it: the old version after the exchange, or the
// new one before it. Only what is known to exist elsewhere is removed, or was decided about when the save was ended; the rest is
// the user's to compare.

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
	fd, st, err := k.openRegular(f.dir, name, math.MaxInt64) // it is compared, and so read no further than it is equal
	if err != nil {
		return
	}
	defer k.closeFile(fd)
	if st.links != 1 || int(st.uid) != os.Geteuid() && st.uid != f.state.uid {
		return
	}
	if k.lockSoon(fd) != nil { // another mailzone is using it
		return
	}
	if !f.existsElsewhere(fd, st) {
		f.warnings = append(f.warnings, name+" is left of an interrupted save, and no other file holds the same: compare it with the zone file, then remove it")
		return
	}
	if err := k.unlink(f.dir, name); err != nil {
		f.warnings = append(f.warnings, name+" is left of an interrupted save and can be removed")
	}
}

// existsElsewhere reports whether a leftover equals the file or one of its undo copies.
func (f *File) existsElsewhere(fd int, st status) bool {
	k := f.kernel
	if same, err := k.holdsBytes(fd, f.bytes); err == nil && same {
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
