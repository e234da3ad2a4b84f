package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"unsafe"

	"golang.org/x/sys/unix"

	"github.com/mailzone/mailzone/testdata/needs"
)

// This file tests what needs root on Linux: other users, mounts, full disks.

// asNobody runs do in a thread of user and group 65534, which ends with it.
func asNobody(t *testing.T, do func()) {
	t.Helper()
	needs.Root(t)
	const nobody = 65534
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		defer close(done)
		for _, call := range [][4]uintptr{
			{unix.SYS_SETGROUPS, 0, 0, 0},
			{unix.SYS_SETRESGID, nobody, nobody, nobody},
			{unix.SYS_SETRESUID, nobody, nobody, nobody},
		} {
			if _, _, errno := unix.RawSyscall(call[0], call[1], call[2], call[3]); errno != 0 {
				done <- errno
				return
			}
		}
		do()
	}()
	if err := <-done; err != nil {
		t.Skip(err)
	}
}

// publicZone is a zone file that everybody can reach, in a directory with a mode and an owner.
func publicZone(t *testing.T, dirMode os.FileMode, dirOwner int, mode os.FileMode, owner int) string {
	t.Helper()
	needs.Root(t)
	path := zone(t)
	dir := filepath.Dir(path)
	if err := errors.Join(
		os.Chmod(filepath.Dir(dir), 0o755),
		os.Chown(dir, dirOwner, dirOwner), os.Chmod(dir, dirMode),
		os.Chown(path, owner, owner), os.Chmod(path, mode),
	); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOtherUsers(t *testing.T) {
	const nobody = 65534
	for name, c := range map[string]struct {
		dirMode  os.FileMode
		dirOwner int
		mode     os.FileMode
		owner    int
		want     string // "": it can be saved
		inPlace  bool
	}{
		"own file in own directory":    {0o755, nobody, 0o644, nobody, "", false},
		"own file in root's directory": {0o755, 0, 0o644, nobody, "may not write to its directory", true},
		"group's file":                 {0o777, 0, 0o666, 0, "belongs to user 0", true},
		"root's file":                  {0o777, 0, 0o644, 0, "may not write it (mode 0644, owner 0:0)", false},
		"write-protected":              {0o755, nobody, 0o444, nobody, "may not write it", false},
		"hidden directory":             {0o711, 0, 0o666, nobody, "may not", true},
	} {
		t.Run(name, func(t *testing.T) {
			path := publicZone(t, c.dirMode, c.dirOwner, c.mode, c.owner)
			opt := Options{StateDir: filepath.Join(filepath.Dir(path), "state")}
			asNobody(t, func() {
				f, err := Open(path, opt)
				if err != nil {
					t.Error(err)
					return
				}
				defer f.Close()
				if c.want != "" {
					wantReadOnly(t, f, c.want, c.inPlace)
				} else if r, err := f.Save([]byte(newText), SaveOptions{}); err != nil {
					t.Errorf("Save = %+v, %v", r, err)
				}
			})
		})
	}
}

func TestUnreadable(t *testing.T) {
	path := publicZone(t, 0o755, 0, 0o600, 0)
	asNobody(t, func() {
		f, err := Open(path, Options{StateDir: "/nonexistent"})
		if err == nil {
			f.Close()
		}
		if !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), "sudo") {
			t.Errorf("Open: %v", err)
		}
	})
}

