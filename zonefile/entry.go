package zonefile

import "strings"

// readEntry reads one entry's head, as BIND's load_text does: white space or an owner, then TTL and
// class in either order, then the type. The RDATA is only skipped here; validators read it on demand.

// problem is why an entry is broken, and the culprit's place in the text that was read.
type problem struct {
	msg        string
	start, end int
}

// readEntry reads the entry at l.pos and leaves l behind its line end. A problem goes with kindBroken;
// l.fault is faultParenOpen when a parenthesis never closes, and then l's place means nothing.
func readEntry(l *lexer) (entry, problem) {
	e := entry{start: uint32(l.pos), rdata: uint32(l.pos)}
	start := l.pos
	t := l.next()
	switch {
	case t.kind == tokInitial:
		t = l.next()
		if t.kind == tokEOL || t.kind == tokEOF {
			return e, problem{}
		}
	case t.kind == tokEOL || t.kind == tokEOF:
		return e, problem{}
	case startsDirective(l, t):
		return readDirective(l, e, t)
	case t.kind == tokWord || t.kind == tokQuoted:
		if t.start != start {
			e.flags |= oddOwner
		}
		e.ownerLen = uint16(min(t.end-t.start, 1<<16-1))
		t = l.next()
	}
	return readHead(l, e, t)
}

// startsDirective tells a first word that starts with a $, be it in quotes or not (BIND).
func startsDirective(l *lexer, t token) bool {
	if t.kind != tokWord && t.kind != tokQuoted {
		return false
	}
	text := unquote(l.src[t.start:t.end])
	return len(text) > 0 && text[0] == '$'
}

// readHead reads TTL, class and type from t on, and skips the RDATA.
func readHead(l *lexer, e entry, t token) (entry, problem) {
	e.kind = kindRecord
	e.rdata = uint32(t.start)
	var classSeen bool
	for t.kind == tokWord {
		word := l.src[t.start:t.end]
		if ttl, ok := parseTTL(word); ok && e.flags&hasTTL == 0 {
			e.ttl, e.flags = ttl, e.flags|hasTTL
		} else if class, ok := parseClass(word); ok && !classSeen {
			classSeen = true
			if class != classIN {
				e.flags |= foreign
			}
		} else if typ, ok := parseType(word); ok && !typ.isMeta() && !typ.isObsolete() {
			e.typ, e.rdata = typ, uint32(t.end)
			return endRecord(l, e)
		} else {
			return broken(l, e, t, headProblem(word, e.flags&hasTTL != 0))
		}
		e.rdata = uint32(t.end)
		t = l.next()
	}
	return broken(l, e, t, tokenProblem(l, t, "the line has no record type: add one, as in `mx1 IN A 192.0.2.1`"))
}

// endRecord skips the RDATA to the end of the line.
func endRecord(l *lexer, e entry) (entry, problem) {
	strings := 0 // of a TXT record, those that are good beyond doubt; -1 once there was another token
	for {
		switch t := l.next(); {
		case t.kind == tokEOL || t.kind == tokEOF:
			if e.typ == TypeTXT && strings > 0 && strings < quickMaxStrings && e.flags&foreign == 0 && e.ownerIsQuick(l.src) {
				e.flags |= checked
			}
			return e, problem{}
		case t.kind == tokBad:
			return broken(l, e, t, tokenProblem(l, t, ""))
		case t.kind == tokQuoted && strings >= 0 && t.end-t.start-2 <= MaxString && plainQuoted(l.src[t.start:]) == t.end-t.start:
			strings++
		default:
			strings = -1
		}
	}
}

// ownerIsQuick tells an owner that needs no second look, or none, and a TTL within bounds.
func (e entry) ownerIsQuick(src []byte) bool {
	q := quick{src: src, pos: int(e.start)}
	blank := e.ownerLen == 0 && e.flags&oddOwner == 0
	return e.ttl <= MaxTTL && (blank || q.name() && q.pos-int(e.start) == int(e.ownerLen) && e.ownerLen <= quickNameSize)
}

// broken makes a broken entry of e, skipping the rest of its line.
func broken(l *lexer, e entry, t token, msg string) (entry, problem) {
	e.kind = kindBroken
	p := problem{msg, t.start, t.end}
	unclosed := t.kind == tokBad && l.fault == faultParenOpen
	if !unclosed && t.kind != tokEOL && t.kind != tokEOF {
		first := l.fault
		if l.skipLine() {
			l.fault = first
		}
	}
	return e, p
}

// directives are the words that BIND knows behind a $ at the start of a line.
var directives = []struct {
	word string
	kind entryKind
}{
	{"$origin", kindOrigin}, {"$ttl", kindTTL}, {"$include", kindInclude},
	{"$generate", kindGenerate}, {"$date", kindDate},
}

// readDirective reads a line that starts with the word t, which starts with a $.
func readDirective(l *lexer, e entry, t token) (entry, problem) {
	for _, d := range directives {
		if equalFold(unquote(l.src[t.start:t.end]), d.word) {
			e.kind, e.rdata = d.kind, uint32(t.end)
			return readArguments(l, e, t)
		}
	}
	return broken(l, e, t, "unknown directive: BIND knows $ORIGIN, $TTL, $INCLUDE, $GENERATE and $DATE; write \\$ for a name that starts with $")
}

