package zonefile

import "bytes"

// Steps from one row of a file to its neighbours. The handle of a row is a Record's.

// nextRow is the row behind r in its file; the zero Record at the end.
func (r Record) nextRow() Record {
	for r.entry++; int(r.entry) >= len(r.c().entries); r.entry = 0 {
		if r.chunk++; int(r.chunk) == len(r.file.chunks) {
			return Record{}
		}
	}
	return r
}

// prevRow is the row before r in its file; the zero Record at the start.
func (r Record) prevRow() Record {
	for r.entry--; r.entry < 0; r.entry = int32(len(r.c().entries)) - 1 {
		if r.chunk--; r.chunk < 0 {
			return Record{}
		}
	}
	return r
}

// lastRow is the last row of a file.
func (f *File) lastRow(z *Zone) Record {
	return Record{z, f, int32(len(f.chunks)), 0}.prevRow()
}

// nextRecord is the next record in the file; the zero Record if an $INCLUDE, a $GENERATE or a line that BIND refuses
// comes before it.
func (r Record) nextRecord() Record {
	for r = r.nextRow(); !r.IsZero(); r = r.nextRow() {
		switch r.e().kind {
		case kindRecord:
			return r
		case kindInclude, kindGenerate, kindBroken:
			return Record{}
		}
	}
	return r
}

// firstRecord is the first record of a chunk; -1 if it has none.
func (c *chunk) firstRecord() int {
	for i := range c.entries {
		if c.entries[i].kind == kindRecord {
			return i
		}
	}
	return -1
}

// isComment tells a row that holds a comment.
func (r Record) isComment() bool {
	text := bytes.TrimLeft(r.Text(), " \t")
	return r.e().kind == kindBlank && len(text) > 0 && text[0] == ';'
}

// isWithin tells whether the row's owner is n or below it, for most without making the name.
func (r Record) isWithin(n Name) bool {
	var buf [maxName + 1]byte
	owner := r.c().ownerBytes(int(r.entry), buf[:0])
	if bytes.IndexByte(owner, '\\') >= 0 {
		return Name(owner).Within(n)
	}
	cut := len(owner) - len(n)
	return n == Root || cut >= 0 && string(owner[max(cut, 0):]) == string(n) && (cut == 0 || owner[cut-1] == '.')
}

// prevRecord is the nearest record row before w in its file; the zero Row if there is none.
func (w Row) prevRecord() Row {
	if w.IsZero() {
		return w
	}
	r := w.r
	for {
		if r.entry--; r.entry < 0 {
			if r.chunk--; r.chunk < 0 {
				return Row{}
			}
			r.entry = int32(len(r.c().entries))
			continue
		}
		if r.e().kind == kindRecord {
			return Row{r}
		}
	}
}

// ownerWritten is the text that names the owner of entry i; empty when it stands in an earlier chunk.
func (c *chunk) ownerWritten(i int) string {
	from := c.inherited[i].from
	if from == fromState {
		return ""
	}
	return string(c.ownerText(int(from)))
}
