package zonefile

// Where in a chunk a text may be found, so that of a big zone not all is read for each letter that somebody types. The rows of a chunk
// are taken as 64 groups, and for each three bytes, by a hash of them, a word has a bit for each group with a row that is found by a
// text with those three: its bytes, its line as lists show it, names in full (search_threes.go). People type words of few letters, of
// which little is known, so what stands around a blank, two bytes before it and one behind, is told twice more. A text can be found only
// where all of its own is. Its no is sure, for several words as for one: what a row says ends with the row. An index costs a sixth of what the file
// does, so it is made when a search begins, and not before.

import (
	"bytes"
	"iter"
	"math/bits"
	"net/netip"
	"slices"
)

const (
	leastIndexed = 16 << 10 // bytes of a chunk from which on an index costs less than to read it
	mostThrees   = 64       // of a text are looked at: it is hardly longer than that
	everyGroup   = ^uint64(0)
)

// indexBelow is the index of the chunk in a zone with an apex; nil where there is none.
func (c *chunk) indexBelow(apex Name) *textIndex {
	if ix := c.found.Load(); ix != nil && ix.apex == apex {
		return ix
	}
	return nil
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

// threeByte is a byte of a folded text as it stands in a three: what is no part of a word has a bit of its own.
var threeByte = func() (t [256]uint32) {
	for c := range t {
		if t[c] = uint32(c) | 0x80; isDigit(byte(c)) || 'a' <= c && c <= 'z' || c == '/' || c == '+' {
			t[c] = uint32(c)
		}
	}
	return t
}()

// hashThree is the hash of three bytes. Those within a word have half of the hashes: keys are such words, of which hardly two are alike,
// and would take the place of what stands where words end.
func hashThree(three uint32) uint32 {
	h := three * 0xc2b2ae35 >> (32 - threeBits + 1)
	if three&0x808080 != 0 {
		h |= 1 << (threeBits - 1)
	}
	return h
}

// threeAt is the three bytes of a folded text that end at a place.
func threeAt(text []byte, i int) uint32 {
	return threeByte[text[i-2]] | threeByte[text[i-1]]<<8 | threeByte[text[i]]<<16
}

// hashFour is two hashes of up to four bytes of which the last but one is a blank: one would often be that of some common three. They
// have their places where words end.
func hashFour(four uint32) (a, b uint32) {
	const upper = 1 << (threeBits - 1)
	return four*0x9e3779b1>>(32-threeBits+1) | upper, four*0x85ebca6b>>(32-threeBits+1) | upper
}

// fourAt is the four bytes of a folded text that end at a place.
func fourAt(text []byte, i int) uint32 {
	four := uint32(text[i-2])<<8 | uint32(text[i-1])<<16 | uint32(text[i])<<24
	if i > 2 {
		four |= uint32(text[i-3])
	}
	return four
}

// lastThree leaves the last three of four bytes.
func lastThree(four uint32) uint32 { return four &^ 0xff }

// A joint of words that is told in the index apart from others: where the type follows the owner on the line of a record, though the bytes
// have more between them.
const (
	ownerShown  = 0x5bd1e995 // the owner is as lists show it
	ownerInFull = 0x1b873593
)

// mayJoin is where a text may have its blanks, besides the bytes of a row.
type mayJoin struct{ shown, full bool }

// joins tells where a text may have its blanks: on a record's line one word ends an owner and the next begins the type. A word from within
// the apex ends no owner in full: names are found so far as they begin in what is written.
func (s *Search) joins(apex Name) mayJoin {
	first, _, several := bytes.Cut(s.plain, aBlank)
	if !several || len(s.octets) != len(s.plain) { // an escape may stand for a blank
		return mayJoin{true, true}
	}
	return mayJoin{s.typed, s.typed && !endsOrigin(first, apex)}
}

// has is in which groups a row has the bytes around a blank.
func (ix *textIndex) has(four uint32, joins mayJoin) uint64 {
	groups := ix.around(four)
	if joins.shown {
		groups |= ix.around(four ^ ownerShown)
	}
	if joins.full {
		groups |= ix.around(four ^ ownerInFull)
	}
	return groups
}

// around is has for one kind of joints.
func (ix *textIndex) around(four uint32) uint64 {
	a, b := hashFour(four)
	return ix.threes[a] & ix.threes[b]
}

// may is in which groups a row may have a folded text, a bit for each.
func (ix *textIndex) may(text []byte, joins mayJoin) uint64 {
	groups := everyGroup
	for i := 2; i < min(len(text), mostThrees) && groups != 0; i++ {
		groups &= ix.threes[hashThree(threeAt(text, i))]
		if text[i-1] == ' ' {
			groups &= ix.has(fourAt(text, i), joins) & ix.has(lastThree(fourAt(text, i)), joins)
		}
	}
	return groups
}

// runs yields where entries of groups that follow one another begin and end; of a chunk without an index all are one group.
func (c *chunk) runs(ix *textIndex, groups uint64) iter.Seq2[int, int] {
	return func(yield func(from, to int) bool) {
		if ix == nil {
			yield(0, len(c.entries))
			return
		}
		for groups != 0 {
			first := bits.TrailingZeros64(groups)
			behind := first + bits.TrailingZeros64(^(groups >> first))
			if from, to := int(ix.firsts[first]), int(ix.firsts[behind]); from < to && !yield(from, to) || behind == indexGroups {
				return
			}
			groups &= everyGroup << behind
		}
	}
}

// mayFind is in which groups a row may be found by a search, whatever its address.
func (ix *textIndex) mayFind(s *Search) uint64 {
	joins := s.joins(ix.apex)
	groups := ix.may(s.plain, joins) | ix.unread
	if len(s.octets) != len(s.plain) {
		groups |= ix.may(s.octets, joins)
	}
	return groups
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
