package zonefile

import (
	"slices"
	"strings"
)

// The steps of an RRset on its way to what a script asks for: what differs least is replaced, then records are added
// or deleted, then they get their TTL. A step changes thousands of records in one version of the zone.

// wantedStep is one step of an RRset on its way, in the version that those before led to.
type wantedStep func(*Zone) ([]intent, error)

// steps turns an RRset that is there into the wanted one, at most so many records in a step.
func (w *wantedSet) steps(z *Zone, most int) []wantedStep {
	var steps []wantedStep
	have := w.have(z)
	gone, added := w.compare(have)
	pairs, gone, added := pair(gone, added)
	if most == atOnce && len(have.records) > 0 { // then each finds its place without the others
		if len(pairs)+len(added)+len(gone) > 0 {
			steps = append(steps, func(z *Zone) ([]intent, error) { return w.turn(z, pairs, added, gone) })
		}
		return w.endTTL(steps)
	}
	for some := range slices.Chunk(pairs, most) {
		steps = append(steps, func(z *Zone) ([]intent, error) { return w.replace(z, w.finder(z), some) })
	}
	ttl := w.ttl
	if len(have.records) > 0 { // the set's own, as its lines state it; changeTTL gives all the new one
		ttl = ""
	}
	rest := added
	if len(have.records) == 0 && len(added) > 1 { // the others find the first
		steps = append(steps, func(z *Zone) ([]intent, error) { return w.insert(z, added[:1], ttl) })
		rest = added[1:]
	}
	for some := range slices.Chunk(rest, most) {
		steps = append(steps, func(z *Zone) ([]intent, error) { return w.insert(z, some, ttl) })
	}
	for some := range slices.Chunk(gone, most) {
		steps = append(steps, func(z *Zone) ([]intent, error) { return w.remove(z, w.finder(z), some) })
	}
	return w.endTTL(steps)
}

// endTTL puts the step that gives the records their TTL behind the others.
func (w *wantedSet) endTTL(steps []wantedStep) []wantedStep {
	if w.ttl != "" && len(w.at) > 0 {
		steps = append(steps, w.changeTTL)
	}
	return steps
}

// turn replaces records, and adds or deletes others, in one step.
func (w *wantedSet) turn(z *Zone, pairs []replacement, added []wantedRecord, gone []string) ([]intent, error) {
	f := w.finder(z)
	out, err := w.replace(z, f, pairs)
	if err == nil && len(added) > 0 {
		var more []intent
		more, err = w.insert(z, added, "")
		out = append(out, more...)
	}
	if err == nil && len(gone) > 0 {
		var more []intent
		more, err = w.remove(z, f, gone)
		out = append(out, more...)
	}
	return out, err
}

// compare is the keys that go and the records that come. Of equal records all go or none does.
func (w *wantedSet) compare(have haveSet) (gone []string, added []wantedRecord) {
	kept := map[string]bool{}
	for _, key := range have.keys {
		if w.has(key) {
			kept[key] = true
		} else {
			gone = append(gone, key)
		}
	}
	for _, r := range w.records {
		if !r.gone && !kept[r.key] {
			added = append(added, r)
		}
	}
	return gone, added
}

// replacement is a record that goes and the one that comes in its place.
type replacement struct {
	key string
	to  wantedRecord
}

// sharedWord is a word of data at its place, in data of as many words.
type sharedWord struct {
	words, at int
	word      string
}

