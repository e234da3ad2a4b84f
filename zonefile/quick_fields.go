package zonefile

// The fields that quick reads of the types that are not all addresses and names: those of signed zones most of
// all, which are five times as long. Each takes what is good beyond doubt, and no other.

func quickUint8(q *quick) bool   { return q.number(1<<8 - 1) }
func quickUint16(q *quick) bool  { return q.number(1<<16 - 1) }
func quickUint32(q *quick) bool  { return q.number(1<<32 - 1) }
func quickName(q *quick) bool    { return q.target() }
func quickStrings(q *quick) bool { return q.strings() }

// quickNamed8 reads a number where a name of one may stand.
func quickNamed8(q *quick) bool { return q.shortNumber(1<<8 - 1) }

// quickNamed16 is quickNamed8 for two octets.
func quickNamed16(q *quick) bool { return q.shortNumber(1<<16 - 1) }

// shortNumber reads a number of so few digits that it is no name.
func (q *quick) shortNumber(limit int) bool {
	start := q.pos
	return q.number(limit) && q.pos-start <= maxDigits
}

// quickSeconds reads a time of an SOA.
func quickSeconds(q *quick) bool {
	_, ok := parseTTL(q.word())
	return ok
}

// quickLabels reads the number of labels of the owner of an RRSIG.
func quickLabels(q *quick) (ok bool) {
	q.labels, ok = q.decimal(1<<8 - 1)
	return ok
}

// quickSigner reads a signer that is written as an absolute name, with no more labels than the owner has.
func quickSigner(q *quick) bool {
	start, dots := q.pos, 0
	if !q.target() {
		return false
	}
	text := q.src[start:q.pos]
	for _, c := range text {
		if c == '.' {
			dots++
		}
	}
	return text[len(text)-1] == '.' && (len(text) == 1 || dots <= q.labels)
}

// quickType reads the name of a record type.
func quickType(q *quick) bool {
	w := q.word()
	if commonType(w) != 0 {
		return true
	}
	_, ok := parseType(w)
	return ok
}

// quickTypes reads record types to the end of the data.
func quickTypes(q *quick) bool {
	for n := 0; ; n++ {
		if q.pos >= len(q.src) || !nameByte[q.src[q.pos]] {
			return n > 0
		}
		if !quickType(q) {
			return false
		}
		q.gap()
	}
}

// quickTime reads a time of fourteen digits: one since 1970, and before the days that not all months have.
func quickTime(q *quick) bool {
	if len(q.src)-q.pos < len(dateForm) {
		return false
	}
	text := q.src[q.pos:][:len(dateForm)]
	if !allDigits(text) {
		return false
	}
	two := func(i int) int { return int(text[i]-'0')*10 + int(text[i+1]-'0') }
	year, month, day := two(0)*100+two(2), two(4), two(6)
	if year < 1970 || month < 1 || month > 12 || day < 1 || day > monthDays[month-1] {
		return false
	}
	q.pos += len(dateForm)
	return two(8) < 24 && two(10) < 60 && two(12) < 60
}

// monthDays is the days that each month has in every year.
var monthDays = [12]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// quickBase64 reads whole base64 to the end of the data.
func quickBase64(q *quick) bool {
	n, last := 0, byte(0)
	for {
		start := q.pos
		for q.pos < len(q.src) && base64Value[q.src[q.pos]] != notBase64 {
			q.pos++
		}
		if n += q.pos - start; q.pos > start {
			last = base64Value[q.src[q.pos-1]]
		}
		if pads := q.pads(); pads > 0 { // no bits stand behind the last octet
			return n > 0 && pads <= 2 && (n+pads)%4 == 0 && last&(1<<(2*pads)-1) == 0
		}
		if !q.gap() || q.pos >= len(q.src) || base64Value[q.src[q.pos]] == notBase64 && q.src[q.pos] != '=' {
			return n > 0 && n%4 == 0
		}
	}
}

// pads skips the padding of base64 and tells its length.
func (q *quick) pads() int {
	start := q.pos
	for q.pos < len(q.src) && q.src[q.pos] == '=' {
		q.pos++
	}
	return q.pos - start
}

// notBase64 stands for a byte that is no digit of base64.
const notBase64 = 64

// base64Value is the value of every byte as a digit of base64 (RFC 4648 §4).
var base64Value = func() (t [256]byte) {
	for i := range t {
		t[i] = notBase64
	}
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		t[c] = byte(i)
	}
	return t
}()

// quickHex reads octets in hex to the end of the data.
func quickHex(q *quick) bool { return q.hex(-1) }

// hex reads hex digits to the end of the data: of so many octets, or of any number above none if that is negative.
func (q *quick) hex(octets int) bool {
	digits := 0
	for q.pos < len(q.src) && isHex(q.src[q.pos]) {
		for ; q.pos < len(q.src) && isHex(q.src[q.pos]); q.pos++ {
			digits++
		}
		if !q.gap() {
			break
		}
	}
	return digits > 0 && digits%2 == 0 && (octets < 0 || digits == 2*octets)
}

// digest reads the number of a kind of digest, and a digest of its size.
func (q *quick) digest(size func(kind byte) int) bool {
	start := q.pos
	kind, ok := q.decimal(1<<8 - 1)
	return ok && q.pos-start <= maxDigits && q.gap() && q.hex(size(byte(kind)))
}

// quickSalt reads the salt of NSEC3.
func quickSalt(q *quick) bool {
	w := q.word()
	return string(w) == "-" || len(w) > 0 && len(w)%2 == 0 && len(w) <= 2*MaxString && allHex(w)
}

// quickTag reads the tag of a CAA.
func quickTag(q *quick) bool {
	start := q.pos
	for q.pos < len(q.src) && (isDigit(q.src[q.pos]) || 'a' <= lower(q.src[q.pos]) && lower(q.src[q.pos]) <= 'z') {
		q.pos++
	}
	return q.pos > start && q.pos-start <= MaxString
}

// quickValue reads text in quotes, without escapes.
func quickValue(q *quick) bool {
	if q.pos >= len(q.src) || q.src[q.pos] != '"' {
		return false
	}
	size := plainQuoted(q.src[q.pos:])
	q.pos += size
	return size > 0
}
