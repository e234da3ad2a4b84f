package pasted

// Text on its way through web pages, word processors and mail gets letters that look like others or like nothing. What stands for a
// blank, a quote or nothing in all that people write is put right here, and said; all else stays as it is.

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/mailzone/mailzone/zonefile"
)

// line is a line of the text.
type line struct {
	n     int    // from 1
	raw   string // as it stood
	text  string
	notes []string
	gone  bool // a diff takes it away
}

// blanks is what stands for a blank, quotes for a quote, and nothings for nothing.
const (
	blanks   = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
	quotes   = "\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02"
	singles  = "\u2018\u2019\u201a\u201b"
	nothings = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)

// linesOf is a text in lines, whatever ends them.
func linesOf(text string) []line {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(text)
	var out []line
	for i, raw := range strings.Split(text, "\n") {
		l := line{n: i + 1, raw: raw}
		l.clean()
		out = append(out, l)
	}
	return out
}

// clean puts letters right.
func (l *line) clean() {
	var b strings.Builder
	blank, quote, none := 0, 0, 0
	for i, c := range l.raw {
		_, size := utf8.DecodeRuneInString(l.raw[i:])
		switch {
		case c == utf8.RuneError && size == 1:
			b.WriteByte(l.raw[i])
		case c < utf8.RuneSelf:
			b.WriteByte(byte(c))
		case strings.ContainsRune(blanks, c):
			b.WriteByte(' ')
			blank++
		case strings.ContainsRune(quotes, c):
			b.WriteByte('"')
			quote++
		case strings.ContainsRune(singles, c):
			b.WriteByte('\'')
			quote++
		case strings.ContainsRune(nothings, c):
			none++
		default:
			b.WriteRune(c)
		}
	}
	l.text = unquoted(strings.TrimRight(b.String(), " \t"))
	for _, n := range []struct {
		n         int
		one, many string
	}{{blank, "blank of another kind", "blanks of another kind"}, {quote, "curly quote", "curly quotes"}, {none, "letter that is not seen", "letters that are not seen"}} {
		if n.n > 0 {
			l.notes = append(l.notes, zonefile.Plural(n.n, n.one, n.many)+" mended")
		}
	}
}

// unquoted is a line without the sign that mail puts before what it quotes.
func unquoted(text string) string {
	for strings.HasPrefix(text, "> ") || text == ">" {
		text = strings.TrimPrefix(text[1:], " ")
	}
	return text
}

// undiff reads lines as what a diff leaves of them, if they are one. Who writes a list of what goes and what comes writes it alike, with
// a blank behind the sign. knotc puts the zone before each sign, so that its lines need no others.
func undiff(lines []line) {
	for i := range lines {
		l := &lines[i]
		if m := zoneDiff.re().FindStringSubmatch(l.text); m != nil && m[1] == "-" {
			l.gone = true
		} else if m != nil {
			l.text = m[2]
		}
	}
	is := func(p *pattern) bool {
		return slices.ContainsFunc(lines, func(l line) bool { return p.re().MatchString(l.text) })
	}
	hunks := slices.IndexFunc(lines, func(l line) bool { return hunk.re().MatchString(l.text) })
	if hunks < 0 && !(is(&added) && is(&removed)) {
		return
	}
	for i := max(hunks+1, 0); i < len(lines); i++ {
		switch l := &lines[i]; {
		case removed.re().MatchString(l.text):
			l.gone = true
		case added.re().MatchString(l.text) && hunks < 0:
			l.text = strings.TrimLeft(l.text[1:], " \t")
		case hunks >= 0 && l.text != "" && strings.Contains("+ ", l.text[:1]):
			l.text = l.text[1:]
		}
	}
}

// dedent takes from lines the blanks that all of them begin with: code in a page stands to the right.
func dedent(lines []line) {
	least := -1
	for _, l := range lines {
		bare := strings.TrimLeft(l.text, " \t")
		if bare == "" {
			continue
		}
		if n := len(l.text) - len(bare); least < 0 || n < least {
			least = n
		}
	}
	for i := range lines {
		if n := len(lines[i].text); least > 0 && n > 0 {
			lines[i].text = lines[i].text[min(least, n):]
		}
	}
}

// strange is why a line cannot be what somebody wanted to write; "" if it can.
func strange(text string) string { return oddAt(text, oddities).why }

// odd is what cannot be meant, and where it stands.
type odd struct {
	at  int
	why string
}

// Odd finds the first octet of a line, without its comment, of which nobody can have meant what BIND makes of it: letters that look
// like others, HTML, control characters, and what stands for something that is to be filled in. The reason is "" if there is none.
func Odd(line string) (at int, why string) {
	o := oddAt(line, append([]func(string) odd{lookalike}, oddities...))
	return o.at, o.why
}

// oddAt is the first oddity of those that are looked for.
func oddAt(text string, kinds []func(string) odd) (first odd) {
	for _, find := range kinds {
		if o := find(text); o.why != "" && (first.why == "" || o.at < first.at) {
			first = o
		}
	}
	return first
}

// oddities is what is left when letters that look like others are put right.
var oddities = []func(string) odd{oddHTML, oddLetter, oddGap}

// oddHTML finds the source of a page.
func oddHTML(text string) odd {
	m := htmlPart.re().FindStringIndex(text)
	if m == nil {
		return odd{}
	}
	return odd{m[0], "this is HTML (" + text[m[0]:m[1]] + "): copy what the page shows, not its source"}
}

// oddLetter finds control characters and dashes that are no hyphen.
func oddLetter(text string) odd {
	for i, c := range text {
		switch {
		case c < ' ' && c != '\t' || c == 0x7f:
			return odd{i, fmt.Sprintf("a control character, U+%04X: copy the text again", c)}
		case c >= 0x2010 && c <= 0x2015 || c == 0x2212:
			return odd{i, fmt.Sprintf("%s begins with a dash that is no hyphen (U+%04X): write -", wordAt(text, i), c)}
		}
	}
	return odd{}
}

// oddGap finds what is to be filled in.
func oddGap(text string) odd {
	m := placeholder.re().FindStringIndex(text)
	if m == nil {
		return odd{}
	}
	return odd{m[0], text[m[0]:m[1]] + " stands for something that you have to fill in"}
}

// lookalike finds letters that look like a blank, a quote or nothing.
func lookalike(text string) odd {
	for i, c := range text {
		switch {
		case c < 0x80:
		case c == 0xa0:
			return odd{i, "a no-break space (U+00A0), which looks like a blank and is part of a word: type a blank"}
		case strings.ContainsRune(blanks, c):
			return odd{i, fmt.Sprintf("a blank of another kind (U+%04X), which is part of a word: type a blank", c)}
		case strings.ContainsRune(quotes, c), strings.ContainsRune(singles, c):
			return odd{i, fmt.Sprintf("a curly quote (U+%04X), which does not quote: type \"", c)}
		case strings.ContainsRune(nothings, c):
			return odd{i, fmt.Sprintf("a letter that is not seen (U+%04X): take it away", c)}
		}
	}
	return odd{}
}

// wordAt is the word that begins at an offset.
func wordAt(text string, at int) string {
	word, _, _ := strings.Cut(text[at:], " ")
	return word
}
