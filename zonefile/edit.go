package zonefile

// Edits, the one currency of change, and the one way from a version to the next. No byte outside an edit changes.

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"weak"
)

// Edit replaces a span of one file by new text. Its offsets count in the text of the version that File
// belongs to; edits of one list are independent of each other.
type Edit struct {
	File *File
	Span
	New string
}

// What Apply refuses.
var (
	ErrStale   = errors.New("the edit was made for another version of the zone")
	ErrOverlap = errors.New("two edits change the same bytes")
)

// after is the version that edits made, as long as somebody has it.
type after struct {
	edits []Edit
	next  weak.Pointer[Zone]
}

// Apply makes a new version of the zone with the edits done. Bytes outside their spans stay as they are.
// Insertions at one place keep the order of the list. The version that the same edits made last is given again: an operation that
// has made it to see what comes of its edits, and who does them then, have one version.
func (z *Zone) Apply(edits ...Edit) (*Zone, error) {
	if len(edits) == 0 {
		return z, nil
	}
	if a, made := z.after.Load().(*after); made && slices.Equal(a.edits, edits) {
		if next := a.next.Value(); next != nil {
			return next, nil
		}
	}
	next, err := z.apply(edits)
	if err == nil {
		z.leadsTo(edits, next)
	}
	return next, err
}

// leadsTo keeps the version that edits make, however many steps led to it.
func (z *Zone) leadsTo(edits []Edit, next *Zone) {
	if next == z {
		return
	}
	z.after.Store(&after{slices.Clone(edits), weak.Make(next)})
}

// apply makes a version.
func (z *Zone) apply(edits []Edit) (*Zone, error) {
	byFile := map[*File][]Edit{}
	for _, e := range edits {
		byFile[e.File] = append(byFile[e.File], e)
	}
	next := &Zone{opt: z.opt, reads: maps.Clone(z.reads), older: z.index()}
	root := z.root.texts()
	for f := range z.Files() {
		list, ok := byFile[f]
		if !ok {
			continue
		}
		delete(byFile, f)
		texts, err := f.edited(list)
		if err != nil {
			return nil, err
		}
		if f == z.root {
			root = texts
		} else {
			next.replaceRead(f.name, texts)
		}
	}
	if len(byFile) > 0 {
		return nil, ErrStale
	}
	next.link(z.root.name, root, z)
	return next, nil
}

// byPlace orders edits; an insertion goes before what is replaced at the same place.
func byPlace(a, b Edit) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) }

// replaceRead puts new text where a file's old text is remembered.
func (z *Zone) replaceRead(name string, texts []*text) {
	for key, r := range z.reads {
		if r.name == name {
			z.reads[key] = &read{name: name, texts: texts}
		}
	}
}

// texts is what the file's chunks were scanned from.
func (f *File) texts() []*text {
	out := make([]*text, len(f.chunks))
	for i, c := range f.chunks {
		out[i] = c.text
	}
	return out
}

// edited scans the chunks that edits touch again, and goes on until a boundary is the old one again.
func (f *File) edited(edits []Edit) ([]*text, error) {
	if f.reason != "" {
		return nil, fmt.Errorf("%s: %s", f.name, f.reason)
	}
	edits = slices.Clone(edits)
	slices.SortStableFunc(edits, byPlace)
	size := uint32(f.Size())
	for i, e := range edits {
		if e.Start > e.End || e.End > size {
			return nil, ErrStale
		}
		if i > 0 && e.Start < edits[i-1].End {
			return nil, ErrOverlap
		}
	}
	r := rescan{old: f, edits: edits}
	r.run()
	return r.texts, nil
}

// rescan makes the texts of an edited file out of the old ones.
type rescan struct {
	old     *File
	edits   []Edit // those that are not done yet
	texts   []*text
	healing bool    // the state that the last text leaves
	swaps   []swap  // the edits of a text that is patched
	room    []entry // for its entries
}

// run copies texts that nothing touches and scans the others.
func (r *rescan) run() {
	for ci := 0; ci < len(r.old.chunks) || len(r.edits) > 0; {
		if c := r.untouched(ci); c != nil {
			r.texts = append(r.texts, c.text)
			r.healing = c.left
			ci++
			continue
		}
		if t := r.patch(ci); t != nil {
			r.texts = append(r.texts, t)
			ci++
			continue
		}
		ci = r.scanFrom(ci)
	}
}

