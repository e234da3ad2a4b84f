package zonefile

// The rows of a chunk that have what is looked for. Most have it in their bytes, or not at all: these are found without a look at
// each. Those that may have it otherwise are found by a sign of it, and looked at.

import (
	"bytes"
	"sort"
)

// chunkRows is the entries of a chunk that have the text, in order. Among is those that may have it, or nil for all.
func (h *hunt) chunkRows(first Row, among []uint16) []uint16 {
	h.row, h.from = first, fromState
	h.found, h.read = h.none(h.found), 0
	s := h.Search
	h.narrow(among)
	h.look()
	h.keep()
	for _, o := range s.also {
		h.Search = o
		h.narrow(nil)
		h.look()
	}
	if h.Search = s; s.net.IsValid() {
		h.letAll()
		h.addresses()
	}
	return h.list()
}

// look marks the rows that have the text, addresses in other spellings left out.
func (h *hunt) look() {
	c := h.chunk()
	if len(h.parts) == 0 {
		return
	}
	for _, part := range h.parts {
		h.read += part.Len()
	}
	if h.IsEmpty() { // all that is written
		for i := range c.entries {
			if c.entries[i].kind != kindBlank || len(bytes.TrimSpace(c.bytes(i))) > 0 {
				h.mark(i)
			}
		}
		return
	}
	h.noteOdd()
	h.each(h.plain)
	if !bytes.Equal(h.plain, h.octets) && len(h.octets) > 0 { // a row may have an escape there that stands for more
		h.eachWord(h.octets, wordToFind(h.octets), h.ifHas)
	}
	h.readOdd()
	h.wholeNames()
	h.inherit()
}

// noteOdd notes the rows that have to be read for this text: nothing is told of them by signs.
func (h *hunt) noteOdd() {
	odd := h.chunk().oddRows()
	h.odd = h.none(h.odd)
	lists := [][]uint16{odd.escaped}
	if !h.isSoft() {
		lists = append(lists, odd.soft)
	}
	if bytes.IndexByte(h.octets, ' ') >= 0 {
		lists = append(lists, odd.loose, odd.parted)
	}
	for _, list := range lists {
		for _, i := range list {
			h.odd[i/64] |= 1 << (i % 64)
		}
	}
}

// readOdd marks, of the rows that have to be read, those that have the text.
func (h *hunt) readOdd() {
	odd := h.chunk().oddRows()
	h.those(odd.escaped, h.has)
	if !h.isSoft() {
		h.those(odd.soft, h.has)
	}
	switch {
	case len(h.octets) < 2:
	case bytes.IndexByte(h.octets, ' ') >= 0: // it may be parted by what parts strings
		h.those(odd.loose, h.has)
		h.those(odd.parted, h.headHas())
		h.joined(odd.joints)
	case !h.whole:
		h.those(odd.loose, h.looseHas)
		h.joined(odd.joints)
	}
}

// joined marks the rows of several strings that have the text where one of them ends and the next begins.
func (h *hunt) joined(joints []joint) {
	for _, j := range joints {
		if i := int(j.entry); h.mayHave(i) && !h.marked(i) && h.holdsJoint(j) && h.looseHas(i) {
			h.mark(i)
		}
	}
}

// those marks the rows among some of which something is true.
func (h *hunt) those(rows []uint16, has func(i int) bool) {
	for _, i := range rows {
		if has != nil && h.mayHave(int(i)) && !h.marked(int(i)) && has(int(i)) {
			h.mark(int(i))
		}
	}
}

// each marks the rows that have a needle in their bytes, and those that have it otherwise and its words in their bytes.
func (h *hunt) each(needle []byte) {
	word := wordToFind(needle)
	switch {
	case h.whole:
		h.places(needle, h.ifHas)
	case word.Len() == len(needle):
		h.places(needle, func(i, _ int) bool {
			h.mark(i)
			return true
		})
	default:
		h.eachOf(needle)
	}
}

// eachWord calls f with the places of a word of a needle, or with all entries where it has none: blanks that were written as escapes.
func (h *hunt) eachWord(needle []byte, word Span, f func(i, at int) (done bool)) {
	if word.Len() > 0 {
		h.places(needle[word.Start:word.End], f)
		return
	}
	for i := range h.chunk().entries {
		f(i, 0)
	}
}

// places calls f with the places of a folded text and the entries that they are in, of those that may have what is looked for. Where
// f is done with an entry it goes on behind that.
func (h *hunt) places(text []byte, f func(i, at int) (done bool)) {
	h.placesIn(Span{0, uint32(len(h.chunk().src))}, text, f)
}

// placesIn is places in a part of the bytes.
func (h *hunt) placesIn(in Span, text []byte, f func(i, at int) (done bool)) {
	c, a := h.chunk(), newAnchor(text)
	i := 0
	first := sort.Search(len(h.parts), func(n int) bool { return h.parts[n].End > in.Start })
	for _, part := range h.parts[first:] {
		if part.Start >= in.End {
			break
		}
		a.in(c.src[:min(part.End, in.End)])
		for pos := int(max(part.Start, in.Start)); ; {
			at := a.next(pos)
			if at < 0 {
				break
			}
			i = c.entryAt(i, at)
			if pos = at + 1; f(i, at) {
				pos = c.end(i)
			}
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

// ifHas marks an entry that has the text.
func (h *hunt) ifHas(i, _ int) bool {
	if h.mayHave(i) && !h.marked(i) && h.has(i) {
		h.mark(i)
	}
	return true
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
	if ix := c.indexBelow(h.row.r.z.apex); ix != nil {
		i := 0
		for at := range ix.addresses(h.net) {
			if i = c.entryAt(i, int(at)); !h.marked(i) && shares(addressFrom(c.src, at, h.net.Addr().Is6()), h.net) {
				h.mark(i)
			}
		}
	} else {
		h.addressesRead()
	}
	odd, is6 := c.oddRows(), h.net.Addr().Is6()
	for _, j := range odd.joints {
		if j.inAddress(is6) && !h.marked(int(j.entry)) && h.addressHas(int(j.entry)) {
			h.mark(int(j.entry))
		}
	}
	h.those(odd.loose, h.addressHas)
	h.those(odd.escaped, h.addressHas)
	h.those(odd.soft, h.addressHas)
}

// addressesRead marks the rows in whose bytes the address is found by reading them.
func (h *hunt) addressesRead() {
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
}
