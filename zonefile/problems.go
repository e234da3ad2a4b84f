package zonefile

// What is wrong with the text itself, found when it is asked for: a broken line stays as it is, and the rest of the
// zone can be edited.

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"
)

// Problem is a place that BIND refuses, or would read as something else than it says.
type Problem struct {
	File    *File
	Span    Span
	Message string // what, and the remedy
}

// String is `file:line:column: message`.
func (p Problem) String() string {
	at := p.File.Position(p.Span.Start)
	return fmt.Sprintf("%s:%d:%d: %s", p.File.name, at.Line, at.Column, p.Message)
}

// Errors yields what is wrong, in the order BIND reads the files.
func (z *Zone) Errors() iter.Seq[Problem] {
	return func(yield func(Problem) bool) { z.root.errors(nil, yield) }
}

// ErrorsBeside is Errors without those in parts of the files that another version has, too.
func (z *Zone) ErrorsBeside(other *Zone) iter.Seq[Problem] {
	shared, _ := other.spots()
	return func(yield func(Problem) bool) { z.root.errors(shared, yield) }
}

// ErrorsIn yields what is wrong with the lines of f in a span, and nothing of what they include, in the order of their places.
func (f *File) ErrorsIn(s Span) iter.Seq[Problem] {
	return func(yield func(Problem) bool) {
		inside := func(p Problem) bool { return p.Span.Start < s.Start || p.Span.Start >= s.End || yield(p) }
		for ci := f.chunkAt(s.Start); ci < len(f.chunks) && f.starts[ci] < s.End; ci++ {
			if !f.chunkErrors(ci, inside) {
				return
			}
		}
	}
}

// errors yields the problems of f and of what it includes, but for some chunks and what those include.
func (f *File) errors(but map[*chunk]spot, yield func(Problem) bool) bool {
	for ci, c := range f.chunks {
		if _, both := but[c]; both {
			continue
		}
		if !f.chunkErrors(ci, yield) || c.included != nil && !c.included.made && !c.included.errors(but, yield) {
			return false
		}
	}
	return true
}

// chunkErrors yields the problems of a chunk, and that of the lines which its $GENERATE stands for.
func (f *File) chunkErrors(ci int, yield func(Problem) bool) bool {
	c := f.chunks[ci]
	for _, p := range c.findProblems() {
		if !yield(Problem{f, Span{f.starts[ci] + uint32(p.start), f.starts[ci] + uint32(p.end)}, p.msg}) {
			return false
		}
	}
	if c.included == nil || !c.included.made {
		return true
	}
	p, bad := f.madeProblem(ci)
	return !bad || yield(p)
}

// madeProblem is the first thing wrong with the lines that a $GENERATE stands for, at the directive.
func (f *File) madeProblem(ci int) (p Problem, bad bool) {
	c := f.chunks[ci]
	row := Record{nil, f, int32(ci), int32(len(c.entries) - 1)}
	c.included.errors(nil, func(inner Problem) bool {
		p, bad = Problem{f, row.Span(), fmt.Sprintf("it writes %q: %s", inner.File.Slice(inner.Span), inner.Message)}, true
		return false
	})
	return p, bad
}

// Unwritten yields the $GENERATE of the zone that are not written out, each with what is to be said of it.
func (z *Zone) Unwritten() iter.Seq[Problem] {
	return func(yield func(Problem) bool) {
		for f := range z.Files() {
			for w := range z.Inclusions(f) {
				if w.Unwritten() && !yield(w.unwritten()) {
					return
				}
			}
		}
	}
}

// unwritten is what is to be said of a $GENERATE that is not written out.
func (w Row) unwritten() Problem {
	c, begin := w.r.c(), w.r.file.starts[w.r.chunk]
	p := c.nameProblem(int(w.r.entry), fmt.Errorf("not written out (records: %d): at most %d of a zone's $GENERATE are, so nothing is said of these; named-compilezone prints them", c.makes, maxGenerated))
	return Problem{w.r.file, Span{begin + uint32(p.start), begin + uint32(p.end)}, p.msg}
}

// Problem is what is wrong with the row; ok is false when nothing is.
func (w Row) Problem() (p Problem, ok bool) {
	if w.r.c().quicklyChecked(int(w.r.entry)) {
		return Problem{}, false
	}
	lp, _ := w.r.c().check(int(w.r.entry), nil)
	if lp.msg == "" {
		return Problem{}, false
	}
	begin := w.r.file.starts[w.r.chunk]
	return Problem{w.r.file, Span{begin + uint32(lp.start), begin + uint32(lp.end)}, lp.msg}, true
}

