package zonefile

// A batch is the lines of one owner that BIND reads before it adds them to the zone: up to a line of another name,
// an $INCLUDE, or the end of the file. A $GENERATE does not end it, nor does the glue of its own NS records. Within
// a batch an RRset has the TTL of its first line, whatever the others say ("TTL set to prior TTL"), and the lines
// below inherit the TTL that was set, not the one that was written. All of this is load_text of BIND's
// lib/dns/master.c, measured with 9.18; TestTTLAsBIND holds the table.
//
// Nearly all batches have one TTL, and then nothing of an owner is looked at but its text. One thing is read otherwise:
// a batch ends within itself where its data passes 64 KiB, and an RRset of mixed TTLs whose lines stand on both sides
// of that is served with a later TTL (BIND: MINTSIZ), here with its first.

import (
	"bytes"
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/miekg/dns"
)

// setType tells the RRsets of one owner apart: signatures by the type that they cover.
type setType struct{ typ, covers Type }

// setType is the RRset that entry i goes to, among those of its owner.
func (c *chunk) setType(i int) setType {
	t := setType{typ: c.entries[i].typ}
	if t.typ == TypeRRSIG || t.typ == Type(dns.TypeSIG) {
		t.covers, _ = parseType(c.argument(i, 0))
	}
	return t
}

// clamp is a record that is loaded with another TTL than its line has.
type clamp struct {
	entry uint16
	ttl   uint32
}

// loadedTTL is the TTL with which BIND adds the record of entry i to the zone.
func (c *chunk) loadedTTL(i int) uint32 {
	n, found := slices.BinarySearchFunc(c.clamps, i, func(cl clamp, i int) int { return int(cl.entry) - i })
	if found {
		return c.clamps[n].ttl
	}
	return c.inherited[i].ttl
}

// openBatch is what the next chunk has to know of a batch. It never changes.
type openBatch struct {
	owner string // as BIND compares owners: absolute, in the case in which it is written
	types map[setType]uint32
	ns    map[Name]bool // the targets of its NS records
}

// same compares two open batches; nil is none.
func (o *openBatch) same(p *openBatch) bool {
	if o == nil || p == nil {
		return o == p
	}
	return o.owner == p.owner && maps.Equal(o.types, p.types) && maps.Equal(o.ns, p.ns)
}

// same tells whether lines mean the same behind both states.
func (st state) same(o state) bool {
	batch, glue := st.batch.same(o.batch), st.glue.same(o.glue)
	st.batch, st.glue, o.batch, o.glue = nil, nil, nil, nil
	if st.hasDef && o.hasDef { // then no line takes the TTL of the one above it (RFC 2308 §4)
		st.ttl, st.hasTTL = o.ttl, o.hasTTL
	}
	return batch && glue && st == o
}

// ttlTable is the TTL of each RRset of a batch. Most have few: a map is made from many on.
type ttlTable struct {
	few  []setTTL
	many map[setType]uint32
}

// setTTL is an RRset's TTL.
type setTTL struct {
	set setType
	ttl uint32
}

// fewSets is up to how many RRsets are looked at one by one.
const fewSets = 16

// of is the TTL of an RRset; false where the batch has none of it.
func (t *ttlTable) of(set setType) (ttl uint32, ok bool) {
	if t.many != nil {
		ttl, ok = t.many[set]
		return ttl, ok
	}
	for _, s := range t.few {
		if s.set == set {
			return s.ttl, true
		}
	}
	return 0, false
}

// set keeps the TTL of an RRset, if it has none yet.
func (t *ttlTable) add(set setType, ttl uint32) {
	if _, ok := t.of(set); ok {
		return
	}
	if t.few = append(t.few, setTTL{set, ttl}); len(t.few) == fewSets {
		t.many = map[setType]uint32{}
		for _, s := range t.few {
			t.many[s.set] = s.ttl
		}
	}
	if t.many != nil {
		t.many[set] = ttl
	}
}

// batch is a batch while it is read.
type batch struct {
	before *openBatch    // its part in the chunks before; nil when it starts here
	from   int           // the entry that names it here; -1 when only chunks before do
	origin int           // the number of the chunk's origins above that
	start  int           // its lines here: those from start on, and parts
	parts  []Span        // its lines before its glue, as entries
	ns     []int         // its NS records here
	hosts  map[Name]bool // the targets of the first of ns
	hosted int           // how many of ns
	some   bool          // it has a record
	mixed  bool          // its TTLs differ, and types has them; else all have ttl
	ttl    uint32
	types  ttlTable
}

