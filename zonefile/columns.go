package zonefile

import (
	"bytes"
	"cmp"
	"slices"
)

// A changed field changes its own bytes, and what follows on its line keeps its column: a wider value takes from the
// blanks behind it as long as one is left, a narrower one leaves more. What the blanks directly behind it cannot give
// the next ones do.

// change is a field of a record's line, or a place in it, and what it becomes.
type change struct {
	Span
	text string
}

// replace puts text in a token's place.
func (r Record) replace(s Span, text string) []Edit {
	if string(r.file.Slice(s)) == text {
		return nil
	}
	return r.rewrite(change{s, text})
}

// rewrite is the edits of changes to one record.
func (r Record) rewrite(changes ...change) []Edit {
	changes = slices.Clone(changes)
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.Start, b.Start) })
	w := rewriter{file: r.file, src: r.Text(), base: r.Span().Start, changes: changes}
	for len(w.changes) > 0 {
		w.line()
	}
	return w.edits
}

// rewriter goes through a record's text and its changes side by side.
type rewriter struct {
	file     *File
	src      []byte
	base     uint32 // where src starts in the file
	changes  []change
	pos      int
	old, now int // the column at pos, before and after
	edits    []Edit
}

// line does the next change and those behind it on its line.
func (w *rewriter) line() {
	w.pos = int(w.changes[0].Start - w.base)
	w.old = width(w.src[lineStart(w.src, 0, w.pos):w.pos], 0)
	w.now = w.old
	for {
		if !w.field() {
			return
		}
		blanks := leadingBlanks(w.src[w.pos:])
		end := w.pos + len(blanks)
		if end == len(w.src) || classes[w.src[end]] == lineEnd {
			return
		}
		if w.old == w.now && len(w.changes) == 0 {
			return
		}
		want := width(blanks, w.old)
		refit := fitted(blanks, w.now, want)
		w.replace(w.pos, end, refit)
		w.pos, w.old, w.now = end, want, width([]byte(refit), w.now)
	}
}

// field passes what stands at pos, changed or not; false if it goes on in another line.
func (w *rewriter) field() bool {
	if len(w.changes) > 0 && int(w.changes[0].Start-w.base) == w.pos {
		c := w.changes[0]
		w.changes = w.changes[1:]
		w.edits = append(w.edits, Edit{w.file, c.Span, c.text})
		end := w.pos + c.Len()
		was := w.src[w.pos:end]
		w.pos, w.old, w.now = end, width(was, w.old), width([]byte(c.text), w.now)
		return bytes.IndexByte(was, '\n') < 0
	}
	end := w.fieldEnd()
	text := w.src[w.pos:end]
	w.pos, w.old, w.now = end, width(text, w.old), width(text, w.now)
	return bytes.IndexByte(text, '\n') < 0
}

// fieldEnd is where the field at pos ends: a comment with its line, anything else before a blank or the next change.
func (w *rewriter) fieldEnd() int {
	l := lexer{src: w.src, pos: w.pos}
	end := w.pos + 1
	switch classes[w.src[w.pos]] {
	case semicolon:
		end = commentEnd(w.src, w.pos)
	case openParen, closeParen:
	default:
		end = max(l.next().end, end)
	}
	if len(w.changes) > 0 {
		end = min(end, max(int(w.changes[0].Start-w.base), w.pos))
	}
	return end
}

// replace puts text between two places of the line, and leaves the end that is the same there. It goes into the edit
// that ends where it starts.
func (w *rewriter) replace(from, to int, text string) {
	for to > from && text != "" && w.src[to-1] == text[len(text)-1] {
		to, text = to-1, text[:len(text)-1]
	}
	if from == to && text == "" {
		return
	}
	start, end := w.base+uint32(from), w.base+uint32(to)
	if last := len(w.edits) - 1; last >= 0 && w.edits[last].End == start {
		w.edits[last].End, w.edits[last].New = end, w.edits[last].New+text
		return
	}
	w.edits = append(w.edits, Edit{w.file, Span{start, end}, text})
}

// fitted is blanks that lead from column col to column want: as much of those that are there as does, and at least one.
func fitted(blanks []byte, col, want int) string {
	for k := range blanks {
		if width(blanks[k:], col) == want {
			return string(blanks[k:])
		}
	}
	switch {
	case len(blanks) == 0:
		return ""
	case want > col:
		return gap(col, want, blanks)
	}
	return string(blanks[len(blanks)-1:])
}
