package zonefile

import "bytes"

// An RRset has one TTL. Where its lines state different ones BIND takes one of them (RRsetTTL), so a line
// that goes, comes or moves may change what another RRset is served with. ttlHarm repairs that: the
// lines that stay are given the TTL that they were served with.

// ttlHarm is the repair of the RRsets whose served TTL the edits change without touching it.
func (z *Zone) ttlHarm(harms []*harm, edits []Edit) []Edit {
	files := map[*File]*harm{}
	for _, h := range harms {
		files[h.old] = h
	}
	var repair []Edit
	for owner := range z.ownersNear(edits) {
		for _, set := range z.Node(owner).sets() {
			if mixed(set) {
				repair = append(repair, keepTTL(files, set)...)
			}
		}
	}
	return repair
}

// ownersNear is the owners of the records that edits change and of those just before and behind them:
// theirs are the runs of lines that may part or meet.
func (z *Zone) ownersNear(edits []Edit) map[Name]bool {
	owners := map[Name]bool{}
	for _, e := range edits {
		if w := z.RowAt(e.File, e.Start).prevRecord(); !w.IsZero() {
			owners[w.Owner()] = true
		}
		behind := 0
		for w := range z.FileRows(e.File, e.Start) {
			if w.Kind() == RowRecord {
				owners[w.Owner()] = true
				if w.Span().Start >= e.End {
					behind++
				}
			}
			if behind > 1 {
				break
			}
		}
	}
	return owners
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

// mixed tells whether the lines of an RRset have different TTLs.
func mixed(set []Record) bool {
	for _, r := range set {
		if r.TTL() != set[0].TTL() {
			return true
		}
	}
	return false
}

// sets is the node's RRsets, each in the order BIND reads it.
func (n Node) sets() [][]Record {
	var out [][]Record
	at := map[setName]int{}
	for _, r := range n.Records {
		name := r.setName()
		i, known := at[name]
		if !known {
			i = len(out)
			at[name] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	return out
}

// setName tells the RRsets of one owner apart.
type setName struct {
	typ    Type
	covers string // of a signature: the type that it covers (BIND keeps an RRset of signatures for each)
}

// setName is the RRset that a record is of.
func (r Record) setName() setName {
	if r.Type() != TypeRRSIG {
		return setName{typ: r.Type()}
	}
	return setName{TypeRRSIG, string(bytes.ToLower(r.word(0)))}
}

// sameSet tells whether two records of one owner are of one RRset: of one type, and signatures of what
// they cover (BIND keeps an RRset of signatures for each type).
func (r Record) sameSet(o Record) bool {
	return r.Type() == o.Type() && r.setName() == o.setName()
}

// keepTTL gives the lines of a set that stay the TTL that it was served with, if they would lose it.
func keepTTL(files map[*File]*harm, set []Record) []Edit {
	want := set[0].z.RRsetTTL(set[0])
	var repair []Edit
	lost := false
	for _, r := range set {
		h, ok := files[r.file]
		if !ok || h.isTouched(r) {
			continue
		}
		is := h.next.RowAt(h.new, h.edits.shift(r.Span().Start)).Record()
		if is.IsZero() {
			continue
		}
		lost = lost || h.next.RRsetTTL(is) != want
		if is.TTL() != want {
			repair = append(repair, is.ttlEdit(ttlText(is, want))...)
		}
	}
	if !lost {
		return nil
	}
	return repair
}
