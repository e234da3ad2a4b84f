package zonefile

// A text with edits done in it: only the entries that they touch are read anew, and those around them are moved. So a version with
// ten thousand edits all over a zone costs about what the copying of its bytes costs.

import (
	"bytes"
	"sort"
)

// swap is a span of a text, and what takes its place.
type swap struct {
	Span
	text string
}

// patched is the text with swaps done, which are in order; nil where more than this text may change: where an entry goes on behind it
// and it does not end its file, where it would end elsewhere (at an $INCLUDE or a $GENERATE, or because it has more than so many
// bytes), and where a parenthesis that never closes stands in it. It gives the room for entries back.
func (t *text) patched(swaps []swap, final bool, most int, room []entry) (*text, []entry) {
	if t.healing || t.left || t.include || len(t.entries) == 0 {
		return nil, room
	}
	p := patcher{was: t, swaps: swaps, entries: room[:0]}
	p.scan.final = final
	if !p.splice() || len(p.scan.src) > most || !p.run() {
		return nil, room
	}
	return p.text(), p.entries
}

// patcher does swaps in one text.
type patcher struct {
	was     *text
	swaps   []swap
	scan    scanner
	entries []entry
	types   typeSet
	next    int // the first entry of was that is not behind
	done    int // how many swaps are behind
	grown   int // by how much they have moved what is behind them
}

// splice makes the new bytes. It tells whether there are any.
func (p *patcher) splice() bool {
	size, pos := len(p.was.src), uint32(0)
	for _, e := range p.swaps {
		size += len(e.text) - e.Len()
	}
	out := make([]byte, 0, size)
	for _, e := range p.swaps {
		out = append(out, p.was.src[pos:e.Start]...)
		out = append(out, e.text...)
		pos = e.End
	}
	p.scan.src = append(out, p.was.src[pos:]...)
	return size > 0
}

// run reads what the edits touch, and moves the other entries.
func (p *patcher) run() bool {
	p.types = p.was.types
	for p.done < len(p.swaps) {
		p.move(p.touched(p.swaps[p.done].Start))
		if !p.read() {
			return false
		}
	}
	p.move(len(p.was.entries))
	return len(p.entries) <= chunkEntries
}

// touched is the first entry that an edit at an offset may change: the one that the offset is in, and where that starts there and
// the one before has no newline at its end, that one.
func (p *patcher) touched(off uint32) int {
	i := sort.Search(len(p.was.entries), func(i int) bool { return p.was.entries[i].start > off }) - 1
	if start := p.was.entries[i].start; start == off && i > p.next && p.was.src[start-1] != '\n' {
		i--
	}
	return max(i, p.next)
}

// move takes the entries up to one as they are.
func (p *patcher) move(to int) {
	for _, e := range p.was.entries[p.next:to] {
		e.start += uint32(p.grown)
		e.rdata += uint32(p.grown)
		p.entries = append(p.entries, e)
	}
	p.next = to
}

// read reads entries from the next one on, up to the start of an old one that no edit touches or to the end of the text.
func (p *patcher) read() bool {
	for pos := int(p.startOf(p.next)) + p.grown; pos < len(p.scan.src); {
		e, next, open := p.scan.entry(pos)
		if open && !p.scan.final || p.scan.healing || e.kind == kindInclude || e.kind == kindGenerate {
			return false
		}
		if e.kind == kindRecord {
			p.types |= setOf(e.typ)
		}
		p.entries = append(p.entries, e)
		if pos = next; p.meets(pos) {
			return true
		}
	}
	for _, e := range p.swaps[p.done:] { // deletions up to the end
		p.grown += len(e.text) - e.Len()
	}
	p.next, p.done = len(p.was.entries), len(p.swaps)
	return true
}

// meets tells whether an old entry starts at an offset of the new text, behind all edits that were read; then it is the next.
func (p *patcher) meets(pos int) bool {
	for p.done < len(p.swaps) {
		e := p.swaps[p.done]
		start := int(e.Start) + p.grown
		if start+len(e.text) > pos {
			if start < pos {
				return false
			}
			break
		}
		p.grown += len(e.text) - e.Len()
		p.done++
	}
	was := uint32(pos - p.grown)
	for p.next < len(p.was.entries) && p.was.entries[p.next].start < was {
		p.next++
	}
	return p.startOf(p.next) == was
}

// startOf is where an old entry starts, or behind the last where they end.
func (p *patcher) startOf(i int) uint32 {
	if i == len(p.was.entries) {
		return uint32(len(p.was.src))
	}
	return p.was.entries[i].start
}

// text is the new text.
func (p *patcher) text() *text {
	t := &text{src: p.scan.src, entries: append([]entry(nil), p.entries...), types: p.types, lines: p.was.lines}
	for _, e := range p.swaps {
		t.lines -= bytes.Count(p.was.src[e.Start:e.End], newline)
		for i := range len(e.text) {
			if e.text[i] == '\n' {
				t.lines++
			}
		}
	}
	for i := range t.entries {
		if t.entries[i].ownerLen > 0 {
			t.owners++
		}
	}
	t.lastLine = bytes.LastIndexByte(t.src, '\n') + 1
	return t
}
