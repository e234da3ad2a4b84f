//go:build linux || darwin || freebsd || netbsd

package disk

// This file reads settings: small files that give the program orders. Whoever can write one can turn checks off, so one that
// was merely found is believed only if nobody but the user and root can have written it. And whatever stands at its name,
// nothing is waited for and nothing large is read.

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// MaxSettings is how many bytes a file of settings may have.
const MaxSettings = 64 << 10

// ErrStranger is in the error for settings that belong to another user.
var ErrStranger = errors.New("settings of another user")

// ReadSettings reads settings that were found at their usual place: a regular file with one name, of root or the user, that
// nobody else can write. The error says what is wrong and what to do; it is fs.ErrNotExist where there are none.
func ReadSettings(path string) ([]byte, error) {
	return kernel{}.readSettings(path, func(k kernel, fd int, st status) error {
		if st.links > 1 {
			return &Error{path, fmt.Sprintf("not read: it has %d names, and may be a file for other eyes", st.links), byConfig(path), nil}
		}
		return k.othersWrite(path, fd, st)
	})
}

// ReadNamedSettings reads settings that the user names: whoever they belong to, and by a link as well.
func ReadNamedSettings(path string) ([]byte, error) {
	t, err := kernel{}.resolve(path)
	if err != nil {
		return nil, err
	}
	return kernel{}.readSettings(t.path(), func(kernel, int, status) error { return nil })
}

// readSettings reads a regular file of a bounded size that passes a check.
func (k kernel) readSettings(path string, check func(k kernel, fd int, st status) error) ([]byte, error) {
	before, err := k.lookAtSettings(path)
	if err != nil {
		return nil, err
	}
	fd, err := k.openAt(unix.AT_FDCWD, path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, failure(path, "not read", err)
	}
	defer k.closeFile(fd)
	st, err := k.stat(fd)
	if err == nil && !st.sameFile(before) {
		err = errors.New("another program replaced it meanwhile")
	}
	if err == nil {
		err = check(k, fd, st)
	}
	if err != nil {
		return nil, failure(path, "not read", err)
	}
	data, err := k.readAll(fd, min(st.size, MaxSettings), MaxSettings)
	if st.size > MaxSettings || err == io.ErrShortBuffer {
		return nil, &Error{path, fmt.Sprintf("not read: it has more than %d bytes", MaxSettings), "is it really a file of settings?", nil}
	}
	if err != nil {
		return nil, failure(path, "not read", err)
	}
	return data, nil
}

// lookAtSettings refuses what is no regular file before it is opened: opening a device may set it in motion.
func (k kernel) lookAtSettings(path string) (status, error) {
	st, err := k.statAt(unix.AT_FDCWD, path)
	switch {
	case errors.Is(err, unix.ENOTDIR), errors.Is(err, unix.ENOENT):
		return st, &Error{path, "there is no such file", "check the name", fs.ErrNotExist}
	case err != nil:
		return st, failure(path, "not read", err)
	case st.mode&unix.S_IFMT == unix.S_IFLNK:
		return st, &Error{path, "not read: it is a symbolic link", byConfig(path), nil}
	case !st.regular():
		return st, &Error{path, "not read: it is " + kindOf(st) + ", not a file", "remove it, or name settings by --config FILE", nil}
	}
	return st, nil
}

// byConfig is the remedy for a file that its user may trust all the same.
func byConfig(path string) string { return "if you trust it, give --config " + path }

// othersWrite refuses a file that somebody else has written, or could.
func (k kernel) othersWrite(path string, fd int, st status) error {
	if own := uint32(os.Geteuid()); st.uid != 0 && st.uid != own {
		return &Error{path, fmt.Sprintf("not read: it belongs to user %d, neither to you nor to root", st.uid),
			"if you trust it, `chown` it to you, or give --config " + path, ErrStranger}
	}
	if st.mode&0o022 == 0 {
		return nil
	}
	const writable = "not read: others than its owner may write it (mode %04o)"
	bad := &Error{path, fmt.Sprintf(writable, st.mode&0o7777), "`chmod go-w` it, or give --config " + path, nil}
	attrs, err := k.attrs(fd)
	if _, acl := attrs["system.posix_acl_access"]; st.mode&0o002 != 0 || acl || err != nil {
		return bad
	}
	passwd, err := k.accounts("/etc/passwd")
	if err != nil {
		return bad
	}
	groups, err := k.accounts("/etc/group")
	if err != nil || !ownGroup(passwd, groups, st.uid, st.gid) {
		return bad
	}
	return nil
}

// accounts is the lines of a list of users or groups (passwd(5), group(5)), in fields. One that is no file of a usual size,
// or that other services complete, tells too little: the group is nobody's own then.
func (k kernel) accounts(path string) (lines [][]string, err error) {
	const most = 1 << 20
	fd, err := k.openAt(unix.AT_FDCWD, path, unix.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	defer k.closeFile(fd)
	data, err := k.readAll(fd, most, most)
	for line := range strings.Lines(string(data)) {
		if fields := strings.Split(strings.TrimSpace(line), ":"); len(fields) >= 4 {
			lines = append(lines, fields)
		}
	}
	return lines, err
}

// ownGroup tells whether a group is a user's own: named as he is, and with no other member. Where the umask is 002, as on
// Debian and Red Hat for users with such a group, a checkout's files are writable by it.
func ownGroup(passwd, groups [][]string, uid, gid uint32) bool {
	const name, id, group, members = 0, 2, 3, 3
	var names []string
	for _, u := range passwd {
		switch {
		case u[id] == strconv.Itoa(int(uid)):
			names = append(names, u[name])
		case u[group] == strconv.Itoa(int(gid)):
			return false
		}
	}
	own := false
	for _, g := range groups {
		if g[id] != strconv.Itoa(int(gid)) {
			continue
		}
		if own = slices.Contains(names, g[name]); !own {
			return false
		}
		for member := range strings.SplitSeq(g[members], ",") {
			if member != "" && !slices.Contains(names, member) {
				return false
			}
		}
	}
	return own
}
