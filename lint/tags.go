package lint

// Tag lists, name=value and semicolons, as DKIM and DMARC have them, with the place of each tag in the text.

import (
	"iter"
	"strings"
)

// tag is one name=value of a list that semicolons separate, as in DKIM (RFC 6376 §3.2).
type tag struct {
	name, value string
	start, end  int // in the text
	valueAt     int
}

// items yields the parts of a value that commas separate, without blanks around them, each with its place in the text.
func (t tag) items() iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		at := t.valueAt
		for item := range strings.SplitSeq(t.value, ",") {
			blanks := len(item) - len(strings.TrimLeft(item, " \t"))
			if !yield(at+blanks, strings.Trim(item, " \t")) {
				return
			}
			at += len(item) + 1
		}
	}
}

// tags reads a tag list; what is no tag has an empty name.
func tags(text string) []tag {
	list := make([]tag, 0, strings.Count(text, ";")+1)
	start := 0
	for part := range strings.SplitSeq(text, ";") {
		trimmed := strings.TrimLeft(part, " \t")
		t := tag{start: start + len(part) - len(trimmed)}
		trimmed = strings.TrimRight(trimmed, " \t")
		t.end = t.start + len(trimmed)
		if i := strings.IndexByte(trimmed, '='); i >= 0 {
			t.name = strings.TrimRight(trimmed[:i], " \t")
			t.value = strings.TrimLeft(trimmed[i+1:], " \t")
			t.valueAt = t.end - len(t.value)
		} else {
			t.value, t.valueAt = trimmed, t.start
		}
		if trimmed != "" {
			list = append(list, t)
		}
		start += len(part) + 1
	}
	return list
}

// findTag is the first tag of a name.
func findTag(list []tag, name string) (tag, bool) {
	for _, t := range list {
		if t.name == name {
			return t, true
		}
	}
	return tag{}, false
}