// pair pairs records that go with those that come and differ least, by a word that they share; then the others as they
// stand. It gives what is left over.
func pair(gone []string, added []wantedRecord) (pairs []replacement, left []string, more []wantedRecord) {
	if len(gone) == 0 || len(added) == 0 {
		return nil, gone, added
	}
	sharing := map[sharedWord][]int{} // which of added have a word
	for i, a := range added {
		words := strings.Fields(a.key)
		for at, word := range words {
			w := sharedWord{len(words), at, word}
			sharing[w] = append(sharing[w], i)
		}
	}
	taken := make([]bool, len(added))
	for _, key := range gone {
		best := -1
		words := strings.Fields(key)
		for at, word := range words {
			w := sharedWord{len(words), at, word}
			list := sharing[w]
			for len(list) > 0 && taken[list[0]] {
				list = list[1:]
			}
			if sharing[w] = list; len(list) > 0 && (best < 0 || list[0] < best) {
				best = list[0]
			}
		}
		if best < 0 {
			left = append(left, key)
			continue
		}
		taken[best] = true
		pairs = append(pairs, replacement{key, added[best]})
	}
	for i, a := range added {
		if !taken[i] {
			more = append(more, a)
		}
	}
	both := min(len(left), len(more))
	for i := range both {
		pairs = append(pairs, replacement{left[i], more[i]})
	}
	return pairs, left[both:], more[both:]
}

// finder finds records of a version by their data; of equal ones each once.
type finder map[string][]Record

// finder looks at the set in a version.
func (w *wantedSet) finder(z *Zone) finder {
	f := finder{}
	have := w.have(z)
	for i, r := range have.records {
		f[have.keys[i]] = append(f[have.keys[i]], r)
	}
	return f
}

// next is the next record with that data; the zero Record if there is none.
func (f finder) next(key string) (r Record) {
	if list := f[key]; len(list) > 0 {
		r, f[key] = list[0], list[1:]
	}
	return r
}

// replace turns records into others, field by field.
func (w *wantedSet) replace(z *Zone, f finder, list []replacement) ([]intent, error) {
	var out []intent
	for _, p := range list {
		r := f.next(p.key)
		if r.IsZero() {
			return nil, ErrStale
		}
		d := Draft{Type: w.key.typ, RData: p.to.rdata, Origin: p.to.from}
		data, err := d.rdataFor(z, r.Origin(), layoutOf(r).absRef)
		if err != nil {
			return nil, err
		}
		in, err := z.setting(r, FieldRData, r.keepWords(data))
		if err != nil {
			return nil, err
		}
		out = append(out, in)
	}
	return out, nil
}

// insert writes records, one behind the other.
func (w *wantedSet) insert(z *Zone, list []wantedRecord, ttl string) ([]intent, error) {
	drafts := make([]Draft, len(list))
	for i, a := range list {
		drafts[i] = Draft{Owner: w.key.owner, Type: w.key.typ, TTL: ttl, RData: a.rdata, Origin: a.from}
	}
	at, err := z.placeFor(drafts[0])
	if err != nil {
		return nil, err
	}
	if w.aside {
		at = z.atEnd(drafts[0])
	}
	in, err := z.inserting(at, drafts...)
	return []intent{in}, err
}

// remove deletes records.
func (w *wantedSet) remove(z *Zone, f finder, keys []string) ([]intent, error) {
	var list []Record
	for _, key := range keys {
		list = append(list, f.next(key))
	}
	in, err := z.deleting(list...)
	return []intent{in}, err
}

// changeTTL gives the RRset the TTL that was asked for.
func (w *wantedSet) changeTTL(z *Zone) ([]intent, error) {
	have := w.have(z)
	want, _ := ParseTTL(w.ttl)
	if len(have.records) == 0 || have.ttl() == want {
		return nil, nil
	}
	in, err := z.setting(have.records[0], FieldTTL, w.ttl)
	return []intent{in}, err
}

// keepWords is data with the record's own words where they mean the same.
func (r Record) keepWords(data string) string {
	words, err := lexField(data)
	fields, toks := r.Type().fields(), r.RData()
	if err != nil || len(words) != len(fields) || len(toks) != len(fields) {
		return data
	}
	for i, f := range fields {
		if f.canonical(words[i], r.Origin()) == f.canonical(toks[i].Text(), r.Origin()) {
			words[i] = toks[i].Raw
		}
	}
	return strings.Join(words, " ")
}
