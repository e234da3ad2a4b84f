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
		err = c.giveName()
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
