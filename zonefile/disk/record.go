//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"
)

// This file keeps both versions of every file of a save that no single call can make whole: one that writes in place, and
// one of several files. The record is durable before the first byte is written and goes when the save has ended. They are
// plain files, so that cp repairs what this program cannot.

// manifestName is the file that makes a record valid; it is written last and removed first.
const manifestName = "manifest.json"

// A manifest says what a record is about.
type manifest struct {
	Time  time.Time
	Files []manifestFile
}

// A manifestFile is one file of a manifest; its versions are the files N.old and N.new.
type manifestFile struct {
	Path     []byte // file names need not be UTF-8
	Old, New [sha256.Size]byte
}

// A record is a recovery record in the state directory. Its lock is held as long as its save lasts.
type record struct {
	kernel   kernel
	path     string
	dir      int
	manifest manifest
}

// newRecord writes a record of changes.
func newRecord(k kernel, opt Options, changes []Change, now time.Time) (*record, error) {
	last := changes[len(changes)-1].File.Path()
	unique, err := randomName(stateKey(last))
	if err != nil {
		return nil, err
	}
	name := now.UTC().Format(copyTime) + unique
	path, dir, err := k.stateDirFor(opt, recoveryDir, name)
	if err != nil {
		return nil, err
	}
	r := &record{kernel: k, path: path, dir: dir, manifest: manifest{Time: now}}
	_ = k.lock(dir)
	if err := r.write(changes); err != nil {
		r.remove()
		return nil, err
	}
	return r, nil
}

// write writes both versions of every change, and the manifest when they are durable.
func (r *record) write(changes []Change) error {
	for i, c := range changes {
		err := r.kernel.writeDurable(r.dir, versionName(i, "old"), c.File.bytes)
		if err == nil {
			err = r.kernel.writeDurable(r.dir, versionName(i, "new"), c.New)
		}
		if err != nil {
			return err
		}
		r.manifest.Files = append(r.manifest.Files, manifestFile{
			[]byte(c.File.Path()), sha256.Sum256(c.File.bytes), sha256.Sum256(c.New),
		})
	}
	text, err := json.Marshal(r.manifest)
	if err != nil {
		return err
	}
	return r.kernel.writeDurable(r.dir, manifestName, text)
}

// versionName is the name of one version of file i in a record.
func versionName(i int, version string) string { return fmt.Sprintf("%d.%s", i, version) }

// version reads one version and proves it with the manifest.
func (r *record) version(i int, version string) ([]byte, error) {
	data, _, err := r.kernel.readFile(r.dir, versionName(i, version))
	if err != nil {
		return nil, failure(filepath.Join(r.path, versionName(i, version)), "cannot be read", err)
	}
	want := r.manifest.Files[i].Old
	if version == "new" {
		want = r.manifest.Files[i].New
	}
	if sha256.Sum256(data) != want {
		return nil, &Error{Path: filepath.Join(r.path, versionName(i, version)), What: "is damaged", Remedy: "restore it from a backup"}
	}
	return data, nil
}

// remove removes the record, the manifest first: without it the rest means nothing.
func (r *record) remove() {
	k := r.kernel
	_ = k.unlink(r.dir, manifestName)
	names, _ := k.list(r.path)
	for _, name := range names {
		_ = k.unlink(r.dir, name)
	}
	_ = k.call("rmdir", func() error { return unix.Rmdir(r.path) })
	r.close()
}

// close unlocks the record and leaves it where it is.
func (r *record) close() {
	r.kernel.close(r.dir)
	r.dir = -1
}

// records opens the records that no running save holds. What is no complete record is removed.
func (k kernel) records(opt Options) ([]*record, error) {
	root, err := opt.stateDir()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(root, recoveryDir)
	names, err := k.list(dir)
	if errors.Is(err, unix.ENOENT) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if err := k.private(root); err != nil {
		return nil, err
	}
	var records []*record
	for _, name := range names {
		if r := k.openRecord(filepath.Join(dir, name)); r != nil {
			records = append(records, r)
		}
	}
	return records, nil
}

// openRecord opens and locks a record; nil if another process has it or it is none.
func (k kernel) openRecord(path string) *record {
	dir, err := k.openDirectory(path)
	if err != nil {
		return nil
	}
	r := &record{kernel: k, path: path, dir: dir}
	if k.lock(dir) == unix.EWOULDBLOCK {
		r.close()
		return nil
	}
	text, _, err := k.readFile(dir, manifestName)
	if errors.Is(err, unix.ENOENT) {
		r.remove() // interrupted before anything was written to a zone file, or after all was
		return nil
	}
	if err != nil || json.Unmarshal(text, &r.manifest) != nil {
		r.close()
		return nil
	}
	return r
}
