package zonefile

// Where in a chunk a text may stand, so that of a big zone not all is read for each letter that somebody types. A chunk is looked at
// in 64 parts, and for each three bytes, by a hash of them, a word has a bit for each part in which they begin: a text can stand only
// where all its threes do. Its no is sure. It costs a sixth of what the file does, so it is made when a search begins, and not before.

import (
	"iter"
	"math/bits"
	"net/netip"
	"slices"
)

const (
	leastIndexed = 16 << 10 // bytes of a chunk from which on an index costs less than to read it
	mostThrees   = 64       // of a text are looked at: it is hardly longer than that, and less than a part
)

// IndexText makes the index of all bytes of the zone, beside the screen: a search finds the same without it. It ends where goesOn,
// which is asked at each chunk, says so.
func (z *Zone) IndexText(goesOn func() bool) {
	for f := range z.allFiles() {
		for _, c := range f.chunks {
			if len(c.src) < leastIndexed || c.found.Load() != nil {
				continue
			}
			if !goesOn() {
				return
			}
			c.oddRows()
			c.found.Store(newTextIndex(c.src))
		}
	}
}

// newTextIndex is the index of some bytes.
func newTextIndex(src []byte) *textIndex {
	ix := &textIndex{size: max((len(src)+63)/64, 1)}
	if len(src) < 3 {
		return ix
	}
	three, begins := uint32(0), [2]int{} // the last three bytes, and where all but the last of them stand; several blanks are the last of them
	count, part, end := 0, uint64(1), ix.size
	for at, c := range src {
		c = smallLetter[c]
		if c == ' ' && count > 0 && byte(three>>16) == ' ' {
			begins[1] = at
			continue
		}
		three = three>>8 | uint32(c)<<16
		if count++; count > 2 { // three bytes that begin in a part may end in the next
			for begins[0] >= end {
				part, end = part<<1, end+ix.size
			}
			ix.threes[hashThree(three)] |= part
		}
		begins[0], begins[1] = begins[1], at
	}
	ix.words = [2][]addressWord{ix.addressWords(src, false), ix.addressWords(src, true)}
	return ix
}

// smallLetter is lower, as a table; whatever parts words is a blank.
var smallLetter = func() (small [256]byte) {
	for i := range small {
		if small[i] = lower(byte(i)); isBlank(byte(i)) {
			small[i] = ' '
		}
	}
	return small
}()

// hashThree is the hash of three bytes.
func hashThree(three uint32) uint32 { return three * 0x9e3779b1 >> (32 - threeBits) }

// may is in which parts a folded text may begin, a bit for each. Of a word it may have a blank before it, and a blank and a byte behind it.
func (ix *textIndex) may(text []byte) uint64 {
	parts := ^uint64(0)
	for i := 2; i < min(len(text), mostThrees, ix.size); i++ {
		w := ix.threes[hashThree(uint32(text[i-2])|uint32(text[i-1])<<8|uint32(text[i])<<16)]
		parts &= w | w>>1 // what begins in a part goes on in the next
	}
	return parts
}

// runs yields the spans, within some bytes of a chunk, in which a folded text may stand.
func (t *text) runs(text []byte, in Span) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		ix := t.found.Load()
		if ix == nil || len(text) < 3 {
			yield(in)
			return
		}
		parts := ix.may(text)
		parts &= ^uint64(0) << (int(in.Start) / ix.size)
		for parts != 0 {
			first := bits.TrailingZeros64(parts)
			behind := first + bits.TrailingZeros64(^(parts >> first))
			start, end := uint32(first*ix.size), uint32(behind*ix.size+len(text)-1)
			if start >= in.End || !yield(Span{max(start, in.Start), min(end, in.End)}) {
				return
			}
			if behind >= 64 {
				return
			}
			parts &= ^uint64(0) << behind
		}
	}
}

// addressWords finds the addresses and networks of a family in some bytes.
func (ix *textIndex) addressWords(src []byte, is6 bool) (out []addressWord) {
	for word := range addressWords(src, signOf(is6), is6) {
		text := src[word.Start:word.End]
		if !mayBeAddress(text, is6) {
			continue
		}
		net, ok := parseNetwork(text)
		switch {
		case !ok:
		case net.IsSingleIP() && net.Addr().Is6() == is6:
			out = append(out, addressWord{word.Start, keyOf(net.Addr())})
		default:
			n := slices.Index(ix.nets, net)
			if n < 0 {
				n, ix.nets = len(ix.nets), append(ix.nets, net)
			}
			out = append(out, addressWord{word.Start, uint32(2 * n)})
		}
	}
	return slices.Clip(out)
}

// keyOf is an odd number that is another for most other addresses.
func keyOf(a netip.Addr) uint32 {
	key := uint32(0)
	for _, b := range a.As16() {
		key = (key ^ uint32(b)) * 0x01000193 // FNV-1
	}
	return key | 1
}

// addresses yields the places of the words of a chunk that share addresses with a network, and of some that do not.
func (ix *textIndex) addresses(net netip.Prefix) iter.Seq[uint32] {
	words, key, single := ix.words[0], keyOf(net.Addr()), net.IsSingleIP()
	if net.Addr().Is6() {
		words = ix.words[1]
	}
	shares := make([]bool, len(ix.nets))
	for i, n := range ix.nets {
		shares[i] = n.Overlaps(net)
	}
	return func(yield func(uint32) bool) {
		for _, w := range words {
			may := w.key == key || !single
			if w.key%2 == 0 {
				may = shares[w.key/2]
			}
			if may && !yield(w.start) {
				return
			}
		}
	}
}
