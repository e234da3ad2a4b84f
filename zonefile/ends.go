package zonefile

import (
	"bytes"
	"slices"
)

// Line ends. New lines end as their neighbours do, and a last line without an end gets one before another goes behind it:
// one, however many go there.

// lineEndOf is how a row ends; of the last one, without an end, how the row above it ends, or its own inner lines, or
// the file that includes its file. LF where nothing shows it.
func lineEndOf(r Record) string {
	for w := r; !w.IsZero(); w = w.prevRow() {
		if text := w.Text(); endsLine(text) {
			return endOf(text)
		}
	}
	if text := r.Text(); bytes.IndexByte(text, '\n') >= 0 {
		return endOf(text[:bytes.LastIndexByte(text, '\n')+1])
	}
	if up := r.file.parent; up != nil {
		if f := r.z.File(up.name); f != nil && len(f.chunks) > 0 {
			return lineEndOf(Record{r.z, f, 0, 0})
		}
	}
	return "\n"
}

// LineEnd is how a new line beside the row ends.
func (w Row) LineEnd(comment bool) string {
	if w.IsZero() {
		return "\n"
	}
	return endBehind(lineEndOf(w.r), comment)
}

// TrimLineEnd is a line without its end.
func TrimLineEnd[T string | []byte](line T) T {
	return line[:len(line)-len(endOf([]byte(line[max(0, len(line)-2):])))]
}

// endBehind is the line end that goes behind text; a lone CR would not end a comment (BIND).
func endBehind(end string, comment bool) string {
	if comment && end == "\r" {
		return "\n"
	}
	return end
}

// closedOnce leaves one of the edits that end the last line of a file, and none where that line goes.
func closedOnce(edits []Edit) []Edit {
	closed := map[*File]bool{}
	return slices.DeleteFunc(slices.Clone(edits), func(e Edit) bool {
		if !e.closes() {
			return false
		}
		again := closed[e.File] || slices.ContainsFunc(edits, e.isIdle)
		closed[e.File] = true
		return again
	})
}

// closes tells an edit that ends the last line of its file.
func (e Edit) closes() bool {
	return e.Len() == 0 && int(e.Start) == e.File.Size() && e.New != "" && e.New == endOf([]byte(e.New))
}

// isIdle tells whether another edit deletes the line that e closes.
func (e Edit) isIdle(o Edit) bool {
	return o.File == e.File && o.Len() > 0 && o.End == e.End && o.New == "" &&
		(o.Start == 0 || endsLine(o.File.Slice(Span{o.Start - 1, o.Start})))
}
