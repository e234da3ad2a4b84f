//go:build linux || darwin || freebsd || netbsd

package disk

// This file keeps both versions of every file of a save that no single call can make whole: one that writes in place, and
// one of several files. The record is durable before the first byte is written and goes when the save has ended. They are
// plain files, so that cp repairs what this program cannot.
//
// Whoever writes a record, or ends what it is about, holds its lock alone; who looks shares it. So a record that can be
// looked at is of a save that runs no more.

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// manifestName is the file that makes a record valid; it is written last and removed first.
const manifestName = "manifest.json"

// manifestLimit is the largest manifest that is written or read: ten thousand files with the longest of paths, or two hundred
// thousand with those that people give.
const manifestLimit = 64 << 20

// A manifest says what a record is about.
type manifest struct {
	Time  time.Time
	Files []manifestFile
}

// A manifestFile is one file of a manifest; its versions are the files N.old and N.new.
type manifestFile struct {
	Path          []byte // file names need not be UTF-8
	Old, New      [sha256.Size]byte
	Kind          kind   `json:",omitempty"` // none in the records of older versions
	Device, Inode uint64 `json:",omitempty"` // that are written to: of the file itself, or of the one that takes its place
}

// A kind is how a save writes a file.
type kind string

const (
	oneOfSeveral kind = "several files" // another file takes its place, which is complete: it cannot be half written
	writtenInto  kind = "in place"      // into the file itself
)

// A record is a recovery record in the state directory. Its lock is held as long as it is open.
type record struct {
	kernel   kernel
	opt      Options
	path     string
	dir      int
	manifest manifest
}

// An entry is one file that a record is to be about.
type entry struct {
	path     string
	old, now []byte
	kind     kind
	at       status // of what is written to
	kept     string // where an undo copy holds the old bytes; "" if none is known
}

// newRecord writes a record. Somebody who looks for records may take a new one for empty before it is locked, and remove
// it: then another is begun, after a pause where several programs look at once.
func newRecord(k kernel, opt Options, entries []entry, now time.Time) (r *record, err error) {
	const atOnce = 5
	for try := range atOnce + lockTries {
		if try >= atOnce {
			time.Sleep(lockPause)
		}
		if r, err = beginRecord(k, opt, entries[len(entries)-1].path, now); err == nil {
			if err = r.write(entries); err == nil {
				return r, nil
			}
			r.remove()
		}
		if err != unix.EWOULDBLOCK && !errors.Is(err, unix.ENOENT) {
			break
		}
	}
	return nil, err
}

// beginRecord makes the directory of a record and locks it; where there are no locks it goes without.
func beginRecord(k kernel, opt Options, last string, now time.Time) (*record, error) {
	unique, err := randomName(stateKey(last))
	if err != nil {
		return nil, err
	}
	path, dir, err := k.stateDirFor(opt, recoveryDir, now.UTC().Format(copyTime)+unique)
	if err != nil {
		return nil, err
	}
	r := &record{kernel: k, opt: opt, path: path, dir: dir, manifest: manifest{Time: now}}
	if k.lock(dir) == unix.EWOULDBLOCK {
		r.release()
		return nil, unix.EWOULDBLOCK
	}
	return r, nil
}

// write writes both versions of every file, and the manifest when they are durable.
func (r *record) write(entries []entry) error {
	r.manifest.Files = make([]manifestFile, len(entries))
	_, err := sideBySide(len(entries), func(i int) error {
		e := entries[i]
		r.manifest.Files[i] = manifestFile{[]byte(e.path), sha256.Sum256(e.old), sha256.Sum256(e.now), e.kind, e.at.dev, e.at.ino}
		if err := r.keepOld(i, e); err != nil {
			return err
		}
		return r.kernel.writeNew(r.dir, versionName(i, "new"), e.now)
	})
	if err == nil {
		err = r.kernel.sync(r.dir)
	}
	if err != nil {
		return err
	}
	return r.writeManifest()
}

// keepOld keeps the old version of file i. Where its undo copy was made for the same save, and is of the same file system, that gets
// one name more: a copy is never written to, and has its bytes whatever becomes of its other name. A file that is written in place has
// a version of its own, for while that goes on there is no third.
func (r *record) keepOld(i int, e entry) error {
	name := versionName(i, "old")
	if e.kept != "" && e.kind == oneOfSeveral && r.kernel.linkCopy(e.kept, r.dir, name) == nil {
		return nil
	}
	return r.kernel.writeNew(r.dir, name, e.old)
}

// writtenInPlace notes that file i will be written in place from here on, which its save did not have to do.
func (r *record) writtenInPlace(i int, at status) error {
	f := &r.manifest.Files[i]
	if f.Kind == writtenInto && f.Device == at.dev && f.Inode == at.ino {
		return nil
	}
	f.Kind, f.Device, f.Inode = writtenInto, at.dev, at.ino
	return r.writeManifest()
}

