//go:build linux || darwin || freebsd || netbsd

package disk

// This file carries what belongs to a file beside its bytes from the old one to the new: owner, group, mode, ACL, label
// and other extended attributes. Everything goes by descriptor: in a directory that others can write to (Debian's
// /var/lib/bind is root:bind 775) a path may point elsewhere a moment later.
//
// Linux shows attributes named trusted.* to root alone, so that only root keeps them.

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// metadata is what a save must carry over.
type metadata struct {
	status status
	attrs  map[string][]byte // extended attributes; on Linux also the ACL and the SELinux label
}

// kernelKept are attributes that hold a checksum of the content: the kernel renews them itself and rejects a copy.
var kernelKept = [...]string{"security.ima", "security.evm"}

// metadataOf reads the metadata of an open file.
func (k kernel) metadataOf(fd int) (metadata, error) {
	st, err := k.stat(fd)
	if err != nil {
		return metadata{}, err
	}
	attrs, err := k.attrs(fd)
	return metadata{st, attrs}, err
}

// copyMetadata gives the file to what from has, and reads it again to prove it. The mode comes last: a change of owner
// clears bits of it, and an ACL changes the others.
func (k kernel) copyMetadata(from, to int) (metadata, error) {
	want, err := k.metadataOf(from)
	if err != nil {
		return want, fmt.Errorf("cannot read the metadata of the file: %w", err)
	}
	have, err := k.metadataOf(to)
	if err != nil {
		return want, fmt.Errorf("cannot read the metadata of the new file: %w", err)
	}
	failed := k.setMetadata(to, want, have)
	if have, err = k.metadataOf(to); err != nil {
		return want, fmt.Errorf("cannot read the metadata of the new file: %w", err)
	}
	if lost := want.lostIn(have); lost != "" {
		return want, &lostError{lost, failed}
	}
	return want, nil
}

// A lostError says what of the metadata the new file could not have.
type lostError struct {
	lost  string
	cause error // the call that failed; nil if all succeeded without effect
}

func (e *lostError) Error() string {
	text := "the new file cannot keep the " + e.lost
	if e.cause != nil {
		text += " (" + e.cause.Error() + ")"
	}
	return text
}

// Unwrap is the cause, and that the old file can still be written into.
func (e *lostError) Unwrap() []error {
	if e.cause == nil {
		return []error{ErrInPlace}
	}
	return []error{ErrInPlace, e.cause}
}

// setMetadata makes the calls that are needed and returns the first error; the caller looks at what came of them.
func (k kernel) setMetadata(fd int, want, have metadata) error {
	var first error
	try := func(call string, do func() error) {
		if err := k.call(call, do); err != nil && first == nil {
			first = fmt.Errorf("%s: %w", call, err)
		}
	}
	w, h := want.status, have.status
	if w.uid != h.uid || w.gid != h.gid {
		try("fchown", func() error { return unix.Fchown(fd, int(w.uid), int(w.gid)) })
	}
	for _, name := range slices.Sorted(maps.Keys(have.attrs)) {
		if _, ok := want.attrs[name]; !ok { // inherited from the directory, as a default ACL is
			try("fremovexattr", func() error { return unix.Fremovexattr(fd, name) })
		}
	}
	for _, name := range slices.Sorted(maps.Keys(want.attrs)) {
		value := want.attrs[name]
		if old, ok := have.attrs[name]; !ok || !bytes.Equal(old, value) {
			try("fsetxattr", func() error { return unix.Fsetxattr(fd, name, value, 0) })
		}
	}
	try("fchmod", func() error { return unix.Fchmod(fd, w.mode&0o7777) })
	return first
}

// lostIn names the first thing that have lacks or has too much, "" if nothing.
func (want metadata) lostIn(have metadata) string {
	w, h := want.status, have.status
	switch {
	case w.uid != h.uid:
		return fmt.Sprintf("owner %d", w.uid)
	case w.gid != h.gid:
		return fmt.Sprintf("group %d", w.gid)
	case w.mode != h.mode:
		return fmt.Sprintf("mode %04o", w.mode&0o7777)
	}
	for _, name := range slices.Sorted(maps.Keys(want.attrs)) {
		if value, ok := have.attrs[name]; !ok || !bytes.Equal(value, want.attrs[name]) {
			return attrName(name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(have.attrs)) {
		if _, ok := want.attrs[name]; !ok {
			return "absence of the " + attrName(name)
		}
	}
	return ""
}

// attrName names an attribute in the administrator's words.
func attrName(name string) string {
	switch name {
	case "system.posix_acl_access":
		return "ACL"
	case "security.selinux":
		return "SELinux label"
	}
	return fmt.Sprintf("extended attribute %q", name)
}

// attrs reads the extended attributes of an open file; a file system without them has none.
func (k kernel) attrs(fd int) (map[string][]byte, error) {
	list, err := k.sized("flistxattr", func(p []byte) (int, error) { return unix.Flistxattr(fd, p) })
	if err == unix.ENOTSUP || err == unix.ENOSYS {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	attrs := map[string][]byte{}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(list), "\x00"), "\x00") {
		if name == "" || slices.Contains(kernelKept[:], name) {
			continue
		}
		value, err := k.sized("fgetxattr", func(p []byte) (int, error) { return unix.Fgetxattr(fd, name, p) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		attrs[name] = value
	}
	return attrs, nil
}

// sized makes a call that fills a buffer whose size must be asked first, and again if it grew in between.
func (k kernel) sized(call string, fill func([]byte) (int, error)) ([]byte, error) {
	for size := 256; ; size *= 4 {
		buf, n := make([]byte, size), 0
		err := k.call(call, func() (err error) {
			n, err = fill(buf)
			return err
		})
		if err == nil {
			return buf[:n], nil
		}
		if err != unix.ERANGE || size > 1<<20 {
			return nil, err
		}
	}
}