// begin starts a batch anew at entry i.
func (r *batch) begin(c *chunk, i int) {
	*r = batch{from: i, origin: len(c.origins), start: i, parts: r.parts[:0], ns: r.ns[:0], types: ttlTable{few: r.types.few[:0]}}
}

// resume goes on with a batch that an earlier chunk left open.
func (r *batch) resume(o *openBatch) {
	*r = batch{before: o, from: -1}
	if o == nil || len(o.types) == 0 {
		return
	}
	for set, ttl := range o.types {
		r.types.add(set, ttl)
	}
	r.some, r.mixed, r.ttl = true, true, r.types.few[0].ttl
}

// spread fills types, from the batch's lines before entry end.
func (r *batch) spread(c *chunk, end int) {
	if r.mixed {
		return
	}
	r.mixed = true
	r.parts = append(r.parts, Span{uint32(r.start), uint32(end)})
	for _, p := range r.parts {
		for i := int(p.Start); i < int(p.End); i++ {
			if c.entries[i].kind == kindRecord {
				r.types.add(c.setType(i), r.ttl)
			}
		}
	}
}

// ttlOf is the TTL with which BIND adds the record of entry i, whose line has ttl.
func (r *batch) ttlOf(c *chunk, i int, ttl uint32) uint32 {
	switch {
	case !r.some:
		r.some, r.ttl = true, ttl
	case r.mixed || ttl != r.ttl:
		r.spread(c, i)
		set := c.setType(i)
		prior, ok := r.types.of(set)
		if ok && prior != ttl && !r.outside(c) {
			return prior
		}
		r.types.add(set, ttl)
	}
	return ttl
}

// outside tells a batch that BIND drops, because its owner is not in the zone.
func (r *batch) outside(c *chunk) bool {
	if r.from >= 0 && c.enter.top != "" {
		return !c.ownerWithin(r.from, c.enter.top)
	}
	return !Name(strings.ToLower(r.owner(c))).inside(c.enter.top)
}

// owner is the batch's owner as BIND compares owners.
func (r *batch) owner(c *chunk) string {
	switch {
	case r.from >= 0:
		return c.spelledOwner(r.from)
	case r.before != nil:
		return r.before.owner
	}
	return ""
}

// names tells whether entry i names the batch's owner, in the same case (BIND: dns_name_caseequal). It is the entry that
// is linked: the origins of the chunk are those above it.
func (r *batch) names(c *chunk, i int) bool {
	if r.from >= 0 {
		was, is := c.ownerText(r.from), c.ownerText(i)
		switch below := r.origin == len(c.origins); { // one origin for both
		case below && bytes.Equal(was, is):
			return true
		case below && isRelative(was) && isRelative(is), !mayBeSame(was, is):
			return false
		}
	}
	return r.owner(c) == c.spelledOwner(i)
}

// isRelative tells a name of plain bytes that its origin stands behind, or @ for it.
func isRelative(text []byte) bool {
	for _, c := range text {
		if !nameByte[c] && c != '.' && c != '@' {
			return false
		}
	}
	return text[len(text)-1] != '.'
}

// isGlue tells whether entry i names a host of the batch's NS records (BIND: is_glue).
func (r *batch) isGlue(c *chunk, i int) bool {
	return (len(r.ns) > 0 || r.before != nil && len(r.before.ns) > 0) && r.leadsTo(c, i) && !r.outside(c)
}

// leadsTo tells whether the owner that entry i names is the target of an NS record of the batch.
func (r *batch) leadsTo(c *chunk, i int) bool {
	if r.before != nil && r.before.ns[c.ownerAt(i, c.origin(i))] {
		return true
	}
	if len(r.ns) > fewHosts {
		return r.allHosts(c)[c.ownerAt(i, c.origin(i))]
	}
	for _, n := range r.ns {
		host := c.firstWord(n)
		if !mayBeSame(host, c.ownerText(i)) {
			continue
		}
		if c.isHost(host, n, i) {
			return true
		}
	}
	return false
}