// Unread tells a row that says nothing, for its data cannot be read, or is of another class. What a record means is clear
// all the same where only its TTL is wrong or missing, or where a text is too long for one string.
func (w Row) Unread() bool {
	p, bad := w.Problem()
	if !bad {
		return false
	}
	r := w.Record()
	if r.IsZero() || r.Foreign() {
		return true
	}
	_, reads := r.wire()
	return !reads && !r.IsTooLong(p)
}

// IsTooLong tells a string that is only too long for one, in a record that may have several.
func (r Record) IsTooLong(p Problem) bool {
	return !r.IsZero() && r.Type().HoldsStrings() && len(Unescape(string(p.File.Slice(p.Span)))) > MaxString
}

// findProblems checks every entry of the chunk once.
func (c *chunk) findProblems() []flaw {
	c.errorOnce.Do(func() {
		var buf []token
		short, more := isShort(c.enter.origin), c.origins
		for i := range c.entries {
			for len(more) > 0 && more[0].entry <= i {
				short, more = isShort(more[0].origin), more[1:]
			}
			parsed := len(more) > 0 && more[0].entry == i+1 // a $ORIGIN that names one
			if parsed || short && c.needsNoLook(i) {
				continue
			}
			var p problem
			if p, buf = c.check(i, buf); p.msg != "" {
				c.problems = append(c.problems, flaw{p, i})
			}
		}
	})
	return c.problems
}

// isFlawed tells whether something is wrong with entry i, for those who ask about all entries.
func (c *chunk) isFlawed(i int) bool {
	_, found := slices.BinarySearchFunc(c.findProblems(), i, func(f flaw, i int) int { return cmp.Compare(f.entry, i) })
	return found
}

// quicklyChecked tells that the scan has found nothing wrong with entry i, and that neither its owner nor its
// TTL depends on lines above in a way that could be wrong.
func (c *chunk) quicklyChecked(i int) bool { return c.needsNoLook(i) && isShort(c.origin(i)) }

// needsNoLook is quicklyChecked below a short origin.
func (c *chunk) needsNoLook(i int) bool {
	e, in := &c.entries[i], c.inherited[i]
	return e.kind == kindBlank || e.flags&checked != 0 && (in.from != fromState || c.enter.owner != "") &&
		(e.flags&hasTTL != 0 || in.ttl != 0)
}

// isShort tells an origin below which no name that quick takes can be too long.
func isShort(origin Name) bool { return len(origin) > 0 && len(origin) <= quickNameSize }

// check finds what is wrong with entry i. Its offsets are the chunk's.
func (c *chunk) check(i int, buf []token) (problem, []token) {
	switch c.entries[i].kind {
	case kindBroken:
		return c.explain(i), buf
	case kindRecord:
		return c.checkRecord(i, buf)
	case kindOrigin:
		raw := c.argument(i, 0)
		_, err := parseName(raw, c.origin(i))
		return c.nameProblem(i, err), buf
	case kindInclude:
		return c.nameProblem(i, c.includeErr), buf
	case kindGenerate:
		_, err := c.generation(i)
		return c.nameProblem(i, err), buf
	}
	return problem{}, buf
}

// explain reads a broken entry again for its reason.
func (c *chunk) explain(i int) problem {
	l := lexer{src: c.bytes(i), bol: true}
	_, p := readEntry(&l)
	if l.fault == faultParenOpen || p.msg == "" { // it may close, but further down than any record goes
		p = problem{"this parenthesis is never closed: add the closing one", l.open, l.open + 1}
	}
	begin := int(c.entries[i].start)
	return problem{p.msg, p.start + begin, p.end + begin}
}

// nameProblem puts an error at the first argument of a directive.
func (c *chunk) nameProblem(i int, err error) problem {
	toks := c.tokens(i, nil)
	if err == nil || len(toks) == 0 {
		return problem{}
	}
	return problem{err.Error(), toks[0].start, toks[0].end}
}

