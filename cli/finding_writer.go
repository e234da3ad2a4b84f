package cli

// Findings as JSON, byte for byte what encoding/json makes of the type finding: a big zone may have hundreds of thousands,
// and by reflection they took longer to write than to find. A test holds the two equal.

import (
	"strconv"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// mostEdited is of how many fixes the edits are worked out: each tries what it does to the lines around it, and who makes
// hundreds of edits has to look again at what is left.
const mostEdited = 100

// findingWriter writes findings as JSON.
type findingWriter struct {
	edited int  // fixes whose edits were worked out
	beyond bool // there are others

	b    []byte         // the finding that is written
	file *zonefile.File // that the last place was in
	name []byte         // of file, as the fields say it
}

// line is a finding as JSON, until the next is asked for.
func (w *findingWriter) line(d *lint.Diagnostic) []byte {
	w.b = append(w.b[:0], '{')
	w.region(d.File, d.Span)
	w.word("severity", d.Severity.String())
	w.word("rule", d.Rule.Name)
	w.word("url", d.Rule.URL())
	w.text("message", d.Message)
	w.b = append(w.b, `,"related":[`...)
	for i, r := range d.Related {
		w.open(i)
		w.region(r.File, r.Span)
		w.text("message", r.Message)
		w.b = append(w.b, '}')
	}
	w.b = append(w.b, `],"fixes":[`...)
	for i, f := range d.Fixes {
		w.open(i)
		w.b = append(w.b, `"message":`...)
		w.b = appendText(w.b, f.Message)
		w.b = append(w.b, `,"safe":`...)
		w.b = append(strconv.AppendBool(w.b, f.Safe), `,"edits":`...)
		w.b = append(append(w.b, w.edits(d.Zone, f)...), '}')
	}
	w.b = append(w.b, `]}`...)
	return w.b
}

// edits is the edits of a fix; none of one that asks for a value or cannot be made, or is beyond the number.
func (w *findingWriter) edits(z *zonefile.Zone, f lint.Fix) []byte {
	none := []byte("[]")
	switch {
	case len(f.Needs) > 0:
		return none
	case w.edited == mostEdited:
		w.beyond = true
		return none
	}
	w.edited++
	edits, _ := f.Edits(z)
	list, err := plainJSON(newEdits(edits))
	if err != nil {
		return none
	}
	return list
}

// open begins element i of a list.
func (w *findingWriter) open(i int) {
	if i > 0 {
		w.b = append(w.b, ',')
	}
	w.b = append(w.b, '{')
}

// region writes the fields of a place.
func (w *findingWriter) region(f *zonefile.File, s zonefile.Span) {
	if f != w.file {
		w.file = f
		w.name = append(appendText(append(w.name[:0], `"file":`...), f.Name()), `,"line":`...)
	}
	r := newRegion(f, s)
	w.b = strconv.AppendInt(append(w.b, w.name...), int64(r.Line), 10)
	w.number("column", r.Column)
	w.number("endLine", r.EndLine)
	w.number("endColumn", r.EndColumn)
}

// number writes a field.
func (w *findingWriter) number(name string, n int) {
	w.field(name)
	w.b = strconv.AppendInt(w.b, int64(n), 10)
}

// word writes a field whose text is the program's own.
func (w *findingWriter) word(name, text string) {
	w.field(name)
	w.b = append(append(append(w.b, '"'), text...), '"')
}

// text writes a field whose text may be the file's.
func (w *findingWriter) text(name, text string) {
	w.field(name)
	w.b = appendText(w.b, text)
}

// field writes the name of a field that is not the first.
func (w *findingWriter) field(name string) {
	w.b = append(append(append(w.b, `,"`...), name...), `":`...)
}

// appendText appends what the type text is as JSON: ASCII in quotes.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	s = zonefile.Printable(s, false)
	from := 0
	for i := range len(s) {
		if c := s[i]; c == '"' || c == '\\' {
			b = append(append(b, s[from:i]...), '\\')
			from = i
		}
	}
	return append(append(b, s[from:]...), '"')
}
