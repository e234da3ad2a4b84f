package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// This file saves as every kind of user what has every kind of owner, mode, attribute and link, on every kind of file
// system. Whatever cannot be kept must be refused with the reason, and be kept in place where that is offered.

// The zone file belongs to user 53 and group 54 in a directory that group 54 may write to, as in Debian's /var/lib/bind.
const (
	zoneOwner = 53
	zoneGroup = 54
	namedUser = 12 // whom the ACL lets write
)

// A role is who saves.
type role struct {
	name string
	uid  uint32
	gids []uint32
}

// roles are the four relations that a user can have to a file.
var roles = [...]role{
	{"root", 0, []uint32{0}},
	{"owner", zoneOwner, []uint32{zoneGroup}},
	{"group", 1001, []uint32{zoneGroup}},
	{"other", namedUser, []uint32{1002}},
}

// A trait is something that a file has beside its bytes.
type trait struct {
	name  string
	give  func(path string) error
	wants map[string]string // by role: what the refusal says; "" is saved. Others are as usual
}

// usual is what a refusal says without a trait: only root and the owner can replace the file.
var usual = map[string]string{"root": "", "owner": "", "group": "belongs to user 53", "other": "you may not write it"}

// cannotKeep starts the refusal of what the user may not give to a new file.
const cannotKeep = "cannot keep the"

// traits are all that are tried.
var traits = [...]trait{
	{"owner and group", func(string) error { return nil }, nil},
	{"mode 0600", chmod(0o600), map[string]string{"group": "cannot be opened", "other": "cannot be opened"}},
	{"mode 0666", chmod(0o666), map[string]string{"other": "may not write to its directory"}},
	{"set-group-ID mode", chmod(0o2664), nil},
	{"ACL", setAttr("system.posix_acl_access", acl), map[string]string{
		"group": "you may not write it", "other": "may not write to its directory",
	}},
	{"default ACL of the directory", defaultACL, nil},
	{"extended attribute", setAttr("user.note", "of the zone\x00\xff"), nil},
	{"SELinux label", setAttr("security.selinux", "system_u:object_r:named_zone_t:s0\x00"), map[string]string{
		"owner": cannotKeep + " SELinux label",
	}},
	{"symbolic link", func(path string) error { return os.Symlink(filepath.Base(path), path+".link") }, nil},
	{"hard link", func(path string) error { return os.Link(path, path+".link") }, map[string]string{
		"root": "2 hard links", "owner": "2 hard links", "group": "2 hard links",
	}},
	{"inode flag", noAccessTime, nil},
}

// chmod gives a mode.
func chmod(mode uint32) func(string) error {
	return func(path string) error { return unix.Chmod(path, mode) }
}

// setAttr gives an extended attribute.
func setAttr(name, value string) func(string) error {
	return func(path string) error { return unix.Setxattr(path, name, []byte(value), 0) }
}

// defaultACL lets new files of the directory inherit an ACL.
func defaultACL(path string) error {
	return unix.Setxattr(filepath.Dir(path), "system.posix_acl_default", []byte(acl), 0)
}

// noAccessTime sets an inode flag that root may set (chattr +A).
func noAccessTime(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	flags, err := unix.IoctlGetUint32(int(f.Fd()), unix.FS_IOC_GETFLAGS)
	if err != nil {
		return err
	}
	const noAtime = 0x80
	return unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, int(flags|noAtime))
}

// proveMetadata tries all of it.
func proveMetadata(p trial) {
	plain := p.control("a new file and rename, as root: %s changed of %s")
	for _, fs := range []fileSystem{ext4, xfs, btrfs, tmpfs, overlay, overlayLower, overlayTwo} {
		if !*torture && fs.kind != tmpfs.kind && fs.kind != overlay.kind {
			continue
		}
		p.part(fs.String(), func(p trial) {
			p.privateMounts()
			inMemory(p.T)
			c := p.count(fs.String() + ": %s wrong of %s")
			for i, tr := range traits {
				for j, who := range roles {
					if *torture || (i+j)%3 == 0 {
						p.saveAs(c, fs, tr, who)
					}
				}
				p.renameOver(plain, fs, tr)
			}
		})
	}
}

// saveAs makes a file with a trait, and saves it as somebody, and again in place if that is what is offered.
func (p trial) saveAs(c *count, fs fileSystem, tr trait, who role) {
	want, ok := tr.wants[who.name]
	if !ok {
		want = usual[who.name]
	}
	p.part(tr.name+" as "+who.name, func(p trial) {
		p.privateMounts()
		var unable error
		dir := p.mountedAround(fs, func(dir string) { unable = traitFile(dir, tr) })
		if unable != nil {
			p.Skipf("%s has no %s: %v", fs, tr.name, unable)
		}
		name := func(why string) string {
			if why != "" {
				why = fmt.Sprintf("%s as %s: %s", tr.name, who.name, why)
			}
			return why
		}
		path := filepath.Join(dir, "zones", "db.example.com")
		inPlace, why := savedAs(p.T, path, who, "replace", want)
		c.try(name(why))
		if inPlace {
			_, why := savedAs(p.T, path, who, "in place", "")
			c.try(name(why))
		}
	})
}

