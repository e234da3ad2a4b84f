//go:build linux || darwin || freebsd || netbsd

package disk

// This file knows where undo copies, recovery records, logs, drafts and what is remembered of moves are: in a directory that belongs to the user alone. Root
// never writes below a $HOME, which sudo may have left at another user's, and nobody writes to /tmp.

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// rootStateDir is root's state directory.
const rootStateDir = "/var/lib/mailzone"

// The parts of the state directory.
const (
	undoDir     = "undo"
	recoveryDir = "recovery"
	logDir      = "log"
	draftDir    = "draft"
	leftDir     = "left"
)

// copyTime is the layout of a time in names of undo copies and records; their order is the order of time.
const copyTime = "20060102T150405.000000000Z"

// stateDir is the state directory, which need not exist.
func (o Options) stateDir() (string, error) {
	if o.StateDir != "" {
		return filepath.Abs(o.StateDir)
	}
	if os.Geteuid() == 0 {
		return rootStateDir, nil
	}
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "mailzone"), nil
	}
	if home := os.Getenv("HOME"); filepath.IsAbs(home) {
		return filepath.Join(home, ".local", "state", "mailzone"), nil
	}
	return "", errors.New("neither $XDG_STATE_HOME nor $HOME names a directory for undo copies")
}

// stateDirFor makes a directory below the state directory and opens it.
func (k kernel) stateDirFor(o Options, elem ...string) (path string, fd int, err error) {
	root, err := o.stateDir()
	if err != nil {
		return "", -1, err
	}
	path = filepath.Join(append([]string{root}, elem...)...)
	if err := k.makeDir(path); err != nil {
		return path, -1, err
	}
	if err := k.private(root); err != nil {
		return path, -1, err
	}
	fd, err = k.openDirectory(path)
	return path, fd, err
}

// makeDir makes a directory and those above it, and makes their names durable.
func (k kernel) makeDir(path string) error {
	err := k.call("mkdir", func() error { return os.Mkdir(path, 0o700) })
	switch {
	case errors.Is(err, unix.EEXIST):
		return nil
	case errors.Is(err, unix.ENOENT) && path != filepath.Dir(path):
		if err := k.makeDir(filepath.Dir(path)); err != nil {
			return err
		}
		if err := k.call("mkdir", func() error { return os.Mkdir(path, 0o700) }); err != nil {
			return err
		}
	case err != nil:
		return err
	}
	parent, err := k.openDirectory(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer k.closeFile(parent)
	return k.sync(parent)
}

// private refuses a state directory that another user could put something into.
func (k kernel) private(dir string) error {
	var st unix.Stat_t
	if err := k.call("stat", func() error { return unix.Stat(dir, &st) }); err != nil {
		return err
	}
	if int(st.Uid) != os.Geteuid() || st.Mode&0o022 != 0 {
		return fmt.Errorf("%s must belong to you and be writable by nobody else (chmod 700)", dir)
	}
	return nil
}

// openDirectory opens a directory for reading.
func (k kernel) openDirectory(path string) (fd int, err error) {
	fd = -1
	err = k.call("open directory", func() (err error) {
		fd, err = unix.Open(path, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
		return err
	})
	if err != nil {
		k.closeFile(fd)
		fd = -1
	}
	return fd, err
}

// stateKey is the name under which the state directory keeps what belongs to a path: readable, and different for files
// of the same name.
func stateKey(path string) string {
	sum := sha256.Sum256([]byte(path))
	readable := strings.Map(func(r rune) rune {
		if r < 0x80 && (r == '.' || r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z') {
			return r
		}
		return '_'
	}, filepath.Base(path))
	return readable[:min(len(readable), 100)] + "-" + hex.EncodeToString(sum[:8])
}

// writeDurable makes a file of this content appear in a directory as a whole and for good, or not at all.
func (k kernel) writeDurable(dir int, name string, data []byte) error {
	tmp, err := randomName("part")
	if err != nil {
		return err
	}
	if err = k.writeNew(dir, tmp, data); err == nil {
		err = k.rename(dir, tmp, name)
	}
	if err == nil {
		return k.sync(dir)
	}
	_ = k.unlink(dir, tmp)
	return err
}

// writeNew makes a new file of this content, which is durable; its name is not yet.
func (k kernel) writeNew(dir int, name string, data []byte) error {
	fd, err := k.openAt(dir, name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL, 0o600)
	if err == nil {
		err = k.writeAll(fd, data)
	}
	if err == nil {
		err = k.sync(fd)
	}
	k.closeFile(fd)
	return err
}

// readFile reads a file of the state directory, of at most so many bytes.
func (k kernel) readFile(dir int, name string, most int64) ([]byte, status, error) {
	fd, st, err := k.openRegular(dir, name, most)
	if err != nil {
		return nil, st, err
	}
	defer k.closeFile(fd)
	data, err := k.readAll(fd, st.size, most)
	return data, st, err
}

// list reads the names in a directory. What is none is not waited for.
func (k kernel) list(path string) (names []string, err error) {
	err = k.call("getdents", func() error {
		d, err := os.OpenFile(path, os.O_RDONLY|unix.O_DIRECTORY|unix.O_NONBLOCK, 0)
		if err != nil {
			return err
		}
		defer d.Close()
		names, err = d.Readdirnames(-1)
		return err
	})
	return names, err
}
