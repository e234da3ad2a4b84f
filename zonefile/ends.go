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

// endOf is the line end at the end of a text.
func endOf(text []byte) string {
	switch n := len(text); {
	case n > 1 && string(text[n-2:]) == "\r\n":
		return "\r\n"
	case n > 0 && (text[n-1] == '\r' || text[n-1] == '\n'):
		return string(text[n-1:])
	}
	return ""
}

// endsLine tells whether the text of a row ends its line. A lone CR at the end of a comment does not (BIND).
func endsLine(text []byte) bool {
	end := endOf(text)
	if end != "\r" {
		return end != ""
	}
	l := lexer{src: text, bol: true}
	l.skipLine()
	return !l.ended
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
