package zonefile

import (
	"bytes"
	"iter"
)

// What BIND keeps of a zone when it loads it. A name with one record asks nothing of the index, and a name
// with thousands is gathered once: the cost grows as the zone does, whatever stands at one name.

// Loaded yields the records that BIND keeps when it loads the zone, in the order it reads them: none that
// is broken, outside the zone or of a class other than IN, and of equal ones the first.
func (z *Zone) Loaded() iter.Seq[Record] {
	return func(yield func(Record) bool) {
		repeated := z.repeated()
		for r := range z.Records() {
			if z.keeps(r) && (len(repeated) == 0 || !repeated[r]) && !yield(r) {
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

// ownerWithin tells whether the owner of entry i is a name or below it, for most without making the owner.
func (c *chunk) ownerWithin(i int, n Name) bool {
	from := int(c.inherited[i].from)
	if from == fromState || c.entries[from].flags&oddOwner != 0 {
		return c.owner(i).Within(n)
	}
	var buf [maxName]byte
	name, ok := appendPlain(buf[:0], c.ownerText(from), c.origin(from))
	if !ok || bytes.IndexByte(name, '\\') >= 0 { // the origin may hold an escaped dot
		return c.owner(i).Within(n)
	}
	cut := len(name) - len(n)
	return n == Root || cut >= 0 && string(name[cut:]) == string(n) && (cut == 0 || name[cut-1] == '.')
}

// repeated is the records that say what one before them has said.
func (z *Zone) repeated() map[Record]bool {
	out := map[Record]bool{}
	for node := range z.shared() {
		for _, set := range node.byType() {
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
					out[r] = true
				}
				seen[data] = true
			}
		}
	}
	return out
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
