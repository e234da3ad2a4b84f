//go:build linux || darwin || freebsd || netbsd

package disk

// This file decides, without writing anything, whether a file can be saved and how, so that nobody types in vain.

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sys/unix"
)

// decide finds the limit of an open file as it is now: what forbids any save first, then what forbids replacing it. An
// administrator may have changed it since it was opened.
func (f *File) decide() error {
	if f.absent {
		f.limit = limit{reason: f.cannotBeMade()}
		return nil
	}
	if f.opt.ReadOnly { // nobody asks what a save would have to do
		f.limit = limit{reason: f.forbidden(status{}, attributes{})}
		return nil
	}
	st, err := f.kernel.stat(f.fd)
	if err != nil {
		return openError(f.Path(), err)
	}
	attrs, err := f.kernel.attributesOf(f.fd)
	if err != nil {
		return openError(f.Path(), err)
	}
	dirAttrs, err := f.kernel.attributesOf(f.dir)
	if err != nil {
		return openError(f.target.dir, err)
	}
	f.limit = limit{}
	if reason := f.forbidden(st, attrs); reason != "" {
		f.limit = limit{reason: reason}
	} else if reason := f.irreplaceable(st, attrs, dirAttrs); reason != "" {
		f.limit = limit{reason: reason, inPlace: true}
	}
	return nil
}

// forbidden says why the file must not be saved at all, "" if it may.
func (f *File) forbidden(st status, attrs attributes) string {
	switch {
	case f.busy:
		return "another mailzone has it open; close that one and open the file again"
	case f.interruptedReason() != "":
		return f.interruptedReason()
	case f.opt.ReadOnly:
		return "it was opened for reading only"
	}
	if reason := contentReason(f.target.base, f.bytes); reason != "" && !f.opt.ending { // half a file may look like anything
		return reason
	}
	switch {
	case attrs.immutable:
		return "it is immutable; `chattr -i` (chflags nouchg on BSD) makes it writable"
	case attrs.appendOnly:
		return "it can only be appended to; `chattr -a` (chflags nouappnd on BSD) makes it writable"
	}
	err := f.kernel.writable(f.dir, f.target.base, unix.W_OK)
	switch {
	case errors.Is(err, unix.EROFS):
		return "its file system is mounted read-only"
	case errors.Is(err, unix.EACCES), errors.Is(err, unix.EPERM):
		return fmt.Sprintf("you may not write it (mode %04o, owner %d:%d); run as a user who may, as with sudo",
			st.mode&0o7777, st.uid, st.gid)
	case err != nil && !errors.Is(err, unix.ENOENT): // a file that is gone is for Conflict to find
		return "it cannot be written: " + plain(err)
	case st.mode&unix.S_ISGID != 0 && os.Geteuid() != 0 && !inGroup(st.gid): // write(2) and chmod(2) take the bit away
		return fmt.Sprintf("it is set-group-ID for group %d, which you are not in, and would lose that; run as root to keep it", st.gid)
	}
	return ""
}

// cannotBeMade says why no file of a name that is free can be made, "" if one can.
func (f *File) cannotBeMade() string {
	switch {
	case f.interruptedReason() != "":
		return f.interruptedReason()
	case f.opt.ReadOnly:
		return "it was opened for reading only"
	}
	err := f.kernel.writable(f.dir, ".", unix.W_OK|unix.X_OK)
	switch {
	case errors.Is(err, unix.EROFS):
		return "its file system is mounted read-only"
	case err != nil:
		return "you may not write to its directory, so no file can be made there; run as a user who may, as with sudo"
	}
	return contentReason(f.target.base, nil)
}

// interruptedReason is why a file of an interrupted save is not written to, "" if it is of none.
func (f *File) interruptedReason() string {
	if len(f.interrupted.Saves) == 0 {
		return ""
	}
	in := f.interrupted.Saves[0]
	return in.String() + "; " + in.Remedy(f.name)
}

// irreplaceable says why no new file can take the place of this one, "" if one can.
func (f *File) irreplaceable(st status, attrs, dir attributes) string {
	if f.in.hidden {
		return "you may not read its directory, so a new file there could not be made durable"
	}
	if st.links > 1 {
		return fmt.Sprintf("it has %d hard links, and a new file would be at only one of the names", st.links)
	}
	if attrs.mountRoot || attrs.mountUnknown && st.dev != f.in.state.dev {
		return "it is mounted by itself (a bind mount, as containers do), and a mount point cannot be replaced"
	}
	if dir.immutable || dir.appendOnly {
		return "its directory is immutable or append-only (lsattr -d), so no file in it can be replaced"
	}
	if err := f.kernel.writable(f.dir, ".", unix.W_OK|unix.X_OK); err != nil {
		return "you may not write to its directory, so no file in it can be replaced"
	}
	return f.foreign(st, os.Geteuid())
}

// foreign says why the user may not make a file with the owner and group of this one, or not replace it, "" if he may.
func (f *File) foreign(st status, uid int) string {
	if uid == 0 {
		return ""
	}
	if int(st.uid) != uid {
		return fmt.Sprintf("it belongs to user %d, and a new file would belong to you; run as root to keep the owner", st.uid)
	}
	if !inGroup(st.gid) && newGroup(f.in.state, uint32(os.Getegid())) != st.gid {
		return fmt.Sprintf("it belongs to group %d, which you are not in, and a new file could not; run as root to keep it", st.gid)
	}
	return ""
}

// Stranger is the user whose file a path leads to, if that is neither root nor the owner of the directory: root does not open what such
// a user may put there without knowing it. For other users there is no such file: they open what they may. A directory that is not the
// name server's own makes no stranger: on Debian no zone file is in named's.
func Stranger(path string) (uid uint32, is bool) {
	var k kernel
	st, err := k.statPath(path)
	dir, dirErr := k.statPath(filepath.Dir(path))
	return st.uid, err == nil && dirErr == nil && os.Geteuid() == 0 && st.uid != 0 && st.uid != dir.uid
}

// inGroup reports whether the user is in a group.
func inGroup(gid uint32) bool {
	groups, err := os.Getgroups()
	return err == nil && slices.Contains(append(groups, os.Getegid()), int(gid))
}
