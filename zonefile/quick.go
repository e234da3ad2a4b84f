package zonefile

// The words of a record that is read in one pass: what cannot be taken at once, without a second look, is not taken.

// quick is a record being read.
type quick struct {
	src    []byte
	pos    int
	open   bool // a parenthesis is
	lines  int  // line ends inside the parentheses
	labels int  // of an RRSIG: those that its owner has
}

// quickNameSize is the longest name text that is known to be within bounds under an origin of that length, too.
const quickNameSize = 120

// quickMaxStrings is how many strings a TXT record may have that is known not to be too long.
const quickMaxStrings = 200

// healLines is how many lines an open parenthesis may take once one was found that never closes. It
// bounds the work on a file full of them: every byte is looked at by at most so many attempts.
const healLines = 64

// blanks skips blanks and tells how many.
func (q *quick) blanks() int {
	start := q.pos
	for q.pos < len(q.src) && (q.src[q.pos] == ' ' || q.src[q.pos] == '\t') {
		q.pos++
	}
	return q.pos - start
}

// gap skips what may stand between two words of data: blanks, a parenthesis, and inside it line ends and comments. It tells
// whether anything did. As many lines as an open parenthesis may always take are taken.
func (q *quick) gap() bool {
	start := q.pos
	for ; q.pos < len(q.src); q.pos++ {
		switch c := q.src[q.pos]; {
		case c == ' ' || c == '\t':
		case c == '(' && !q.open:
			q.open = true
		case !q.open:
			return q.pos > start
		case c == ')':
			q.open = false
		case c == ';':
			q.pos = commentEnd(q.src, q.pos) - 1
		case c == '\n' && q.lines < healLines-1:
			q.lines++
		case c == '\r' && q.pos+1 < len(q.src) && q.src[q.pos+1] == '\n':
		default:
			return q.pos > start
		}
	}
	return q.pos > start
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

// target reads a name of RDATA.
func (q *quick) target() bool {
	start := q.pos
	if q.pos < len(q.src) && q.src[q.pos] == '.' {
		q.pos++
		return true
	}
	return q.name() && q.pos-start <= quickNameSize
}

// number reads a decimal number up to limit.
func (q *quick) number(limit int) bool {
	_, ok := q.decimal(limit)
	return ok
}

// decimal is number for those who go by it.
func (q *quick) decimal(limit int) (n int, ok bool) {
	start := q.pos
	for q.pos < len(q.src) && isDigit(q.src[q.pos]) && n <= limit {
		n = n*10 + int(q.src[q.pos]-'0')
		q.pos++
	}
	return n, q.pos > start && n <= limit
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
			return n > 0 && n < quickMaxStrings
		}
		size := plainQuoted(q.src[q.pos:])
		if size == 0 || size-2 > MaxString {
			return false
		}
		q.pos += size
		q.gap()
	}
}