// untouched is chunk ci if it may stay as it is: no edit in it, nor behind a carriage return at its end, and entered as before.
func (r *rescan) untouched(ci int) *chunk {
	if ci >= len(r.old.chunks) {
		return nil
	}
	c := r.old.chunks[ci]
	last := ci == len(r.old.chunks)-1
	touched := len(r.edits) > 0 && (r.edits[0].Start < r.old.starts[ci+1] || last || r.meetsEnd(r.edits[0], ci))
	if touched || c.text.healing != r.healing {
		return nil
	}
	return c
}

// patch is the text of chunk ci with the edits in it done; nil where they may change more than that.
func (r *rescan) patch(ci int) *text {
	if ci >= len(r.old.chunks) || r.healing {
		return nil
	}
	start, end, final := r.old.starts[ci], r.old.starts[ci+1], ci == len(r.old.chunks)-1
	r.swaps = r.swaps[:0]
	for _, e := range r.edits {
		if e.Start >= end && !final {
			if r.meetsEnd(e, ci) {
				return nil
			}
			break
		}
		if e.End > end {
			return nil
		}
		r.swaps = append(r.swaps, swap{Span{e.Start - start, e.End - start}, e.New})
	}
	var t *text
	if t, r.room = r.old.chunks[ci].patched(r.swaps, final, 2*max(chunkBytes, r.old.Size()/maxChunks), r.room); t != nil {
		r.edits = r.edits[len(r.swaps):]
	}
	return t
}

// meetsEnd tells whether an edit begins where chunk ci ends, in a carriage return: a newline behind it would be of the same line end.
func (r *rescan) meetsEnd(e Edit, ci int) bool {
	src := r.old.chunks[ci].src
	return e.Start == r.old.starts[ci+1] && len(src) > 0 && src[len(src)-1] != '\n'
}

// scanFrom scans from the start of chunk ci on until it meets the start of an old chunk that may stay,
// and returns that chunk's number.
func (r *rescan) scanFrom(ci int) int {
	s := scanner{healing: r.healing}
	for more := 1; ; more *= 2 {
		var to int
		s.src, to = r.gather(s.src, ci, more)
		ci = to
		s.final = to >= len(r.old.chunks)
		texts, end := s.scan()
		s.src = s.src[end:]
		r.texts = append(r.texts, texts...)
		if len(s.src) == 0 {
			r.healing = s.healing
			return ci
		}
	}
}

// gather appends the new bytes of n chunks from ci on to what is left of those before.
func (r *rescan) gather(left []byte, ci, n int) ([]byte, int) {
	out := append(make([]byte, 0, len(left)+r.grown(ci, n)), left...)
	for ; n > 0 && ci < len(r.old.chunks); n-- {
		out = r.appendEdited(out, ci)
		ci++
	}
	if ci >= len(r.old.chunks) { // insertions into an empty file
		for _, e := range r.edits {
			out = append(out, e.New...)
		}
		r.edits = nil
	}
	return out, ci
}

// grown is how many bytes n chunks from ci on have at the most when their edits are done.
func (r *rescan) grown(ci, n int) int {
	start, end := r.old.starts[min(ci, len(r.old.chunks))], r.old.starts[min(ci+n, len(r.old.chunks))]
	size := int(end - start)
	for _, e := range r.edits {
		if e.Start >= end {
			break
		}
		size += len(e.New)
	}
	return size
}

// appendEdited appends chunk ci with its edits done. An edit that reaches beyond the chunk is cut: the
// rest of its deletion stays for the next one.
func (r *rescan) appendEdited(out []byte, ci int) []byte {
	start, end := r.old.starts[ci], r.old.starts[ci+1]
	src, pos := r.old.chunks[ci].src, start
	for len(r.edits) > 0 && r.edits[0].Start < end {
		e := r.edits[0]
		out = append(out, src[pos-start:e.Start-start]...)
		out = append(out, e.New...)
		pos = min(e.End, end)
		r.edits = r.edits[1:]
		if e.End > end {
			rest := Edit{e.File, Span{end, e.End}, ""}
			r.edits = append([]Edit{rest}, r.edits...)
		}
	}
	return append(out, src[pos-start:]...)
}

// editsOf is the edits of the file with a name.
func editsOf(edits []Edit, name string) []Edit {
	var out []Edit
	for _, e := range edits {
		if e.File.name == name {
			out = append(out, e)
		}
	}
	return out
}
