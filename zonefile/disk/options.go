//go:build linux || darwin || freebsd || netbsd

package disk

// This file says how much of the system a user of the package hands to it: which state directory, which sizes.

import "cmp"

// DefaultMaxSize is the largest file that Open reads unless Options say otherwise.
const DefaultMaxSize = 1 << 30

// Options say how a file is opened, and where its undo copies and recovery files are.
type Options struct {
	ReadOnly bool    // neither lock the file nor save it
	New      bool    // a name that is free is opened as an empty file, which the first save makes
	MaxSize  int64   // of the file in bytes; 0 is DefaultMaxSize
	Shared   *Shared // by files that are opened together; nil for one alone
	StateDir string  // "" is /var/lib/mailzone for root, else $XDG_STATE_HOME/mailzone or ~/.local/state/mailzone

	// Memory is which memory of a zone file is meant: "" is that of a move of mail.
	Memory Memory
	// Relaxed says that a memory may be lost with the power: it is written for many files at once.
	Relaxed bool

	around func(call string, do func() error) error // see kernel
	ending bool                                     // it is opened to end an interrupted save of it
}

// maxSize is MaxSize or its default.
func (o Options) maxSize() int64 {
	if o.MaxSize > 0 {
		return o.MaxSize
	}
	return DefaultMaxSize
}

// A Memory is what is remembered of a zone file; each kind is kept by itself.
type Memory string

// OfSaves is the memory of what was done in the last saves.
const OfSaves Memory = "saves"

// directory is where the memories of a kind are.
func (m Memory) directory() string { return cmp.Or(string(m), "plan") }

// magic starts every memory of a kind; its number is that of the format.
func (m Memory) magic() string { return "mailzone " + m.directory() + " 1\n" }
