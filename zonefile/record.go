package zonefile

// Records as handles on spans of bytes: what a record says is read from the file when somebody asks.

import (
	"bytes"
	"iter"
	"net/netip"
	"slices"
	"strconv"
	"strings"
)

// Record is a handle on one record of one version of a zone. It is small and comparable; the zero
// Record is no record.
type Record struct {
	z     *Zone
	file  *File
	chunk int32
	entry int32
}

// Records yields the records in the order BIND reads them: an included file's at its $INCLUDE. Broken
// lines and $GENERATE are not records; Rows has them.
func (z *Zone) Records() iter.Seq[Record] {
	return z.recordsOf(nil)
}

// RecordsOf yields the records of some types, as Records does.
func (z *Zone) RecordsOf(types ...Type) iter.Seq[Record] { return z.recordsOf(types) }

// recordsOf yields the records of some types, in the order BIND reads them; without types all. Chunks without any are
// not gone through.
func (z *Zone) recordsOf(types []Type) iter.Seq[Record] {
	return func(yield func(Record) bool) {
		z.root.records(z, types, yield)
	}
}

// records yields the records of f and of what it includes that are of some types.
func (f *File) records(z *Zone, types []Type, yield func(Record) bool) bool {
	for ci, c := range f.chunks {
		if c.mayHave(types) {
			for i := range c.entries {
				if c.entries[i].isOf(types) && !yield(Record{z, f, int32(ci), int32(i)}) {
					return false
				}
			}
		}
		if c.included != nil && !c.included.records(z, types, yield) {
			return false
		}
	}
	return true
}

// Pieces yields the text of the file in pieces of whole rows, each at its offset, without a copy: for a search.
func (f *File) Pieces() iter.Seq2[uint32, []byte] {
	return func(yield func(uint32, []byte) bool) {
		for i, c := range f.chunks {
			if !yield(f.starts[i], c.src[:len(c.src):len(c.src)]) {
				return
			}
		}
	}
}

// c is the record's chunk.
func (r Record) c() *chunk { return r.file.chunks[r.chunk] }

// e is the record's entry.
func (r Record) e() *entry { return &r.c().entries[r.entry] }

// IsZero tells the zero Record.
func (r Record) IsZero() bool { return r.z == nil }

// Zone is the version that the record is of.
func (r Record) Zone() *Zone { return r.z }

// File is the file that holds the record.
func (r Record) File() *File { return r.file }

// Owner is the name that the record belongs to, also where its line leaves it blank.
func (r Record) Owner() Name { return r.c().owner(int(r.entry)) }

// OwnerText is the owner as the line writes it; empty when it is blank.
func (r Record) OwnerText() string { return string(r.c().ownerText(int(r.entry))) }

// Origin is the origin in force at the record.
func (r Record) Origin() Name { return r.c().origin(int(r.entry)) }

// Type is the record's type.
func (r Record) Type() Type { return r.e().typ }

// Foreign tells a record of a class other than IN.
func (r Record) Foreign() bool { return r.e().flags&foreign != 0 }

// TTL is the TTL in seconds that the line states or inherits. RRsetTTL is what BIND serves.
func (r Record) TTL() uint32 { return r.c().inherited[r.entry].ttl }

// loadedTTL is the TTL with which BIND adds the record to the zone: its line's, unless a line above of its RRset has
// another and nothing parts them.
func (r Record) loadedTTL() uint32 { return r.c().loadedTTL(int(r.entry)) }

// StatedTTL is the TTL that the line itself states.
func (r Record) StatedTTL() (seconds uint32, ok bool) {
	e := r.e()
	return e.ttl, e.flags&hasTTL != 0
}

// Span is the record's whole entry, its line end and any comment included.
func (r Record) Span() Span {
	begin := r.file.starts[r.chunk]
	return Span{begin + r.e().start, begin + uint32(r.c().end(int(r.entry)))}
}

// Text is the record's whole entry as written.
func (r Record) Text() []byte { return r.c().bytes(int(r.entry)) }

// Token is one string of a record's RDATA.
type Token struct {
	Span   Span   // in the file
	Raw    string // as written, quotes and escapes included
	Quoted bool
}

// Text is the token without its quotes; escapes stay.
func (t Token) Text() string {
	if !strings.HasPrefix(t.Raw, `"`) {
		return t.Raw
	}
	return string(unquote([]byte(t.Raw)))
}

// RData is the record's RDATA as tokens: comments and parentheses are not among them.
func (r Record) RData() []Token { return r.AppendRData(nil) }

