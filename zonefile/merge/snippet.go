package merge

// A snippet is read as BIND reads a zone file, by zonefile's own reader. What BIND would take for something that nobody meant is an
// error here: letters that look like others, placeholders, HTML. All errors are told in one go, each with its place and none with the
// text, which may be a private key.

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/pasted"
)

// MostText is how long a snippet may be, in octets, and MostRecords how many records it may have.
const (
	MostText    = 1 << 20
	MostRecords = 10000
)

// Fault is a place of a snippet that cannot be read. Line and column count from 1, the column in octets.
type Fault struct {
	Line, Column int
	Text         string
}

// Error is the fault with its place.
func (f Fault) Error() string { return fmt.Sprintf("%d:%d: %s", f.Line, f.Column, f.Text) }

// Faults is why a snippet cannot be read, in the order of the places.
type Faults []Fault

// Error is all faults, a line each.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, one := range f {
		lines[i] = one.Error()
	}
	return strings.Join(lines, "\n")
}

// record is a record of a snippet.
type record struct {
	zonefile.Record
	line int
	ttl  string // that it states itself, or by $TTL; "" for none
}

// noTTL stands above a snippet, so that a record without a TTL is no error. It is the one line that the snippet does not have.
const noTTL = "$TTL 0\n"

// reader is how far a snippet has been read.
type reader struct {
	z      *zonefile.Zone
	lines  []string
	told   map[int]bool // lines with a fault
	faults Faults
}

// read reads a snippet, whose names are relative to a domain.
func read(text string, domain zonefile.Name) ([]record, error) {
	if len(text) > MostText {
		return nil, Faults{{1, 1, fmt.Sprintf("more than %d octets: merge it in parts", MostText)}}
	}
	r := reader{
		z:     zonefile.Parse("snippet", []byte(noTTL+text), zonefile.Options{Origin: domain}),
		lines: strings.Split(text, "\n"),
		told:  map[int]bool{},
	}
	r.findOdd()
	r.findRows()
	r.findErrors()
	found := r.records()
	if len(found) > MostRecords {
		r.fault(found[MostRecords].line, 1, fmt.Sprintf("more than %d records: merge them in parts", MostRecords))
	}
	if len(r.faults) > 0 {
		slices.SortStableFunc(r.faults, func(a, b Fault) int {
			return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		return nil, r.faults
	}
	return found, nil
}

// fault notes a fault, if the line has none yet: what follows from it says nothing more.
func (r *reader) fault(line, column int, text string) {
	if !r.told[line] {
		r.told[line] = true
		r.faults = append(r.faults, Fault{line, column, text})
	}
}

// findOdd finds what nobody can have meant.
func (r *reader) findOdd() {
	secret := false
	for i, line := range r.lines {
		switch begins := pasted.BeginsSecret(line); {
		case secret || begins:
			if begins {
				r.fault(i+1, 1, "a key or a certificate by itself, which stands in no zone: take it out, and show it to nobody if it is private")
			}
			r.told[i+1] = true
			secret = !pasted.EndsSecret(line)
		default:
			if at, why := pasted.Odd(code(line)); why != "" {
				r.fault(i+1, at+1, why)
			}
		}
	}
}

// code is a line without its comment and its end.
func code(line string) string {
	quoted := false
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case c == ';' && !quoted:
			return line[:i+1] // with its semicolon: an entity of HTML ends in one
		}
	}
	return strings.TrimSuffix(line, "\r")
}

// place is where an offset of the text stands in the snippet.
func (r *reader) place(at uint32) zonefile.Position {
	p := r.z.Root().Position(at)
	return zonefile.Position{Line: p.Line - strings.Count(noTTL, "\n"), Column: p.Column}
}

// findRows finds rows that no snippet may have: other files, and records by the thousand.
func (r *reader) findRows() {
	for row := range r.z.FileRows(r.z.Root(), 0) {
		word := ""
		switch row.Kind() {
		case zonefile.RowInclude:
			word = "$INCLUDE"
		case zonefile.RowGenerate:
			word = "$GENERATE"
		}
		if word != "" {
			p := r.place(row.Span().Start)
			r.fault(p.Line, p.Column, word+" is not taken from a snippet: put in the records themselves")
		}
	}
}

// findErrors finds what BIND refuses.
func (r *reader) findErrors() {
	for e := range r.z.Errors() {
		rec := r.z.RowAt(e.File, e.Span.Start).Record()
		if rec.IsTooLong(e) { // it is split
			continue
		}
		at, text := r.place(e.Span.Start), e.Message
		if names := wants(rec); len(names) > 0 {
			at, text = r.place(rec.Span().Start), tooFew(rec.Type(), names)
		}
		if at.Line <= len(r.lines) && at.Line > 0 && pasted.IsUpdate(r.lines[at.Line-1]) {
			text = "this is the syntax of nsupdate: mailzone apply takes it"
		}
		r.fault(at.Line, at.Column, text)
	}
}

// tooFew says what data lacks.
func tooFew(t zonefile.Type, names []string) string {
	text := fmt.Sprintf("too few words: the data of %s is %s", t, zonefile.List(names, "and"))
	switch t {
	case zonefile.TypeMX:
		text += ", as 10 mail.example.com."
	case zonefile.TypeSRV:
		text += ", as 0 1 443 mail.example.com."
	}
	return text
}

// records is all records, in their order.
func (r *reader) records() (out []record) {
	for rec := range r.z.Records() {
		if rec.File() != r.z.Root() { // of a $GENERATE
			continue
		}
		ttl := ""
		if seconds, stated := rec.StatedTTL(); stated || rec.TTL() != 0 {
			if !stated {
				seconds = rec.TTL()
			}
			ttl = strconv.FormatUint(uint64(seconds), 10)
		}
		out = append(out, record{rec, r.place(rec.Span().Start).Line, ttl})
		if len(out) > MostRecords {
			break
		}
	}
	return out
}

// wants is the fields of a record's data, if it has fewer words.
func wants(r zonefile.Record) []string {
	if r.IsZero() || r.IsGeneric() {
		return nil
	}
	if names := r.Type().FieldNames(); len(r.RData()) < len(names) {
		return names
	}
	return nil
}
