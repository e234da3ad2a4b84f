//go:build linux || darwin || freebsd || netbsd

package disk

// This file is what is known of a zone file that was opened: what it is called, what it holds, and what stands against a save.
// How it is opened, compared and saved stands in other files, which all know this one.

import (
	"fmt"
	"math"
	"slices"

	"golang.org/x/sys/unix"
)

// A File is a zone file that was opened and read. It keeps a descriptor of the file and of its directory until Close, so
// that the inode it compares with cannot be used again for another file. One that is only read keeps none: there may be more
// of them than files that a process may have open.
//
// A File is for one goroutine at a time.
type File struct {
	kernel kernel
	opt    Options
	name   string // as given
	target target

	dir, fd int        // descriptors
	in      *directory // whose descriptor dir is, shared with others that are opened together
	state   status     // of fd when it was read
	bytes   []byte

	absent   bool // nothing has the name: a save makes the file
	busy     bool // another mailzone holds the lock
	limit    limit
	warnings []string

	interrupted Interruptions // saves of it that nobody has ended
}

// newMode is the mode of a new zone file: named, which is another user, reads it.
const newMode = 0o644

// A limit says why a file cannot be replaced by a new one. Its zero value is none.
type limit struct {
	reason  string
	inPlace bool // the bytes can still be written into the old file
}

// Bytes are the bytes of the file as they were read or last saved. They must not be changed.
func (f *File) Bytes() []byte { return f.bytes }

// Path is the absolute name of the file, free of links.
func (f *File) Path() string { return f.target.path() }

// Name is the name that Open was given.
func (f *File) Name() string { return f.name }

// IsNew tells that nothing had the name when it was opened, and that no save has made a file since.
func (f *File) IsNew() bool { return f.absent }

// Chain is every link that the name led through and last the file, nil if the name is the file itself.
func (f *File) Chain() []string { return slices.Clone(f.target.chain) }

// Warnings says what a user should know before editing: other editors that have the file open, journals, headers that
// say that the file is generated.
func (f *File) Warnings() []string { return slices.Clone(f.warnings) }

// Interrupted is the interrupted saves of the file that were found when it was opened. As long as there is one, the file
// is not saved.
func (f *File) Interrupted() Interruptions { return f.interrupted }

// ReadOnly reports whether the file cannot be saved the safe way, with the reason and what to do instead. Where InPlace
// reports true as well, it can be saved with SaveOptions.InPlace.
func (f *File) ReadOnly() (reason string, yes bool) { return f.limit.reason, f.limit.reason != "" }

// InPlace reports whether a file that ReadOnly names can be saved by writing into the old file. That is less safe, and so
// needs the user's consent: SaveOptions.InPlace.
func (f *File) InPlace() bool { return f.limit.inPlace }

// Close unlocks the file and forgets it. The bytes stay valid.
func (f *File) Close() error {
	f.kernel.closeFile(f.fd)
	if f.in != nil {
		f.opt.Shared.leave(f.kernel, f.target.dir, f.in)
	}
	f.fd, f.dir, f.in = -1, -1, nil
	return nil
}

// tooLarge is the error for a file over the limit.
func (f *File) tooLarge(size int64) error {
	return &Error{
		Path:   f.Path(),
		What:   fmt.Sprintf("has %d bytes or more, the limit is %d", size, f.opt.maxSize()),
		Remedy: "is it really a zone file?",
	}
}

// MostOpen is how many files the process may have open.
func MostOpen() int {
	var most unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &most); err != nil || most.Cur > math.MaxInt32 {
		return math.MaxInt32
	}
	return int(most.Cur)
}

// mayHave tells whether there may be a file of a name beside the file. Of one that is only read with many others the listing of the
// directory says so, which is asked for once.
func (f *File) mayHave(name string) bool {
	return f.opt.Shared == nil || !f.opt.Shared.Many || !f.opt.ReadOnly || f.opt.Shared.lists(f.kernel, f.target.dir, name)
}

// has tells whether there is a file beside it that has its name and a suffix.
func (f *File) has(suffix string) bool {
	if !f.mayHave(f.target.base + suffix) {
		return false
	}
	_, err := f.kernel.statAt(unix.AT_FDCWD, f.Path()+suffix)
	return err == nil
}