// checkRecord checks owner, TTL and RDATA of a record.
func (c *chunk) checkRecord(i int, buf []token) (problem, []token) {
	e := &c.entries[i]
	start := int(e.start)
	head := problem{start: start, end: max(start+int(e.ownerLen), start+1)}
	switch in := c.inherited[i]; {
	case e.ownerLen > 0:
		head.msg = c.checkOwner(i)
	case in.from == fromState && c.enter.owner == "":
		head.msg = "the line starts with a blank, and no owner stands above it: write the owner in the first column"
	}
	if head.msg != "" {
		return head, buf
	}
	if e.flags&foreign != 0 {
		at := c.head(i).class
		return problem{fmt.Sprintf("class %s in a zone of class IN: named refuses the zone, write IN or no class",
			strings.ToUpper(string(c.src[at.start:at.end]))), at.start, at.end}, buf
	}
	if p := c.checkTTL(i); p.msg != "" {
		return p, buf
	}
	buf = c.tokens(i, buf)
	if msg, n := checkRData(c.src, e.typ, buf, c.origin(i)); msg != "" {
		if e.ownerLen == 0 && c.looksIndented(buf) {
			msg = fmt.Sprintf("%s; or is %q meant as the owner? an owner starts in the first column", msg, strings.ToLower(e.typ.String()))
		}
		p := problem{msg, int(e.rdata) - len(e.typ.String()), int(e.rdata)}
		if n < len(buf) {
			p.start, p.end = buf[n].start, buf[n].end
		}
		return p, buf
	}
	return problem{}, buf
}

// looksIndented tells data that starts with a record type: a host that is called like a type, as mx, may
// have been indented.
func (c *chunk) looksIndented(data []token) bool {
	if len(data) < 2 {
		return false
	}
	_, ok := parseType(c.src[data[0].start:data[0].end])
	return ok
}

// checkOwner says what is wrong with the owner that entry i writes.
func (c *chunk) checkOwner(i int) string {
	if _, err := parseName(unquote(c.ownerText(i)), c.origin(i)); err != nil {
		return err.Error()
	}
	return ""
}

// checkTTL says what is wrong with the TTL that entry i states or lacks.
func (c *chunk) checkTTL(i int) problem {
	e, in := &c.entries[i], c.inherited[i]
	start := int(e.start)
	switch {
	case e.flags&hasTTL != 0 && e.ttl > MaxTTL:
		s := c.head(i).ttl
		return problem{fmt.Sprintf("TTL %d is above the limit of %d seconds: BIND would take it as 0", e.ttl, MaxTTL), s.start, s.end}
	case e.flags&hasTTL == 0 && in.ttl == 0 && c.lacksTTL(i):
		return problem{"no TTL: neither this line, nor one above it, nor a $TTL states one: add a $TTL at the top", start, start + 1}
	}
	return problem{}
}

// lacksTTL tells whether nothing gives entry i a TTL.
func (c *chunk) lacksTTL(i int) bool {
	if c.enter.hasDef || c.enter.hasTTL || c.entries[i].typ == TypeSOA {
		return false
	}
	for _, e := range c.entries[:i] {
		if e.kind == kindTTL || e.flags&hasTTL != 0 || e.kind == kindRecord && e.typ == TypeSOA {
			return false
		}
	}
	return true
}

// HasTTL tells whether the line, one above it or a $TTL gives the record its TTL; BIND refuses it if nothing does.
func (r Record) HasTTL() bool {
	if r.TTL() != 0 {
		return true
	}
	_, stated := r.StatedTTL()
	return stated || !r.c().lacksTTL(int(r.entry))
}

// head is the tokens before the RDATA of a record.
type head struct {
	owner, ttl, class, typ token // an absent one is empty and stands where it would be written
}

// head reads the tokens before the RDATA of entry i, or of the records that a $GENERATE stands for; offsets are the
// chunk's.
func (c *chunk) head(i int) head {
	e := &c.entries[i]
	begin := int(e.start)
	l := lexer{src: c.bytes(i), bol: true}
	var h head
	t := l.next()
	if e.kind == kindGenerate { // and its range
		l.next()
		t = l.next()
	}
	if t.kind == tokInitial {
		h.owner = token{tokInitial, begin, begin}
	} else {
		h.owner = token{t.kind, begin + t.start, begin + t.end}
	}
	for t = l.next(); t.kind == tokWord; t = l.next() {
		at := token{tokWord, begin + t.start, begin + t.end}
		word := l.src[t.start:t.end]
		if _, ok := parseTTL(word); ok && h.ttl.end == 0 {
			h.ttl = at
		} else if _, ok := parseClass(word); ok && h.class.end == 0 {
			h.class = at
		} else {
			h.typ = at
			break
		}
	}
	if h.class.end == 0 {
		h.class = token{tokEOF, h.typ.start, h.typ.start}
	}
	if h.ttl.end == 0 {
		first := min(h.typ.start, h.class.start)
		h.ttl = token{tokEOF, first, first}
	}
	return h
}

// checkOneLine refuses what cannot be written on one line of a zone file.
func checkOneLine(text string) error {
	if i := strings.IndexAny(text, "\n\r\x00"); i >= 0 {
		return fmt.Errorf("a line end or a NUL byte cannot be part of a field: write \\%03d in a string", text[i])
	}
	return nil
}
