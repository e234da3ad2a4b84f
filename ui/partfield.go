package ui

// The field of a form for a part of a text that package policy knows: what it checks and says, and what becomes of what was
// pasted, is asked of the text as it is in the form by then.

import (
	"errors"
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/policy"
)

// partOf is the field of a form for a part of a text; now is the text as the form has it.
func (f *formRecord) partOf(p policy.Field, at part, text string, now func() string) field {
	d := f.newField(at, p.Label, p.Get(text))
	if p.Choices != nil {
		d.chooses(p.Choices)
	}
	if p.Host {
		f.takesHost(&d, f.origin())
	} else if p.Name {
		d.note = nameNote(f.origin())
	}
	note := d.note
	d.check = f.checkPolicy(p, d.was, now)
	d.finish = func(text string) string { return p.Clean(now(), asciiName(text)) }
	if p.File {
		d.takesFile()
	}
	d.note = func(text string) string {
		if note != nil {
			return note(text)
		}
		return p.Note(now(), text)
	}
	return d
}

// checkPolicy wants a value of a field of a policy. What the record has stays, whatever it is.
func (f *formRecord) checkPolicy(p policy.Field, was string, now func() string) func(string) error {
	return func(text string) error {
		switch {
		case text == "" && f.record.IsZero() && p.Needed != "":
			return errors.New(p.Needed)
		case text == was:
			return nil
		case p.Check(now(), text) == nil && (p.Name || p.Host):
			return checkName(f.origin())(text)
		}
		return p.Check(now(), text)
	}
}

// mostOfFile is how many octets a file has at most that a field is made of.
const mostOfFile = 1 << 20

// takesFile lets a field be made of what a file holds, by its path. It is read once for each path that is typed: a certificate of
// another moment is typed anew.
func (f *field) takesFile() {
	path, text, failed := "", "", error(nil)
	read := func(value string) (string, error) {
		value = strings.TrimSpace(value)
		if !isPath(value) {
			return value, nil
		}
		if value != path {
			path = value
			text, failed = publicIn(path)
		}
		return text, failed
	}
	f.read = func(value string) string {
		if text, err := read(value); err == nil {
			return text
		}
		return value
	}
	finish, check := f.finish, f.check
	f.finish = func(value string) string { return finish(f.meant(value)) }
	f.check = func(value string) error {
		text, err := read(value)
		if err != nil {
			return err
		}
		return check(text)
	}
}

// isPath tells the path of a file: no digest begins as one.
func isPath(value string) bool {
	return strings.HasPrefix(value, "/") || strings.HasPrefix(value, "./") || strings.HasPrefix(value, "../")
}

// publicIn is what is public of a key or a certificate in a file, as it may be pasted.
func publicIn(path string) (string, error) {
	text, err := document.ReadSnippet(path, mostOfFile)
	if err == nil && len(text) > mostOfFile {
		err = errors.New("no certificate has so many octets")
	}
	if err != nil {
		return "", err
	}
	key, err := policy.ReadKeyFile([]byte(text))
	return key.PEM(), err
}