// mount mounts something until the end of the test.
func mount(t *testing.T, source, target, kind string, flags uintptr, data string) {
	t.Helper()
	needs.Root(t)
	if err := unix.Mount(source, target, kind, flags, data); err != nil {
		needs.Other("mounts")
		t.Skipf("cannot mount: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(target, unix.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
}

// tmpfsZone is a zone file on a file system of its own.
func tmpfsZone(t *testing.T, data, text string) string {
	t.Helper()
	dir := t.TempDir()
	mount(t, "tmpfs", dir, "tmpfs", 0, data)
	path := filepath.Join(dir, "db.example.com")
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFullDisk(t *testing.T) {
	text := strings.Repeat("; a line of a zone\n", 2000)
	for name, data := range map[string]string{"no space": "size=64k", "no inode": "nr_inodes=2"} {
		t.Run(name, func(t *testing.T) {
			path := tmpfsZone(t, data, text)
			f := open(t, path, options(t))
			r, err := f.Save([]byte(text+"; more\n"), SaveOptions{})
			if r.Outcome != Untouched || !errors.Is(err, unix.ENOSPC) || !strings.Contains(r.Message, "df") {
				t.Errorf("Save = %+v, %v", r, err)
			}
			wantContent(t, path, text)
			wantNames(t, filepath.Dir(path), "db.example.com")
		})
	}
}

func TestReadOnlyFileSystem(t *testing.T) {
	path := tmpfsZone(t, "size=1m", oldText)
	if err := unix.Mount("", filepath.Dir(path), "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Skip(err)
	}
	wantReadOnly(t, open(t, path, options(t)), "mounted read-only", false)
}

func TestBindMount(t *testing.T) {
	path := zone(t)
	other := zone(t)
	mount(t, other, path, "", unix.MS_BIND, "")
	wantReadOnly(t, open(t, path, options(t)), "mounted by itself", true)
}

func TestInodeFlags(t *testing.T) {
	for name, c := range map[string]struct {
		flag    int
		dir     bool
		want    string
		inPlace bool
	}{
		"immutable":             {unix.STATX_ATTR_IMMUTABLE, false, "chattr -i", false},
		"append-only":           {unix.STATX_ATTR_APPEND, false, "chattr -a", false},
		"append-only directory": {unix.STATX_ATTR_APPEND, true, "lsattr -d", true},
	} {
		t.Run(name, func(t *testing.T) {
			path := zone(t)
			flagged := path
			if c.dir {
				flagged = filepath.Dir(path)
			}
			setFlag(t, flagged, c.flag)
			wantReadOnly(t, open(t, path, options(t)), c.want, c.inPlace)
		})
	}
}

// setFlag sets an inode flag until the end of the test.
func setFlag(t *testing.T, path string, flag int) {
	t.Helper()
	needs.Root(t)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	old, err := unix.IoctlGetUint32(int(f.Fd()), unix.FS_IOC_GETFLAGS)
	if err == nil {
		err = unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, int(old)|flag)
	}
	if err != nil {
		f.Close()
		t.Skipf("no inode flags here: %v", err)
	}
	t.Cleanup(func() {
		_ = unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, int(old))
		f.Close()
	})
}

func TestInodeFlagsAreKept(t *testing.T) {
	path := zone(t)
	const noDump = 0x40
	setFlag(t, path, noDump)
	mustSave(t, open(t, path, options(t)), newText, SaveOptions{})
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if flags, err := (kernel{}).flags(int(f.Fd())); err != nil || flags&noDump == 0 {
		t.Errorf("flags %#x, %v", flags, err)
	}
}

func TestFullDiskInPlace(t *testing.T) {
	text := strings.Repeat("; a line of a zone\n", 2000)
	path := tmpfsZone(t, "size=64k", text)
	if err := os.Link(path, path+".link"); err != nil {
		t.Fatal(err)
	}
	f := open(t, path, options(t))
	r, err := f.Save([]byte(text+text), SaveOptions{InPlace: true})
	if r.Outcome != Untouched || !errors.Is(err, unix.ENOSPC) {
		t.Errorf("Save = %+v, %v", r, err)
	}
	wantContent(t, path, text)
	mustSave(t, f, "; short\n", SaveOptions{InPlace: true})
	wantContent(t, path+".link", "; short\n")
}

// What a check says in lines is told in one.
func TestRefusedInLines(t *testing.T) {
	path := zone(t)
	f := open(t, path, options(t))
	no := errors.New("zone example.com/IN: has no NS\nzone example.com/IN: not loaded due to errors.")
	results, err := SaveAll([]Change{{f, []byte(newText), SaveOptions{}}}, func() error { return no })
	if r := results[0]; r.Outcome != Untouched || !errors.Is(err, no) || !strings.HasSuffix(r.Message, "no NS; zone example.com/IN: not loaded due to errors.") {
		t.Errorf("SaveAll = %+v, %v", r, err)
	}
	wantContent(t, path, oldText)
}

// withoutExchange makes the file system one that can only rename over.
func withoutExchange(opt Options) Options {
	opt.around = func(call string, do func() error) error {
		if call == "renameat2" {
			return unix.EINVAL
		}
		return do()
	}
	return opt
}

func TestWithoutExchange(t *testing.T) {
	path := zone(t)
	f := open(t, path, withoutExchange(options(t)))
	if r := mustSave(t, f, newText, SaveOptions{}); len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "cannot exchange") {
		t.Errorf("notes %q", r.Notes)
	}
	wantContent(t, path, newText)
	wantNames(t, filepath.Dir(path), "db.example.com")
	for _, who := range strangers[:2] {
		t.Run(who.name, func(t *testing.T) {
			path := zone(t)
			f := open(t, path, withoutExchange(options(t)))
			results, err := SaveAll([]Change{{f, []byte(newText), SaveOptions{}}}, func() error { return who.come(path) })
			if r := results[0]; r.Outcome != Untouched || !errors.Is(err, ErrConflict) {
				t.Errorf("SaveAll = %+v, %v", r, err)
			}
			wantContent(t, path, strangeText)
		})
	}
}

