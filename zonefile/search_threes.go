package zonefile

// What the rows of a chunk are found by, as the threes of its index. Most are found by their bytes, by the owner and the type on their
// line, and by names that go on with the origin; of those that have to be read (search_odd.go) each text is written. It says what
// search_row.go looks at, and no less, for a group without the threes of a text is not looked at.

import "bytes"

// threesOf makes the index of a chunk.
type threesOf struct {
	*textIndex
	looker
	c   *chunk
	bit uint64 // of the group
	as  uint32 // what sort of joints are added; 0 for those of bytes
	buf []byte

	from  int    // the entry that names the owner
	owner []byte // in full
	short []byte // as lists show it
	read  bool   // the owner has to be read
	told  Name   // the origin whose name the group has already; "" for none
	types [256]string
}

// IndexText makes the index of all bytes of the zone, beside the screen: a search finds the same without it. It ends where goesOn,
// which is asked at each chunk, says so.
func (z *Zone) IndexText(goesOn func() bool) {
	for f := range z.allFiles() {
		for ci, c := range f.chunks {
			if len(c.src) < leastIndexed || c.indexBelow(z.apex) != nil {
				continue
			}
			if !goesOn() {
				return
			}
			c.found.Store(newTextIndex(Row{Record{z, f, int32(ci), 0}}))
		}
	}
}

// newTextIndex is the index of a chunk, which is told by its first row.
func newTextIndex(first Row) *textIndex {
	c := first.r.c()
	x := threesOf{textIndex: &textIndex{apex: first.r.z.apex}, looker: looker{row: first}, c: c}
	size := max((len(c.src)+indexGroups-1)/indexGroups, 1)
	odd, group := c.hasToBeRead(), 0
	x.begin()
	for i := range c.entries {
		for ; int(c.entries[i].start) >= (group+1)*size && group+1 < indexGroups; group++ {
			x.firsts[group+1] = int32(i)
			x.begin()
		}
		x.bit = 1 << group
		x.entry(i, odd[i/64]>>(i%64)&1 == 1)
	}
	for group++; group <= indexGroups; group++ {
		x.firsts[group] = int32(len(c.entries))
	}
	x.words = [2][]addressWord{x.addressWords(c.src, false), x.addressWords(c.src, true)}
	return x.textIndex
}

// hasToBeRead is a bit for each entry whose bytes, owner and type do not tell all that it is found by.
func (c *chunk) hasToBeRead() []uint64 {
	bits := make([]uint64, (len(c.entries)+63)/64)
	odd := c.oddRows()
	for _, list := range [][]uint16{odd.escaped, odd.soft, odd.parted, odd.loose, odd.spread} {
		for _, i := range list {
			bits[i/64] |= 1 << (i % 64)
		}
	}
	if c.hasEscapedOrigin() {
		for i := range bits {
			bits[i] = ^uint64(0)
		}
	}
	return bits
}

// begin begins a group, which has nothing yet.
func (x *threesOf) begin() { x.from, x.told = -1, "" }

// entry adds what an entry is found by.
func (x *threesOf) entry(i int, read bool) {
	e := &x.c.entries[i]
	if read {
		x.text(x.c.bytes(i))
	} else {
		x.bytes(x.c.bytes(i))
	}
	switch {
	case e.kind == kindBlank && x.c.src[e.start] == ';':
		x.comment(i)
	case e.kind != kindRecord:
	default:
		if x.named(i); read || x.read {
			x.record(i)
			return
		}
		x.line(i)
		x.names(i)
	}
}

