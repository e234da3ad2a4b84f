package zonefile

// An RRset: the records of one owner and type (RFC 2181 §5). Its lines may stand anywhere and state different TTLs; BIND
// serves it with one of them.

import "slices"

// RRset is the records of one owner and type, in the order BIND reads them.
func (z *Zone) RRset(n Name, t Type) []Record {
	set, _ := z.gather(n, t, t)
	return set
}

// RRsetTTL is the TTL that BIND serves a record's RRset with: that of the lines which it adds last (see batch.go).
func (z *Zone) RRsetTTL(r Record) uint32 { return r.servedAmong(z.RRset(r.Owner(), r.Type())) }

// servedAmong is RRsetTTL for a record of which all records of its owner and type are known.
func (r Record) servedAmong(all []Record) uint32 {
	for _, o := range slices.Backward(all) {
		if o.SameSet(r) {
			return o.loadedTTL()
		}
	}
	return r.TTL()
}

// mixed tells whether the lines of records have different TTLs.
func mixed(set []Record) bool {
	return slices.ContainsFunc(set, func(r Record) bool { return r.TTL() != set[0].TTL() })
}

// equals is the records of an RRset with the same data as r, r among them.
func (r Record) equals() []Record {
	key := r.dataKey()
	return slices.DeleteFunc(r.z.RRset(r.Owner(), r.Type()), func(o Record) bool { return o.dataKey() != key })
}

// sets is the node's RRsets, each in the order BIND reads it.
func (n Node) sets() [][]Record {
	var out [][]Record
	at := map[setType]int{}
	for _, r := range n.Records {
		set := r.setType()
		i, known := at[set]
		if !known {
			i = len(out)
			at[set] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], r)
	}
	return out
}

// setType is the RRset that the record is of, among those of its owner.
func (r Record) setType() setType { return r.c().setType(int(r.entry)) }

// SameSet tells whether two records of one owner are of one RRset: of one type, and signatures of what
// they cover (BIND keeps an RRset of signatures for each type).
func (r Record) SameSet(o Record) bool {
	return r.Type() == o.Type() && r.setType() == o.setType()
}
