package zonefile

// The one door from bytes of files to a terminal.

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Printable is the one way from bytes of a file (and file names, and what other programs say) to a
// terminal: printable ASCII stays, and with utf8 letters, marks, numbers, punctuation and symbols. All
// else is made visible, as \DDD for a byte and U+202E for a character, so that nothing in a zone can
// move the cursor, hide text or reach the clipboard.
func Printable(s string, utf8Terminal bool) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	marks := mostMarks // that the character before has; at the beginning there is none
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		if unicode.In(r, unicode.Mn, unicode.Mc) {
			marks++
		} else if marks = 0; r == ' ' {
			marks = mostMarks
		}
		switch {
		case r < utf8.RuneSelf && r >= ' ' && r != 0x7f:
			b.WriteByte(byte(r))
		case r < utf8.RuneSelf, r == utf8.RuneError && n == 1, !utf8Terminal:
			for _, c := range []byte(s[:n]) {
				fmt.Fprintf(&b, `\%03d`, c)
			}
		case visible(r) && marks <= mostMarks:
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "U+%04X", r)
		}
		s = s[n:]
	}
	return b.String()
}

// isPlain tells whether s is printable ASCII throughout.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// mostMarks is how many marks one character may have: more than any script writes, and too few to cover the lines around.
const mostMarks = 8

// visible tells a character that shows itself and nothing else. Marks are taken where they combine with
// a character; what joins, reorders or has no width of its own is not.
func visible(r rune) bool {
	switch {
	case unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Me):
		return false
	case unicode.Is(unicode.Regional_Indicator, r), 0x1F3FB <= r && r <= 0x1F3FF:
		return false // combine with their neighbours to a width that terminals disagree on
	}
	return unicode.In(r, unicode.L, unicode.Mn, unicode.Mc, unicode.N, unicode.P, unicode.S)
}