// bytes adds the bytes of a row: their case and how wide its blanks are do not count.
func (x *threesOf) bytes(text []byte) {
	for len(text) > 0 && isBlank(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	three, four, last, n := uint32(0), uint32(0), byte(' '), 0
	for _, c := range text {
		c = smallLetter[c]
		if c == ' ' && last == ' ' {
			continue
		}
		three, four = three>>8|threeByte[c]<<16, four>>8|uint32(c)<<24
		if n++; n > 2 {
			x.threes[hashThree(three)] |= x.bit
		}
		if last == ' ' && n > 2 {
			x.four(four)
		}
		last = c
	}
}

// four adds up to four bytes around a blank.
func (x *threesOf) four(four uint32) {
	for _, bytes := range [...]uint32{four, lastThree(four)} {
		a, b := hashFour(bytes ^ x.as)
		x.threes[a] |= x.bit
		x.threes[b] |= x.bit
	}
}

// add adds a folded text.
func (x *threesOf) add(text []byte) {
	for i := 2; i < len(text); i++ {
		x.threes[hashThree(threeAt(text, i))] |= x.bit
		if text[i-1] == ' ' {
			x.four(fourAt(text, i))
		}
	}
}

// text adds any text, and what its escapes stand for.
func (x *threesOf) text(text []byte) {
	if bytes.IndexByte(text, '\\') < 0 && isASCII(text) {
		x.bytes(text)
		return
	}
	x.folded = appendFolded(x.folded[:0], text)
	x.add(x.folded)
	if bytes.IndexByte(x.folded, '\\') >= 0 {
		x.solved = resolved(x.solved[:0], x.folded)
		x.add(x.solved)
	}
}

// named notes the owner of a record, and adds it where it is another one.
func (x *threesOf) named(i int) {
	from := int(x.c.inherited[i].from)
	if from == x.from {
		return
	}
	x.from = from
	x.owner = x.c.ownerBytes(i, x.owner[:0])
	if x.read = bytes.IndexByte(x.owner, '\\') >= 0 || !isASCII(x.owner); x.read {
		return
	}
	n, apex := x.owner, x.apex
	switch cut := len(n) - len(apex); {
	case string(n) == string(apex):
		x.short = anAt
		x.add(n)
	case apex == "" || apex == Root || cut <= 0 || n[cut-1] != '.' || string(n[cut:]) != string(apex):
		x.short = n
		x.add(n)
	default:
		x.short = n[:cut-1]
		x.add(x.short)
		x.below(x.short, apex)
	}
}

// below adds where a name goes on with the origin that it is written below.
func (x *threesOf) below(name []byte, origin Name) {
	x.buf = append(append(x.buf[:0], name[max(0, len(name)-2):]...), '.')
	if x.told != origin {
		x.told = origin
		x.buf = append(x.buf, origin...)
	} else {
		x.buf = append(x.buf, origin[:min(len(origin), 2)]...)
	}
	x.bytes(x.buf)
}

// line adds where the type follows the owner on the line of a record.
func (x *threesOf) line(i int) {
	e := &x.c.entries[i]
	data := bytes.TrimLeft(x.c.src[e.rdata:x.c.end(i)], betweenWords)
	for n, owner := range [][]byte{x.short, x.owner} {
		x.as = [...]uint32{ownerShown, ownerInFull}[n]
		x.buf = append(append(x.buf[:0], owner[max(0, len(owner)-2):]...), ' ')
		x.buf = append(append(x.buf, x.typeName(e.typ)...), ' ')
		x.bytes(append(x.buf, data[:min(len(data), 1)]...))
	}
	x.as = 0
}

// typeName is Type.String, found once for records that follow one another.
func (x *threesOf) typeName(t Type) string {
	if int(t) >= len(x.types) {
		return t.String()
	}
	if x.types[t] == "" {
		x.types[t] = t.String()
	}
	return x.types[t]
}

// names adds the names of a record's data in full.
func (x *threesOf) names(i int) {
	c := x.c
	fields, origin := x.fields.names(c.entries[i].typ), c.origin(i)
	if len(fields) == 0 || origin == "" {
		return
	}
	x.toks = c.tokens(i, x.toks)
	for _, f := range fields {
		if f >= len(x.toks) {
			break
		}
		switch word := unquote(c.src[x.toks[f].start:x.toks[f].end]); {
		case len(word) == 0 || !isPlainName(word) || origin == Root:
			if n, err := parseName(word, origin); err == nil {
				x.text([]byte(n))
			}
		case word[len(word)-1] != '.': // else it is written in full
			x.below(word, origin)
		}
	}
}

// record adds each text that a record is found by, but for its bytes.
func (x *threesOf) record(i int) {
	c, r := x.c, Record{x.row.r.z, x.row.r.file, x.row.r.chunk, int32(i)}
	t := c.entries[i].typ
	x.says(c.owner(i), t, r.RDataText())
	if words := r.OctetsSay(); words != "" {
		x.says(c.owner(i), t, words)
	}
	if t == TypeTXT || t == TypeSPF {
		x.text(x.joined(i))
		return
	}
	x.names(i)
}

// says adds a record by its parts, as lists show them.
func (x *threesOf) says(owner Name, t Type, data string) {
	rest := " " + t.String() + " "
	x.text([]byte(rest[1:] + data))
	for as, owner := range map[uint32]string{ownerShown: owner.In(x.apex), ownerInFull: string(owner)} {
		x.buf = append(x.buf[:0], owner...)
		x.text(x.buf) // it may have blanks
		x.as = as
		x.buf = append(append(x.buf, rest...), data[:min(len(data), len(`\000`))]...) // it goes on as above
		x.text(x.buf)
		x.as = 0
	}
}

// comment adds what a comment is found by if it is a record that was commented out. Where that goes on in the rows below, which
// another version may have otherwise, it is not read.
func (x *threesOf) comment(i int) {
	for _, prefix := range [...]string{";", "; "} {
		line, ok := bytes.CutPrefix(x.c.bytes(i), []byte(prefix))
		if !ok {
			return
		}
		out := Commented{Text: string(line)}
		switch out.read(x.c.origin(i)) {
		case recordPart:
			x.unread |= x.bit
			return
		case recordWhole:
			x.says(out.Owner, out.Type, out.RData)
			x.text([]byte(out.Value))
			return
		}
	}
}
