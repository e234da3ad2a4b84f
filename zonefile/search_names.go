package zonefile

// Names that have what is looked for as a whole, while the file writes only their beginning: it is mail.example.com, and a row below
// the origin example.com has mail. What is written is looked for, and is found where a name of the row ends with it.

import (
	"bytes"
	"strings"
)

// wholeNames marks the rows of which a whole name has the text and the file writes only its beginning. No name has a blank.
func (h *hunt) wholeNames() {
	if bytes.IndexByte(h.plain, ' ') >= 0 || len(h.octets) == 0 {
		return
	}
	c := h.chunk()
	if bytes.HasSuffix(h.octets, []byte("..")) { // an owner that is no name is shown with two dots
		for i := range c.entries {
			h.ifHas(i, 0)
		}
	}
	if h.octets[0] == '@' { // as lists show the zone itself, however it is written
		for i := range c.entries {
			switch e := &c.entries[i]; {
			case !h.mayHave(i):
			case e.kind == kindRecord && e.ownerLen > 0 && c.isOwner(i, h.row.r.z.apex), e.kind == kindBlank && c.src[e.start] == ';':
				h.ifHas(i, 0)
			}
		}
	}
	origin, from := c.enter.origin, 0
	for _, o := range c.origins {
		h.below(origin, from, o.entry)
		origin, from = o.origin, o.entry
	}
	h.below(origin, from, len(c.entries))
}

var anAt = []byte{'@'}

// below is wholeNames for the entries from one to another, which stand below an origin.
func (h *hunt) below(origin Name, from, to int) {
	if origin == "" || from >= to {
		return
	}
	c := h.chunk()
	at := Span{c.entries[from].start, uint32(c.end(to - 1))}
	h.names = append(h.names[:0], '.')
	if origin != Root {
		h.names = append(h.names, origin...)
	}
	if bytes.IndexByte(h.names, '\\') >= 0 { // it is spelled in other ways
		for i := from; i < to; i++ {
			h.ifHas(i, 0)
		}
		return
	}
	text := h.octets // where it is written with escapes it is looked at anyway
	for p := 1; p < len(text); p++ {
		if text[p] == '.' && bytes.HasPrefix(h.names, text[p:]) {
			h.ending(origin, at, text[:p])
		}
	}
	if strings.HasPrefix(string(origin), string(text)) {
		h.placesIn(at, anAt, func(i, at int) bool {
			if h.tellsNames(i) && (at > 0 && joinsWord(c.src[at-1]) || at+1 < len(c.src) && joinsWord(c.src[at+1])) { // that of a mailbox
				return false
			}
			if !h.tellsNames(i) {
				return h.ifHas(i, at)
			}
			if name := h.nameAt(i, at); int(name.Start) == at && name.Len() == 1 {
				h.mark(i)
			}
			return h.marked(i)
		})
	}
	if origin != h.row.r.z.apex {
		h.owners(origin, from, to)
	}
}

// ending marks the rows of a part in which a word ends in a text and goes on, as a name below an origin, as what is looked for does.
func (h *hunt) ending(origin Name, part Span, head []byte) {
	c := h.chunk()
	h.placesIn(part, head, func(i, at int) bool {
		end := at + len(head)
		switch {
		case h.marked(i):
			return true
		case end < len(c.src) && joinsWord(c.src[end]):
			return false
		case head[len(head)-1] == '.' || !h.tellsNames(i): // nothing goes on behind a final dot
			return h.ifHas(i, at)
		}
		name := h.nameAt(i, at)
		if int(name.End) != end || at < int(name.Start) {
			return false
		}
		var buf [maxName]byte
		if _, ok := appendPlain(buf[:0], c.src[name.Start:name.End], origin); !ok {
			return h.ifHas(i, at)
		}
		h.mark(i)
		return true
	})
}

// tellsNames tells whether the bytes of an entry tell its names, and where they have the text.
func (h *hunt) tellsNames(i int) bool {
	c := h.chunk()
	e := &c.entries[i]
	return !h.whole && e.kind == kindRecord && e.flags&oddOwner == 0 && h.odd[i/64]>>(i%64)&1 == 0
}

// nameAt is the name of entry i that a place in its bytes is part of, without quotes; an empty span if it is in none.
func (h *hunt) nameAt(i, at int) Span {
	c := h.chunk()
	e := &c.entries[i]
	if at < int(e.rdata) {
		owner := len(c.ownerText(i))
		if at >= int(e.start)+owner {
			return Span{}
		}
		return unquoted(c.src, Span{e.start, e.start + uint32(owner)})
	}
	fields := h.fields.names(e.typ)
	if len(fields) == 0 {
		return Span{}
	}
	h.toks = c.tokens(i, h.toks)
	for _, f := range fields {
		if f < len(h.toks) && h.toks[f].start <= at && at < h.toks[f].end {
			return unquoted(c.src, Span{uint32(h.toks[f].start), uint32(h.toks[f].end)})
		}
	}
	return Span{}
}

// unquoted is a word without the quotes around it.
func unquoted(src []byte, s Span) Span {
	if s.Len() > 1 && src[s.Start] == '"' {
		return Span{s.Start + 1, s.End - 1}
	}
	return s
}

// owners marks the records from an entry to another, those commented out among them, which stand below an origin and have the text,
// if the origin has it, as the zone writes it or in full.
func (h *hunt) owners(origin Name, from, to int) {
	apex := h.row.r.z.apex
	if !h.in(&h.folder, []byte("."+origin.In(apex))) && !h.hasBefore([]byte("."+string(origin)), writtenOf(origin, apex)+1) {
		return
	}
	c := h.chunk()
	for i := from; i < to; i++ {
		if e := &c.entries[i]; e.kind == kindRecord || e.kind == kindBlank && c.src[e.start] == ';' {
			h.ifHas(i, 0)
		}
	}
}