// isHost tells whether a name in the data of entry n is the owner that entry i names, for most without making names.
func (c *chunk) isHost(host []byte, n, i int) bool {
	var one, two [maxName]byte
	is, ok1 := appendPlain(one[:0], host, c.origin(n))
	owner, ok2 := appendPlain(two[:0], c.ownerText(i), c.origin(i))
	if ok1 && ok2 {
		return bytes.Equal(is, owner)
	}
	name, err := parseName(unquote(host), c.origin(n))
	return err == nil && name == c.ownerAt(i, c.origin(i))
}

// fewHosts is up to how many NS records are compared one by one.
const fewHosts = 8

// allHosts is the targets of the batch's NS records here.
func (r *batch) allHosts(c *chunk) map[Name]bool {
	if r.hosts == nil {
		r.hosts = map[Name]bool{}
	}
	for ; r.hosted < len(r.ns); r.hosted++ {
		n := r.ns[r.hosted]
		if host, err := parseName(c.argument(n, 0), c.origin(n)); err == nil {
			r.hosts[host] = true
		}
	}
	return r.hosts
}

// open is what the next chunk has to know of the batch; nil if nobody has named an owner.
func (r *batch) open(c *chunk) *openBatch {
	owner := r.owner(c)
	if owner == "" {
		return nil
	}
	r.spread(c, len(c.entries))
	o := &openBatch{owner: owner, types: map[setType]uint32{}, ns: r.allHosts(c)}
	for _, s := range r.types.few {
		o.types[s.set] = s.ttl
	}
	if r.before != nil {
		maps.Copy(o.ns, r.before.ns)
	}
	return o
}

// commit is what is left of open batches behind an $INCLUDE: the owner, for a line that leaves it blank.
func (st *state) commit() {
	last := cmp.Or(st.glue, st.batch)
	if st.glue = nil; last != nil {
		st.batch = &openBatch{owner: last.owner}
	}
}

// addBefore gives the records of a $GENERATE the TTL of an open batch where both make an RRset: BIND adds them at
// once, and the batch later.
func (c *chunk) addBefore(open ...*openBatch) {
	for i := range c.entries {
		for _, o := range open {
			if ttl, ok := o.ttl(c, i); ok && ttl != c.inherited[i].ttl {
				c.clamps = append(c.clamps, clamp{uint16(i), ttl})
				break
			}
		}
	}
}

// ttl is the TTL of the RRset that the record of entry i joins; false where the batch has no such RRset.
func (o *openBatch) ttl(c *chunk, i int) (ttl uint32, ok bool) {
	if o == nil || c.entries[i].kind != kindRecord {
		return 0, false
	}
	ttl, ok = o.types[c.setType(i)]
	n := Name(strings.ToLower(o.owner))
	return ttl, ok && c.isOwner(i, n) && n.inside(c.enter.top)
}

// firstWord is the first word of the RDATA of entry i, as written.
func (c *chunk) firstWord(i int) []byte {
	text := c.src[c.entries[i].rdata:c.end(i)]
	text = bytes.TrimLeft(text, " \t")
	n := 0
	for n < len(text) && (nameByte[text[n]] || text[n] == '.') {
		n++
	}
	if n > 0 && n < len(text) && (text[n] == '\n' || text[n] == ' ' || text[n] == '\t' || text[n] == '\r') {
		return text[:n]
	}
	l := c.lexRData(i)
	t := l.next()
	return l.src[t.start:t.end]
}

// mayBeSame tells whether two texts can be of one name, whatever the origins; its no is sure. Of two spellings
// without escapes one starts the other, up to a dot.
func mayBeSame(a, b []byte) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	for i, c := range a {
		switch d := b[i]; {
		case c == '\\' || d == '\\' || i == 0 && (c == '"' || d == '"' || c == '@' || d == '@'):
			return true
		case lower(c) != lower(d):
			return false
		}
	}
	return len(a) == len(b) || b[len(a)] == '.' || b[len(a)] == '\\'
}

// spelledOwner is the owner that entry i names, absolute and in the case in which it is written.
func (c *chunk) spelledOwner(i int) string {
	return spell(unquote(c.ownerText(i)), c.spelledOrigin(i))
}
