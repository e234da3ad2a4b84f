package zonefile

// An $ORIGIN of a name that becomes another. What is written relative to it would have to be written in full, a hundred lines where
// somebody would have changed one. So the $ORIGIN is rewritten, and what is relative below it stays as it is written: only names of
// lines that are to change may be there, since each line of it gets another name. That is not worked out but tried: the version that
// comes out has to have the records of the one in which names are written in full, or that one stands.

import "bytes"

// RewriteBelow is RewriteWhile for names that become others because one does, at which or below which they are.
func (z *Zone) RewriteBelow(goesOn func() bool, from, to Name, list ...Rewrite) ([]Edit, error) {
	edits, err := z.RewriteWhile(goesOn, list...)
	if err != nil {
		return nil, err
	}
	moved, ok := z.originEdits(from, to)
	if !ok {
		return edits, nil
	}
	for _, one := range list {
		if changes := one.besideOrigin(from).changes(); len(changes) > 0 {
			moved = append(moved, one.Record.rewrite(changes...)...)
		}
	}
	if want, err := z.Apply(edits...); err != nil || !want.isMadeBy(z, moved) {
		return edits, nil
	}
	return moved, nil
}

// originEdits rewrites what states an origin that is a name, or below it. It is false where nothing does, or where that cannot be edited.
func (z *Zone) originEdits(from, to Name) (edits []Edit, ok bool) {
	for f := range z.Files() {
		for ci, c := range f.chunks {
			for i := range c.entries {
				r := Record{z, f, int32(ci), int32(i)}
				ch, is := r.originChange(from, to)
				switch {
				case !is:
				case r.protected() != nil:
					return nil, false
				default:
					edits = append(edits, r.rewrite(ch)...)
				}
			}
		}
	}
	return edits, len(edits) > 0
}

// originChange is what becomes of the origin that a directive states. One that is relative to another that changes stays.
func (r Record) originChange(from, to Name) (ch change, ok bool) {
	n := 0
	switch r.e().kind {
	case kindOrigin:
	case kindInclude: // behind the path
		n = 1
	default:
		return ch, false
	}
	toks := r.c().tokens(int(r.entry), nil)
	if n >= len(toks) {
		return ch, false
	}
	word := r.c().src[toks[n].start:toks[n].end]
	text, ok := r.Renamed(string(word), from, to)
	at := r.file.starts[r.chunk]
	return change{Span{at + uint32(toks[n].start), at + uint32(toks[n].end)}, text}, ok && !(isRelative(word) && r.Origin().Within(from))
}

// besideOrigin is what is left to write where the origins that are a name, or below it, become others: names that are relative to one
// of them stay as they are written.
func (one Rewrite) besideOrigin(from Name) Rewrite {
	r := one.Record
	if !r.Origin().Within(from) {
		return one
	}
	if owner := r.OwnerText(); owner == "" || isRelative([]byte(owner)) {
		one.Owner = ""
	}
	if r.Type().HoldsStrings() {
		return one
	}
	data := one.Data
	one.Data = nil
	for _, e := range data {
		if t, ok := r.tokenAround(e.Span); !ok || !isRelative([]byte(t.Raw)) {
			one.Data = append(one.Data, e)
		}
	}
	return one
}

// isMadeBy tells whether edits of another version make one that has the same records, line by line.
func (z *Zone) isMadeBy(of *Zone, edits []Edit) bool {
	now, err := of.Apply(edits...)
	if err != nil {
		return false
	}
	was, is := z.linked(), now.linked()
	if len(was) != len(is) {
		return false
	}
	for i, r := range was {
		if o := is[i]; r.Owner() != o.Owner() || r.Type() != o.Type() || r.TTL() != o.TTL() || r.loadedTTL() != o.loadedTTL() ||
			!(r.Origin() == o.Origin() && bytes.Equal(r.Text(), o.Text())) && r.CanonicalRData() != o.CanonicalRData() {
			return false
		}
	}
	return true
}

// linked is all records of the zone, those of a $GENERATE among them.
func (z *Zone) linked() (out []Record) {
	for r := range z.Records() {
		out = append(out, r)
	}
	return out
}
