package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// This file takes from a save what it needs of the disk after the file was opened: space, inodes, quota, permission, and
// the disk itself. The old file must stay whole, the message must say what to do, and when that is done the save succeeds.

// A trouble is something that a disk lacks.
type trouble struct {
	name  string
	fs    fileSystem
	more  []string                     // arguments for making it
	begin func(dir, path string) error // after the file was opened
	end   func(dir, path string) error
	says  map[string]string // by way to save: what the message has; "" is a save that succeeds
}

// troubles are all that are tried.
func troubles() []trouble {
	say := func(text string) map[string]string { return map[string]string{"replace": text, "in place": text} }
	full, inodes := say("df, df -i"), map[string]string{"replace": "df, df -i"}
	return []trouble{
		{"no space", ext4, nil, fillUp, empty, full},
		{"no space", xfs, nil, fillUp, empty, full},
		{"no space", btrfs, nil, fillUp, empty, full},
		{"no space", tmpfs, []string{"size=2m"}, fillUp, empty, full},
		{"no inode", ext4, []string{"-N", "16"}, useInodes, empty, inodes},
		{"no inode", tmpfs, []string{"nr_inodes=20"}, useInodes, empty, inodes},
		{"quota", btrfs, nil, limitQuota, freeQuota, say("quota(1)")},
		{"read-only", ext4, nil, remount(unix.MS_RDONLY), remount(0), say("mounted read-only")},
		{"read-only", btrfs, nil, remount(unix.MS_RDONLY), remount(0), say("mounted read-only")},
		{"chattr +i", ext4, nil, chattr(flagImmutable, true), chattr(flagImmutable, false), say("chattr -i")},
		{"chattr +a", xfs, nil, chattr(flagAppend, true), chattr(flagAppend, false), say("chattr -a")},
		{"chattr +i of the directory", ext4, nil, chattrDir(flagImmutable, true), chattrDir(flagImmutable, false), map[string]string{"replace": "lsattr -d"}},
		{"a hard link", ext4, nil, func(_, path string) error { return os.Link(path, path+".new") },
			func(_, path string) error { return os.Remove(path + ".new") }, map[string]string{"replace": "hard links"}},
	}
}

// The inode flags of chattr +i and +a.
const (
	flagImmutable = 0x10
	flagAppend    = 0x20
)

// ballast starts the names of files that only take up room.
const ballast = "ballast"

// fillUp takes all the space.
func fillUp(dir, _ string) error {
	n := 0
	for size := int64(64 << 20); size >= 4096; {
		n++
		f, err := os.Create(filepath.Join(dir, fmt.Sprint(ballast, n)))
		if err != nil {
			return nil // no space for a name
		}
		err = unix.Fallocate(int(f.Fd()), 0, 0, size)
		if f.Close(); err != nil {
			size /= 2
		}
	}
	return syncAll(dir)
}

// useInodes takes all the inodes.
func useInodes(dir, _ string) error {
	for n := range 100_000 {
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprint(ballast, n)), nil, 0o600); err != nil {
			return nil
		}
	}
	return errors.New("there are inodes without end")
}

// empty gives them back.
func empty(dir, _ string) error {
	files, err := filepath.Glob(filepath.Join(dir, ballast+"*"))
	for _, file := range files {
		err = errors.Join(err, os.Remove(file))
	}
	return errors.Join(err, syncAll(dir))
}

// limitQuota leaves no quota. btrfs has it built in; for the others the kernel may lack it.
func limitQuota(dir, _ string) error {
	return errors.Join(
		btrfsTool("quota", "enable", dir), btrfsTool("filesystem", "sync", dir), btrfsTool("qgroup", "limit", "300K", dir),
	)
}

// freeQuota takes the limit away.
func freeQuota(dir, _ string) error { return btrfsTool("qgroup", "limit", "none", dir) }

// btrfsTool runs btrfs.
func btrfsTool(args ...string) error {
	if out, err := exec.Command("btrfs", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("btrfs %s: %w: %s", strings.Join(args, " "), err, out)
	}
	return nil
}

// remount changes how it is mounted.
func remount(flags uintptr) func(dir, path string) error {
	return func(dir, _ string) error { return unix.Mount("", dir, "", unix.MS_REMOUNT|flags, "") }
}

// chattr sets or clears an inode flag of the file.
func chattr(flag int, on bool) func(dir, path string) error {
	return func(_, path string) error { return setInodeFlag(path, flag, on) }
}

