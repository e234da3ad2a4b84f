//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"bytes"
	"fmt"
	"os"
	"time"
)

// This file finds at the next start what an interrupted save left: a file that was half written in place is repaired
// when it is opened, and a save of several files that stopped half-way is reported, to be finished or undone.

// A version tells what a file of a record holds now.
type version int

const (
	strange version = iota // neither version: somebody else wrote it since
	oldVersion
	newVersion
	torn // a mix of both
)

// An Interrupted is a save of several files that was stopped after some were installed. Each file is one version or the
// other, complete.
type Interrupted struct {
	Time  time.Time
	Dir   string          // where both versions of every file are
	Files map[string]bool // by path: whether the new version is there

	opt    Options
	record *record
}

// FindInterrupted lists the interrupted saves of several files that this user made. Each must be closed, or be ended by
// Finish or Undo.
func FindInterrupted(opt Options) ([]*Interrupted, error) {
	k := kernel{opt.around}
	records, err := k.records(opt)
	if err != nil {
		return nil, failure("the recovery records", "cannot be read", err)
	}
	var found []*Interrupted
	for _, r := range records {
		if in := r.interrupted(opt); in != nil {
			found = append(found, in)
		} else {
			r.close()
		}
	}
	return found, nil
}

// interrupted is the record as an interrupted save, nil if it is none.
func (r *record) interrupted(opt Options) *Interrupted {
	in := &Interrupted{Time: r.manifest.Time, Dir: r.path, Files: map[string]bool{}, opt: opt, record: r}
	count := map[version]int{}
	for i, file := range r.manifest.Files {
		v, err := r.holds(i)
		if err != nil {
			return nil
		}
		count[v]++
		in.Files[string(file.Path)] = v == newVersion
	}
	if count[strange]+count[torn] > 0 {
		return nil
	}
	if count[oldVersion] == 0 || count[newVersion] == 0 { // it ended, or never began
		r.remove()
		return nil
	}
	return in
}

// holds tells which version file i holds now.
func (r *record) holds(i int) (version, error) {
	now, err := os.ReadFile(string(r.manifest.Files[i].Path))
	if err != nil {
		return strange, err
	}
	return r.compare(i, now)
}

// compare tells which version of file i data is.
func (r *record) compare(i int, data []byte) (version, error) {
	before, err := r.version(i, "old")
	if err != nil {
		return strange, err
	}
	after, err := r.version(i, "new")
	if err != nil {
		return strange, err
	}
	switch {
	case bytes.Equal(data, before):
		return oldVersion, nil
	case bytes.Equal(data, after):
		return newVersion, nil
	case isTorn(data, before, after):
		return torn, nil
	}
	return strange, nil
}

// isTorn reports whether an interrupted write of after over before can have left data: no longer than either, and each
// byte of one of them, or zero where blocks were reserved.
func isTorn(data, before, after []byte) bool {
	if len(data) > max(len(before), len(after)) {
		return false
	}
	for i, b := range data {
		if b != 0 && !(i < len(before) && before[i] == b) && !(i < len(after) && after[i] == b) {
			return false
		}
	}
	return true
}

// Finish installs the new version of the files that hold the old one.
func (in *Interrupted) Finish() ([]Result, error) { return in.end("new") }

// Undo installs the old version of the files that hold the new one.
func (in *Interrupted) Undo() ([]Result, error) { return in.end("old") }

// Close leaves everything as it is.
func (in *Interrupted) Close() { in.record.close() }

// end makes all files one version, in the order of the first save, and removes the record.
func (in *Interrupted) end(version string) ([]Result, error) {
	defer in.Close()
	var changes []Change
	for i, file := range in.record.manifest.Files {
		if in.Files[string(file.Path)] == (version == "new") {
			continue
		}
		f, err := Open(string(file.Path), in.opt)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		data, err := in.record.version(i, version)
		if err != nil {
			return nil, err
		}
		changes = append(changes, Change{File: f, New: data})
	}
	results, err := SaveAll(changes, nil)
	if err == nil {
		in.record.remove()
	}
	return results, err
}

// repair restores the file if a save in place was interrupted, and warns of a save of several files that was. It comes
// before the content is judged: half a file may look like anything.
func (f *File) repair() {
	records, err := f.kernel.records(f.opt)
	if err != nil { // no state directory, so no record of ours
		return
	}
	for _, r := range records {
		f.repairFrom(r)
		r.close()
	}
}

// repairFrom is repair for one record.
func (f *File) repairFrom(r *record) {
	for i, file := range r.manifest.Files {
		if string(file.Path) != f.Path() {
			continue
		}
		v, err := r.compare(i, f.bytes)
		switch {
		case err != nil || v == strange:
			f.warnings = append(f.warnings, "the file is neither of the two versions of an interrupted save; remove "+r.path+" if neither is needed")
		case v == torn:
			f.restore(r, i)
		case r.interrupted(f.opt) != nil:
			f.warnings = append(f.warnings, fmt.Sprintf(
				"a save of %d files was interrupted, and only some are new; both versions are in %s", len(r.manifest.Files), r.path))
		}
		return
	}
}

// restore writes the old version of a record into the file, or says why it cannot. The new version becomes an undo copy.
func (f *File) restore(r *record, i int) {
	data, err := f.restored(r, i)
	if err != nil {
		f.torn = "an interrupted save left it half written, and it cannot be repaired now (" + plain(err) + "); both versions are in " + r.path
		f.warnings = append(f.warnings, f.torn)
		return
	}
	f.bytes = data
	f.warnings = append(f.warnings, "an interrupted save had left the file half written: the version before that save was restored, the other is the newest undo copy")
	r.remove()
}

// restored does the work of restore and returns what the file holds then.
func (f *File) restored(r *record, i int) ([]byte, error) {
	if f.opt.ReadOnly || f.busy {
		return nil, ErrReadOnly
	}
	before, err := r.version(i, "old")
	if err != nil {
		return nil, err
	}
	after, err := r.version(i, "new")
	if err == nil {
		err = f.keepCopy(after, time.Now())
	}
	if err != nil {
		return nil, err
	}
	fd, err := f.openToWrite()
	if err != nil {
		return nil, err
	}
	defer f.kernel.close(fd)
	if err := f.kernel.fill(fd, before, f.state.mtime); err != nil {
		return nil, err
	}
	f.state, err = f.kernel.stat(f.fd)
	return before, err
}
