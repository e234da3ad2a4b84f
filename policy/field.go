package policy

// A part of a policy that is set by itself. Setting one gives the changes of the text that it takes, and none where it says
// so already: all other parts, and every octet between them, stay. What is meant by a value may lie in the other parts: of a
// certificate the numbers before it say what is wanted.

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
	Name    bool     // it is a name, as the zone writes it
	Host    bool     // which has addresses
	File    bool     // it may be made of what a file holds, which is public afterwards: see KeyFile.PEM

	names   []string                          // of the tags that hold it
	get     func(text string) string          // what it is; "" where the text has it not
	set     func(text, value string) []Change // of a value that is clean and another one
	clean   func(text, value string) string   // what is meant by what was typed; nil: that
	check   func(text, value string) error    // why it is no value; nil: any is
	note    func(text, value string) string   // what is to know of a value; nil: nothing
	whole   func(list Tags) bool              // whether it holds all of its tags; nil: it does
	usual   func(owner string) string         // what it is of most records at an owner; nil: nobody knows
	idle    func(text string) bool            // whether receivers would not look at it, as long as it is empty; nil: they do
	anyText bool                              // a semicolon or a quotation mark may stand in it
}

// A Choice is one of few values, in words.
type Choice struct{ Value, Words string }

// Get is what the field is in a text; "" where the text has it not.
func (f Field) Get(text string) string { return f.get(text) }

// Set is the changes of a text that make the field a value, which Check takes; "" takes it out. What else the text says stays
// as it is, to the octet.
func (f Field) Set(text, value string) []Change {
	was := f.get(text)
	if clean := f.Clean(text, value); value != was && clean != was {
		return f.set(text, clean)
	}
	return nil
}

// Clean is what is meant by what was typed for a text: the key in what a program printed around it, a list with single blanks.
func (f Field) Clean(text, value string) string {
	value = strings.Trim(value, " \t")
	if f.clean != nil {
		value = f.clean(text, value)
	}
	return value
}

// Check is why something is no value of the field in a text, and what to write; nil if it is one.
func (f Field) Check(text, value string) error {
	value = f.Clean(text, value)
	switch {
	case f.Choices != nil:
		if (value != "" || len(f.Choices) > 1) && !slices.ContainsFunc(f.Choices, func(c Choice) bool { return c.Value == value }) {
			return errors.New("one of those that are shown")
		}
		return nil
	case f.check != nil && f.check(text, value) != nil:
		return f.check(text, value)
	case f.anyText:
	case strings.ContainsAny(value, ";\"") || !isPrintable(value):
		return errors.New("no semicolon, quote or character beyond ASCII")
	}
	return nil
}

// Note is what is to know of what was typed, in a few words.
func (f Field) Note(text, value string) string {
	if f.note == nil {
		return ""
	}
	return f.note(text, strings.Trim(value, " \t"))
}

// Idle tells a field that the text has not, and that receivers would not look at before another field is another one.
func (f Field) Idle(text string) bool { return f.idle != nil && f.get(text) == "" && f.idle(text) }

// isPrintable tells text of blanks and visible ASCII characters.
func isPrintable(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}
