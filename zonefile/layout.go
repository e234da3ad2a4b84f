package zonefile

import (
	"bytes"
	"strconv"
	"strings"
)

// New text imitates its neighbours. A layout is what one record's line shows of the author's hand: the
// columns and blanks between the fields, whether the class is shown, relative or absolute names.

// tabStop is where terminals and editors put tabs.
const tabStop = 8

// width is the column behind text that starts at column col.
func width(text []byte, col int) int {
	for _, c := range text {
		if c == '\t' {
			col += tabStop - col%tabStop
		} else {
			col++
		}
	}
	return col
}

// gap fills the line from column col to column want as model does, with at least one blank.
func gap(col, want int, model []byte) string {
	tabs := strings.IndexByte(string(model), '\t') >= 0
	if want <= col {
		if tabs {
			return "\t"
		}
		return " "
	}
	if !tabs {
		return strings.Repeat(" ", want-col)
	}
	var b strings.Builder
	for next := col + tabStop - col%tabStop; next <= want; next += tabStop {
		b.WriteByte('\t')
		col = next
	}
	b.WriteString(strings.Repeat(" ", want-col))
	return b.String()
}

// leadingBlanks is the white space that a line starts with.
func leadingBlanks(line []byte) []byte {
	n := 0
	for n < len(line) && (line[n] == ' ' || line[n] == '\t') {
		n++
	}
	return line[:n]
}

// ttlText writes a TTL as the record's file writes TTLs: with units if its neighbours have them.
func ttlText(r Record, ttl uint32) string {
	if usesUnits(r) {
		return FormatTTL(ttl)
	}
	return strconv.FormatUint(uint64(ttl), 10)
}

// usesUnits looks at the record's own TTL, then at the nearest TTL above it in its chunk.
func usesUnits(r Record) bool {
	c := r.c()
	for i := int(r.entry); i >= 0; i-- {
		var text []byte
		switch e := c.entries[i]; {
		case e.kind == kindTTL:
			text = c.argument(i, 0)
		case e.kind == kindRecord && e.flags&hasTTL != 0:
			t := c.head(i).ttl
			text = c.src[t.start:t.end]
		default:
			continue
		}
		return strings.ContainsAny(string(text), "smhdwSMHDW")
	}
	return false
}

// cell is a field of a line with the column it starts at and the blanks before it.
type cell struct {
	col int
	gap []byte
}

// layout is what a line is laid out like.
type layout struct {
	class            string // as written; empty when the model shows none
	classFirst       bool   // class before TTL
	ttl, cls, typ    cell
	data, comment    cell
	absOwner, absRef bool // names are written absolute though they could be relative
	free             bool // nothing is in columns here: one blank between two fields
	hasTTL           bool
	stated           uint32 // the TTL that it states
	written          string // the model's type as written: upper or lower case
	between          string // the blanks between the model's first two words of data
}

// layoutOf reads the layout of a record's line.
func layoutOf(r Record) layout {
	c, i := r.c(), int(r.entry)
	h := c.head(i)
	start := int(c.entries[i].start)
	at := func(t token) cell {
		col := width(c.src[lineStart(c.src, start, t.start):t.start], 0)
		from := t.start
		for from > start && (c.src[from-1] == ' ' || c.src[from-1] == '\t') {
			from--
		}
		return cell{col, c.src[from:t.start]}
	}
	l := layout{
		class: string(c.src[h.class.start:h.class.end]), classFirst: h.class.start < h.ttl.start,
		ttl: at(h.ttl), cls: at(h.class), typ: at(h.typ),
		hasTTL: h.ttl.start != h.ttl.end, stated: c.entries[i].ttl,
		written: string(c.src[h.typ.start:h.typ.end]), between: " ", free: r.isFree(),
	}
	if r.Foreign() {
		l.class = "IN"
	}
	toks := c.tokens(i, nil)
	if len(toks) > 0 {
		l.data = at(toks[0])
	}
	if len(toks) > 1 {
		if g := c.src[toks[0].end:toks[1].start]; len(g) > 0 && len(bytes.Trim(g, " \t")) == 0 {
			l.between = string(g)
		}
	}
	if s := r.commentSpan(); s.Len() > 0 {
		s.Start -= r.file.starts[r.chunk]
		l.comment = at(token{start: int(s.Start)})
	}
	owner := c.ownerWritten(i)
	l.absOwner = strings.HasSuffix(owner, ".") && r.Owner().Within(r.Origin())
	if n, ok := r.Type().targetField(); ok {
		name, ok := r.Target()
		l.absRef = ok && strings.HasSuffix(string(r.word(n)), ".") && name.Within(r.Origin())
	}
	return l
}

// fewAround is how many rows on each side tell whether there are columns.
const fewAround = 6

// isFree tells whether the record and those around it have one blank between two fields: then a column shows nothing
// but how long the names before it are.
func (r Record) isFree() bool {
	c := r.c()
	for i := max(0, int(r.entry)-fewAround); i <= min(int(r.entry)+fewAround, len(c.entries)-1); i++ {
		e := &c.entries[i]
		if e.kind != kindRecord || e.flags&multiLine != 0 {
			continue
		}
		head := bytes.TrimLeft(c.src[e.start:e.rdata], " \t")
		behind := leadingBlanks(c.src[e.rdata:c.end(i)])
		if bytes.Contains(head, []byte("  ")) || bytes.IndexByte(head, '\t') >= 0 || len(behind) > 1 || string(behind) == "\t" {
			return false
		}
	}
	return true
}

// lineStart is where the line of a multi-line entry that holds pos starts, not before from.
func lineStart(src []byte, from, pos int) int {
	for i := pos; i > from; i-- {
		if src[i-1] == '\n' || src[i-1] == '\r' {
			return i
		}
	}
	return from
}

// line is a line being written.
type line struct {
	b    strings.Builder
	col  int
	free bool
}

// put writes text at the cell's column, or one blank behind what is there.
func (l *line) put(c cell, text string) {
	if text == "" {
		return
	}
	if l.free && l.col > 0 {
		c.col = l.col + 1
	}
	if l.col > 0 || c.col > 0 {
		g := gap(l.col, c.col, c.gap)
		l.b.WriteString(g)
		l.col = width([]byte(g), l.col)
	}
	l.b.WriteString(text)
	l.col += len(text)
}

// render writes a record's line, without its end. An empty owner leaves it blank.
func (m layout) render(owner, ttl string, t Type, data, comment string) string {
	l := line{free: m.free}
	l.b.WriteString(owner)
	l.col = len(owner)
	typ := t.String()
	if m.written == strings.ToLower(typ) {
		typ = m.written
	}
	if strings.EqualFold(m.written, typ) && t.fields() != nil {
		data = parted(data, m.between)
	}
	if m.classFirst {
		l.put(m.cls, m.class)
		l.put(m.ttl, ttl)
	} else {
		l.put(m.ttl, ttl)
		l.put(m.cls, m.class)
	}
	l.put(m.typ, typ)
	l.put(m.data, data)
	if comment != "" {
		l.put(m.comment, comment)
	}
	return l.b.String()
}

// parted writes the blanks between the first two words of data as the model has them. Blanks in quotes are data.
func parted(data, between string) string {
	words, err := lexField(data)
	if err != nil || len(words) < 2 {
		return data
	}
	return words[0] + between + strings.Join(words[1:], " ")
}
