package zonefile

import (
	"bytes"
	"math"
	"slices"
	"sort"
	"strings"
	"sync"
)

// Siblings are names with one parent. A new name goes behind the last of them that has a record of its type, or, where
// they stand in an order, to its place in that order. Both are asked for many names at once by a script, so a version
// remembers the answers.

// kinship is what makes names siblings here: their parent and, unless it is 0, a type that they have records of.
type kinship struct {
	parent Name
	typ    Type
}

// family is the siblings of one kinship in the file of the last of them.
type family struct {
	kinship
	last   Record  // the last record of theirs in a file that may be edited; of the type, if there is one
	chunks []int32 // of its file, that may hold some
	order  ordering

	mu   sync.Mutex
	kept map[int32][]sibling // of chunks that were asked for: those in order
}

// ordering compares the first labels of siblings; nil for none.
type ordering func(a, b string) int

// When siblings stand in order: there are at least so many, and at most one in so many is out of it.
const (
	fewestInOrder = 5
	oneAstray     = 50
)

// In a zone of more chunks than wholeChunks the order is judged by some of them, and by some siblings of each.
const (
	wholeChunks     = 4
	sampledChunks   = 16
	sampledSiblings = 64
)

// family finds the siblings of a kinship.
func (z *Zone) family(k kinship) *family {
	if f, ok := z.families.Load(k); ok {
		return f.(*family)
	}
	f := &family{kinship: k, kept: map[int32][]sibling{}}
	f.last = z.lastHolding(ofType(kinHash(k.parent), k.typ), f.lastIn)
	if !f.last.IsZero() {
		f.findChunks()
		f.findOrder()
	}
	kept, _ := z.families.LoadOrStore(k, f)
	return kept.(*family)
}

// lastHolding is the last record that in finds in a chunk which may have what a hash stands for, of the files that
// may be edited.
func (z *Zone) lastHolding(hash uint64, in func(Record) Record) (last Record) {
	z.root.backward(func(f *File, ci int) bool {
		if f.reason == "" && f.chunks[ci].hasKin(hash) {
			last = in(Record{z, f, int32(ci), 0})
		}
		return last.IsZero()
	})
	return last
}

// backward yields the chunks of f and of what it includes, the last that BIND reads first.
func (f *File) backward(yield func(*File, int) bool) bool {
	for ci := len(f.chunks) - 1; ci >= 0; ci-- {
		if in := f.chunks[ci].included; in != nil && !in.backward(yield) {
			return false
		}
		if !yield(f, ci) {
			return false
		}
	}
	return true
}

// lastIn is the family's last record in the chunk of r.
func (f *family) lastIn(r Record) Record {
	var buf [maxName + 1]byte
	c := r.c()
	for _, i := range slices.Backward(c.children(kinHash(f.parent))) {
		if f.typ != 0 && c.entries[i].typ != f.typ {
			continue
		}
		if _, is := f.label(c.ownerBytes(int(i), buf[:0])); is {
			r.entry = i
			return r
		}
	}
	return Record{}
}

// label is the first label of a name, if the name is a child of the family's parent.
func (f *family) label(name []byte) ([]byte, bool) {
	dot := bytes.IndexByte(name, '.')
	if bytes.IndexByte(name, '\\') >= 0 {
		dot = Name(name).firstDot()
	}
	is := dot > 0 && (string(name[dot+1:]) == string(f.parent) || f.parent == Root && dot+1 == len(name))
	return name[:max(dot, 0)], is
}

// findChunks keeps the chunks of the last record's file that may hold siblings.
func (f *family) findChunks() {
	hash := ofType(kinHash(f.parent), f.typ)
	for ci, c := range f.last.file.chunks[:f.last.chunk+1] {
		if c.hasKin(hash) {
			f.chunks = append(f.chunks, int32(ci))
		}
	}
}

// sibling is where a sibling's records start, and its first label.
type sibling struct {
	entry int32
	label string
}

// in is the siblings in one chunk, in the order in which they stand there, but no more than most.
func (f *family) in(chunk int32, most int) []sibling {
	var buf [maxName + 1]byte
	var out []sibling
	c := f.last.file.chunks[chunk]
	from, last := -1, ""
	for _, i := range c.children(kinHash(f.parent)) {
		if len(out) == most {
			break
		}
		if f.typ != 0 && c.entries[i].typ != f.typ || int(c.inherited[i].from) == from && i > 0 {
			continue
		}
		from = int(c.inherited[i].from)
		if label, is := f.label(c.ownerBytes(int(i), buf[:0])); is && string(label) != last {
			last = string(label)
			out = append(out, sibling{i, last})
		}
	}
	return out
}

