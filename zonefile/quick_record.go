package zonefile

// Nearly all records of a large zone are of few types and of plain words, and their parentheses stand behind the type.
// quick.record reads such a record in one pass, checks it on the way, and leaves everything else to readEntry. What it
// takes it reads exactly as readEntry and checkRData would; a fuzz test holds the two against each other.

// quickSize is the most bytes of a record that is known not to have too much data.
const quickSize = 1 << 15

// record reads the record at pos, and tells the place behind its line end.
func (q *quick) record(src []byte, pos int) (e entry, next int, ok bool) {
	*q = quick{src: src, pos: pos}
	e = entry{start: uint32(pos), kind: kindRecord, flags: checked}
	if q.blanks() == 0 {
		start := q.pos
		if !q.name() || q.pos-start > quickNameSize || q.blanks() == 0 {
			return e, 0, false
		}
		for i := q.pos - 1; q.src[i] == ' ' || q.src[i] == '\t'; i-- {
			e.ownerLen = uint16(i - start)
		}
	}
	if !q.head(&e) || !q.data(e.typ) || !q.lineEnd() || q.pos-pos > quickSize {
		return e, 0, false
	}
	if q.lines > 0 {
		e.flags |= multiLine
	}
	return e, q.pos, true
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

// data reads the RDATA: of the types that fill zones at once, of others field by field.
func (q *quick) data(t Type) bool {
	q.gap()
	switch t {
	case TypeA:
		return q.ipv4()
	case TypeAAAA:
		return q.ipv6()
	case TypeMX:
		return q.number(65535) && q.gap() && q.target()
	case TypeNS, TypeCNAME, TypePTR:
		return q.target()
	case TypeTXT:
		return q.strings()
	}
	fields := t.allFields()
	for i, f := range fields {
		if f.quick == nil || i > 0 && !q.gap() || !f.quick(q) {
			return false
		}
	}
	return len(fields) > 0
}

// lineEnd reads what closes the parenthesis, blanks, a comment, and the LF that ends the line.
func (q *quick) lineEnd() bool {
	q.gap()
	if q.open || q.pos >= len(q.src) {
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
