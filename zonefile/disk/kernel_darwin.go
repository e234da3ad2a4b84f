package disk

// macOS: names can be exchanged, and only F_FULLFSYNC reaches the disk.

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// exchange swaps two names of one directory atomically. errNoExchange says that this file system cannot.
func (k kernel) exchange(dir int, a, b string) error {
	err := k.once("renameatx_np", func() error { return unix.RenameatxNp(dir, a, dir, b, unix.RENAME_SWAP) })
	if err == unix.EINVAL || err == unix.ENOSYS || err == unix.ENOTSUP {
		return fmt.Errorf("%w: %w", errNoExchange, err)
	}
	return err
}

// sync makes a file or a directory durable. fsync(2) of macOS leaves it in the drive's cache; F_FULLFSYNC does not, and
// where a file system lacks that, fsync is what there is.
func (k kernel) sync(fd int) error {
	err := k.call("F_FULLFSYNC", func() error {
		_, err := unix.FcntlInt(uintptr(fd), unix.F_FULLFSYNC, 0)
		return err
	})
	if err != unix.ENOTSUP && err != unix.EINVAL && err != unix.ENOTTY {
		return err
	}
	return k.call("fsync", func() error { return unix.Fsync(fd) })
}
