package zonefile

// Changes of the text of a TXT record: what is not changed stays as it is written, with its quotes, escapes and parentheses.
// The text is what those who use it read, so each of its bytes has to be found again in the file.

import (
	"slices"
	"sort"
	"strings"
)

// TextChange puts text into the place of the bytes of a text from Start up to, and without, End.
type TextChange struct {
	Start, End int
	New        string
}

// Spelling is where each byte of a record's text is written.
type Spelling struct {
	record  Record
	strings []WrittenString
	starts  []int // the byte that each string starts with
}

// Spell finds where the bytes of a record's text are written.
func Spell(r Record) Spelling {
	s := Spelling{record: r, strings: r.StringsAt()}
	s.starts = make([]int, len(s.strings))
	for n := range s.strings[:max(len(s.strings)-1, 0)] {
		s.starts[n+1] = s.end(n)
	}
	return s
}

// Record is the record that is spelled so.
func (s Spelling) Record() Record { return s.record }

// end is the byte behind string n.
func (s Spelling) end(n int) int { return s.starts[n] + s.strings[n].Len() }

// At is where byte i of the text is written.
func (s Spelling) At(i int) Span {
	n := sort.Search(len(s.starts), func(n int) bool { return s.starts[n] > i }) - 1
	return s.strings[n].At(i - s.starts[n])
}

// stringOf is the string that a part of the text stands in, -1 if it is not one. What is added stands in the string of the
// byte before it.
func (s Spelling) stringOf(c TextChange) int {
	n, starts := slices.BinarySearch(s.starts, c.Start)
	if !starts || c.Start == c.End { // it stands in the string before
		n--
	}
	if n < 0 || c.End > s.end(n) {
		return -1
	}
	return n
}

// writtenAt is where a part of the text is written. An empty one stands behind the byte before it.
func (s Spelling) writtenAt(c TextChange) Span {
	if c.Start == c.End {
		end := s.At(c.Start - 1).End
		return Span{end, end}
	}
	return Span{s.At(c.Start).Start, s.At(c.End - 1).End}
}

// parts is a change as changes of one string each: what is new stands in the first. It is nil where a whole string would go.
func (s Spelling) parts(c TextChange) (parts []TextChange) {
	n, starts := slices.BinarySearch(s.starts, c.Start)
	if !starts {
		n--
	}
	for ; n >= 0 && n < len(s.starts) && c.Start < c.End; n++ {
		end := min(c.End, s.end(n))
		if c.Start == s.starts[n] && end == s.end(n) && c.New == "" {
			return nil
		}
		if c.Start < end {
			parts = append(parts, TextChange{c.Start, end, c.New})
			c.Start, c.New = end, ""
		}
	}
	return parts
}

// isSpread tells strings that do not stand on one line with nothing but blanks between them.
func (r Record) isSpread(data []Token) bool {
	for n, t := range data[1:] {
		if strings.Trim(string(r.file.Slice(Span{data[n].Span.End, t.Span.Start})), " \t") != "" {
			return true
		}
	}
	return false
}

// TextEdits writes changes of a record's text into the strings that they fall into. Where one falls into several, they keep
// their lines if they have lines of their own; else, and where a string would become too long, all strings are written anew. A
// string of which nothing is left goes, where others are left.
func (r Record) TextEdits(changes ...TextChange) []Edit {
	s, data := Spell(r), r.RData()
	length := make([]int, len(data))
	for n := range data {
		length[n] = s.end(n) - s.starts[n]
	}
	var edits []Edit
	var parts []TextChange
	for _, c := range changes {
		if s.stringOf(c) >= 0 {
			parts = append(parts, c)
			continue
		}
		some := s.parts(c)
		if some == nil || !r.isSpread(data) {
			return r.writeText(changes)
		}
		parts = append(parts, some...)
	}
	for _, c := range parts {
		n := s.stringOf(c)
		if n < 0 || !data[n].Quoted {
			return r.writeText(changes)
		}
		length[n] += len(c.New) - (c.End - c.Start)
	}
	if slices.Max(length) > MaxString || length[0] == 0 && s.end(0) > 0 {
		return r.writeText(changes)
	}
	for _, c := range parts {
		n := s.stringOf(c)
		e := Edit{r.file, s.writtenAt(c), inQuotes(c.New)}
		if length[n] == 0 {
			e = r.withoutString(data, n)
		}
		if length[n] > 0 || !slices.Contains(edits, e) {
			edits = append(edits, e)
		}
	}
	return edits
}

// writeText writes the strings of a record anew in the place of the first; the others go.
func (r Record) writeText(changes []TextChange) []Edit {
	text, _ := r.Joined()
	data := r.RData()
	edits := []Edit{{r.file, data[0].Span, Quote(changedText(text, changes))}}
	for n := range data[1:] {
		edits = append(edits, r.withoutString(data, n+1))
	}
	return edits
}

// changedText is a text with changes made, of several at one place the first first.
func changedText(text string, changes []TextChange) string {
	changes = slices.Clone(changes)
	slices.SortStableFunc(changes, func(a, b TextChange) int { return a.Start - b.Start })
	var b strings.Builder
	at := 0
	for _, c := range changes {
		b.WriteString(text[at:c.Start] + c.New)
		at = c.End
	}
	return b.String() + text[at:]
}

// WithoutString takes string n away, which is not the first, with the blanks before it.
func (r Record) WithoutString(n int) Edit { return r.withoutString(r.RData(), n) }

// withoutString is WithoutString where the strings are known.
func (r Record) withoutString(data []Token, n int) Edit {
	e := Edit{File: r.file, Span: data[n].Span}
	before := Span{data[n-1].Span.End, e.Start}
	if strings.Trim(string(r.file.Slice(before)), " \t") == "" {
		e.Start = before.Start
	}
	return e
}

// inQuotes is a text of one string as it stands between quotes.
func inQuotes(text string) string {
	text = Quote(text)
	return text[1 : len(text)-1]
}