// chattrDir does so with its directory.
func chattrDir(flag int, on bool) func(dir, path string) error {
	return func(dir, _ string) error { return setInodeFlag(dir, flag, on) }
}

// setInodeFlag sets or clears an inode flag.
func setInodeFlag(path string, flag int, on bool) error {
	return onDirectory(path, func(fd int) error {
		flags, err := unix.IoctlGetUint32(fd, unix.FS_IOC_GETFLAGS)
		if err != nil {
			return err
		}
		now := int(flags) &^ flag
		if on {
			now |= flag
		}
		return unix.IoctlSetPointerInt(fd, unix.FS_IOC_SETFLAGS, now)
	})
}

// proveTroubles saves through all of them.
func proveTroubles(p trial) {
	c := p.count("%s wrong of %s")
	for _, tr := range troubles() {
		for _, how := range waysToSave[:2] {
			for _, n := range []int{6, 7} { // longer, and of the same length
				p.part(fmt.Sprint(tr.name, " ", tr.fs, " ", how, n), func(p trial) {
					p.privateMounts()
					inMemory(p.T)
					c.try(p.throughTrouble(tr, how, n))
				})
			}
		}
	}
	p.part("file size limit", func(p trial) {
		inMemory(p.T)
		for _, how := range waysToSave[:2] {
			c.try(throughLimit(p, how))
		}
	})
	for _, fs := range []fileSystem{ext4, xfs} {
		p.part("a disk that dies "+fs.kind, func(p trial) { c.try(throughDeath(p, fs)) })
	}
	p.part("frozen", func(p trial) { throughFrost(p, c) })
}

// throughTrouble saves while a trouble lasts, and after it.
func (p trial) throughTrouble(tr trouble, how string, next int) string {
	p.Helper()
	dir := p.mounted(tr.fs, tr.more...)
	path := editionFile(p.T, dir)
	if how == "in place" {
		if err := os.Link(path, path+".link"); err != nil {
			p.Fatal(err)
		}
	}
	opt := options(p.T)
	f := open(p.T, path, opt)
	defer f.Close()
	if err := errors.Join(syncAll(dir), tr.begin(dir, path)); err != nil {
		p.Fatal(err)
	}
	before := names(p.T, dir)
	r, err := f.Save(edition(next), SaveOptions{InPlace: how == "in place"})
	after := names(p.T, dir)
	held, readErr := os.ReadFile(path)
	if err := tr.end(dir, path); err != nil {
		p.Fatal(err)
	}
	says, want, n := tr.says[how], Untouched, 0
	sameBlocks := how == "in place" && next == 7 // which may need no space
	if says == "" || sameBlocks && r.Outcome == Saved {
		want, n, says = Saved, next, ""
	}
	switch {
	case r.Outcome == Torn && sameBlocks: // btrfs needs new blocks to write over what is there
		f.Close()
		return undoneWrong(path, opt)
	case r.Outcome != want, (err == nil) != (want == Saved), !strings.Contains(r.Message, says):
		return fmt.Sprintf("%q, want %v and %q", r.Message, want, says)
	case !bytes.Equal(held, edition(n)):
		return fmt.Sprintf("%s, but the file holds %d bytes, %v", r.Message, len(held), readErr)
	case strings.Join(before, " ") != strings.Join(after, " "):
		return fmt.Sprintf("%q became %q", before, after)
	}
	if r, err := f.Save(edition(3), SaveOptions{InPlace: how == "in place"}); err != nil {
		return fmt.Sprintf("not saved when the trouble was over: %s", r.Message)
	}
	return ""
}

// undoneWrong undoes what a save left half written, if that is how it is, and says what is wrong then.
func undoneWrong(path string, opt Options) string {
	if _, why := endedWrong(path, opt.StateDir, Undo); why != "" {
		return why
	}
	if held, err := os.ReadFile(path); err != nil || !bytes.Equal(held, edition(0)) {
		return fmt.Sprintf("not undone: %d bytes, %v", len(held), err)
	}
	return ""
}

