//go:build linux || darwin || freebsd || netbsd

package disk

// This file ends the record of a save that has ended.

import "path/filepath"

// settle removes the record of a save that ended, once what it wrote is durable: a kill may have come before that.
func (r *record) settle() {
	if r.kernel.lock(r.dir) != nil {
		return // others look at it too
	}
	for i := range r.manifest.Files {
		if r.syncFile(i) != nil {
			return
		}
	}
	r.cleanUp()
	r.remove()
}

// syncFile makes file i and its name durable. Both are open for reading alone.
func (r *record) syncFile(i int) error {
	path := string(r.manifest.Files[i].Path)
	fd, _, err := r.openFile(path, r.longest(i))
	if err != nil {
		return err
	}
	defer r.kernel.closeFile(fd)
	if err := r.kernel.sync(fd); err != nil {
		return err
	}
	dir, err := r.kernel.openDirectory(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer r.kernel.closeFile(dir)
	return r.kernel.sync(dir)
}

// cleanUp removes versions of the record that stand beside the files of it, when the save has ended.
func (r *record) cleanUp() {
	var beside Shared
	for i, file := range r.manifest.Files {
		dir, base := filepath.Split(string(file.Path))
		for _, name := range beside.stagedIn(r.kernel, filepath.Clean(dir)) {
			if isStagedOf(name, base) {
				r.cleanUpOne(i, filepath.Clean(dir), name)
			}
		}
	}
}

// cleanUpOne removes one that is a version of file i.
func (r *record) cleanUpOne(i int, path, name string) {
	k := r.kernel
	dir, err := k.openDirectory(path)
	if err != nil {
		return
	}
	defer k.closeFile(dir)
	fd, st, err := k.openRegular(dir, name, r.longest(i))
	if err != nil {
		return
	}
	defer k.closeFile(fd)
	if st.links != 1 || k.lockSoon(fd) != nil {
		return
	}
	if sum, err := k.sum(fd, r.longest(i)); err == nil && (sum == r.manifest.Files[i].Old || sum == r.manifest.Files[i].New) {
		_ = k.unlink(dir, name) // if it cannot be, it is told when the file is opened
	}
}
