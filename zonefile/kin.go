package zonefile

import "bytes"

// Which chunks hold names below another one, or children of it with records of a type? A new record asks that to
// find its place, and must not go through a zone of a million records for the answer. So a chunk tells it by some bits:
// made once, when it is first asked, and kept as long as a version has the chunk.

// The start and the factor of the 64-bit hash FNV-1a.
const (
	hashStart  = 14695981039346656037
	hashFactor = 1099511628211
)

// hashBack goes on with a hash over text from its end to its start, so that the hashes of all names above one are passed.
func hashBack[T string | []byte](h uint64, text T) uint64 {
	for i := len(text) - 1; i >= 0; i-- {
		h = (h ^ uint64(lower(text[i]))) * hashFactor
	}
	return h
}

// kinHash is the hash of a canonical name.
func kinHash(n Name) uint64 { return hashBack(hashStart, string(n)) }

// ofType is the hash of "a child of the name with hash h that has records of a type"; 0 for any type.
func ofType(h uint64, t Type) uint64 { return h ^ (uint64(t)+1)*0x9e3779b97f4a7c15 }

// twice gives two independent hashes: one bit alone is wrong too often.
func twice(h uint64) (uint64, uint64) {
	h = (h ^ h>>31) * 0xbf58476d1ce4e5b9
	h ^= h >> 29
	return h, h>>32 | h<<32
}

// hasKin tells whether the chunk may have what a hash stands for; its no is sure.
func (c *chunk) hasKin(hash uint64) bool {
	c.kinOnce.Do(func() { c.kin = c.findKin() })
	one, two := twice(hash)
	return c.kin.has(one) && c.kin.has(two)
}

// children is the records of the chunk whose owners are children of the name with a hash, in order. They are put together
// once for all names: a script asks for as many families as it has new names, and each would go through the whole chunk.
// Two names may have one hash, so who asks looks at the owners.
func (c *chunk) children(parent uint64) []int32 {
	c.childrenOnce.Do(func() {
		c.childrenBy = map[uint64][]int32{}
		k, from, hash := kinFinder{c: c}, -1, uint64(0)
		for i := range c.entries {
			if c.entries[i].kind != kindRecord {
				continue
			}
			if f := int(c.inherited[i].from); f != from {
				from, hash = f, k.owner(f, i)
			}
			c.childrenBy[hash] = append(c.childrenBy[hash], int32(i))
		}
	})
	return c.childrenBy[parent]
}

// kinFinder collects the hashes of a chunk.
type kinFinder struct {
	c      *chunk
	hashes []uint64
	recent [64]uint64 // hashes that were added last: most owners have their parent and their types in common

	origin     Name // the last one, and its hash
	originHash uint64
	up         []byte // what the last owner was below, as it is written under that origin
	upHash     uint64 // its hash; 0 for none yet
}

// findKin hashes the names above owners, and each parent with the types below it.
func (c *chunk) findKin() marks {
	k := kinFinder{c: c, hashes: make([]uint64, 0, len(c.entries)/4+8)}
	from, parent := -1, uint64(0)
	for i := range c.entries {
		e := &c.entries[i]
		if e.kind != kindRecord {
			continue
		}
		if f := int(c.inherited[i].from); f != from {
			from, parent = f, k.owner(f, i)
			k.add(ofType(parent, 0))
		}
		k.add(ofType(parent, e.typ))
	}
	twofold := make([]uint64, 0, 2*len(k.hashes))
	for _, h := range k.hashes {
		one, two := twice(h)
		twofold = append(twofold, one, two)
	}
	return newMarks(twofold)
}

// add adds a hash that is not among those added last.
func (k *kinFinder) add(hash uint64) {
	if at := &k.recent[hash>>58]; *at != hash {
		*at = hash
		k.hashes = append(k.hashes, hash)
	}
}

// owner adds the names above the owner of entry i, which entry from names, and gives the hash of its parent.
func (k *kinFinder) owner(from, i int) uint64 {
	if from == fromState || k.c.entries[from].flags&oddOwner != 0 {
		return k.chain(k.c.owner(i).Parent())
	}
	text, origin := k.c.ownerText(from), k.c.origin(from)
	dot := bytes.IndexByte(text, '.')
	switch {
	case origin == "" || origin == Root || len(text) == 1 || bytes.IndexByte(text, '\\') >= 0 || text[0] == '"':
		return k.chain(k.c.owner(i).Parent())
	case dot < 0:
		return k.hashOrigin(origin)
	}
	if up := text[dot+1:]; origin != k.origin || k.upHash == 0 || !bytes.Equal(up, k.up) {
		k.upHash = k.parent(up, k.hashOrigin(origin))
		k.up = up
	}
	return k.upHash
}

// parent adds the names that text makes in front of an origin with hash h, and gives the hash of the longest.
func (k *kinFinder) parent(text []byte, h uint64) uint64 {
	if n := len(text); n == 0 || text[n-1] == '.' {
		h, text = hashStart, text[:max(n-1, 0)]
	}
	h = (h ^ '.') * hashFactor
	if len(text) == 0 {
		return h
	}
	for j := len(text) - 1; j >= 0; j-- {
		if text[j] == '.' {
			k.add(h)
		}
		h = (h ^ uint64(lower(text[j]))) * hashFactor
	}
	k.add(h)
	return h
}

// hashOrigin is the hash of an origin; it and the names above it are added when it changes.
func (k *kinFinder) hashOrigin(origin Name) uint64 {
	if origin != k.origin {
		k.origin, k.originHash, k.upHash = origin, k.chain(origin), 0
	}
	return k.originHash
}

// chain adds a name and all above it, and gives its hash.
func (k *kinFinder) chain(n Name) uint64 {
	for a := n; a != "" && a != Root; a = a.Parent() {
		k.add(kinHash(a))
	}
	return kinHash(n)
}

// ownerBytes is the owner of entry i, for most without making the name: it is written to buf.
func (c *chunk) ownerBytes(i int, buf []byte) []byte {
	if from := int(c.inherited[i].from); from != fromState && c.entries[from].flags&oddOwner == 0 {
		if name, ok := appendPlain(buf, c.ownerText(from), c.origin(from)); ok {
			return name
		}
	}
	return append(buf, c.owner(i)...)
}
