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
			if !plain && bytes.IndexByte(t.bytes(i), '\\') >= 0 && t.isSoft(i) {
				t.odd.soft = append(t.odd.soft, uint16(i))
			} else if t.numbersType(i) || !plain && (bytes.IndexByte(t.bytes(i), '\\') >= 0 || !isASCII(t.bytes(i))) {
				t.odd.escaped = append(t.odd.escaped, uint16(i))
				continue
			}
			if t.isParted(i) {
				t.odd.part(t, i)
			}
			if t.entries[i].kind == kindRecord && t.isSpread(i) {
				t.odd.spread = append(t.odd.spread, uint16(i))
			}
		}
		t.odd.clip()
	})
	return &t.odd
}

// isSoft tells a record of strings whose escapes are all of semicolons, in its data: what has none is found in its bytes.
func (t *text) isSoft(i int) bool {
	e := &t.entries[i]
	row := t.bytes(i)
	return e.kind == kindRecord && (e.typ == TypeTXT || e.typ == TypeSPF) && !t.numbersType(i) &&
		bytes.IndexByte(row, '\\') >= int(e.rdata-e.start) && onlySemicolons(row) && isASCII(row)
}

// onlySemicolons tells a text whose escapes are all of semicolons.
func onlySemicolons(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '\\')
		if i < 0 {
			return true
		}
		if i+1 == len(text) || text[i+1] != ';' {
			return false
		}
		text = text[i+2:]
	}
}

// isSoft tells a text that is found in bytes though semicolons are escaped there: it has none.
func (s *Search) isSoft() bool {
	return bytes.IndexByte(s.plain, ';') < 0 && bytes.IndexByte(s.plain, '\\') < 0
}

// clip gives back the room that is not used.
func (o *oddRows) clip() {
	for _, list := range []*[]uint16{&o.escaped, &o.soft, &o.parted, &o.loose, &o.spread} {
		*list = slices.Clip(*list)
	}
	o.joints = slices.Clip(o.joints)
}

// part adds a record of strings: with its joints where all of it stands between quotes, else it is loose.
func (o *oddRows) part(t *text, i int) {
	from := len(o.joints)
	var before []byte
	for row := t.src[t.entries[i].rdata:t.end(i)]; ; {
		row = behindComments(row)
		if len(row) == 0 && before != nil {
			o.parted = append(o.parted, uint16(i))
			return
		}
		size := -1
		if len(row) > 0 && row[0] == '"' {
			size = bytes.IndexByte(row[1:], '"')
		}
		if size < 0 || len(bytes.Trim(row[1:][:size], betweenWords)) == 0 { // words without quotes, nothing
			o.joints = o.joints[:from]
			o.loose = append(o.loose, uint16(i))
			return
		}
		str := row[1:][:size]
		if before != nil {
			o.joints = append(o.joints, newJoint(i, before, str))
		}
		before, row = str, row[size+2:]
	}
}

// betweenWords is what stands between words.
const betweenWords = " \t\r\n"

// behindComments is a text without what stands before its first word: blanks, brackets, comments.
func behindComments(text []byte) []byte {
	for {
		text = bytes.TrimLeft(text, betweenWords+"()")
		if len(text) == 0 || text[0] != ';' {
			return text
		}
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			return nil
		}
		text = text[end:]
	}
}

// newJoint is where one string of an entry ends and another begins.
func newJoint(i int, before, behind []byte) joint {
	last, first := bytes.TrimRight(before, betweenWords), bytes.TrimLeft(behind, betweenWords)
	j := joint{uint16(i), lower(last[len(last)-1]), lower(first[0]), 0, len(last) < len(before) || len(first) < len(behind)}
	if len(first) > 1 {
		j.second = smallLetter[first[1]]
	}
	return j
}

// inAddress tells whether an address of a family, or a network, may go on at the joint.
func (j joint) inAddress(is6 bool) bool {
	return !j.blank && (j.last == '/' || inAddress(j.last, is6)) && (j.first == '/' || inAddress(j.first, is6))
}

// numbersType tells a record, or one that is commented out, whose type is perhaps written as a number, TYPE15 (RFC 3597 §5).
func (t *text) numbersType(i int) bool {
	switch e := &t.entries[i]; {
	case e.kind == kindRecord:
		return isDigit(t.src[e.rdata-1])
	case e.kind == kindBlank && t.src[e.start] == ';':
		a := newAnchor(aType)
		return a.isIn(t.bytes(i))
	}
	return false
}

var aType = []byte("type")

// isSpread tells a record whose words the file may part by more than blanks, or whose quotes a list may show elsewhere: key="value" is
// two words of the data, and "name" an owner.
func (t *text) isSpread(i int) bool {
	row := t.bytes(i)
	quoted := bytes.IndexByte(row, '"')
	return quoted == 0 || quoted > 0 && (!isBlank(row[quoted-1]) || bytes.Count(row, aQuote) != 2) ||
		t.entries[i].flags&multiLine != 0 || bytes.IndexByte(row, '(') >= 0
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