// findOrder judges whether the siblings stand in an order: by their text, as DNSSEC sorts them too (RFC 4034 §6.1), or
// by the numbers in it.
func (f *family) findOrder() {
	labels := f.sample()
	if len(labels) < fewestInOrder {
		return
	}
	for _, order := range []ordering{strings.Compare, compareNumbers} {
		if astray := len(labels) - len(longestRise(labels, order)); astray <= len(labels)/oneAstray {
			f.order = order
			return
		}
	}
}

// sample is the siblings that the order is judged by: all, or, of many, some of each of some chunks.
func (f *family) sample() []string {
	var labels []string
	step, most := 1, math.MaxInt
	if len(f.chunks) > wholeChunks {
		step, most = max(1, len(f.chunks)/sampledChunks), sampledSiblings
	}
	for i := 0; i < len(f.chunks); i += step {
		list := f.in(f.chunks[i], math.MaxInt)
		for j := 0; j < len(list); j += 1 + len(list)/most {
			labels = append(labels, list[j].label)
		}
	}
	return labels
}

// longestRise is the places of the longest part of a list that never falls.
func longestRise(list []string, order ordering) []int {
	var tails []int // of the parts that rise, by length: where the one that ends lowest ends
	before := make([]int, len(list))
	for i, s := range list {
		n := sort.Search(len(tails), func(n int) bool { return order(list[tails[n]], s) > 0 })
		before[i] = -1
		if n > 0 {
			before[i] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, i)
		} else {
			tails[n] = i
		}
	}
	var out []int
	if len(tails) > 0 {
		for i := tails[len(tails)-1]; i >= 0; i = before[i] {
			out = append(out, i)
		}
	}
	slices.Reverse(out)
	return out
}

// compareNumbers compares texts with the numbers in them by their value: host9 before host10.
func compareNumbers(a, b string) int {
	for a != "" && b != "" {
		na, nb := digits(a), digits(b)
		if na == 0 || nb == 0 {
			if a[0] != b[0] {
				return strings.Compare(a, b)
			}
			a, b = a[1:], b[1:]
			continue
		}
		x, y := strings.TrimLeft(a[:na], "0"), strings.TrimLeft(b[:nb], "0")
		if len(x) != len(y) {
			return len(x) - len(y)
		}
		if x != y {
			return strings.Compare(x, y)
		}
		a, b = a[na:], b[nb:]
	}
	return len(a) - len(b)
}

// digits is how many digits a text starts with.
func digits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// neighbour is the sibling that a label goes behind by the order; where it is lower than all, the one that it goes
// before.
func (f *family) neighbour(label string) (r Record, before bool) {
	at := sort.Search(len(f.chunks), func(i int) bool { return f.order(f.lowest(i), label) > 0 })
	for at = min(at, len(f.chunks)-1); at >= 0; at-- { // the next one may start a little below its lowest
		list := f.inOrder(f.chunks[at])
		n := sort.Search(len(list), func(i int) bool { return f.order(list[i].label, label) > 0 })
		if n > 0 {
			return f.record(f.chunks[at], list[n-1]), false
		}
	}
	for _, chunk := range f.chunks {
		if list := f.inOrder(chunk); len(list) > 0 {
			return f.record(chunk, list[0]), true
		}
	}
	return f.last, false
}

// lowest is about where the siblings of a chunk start in the order: the middle one of the first three, as one may be
// astray. Where the chunk has none it is that of the next one.
func (f *family) lowest(i int) string {
	for ; i < len(f.chunks); i++ {
		if first := f.in(f.chunks[i], 3); len(first) > 0 {
			slices.SortFunc(first, func(a, b sibling) int { return f.order(a.label, b.label) })
			return first[(len(first)-1)/2].label
		}
	}
	return ""
}

// inOrder is the siblings of a chunk without those that are astray.
func (f *family) inOrder(chunk int32) []sibling {
	f.mu.Lock()
	defer f.mu.Unlock()
	if kept, ok := f.kept[chunk]; ok {
		return kept
	}
	list := f.in(chunk, math.MaxInt)
	labels := make([]string, len(list))
	for j, s := range list {
		labels[j] = s.label
	}
	kept := make([]sibling, 0, len(list))
	for _, j := range longestRise(labels, f.order) {
		kept = append(kept, list[j])
	}
	f.kept[chunk] = kept
	return kept
}

// record is the record that a sibling starts with.
func (f *family) record(chunk int32, s sibling) Record {
	return Record{f.last.z, f.last.file, chunk, s.entry}
}
