//go:build linux || darwin || freebsd || netbsd

package disk

import "fmt"

// This file has the ways in which a save ends, and says each in the words that the package promises.

// An Outcome is one of the ways in which a save ends.
type Outcome int

const (
	// Untouched: not saved, the file is what it was.
	Untouched Outcome = iota
	// Saved: the new file is at its name, complete, verified and durable.
	Saved
	// Unconfirmed: the new file is at its name, complete and verified, but the disk did not confirm that it will be
	// there after a power failure.
	Unconfirmed
	// Torn: a save in place failed and so did putting the old bytes back; both versions are in the recovery directory.
	// A save that replaces the file never ends so.
	Torn
)

// String is the phrase that every message of a save starts with.
func (o Outcome) String() string {
	switch o {
	case Saved:
		return "saved"
	case Unconfirmed:
		return "saved, but the disk did not confirm it"
	case Torn:
		return "not saved, and the old bytes could not be put back"
	}
	return "not saved, the file is untouched"
}

// A SaveError is the error of a save; its text is the message of the result.
type SaveError struct {
	Outcome Outcome
	Err     error
}

// Error says how the save ended, and why.
func (e *SaveError) Error() string { return fmt.Sprintf("%v: %v", e.Outcome, e.Err) }

// Unwrap is why the save did not end well.
func (e *SaveError) Unwrap() error { return e.Err }
