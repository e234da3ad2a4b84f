package zonefile

// A refusal names the line that it is about, as it stands in the file that the user has. An operation of several steps
// may meet it in a version that nobody has seen, where lines that an earlier step wrote stand above: so a refusal keeps
// its place as a place, and each operation takes it back to the version that it started from.

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// lineError is a refusal that names a line.
type lineError struct {
	file                    *File
	at                      uint32 // an offset in the line
	before, between, behind string // what is said around the file's name and the line's number
	is                      error
}

// Error says it with the line's number.
func (e *lineError) Error() string {
	return fmt.Sprintf("%s%s%s%d%s", e.before, e.file.name, e.between, e.file.Position(e.at).Line, e.behind)
}

// Unwrap is what is refused.
func (e *lineError) Unwrap() error { return e.is }

// refuse is a refusal at the record's line: `file:line: why`.
func (r Record) refuse(why error) *lineError {
	if w := r.MadeBy(); !w.IsZero() {
		r = w.r
	}
	return &lineError{file: r.file, at: r.Span().Start, between: ":", behind: ": " + why.Error(), is: why}
}

// protected is why a record must not be edited; nil if it may.
func (r Record) protected() *lineError {
	if r.file.reason == "" {
		return nil
	}
	e := r.refuse(errors.New(r.file.reason))
	if r.file.made {
		e.before = fmt.Sprintf("%s %s is made by the $GENERATE of ", r.Owner(), r.Type())
		e.between, e.behind = ", line ", ": edit the directive"
	}
	return e
}

// maxBlamed is how many octets of a text are quoted with what is wrong with it: of a key the rest says nothing.
const maxBlamed = 40

// blame says what is wrong with a text: behind it, or where it is long before its start.
func blame(text, why string) error {
	if len(text) <= maxBlamed {
		return fmt.Errorf("%s: %s", text, why)
	}
	n := maxBlamed
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return fmt.Errorf("%s; it starts with %s", why, text[:n])
}

// because puts what is refused before the line that is the reason.
func (e *lineError) because(refused error) error {
	e.before, e.is = refused.Error()+": "+e.before, refused
	return e
}

// home takes a refusal by the version that edits of z made back to z: a line that they wrote is where it would stand.
func (z *Zone) home(err error, edits []Edit) error {
	e, ok := err.(*lineError)
	if !ok {
		return err
	}
	f := z.File(e.file.name)
	if f == nil {
		return err
	}
	back := *e
	back.file, back.at = f, arrange(editsOf(edits, f.name)).unshift(e.at)
	return &back
}
