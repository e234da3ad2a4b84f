package ui

// Searching in a pane: from the cursor on and round, whatever the case.

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mailzone/mailzone/zonefile"
)

// nextMatch finds the next of n rows for which ok holds, beginning beside row from and going round.
func nextMatch(n, from int, back bool, ok func(int) bool) (int, bool) {
	step := 1
	if back {
		step = n - 1
	}
	for i, left := (from+step)%max(n, 1), n; left > 0; i, left = (i+step)%n, left-1 {
		if ok(i) {
			return i, true
		}
	}
	return 0, false
}

// nextOf is the next of some rows behind row from, going round.
func nextOf(rows []int, from int, back bool) int {
	i, found := slices.BinarySearch(rows, from)
	switch {
	case back:
		i += len(rows) - 1
	case found:
		i++
	}
	return rows[i%len(rows)]
}

// contains tells whether text holds part, whatever the case.
func contains(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

// seeker looks for a text in what is said of a zone, whatever the case, and however wide the blanks are. A name that is typed in full is
// found where it is said as the zone writes it.
type seeker struct {
	text        []byte
	written     []byte // the text with its names as the zone writes them; nil for the same text
	ends        bool   // that ends with one of these names: it does not go on
	said, words []byte // what was looked at last
}

// seeks is a seeker of a text.
func seeks(origin zonefile.Name, text string) *seeker {
	words := appendWords(nil, []byte(text))
	s := &seeker{text: words, written: writtenBelow(string(origin), words)}
	s.ends = !bytes.HasSuffix(s.text, s.written[bytes.LastIndexByte(s.written, ' ')+1:])
	return s
}

// writtenBelow is a text whose words, if they go on with an origin, end before it; nil where none does. The last may be typed in part.
func writtenBelow(origin string, text []byte) []byte {
	words := strings.Split(string(text), " ")
	if len(origin) < 2 {
		return nil
	}
	for i, w := range words {
		switch below := strings.Index(w+".", "."+origin); {
		case w == origin || w+"." == origin:
			words[i] = "@"
		case below > 0 && len(strings.TrimSuffix(w, ".")) == below+len(origin):
			words[i] = w[:below]
		case i == len(words)-1:
			for at := range w {
				if at > 0 && w[at] == '.' && strings.HasPrefix("."+origin, w[at:]) {
					words[i] = w[:at]
					break
				}
			}
		}
	}
	if out := strings.Join(words, " "); out != string(text) {
		return []byte(out)
	}
	return nil
}

// has tells whether something says the text.
func (s *seeker) has(says string) bool { return s.in([]byte(says)) }

// in is has for bytes.
func (s *seeker) in(says []byte) bool {
	s.words = appendWords(s.words[:0], says)
	if bytes.Contains(s.words, s.text) {
		return true
	}
	for at := 0; s.written != nil; at++ {
		i := bytes.Index(s.words[at:], s.written)
		if i < 0 {
			return false
		}
		if at += i; (!s.ends || endsName(s.words[at+len(s.written):])) && (s.written[0] != '@' || at == 0 || s.words[at-1] == ' ') {
			return true
		}
	}
	return false
}

// endsName tells whether a name ends before a text.
func endsName(text []byte) bool {
	goesOn := func(c byte) bool {
		return c >= utf8.RuneSelf || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || bytes.IndexByte([]byte(`-_*\\@`), c) >= 0
	}
	if len(text) > 1 && text[0] == '.' {
		text = text[1:]
	}
	return len(text) == 0 || !goesOn(text[0])
}

// appendWords appends the words of a text in small letters, with one blank between them.
func appendWords(to, text []byte) []byte {
	for _, c := range text {
		if c >= utf8.RuneSelf {
			text = bytes.ToLower(text)
			break
		}
	}
	for _, c := range text {
		switch {
		case c <= ' ':
			if len(to) > 0 && to[len(to)-1] != ' ' {
				to = append(to, ' ')
			}
		case 'A' <= c && c <= 'Z':
			to = append(to, c+'a'-'A')
		default:
			to = append(to, c)
		}
	}
	return bytes.TrimSuffix(to, []byte(" "))
}
