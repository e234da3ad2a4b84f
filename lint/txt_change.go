package lint

// Changes of the text of a TXT record: what is not changed stays as it is written, with its quotes, escapes and parentheses.

import (
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// changeText is a fix that changes parts of the text of a record.
func changeText(message string, safe bool, v txtValue, changes ...policy.Change) Fix {
	return Fix{
		Message: message,
		Safe:    safe,
		Make: on(func(_ *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			return textEdits(now[0], changes), nil
		}, v.Record),
	}
}

// textEdits writes changes into the strings that they fall into. Where they do not fall into one each, or a string would
// become too long, all strings are written anew.
func textEdits(r zonefile.Record, changes []policy.Change) []zonefile.Edit {
	s, data := spell(r), r.RData()
	length := make([]int, len(data))
	for n := range data {
		length[n] = s.end(n) - s.starts[n]
	}
	var edits []zonefile.Edit
	for _, c := range changes {
		n := s.stringOf(c.Span)
		if n < 0 || !data[n].Quoted {
			return rewritten(r, changes)
		}
		if length[n] += len(c.New) - (c.End - c.Start); length[n] > zonefile.MaxString {
			return rewritten(r, changes)
		}
		edits = append(edits, zonefile.Edit{File: r.File(), Span: s.writtenAt(c.Span), New: inQuotes(c.New)})
	}
	return edits
}

// stringOf is the string that a part of the text stands in, -1 if it is not one. What is added stands in the string of the
// byte before it.
func (s spelling) stringOf(at policy.Span) int {
	for n := range s.starts {
		if s.starts[n] <= at.Start && at.End <= s.end(n) && (at.Start > s.starts[n] || at.Start < at.End) {
			return n
		}
	}
	return -1
}

// writtenAt is where a part of the text is written. An empty one stands behind the byte before it.
func (s spelling) writtenAt(at policy.Span) zonefile.Span {
	if at.Start == at.End {
		end := s.bytes[at.Start-1].End
		return zonefile.Span{Start: end, End: end}
	}
	return zonefile.Span{Start: s.bytes[at.Start].Start, End: s.bytes[at.End-1].End}
}

// rewritten writes the strings of a record anew in the place of the first; the others go.
func rewritten(r zonefile.Record, changes []policy.Change) []zonefile.Edit {
	text, _ := r.Joined()
	var edits []zonefile.Edit
	last := uint32(0)
	for i, t := range r.RData() {
		e := zonefile.Edit{File: r.File(), Span: t.Span}
		if i == 0 {
			e.New = zonefile.Quote(policy.Apply(text, changes...))
		} else if between := r.File().Slice(zonefile.Span{Start: last, End: t.Span.Start}); strings.Trim(string(between), " \t") == "" {
			e.Start = last
		}
		last = t.Span.End
		edits = append(edits, e)
	}
	return edits
}

// inQuotes is a text of one string as it stands between quotes.
func inQuotes(text string) string {
	text = zonefile.Quote(text)
	return text[1 : len(text)-1]
}
