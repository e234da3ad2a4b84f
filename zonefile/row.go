package zonefile

// Everything that stands in a file, records and what is between them: together rows are the bytes of the file.

import (
	"fmt"
	"iter"
)

// RowKind tells what a row of a file is.
type RowKind uint8

// The kinds of rows.
const (
	RowBlank     RowKind = iota // white space, or a comment
	RowRecord                   // a record
	RowDirective                // $ORIGIN, $TTL, $DATE
	RowInclude                  // $INCLUDE
	RowGenerate                 // $GENERATE: one row; Rows yields the records that it stands for behind it
	RowBroken                   // a line that BIND refuses; it stays as it is
)

// Row is one entry of a file: records, and all that is between them.
type Row struct{ r Record }

// Rows yields every entry of every file, in the order BIND reads them. Together they are the bytes of
// the files.
func (z *Zone) Rows() iter.Seq[Row] {
	return func(yield func(Row) bool) { z.root.rows(z, yield) }
}

// rows yields every entry of f and of what it includes.
func (f *File) rows(z *Zone, yield func(Row) bool) bool {
	for ci, c := range f.chunks {
		for i := range c.entries {
			if !yield(Row{Record{z, f, int32(ci), int32(i)}}) {
				return false
			}
		}
		if c.included != nil && !c.included.rows(z, yield) {
			return false
		}
	}
	return true
}

// FileRows yields the entries of one file alone, from the one that holds offset from on.
func (z *Zone) FileRows(f *File, from uint32) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		if len(f.chunks) == 0 {
			return
		}
		at := z.RowAt(f, from).r
		for ci := int(at.chunk); ci < len(f.chunks); ci++ {
			for i := int(at.entry); i < len(f.chunks[ci].entries); i++ {
				if !yield(Row{Record{z, f, int32(ci), int32(i)}}) {
					return
				}
			}
			at.entry = 0
		}
	}
}

// Kind tells what the row is.
func (w Row) Kind() RowKind {
	switch w.r.e().kind {
	case kindRecord:
		return RowRecord
	case kindOrigin, kindTTL, kindDate:
		return RowDirective
	case kindInclude:
		return RowInclude
	case kindGenerate:
		return RowGenerate
	case kindBroken:
		return RowBroken
	}
	return RowBlank
}

// Record is the row as a record; the zero Record if it is none.
func (w Row) Record() Record {
	if w.r.z == nil || w.r.e().kind != kindRecord {
		return Record{}
	}
	return w.r
}

// IsZero tells the zero Row.
func (w Row) IsZero() bool { return w.r.z == nil }

// File is the file that holds the row.
func (w Row) File() *File { return w.r.file }

// Span is the row's bytes, its line end included.
func (w Row) Span() Span { return w.r.Span() }

// Text is the row as written.
func (w Row) Text() []byte { return w.r.Text() }

// Owner is the owner that the row names or inherits; of a broken line as well.
func (w Row) Owner() Name { return w.r.Owner() }

// Origin is the origin in force at the row.
func (w Row) Origin() Name { return w.r.Origin() }

// TTL is the TTL in seconds that the row states or inherits: a record's, or that of those which a $GENERATE stands for.
func (w Row) TTL() uint32 { return w.r.TTL() }

// Included is the file that an $INCLUDE brought in; the error says why there is none.
func (w Row) Included() (*File, error) {
	c := w.r.c()
	if w.Kind() != RowInclude {
		return nil, nil
	}
	return c.included, c.includeErr
}

// IncludePath is the path that an $INCLUDE names, as it is handed to Options.Open.
func (w Row) IncludePath() string { return string(w.r.word(0)) }

// Inclusions yields the rows of one file that stand for other lines: $INCLUDE and $GENERATE. It need not look
// at the others.
func (z *Zone) Inclusions(f *File) iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for ci, c := range f.chunks {
			if c.text.include && !yield(Row{Record{z, f, int32(ci), int32(len(c.entries) - 1)}}) {
				return
			}
		}
	}
}

// MadeBy is that of the row's record; the zero Row for a row that is none.
func (w Row) MadeBy() Row {
	if r := w.Record(); !r.IsZero() {
		return r.MadeBy()
	}
	return Row{}
}

// MadeBy is the $GENERATE row that a record was written out from; the zero Row for a record that stands in
// its file.
func (r Record) MadeBy() Row {
	if !r.file.made {
		return Row{}
	}
	r.z.makersOnce.Do(r.z.findMakers)
	return Row{r.z.makers[r.file]}
}

// Home is the row that the user has in a file: the row itself, or the $GENERATE that it was written out from.
func (w Row) Home() Row {
	if by := w.MadeBy(); !by.IsZero() {
		return by
	}
	return w
}

// findMakers finds the row of every file that stands for a $GENERATE.
func (z *Zone) findMakers() {
	z.makers = map[*File]Record{}
	for f := range z.allFiles() {
		for ci, c := range f.chunks {
			if c.included != nil && c.included.made {
				z.makers[c.included] = Record{z, f, int32(ci), int32(len(c.entries) - 1)}
			}
		}
	}
}

// RowAt is the row that holds offset off of f; the last one beyond the end, the zero Row of an empty file.
func (z *Zone) RowAt(f *File, off uint32) Row {
	if len(f.chunks) == 0 {
		return Row{}
	}
	ci := f.chunkAt(off)
	c := f.chunks[ci]
	lo, hi := 0, len(c.entries)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; f.starts[ci]+c.entries[mid].start <= off {
			lo = mid
		} else {
			hi = mid
		}
	}
	return Row{Record{z, f, int32(ci), int32(lo)}}
}

// Unwritten tells a $GENERATE that is not written out, for the zone makes too many: nobody knows its records.
func (w Row) Unwritten() bool {
	return w.Kind() == RowGenerate && w.r.c().makes > 0 && w.r.c().included == nil
}

// Generated is the number of records that a $GENERATE stands for, and the owner and type that it writes.
func (w Row) Generated() (count uint64, owner string, t Type) {
	if w.Kind() != RowGenerate {
		return 0, "", 0
	}
	var words []string
	for _, tok := range w.r.RData() {
		words = append(words, tok.Text())
	}
	g, _ := parseGenerate(words)
	return g.count, g.owner, g.typ
}

// Position is where the row starts; of one that a $GENERATE writes, where that stands.
func (w Row) Position() Position {
	w = w.Home()
	return w.r.file.Position(w.r.Span().Start)
}

// Position is that of the record's row.
func (r Record) Position() Position { return r.Row().Position() }

// Place is `file:line`, for messages.
func (r Record) Place() string { return fmt.Sprintf("%s:%d", r.file.name, r.Position().Line) }
