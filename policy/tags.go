package policy

// Tag lists, name=value and semicolons, as DKIM, DMARC, MTA-STS and TLS reports have them (RFC 6376 §3.2), with the place of
// each tag in the text.

import (
	"iter"
	"strings"
)

// A Tag is one name=value of a list. What is no tag has an empty name, and is a value.
type Tag struct {
	Span
	Name, Value string
	Text        string // as it is written
}

// Tags is a list as it was read.
type Tags []Tag

// ParseTags reads a tag list. Empty tags are left out.
func ParseTags(text string) Tags {
	list := make(Tags, 0, strings.Count(text, ";")+1)
	start := 0
	for part := range strings.SplitSeq(text, ";") {
		trimmed := strings.TrimLeft(part, " \t")
		t := Tag{Span: Span{Start: start + len(part) - len(trimmed)}}
		trimmed = strings.TrimRight(trimmed, " \t")
		t.End, t.Text = t.Start+len(trimmed), trimmed
		if i := strings.IndexByte(trimmed, '='); i >= 0 {
			t.Name = strings.TrimRight(trimmed[:i], " \t")
			t.Value = strings.TrimLeft(trimmed[i+1:], " \t")
		} else {
			t.Value = trimmed
		}
		if trimmed != "" {
			list = append(list, t)
		}
		start += len(part) + 1
	}
	return list
}

// Find is the first tag of a name.
func (l Tags) Find(name string) (Tag, bool) {
	for _, t := range l {
		if t.Name == name {
			return t, true
		}
	}
	return Tag{}, false
}

// faults is what is wrong with the list as such: a name that stands twice, by which the whole list counts for nothing
// (RFC 6376 §3.2).
func (l Tags) faults() (found []Fault) {
	first := map[string]string{}
	for i, t := range l {
		value, again := first[t.Name]
		switch {
		case t.Name == "":
		case !again:
			first[t.Name] = t.Value
		default:
			f := Fault{Span: t.Span, Text: quote(t.Text) + ": a second " + t.Name + "=, receivers may take nothing of the record: leave one"}
			if value == t.Value {
				f.Remedy = l.Without(i, "take the second one away")
			}
			found = append(found, f)
		}
	}
	return found
}

// Without takes tag i away, with its semicolon, and guesses nothing.
func (l Tags) Without(i int, words string) Remedy {
	gone := l[i].Span
	switch {
	case i > 0:
		gone.Start = l[i-1].End
	case len(l) > 1:
		gone.End = l[1].Start
	}
	return Remedy{Words: words, Safe: true, Changes: []Change{{Span: gone}}}
}

// valueAt is where the value starts in the text: it ends where the tag does.
func (t Tag) valueAt() int { return t.End - len(t.Value) }

// items yields the parts of a value that commas separate, without blanks around them, each with its place in the text.
func (t Tag) items() iter.Seq2[Span, string] {
	return func(yield func(Span, string) bool) {
		at := t.valueAt()
		for item := range strings.SplitSeq(t.Value, ",") {
			text := strings.Trim(item, " \t")
			from := at + len(item) - len(strings.TrimLeft(item, " \t"))
			if !yield(Span{from, from + len(text)}, text) {
				return
			}
			at += len(item) + 1
		}
	}
}

// HasVersion tells a text that starts with a version, as v=STSv1, alone or before a semicolon.
func HasVersion(text, version string) bool {
	rest, ok := strings.CutPrefix(text, "v="+version)
	return ok && (rest == "" || strings.HasPrefix(strings.TrimLeft(rest, " \t"), ";"))
}

// MissesSemicolon tells a text that starts with a version, and has neither its end nor a semicolon behind it.
func MissesSemicolon(text, version string) bool {
	rest, ok := strings.CutPrefix(text, "v="+version)
	return ok && rest != "" && !isAlpha(rest[0]) && !isDigit(rest[0]) && !HasVersion(text, version)
}

// contains compares as DMARC does, in any case of letters.
func contains(values []string, v string) bool {
	for _, w := range values {
		if strings.EqualFold(w, v) {
			return true
		}
	}
	return false
}
