package policy

// A part of a policy that is set by itself. Setting one gives the changes of the text that it takes, and none where it says
// so already: all other parts, and every octet between them, stay.

import (
	"errors"
	"slices"
	"strings"
)

// A Field is a part of a policy that people set by itself.
type Field struct {
	Label   string
	Needed  string   // what to give it where a record is made; "" if it may be empty
	Choices []Choice // what it may be; one is a switch, on or off; none: it is typed

	names []string                          // of the tags that hold it
	get   func(text string) string          // what it is; "" where the text has it not
	set   func(text, value string) []Change // of a value that is clean and another one
	clean func(value string) string         // what is meant by what was typed; nil: that
	check func(value string) error          // why it is no value; nil: any is
	note  func(value string) string         // what is to know of a value; nil: nothing
	whole func(list Tags) bool              // whether it holds all of its tags; nil: it does
}

// A Choice is one of few values, in words.
type Choice struct{ Value, Words string }

// Get is what the field is in a text; "" where the text has it not.
func (f Field) Get(text string) string { return f.get(text) }

// Set is the changes of a text that make the field a value, which Check takes; "" takes it out. What else the text says stays
// as it is, to the octet.
func (f Field) Set(text, value string) []Change {
	was := f.get(text)
	if clean := f.Clean(value); value != was && clean != was {
		return f.set(text, clean)
	}
	return nil
}

// Clean is what is meant by what was typed: the key in what a program printed around it, a list with single blanks.
func (f Field) Clean(value string) string {
	value = strings.Trim(value, " \t")
	if f.clean != nil {
		value = f.clean(value)
	}
	return value
}

// Check is why something is no value of the field, and what to write; nil if it is one.
func (f Field) Check(value string) error {
	value = f.Clean(value)
	switch {
	case f.Choices != nil:
		if (value != "" || len(f.Choices) > 1) && !slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Value == value }) {
			return errors.New("one of those that are shown")
		}
		return nil
	case f.check != nil && f.check(value) != nil:
		return f.check(value)
	case strings.ContainsAny(value, ";\"") || !isPrintable(value):
		return errors.New("no semicolon, quote or character beyond ASCII")
	}
	return nil
}

// Note is what is to know of a value, in a few words.
func (f Field) Note(value string) string {
	if f.note == nil {
		return ""
	}
	return f.note(f.Clean(value))
}

// isPrintable tells text of blanks and visible ASCII characters.
func isPrintable(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}
