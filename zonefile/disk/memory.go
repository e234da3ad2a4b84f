//go:build linux || darwin || freebsd || netbsd

package disk

// This file keeps what a program remembers beside a zone file, for days: one file for each zone file, whole or not at all,
// and nobody else's. It does not know what stands in it. What is damaged, or could come from another, is an error and is
// not read; the zone file is not touched by any of it.
//
// A memory is the magic, and then the path of the zone file and what is remembered, as blocks like those of a log.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// memoryLimit is how many bytes a memory has at most.
const memoryLimit = 64 << 20

// Remember keeps data as the memory of a zone file, in the place of what was remembered.
func Remember(name string, opt Options, data []byte) error {
	k := kernel{around: opt.around, lazy: opt.Relaxed}
	t, err := k.resolve(name)
	if err != nil {
		return err
	}
	path, dir, err := k.stateDirFor(opt, opt.Memory.directory())
	if err == nil && len(data) > memoryLimit-(1<<16) {
		err = fmt.Errorf("it would have %d bytes", len(data))
	}
	if err == nil {
		text := appendBlock([]byte(opt.Memory.magic()), []byte(t.path()))
		err = k.writeDurable(dir, stateKey(t.path()), appendBlock(text, data))
	}
	k.closeFile(dir)
	if err != nil {
		return failure(filepath.Join(path, stateKey(t.path())), "cannot be written", err)
	}
	return nil
}

// Remembered is the memory of a zone file. The error is fs.ErrNotExist if there is none.
func Remembered(name string, opt Options) ([]byte, error) {
	k := kernel{around: opt.around}
	t, err := k.resolve(name)
	if err != nil {
		return nil, err
	}
	root, err := opt.stateDir()
	if err != nil {
		return nil, fs.ErrNotExist
	}
	path := filepath.Join(root, opt.Memory.directory())
	dir, err := k.openDirectory(path)
	if errors.Is(err, unix.ENOENT) {
		return nil, fs.ErrNotExist
	}
	defer k.closeFile(dir)
	if err == nil {
		err = k.private(root)
	}
	if err != nil {
		return nil, failure(path, "", err)
	}
	data, err := k.memory(dir, t.path(), opt.Memory)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, &Error{filepath.Join(path, stateKey(t.path())), "is not read: it " + plain(err), "", err}
	}
	return data, err
}

// memory reads a memory of a path.
func (k kernel) memory(dir int, path string, kind Memory) ([]byte, error) {
	text, st, err := k.readFile(dir, stateKey(path), memoryLimit)
	switch {
	case errors.Is(err, unix.ENOENT):
		return nil, fs.ErrNotExist
	case err != nil && errors.As(err, new(*unfitError)):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("cannot be read: %w", err)
	case int(st.uid) != os.Geteuid():
		return nil, errors.New("belongs to another user")
	case st.mode&0o077 != 0:
		return nil, fmt.Errorf("has mode %04o, so that others may have written it", st.mode&0o777)
	}
	rest, magic := strings.CutPrefix(string(text), kind.magic())
	of, rest2, ok := cutBlock([]byte(rest))
	data, end, whole := cutBlock(rest2)
	if !magic || !ok || !whole || len(end) > 0 {
		return nil, errors.New("is damaged")
	}
	if string(of) != path {
		return nil, errors.New("is of another zone file")
	}
	return data, nil
}

// ForgetRemembered removes the memory of a zone file, whatever stands there. The error is fs.ErrNotExist if there is none.
func ForgetRemembered(name string, opt Options) error {
	k := kernel{around: opt.around}
	t, err := k.resolve(name)
	if err != nil {
		return err
	}
	root, err := opt.stateDir()
	if err != nil {
		return fs.ErrNotExist
	}
	path := filepath.Join(root, opt.Memory.directory())
	dir, err := k.openDirectory(path)
	if err == nil {
		err = k.unlink(dir, stateKey(t.path()))
	}
	k.closeFile(dir)
	switch {
	case errors.Is(err, unix.ENOENT):
		return fs.ErrNotExist
	case err != nil:
		return failure(filepath.Join(path, stateKey(t.path())), "cannot be removed", err)
	}
	return nil
}

// A Stamp is what tells that nobody has written to a file: its inode and its times.
type Stamp struct {
	Device, Inode uint64
	Size          int64
	Mtime, Ctime  int64 // nanoseconds
}

// StampOf is the stamp of what stands at a path now.
func StampOf(path string) (Stamp, error) {
	var now unix.Stat_t
	if err := unix.Lstat(path, &now); err != nil {
		return Stamp{}, failure(path, "cannot be looked at", err)
	}
	st := newStatus(&now)
	return Stamp{st.dev, st.ino, st.size, st.mtime, st.ctime}, nil
}

// Changed is the later of both times: a file that was moved or copied in its place, or given another time, keeps or has any
// mtime, and its ctime does not lie back.
func (s Stamp) Changed() time.Time { return time.Unix(0, max(s.Mtime, s.Ctime)) }

// Leave keeps a text for the user, in the state directory, and tells where.
func Leave(opt Options, name string, text []byte) (path string, err error) {
	k := kernel{around: opt.around}
	path, dir, err := k.stateDirFor(opt, leftDir)
	if err == nil {
		err = k.writeDurable(dir, name, text)
	}
	k.closeFile(dir)
	path = filepath.Join(path, name)
	if err != nil {
		return path, failure(path, "cannot be written", err)
	}
	return path, nil
}
