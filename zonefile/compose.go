package zonefile

import "slices"

// Operations build on one another: each is a list of edits against the version that the one before gave.
// compose turns two such lists into one against the first version, so that all change stays []Edit.

// piece is a run of a new text: bytes kept from the old text, or new ones.
type piece struct {
	kept Span
	text string
}

// size is the length of a piece.
func (p piece) size() uint32 { return uint32(p.kept.Len() + len(p.text)) }

// pieces describes what edits make of a text of size bytes.
func pieces(size uint32, edits []Edit) []piece {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, byPlace)
	var out []piece
	pos := uint32(0)
	for _, e := range sorted {
		out = append(out, piece{kept: Span{pos, e.Start}}, piece{text: e.New})
		pos = e.End
	}
	return append(out, piece{kept: Span{pos, size}})
}

// splice does edits to the text that list describes. They are in order, of insertions at one place the first
// first. Text and edits are gone through side by side, so that thousands of edits cost one pass.
func splice(list []piece, edits []Edit) []piece {
	r := pieceReader{list: list}
	var out []piece
	for _, e := range edits {
		out = append(r.until(out, e.Start), piece{text: e.New})
		r.until(nil, e.End)
	}
	return append(out, r.list...)
}

// pieceReader is what is left of a text, and where that starts.
type pieceReader struct {
	list []piece
	pos  uint32
}

// until moves what is left before offset at to out.
func (r *pieceReader) until(out []piece, at uint32) []piece {
	for len(r.list) > 0 {
		p := r.list[0]
		end := r.pos + p.size()
		if end > at {
			if r.pos < at {
				out = append(out, p.part(0, at-r.pos))
				r.list[0], r.pos = p.part(at-r.pos, p.size()), at
			}
			return out
		}
		out = append(out, p)
		r.list, r.pos = r.list[1:], end
	}
	return out
}

// part is a sub-range of a piece.
func (p piece) part(from, to uint32) piece {
	if p.text != "" {
		return piece{text: p.text[from:to]}
	}
	return piece{kept: Span{p.kept.Start + from, p.kept.Start + to}}
}

// pieceEdits turns a description back into edits of f. Texts that meet stay edits of their own, so that
// Shift still knows which of them an old offset stands behind.
func pieceEdits(f *File, list []piece) []Edit {
	var out []Edit
	var texts []string
	pos := uint32(0)
	flush := func(to uint32) {
		last := ""
		for i, text := range texts {
			if i < len(texts)-1 {
				out = append(out, Edit{f, Span{pos, pos}, text})
			}
			last = text
		}
		if to != pos || last != "" {
			out = append(out, Edit{f, Span{pos, to}, last})
		}
		texts = nil
	}
	for _, p := range list {
		switch {
		case p.text != "":
			texts = append(texts, p.text)
		case p.kept.Len() > 0:
			flush(p.kept.Start)
			pos = p.kept.End
		}
	}
	flush(uint32(f.Size()))
	return out
}

// compose makes one list against z of first, against z, and then, against the version that first gave.
func (z *Zone) compose(first, then []Edit) []Edit {
	if len(then) == 0 {
		return first
	}
	var out []Edit
	for f := range z.Files() {
		mine, theirs := editsOf(first, f.name), editsOf(then, f.name)
		if len(theirs) == 0 {
			out = append(out, mine...)
			continue
		}
		slices.SortStableFunc(theirs, byPlace)
		out = append(out, pieceEdits(f, splice(pieces(uint32(f.Size()), mine), theirs))...)
	}
	return out
}

// Compose is edits that were made one step after the other, each against the version that those before gave, as one list
// against z.
func (z *Zone) Compose(steps ...[]Edit) []Edit {
	var all []Edit
	for _, edits := range steps {
		all = z.compose(all, edits)
	}
	return all
}

// Back is the edits of z that bring back the version which edits made it of.
func (z *Zone) Back(edits []Edit) []Edit {
	sorted, grown := slices.Clone(edits), map[string]int{}
	slices.SortStableFunc(sorted, byPlace)
	for i, e := range sorted {
		start := uint32(int(e.Start) + grown[e.File.name])
		grown[e.File.name] += len(e.New) - e.Len()
		sorted[i] = Edit{z.File(e.File.name), Span{start, start + uint32(len(e.New))}, string(e.File.Slice(e.Span))}
	}
	return sorted
}

// Chain runs operations one after the other, each on the version that those before give, and returns
// all of them as one list of edits against z.
func Chain(z *Zone, steps ...func(*Zone) ([]Edit, error)) ([]Edit, error) {
	var all []Edit
	now := z
	for _, step := range steps {
		edits, err := step(now)
		if err != nil {
			return nil, z.home(err, all)
		}
		all = z.compose(all, edits)
		if now, err = now.Apply(edits...); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// In finds where the record's line stands in the version that edits made of the record's.
func (r Record) In(next *Zone, edits []Edit) Row {
	return r.now(next, arrange(editsOf(edits, r.file.name)))
}

// In finds where the row stands in the version that edits made of the row's.
func (w Row) In(next *Zone, edits []Edit) Row { return w.r.In(next, edits) }

// Row is the record as a row of its file.
func (r Record) Row() Row { return Row{r} }

// now is In with the edits of the record's file in order.
func (r Record) now(next *Zone, edits arranged) Row {
	f := next.File(r.file.name)
	if f == nil {
		return Row{}
	}
	return next.RowAt(f, edits.shift(r.Span().Start))
}