// renameOver is the control: a new file is renamed over one with a trait.
func (p trial) renameOver(c *count, fs fileSystem, tr trait) {
	p.part(tr.name+" renamed over", func(p trial) {
		p.privateMounts()
		var unable error
		dir := p.mountedAround(fs, func(dir string) { unable = traitFile(dir, tr) })
		if unable != nil {
			p.Skip(unable)
		}
		path := filepath.Join(dir, "zones", "db.example.com")
		before := everythingOf(p.T, path)
		if err := replaceFile(path); err != nil {
			p.Fatal(err)
		}
		if after := everythingOf(p.T, path); after != before {
			c.try(after)
		} else {
			c.try("")
		}
	})
}

// traitFile makes a zone file with a trait, and a state directory for each role.
func traitFile(dir string, tr trait) error {
	zones := filepath.Join(dir, "zones")
	path := filepath.Join(zones, "db.example.com")
	err := errors.Join(
		os.Mkdir(zones, 0o755), os.Chown(zones, 0, zoneGroup), os.Chmod(zones, 0o775),
		os.WriteFile(path, []byte(oldText), 0o664), os.Chown(path, zoneOwner, zoneGroup), os.Chmod(path, 0o664),
	)
	for _, who := range roles {
		state := filepath.Join(dir, who.name)
		err = errors.Join(err, os.Mkdir(state, 0o700), os.Chown(state, int(who.uid), int(who.gids[0])))
	}
	return errors.Join(err, tr.give(path))
}

// savedAs saves as somebody and says what was wrong: with a refusal, what is not said; with a save, what was lost.
func savedAs(t *testing.T, path string, who role, how, want string) (inPlace bool, why string) {
	t.Helper()
	given := path
	if to, err := os.Readlink(path + ".link"); err == nil && to != "" {
		given = path + ".link"
	}
	before := everythingOf(t, path)
	cmd := childCommand(t, "once", given, filepath.Join(filepath.Dir(filepath.Dir(path)), who.name), how)
	cmd.Path = "/proc/self/exe" // the test binary is in a directory that others may not enter
	var complaint strings.Builder
	cmd.Stderr = &complaint
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: who.uid, Gid: who.gids[0], Groups: who.gids}}
	out, err := cmd.Output()
	after := everythingOf(t, path)
	if err != nil { // it could not even be opened
		if want == "" || !strings.Contains(complaint.String(), want) || before != after {
			return false, fmt.Sprintf("%v: %s", err, complaint.String())
		}
		return false, ""
	}
	_, r, err := readReports(out)
	if err != nil {
		return false, err.Error()
	}
	switch broken := lawBroken(t, path, r); {
	case broken != "":
		return false, broken
	case before != after && !strings.Contains(strings.Join(r.Notes, " "), "hard links"):
		return false, fmt.Sprintf("%s: before %s, after %s", r.Message, before, after)
	case r.Outcome == Saved && strings.HasPrefix(want, cannotKeep): // it is the kernel's policy, and this one let it be kept
		return false, ""
	case (want == "") != (r.Outcome == Saved), !strings.Contains(r.Message, want):
		return false, fmt.Sprintf("%q, want %q", r.Message, want)
	}
	return r.Outcome != Saved && (r.InPlace || strings.HasPrefix(want, cannotKeep)), ""
}

// everythingOf describes all that a save must keep.
func everythingOf(t *testing.T, path string) string {
	t.Helper()
	m := metadataAt(t, path)
	st := m.status
	text := fmt.Sprintf("%d:%d %o, %d links, %q", st.uid, st.gid, st.mode, st.links, m.attrs)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	flags, err := kernel{}.flags(int(f.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	if to, err := os.Readlink(path + ".link"); err == nil {
		text += ", link to " + to
	}
	return fmt.Sprintf("%s, flags %#x", text, flags&keptFlags)
}

// proveOverlayChanges lets strangers change a file in the lower layer of an overlay, as in a container, where the first
// write by anybody makes it another file in another place.
func proveOverlayChanges(p trial) {
	for _, fs := range []fileSystem{overlayLower, overlayTwo} {
		p.part(fs.String(), func(p trial) {
			p.privateMounts()
			inMemory(p.T)
			c := p.count(fs.String() + ": %s lost of %s changes")
			for at := 0; at < 70; at += p.n(7, 1) {
				for _, who := range strangers {
					p.part(fmt.Sprint(who.name, at), func(p trial) {
						p.privateMounts()
						dir := p.mountedAround(fs, func(dir string) {
							if err := os.WriteFile(filepath.Join(dir, "db.example.com"), []byte(oldText), 0o640); err != nil {
								p.Fatal(err)
							}
						})
						c.try(lostAt(p.T, filepath.Join(dir, "db.example.com"), at, who, nil))
					})
				}
			}
		})
	}
}