func TestWithoutUnnamedFiles(t *testing.T) {
	path, opt := zone(t), options(t)
	fails := ""
	opt.around = func(call string, do func() error) error {
		if call == "open O_TMPFILE" {
			return unix.ENOTSUP
		}
		if call == fails {
			return unix.EIO
		}
		return do()
	}
	f := open(t, path, opt)
	mustSave(t, f, newText, SaveOptions{})
	wantNames(t, filepath.Dir(path), "db.example.com")
	for _, fails = range []string{"fallocate", "pread", "renameat2", "fchmod"} {
		if r, err := f.Save([]byte(oldText), SaveOptions{}); r.Outcome != Untouched {
			t.Errorf("%s failed: %+v, %v", fails, r, err)
		}
		wantContent(t, path, newText)
		wantNames(t, filepath.Dir(path), "db.example.com")
	}
}

func TestSyncIsNeverRepeatedOnTheSameFile(t *testing.T) {
	for name, c := range map[string]struct {
		failures int
		want     Outcome
	}{"once": {1, Saved}, "twice": {2, Untouched}} {
		t.Run(name, func(t *testing.T) {
			path, opt := zone(t), options(t)
			files, syncs := 0, 0
			opt.around = func(call string, do func() error) error {
				switch {
				case call == "open O_TMPFILE":
					files++
				case call == "fsync" && files > 0:
					if syncs++; syncs <= c.failures {
						return unix.EIO
					}
				}
				return do()
			}
			r, err := open(t, path, opt).Save([]byte(newText), SaveOptions{})
			if r.Outcome != c.want || files != 2 || c.want == Untouched && (syncs != 2 || !errors.Is(err, errSync)) {
				t.Errorf("%d files, %d syncs: %+v, %v", files, syncs, r, err)
			}
		})
	}
}

