package zonefile

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"sync"
)

// A scan is one pass over the bytes. It yields entries that tile them: every byte belongs to exactly
// one entry, whatever the bytes are. What needs the lines before (owner, origin, TTL) is link's work.

// text is a run of entries over bytes of its own: what a scan yields and versions share.
type text struct {
	src     []byte
	entries []entry
	lines   int  // newlines in src
	owners  int  // entries that write an owner
	include bool // the last entry is an $INCLUDE or a $GENERATE
	healing bool // entered in recovery: see scanner.healing
	left    bool // left in recovery

	lastLine int // offset behind the last newline
	endsOnce sync.Once
	ends     []uint32 // see newlines
}

// The size at which a text is closed, and the most entries it may have so that uint16 counts them.
const (
	chunkBytes   = 32 << 10
	chunkEntries = math.MaxUint16 - 1
)

// healLines is how many lines an open parenthesis may take once one was found that never closes. It
// bounds the work on a file full of them: every byte is looked at by at most so many attempts.
const healLines = 64

// scanner cuts bytes into texts.
type scanner struct {
	src []byte
	// healing is set behind a parenthesis that never closes: BIND refuses such a file at its end; here
	// the line of the parenthesis alone is broken, and what follows is read anew.
	healing bool
	size    int     // bytes from which on a text is closed; 0 for chunkBytes
	final   bool    // src ends where the file ends; otherwise an entry that reaches the end is unfinished
	room    []entry // for the entries of the text that is read
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
	if e, next, ok := quickRecord(s.src, pos); ok {
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
