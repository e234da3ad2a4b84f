package zonefile

import (
	"slices"
	"strings"
)

// This file turns RRsets that are there into those that a script asks for, by the smallest change of text.

// setKey names an RRset.
type setKey struct {
	owner Name
	typ   Type
}

// wantedRecord is a record of the RRset that a script asks for.
type wantedRecord struct {
	key   string // its data, canonical
	rdata string
	from  Name // what relative names in rdata are relative to
}

// wantedSet is an RRset that a script asks for.
type wantedSet struct {
	key     setKey
	records []wantedRecord
	ttl     string // "" for what is there
}

// change turns RRsets into the wanted ones. Thousands cost a few versions of the zone: all take their first
// step in one, their second in the next. Where that does not give what is wanted, because the lines of one
// set lean on those of another, each half of the sets is changed by itself.
func (z *Zone) change(sets []*wantedSet) ([]Edit, error) {
	edits, next, err := z.sideBySide(sets)
	if len(sets) < 2 || err == nil && z.changed(next, sets) {
		return edits, err
	}
	half := len(sets) / 2
	return Chain(z, func(z *Zone) ([]Edit, error) { return z.change(sets[:half]) },
		func(z *Zone) ([]Edit, error) { return z.change(sets[half:]) })
}

// sideBySide takes step after step with all sets at once, and gives the version that comes out.
func (z *Zone) sideBySide(sets []*wantedSet) ([]Edit, *Zone, error) {
	sets = z.inOrderOfPlaces(sets)
	ways, turns := make([][]wantedStep, len(sets)), z.turns(sets)
	longest := 0
	for i, w := range sets {
		ways[i] = append(make([]wantedStep, turns[i]), w.steps(z.RRset(w.key.owner, w.key.typ))...)
		longest = max(longest, len(ways[i]))
	}
	var all []Edit
	now := z
	for n := range longest {
		var intents []intent
		for _, way := range ways {
			if n >= len(way) || way[n] == nil {
				continue
			}
			in, err := way[n](now)
			if err != nil {
				return nil, nil, err
			}
			intents = append(intents, in)
		}
		edits, next, err := now.settled(intents...)
		if err != nil {
			return nil, nil, err
		}
		all, now = z.compose(all, edits), next
	}
	return all, now, nil
}

// changed tells whether next has the sets as they are wanted, and with the TTLs that they had if no other is.
func (z *Zone) changed(next *Zone, sets []*wantedSet) bool {
	return !slices.ContainsFunc(sets, func(w *wantedSet) bool {
		had, has := z.RRset(w.key.owner, w.key.typ), next.RRset(w.key.owner, w.key.typ)
		gone, added := w.compare(has)
		ttl, given := ParseTTL(w.ttl)
		if !given && len(had) > 0 {
			ttl, given = z.RRsetTTL(had[0]), true
		}
		return len(gone)+len(added) > 0 || given && len(has) > 0 && next.RRsetTTL(has[0]) != ttl
	})
}

// wantedStep is one step of an RRset on its way, in the version that those before led to.
type wantedStep func(*Zone) (intent, error)

// steps turns an RRset that is there into the wanted one.
func (w *wantedSet) steps(have []Record) []wantedStep {
	var steps []wantedStep
	gone, added := w.compare(have)
	for len(gone) > 0 && len(added) > 0 {
		i, j := w.pair(gone, added)
		steps = append(steps, w.replace(gone[i], added[j]))
		gone, added = slices.Delete(gone, i, i+1), slices.Delete(added, j, j+1)
	}
	ttl := w.ttl
	if len(have) > 0 { // the set's own, as its lines state it; changeTTL gives all the new one
		ttl = ""
	}
	for _, a := range added {
		steps = append(steps, func(z *Zone) (intent, error) {
			d := Draft{Owner: w.key.owner, Type: w.key.typ, TTL: ttl, RData: a.rdata, Origin: a.from}
			at, err := z.placeFor(d)
			if err != nil {
				return intent{}, err
			}
			return z.inserting(d, at)
		})
	}
	for _, key := range gone {
		steps = append(steps, func(z *Zone) (intent, error) { return z.deleting(w.find(z, key)) })
	}
	if w.ttl != "" && len(w.records) > 0 {
		steps = append(steps, w.changeTTL)
	}
	return steps
}

// compare is the keys that go and the records that come.
func (w *wantedSet) compare(have []Record) (gone []string, added []wantedRecord) {
	added = slices.Clone(w.records)
	for _, r := range have {
		key := r.dataKey()
		n := len(added)
		added = slices.DeleteFunc(added, func(a wantedRecord) bool { return a.key == key })
		if len(added) == n {
			gone = append(gone, key)
		}
	}
	return gone, added
}

// pair picks a record that goes and one that comes which differ least: by a field they share.
func (w *wantedSet) pair(gone []string, added []wantedRecord) (int, int) {
	for i, g := range gone {
		for j, a := range added {
			gw, aw := strings.Fields(g), strings.Fields(a.key)
			for n := range min(len(gw), len(aw)) {
				if last := len(gw) - 1 - n; len(gw) == len(aw) && gw[last] == aw[last] {
					return i, j
				}
			}
		}
	}
	return 0, 0
}

// replace turns one record into another, field by field.
func (w *wantedSet) replace(key string, to wantedRecord) wantedStep {
	return func(z *Zone) (intent, error) {
		r := w.find(z, key)
		d := Draft{Type: w.key.typ, RData: to.rdata, Origin: to.from}
		data, err := d.rdataFor(z, r.Origin(), layoutOf(r).absRef)
		if err != nil {
			return intent{}, err
		}
		return z.setting(r, FieldRData, r.keepWords(data))
	}
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

// changeTTL gives the RRset the TTL that was asked for.
func (w *wantedSet) changeTTL(z *Zone) (intent, error) {
	set := z.RRset(w.key.owner, w.key.typ)
	want, _ := ParseTTL(w.ttl)
	if len(set) == 0 || z.RRsetTTL(set[0]) == want {
		return intent{}, nil
	}
	return z.setting(set[0], FieldTTL, w.ttl)
}

// find is the record with that data in a later version.
func (w *wantedSet) find(z *Zone, key string) Record {
	for _, r := range z.RRset(w.key.owner, w.key.typ) {
		if r.dataKey() == key {
			return r
		}
	}
	return Record{}
}