// asMember runs do in a thread of a user with a group of his own and other groups; it ends with the thread.
func asMember(t *testing.T, user, group int, groups []uint32, do func()) {
	t.Helper()
	needs.Root(t)
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		defer close(done)
		for _, call := range [][4]uintptr{
			{unix.SYS_SETGROUPS, uintptr(len(groups)), uintptr(unsafe.Pointer(unsafe.SliceData(groups))), 0},
			{unix.SYS_SETRESGID, uintptr(group), uintptr(group), uintptr(group)},
			{unix.SYS_SETRESUID, uintptr(user), uintptr(user), uintptr(user)},
		} {
			if _, _, errno := unix.RawSyscall(call[0], call[1], call[2], call[3]); errno != 0 {
				done <- errno
				return
			}
		}
		do()
	}()
	if err := <-done; err != nil {
		t.Skip(err)
	}
}

// TestGroupsAreForeseen holds what opening says against what the save does, and against what the system lets a user do
// with a new file: for every kind of group of the file and of its directory.
func TestGroupsAreForeseen(t *testing.T) {
	const user, own, other, foreign = 65534, 65534, 20001, 20002
	groups := map[string]int{"own": own, "other": other, "foreign": foreign}
	for fileGroup, fileID := range groups {
		for dirGroup, dirID := range groups {
			for _, dirMode := range []os.FileMode{0o755, os.ModeSetgid | 0o755} {
				for _, mode := range []os.FileMode{0o640, os.ModeSetgid | 0o664} {
					t.Run(fmt.Sprintf("%s %v in %s %v", fileGroup, mode, dirGroup, dirMode), func(t *testing.T) {
						path := publicZone(t, 0o755, user, 0o640, user)
						dir := filepath.Dir(path)
						if err := errors.Join(os.Chown(dir, user, dirID), os.Chmod(dir, dirMode), os.Chown(path, user, fileID), os.Chmod(path, mode)); err != nil {
							t.Fatal(err)
						}
						asMember(t, user, own, []uint32{other}, func() { foresees(t, path) })
					})
				}
			}
		}
	}
}

// foresees wants that a file is called replaceable if, and only if, a new one can have its group and mode, and that the
// save ends so; in place it is saved either way.
func foresees(t *testing.T, path string) {
	old, err := os.Stat(path)
	if err != nil {
		t.Error(err)
		return
	}
	can := canHave(path+".trial", old)
	f, err := Open(path, Options{StateDir: filepath.Join(filepath.Dir(path), "state")})
	if err != nil {
		t.Error(err)
		return
	}
	defer f.Close()
	lost := old.Mode()&os.ModeSetgid != 0 && !can // a write would take the bit away
	if reason, no := f.ReadOnly(); no == can || no && f.InPlace() == lost {
		t.Errorf("a new file can have its group: %v, but opening says %q", can, reason)
	}
	_, err = f.Save([]byte(newText), SaveOptions{})
	if (err == nil) != can || !can && errors.Is(err, ErrInPlace) == lost {
		t.Errorf("a new file can have its group: %v, but the save says %v", can, err)
	}
	if _, err := f.Save([]byte(newText+"; in place\n"), SaveOptions{InPlace: true}); (err != nil) != lost {
		t.Errorf("in place: %v", err)
	}
	if now, err := os.Stat(path); err != nil || now.Sys().(*syscall.Stat_t).Gid != old.Sys().(*syscall.Stat_t).Gid || now.Mode() != old.Mode() {
		t.Errorf("the file is %v now, %v", now, err)
	}
}

// canHave makes a file, tries to give it the group and the mode of another, and removes it.
func canHave(path string, other os.FileInfo) bool {
	want := other.Sys().(*syscall.Stat_t)
	defer os.Remove(path)
	var got unix.Stat_t
	fd, err := unix.Open(path, unix.O_CREAT|unix.O_EXCL|unix.O_RDWR, 0o600)
	if err == nil {
		defer unix.Close(fd)
		_ = unix.Fchown(fd, -1, int(want.Gid))
		_ = unix.Fchmod(fd, want.Mode&0o7777)
		err = unix.Fstat(fd, &got)
	}
	return err == nil && got.Gid == want.Gid && got.Mode == want.Mode
}
