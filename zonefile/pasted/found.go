package pasted

// A record as some reader found it: words as a zone file would hold them, and how its names are meant. One door makes a record of it,
// zonefile's own reader, so that all readers refuse the same things for the same reasons.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// style is how a text writes names.
type style uint8

const (
	asFile  style = iota // a name without a final dot is relative (RFC 1035 §5.1)
	asWhole              // all names are whole, with a dot or without: host, nslookup, nsupdate
	asPanel              // a form of a provider: relative or whole, with no dot to tell
)

// found is a record before the zone is asked, or a line that is none.
type found struct {
	from, to  int
	source    string
	owner     string
	ttl, data string
	typ       string
	comment   string
	style     style
	origin    zonefile.Name
	notes     []string
	why       string // why it is no record
	doubt     string // why it may be none
}

// parsed is a line as zonefile reads it.
type parsed struct {
	record zonefile.Record
	why    string
	long   bool // a string is too long
}

// parse reads one line of a zone file. The $TTL above it keeps what TTL it has from being asked.
func parse(text string, origin zonefile.Name) (p parsed) {
	z := zonefile.Parse("", []byte("$TTL 0\n"+text+"\n"), zonefile.Options{Origin: origin})
	n := 0
	for r := range z.Records() {
		if n++; n == 1 {
			p.record = r
		}
	}
	if n > 1 {
		p.why = "more than one record on a line"
	}
	for e := range z.Errors() {
		if !p.record.IsZero() && p.record.IsTooLong(e) {
			p.long = true
		} else if p.why == "" {
			p.why = e.Message
			if word := string(e.File.Slice(e.Span)); !strings.HasPrefix(e.Message, "no ") && len(word) < 80 && strings.TrimSpace(word) != "" {
				p.why = word + ": " + e.Message
			}
		}
	}
	if p.record.IsZero() && p.why == "" {
		p.why = "no record"
	}
	return p
}

// line is the record on one line.
func (f *found) line() string {
	return strings.Join(slices.DeleteFunc([]string{f.owner, f.ttl, "IN", f.typ, f.data}, func(w string) bool { return w == "" }), " ")
}

// note adds what is to be said of it.
func (f *found) note(text string) {
	if text != "" && !slices.Contains(f.notes, text) {
		f.notes = append(f.notes, text)
	}
}

// text sets the data of a TXT record from what it says.
func (f *found) text(says string) {
	says = strings.TrimSpace(says)
	if n := len(says); n > 1 && says[0] == '\'' && says[n-1] == '\'' {
		says = says[1 : n-1]
	}
	if text, ok := zonefile.Unquote(says); ok {
		if says = text; len(text) > 1 && text[0] == '"' { // in quotes of JSON or HCL
			if in, ok := zonefile.Unquote(text); ok {
				says = in
			}
		}
	} else if strings.Contains(says, `\;`) {
		says = zonefile.Unescape(says)
	}
	if len(says) > zonefile.MaxString {
		f.note(zonefile.Plural(len(says), "octet", "octets") + ": written as strings of 255, which is the most that one holds")
	}
	f.data = zonefile.Quote(says)
}

// unquoteWord is a word without quotes around it.
func unquoteWord(word string) string {
	if n := len(word); n > 1 && (word[0] == '"' || word[0] == '\'') && word[n-1] == word[0] && strings.Count(word, word[:1]) == 2 {
		return strings.TrimSpace(word[1 : n-1])
	}
	return word
}

// withWords is a record's data with other words in the place of its own.
func withWords(r zonefile.Record, words []string) string {
	var b strings.Builder
	end := uint32(0)
	for i, t := range r.RData() {
		if i > 0 && t.Span.Start > end { // SVCB: key="value" is one
			b.WriteByte(' ')
		}
		b.WriteString(words[i])
		end = t.Span.End
	}
	return b.String()
}

// rawWords is the words of a record's data as they are written.
func rawWords(r zonefile.Record) (out []string) {
	for _, t := range r.RData() {
		out = append(out, t.Raw)
	}
	return out
}

// refused is lines that are no record.
func refused(from, to int, source, why string) found {
	return found{from: from, to: to, source: source, why: why}
}
