package zonefile

// The rows of a text that have to be read to know what they say: each search looks at them, so they are found once.

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// oddRows finds them once.
func (t *text) oddRows() *oddRows {
	t.oddOnce.Do(func() {
		plain := bytes.IndexByte(t.src, '\\') < 0 && isASCII(t.src)
		for i := range t.entries {
			switch {
			case t.numbersType(i), !plain && (bytes.IndexByte(t.bytes(i), '\\') >= 0 || !isASCII(t.bytes(i))):
				t.odd.escaped = append(t.odd.escaped, uint16(i))
			case t.isParted(i):
				t.odd.parted = append(t.odd.parted, uint16(i))
			}
		}
		t.odd.escaped, t.odd.parted = slices.Clip(t.odd.escaped), slices.Clip(t.odd.parted)
	})
	return &t.odd
}

// numbersType tells a record whose type is perhaps written as a number, TYPE15 (RFC 3597 §5).
func (t *text) numbersType(i int) bool {
	e := &t.entries[i]
	return e.kind == kindRecord && isDigit(t.src[e.rdata-1])
}

// isParted tells a record of strings that may have several: all that are not one between two quotes, with nothing but a comment or
// a bracket behind it.
func (t *text) isParted(i int) bool {
	e := &t.entries[i]
	if e.kind != kindRecord || e.typ != TypeTXT && e.typ != TypeSPF {
		return false
	}
	row := t.bytes(i)
	data := bytes.TrimLeft(row[e.rdata-e.start:], " \t")
	if len(data) == 0 || data[0] != '"' || bytes.Count(row, aQuote) != 2 {
		return true
	}
	behind := bytes.TrimLeft(row[bytes.LastIndexByte(row, '"')+1:], " \t\r\n)")
	return len(behind) > 0 && behind[0] != ';' || bytes.IndexByte(behind, '\n') >= 0
}

var aQuote = []byte{'"'}

// isASCII tells a text without bytes beyond.
func isASCII(text []byte) bool {
	const beyond = 0x8080808080808080
	for ; len(text) >= 8; text = text[8:] {
		if binary.LittleEndian.Uint64(text)&beyond != 0 {
			return false
		}
	}
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
