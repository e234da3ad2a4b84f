package zonefile

// A scan is one pass over the bytes. It yields entries that tile them: every byte belongs to exactly
// one entry, whatever the bytes are. What needs the lines before (owner, origin, TTL) is link's work.

import (
	"bytes"
	"cmp"
	"math"
	"net/netip"
	"slices"
	"sync"
)

// text is a run of entries over bytes of its own: what a scan yields and versions share.
type text struct {
	src     []byte
	entries []entry
	lines   int // newlines in src
	owners  int // entries that write an owner
	types   typeSet
	include bool // the last entry is an $INCLUDE or a $GENERATE
	healing bool // entered in recovery: see scanner.healing
	left    bool // left in recovery

	lastLine int // offset behind the last newline
	endsOnce sync.Once
	ends     []uint32 // see newlines
	oddOnce  sync.Once
	odd      oddRows // see oddRows
}

// oddRows is the rows whose bytes do not tell all that they have.
type oddRows struct {
	escaped []uint16 // they have an escape, or a byte beyond ASCII, which may be part of a letter, or a type as a number
	soft    []uint16 // records of strings with no escapes but those of semicolons, which old DKIM records have
	parted  []uint16 // records of several strings between quotes, none of them escaped otherwise
	joints  []joint  // of those
	loose   []uint16 // other records of strings that may have several
	spread  []uint16 // records with more than blanks between their words, or quotes, none of them escaped otherwise
}

// joint is where one string of a record ends and another begins: the two bytes that stand there but for blanks, in small letters.
type joint struct {
	entry       uint16
	last, first byte
	second      byte // behind the first; 0 for none
	blank       bool // one stands between them
}

// threeBits is how many bits the hash of three bytes has.
const threeBits = 11

// textIndex is the index of what the rows of one chunk are found by.
type textIndex struct {
	threes [1 << threeBits]uint64
	apex   Name                   // below which names are shown
	firsts [indexGroups + 1]int32 // the first entry of each group, and how many entries there are
	unread uint64                 // a bit for each group with a row that may be found by more than is known here
	words  [2][]addressWord       // of IPv4, of IPv6
	nets   []netip.Prefix         // that are among the words, each once
}

// indexGroups is in how many groups the rows of a chunk are told apart: the bits of a word.
const indexGroups = 64

// addressWord is an address as a chunk writes it, or a network.
type addressWord struct {
	start uint32
	key   uint32 // see keyOf; of a network twice its number among the chunk's networks
}

// end is where entry i ends in the text.
func (t *text) end(i int) int {
	if i+1 < len(t.entries) {
		return int(t.entries[i+1].start)
	}
	return len(t.src)
}

// bytes is the text of entry i, its line end included.
func (t *text) bytes(i int) []byte { return t.src[t.entries[i].start:t.end(i)] }

// typeSet is a set of record types in a word: several share a bit, so that its no is sure and its yes is not.
type typeSet uint64

// setOf is the set of some types.
func setOf(types ...Type) (s typeSet) {
	for _, t := range types {
		s |= 1 << (uint64(t) * 0x9e3779b97f4a7c15 >> 58)
	}
	return s
}

// mayHave tells whether a chunk may have records of some types; of any where there are none.
func (t *text) mayHave(types []Type) bool { return len(types) == 0 || t.types&setOf(types...) != 0 }

// The size at which a text is closed, and the most entries it may have so that uint16 counts them.
const (
	chunkBytes   = 32 << 10
	chunkEntries = math.MaxUint16 - 1
)

// scanner cuts bytes into texts.
type scanner struct {
	src []byte
	// healing is set behind a parenthesis that never closes: BIND refuses such a file at its end; here
	// the line of the parenthesis alone is broken, and what follows is read anew.
	healing bool
	size    int     // bytes from which on a text is closed; 0 for chunkBytes
	final   bool    // src ends where the file ends; otherwise an entry that reaches the end is unfinished
	room    []entry // for the entries of the text that is read
	quick   quick
}

// maxChunks is about how many chunks a long file is cut into: an edit looks at each of them once, and scans
// one of them.
const maxChunks = 1000

// scanFile cuts a whole file into texts.
func scanFile(src []byte) []*text {
	s := scanner{src: src, final: true, size: max(chunkBytes, len(src)/maxChunks)}
	texts, _ := s.scan()
	return texts
}

// scan cuts src into texts. It returns them and where it ended: an open last entry is left unread.
func (s *scanner) scan() (texts []*text, end int) {
	for pos := 0; pos < len(s.src); {
		t, next := s.text(pos)
		if len(t.entries) == 0 {
			return texts, pos
		}
		texts = append(texts, t)
		pos = next
	}
	return texts, len(s.src)
}

// text reads entries from pos until the text is full, an $INCLUDE or a $GENERATE ends it, or the bytes do.
func (s *scanner) text(pos int) (*text, int) {
	t, entries := &text{healing: s.healing}, s.room[:0]
	begin, size := pos, cmp.Or(s.size, chunkBytes)
	for pos < len(s.src) && pos-begin < size && len(entries) < chunkEntries && !t.include {
		e, next, open := s.entry(pos)
		if open && !s.final {
			break
		}
		e.start -= uint32(begin)
		e.rdata -= uint32(begin)
		if e.ownerLen > 0 {
			t.owners++
		}
		if e.kind == kindRecord {
			t.types |= setOf(e.typ)
		}
		t.include = e.kind == kindInclude || e.kind == kindGenerate
		entries = append(entries, e)
		pos = next
	}
	s.room, t.entries = entries, slices.Clone(entries)
	t.src = s.src[begin:pos:pos]
	t.lines = bytes.Count(t.src, newline)
	t.lastLine = bytes.LastIndexByte(t.src, '\n') + 1
	t.left = s.healing
	return t, pos
}

var newline = []byte{'\n'}

// entry reads the entry at pos and returns it with the place of the next one. It is open when text behind
// the end of src could belong to it.
func (s *scanner) entry(pos int) (e entry, next int, open bool) {
	if s.src[pos] == ';' {
		next = s.lineFrom(pos)
		return entry{start: uint32(pos), rdata: uint32(pos)}, next, s.src[next-1] != '\n'
	}
	if e, next, ok := s.quick.record(s.src, pos); ok {
		return e, next, false
	}
	l := lexer{src: s.src, pos: pos, bol: true}
	if s.healing {
		l.lines = healLines
	}
	e, _ = readEntry(&l)
	if e.kind == kindBroken && l.fault == faultParenOpen {
		if s.final || !l.ended {
			s.healing = true
			return e, s.lineFrom(pos), false
		}
		return e, len(s.src), true
	}
	if bytes.IndexByte(s.src[pos:max(pos, l.pos-1)], '\n') >= 0 {
		e.flags |= multiLine
	}
	return e, l.pos, l.ended || l.pos == len(s.src) && s.src[l.pos-1] == '\r'
}

// lineFrom is the place behind the line that pos is in.
func (s *scanner) lineFrom(pos int) int {
	end := commentEnd(s.src, pos)
	return min(end+1, len(s.src))
}