// readArguments reads the arguments of a directive, and the value of a $TTL.
func readArguments(l *lexer, e entry, keyword token) (entry, problem) {
	var few [9]token // as many as are looked at
	args := few[:0]
	open := false // a parenthesis is, behind the last argument
	t := l.next()
	for ; t.kind != tokEOL && t.kind != tokEOF; t = l.next() {
		if t.kind == tokBad {
			return broken(l, e, t, tokenProblem(l, t, ""))
		}
		if args = append(args, t); len(args) > 8 {
			return broken(l, e, t, "too many words for a directive: remove them")
		}
		open = l.paren > 0
	}
	p := checkArguments(l, &e, keyword, args)
	switch {
	case p.msg != "":
	case e.kind == kindGenerate && open: // BIND reads the data alone: unbalanced parentheses
		p = problem{"a parenthesis around the data of a $GENERATE: take it and the closing one away", l.open, l.open + 1}
	case t.kind == tokEOF && (e.kind != kindInclude || len(args) > 1): // BIND: extra input text
		p = problem{"the last line of the file is a directive without a line end: add the line end", keyword.start, keyword.end}
	}
	if p.msg != "" {
		e.kind = kindBroken
	}
	return e, p
}

// arguments bounds the number of words that each directive takes.
var arguments = map[entryKind]struct {
	least, most int
	want        string
}{
	kindOrigin:   {1, 1, "$ORIGIN takes one name"},
	kindTTL:      {1, 1, "$TTL takes one TTL"},
	kindInclude:  {1, 2, "$INCLUDE takes a file and, at most, an origin"},
	kindGenerate: {4, 6, "$GENERATE takes a range, an owner, optionally TTL and class, a type and its data"},
	kindDate:     {1, 1, "$DATE takes one date"},
}

// checkArguments checks a directive's arguments and keeps the value of $TTL in e.
func checkArguments(l *lexer, e *entry, keyword token, args []token) problem {
	rule := arguments[e.kind]
	switch {
	case len(args) < rule.least:
		return problem{rule.want, keyword.start, keyword.end}
	case len(args) > rule.most:
		return problem{rule.want + ": remove this", args[rule.most].start, args[rule.most].end}
	}
	for i, a := range args {
		if a.kind == tokQuoted && !mayQuote(e.kind, i, len(args)) {
			return problem{"quotes around a word that stands without them: remove them", a.start, a.end}
		}
	}
	if e.kind == kindGenerate {
		e.generatedTTL(l, args[2:])
	}
	return e.readValue(l.src[args[0].start:args[0].end], args[0])
}

// mayQuote tells whether argument i of n of a directive may stand in quotes (BIND): the file of an $INCLUDE and the
// data of a $GENERATE may.
func mayQuote(kind entryKind, i, n int) bool {
	return kind == kindInclude && i == 0 || kind == kindGenerate && i == n-1
}

// readValue keeps the value of a $TTL or a $DATE.
func (e *entry) readValue(word []byte, at token) problem {
	var ok bool
	switch e.kind {
	case kindTTL:
		if e.ttl, ok = parseTTL(word); !ok {
			return problem{"not a TTL: write seconds or units, as 3600 or 1h30m", at.start, at.end}
		}
	case kindDate:
		when, ok := parseDate(word)
		if !ok || when < 0 || when > 1<<32-1 {
			return problem{"not a date from 1970 to 2106: write year, month, day, hour, minute and second, as 20261231235959", at.start, at.end}
		}
		e.ttl = uint32(when)
	}
	return problem{}
}

// generatedTTL keeps the TTL that a $GENERATE states, before its type.
func (e *entry) generatedTTL(l *lexer, args []token) {
	for _, a := range args {
		word := l.src[a.start:a.end]
		if ttl, ok := parseTTL(word); ok {
			e.ttl, e.flags = ttl, e.flags|hasTTL
			return
		}
		if _, ok := parseClass(word); !ok {
			return
		}
	}
}

// headProblem explains a word that is no TTL, class or type.
func headProblem(word []byte, ttlSeen bool) string {
	_, isTTL := parseTTL(word)
	switch typ, isType := parseType(word); {
	case isTTL && ttlSeen:
		return "a second TTL: remove one"
	case isType && typ == TypeTSIG:
		return "the signature of a transfer, as dig -y prints it, which no zone holds: comment the line out"
	case isType && typ.isMeta():
		return "a type that exists in queries only: a zone cannot hold it"
	case isType && typ.isObsolete():
		return "a type that no zone holds any more: write MX"
	case strings.HasPrefix(string(word), "[AGE:"):
		return "an ageing stamp of Windows DNS, which BIND does not read: take it out"
	case len(word) > 0 && isDigit(word[0]):
		return "not a TTL (the limit is 2147483647 seconds; units are w, d, h, m, s) and not a record type"
	}
	return "not a record type: BIND reads owner, TTL, class, type; an owner starts in the first column"
}

// equalFold compares bytes with a lower-case ASCII word.
func equalFold(text []byte, word string) bool {
	if len(text) != len(word) {
		return false
	}
	for i, c := range text {
		if lower(c) != word[i] {
			return false
		}
	}
	return true
}
