//go:build linux || darwin || freebsd || netbsd

package disk

// This file keeps the last versions of every zone file that was saved, so that a save that should not have been can be
// taken back a week later.

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// keptCopies is how many undo copies a file has.
const keptCopies = 20

// A Copy is an undo copy: what a zone file held before a save.
type Copy struct {
	Zone string    // the zone file's path
	Time time.Time // of the save
	Size int64
	Path string    // of the copy, which is byte for byte the zone file as it was
	Kept time.Time // by the file system: right before the save

	next string // what it was replaced by, see textMark; "" if that is not known
	most int64  // bytes of a zone file, and so of a copy
}

// Mark stands for the text that the save put in the place of the copy; "" if that is not known.
func (c Copy) Mark() string { return c.next }

// LedTo tells whether the save replaced the copy by a text.
func (c Copy) LedTo(text []byte) bool { return c.next != "" && c.next == textMark(text) }

// textMark stands for a text in the name of the copy of what it replaced.
func textMark(text []byte) string {
	sum := sha256.Sum256(text)
	return "-" + hex.EncodeToString(sum[:16])
}

// MarkOf stands for a text, as Mark does.
func MarkOf(text []byte) string { return textMark(text) }

// Read reads the copy.
func (c Copy) Read() ([]byte, error) {
	var k kernel
	dir, err := k.openDirectory(filepath.Dir(c.Path))
	if err != nil {
		return nil, failure(c.Path, "cannot be read", err)
	}
	defer k.closeFile(dir)
	data, _, err := k.readFile(dir, filepath.Base(c.Path), c.most)
	if err != nil {
		return nil, failure(c.Path, "cannot be read", err)
	}
	return data, nil
}

// History lists the undo copies of a file, the newest first. The file itself may be gone.
func History(name string, opt Options) ([]Copy, error) {
	k := kernel{around: opt.around}
	t, err := k.resolve(name)
	if err != nil {
		return nil, err
	}
	copies, err := k.history(t.path(), opt)
	if err != nil {
		return nil, failure(t.path(), "the undo copies cannot be listed", err)
	}
	return copies, nil
}

// history lists the undo copies of a path.
func (k kernel) history(path string, opt Options) ([]Copy, error) {
	root, err := opt.stateDir()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(root, undoDir, stateKey(path))
	names, err := k.list(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	fd, err := k.openDirectory(dir)
	if err != nil {
		return nil, err
	}
	defer k.closeFile(fd)
	slices.Sort(names)
	slices.Reverse(names)
	var copies []Copy
	for _, name := range names {
		hour, _, followed := strings.Cut(name, "-")
		at, err := time.Parse(copyTime, hour)
		if err != nil {
			continue
		}
		c := Copy{Zone: path, Time: at, Path: filepath.Join(dir, name), most: opt.maxSize()}
		if followed {
			c.next = name[len(hour):]
		}
		if st, err := k.statAt(fd, name); err == nil && st.regular() {
			c.Size, c.Kept = st.size, time.Unix(0, st.ctime)
			copies = append(copies, c)
		}
	}
	return copies, nil
}

// keepCopy keeps data as an undo copy of a file that is about to hold next, unless the newest one says the same: then
// that becomes as new. What comes next is not known if it is nil, as of a copy of what was never in its place. It tells where
// the copy is.
func (k kernel) keepCopy(opt Options, path string, data, next []byte, now time.Time) (kept string, err error) {
	at, dir, err := k.stateDirFor(opt, undoDir, stateKey(path))
	if err != nil {
		return "", err
	}
	defer k.closeFile(dir)
	copies, err := k.history(path, opt)
	if err != nil {
		return "", err
	}
	equal := false
	if len(copies) > 0 {
		equal = k.copyHolds(dir, copies[0], data)
		if equal && next == nil {
			return copies[0].Path, nil
		}
		if last := copies[0].Time; !now.After(last) { // the clock was set back; the order must hold
			now = last.Add(1)
		}
	}
	name := now.UTC().Format(copyTime)
	if next != nil {
		name += textMark(next)
	}
	kept = filepath.Join(at, name)
	if equal && (copies[0].next == "" || copies[0].LedTo(next)) { // of a save that failed, most often
		if err := k.rename(dir, filepath.Base(copies[0].Path), name); err != nil {
			return "", err
		}
		return kept, k.sync(dir)
	}
	if err := k.writeDurable(dir, name, data); err != nil {
		return "", err
	}
	return kept, k.prune(dir, copies)
}

// copyHolds reports whether an undo copy has these bytes for good. That of a save which came to no end may not be durable yet, and one
// that somebody has made a second name of the file itself has them only until the file is written to.
func (k kernel) copyHolds(dir int, c Copy, data []byte) bool {
	if c.Size != int64(len(data)) {
		return false
	}
	fd, st, err := k.openRegular(dir, filepath.Base(c.Path), c.Size)
	if err != nil {
		return false
	}
	defer k.closeFile(fd)
	got, err := k.readAll(fd, st.size, c.Size)
	if err != nil || string(got) != string(data) {
		return false
	}
	if at, err := k.statAt(unix.AT_FDCWD, c.Zone); err == nil && at.sameFile(st) {
		return false
	}
	return k.sync(fd) == nil
}

// prune removes what is too old, given the copies that there were before the newest, and what a crash left of a copy.
func (k kernel) prune(dir int, copies []Copy) error {
	for _, c := range copies[min(len(copies), keptCopies-1):] {
		if err := k.unlink(dir, filepath.Base(c.Path)); err != nil {
			return err
		}
	}
	if len(copies) == 0 {
		return nil
	}
	names, err := k.list(filepath.Dir(copies[0].Path))
	for _, name := range names {
		if strings.HasPrefix(name, stagedPrefix) {
			_ = k.unlink(dir, name)
		}
	}
	return err
}
