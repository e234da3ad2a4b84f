package cli

// Findings as JSON, byte for byte what encoding/json makes of the type finding: a big zone may have hundreds of thousands,
// and by reflection they took longer to write than to find. A test holds the two equal.

import (
	"fmt"
	"strconv"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// mostEdited is of how many fixes the edits are worked out: each tries what it does to the lines around it, and who makes
// hundreds of edits has to look again at what is left.
const mostEdited = 100

// findingWriter writes findings as JSON.
type findingWriter struct {
	views map[*zonefile.Zone]string // of the name server; nil where it was not asked
	zone  *zonefile.Zone            // that the last finding was in
	of    []byte                    // it, as the fields say it

	edited int  // fixes whose edits were worked out
	beyond bool // there are others

	b     []byte         // the finding that is written
	file  *zonefile.File // that the last place was in
	name  []byte         // of file, as the fields say it
	rules map[ruleAs][]byte

	places  zonefile.Positions // of findings, which come in order
	related zonefile.Positions // of what has to do with them
}

// ruleAs is a rule with the severity of a finding.
type ruleAs struct {
	rule     *lint.Rule
	severity lint.Severity
}

// line is a finding as JSON, until the next is asked for.
func (w *findingWriter) line(d *lint.Diagnostic) []byte {
	w.b = append(append(w.b[:0], '{'), w.zoneOf(d.Zone)...)
	w.region(&w.places, d.File, d.Span)
	w.b = append(w.b, w.rule(ruleAs{d.Rule, d.Severity})...)
	w.b = appendText(append(w.b, `,"message":`...), d.Message)
	w.b = append(w.b, `,"related":[`...)
	for i, r := range d.Related {
		w.open(i)
		w.region(&w.related, r.File, r.Span)
		w.b = appendText(append(w.b, `,"message":`...), r.Message)
		w.b = append(w.b, '}')
	}
	w.b = append(w.b, `],"fixes":[`...)
	for i, f := range d.Fixes {
		w.open(i)
		w.b = appendText(append(w.b, `"message":`...), f.Message)
		w.b = append(w.b, `,"safe":`...)
		w.b = append(strconv.AppendBool(w.b, f.Safe), `,"edits":`...)
		w.b = append(append(w.b, w.edits(d.Zone, f)...), '}')
	}
	w.b = append(w.b, `]}`...)
	return w.b
}

// zoneOf is the fields that say which zone it is: they are written once for all its findings.
func (w *findingWriter) zoneOf(z *zonefile.Zone) []byte {
	if z != w.zone {
		w.zone = z
		w.of = appendText(append(w.of[:0], `"zone":`...), string(z.Name()))
		w.of = append(appendText(append(w.of, `,"view":`...), w.views[z]), ',')
	}
	return w.of
}

// edits is the edits of a fix; none of one that asks for a value or cannot be made, or is beyond the number.
func (w *findingWriter) edits(z *zonefile.Zone, f lint.Fix) string {
	switch {
	case len(f.Needs) > 0:
		return noEdits
	case w.edited == mostEdited:
		w.beyond = true
		return noEdits
	}
	w.edited++
	edits, _ := f.Edits(z)
	list, err := plainJSON(newEdits(edits))
	if err != nil {
		return noEdits
	}
	return string(list)
}

// noEdits is no edits as JSON.
const noEdits = "[]"

// open begins element i of a list.
func (w *findingWriter) open(i int) {
	if i > 0 {
		w.b = append(w.b, ',')
	}
	w.b = append(w.b, '{')
}

// rule is the fields that say which rule, and how bad it is: they are written once for all its findings.
func (w *findingWriter) rule(r ruleAs) []byte {
	fields, known := w.rules[r]
	if !known {
		fields = fmt.Appendf(nil, `,"severity":"%s","rule":"%s","url":"%s"`, r.severity, r.rule.Name, r.rule.URL())
		if w.rules == nil {
			w.rules = map[ruleAs][]byte{}
		}
		w.rules[r] = fields
	}
	return fields
}

// region writes the fields of a place.
func (w *findingWriter) region(places *zonefile.Positions, f *zonefile.File, s zonefile.Span) {
	if f != w.file {
		w.file = f
		w.name = append(appendText(append(w.name[:0], `"file":`...), f.Name()), `,"line":`...)
	}
	from := places.Of(f, s.Start)
	w.b = strconv.AppendInt(append(w.b, w.name...), int64(from.Line), 10)
	w.b = strconv.AppendInt(append(w.b, `,"column":`...), int64(from.Column), 10)
	to := places.Of(f, s.End)
	w.b = strconv.AppendInt(append(w.b, `,"endLine":`...), int64(to.Line), 10)
	w.b = strconv.AppendInt(append(w.b, `,"endColumn":`...), int64(to.Column), 10)
}

// appendText appends what the type text is as JSON: ASCII in quotes.
func appendText(b []byte, s string) []byte {
	start := len(b)
	b = append(b, '"')
	from := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"' || c == '\\':
			b = append(append(b, s[from:i]...), '\\')
			from = i
		case c < ' ' || c > '~':
			return appendText(b[:start], zonefile.Printable(s, false))
		}
	}
	return append(append(b, s[from:]...), '"')
}