// writeManifest makes the record valid.
func (r *record) writeManifest() error {
	text, err := json.Marshal(r.manifest)
	if err == nil && len(text) > manifestLimit {
		err = fmt.Errorf("%d files are too many for one recovery record", len(r.manifest.Files))
	}
	if err != nil {
		return err
	}
	return r.kernel.writeDurable(r.dir, manifestName, text)
}

// What a save writes is stored in a record, too: one version of one file of it.
type stored struct {
	record  *record
	number  int // of the file in it
	version string
}

// versionName is the name of one version of file i in a record.
func versionName(i int, version string) string { return fmt.Sprintf("%d.%s", i, version) }

// version reads one version and proves it with the manifest.
func (r *record) version(i int, version string) ([]byte, error) {
	path := filepath.Join(r.path, versionName(i, version))
	data, _, err := r.kernel.readFile(r.dir, versionName(i, version), r.opt.maxSize())
	if err != nil {
		return nil, failure(path, "cannot be read", err)
	}
	want := r.manifest.Files[i].Old
	if version == "new" {
		want = r.manifest.Files[i].New
	}
	if sha256.Sum256(data) != want {
		return nil, &Error{Path: path, What: "is damaged", Remedy: "restore it from a backup, or remove " + r.path + " if neither version is needed"}
	}
	return data, nil
}

// longest is the size of the longer version of file i.
func (r *record) longest(i int) (most int64) {
	for _, version := range []string{"old", "new"} {
		st, err := r.kernel.statAt(r.dir, versionName(i, version))
		if err != nil {
			return r.opt.maxSize()
		}
		most = max(most, st.size)
	}
	return min(most, r.opt.maxSize())
}

// remove removes the record, the manifest first: without it the rest means nothing. What somebody else put there stays.
func (r *record) remove() {
	k := r.kernel
	_ = k.unlink(r.dir, manifestName)
	names, _ := k.list(r.path)
	_, _ = sideBySide(len(names), func(i int) error {
		if ownName(names[i]) {
			_ = k.unlink(r.dir, names[i])
		}
		return nil
	})
	_ = k.call("rmdir", func() error { return unix.Rmdir(r.path) })
	r.release()
}

// ownName tells the names of versions, and of what a crash leaves of one.
func ownName(name string) bool {
	number, version, _ := strings.Cut(name, ".")
	_, err := strconv.Atoi(number)
	return err == nil && (version == "old" || version == "new") || strings.HasPrefix(name, stagedPrefix)
}

// release unlocks the record and leaves it where it is.
func (r *record) release() {
	r.kernel.closeFile(r.dir)
	r.dir = -1
}

// records are the paths of all records. There are none where there is no state directory.
func (k kernel) records(opt Options) (paths []string, err error) {
	root, err := opt.stateDir()
	if err != nil {
		return nil, nil
	}
	dir := filepath.Join(root, recoveryDir)
	names, err := k.list(dir)
	if errors.Is(err, unix.ENOENT) {
		return nil, nil
	}
	if err == nil {
		err = k.private(root)
	}
	if err != nil {
		return nil, failure(dir, "the records of interrupted saves cannot be read", err)
	}
	for _, name := range names {
		paths = append(paths, filepath.Join(dir, name))
	}
	return paths, nil
}

// openRecord opens and locks a record, to look at it or alone; nil without an error if another process has it, or it is
// none any more. What never became one is removed.
func (k kernel) openRecord(opt Options, path string, lock func(kernel, int) error) (*record, error) {
	dir, err := k.openAt(unix.AT_FDCWD, path, unix.O_RDONLY|unix.O_DIRECTORY, 0) // not by a link
	if err != nil {
		return nil, nil
	}
	r := &record{kernel: k, opt: opt, path: path, dir: dir}
	if lock(k, dir) == unix.EWOULDBLOCK {
		r.release()
		return nil, nil
	}
	text, _, err := k.readFile(dir, manifestName, manifestLimit)
	if errors.Is(err, unix.ENOENT) {
		r.discard() // interrupted before anything was written to a zone file, or after all was
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &r.manifest)
	}
	if err != nil {
		r.release()
		return nil, &Error{path, "is the record of an interrupted save, and cannot be read (" + plain(err) + ")",
			"look at the versions in it, then remove it", err}
	}
	return r, nil
}

// discard removes what is no record, unless somebody is about to make it one.
func (r *record) discard() {
	if r.kernel.lock(r.dir) != unix.EWOULDBLOCK {
		if _, err := r.kernel.statAt(r.dir, manifestName); errors.Is(err, unix.ENOENT) {
			r.remove()
		}
	}
	r.release()
}
