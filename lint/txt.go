package lint

// The text of TXT records, with the way back from each of its bytes to the file.

import (
	"iter"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// txtValue is a TXT record with what it says.
type txtValue struct {
	zonefile.Record
	*reading
	quoted bool // its last string is written in quotes
}

// reading is what the strings of a TXT record say, joined as those who use it join them (RFC 7208 §3.3). Many
// records of a big zone say the same, and share it.
type reading struct {
	text    string
	isSPF   bool
	isDMARC bool
	terms   []spfTerm // of an SPF record
	list    []tag     // of a tag list; filled when it is first asked for
	proper  bool      // a DMARC record that nothing is wrong with
}

// newReading reads a text.
func newReading(text string) *reading {
	r := &reading{text: text, isSPF: isSPF(text), isDMARC: isDMARC(text)}
	if r.isSPF {
		r.terms = spfTerms(text)
	}
	return r
}

// tags is the text as a tag list.
func (r *reading) tags() []tag {
	if r.list == nil {
		r.list = tags(r.text)
	}
	return r.list
}

// readTXT joins the strings of a record, and reads them.
func readTXT(r zonefile.Record) txtValue {
	text, quoted := r.Joined()
	return txtValue{r, newReading(text), quoted}
}

// Limits of what a Pass remembers of texts: how many, and how long they may be. Longer ones are keys, and no two
// alike.
const (
	maxReadings = 1024
	longText    = 255
)

// readTXT is readTXT of a record whose text may have been read before.
func (p *Pass) readTXT(r zonefile.Record) txtValue {
	b, quoted := r.AppendJoined(p.buffer[:0])
	p.buffer = b
	known := p.readings[string(b)]
	if known == nil {
		text := string(b)
		known = newReading(text)
		if len(p.readings) == maxReadings {
			clear(p.readings)
		}
		if len(text) <= longText {
			p.readings[text] = known
		}
	}
	return txtValue{r, known, quoted}
}

// Texts is the TXT records of the visited name.
func (p *Pass) Texts() []txtValue {
	if p.read {
		return p.texts
	}
	p.read = true
	for _, r := range p.Node.Records {
		if r.Type() != zonefile.TypeTXT {
			continue
		}
		v := p.readTXT(r)
		p.texts = append(p.texts, v)
		if v.isSPF {
			p.spf = append(p.spf, v)
		}
		if v.isDMARC {
			p.dmarc = append(p.dmarc, v)
		}
	}
	return p.texts
}

// spfRecords is the SPF records of the visited name.
func (p *Pass) spfRecords() []txtValue {
	p.Texts()
	return p.spf
}

// dmarcRecords is the records of the visited name that are of a version of DMARC.
func (p *Pass) dmarcRecords() []txtValue {
	p.Texts()
	return p.dmarc
}

// span is where bytes i to j of a text are written; the whole record where they are none.
func (p *Pass) span(v txtValue, i, j int) zonefile.Span {
	if i >= j || j > len(v.text) {
		return recordSpan(v.Record)
	}
	if p.written.record != v.Record {
		p.written = spell(v.Record)
	}
	return zonefile.Span{Start: p.written.bytes[i].Start, End: p.written.bytes[j-1].End}
}

// spelling is where each byte of a record's text is written: a record may have thousands of findings.
type spelling struct {
	record zonefile.Record
	bytes  []zonefile.Span
}

// spell finds where the bytes of a record's text are written.
func spell(r zonefile.Record) spelling {
	s := spelling{record: r}
	for _, t := range r.RData() {
		raw, at := t.Text(), t.Span.Start
		if t.Quoted {
			at++
		}
		for k := 0; k < len(raw); {
			width := widthOfFirst(raw[k:])
			s.bytes = append(s.bytes, zonefile.Span{Start: at + uint32(k), End: at + uint32(k+width)})
			k += width
		}
	}
	return s
}

// widthOfFirst tells how long the first byte of a string is written; a bad escape stands for itself.
func widthOfFirst(s string) int {
	switch {
	case s[0] != '\\' || len(s) < 2:
		return 1
	case !isDigit(s[1]):
		return 2
	case len(s) < 4 || !isDigit(s[2]) || !isDigit(s[3]) || s[1:4] > "255":
		return 1
	}
	return 4
}

// isDigit tells an ASCII digit.
func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// AtText reports at bytes i to j of a TXT record's text.
func (p *Pass) AtText(v txtValue, i, j int, format string, args ...any) *Diagnostic {
	return p.Report(v.File(), p.span(v, i, j), format, args...)
}

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

// cutOff tells a record whose text ends at a semicolon that is not quoted: the rest of it is a comment.
func cutOff(v txtValue) bool {
	if v.quoted || v.text == "" {
		return false
	}
	rest := strings.TrimLeft(strings.TrimLeft(v.Comment(), ";"), " \t")
	i := strings.IndexByte(rest, '=')
	return i > 0 && i <= 5 && strings.Trim(rest[:i], "abcdefghijklmnopqrstuvwxyz ") == ""
}

// quoteAll puts the whole text of a cut-off record in quotes.
func quoteAll(r zonefile.Record) Fix {
	return Fix{
		Message: "put the whole text in quotes",
		Make: on(func(_ *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			r := now[0]
			data := r.RData()
			start, end := data[0].Span.Start, r.Span().End
			text := r.File().Slice(zonefile.Span{Start: start, End: end})
			line := strings.TrimRight(string(text[:lineEnd(text)]), " \t\r")
			s := zonefile.Span{Start: start, End: start + uint32(len(line))}
			return []zonefile.Edit{{File: r.File(), Span: s, New: quoteStrings(line)}}, nil
		}, r),
	}
}

// quoteStrings writes text as quoted strings of at most 255 octets.
func quoteStrings(text string) string {
	var parts []string
	for len(text) > 255 {
		parts = append(parts, text[:255])
		text = text[255:]
	}
	return `"` + strings.Join(append(parts, text), `" "`) + `"`
}
