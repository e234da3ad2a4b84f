package zonefile

import (
	"iter"
)

// What BIND keeps of a zone when it loads it. A name with one record asks nothing of the index, and a name
// with thousands is gathered once: the cost grows as the zone does, whatever stands at one name.

// Loaded yields the records that BIND keeps when it loads the zone, in the order it reads them, each with the TTL that
// it is served with: none that is broken, outside the zone or of a class other than IN, and of equal ones the first. With
// types it yields those of these types, and looks at no others.
func (z *Zone) Loaded(types ...Type) iter.Seq2[Record, uint32] {
	return func(yield func(Record, uint32) bool) {
		s := z.several(types)
		for r := range z.recordsOf(types) {
			if !z.keeps(r) || len(s.repeated) > 0 && s.repeated[r] {
				continue
			}
			ttl := r.TTL()
			if other, ok := s.served[r]; ok {
				ttl = other
			}
			if !yield(r, ttl) {
				return
			}
		}
	}
}

// keeps tells whether a record survives the load, were it the only one.
func (z *Zone) keeps(r Record) bool {
	c, i := r.c(), int(r.entry)
	return !r.Foreign() && !c.isFlawed(i) && (z.apex == "" || c.ownerWithin(i, z.apex)) // BIND: ignoring out-of-zone data
}

// several is what is to be known of records that are not alone in their RRsets.
type several struct {
	repeated map[Record]bool   // they say what one before them has said
	served   map[Record]uint32 // the TTL that they are served with, where it is not their line's
}

// several looks at the names that have several records of some types, each once.
func (z *Zone) several(types []Type) several {
	s := several{repeated: map[Record]bool{}, served: map[Record]uint32{}}
	for node := range z.shared(types) {
		for _, set := range node.byType() {
			s.repeats(z, set)
		}
		if mixed(node.Records) {
			s.serve(node)
		}
	}
	return s
}

// repeats finds the records of one type that say what one before them has said.
func (s *several) repeats(z *Zone, set []Record) {
	seen := map[string]bool{}
	for _, r := range set {
		if !z.keeps(r) {
			continue
		}
		wire, _ := r.wire()
		data := string(wire)
		if comparesCase(r.Type()) {
			data = r.dataKey()
		}
		if seen[data] {
			s.repeated[r] = true
		}
		seen[data] = true
	}
}

// serve finds the RRsets whose lines state different TTLs.
func (s *several) serve(n Node) {
	for _, set := range n.sets() {
		if !mixed(set) {
			continue
		}
		ttl := set[len(set)-1].loadedTTL()
		for _, r := range set {
			s.served[r] = ttl
		}
	}
}

// byType is the node's records of each type of which it has several, in the order BIND reads them.
func (n Node) byType() [][]Record {
	if !n.repeatsType() {
		return nil
	}
	var sets [][]Record
	at := map[Type]int{}
	for _, r := range n.Records {
		i, known := at[r.Type()]
		if !known {
			i = len(sets)
			at[r.Type()] = i
			sets = append(sets, nil)
		}
		sets[i] = append(sets[i], r)
	}
	return sets
}

// fewTypes is how many records of a name are compared with each other.
const fewTypes = 16

// repeatsType tells whether two of the node's records may be of one type. Its no is sure: most names have one of
// each.
func (n Node) repeatsType() bool {
	if len(n.Records) > fewTypes {
		return true
	}
	for i, r := range n.Records {
		for _, o := range n.Records[:i] {
			if o.Type() == r.Type() {
				return true
			}
		}
	}
	return false
}

// dataKey is the record's data in a form in which equal data is equal text.
func (r Record) dataKey() string { return dataKey(r.Type(), r.RDataText(), r.Origin()) }

// dataKey is RDATA text as BIND prints it, with the names as they are written where BIND compares them so; data that BIND
// would refuse stands for itself.
func dataKey(t Type, text string, origin Name) string {
	r, err := readRData(t, text, origin)
	if err != nil {
		return text
	}
	return printRData(t, r.wire) + string(r.spelled)
}
