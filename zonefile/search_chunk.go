package zonefile

// The rows of a chunk that have what is looked for. Most have it in their bytes, or not at all: these are found without a look at
// each. Those that may have it otherwise are found by a sign of it, and looked at.

import (
	"bytes"
	"math/bits"
	"strings"
)

// hunt goes through chunks for one search.
type hunt struct {
	looker
	found []uint64 // a bit for each entry
	names []byte   // the last origin, folded
}

// newHunt starts a search.
func newHunt(s *Search) *hunt { return &hunt{looker: looker{Search: s}} }

// chunkRows is the entries of a chunk that have the text, in order. Among is those that may have it, or nil for all.
func (h *hunt) chunkRows(first Row, among []uint16) []uint16 {
	h.row = first
	n := len(h.chunk().entries)
	h.found = append(h.found[:0], make([]uint64, (n+63)/64)...)
	s := h.Search
	switch {
	case among == nil:
		h.look()
	case len(among) <= n/8:
		for _, i := range among {
			if h.has(int(i)) {
				h.mark(int(i))
			}
		}
	default:
		h.look()
		h.keep(among)
	}
	for _, o := range s.also {
		h.Search = o
		h.look()
	}
	if h.Search = s; s.net.IsValid() {
		h.addresses()
	}
	return h.list()
}

func (h *hunt) mark(i int)        { h.found[i/64] |= 1 << (i % 64) }
func (h *hunt) marked(i int) bool { return h.found[i/64]>>(i%64)&1 == 1 }

// keep takes away all that is not among some.
func (h *hunt) keep(among []uint16) {
	kept := make([]uint64, len(h.found))
	for _, i := range among {
		kept[i/64] |= 1 << (i % 64)
	}
	for i := range h.found {
		h.found[i] &= kept[i]
	}
}

// nothingFound is the list of a chunk that has nothing.
var nothingFound = []uint16{}

// list is the entries that are marked.
func (h *hunt) list() []uint16 {
	n := 0
	for _, word := range h.found {
		n += bits.OnesCount64(word)
	}
	if n == 0 {
		return nothingFound
	}
	out := make([]uint16, 0, n)
	for at, word := range h.found {
		for ; word != 0; word &= word - 1 {
			out = append(out, uint16(at*64+bits.TrailingZeros64(word)))
		}
	}
	return out
}

// look marks the rows that have the text, addresses in other spellings left out.
func (h *hunt) look() {
	c := h.chunk()
	if h.IsEmpty() { // all that is written
		for i := range c.entries {
			if c.entries[i].kind != kindBlank || len(bytes.TrimSpace(c.bytes(i))) > 0 {
				h.mark(i)
			}
		}
		return
	}
	h.each(h.plain, h.needsLook(h.plain))
	if !bytes.Equal(h.plain, h.octets) && len(h.octets) > 0 {
		h.each(h.octets, true)
	}
	odd := c.oddRows()
	h.those(odd.escaped, h.has)
	if bytes.IndexByte(h.octets, ' ') >= 0 { // it may be parted by what parts strings
		h.those(odd.parted, h.has)
	} else if len(h.octets) > 1 && !h.whole {
		h.those(odd.parted, h.joinHas)
	}
	h.wholeNames()
	h.inherit()
}

// needsLook tells whether a row may have the word to find and not the text.
func (h *hunt) needsLook(needle []byte) bool { return h.whole || bytes.IndexByte(needle, ' ') >= 0 }

// those marks the rows among some of which something is true.
func (h *hunt) those(rows []uint16, has func(i int) bool) {
	for _, i := range rows {
		if !h.marked(int(i)) && has(int(i)) {
			h.mark(int(i))
		}
	}
}

// each marks the rows that have a needle in their bytes; of those that need a look the ones that have the text.
func (h *hunt) each(needle []byte, look bool) {
	if len(wordToFind(needle)) == 0 { // blanks that were written as escapes
		for i := range h.chunk().entries {
			h.ifHas(i, 0)
		}
		return
	}
	h.places(wordToFind(needle), func(i, _ int) bool {
		if look && !h.has(i) {
			return true // wherever else the word stands in the row
		}
		h.mark(i)
		return true
	})
}

// places calls f with the places of a folded text and the entries that they are in. Where f is done with an entry it goes on behind
// that.
func (h *hunt) places(text []byte, f func(i, at int) (done bool)) {
	c, a := h.chunk(), newAnchor(text)
	a.in(c.src)
	for i, pos := 0, 0; ; {
		at := a.next(pos)
		if at < 0 {
			return
		}
		i = c.entryAt(i, at)
		if pos = at + 1; f(i, at) {
			pos = c.end(i)
		}
	}
}

