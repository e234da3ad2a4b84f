//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"io"
	"time"

	"golang.org/x/sys/unix"
)

// This file is the only way from the package to the system: every call goes through kernel.call, which retries what a
// signal interrupted, and which a test can make fail, or surround with what another program does at that moment.

// A kernel makes system calls. Its zero value is the one in use; tests set around.
type kernel struct {
	around func(call string, do func() error) error
	lazy   bool                                      // somebody else makes durable what it writes
	leads  func(dir string) (path string, err error) // follows the links of a directory; nil: the system does
}

// call makes one system call, again if a signal interrupted it.
func (k kernel) call(name string, do func() error) error {
	for {
		if err := k.once(name, do); err != unix.EINTR {
			return err
		}
	}
}

// once makes one system call that must not be repeated blindly: on a network file system an interrupted rename may have
// taken place.
func (k kernel) once(name string, do func() error) error {
	if k.around == nil {
		return do()
	}
	return k.around(name, do)
}

// A status is what the package compares of a file's stat.
type status struct {
	dev, ino       uint64
	mode, uid, gid uint32
	links          uint64
	size           int64
	mtime, ctime   int64 // nanoseconds
}

// sameFile reports whether both are the same inode. It is sound only while a descriptor keeps one of them from reuse.
func (s status) sameFile(t status) bool { return s.dev == t.dev && s.ino == t.ino }

// sameContent reports whether nothing was written between s and t, as far as the inode tells.
func (s status) sameContent(t status) bool {
	return s.sameFile(t) && s.size == t.size && s.mtime == t.mtime && s.ctime == t.ctime
}

// sameOwner reports whether owner, group and mode agree.
func (s status) sameOwner(t status) bool { return s.uid == t.uid && s.gid == t.gid && s.mode == t.mode }

// regular reports whether s is of a regular file.
func (s status) regular() bool { return s.mode&unix.S_IFMT == unix.S_IFREG }

// newStatus reads the fields whose types differ from system to system.
func newStatus(st *unix.Stat_t) status {
	return status{
		dev: uint64(st.Dev), ino: uint64(st.Ino),
		mode: uint32(st.Mode), uid: st.Uid, gid: st.Gid,
		links: uint64(st.Nlink), size: st.Size,
		mtime: st.Mtim.Nano(), ctime: st.Ctim.Nano(),
	}
}

// stat is fstat(2).
func (k kernel) stat(fd int) (status, error) {
	var st unix.Stat_t
	err := k.call("fstat", func() error { return unix.Fstat(fd, &st) })
	return newStatus(&st), err
}

// statAt looks at a name in a directory and does not follow a link there.
func (k kernel) statAt(dir int, name string) (status, error) {
	var st unix.Stat_t
	err := k.call("fstatat", func() error { return unix.Fstatat(dir, name, &st, unix.AT_SYMLINK_NOFOLLOW) })
	return newStatus(&st), err
}

// statPath looks at what a path leads to.
func (k kernel) statPath(path string) (status, error) {
	var st unix.Stat_t
	err := k.call("stat", func() error { return unix.Stat(path, &st) })
	return newStatus(&st), err
}

// openAt opens a name in a directory and never follows a link there.
func (k kernel) openAt(dir int, name string, flags int, mode uint32) (int, error) {
	fd := -1
	err := k.call("openat", func() (err error) {
		fd, err = unix.Openat(dir, name, flags|unix.O_NOFOLLOW|unix.O_CLOEXEC, mode)
		return err
	})
	if err != nil && fd >= 0 { // the call succeeded and was reported as failed: only a test does that
		k.closeFile(fd)
		fd = -1
	}
	return fd, err
}

// closeFile closes a descriptor whose content is durable or unwanted, so that its error says nothing. It is not retried: the
// descriptor is gone even after EINTR.
func (k kernel) closeFile(fd int) {
	if fd >= 0 {
		_ = unix.Close(fd)
	}
}

// manyPages is a size from which on the kernel's work for each page of memory counts: two of the large ones.
const manyPages = 4 << 20

