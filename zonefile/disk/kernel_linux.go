package disk

// Linux: a new file has no name until it is complete, so a crash leaves nothing behind, and names can be exchanged.

import (
	"errors"
	"fmt"

	"golang.org/x/sys/unix"
)

// openUnnamed opens a new file of a directory that has no name yet, so that a crash leaves nothing behind. It fails where
// the file system has no such files, or where /proc is missing, without which an unprivileged user cannot name it later.
func (k kernel) openUnnamed(dir int) (int, error) {
	fd, err := k.openUnnamedFile(dir)
	if err != nil {
		return -1, err
	}
	if err := k.call("access", func() error { return unix.Access(procPath(fd), unix.F_OK) }); err != nil {
		k.closeFile(fd)
		return -1, err
	}
	return fd, nil
}

// openUnnamedFile is open(2) with O_TMPFILE.
func (k kernel) openUnnamedFile(dir int) (fd int, err error) {
	fd = -1
	err = k.call("open O_TMPFILE", func() (err error) {
		fd, err = unix.Openat(dir, ".", unix.O_TMPFILE|unix.O_RDWR|unix.O_CLOEXEC, 0o600)
		return err
	})
	if err != nil && fd >= 0 {
		k.closeFile(fd)
		fd = -1
	}
	return fd, err
}

// link gives an unnamed file a name.
func (k kernel) link(fd, dir int, name string) error {
	return k.once("linkat", func() error {
		return unix.Linkat(unix.AT_FDCWD, procPath(fd), dir, name, unix.AT_SYMLINK_FOLLOW)
	})
}

// exchange swaps two names of one directory atomically. errNoExchange says that this file system cannot.
func (k kernel) exchange(dir int, a, b string) error {
	err := k.once("renameat2", func() error { return unix.Renameat2(dir, a, dir, b, unix.RENAME_EXCHANGE) })
	if err == unix.EINVAL || err == unix.ENOSYS || err == unix.ENOTSUP {
		return fmt.Errorf("%w: %w", errNoExchange, err)
	}
	return err
}

// reserve allocates the blocks of a file before anything is written, so that a full disk is met early. It leaves the
// size alone, and a file system that cannot is no error.
func (k kernel) reserve(fd int, size int64) error {
	if size == 0 {
		return nil
	}
	err := k.call("fallocate", func() error { return unix.Fallocate(fd, unix.FALLOC_FL_KEEP_SIZE, 0, size) })
	if err == unix.ENOTSUP || err == unix.ENOSYS {
		return nil
	}
	return err
}

// sync makes a file or a directory durable.
func (k kernel) sync(fd int) error {
	if k.lazy {
		return nil
	}
	return k.call("fsync", func() error { return unix.Fsync(fd) })
}

// syncWhole makes all durable that was written to the file system of an open directory.
func (k kernel) syncWhole(dir int) error {
	return k.call("syncfs", func() error { return unix.Syncfs(dir) })
}

// canSyncWhole is an error if syncWhole would not do what it says, or not tell that it failed: others than these file systems
// may do nothing and say that it is done, and before Linux 5.8 no error was told (syncfs(2)).
func (k kernel) canSyncWhole(dir int) error {
	var fs unix.Statfs_t
	if err := k.call("fstatfs", func() error { return unix.Fstatfs(dir, &fs) }); err != nil {
		return err
	}
	switch int64(fs.Type) {
	case unix.EXT4_SUPER_MAGIC, unix.XFS_SUPER_MAGIC, unix.BTRFS_SUPER_MAGIC, unix.TMPFS_MAGIC:
	default:
		return unix.ENOTSUP
	}
	var name unix.Utsname
	if err := k.call("uname", func() error { return unix.Uname(&name) }); err != nil {
		return err
	}
	var major, minor int
	if n, _ := fmt.Sscanf(unix.ByteSliceToString(name.Release[:]), "%d.%d", &major, &minor); n < 2 || major < 5 || major == 5 && minor < 8 {
		return unix.ENOTSUP
	}
	return nil
}

// procPath is the name of a descriptor of this process in /proc.
func procPath(fd int) string { return fmt.Sprintf("/proc/self/fd/%d", fd) }

// Inode flags that a user set on the file and that a copy should have: s, c, S, d, A, j, C, m of chattr(1).
const keptFlags = 0x1 | 0x4 | 0x8 | 0x40 | 0x80 | 0x4000 | 0x800000 | 0x400

// copyFlags gives the file to the flags of from (chattr). It must come before the first write: a file with blocks cannot
// change its C flag.
func (k kernel) copyFlags(from, to int) error {
	want, err := k.flags(from)
	if err != nil {
		return err
	}
	have, err := k.flags(to)
	if err != nil || want&keptFlags == have&keptFlags {
		return err
	}
	return k.call("ioctl FS_IOC_SETFLAGS", func() error {
		return unix.IoctlSetPointerInt(to, unix.FS_IOC_SETFLAGS, int(have&^keptFlags|want&keptFlags))
	})
}

// flags reads the inode flags; a file system without them has none set.
func (k kernel) flags(fd int) (flags uint32, err error) {
	err = k.call("ioctl FS_IOC_GETFLAGS", func() (err error) {
		flags, err = unix.IoctlGetUint32(fd, unix.FS_IOC_GETFLAGS)
		return err
	})
	if err == unix.ENOTTY || err == unix.ENOTSUP || err == unix.ENOSYS {
		return 0, nil
	}
	return flags, err
}

// An attribute is what the system says about a file beyond its stat.
type attributes struct {
	immutable, appendOnly bool
	mountRoot             bool // something is mounted at this very name
	mountUnknown          bool // the system cannot tell
}

// attributesOf asks for the attributes of an open file. A system that cannot tell them has none.
func (k kernel) attributesOf(fd int) (attributes, error) {
	var st unix.Statx_t
	err := k.call("statx", func() error { return unix.Statx(fd, "", unix.AT_EMPTY_PATH, 0, &st) })
	if errors.Is(err, unix.ENOSYS) {
		return attributes{mountUnknown: true}, nil
	}
	return attributes{
		immutable:  st.Attributes&unix.STATX_ATTR_IMMUTABLE != 0,
		appendOnly: st.Attributes&unix.STATX_ATTR_APPEND != 0,
		mountRoot:  st.Attributes&unix.STATX_ATTR_MOUNT_ROOT != 0,
		// Linux 5.8. Another device number than the directory's proves nothing: an overlay has those of its layers.
		mountUnknown: st.Attributes_mask&unix.STATX_ATTR_MOUNT_ROOT == 0,
	}, err
}

// newGroup is the group that a new file of a directory gets: the directory's where its set-group-ID bit is set, else that
// of the process. A file system that is mounted with grpid gives the directory's too, and is taken for less than it can.
func newGroup(dir status, own uint32) uint32 {
	if dir.mode&unix.S_ISGID != 0 {
		return dir.gid
	}
	return own
}

// searchOnly opens a directory that may be searched and not read.
const searchOnly = unix.O_PATH
