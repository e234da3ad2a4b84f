package lint

// Changes of the text of a TXT record: what is not changed stays as it is written, with its quotes, escapes and parentheses.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// AtFault reports a fault of the tag list that a record holds, and offers its remedy.
func (p *Pass) AtFault(v txtValue, f policy.Fault, before string) {
	d := p.AtText(v, f.Start, f.End, "%s%s", before, f.Text)
	if len(f.Remedy.Changes) > 0 {
		d.Offer(changeText(f.Remedy.Words, f.Remedy.Safe, v, f.Remedy.Changes...))
	}
}

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
	n, starts := slices.BinarySearch(s.starts, at.Start)
	if !starts || at.Start == at.End { // it stands in the string before
		n--
	}
	if n < 0 || at.End > s.end(n) {
		return -1
	}
	return n
}

// writtenAt is where a part of the text is written. An empty one stands behind the byte before it.
func (s spelling) writtenAt(at policy.Span) zonefile.Span {
	if at.Start == at.End {
		end := s.at(at.Start - 1).End
		return zonefile.Span{Start: end, End: end}
	}
	return zonefile.Span{Start: s.at(at.Start).Start, End: s.at(at.End - 1).End}
}

// rewritten writes the strings of a record anew in the place of the first; the others go.
func rewritten(r zonefile.Record, changes []policy.Change) []zonefile.Edit {
	text, _ := r.Joined()
	data := r.RData()
	edits := []zonefile.Edit{{File: r.File(), Span: data[0].Span, New: zonefile.Quote(policy.Apply(text, changes...))}}
	for n := range data[1:] {
		edits = append(edits, without(r, data, n+1))
	}
	return edits
}

// without takes string n away, which is not the first, with the blanks before it.
func without(r zonefile.Record, data []zonefile.Token, n int) zonefile.Edit {
	e := zonefile.Edit{File: r.File(), Span: data[n].Span}
	before := zonefile.Span{Start: data[n-1].Span.End, End: e.Start}
	if strings.Trim(string(r.File().Slice(before)), " \t") == "" {
		e.Start = before.Start
	}
	return e
}

// inQuotes is a text of one string as it stands between quotes.
func inQuotes(text string) string {
	text = zonefile.Quote(text)
	return text[1 : len(text)-1]
}