// readAll reads a file from its beginning, at most limit bytes of it.
func (k kernel) readAll(fd int, size, limit int64) ([]byte, error) {
	buf := make([]byte, 0, min(size, limit)+1) // one byte more, to meet the end without growing
	if cap(buf) > manyPages {
		inLargePages(buf[:cap(buf)])
	}
	for {
		if len(buf) == cap(buf) {
			buf = append(buf, 0)[:len(buf)]
		}
		n, err := k.readAt(fd, buf[len(buf):cap(buf)], int64(len(buf)))
		if err != nil || n == 0 {
			return buf, err
		}
		whole := n < cap(buf)-len(buf) && int64(len(buf)+n) == size // all that was there is read, and the end is met
		buf = buf[:len(buf)+n]
		if int64(len(buf)) > limit {
			return buf[:limit], io.ErrShortBuffer
		}
		if whole {
			return buf, nil
		}
	}
}

// maxTransfer is the most that one read or write is asked for; Linux moves at most 2 GiB less a page.
const maxTransfer = 1 << 30

// readAt is pread(2).
func (k kernel) readAt(fd int, p []byte, off int64) (n int, err error) {
	if len(p) > maxTransfer {
		p = p[:maxTransfer]
	}
	err = k.call("pread", func() (err error) {
		n, err = unix.Pread(fd, p, off)
		return err
	})
	return max(n, 0), err
}

// writeAll writes data from the beginning of the file.
func (k kernel) writeAll(fd int, data []byte) error { return k.writeFrom(fd, data, 0) }

// writeFrom writes data at an offset.
func (k kernel) writeFrom(fd int, data []byte, at int64) error {
	for len(data) > 0 {
		n := 0
		err := k.call("pwrite", func() (err error) {
			n, err = unix.Pwrite(fd, data[:min(len(data), maxTransfer)], at)
			return err
		})
		if err != nil {
			return err
		}
		if n <= 0 {
			return io.ErrShortWrite
		}
		data, at = data[n:], at+int64(n)
	}
	return nil
}

// lock takes the exclusive lock of an open file or fails at once.
func (k kernel) lock(fd int) error {
	return k.call("flock", func() error { return unix.Flock(fd, unix.LOCK_EX|unix.LOCK_NB) })
}

// How often a lock is tried that a program may hold for a moment which was started by one that was killed.
const (
	lockTries = 20
	lockPause = 10 * time.Millisecond
)

// lockSoon is lock, tried for a moment: a program that was killed may have been about to start another, which holds its
// locks until it is that other.
func (k kernel) lockSoon(fd int) error {
	err := k.lock(fd)
	for try := 0; err == unix.EWOULDBLOCK && try < lockTries; try++ {
		time.Sleep(lockPause)
		err = k.lock(fd)
	}
	return err
}

// lockShared takes the lock of an open file together with others that look at it, or fails at once.
func (k kernel) lockShared(fd int) error {
	return k.call("flock", func() error { return unix.Flock(fd, unix.LOCK_SH|unix.LOCK_NB) })
}

// setTime sets the modification time, to the microsecond.
func (k kernel) setTime(fd int, nsec int64) error {
	tv := unix.NsecToTimeval(nsec)
	return k.call("futimes", func() error { return unix.Futimes(fd, []unix.Timeval{tv, tv}) })
}

// rename is renameat(2) within one directory.
func (k kernel) rename(dir int, from, to string) error {
	return k.once("renameat", func() error { return unix.Renameat(dir, from, dir, to) })
}

// linkCopy gives an undo copy one name more, in another directory.
func (k kernel) linkCopy(path string, dir int, name string) error {
	return k.once("linkat of a copy", func() error { return unix.Linkat(unix.AT_FDCWD, path, dir, name, 0) })
}

// unlink is unlinkat(2).
func (k kernel) unlink(dir int, name string) error {
	return k.call("unlinkat", func() error { return unix.Unlinkat(dir, name, 0) })
}

// writable reports whether the effective user may do mode (W_OK, X_OK) to a name in a directory.
func (k kernel) writable(dir int, name string, mode uint32) error {
	return k.call("faccessat", func() error { return unix.Faccessat(dir, name, mode, unix.AT_EACCESS) })
}
