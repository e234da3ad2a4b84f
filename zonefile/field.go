package zonefile

import "fmt"

// The fields of a line, and where they stand in its file: what is marked is what the user has to look at, no blank and no
// comment more.

// Field is a part of a record. RDATA token n is Field(n).
type Field int

// The parts of a record that are not single RDATA tokens.
const (
	FieldOwner   Field = -1 - iota
	FieldTTL           // of the whole RRset: its records have one TTL (RFC 2181 §5.2)
	FieldComment       // behind the data, with or without its ;
	FieldRData         // all of the RDATA, as text
)

// The RDATA tokens that mail needs by name.
const (
	Preference Field = 0 // of MX
	Exchange   Field = 1 // of MX
	Address    Field = 0 // of A and AAAA
	Target     Field = 0 // of CNAME, NS, PTR
	Serial     Field = 2 // of SOA
)

// FieldSpan is where a record's line states its owner, its TTL or a token of its data; false for what it inherits or does
// not have. Data in octets states each in all of them.
func (r Record) FieldSpan(f Field) (Span, bool) {
	t := token{}
	switch f {
	case FieldOwner:
		t = r.c().head(int(r.entry)).owner
	case FieldTTL:
		t = r.c().head(int(r.entry)).ttl
	default:
		if r.IsGeneric() {
			return r.dataSpan(), true
		}
		tok, ok := r.Token(int(f))
		return tok.Span, ok
	}
	begin := r.file.starts[r.chunk]
	return Span{begin + uint32(t.start), begin + uint32(t.end)}, t.start < t.end
}

// Words is where a record says what it says: from its first word to its last.
func (r Record) Words() Span { return Row{r}.Words() }

// Words is where a row says what it says: from its first word to its last, or as far as it can be read. It is empty at the
// start of a blank row.
func (w Row) Words() Span {
	l := lexer{src: w.Text(), bol: true}
	s := Span{}
	for t := l.next(); t.kind == tokInitial || t.kind == tokWord || t.kind == tokQuoted; t = l.next() {
		if t.kind == tokInitial {
			continue
		}
		if s.End == 0 {
			s.Start = uint32(t.start)
		}
		s.End = uint32(t.end)
	}
	start := w.Span().Start
	return Span{start + s.Start, start + s.End}
}

// lexField splits the text of a field, and refuses what would not stay inside it. A quoted string is one word with what stands right
// before it, as in a parameter of an SVCB (RFC 9460 §2.1).
func lexField(text string) ([]string, error) {
	if err := checkOneLine(text); err != nil {
		return nil, err
	}
	var words []string
	l := lexer{src: []byte(text)}
	for pos := 0; ; {
		t := l.next()
		for _, c := range l.src[pos:t.start] {
			if classes[c] == openParen || classes[c] == closeParen || classes[c] == semicolon {
				return nil, fmt.Errorf("%q: a field cannot hold %q: quote or escape it", text, c)
			}
		}
		if t.kind == tokEOF {
			return words, nil
		}
		if t.kind == tokBad {
			return nil, fmt.Errorf("%q: %s", text, tokenProblem(&l, t, "unexpected text"))
		}
		if n := len(words) - 1; n >= 0 && t.kind == tokQuoted && t.start == pos && text[pos-1] != '"' {
			words[n] += text[t.start:t.end]
		} else {
			words = append(words, text[t.start:t.end])
		}
		pos = t.end
	}
}
