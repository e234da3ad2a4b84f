//go:build linux || darwin || freebsd || netbsd

package disk

// A file that was not there before, as a new zone is: the name stays free until one call gives it to a complete and durable file, and
// what takes the name meanwhile keeps it.

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Create writes a new file and makes it durable, with a mode and, as far as the user may give it, the group of its directory. A name
// that is taken, by whatever, is refused. The error says whether the file was written.
func Create(path string, data []byte, mode os.FileMode, opt Options) error {
	c := creation{kernel: kernel{around: opt.around}, path: path, base: filepath.Base(path), fd: -1}
	if c.base == "." || c.base == ".." || c.base == "/" {
		return &Error{Path: path, What: "not written: this is a directory", Remedy: "name a file that is not there yet"}
	}
	var err error
	if c.dir, err = c.openDirectory(filepath.Dir(path)); err != nil {
		return failure(path, "not written", err)
	}
	defer c.closeFile(c.dir)
	if err = c.stage(data, mode); err == nil {
		err = c.install()
	}
	c.closeFile(c.fd)
	switch {
	case errors.Is(err, unix.EEXIST):
		return &Error{Path: path, What: "not written: there is something of this name", Remedy: "name a file that is not there yet", Err: both(err, c.discard())}
	case err != nil:
		return failure(path, "not written", both(err, c.discard()))
	}
	_ = c.discard() // the second name of the file
	if err := c.sync(c.dir); err != nil {
		return failure(path, "written, but the disk did not confirm it", err)
	}
	return nil
}

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

// install gives the file its name, if that is free.
func (c *creation) install() error {
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