// AppendRData appends the RDATA's tokens to a list, for those who read many.
func (r Record) AppendRData(out []Token) []Token {
	c := r.c()
	var few [8]token
	toks := c.tokens(int(r.entry), few[:0])
	if len(toks) == 0 {
		return out
	}
	begin, from := r.file.starts[r.chunk], toks[0].start
	text := string(c.src[from:toks[len(toks)-1].end]) // the tokens share it
	out = slices.Grow(out, len(toks))
	for _, t := range toks {
		out = append(out, Token{Span{begin + uint32(t.start), begin + uint32(t.end)}, text[t.start-from : t.end-from], t.kind == tokQuoted})
	}
	return out
}

// Token is RDATA token n; false when the record has fewer.
func (r Record) Token(n int) (Token, bool) {
	if t := r.RData(); n >= 0 && n < len(t) {
		return t[n], true
	}
	return Token{}, false
}

// RDataText is the RDATA on one line, as written: a blank stands between tokens but where none did, which is one parameter of an
// SVCB (RFC 9460 §2.1).
func (r Record) RDataText() string {
	var b strings.Builder
	end := uint32(0)
	for i, t := range r.RData() {
		if i > 0 && t.Span.Start > end {
			b.WriteByte(' ')
		}
		b.WriteString(t.Raw)
		end = t.Span.End
	}
	return b.String()
}

// word is RDATA token n without quotes.
func (r Record) word(n int) []byte { return r.c().argument(int(r.entry), n) }

// Word is RDATA token n without its quotes; "" when the record has fewer.
func (r Record) Word(n int) string { return string(r.word(n)) }

// IsRelative tells whether RDATA token n, a name, has dots and none at its end, so that the origin stands behind it.
func (r Record) IsRelative(n int) bool {
	text := r.word(n)
	return bytes.IndexByte(text, '.') >= 0 && (text[len(text)-1] != '.' || escapedAt(string(text), len(text)-1))
}

// targetField is the RDATA token that names another host, for the types that have one.
func (t Type) targetField() (int, bool) {
	switch t {
	case TypeNS, TypeCNAME, TypePTR, TypeDNAME:
		return 0, true
	case TypeMX:
		return 1, true
	case TypeSRV:
		return 3, true
	}
	return 0, false
}

// Target is the name that an MX, NS, CNAME, DNAME, PTR or SRV record leads to: the exchange of an MX.
// It is false for other types and for a name that does not parse.
func (r Record) Target() (Name, bool) {
	n, ok := r.Type().targetField()
	if !ok {
		return "", false
	}
	name, err := parseName(r.field(n), r.Origin())
	return name, err == nil
}

// AppendTarget appends what Target gives to a text, for those who read many.
func (r Record) AppendTarget(b []byte) ([]byte, bool) {
	n, ok := r.Type().targetField()
	if !ok {
		return b, false
	}
	text, origin := r.field(n), r.Origin()
	if out, ok := appendPlain(b, text, origin); ok {
		return out, true
	}
	name, err := parseName(text, origin)
	return append(b, name...), err == nil
}

// Preference is an MX record's preference: lower is tried first (RFC 5321 §5.1).
func (r Record) Preference() (uint16, bool) {
	if r.Type() != TypeMX {
		return 0, false
	}
	n, err := strconv.ParseUint(string(r.field(0)), 10, 16)
	return uint16(n), err == nil
}

// IsGeneric tells data that is written in the form that every type has, \# length hex (RFC 3597 §5).
func (r Record) IsGeneric() bool { return string(r.word(0)) == `\#` }

// OctetsSay is what data that is written as octets says, in the words of its type, on a line; "" for data that is written in words, and
// for octets that are none of the type's.
func (r Record) OctetsSay() string {
	if !r.c().mayBeOctets(int(r.entry)) {
		return ""
	}
	if words, ok := r.c().words(int(r.entry)); ok {
		return string(words)
	}
	return ""
}

// field is word n of the data as the record's type writes it, without quotes.
func (r Record) field(n int) []byte { return r.c().field(int(r.entry), n) }

// IsNullMX tells an MX whose exchange is the root: the domain accepts no mail (RFC 7505 §3).
func (r Record) IsNullMX() bool {
	return r.Type() == TypeMX && bytes.Equal(r.field(1), []byte{'.'})
}

// Addr is the address of an A or AAAA record.
func (r Record) Addr() (netip.Addr, bool) {
	a, err := netip.ParseAddr(string(r.field(0)))
	ok := err == nil && a.Zone() == "" && (r.Type() == TypeA && a.Is4() || r.Type() == TypeAAAA && a.Is6())
	return a, ok
}

