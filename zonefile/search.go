package zonefile

// A text that is looked for in zones. It is found whatever the case is, however wide blanks are, and whether octets are written as
// they are or as escapes; no character of it means anything but itself. A row of a file has it
//
//   - where its bytes have it, as the file writes them: owner, data, a comment, a record that is commented out;
//   - in its record on one line as lists show it, the owner first, also one that it inherits, then type and data;
//   - in its owner, and in a name of its data, as a whole name: so far as what is found begins in what is written, for else each
//     name of the zone would have the origin;
//   - in the value of a TXT record, whose strings are read with nothing between them (RFC 7208 §3.3).
//
// An address is found besides in any spelling, in the networks that hold it, and backwards (see search_address.go).

import (
	"bytes"
	"net/netip"
	"unicode"
	"unicode/utf8"
)

// Search is a text that is looked for. It never changes.
type Search struct {
	text    string
	plain   []byte       // in small letters, with one blank between words
	octets  []byte       // plain with its escapes resolved
	whole   bool         // it is found where no word goes on beside it
	isLabel bool         // it has no dot: a name has it in what is written, or nowhere
	typed   bool         // its second word begins a type, and is one where words follow: else the first ends no owner on a record's line
	net     netip.Prefix // of an address, or a network; else not valid
	also    []*Search    // other ways to write an address
}

// NewSearch is a search for a text. One of blanks alone is empty, and finds whatever is no blank line.
func NewSearch(text string) *Search {
	s := newText(text)
	s.text = text
	s.readAddress(text)
	return s
}

// newText is a search for a text and nothing that it may mean.
func newText(text string) *Search {
	s := &Search{plain: appendFolded(nil, []byte(text))}
	s.octets = resolved(nil, s.plain)
	s.isLabel = bytes.IndexByte(s.octets, '.') < 0
	_, rest, _ := bytes.Cut(s.plain, aBlank)
	second, _, more := bytes.Cut(rest, aBlank)
	s.typed = beginsType(second, more)
	return s
}

var aBlank = []byte{' '}

// endsOrigin tells a word that begins within an origin or at the dot before it, where names are found no more, and ends with it.
func endsOrigin(word []byte, origin Name) bool {
	return origin != Root && string(word) != string(origin) && bytes.HasSuffix([]byte("."+origin), word)
}

// resolved appends a folded text with its escapes resolved, in small letters again: \065 is an A.
func resolved(to, plain []byte) []byte {
	from := len(to)
	to = appendUnescaped(to, plain)
	for i := from; i < len(to); i++ {
		to[i] = lower(to[i])
	}
	return to
}

// Text is what is looked for, as it was given.
func (s *Search) Text() string { return s.text }

// IsEmpty tells a search for nothing.
func (s *Search) IsEmpty() bool { return len(s.plain) == 0 }

// equals tells whether another search is for the same.
func (s *Search) equals(o *Search) bool { return bytes.Equal(s.plain, o.plain) && s.net == o.net }

// narrows tells whether all rows that have the text have that of another search, whatever its address.
func (s *Search) narrows(o *Search) bool {
	return len(o.plain) > 0 && bytes.HasPrefix(s.plain, o.plain) && bytes.IndexByte(s.plain, '\\') < 0
}

// appendFolded appends a text in small letters, with one blank between its words and none around them. Bytes that are no UTF-8
// stay.
func appendFolded(to, text []byte) []byte {
	from := len(to)
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			if len(to) > from && to[len(to)-1] != ' ' {
				to = append(to, ' ')
			}
			i++
		case c < utf8.RuneSelf:
			to = append(to, lower(c))
			i++
		default:
			r, n := utf8.DecodeRune(text[i:])
			if r == utf8.RuneError {
				to = append(to, text[i:i+n]...)
			} else {
				to = utf8.AppendRune(to, unicode.ToLower(r))
			}
			i += n
		}
	}
	if len(to) > from && to[len(to)-1] == ' ' {
		to = to[:len(to)-1]
	}
	return to
}

// folder holds what a text was folded to last: many are looked at.
type folder struct{ folded, solved []byte }

// in tells whether a text has what is looked for.
func (s *Search) in(f *folder, text []byte) bool {
	f.folded = appendFolded(f.folded[:0], text)
	if s.within(f.folded, s.plain, 0) >= 0 {
		return true
	}
	if bytes.IndexByte(f.folded, '\\') < 0 {
		return len(s.octets) != len(s.plain) && s.within(f.folded, s.octets, 0) >= 0
	}
	f.solved = resolved(f.solved[:0], f.folded)
	return s.within(f.solved, s.octets, 0) >= 0
}

// within is where a folded text has a needle from a place on; -1 if nowhere.
func (s *Search) within(text, needle []byte, from int) int {
	for {
		i := bytes.Index(text[from:], needle)
		if i < 0 {
			return -1
		}
		if from += i; !s.whole || isWhole(text, from, from+len(needle)) {
			return from
		}
		from++
	}
}

// isWhole tells whether no word goes on before or behind a part of a text. A dot at the end of a name does not count.
func isWhole(text []byte, start, end int) bool {
	if start > 0 && joinsWord(text[start-1]) {
		return false
	}
	if end < len(text) && text[end] == '.' {
		end++
	}
	return end == len(text) || !joinsWord(text[end])
}

// joinsWord tells a byte of a name or of an address.
func joinsWord(c byte) bool { return nameByte[c] || c == '.' || c == ':' }

// In is the first place in a text where what is looked for stands, as far as it is written there; from and to are the same where
// it is not.
func (s *Search) In(text string) (from, to int) {
	if s.IsEmpty() {
		return 0, 0
	}
	for i := range text {
		if n := s.matchAt(text, i); n > 0 {
			return i, i + n
		}
	}
	for _, o := range s.also {
		if from, to := o.In(text); to > from {
			return from, to
		}
	}
	if s.net.IsValid() {
		if a := addressWithin([]byte(text), s.net); a.Len() > 0 {
			return int(a.Start), int(a.End)
		}
	}
	return s.beginsIn(text)
}

// matchAt is how many bytes of a text from a place on are what is looked for; 0 if they are not.
func (s *Search) matchAt(text string, at int) int {
	i := at
	for rest := s.plain; len(rest) > 0; {
		if i >= len(text) {
			return 0
		}
		want, w := utf8.DecodeRune(rest)
		got, n := utf8.DecodeRuneInString(text[i:])
		switch {
		case want == ' ' && isBlank(text[i]):
			for i < len(text) && isBlank(text[i]) {
				i++
			}
		case want == utf8.RuneError && w == 1 && rest[0] == text[i], want != utf8.RuneError && want == unicode.ToLower(got):
			i += n
		default:
			return 0
		}
		rest = rest[w:]
	}
	if s.whole && !isWhole([]byte(text), at, i) {
		return 0
	}
	return i - at
}

// isBlank tells a byte that parts words.
func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// beginsIn is where a text has a word that what is looked for begins in and goes on as a name does: mail of mail.example.com.
func (s *Search) beginsIn(text string) (from, to int) {
	for p := len(s.plain) - 1; p > 0; p-- {
		if s.plain[p] != '.' || bytes.IndexByte(s.plain, ' ') >= 0 {
			continue
		}
		head := Search{plain: s.plain[:p]}
		for i := range text {
			if n := head.matchAt(text, i); n > 0 && (i+n == len(text) || !joinsWord(text[i+n])) {
				return i, i + n
			}
		}
	}
	return 0, 0
}