// throughLimit saves with a limit for the size of files (ulimit -f).
func throughLimit(p trial, how string) string {
	path := zone(p.T)
	if how == "in place" {
		if err := os.Link(path, filepath.Join(p.TempDir(), "link")); err != nil {
			p.Fatal(err)
		}
	}
	child := childCommand(p.T, "once", path, filepath.Join(p.TempDir(), "state"), how)
	cmd := exec.Command("sh", append([]string{"-c", `ulimit -f 0; exec "$0" "$@"`, child.Path}, child.Args[1:]...)...)
	cmd.Env = child.Env
	out, err := cmd.Output()
	if err != nil {
		return fmt.Sprintf("%v: %s", err, out)
	}
	_, r, err := readReports(out)
	if err != nil {
		return err.Error()
	}
	if r.Outcome != Untouched || !strings.Contains(r.Message, "ulimit -f") {
		return r.Message
	}
	return lawBroken(p.T, path, r)
}

// throughDeath saves on a disk that was taken away.
func throughDeath(p trial, fs fileSystem) string {
	p.privateMounts()
	inMemory(p.T)
	image, dir := p.image(fs), p.TempDir()
	p.mountImage(fs, image, dir)
	path := editionFile(p.T, dir)
	f, err := Open(path, options(p.T))
	if err == nil {
		err = errors.Join(syncAll(dir), shutdown(dir))
	}
	if err != nil {
		unmount(p.T, dir)
		p.missing("%s cannot be shut down: %v", fs.kind, err)
	}
	r, _ := f.Save(edition(1), SaveOptions{})
	f.Close()
	unmount(p.T, dir)
	p.mountImage(fs, image, dir)
	defer unmount(p.T, dir)
	if held, err := os.ReadFile(path); err != nil || !bytes.Equal(held, edition(0)) {
		return fmt.Sprintf("%s, but the file holds %d bytes, %v", r.Message, len(held), err)
	}
	if r.Outcome != Untouched || !strings.Contains(r.Message, "dmesg") {
		return r.Message
	}
	return unnamedLeftover(p.T, path, r.Message)
}

// throughFrost saves on a file system that is frozen (fsfreeze, as for a snapshot): the save waits, the program does not.
func throughFrost(p trial, c *count) {
	p.privateMounts()
	inMemory(p.T)
	dir := p.mounted(ext4)
	path := filepath.Join(dir, "db.example.com")
	if err := os.WriteFile(path, []byte(oldText), 0o640); err != nil {
		p.Fatal(err)
	}
	keys := p.startKeys(path)
	keys.press('.')
	if err := onDirectory(dir, freeze); err != nil {
		p.missing("cannot freeze a file system: %v", err)
	}
	keys.press('s')
	slowest := time.Duration(0)
	for range p.n(50, 1000) {
		start := time.Now()
		if answer := keys.press('.'); answer != '.' {
			c.try(fmt.Sprintf("frozen, and the save ended: %c", answer))
		}
		slowest = max(slowest, time.Since(start))
	}
	held, err := os.ReadFile(path)
	if thawed := onDirectory(dir, thaw); err != nil || thawed != nil || string(held) != oldText {
		c.try(fmt.Sprintf("frozen: %v, %v, the file holds %q", err, thawed, held))
	}
	for keys.press('.') == '.' { // until the save has ended
	}
	held, err = os.ReadFile(path)
	switch {
	case err != nil || string(held) != newText:
		c.try(fmt.Sprintf("thawed: %v, the file holds %q", err, held))
	case slowest > 100*time.Millisecond && *torture:
		c.try(fmt.Sprintf("frozen: a key was answered after %v", slowest))
	default:
		c.try("")
	}
	p.Logf("the slowest answer while frozen took %v", slowest)
}

// freeze and thaw are FIFREEZE and FITHAW.
func freeze(fd int) error { return unix.IoctlSetInt(fd, 0xc0045877, 0) }
func thaw(fd int) error   { return unix.IoctlSetInt(fd, 0xc0045878, 0) }

// A keyboard is the child keys.
type keyboard struct {
	p        trial
	in       io.Writer
	out      io.Reader
	awaiting []byte
}

// startKeys starts it until the end of the test.
func (p trial) startKeys(path string) *keyboard {
	p.Helper()
	cmd := childCommand(p.T, "keys", path)
	in, err := cmd.StdinPipe()
	if err != nil {
		p.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		p.Fatal(err)
	}
	p.Cleanup(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			p.Error(err)
		}
	})
	return &keyboard{p: p, in: in, out: out, awaiting: make([]byte, 1)}
}

// press presses a key and returns the answer.
func (k *keyboard) press(key byte) byte {
	k.p.Helper()
	if _, err := k.in.Write([]byte{key}); err != nil {
		k.p.Fatal(err)
	}
	if _, err := k.out.Read(k.awaiting); err != nil {
		k.p.Fatal(err)
	}
	return k.awaiting[0]
}