// Strings is the value of a TXT or SPF record: its strings with escapes resolved.
func (r Record) Strings() []string {
	var out []string
	var few [8]token
	src, toks, _ := r.c().spelled(int(r.entry), few[:0])
	for _, t := range toks {
		out = append(out, Unescape(string(unquote(src[t.start:t.end]))))
	}
	return out
}

// Joined is the value of a TXT or SPF record as those who use it read it: its strings, escapes resolved, with
// nothing between them (RFC 7208 §3.3). It tells whether the last one is written in quotes.
func (r Record) Joined() (text string, quoted bool) {
	b, quoted := r.AppendJoined(nil)
	return string(b), quoted
}

// AppendJoined appends what Joined gives to a text, for those who read many.
func (r Record) AppendJoined(b []byte) (text []byte, quoted bool) {
	var few [8]token
	src, toks, _ := r.c().spelled(int(r.entry), few[:0])
	if len(toks) == 0 {
		return b, false
	}
	b = slices.Grow(b, int(toks[len(toks)-1].end-toks[0].start))
	for _, t := range toks {
		b = appendUnescaped(b, unquote(src[t.start:t.end]))
	}
	return b, toks[len(toks)-1].kind == tokQuoted
}

// StringsAt is where each of Strings is written in the file: where it is written as octets, each byte of them is all of the data.
func (r Record) StringsAt() (at []WrittenString) {
	c := r.c()
	var few [8]token
	src, toks, octets := c.spelled(int(r.entry), few[:0])
	if octets {
		all := r.dataSpan()
		for _, t := range toks {
			n := len(Unescape(string(unquote(src[t.start:t.end]))))
			at = append(at, WrittenString{from: all.Start, size: n, bytes: slices.Repeat([]Span{all}, n)})
		}
		return at
	}
	for _, t := range toks {
		from := r.file.starts[r.chunk] + uint32(t.start)
		if t.kind == tokQuoted {
			from++
		}
		at = append(at, writtenString(from, unquote(c.src[t.start:t.end])))
	}
	return at
}

// dataSpan is where the data stands, from its first token to its last.
func (r Record) dataSpan() Span {
	all := r.RData()
	return Span{all[0].Span.Start, all[len(all)-1].Span.End}
}

// WrittenString is where the bytes of a string are written in a file. Hardly one has escapes: without them each byte stands
// behind the one before it.
type WrittenString struct {
	from  uint32
	size  int    // of the string in bytes
	bytes []Span // where each of them is written, if it has escapes
}

// writtenString finds the bytes of a string whose text without quotes stands at from.
func writtenString(from uint32, text []byte) WrittenString {
	w := WrittenString{from: from, size: len(text)}
	if bytes.IndexByte(text, '\\') < 0 {
		return w
	}
	for len(text) > 0 {
		n := uint32(escapeLen(text))
		w.bytes = append(w.bytes, Span{from, from + n})
		from, text = from+n, text[n:]
	}
	w.size = len(w.bytes)
	return w
}

// Len is how many bytes the string has.
func (w WrittenString) Len() int { return w.size }

// At is where byte n of the string is written.
func (w WrittenString) At(n int) Span {
	if w.bytes != nil {
		return w.bytes[n]
	}
	at := w.from + uint32(n)
	return Span{at, at + 1}
}

// Comment is the comment at the end of the record's last line, from its `;` on; empty if there is none.
func (r Record) Comment() string {
	s := r.commentSpan()
	return string(r.file.Slice(s))
}

// commentSpan is the place of the comment on the line where the record's data ends; empty at the end of
// that line when there is none.
func (r Record) commentSpan() Span {
	c := r.c()
	src := c.bytes(int(r.entry))
	l := c.lexFromStart(int(r.entry))
	last := l.pos
	for t := l.next(); t.kind == tokWord || t.kind == tokQuoted; t = l.next() {
		last = t.end
	}
	begin := r.Span().Start
	end := len(src)
	for end > last && (src[end-1] == '\n' || src[end-1] == '\r') {
		end--
	}
	from := last
	for i := last; i < end; i++ { // behind the data only blanks, line ends, `)` and comments follow
		if src[i] == ';' {
			eol := min(commentEnd(src, i), end)
			if eol >= end {
				return Span{begin + uint32(i), begin + uint32(end)}
			}
			i = eol
		}
		from = i + 1
	}
	return Span{begin + uint32(max(from, last)), begin + uint32(end)}
}
