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
		if t := parseTag(part, start); t.Text != "" {
			list = append(list, t)
		}
		start += len(part) + 1
	}
	return list
}

// parseTag reads what stands from an octet of the text on up to a semicolon; Text is empty where it is empty.
func parseTag(part string, start int) Tag {
	text := trimLeft(part)
	t := Tag{Span: Span{Start: start + len(part) - len(text)}}
	t.Text = trimRight(text)
	t.End = t.Start + len(t.Text)
	if i := strings.IndexByte(t.Text, '='); i >= 0 {
		t.Name, t.Value = trimRight(t.Text[:i]), trimLeft(t.Text[i+1:])
	} else {
		t.Value = t.Text
	}
	return t
}

// trimLeft takes blanks and tabs away: a zone has hundreds of thousands of tags, and most have one blank or none.
func trimLeft(s string) string {
	for s != "" && (s[0] == ' ' || s[0] == '\t') {
		s = s[1:]
	}
	return s
}

// trimRight does so at the end.
func trimRight(s string) string {
	for s != "" && (s[len(s)-1] == ' ' || s[len(s)-1] == '\t') {
		s = s[:len(s)-1]
	}
	return s
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
	if !l.repeat() { // nearly all
		return nil
	}
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

// repeat tells whether a name may stand twice. Its no is sure.
func (l Tags) repeat() bool {
	if len(l) > fewTags {
		return true
	}
	for i, t := range l {
		for _, o := range l[:i] {
			if o.Name == t.Name {
				return true
			}
		}
	}
	return false
}

// fewTags is how many tags are compared with each other.
const fewTags = 16

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
func (t Tag) items() iter.Seq2[Span, string] { return t.itemsBy(",") }

// itemsBy is items of a list that another octet separates.
func (t Tag) itemsBy(between string) iter.Seq2[Span, string] {
	return func(yield func(Span, string) bool) {
		at := t.valueAt()
		for item := range strings.SplitSeq(t.Value, between) {
			text := trimLeft(item)
			from := at + len(item) - len(text)
			text = trimRight(text)
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
