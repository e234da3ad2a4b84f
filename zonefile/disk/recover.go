//go:build linux || darwin || freebsd || netbsd

package disk

// This file finds what interrupted saves left, and says it. Opening a file, listing its history and ending such a save all
// ask here. Nothing of it writes to a zone file: an interrupted save is ended by a save that somebody agreed to.

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// keptDays is how long a record is kept of which no file is a version any more.
const keptDays = 30

// A Way is one in which an interrupted save is ended.
type Way string

const (
	// Finish makes all files the new version.
	Finish Way = "finish"
	// Undo makes all files the old version.
	Undo Way = "undo"
)

// version is the name in the record of what all files are to hold.
func (w Way) version() string {
	if w == Finish {
		return "new"
	}
	return "old"
}

// replaces tells whether a file that holds v has to be written.
func (w Way) replaces(v Version) bool {
	return v == HalfWritten || w == Finish && v == Old || w == Undo && v == New
}

// Can tells whether there is a file that would have to be written to end the save so.
func (in *Interrupted) Can(w Way) bool {
	return slices.ContainsFunc(in.Files, func(f InterruptedFile) bool { return w.replaces(f.Holds) })
}

// An Interrupted is a save that was stopped half-way: of several files some were installed and others were not, or a file
// was written in place and not to the end. It was seen at one moment and holds nothing open.
type Interrupted struct {
	Time  time.Time
	Dir   string // where both versions of every file are
	Files []InterruptedFile

	opt Options
}

// Interruptions are the interrupted saves that concern somebody, and what else is to be told of such.
type Interruptions struct {
	Saves []*Interrupted
	Notes []string // of records that cannot be read, and of those that nobody needs and that were removed
}

// look is the interrupted save that a record is of, nil if it ended. The record of one that ended is removed, and so is one that
// nobody needs.
func (r *record) look() (in *Interrupted, notes []string) {
	switch in = r.interrupted(); {
	case in == nil:
		r.settle()
	case r.old() && in.count(Neither) == len(in.Files):
		return nil, r.expire(in)
	}
	return in, nil
}

// lookAtRecord opens a record to look at it. One that another process holds is of a save that runs; but if that was killed a
// moment ago, a program that it was about to start may still hold it: so a record of one of these paths is waited for a little.
func (k kernel) lookAtRecord(opt Options, path string, of []string) (*record, error) {
	for try := 1; ; try++ {
		r, err := k.openRecord(opt, path, kernel.lockShared)
		if r != nil || err != nil || try == lockTries || !k.heldConcerns(opt, path, of) {
			return r, err
		}
		time.Sleep(lockPause)
	}
}

// heldConcerns tells whether a record that another process holds is about one of these paths.
func (k kernel) heldConcerns(opt Options, path string, of []string) bool {
	r, err := k.openRecord(opt, path, func(kernel, int) error { return nil })
	if r == nil || err != nil {
		return false
	}
	defer r.release()
	return r.concerns(of)
}

// join adds what others found, once.
func (i *Interruptions) join(o Interruptions) {
	for _, in := range o.Saves {
		if !slices.ContainsFunc(i.Saves, func(have *Interrupted) bool { return have.Dir == in.Dir }) {
			i.Saves = append(i.Saves, in)
		}
	}
	for _, note := range o.Notes {
		if !slices.Contains(i.Notes, note) {
			i.Notes = append(i.Notes, note)
		}
	}
}

// interrupted is the record as an interrupted save, nil if all files are the same version: it ended, or never began.
func (r *record) interrupted() *Interrupted {
	in := &Interrupted{Time: r.manifest.Time, Dir: r.path, opt: r.opt}
	for i := range r.manifest.Files {
		in.Files = append(in.Files, r.holds(i))
	}
	if n := len(in.Files); in.count(Old) == n || in.count(New) == n {
		return nil
	}
	return in
}

// count is how many files hold a version.
func (in *Interrupted) count(v Version) (n int) {
	for _, f := range in.Files {
		if f.Holds == v {
			n++
		}
	}
	return n
}

// paths are those of its files.
func (r *record) paths() map[string]bool {
	paths := make(map[string]bool, len(r.manifest.Files))
	for _, f := range r.manifest.Files {
		paths[string(f.Path)] = true
	}
	return paths
}