// entryAt is the entry that holds an offset, from an entry on that begins before it.
func (c *chunk) entryAt(from, off int) int {
	const near = 8
	for i := from; i < from+near; i++ {
		if off < c.end(i) {
			return i
		}
	}
	lo, hi := from+near, len(c.entries)-1
	for lo < hi {
		if mid := (lo + hi) / 2; off < c.end(mid) {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	return lo
}

// wholeNames marks the rows of which a whole name has the text and the file writes only its beginning. No name has a blank.
func (h *hunt) wholeNames() {
	if bytes.IndexByte(h.plain, ' ') >= 0 || len(h.octets) == 0 {
		return
	}
	c := h.chunk()
	if h.octets[0] == '@' { // as lists show the zone itself, however it is written
		for i := range c.entries {
			switch e := &c.entries[i]; {
			case e.kind == kindRecord && e.ownerLen > 0 && c.isOwner(i, h.row.r.z.apex), e.kind == kindBlank && c.src[e.start] == ';':
				h.ifHas(i, 0)
			}
		}
	}
	h.below(c.enter.origin)
	for i, o := range c.origins {
		if o.origin != c.enter.origin && (i == 0 || o.origin != c.origins[i-1].origin) {
			h.below(o.origin)
		}
	}
}

// below is wholeNames for names below an origin.
func (h *hunt) below(origin Name) {
	if origin == "" {
		return
	}
	h.names = append(h.names[:0], '.')
	if origin != Root {
		h.names = append(h.names, origin...)
	}
	if bytes.IndexByte(h.names, '\\') >= 0 { // it is spelled in other ways
		for i := range h.chunk().entries {
			h.ifHas(i, 0)
		}
		return
	}
	text := h.octets // where it is written with escapes it is looked at anyway
	for p := 1; p < len(text); p++ {
		if text[p] == '.' && bytes.HasPrefix(h.names, text[p:]) {
			h.ending(text[:p])
		}
	}
	if strings.HasPrefix(string(origin), string(text)) {
		h.places([]byte("@"), h.ifHas)
	}
	if origin != h.row.r.z.apex {
		h.owners(origin)
	}
}

// ifHas marks an entry that has the text.
func (h *hunt) ifHas(i, _ int) bool {
	if !h.marked(i) && h.has(i) {
		h.mark(i)
	}
	return true
}

// ending marks the rows in which a word ends in a text, if they have what is looked for.
func (h *hunt) ending(head []byte) {
	src := h.chunk().src
	h.places(head, func(i, at int) bool {
		if end := at + len(head); end < len(src) && joinsWord(src[end]) {
			return false
		}
		return h.ifHas(i, at)
	})
}

// owners marks the records below an origin that have the text, if the origin has it, as the zone writes it or in full.
func (h *hunt) owners(origin Name) {
	apex := h.row.r.z.apex
	if !h.in(&h.folder, []byte("."+origin.In(apex))) && !h.hasBefore([]byte("."+string(origin)), writtenOf(origin, apex)+1) {
		return
	}
	c := h.chunk()
	for i := range c.entries {
		if c.entries[i].kind == kindRecord && c.origin(i) == origin {
			h.ifHas(i, 0)
		}
	}
}

// inherit marks the records that have their owners from others that have the text there.
func (h *hunt) inherit() {
	c := h.chunk()
	i := 0
	if enter := c.enter.owner; enter != "" {
		for ; i < len(c.entries) && (c.entries[i].kind != kindRecord || c.inherited[i].from == fromState); i++ {
		}
		if i > 0 && h.nameHas(enter) {
			h.markRecords(0, i, fromState)
		}
	}
	for ; i < len(c.entries); i++ {
		if h.found[i/64] == 0 {
			i |= 63
			continue
		}
		if e := &c.entries[i]; !h.marked(i) || e.kind != kindRecord && e.kind != kindBroken || int(c.inherited[i].from) != i {
			continue
		}
		end := i + 1
		for end < len(c.entries) && (c.entries[end].kind != kindRecord || int(c.inherited[end].from) == i) {
			end++
		}
		if h.anyUnmarked(i+1, end) && h.ownerHas(i) {
			h.markRecords(i+1, end, uint16(i))
		}
	}
}

// anyUnmarked tells whether a record of some entries is not marked.
func (h *hunt) anyUnmarked(from, to int) bool {
	for i := from; i < to; i++ {
		if h.chunk().entries[i].kind == kindRecord && !h.marked(i) {
			return true
		}
	}
	return false
}

// markRecords marks the records of some entries that have their owner from one place.
func (h *hunt) markRecords(from, to int, giver uint16) {
	c := h.chunk()
	for i := from; i < to; i++ {
		if c.entries[i].kind == kindRecord && c.inherited[i].from == giver {
			h.mark(i)
		}
	}
}

// addresses marks the rows that have the address in any spelling.
func (h *hunt) addresses() {
	c := h.chunk()
	for at, i := 0, 0; at < len(c.src); {
		s := addressWithin(c.src[at:], h.net)
		if s.Len() == 0 {
			break
		}
		i = c.entryAt(i, at+int(s.Start))
		h.mark(i)
		at = c.end(i)
	}
	h.those(c.oddRows().parted, h.addressHas)
	h.those(c.oddRows().escaped, h.addressHas)
}
