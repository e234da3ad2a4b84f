package zonefile

// Nearly all lines of a large zone are records of a few types on one line without parentheses. quickRecord
// reads such a line in one pass, checks it on the way, and leaves everything else to readEntry. What it
// takes it reads exactly as readEntry and checkRData would; a fuzz test holds the two against each other.

// quick is a line being read.
type quick struct {
	src []byte
	pos int
}

// quickName is the longest name text that is known to be within bounds under an origin of that length, too.
const quickName = 120

// quickStrings is how many strings a TXT record may have that is known not to be too long.
const quickStrings = 200

// quickRecord reads the record at pos, and tells the place behind its line end.
func quickRecord(src []byte, pos int) (e entry, next int, ok bool) {
	q := quick{src, pos}
	e = entry{start: uint32(pos), kind: kindRecord, flags: checked}
	if q.blanks() == 0 {
		start := q.pos
		if !q.name() || q.pos-start > quickName || q.blanks() == 0 {
			return e, 0, false
		}
		for i := q.pos - 1; q.src[i] == ' ' || q.src[i] == '\t'; i-- {
			e.ownerLen = uint16(i - start)
		}
	}
	if !q.head(&e) || !q.data(e.typ) || !q.lineEnd() {
		return e, 0, false
	}
	return e, q.pos, true
}

// blanks skips blanks and tells how many.
func (q *quick) blanks() int {
	start := q.pos
	for q.pos < len(q.src) && (q.src[q.pos] == ' ' || q.src[q.pos] == '\t') {
		q.pos++
	}
	return q.pos - start
}

// name reads a name of plain bytes with labels of a good length, or a lone @ or dot.
func (q *quick) name() bool {
	start, label := q.pos, q.pos
	for ; q.pos < len(q.src); q.pos++ {
		c := q.src[q.pos]
		if nameByte[c] {
			continue
		}
		if c != '.' {
			break
		}
		if n := q.pos - label; n == 0 || n > maxLabel {
			return false
		}
		label = q.pos + 1
	}
	if q.pos == start && q.pos < len(q.src) && q.src[q.pos] == '@' {
		q.pos++
		return true
	}
	return q.pos > start && q.pos-label <= maxLabel
}

// word reads letters and digits.
func (q *quick) word() []byte {
	start := q.pos
	for q.pos < len(q.src) && nameByte[q.src[q.pos]] {
		q.pos++
	}
	return q.src[start:q.pos]
}

// head reads TTL, class and type, with the blanks behind them.
func (q *quick) head(e *entry) bool {
	for class := false; ; {
		w := q.word()
		if len(w) == 0 {
			return false
		}
		end := q.pos
		if q.blanks() == 0 {
			return false
		}
		switch ttl, isTTL := parseTTL(w); {
		case isTTL && e.flags&hasTTL == 0 && ttl <= MaxTTL:
			e.ttl, e.flags = ttl, e.flags|hasTTL
		case isTTL:
			return false
		case !class && len(w) == 2 && lower(w[0]) == 'i' && lower(w[1]) == 'n':
			class = true
		default:
			e.typ, e.rdata = commonType(w), uint32(end)
			return e.typ != 0
		}
	}
}

// data reads the RDATA of the types that fill zones.
func (q *quick) data(t Type) bool {
	switch t {
	case TypeA:
		return q.ipv4()
	case TypeAAAA:
		return q.ipv6()
	case TypeMX:
		return q.number(65535) && q.blanks() > 0 && q.target()
	case TypeNS, TypeCNAME, TypePTR:
		return q.target()
	case TypeTXT:
		return q.strings()
	}
	return false
}

// target reads a name of RDATA.
func (q *quick) target() bool {
	start := q.pos
	if q.pos < len(q.src) && q.src[q.pos] == '.' {
		q.pos++
		return true
	}
	return q.name() && q.pos-start <= quickName
}

// number reads a decimal number up to limit.
func (q *quick) number(limit int) bool {
	n, start := 0, q.pos
	for q.pos < len(q.src) && isDigit(q.src[q.pos]) && n <= limit {
		n = n*10 + int(q.src[q.pos]-'0')
		q.pos++
	}
	return q.pos > start && n <= limit
}

// ipv4 reads four numbers without leading zeros.
func (q *quick) ipv4() bool {
	for i := range 4 {
		if i > 0 {
			if q.pos >= len(q.src) || q.src[q.pos] != '.' {
				return false
			}
			q.pos++
		}
		start := q.pos
		if !q.number(255) || q.src[start] == '0' && q.pos-start > 1 {
			return false
		}
	}
	return true
}

// ipv6 reads an IPv6 address in hex, with one :: at the most.
func (q *quick) ipv6() bool {
	groups, digits, gap := 0, 0, false
	for ; q.pos < len(q.src); q.pos++ {
		c := q.src[q.pos]
		if isDigit(c) || 'a' <= lower(c) && lower(c) <= 'f' {
			if digits++; digits == 1 {
				groups++
			}
			continue
		}
		if c != ':' {
			break
		}
		double := q.pos+1 < len(q.src) && q.src[q.pos+1] == ':'
		if digits > 4 || digits == 0 && !double || double && gap {
			return false
		}
		if double {
			gap = true
			q.pos++
		}
		digits = 0
	}
	last := q.src[q.pos-1] == ':' && q.src[q.pos-2] != ':'
	return digits <= 4 && !last && (groups == 8 && !gap || groups < 8 && gap)
}

// strings reads quoted strings without escapes.
func (q *quick) strings() bool {
	for n := 0; ; n++ {
		if q.pos >= len(q.src) || q.src[q.pos] != '"' {
			return n > 0 && n < quickStrings
		}
		size := plainQuoted(q.src[q.pos:])
		if size == 0 || size-2 > MaxString {
			return false
		}
		q.pos += size
		q.blanks()
	}
}

// lineEnd reads blanks, a comment, and the LF that ends the line.
func (q *quick) lineEnd() bool {
	q.blanks()
	if q.pos >= len(q.src) {
		return false
	}
	if q.src[q.pos] == ';' {
		q.pos = commentEnd(q.src, q.pos)
	} else if q.src[q.pos] == '\r' {
		q.pos++
	}
	if q.pos >= len(q.src) || q.src[q.pos] != '\n' {
		return false
	}
	q.pos++
	return true
}