// concerns tells whether the record is about one of these paths.
func (r *record) concerns(paths []string) bool {
	return slices.ContainsFunc(r.manifest.Files, func(f manifestFile) bool { return slices.Contains(paths, string(f.Path)) })
}

// mostNamed is how many files of an interrupted save are told by their names.
const mostNamed = 6

// String tells of the save in a sentence, without a full stop: of many files how many of them are what.
func (in *Interrupted) String() string {
	if len(in.Files) > mostNamed {
		return in.what() + ": " + in.counted()
	}
	var files []string
	for _, f := range in.Files {
		files = append(files, in.name(f)+" "+f.String())
	}
	return in.what() + ": " + strings.Join(files, ", ")
}

// counted is how many files are what; those that are neither version are named as far as they are few.
func (in *Interrupted) counted() string {
	var parts, neither []string
	for _, v := range []struct {
		holds   Version
		is, are string
	}{{New, "is new", "are new"}, {Old, "is old", "are old"}, {HalfWritten, "is half written", "are half written"}} {
		if n := in.count(v.holds); n > 0 {
			parts = append(parts, zonefile.Plural(n, v.is, v.are))
		}
	}
	for _, f := range in.Files {
		if f.Holds == Neither {
			neither = append(neither, in.name(f)+" "+f.Why)
		}
	}
	if n := len(neither); n > mostNamed {
		return strings.Join(append(parts, zonefile.Plural(n, "is neither", "are neither")), ", ")
	}
	return strings.Join(append(parts, neither...), ", ")
}

// what is the save itself: how many files, and when.
func (in *Interrupted) what() string {
	return fmt.Sprintf("a save of %s was interrupted %s", zonefile.Plural(len(in.Files), "file", "files"), in.Time.Local().Format("2006-01-02 15:04"))
}

// name is what a file is called: its last element, if no other file of the save has the same.
func (in *Interrupted) name(f InterruptedFile) string {
	base := filepath.Base(f.Path)
	for _, other := range in.Files {
		if other.Path != f.Path && filepath.Base(other.Path) == base {
			return f.Path
		}
	}
	return base
}

// Remedy names the commands that can end the save, for a user who calls one of its files by this name.
func (in *Interrupted) Remedy(name string) string {
	var flags []string
	for _, way := range []Way{Finish, Undo} {
		if in.Can(way) {
			flags = append(flags, "--"+string(way))
		}
	}
	if in.count(Neither) > 0 {
		flags = append(flags, "--forget")
	}
	text := fmt.Sprintf("end it by `mailzone history %s %s`", flags[0], name)
	if len(flags) > 1 {
		text += ", or " + strings.Join(flags[1:], ", or ")
	}
	return text
}

// old tells whether the record has been there for so long that nobody needs it, if no file is a version of it.
func (r *record) old() bool { return time.Since(r.manifest.Time) > keptDays*24*time.Hour }

// expire makes undo copies of a record that nobody needs, removes it, and says so.
func (r *record) expire(in *Interrupted) []string {
	if r.kernel.lock(r.dir) != nil || r.keepBoth() != nil {
		return nil // at another start
	}
	r.remove()
	return []string{fmt.Sprintf("%s, and no file has been a version of it for %d days: both versions of %s are undo copies now",
		in.what(), keptDays, in.all())}
}

// all is the names of the files, or how many they are.
func (in *Interrupted) all() string {
	if n := len(in.Files); n > mostNamed {
		return zonefile.Plural(n, "file", "files")
	}
	var names []string
	for _, f := range in.Files {
		names = append(names, in.name(f))
	}
	return strings.Join(names, ", ")
}

// keepBoth makes undo copies of both versions of every file, the old one first.
func (r *record) keepBoth() error {
	for i, file := range r.manifest.Files {
		for _, version := range []string{"old", "new"} {
			data, err := r.version(i, version)
			if err == nil {
				_, err = r.kernel.keepCopy(r.opt, string(file.Path), data, nil, time.Now())
			}
			if err != nil {
				return failure(r.path, "no undo copy could be made, and the record stays", err)
			}
		}
	}
	return nil
}
