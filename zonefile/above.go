package zonefile

import "hash/maphash"

// The names above owners, and how many owners are below each: what exists without a record of its own (RFC 4592 §2.2.2) is one of
// them. A name is kept as its hash and an owner that is below it, so that a million of them make no text.

// place is an entry of one of an index's chunks.
type place struct {
	chunk int32
	entry int32
}

// aboves is how many runs of owners of some chunks are below each name.
type aboves struct {
	within func(owner place, n Name) bool // tells whether an owner is below a name
	seed   maphash.Seed
	slots  []aboveSlot // open addressing, by the hash of the name
	used   int
	line   []above // while they are counted: names above the owner that was counted last, each above the next
}

// aboveSlot is a name: the last octets of an owner.
type aboveSlot struct {
	hash   uint32
	length int32 // of the name; 0 for a free slot
	owner  place
	count  int32 // how many runs are below it
}

// above is a name above owners, one of them, and how many were counted that are not in the slots yet.
type above struct {
	name  Name
	owner place
	count int32
}

// of is how many runs of owners are below a name.
func (b *aboves) of(n Name) int32 {
	at, _ := b.find(n)
	return b.slots[at].count
}

// find is the place of a name's slot, or of the free one where it would go, and its hash.
func (b *aboves) find(n Name) (at uint64, hash uint32) {
	full, mask := maphash.String(b.seed, string(n)), uint64(len(b.slots)-1)
	hash = uint32(full >> 32)
	for at = full >> 32 & mask; b.slots[at].length != 0; at = (at + 1) & mask {
		s := &b.slots[at]
		if s.hash == hash && int(s.length) == len(n) && b.within(s.owner, n) {
			break
		}
	}
	return at, hash
}

// add adds to the count of a name that is above an owner.
func (b *aboves) add(n Name, owner place, count int32) {
	at, hash := b.find(n)
	if b.slots[at].length != 0 {
		b.slots[at].count += count
		return
	}
	b.slots[at] = aboveSlot{hash, int32(len(n)), owner, count}
	if b.used++; b.used > len(b.slots)/2 {
		b.grow()
	}
}

// grow makes twice the room.
func (b *aboves) grow() {
	old := b.slots
	b.slots = make([]aboveSlot, 2*len(old))
	mask := uint64(len(b.slots) - 1)
	for _, s := range old {
		if s.length != 0 {
			at := uint64(s.hash) & mask
			for b.slots[at].length != 0 {
				at = (at + 1) & mask
			}
			b.slots[at] = s
		}
	}
}

// enter counts an owner below a name.
func (b *aboves) enter(a above) {
	k := len(b.line)
	for k > 0 && !a.name.Within(b.line[k-1].name) {
		k--
	}
	b.leave(k)
	if k > 0 && b.line[k-1].name == a.name {
		b.line[k-1].count++
		return
	}
	b.line = append(b.line, a)
}

// leave takes all names of the line from k on away: what was counted below them is below those before them, too.
func (b *aboves) leave(k int) {
	for last := len(b.line) - 1; last >= k; last-- {
		a, end := b.line[last], Name("")
		if last > 0 {
			end = b.line[last-1].name
			b.line[last-1].count += a.count
		}
		for n := a.name; n != end && n != "" && n != Root; n = n.Parent() {
			b.add(n, a.owner, a.count)
		}
	}
	b.line = b.line[:min(k, len(b.line))]
}
