package zonefile

import (
	"cmp"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

// What a line means depends on the lines above it: the origin, the last owner, the TTLs. link carries
// that state through the chunks of a zone in the order BIND reads them. A chunk remembers the state it
// was entered with, so a version links again only what an edit above it has changed.

// state is what BIND remembers between two lines.
type state struct {
	origin Name
	owner  Name // the last owner; "" before the first
	ttls
	dated bool // a $DATE in the past stands above: BIND takes no $INCLUDE any more

	top     Name       // the zone, whose other names BIND drops; "" where it is not known
	spelled string     // the origin in the case in which it is written; "" where it has no other
	batch   *openBatch // of the last owner, or of the one whose glue is read; nil for none
	glue    *openBatch // of the last owner, where it is glue
}

// ttls is the TTLs that lines above a line leave it.
type ttls struct {
	ttl    uint32 // the last TTL that a record stated (RFC 1035 §5.1)
	def    uint32 // $TTL (RFC 2308 §4), or the SOA's minimum where a file states no TTL before it
	hasTTL bool
	hasDef bool
}

// inherited is what a record has from the lines before it.
type inherited struct {
	ttl  uint32
	from uint16 // the entry of this chunk that names the owner; fromState when the chunk was entered with it
}

const fromState = 1<<16 - 1

// originAt is a place in a chunk from which on an origin is in force.
type originAt struct {
	entry   int
	origin  Name
	spelled string
}

// chunk is a text with what it inherits. It never changes once it is linked.
type chunk struct {
	*text
	enter, leave state
	inherited    []inherited
	clamps       []clamp // in the order of entries
	origins      []originAt
	included     *File // what the $INCLUDE or $GENERATE at its end stands for; nil if it could not be read
	includeErr   error
	makes        uint64 // how many records the $GENERATE at its end stands for; 0 of others, and where BIND refuses it

	indexOnce sync.Once
	own       *index // of this chunk alone, for versions that have it and their base has not
	errorOnce sync.Once
	problems  []flaw // in the order of the entries
	ttlsOnce  sync.Once
	between   []ttls // see ttlsBetween
	habitOnce sync.Once
	blanks    bool // see blanksOwners
	kinOnce   sync.Once
	kin       marks // see hasKin
	leadsOnce sync.Once
	leads     marks // see mayLead
	// see children
	childrenOnce sync.Once
	childrenBy   map[uint64][]int32

	found atomic.Pointer[textIndex] // see IndexText; nil while nobody searches
}

// flaw is a problem of an entry.
type flaw struct {
	problem
	entry int
}

// linkText makes a chunk of t as it is when entered with st.
func linkText(t *text, st state) *chunk {
	c := &chunk{text: t, enter: st, inherited: make([]inherited, len(t.entries))}
	k := newLinker(c)
	for i := range t.entries {
		k.entry(i, &t.entries[i])
	}
	k.leave()
	return c
}

// linker walks the entries of one chunk.
type linker struct {
	c      *chunk
	st     state
	from   uint16
	batch  batch // of the last owner, or of the one whose glue is read
	glue   batch // of the last owner, where inGlue
	inGlue bool
}

// newLinker starts at the head of a chunk.
func newLinker(c *chunk) *linker {
	k := &linker{c: c, st: c.enter, from: fromState, inGlue: c.enter.glue != nil}
	k.batch.resume(c.enter.batch)
	k.glue.resume(c.enter.glue)
	if k.inGlue {
		k.batch.start = len(c.entries)
	}
	return k
}

// leave keeps the state for the next chunk.
func (k *linker) leave() {
	k.settleOwner()
	k.st.batch, k.st.glue = k.batch.open(k.c), nil
	if k.inGlue {
		k.st.glue = k.glue.open(k.c)
	}
	k.c.leave = k.st
}

// entry links one entry and moves the state on.
func (k *linker) entry(i int, e *entry) {
	switch e.kind {
	case kindRecord, kindBroken:
		k.record(i, e)
	case kindGenerate:
		k.settleOwner() // the lines that it stands for have owners of their own, and leave this one
		k.generate(i, e)
	case kindTTL:
		k.st.def, k.st.hasDef = limitTTL(e.ttl), true
	case kindDate:
		k.st.dated = int64(e.ttl) < time.Now().Unix()
	case kindOrigin:
		k.origin(i)
	}
}

// origin goes on below the origin that entry i names, if it names one.
func (k *linker) origin(i int) {
	text := k.c.argument(i, 0)
	n, err := parseName(text, k.st.origin)
	if err != nil {
		return
	}
	if k.st.spelled != "" || !isCanonical(text) {
		k.st.spelled = spell(text, k.st.spelledOrigin())
	}
	k.st.origin = n
	k.c.origins = append(k.c.origins, originAt{i + 1, n, k.st.spelled})
}

// isCanonical tells a name text that stands for itself: small letters, digits, hyphens, underscores and dots.
func isCanonical(text []byte) bool {
	for _, c := range text {
		if c != '.' && (!nameByte[c] || lower(c) != c) {
			return false
		}
	}
	return true
}

// generate finds the TTL of the records that a $GENERATE stands for. One that it states is the last that was
// stated, for the lines below too (BIND).
func (k *linker) generate(i int, e *entry) {
	in := &k.c.inherited[i]
	switch st := &k.st; {
	case e.flags&hasTTL != 0:
		in.ttl = limitTTL(e.ttl)
		st.ttl, st.hasTTL = in.ttl, true
	case st.hasDef:
		in.ttl = st.def
	default:
		in.ttl = st.ttl
	}
}

// name finds out whose batch an entry that names an owner goes on with, as BIND does.
func (k *linker) name(i int) {
	k.from = uint16(i)
	if k.inGlue {
		if k.glue.names(k.c, i) {
			return
		}
		k.inGlue = false
		k.batch.start = i
	}
	switch {
	case k.batch.names(k.c, i):
	case k.batch.isGlue(k.c, i):
		k.batch.parts = append(k.batch.parts, Span{uint32(k.batch.start), uint32(i)})
		k.batch.start = len(k.c.entries)
		k.inGlue = true
		k.glue.begin(k.c, i)
	default:
		k.batch.begin(k.c, i)
	}
}

// record finds what the record inherits. A broken line that names an owner still names it for the
// lines below, as its author meant.
func (k *linker) record(i int, e *entry) {
	if e.ownerLen > 0 {
		k.name(i)
	}
	in := &k.c.inherited[i]
	in.from = k.from
	switch st := &k.st; {
	case e.flags&hasTTL != 0:
		in.ttl = limitTTL(e.ttl)
		st.ttl, st.hasTTL = in.ttl, true
	case st.hasDef:
		in.ttl = st.def
	case st.hasTTL: // BIND: "using RFC1035 TTL semantics"
		in.ttl = st.ttl
	case e.typ == TypeSOA && e.kind == kindRecord: // BIND: "no TTL specified; using SOA MINTTL instead"
		in.ttl, _ = k.c.soaMinimum(i)
		st.def, st.hasDef = in.ttl, true
	}
	if e.kind == kindRecord {
		k.load(i, e, in.ttl)
	}
}

// load adds a record to the batch that it is of.
func (k *linker) load(i int, e *entry, ttl uint32) {
	r := &k.batch
	if k.inGlue {
		r = &k.glue
	} else if e.typ == TypeNS {
		r.ns = append(r.ns, i)
	}
	if loaded := r.ttlOf(k.c, i, ttl); loaded != ttl { // BIND: "TTL set to prior TTL"
		k.c.clamps = append(k.c.clamps, clamp{uint16(i), loaded})
		k.st.ttl = loaded
	}
}

// settleOwner turns the owner that an entry of this chunk named into state.
func (k *linker) settleOwner() {
	if k.from != fromState {
		k.st.owner = k.c.ownerAt(int(k.from), k.c.origin(int(k.from)))
	}
}

// limitTTL is BIND's limit_ttl: what exceeds 2^31-1 becomes 0. Errors refuses it.
func limitTTL(ttl uint32) uint32 {
	if ttl > MaxTTL {
		return 0
	}
	return ttl
}

// origin is the origin in force at entry i.
func (c *chunk) origin(i int) Name {
	lo, hi := 0, len(c.origins) // of the origins before hi, those before lo are in force or older
	for lo < hi {
		if mid := (lo + hi) / 2; c.origins[mid].entry <= i {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo == 0 {
		return c.enter.origin
	}
	return c.origins[lo-1].origin
}

// spelledOrigin is the origin in force at entry i, in the case in which it is written.
func (c *chunk) spelledOrigin(i int) string {
	n := sort.Search(len(c.origins), func(n int) bool { return c.origins[n].entry > i })
	if n == 0 {
		return c.enter.spelledOrigin()
	}
	return cmp.Or(c.origins[n-1].spelled, string(c.origins[n-1].origin))
}

// spelledOrigin is the origin in the case in which it is written.
func (st state) spelledOrigin() string { return cmp.Or(st.spelled, string(st.origin)) }

// ownerText is the owner as written in entry i; empty when it is blank.
func (c *chunk) ownerText(i int) []byte {
	e := &c.entries[i]
	if e.flags&oddOwner == 0 {
		return c.src[e.start:][:e.ownerLen]
	}
	l := lexer{src: c.bytes(i), bol: true}
	t := l.next()
	return l.src[t.start:t.end]
}

// ownerAt is the name that entry i writes as its owner. A name that BIND refuses stands for itself, so
// that its lines stay together; Errors speaks of it.
func (c *chunk) ownerAt(i int, origin Name) Name {
	raw := c.ownerText(i)
	if len(raw) > 1 && raw[0] == '"' { // BIND: a quoted owner is an owner
		raw = raw[1 : len(raw)-1]
	}
	n, err := parseName(raw, origin)
	if err != nil {
		return invalidName(raw)
	}
	return n
}

// invalidName is a stand-in for a name that does not parse; no valid name equals it.
func invalidName(raw []byte) Name { return Name(raw) + ".." }

// owner is the owner of entry i, inherited or its own.
func (c *chunk) owner(i int) Name {
	from := c.inherited[i].from
	if from == fromState {
		return c.enter.owner
	}
	return c.ownerAt(int(from), c.origin(int(from)))
}

// lexRData is a lexer at the RDATA of entry i, or at a directive's arguments. Its text is the entry's,
// and starts before the owner so that open parentheses are counted.
func (c *chunk) lexRData(i int) lexer {
	e := &c.entries[i]
	l := lexer{src: c.bytes(i), pos: int(e.rdata - e.start)}
	for _, b := range l.src[:l.pos] { // parentheses before the RDATA are rare, and never in quotes there
		if b == '(' || b == ')' || b == ';' || b == '\\' || b == '"' {
			return c.lexFromStart(i)
		}
	}
	return l
}

// lexFromStart is lexRData for an entry with special characters before its RDATA.
func (c *chunk) lexFromStart(i int) lexer {
	e := &c.entries[i]
	l := lexer{src: c.bytes(i), bol: true}
	for l.pos < int(e.rdata-e.start) {
		if t := l.next(); t.kind == tokEOF {
			break
		}
	}
	return l
}

// tokens is the RDATA of entry i, or a directive's arguments: spans of the chunk.
func (c *chunk) tokens(i int, buf []token) []token {
	l := c.lexRData(i)
	begin := int(c.entries[i].start)
	buf = buf[:0]
	for {
		t := l.next()
		if t.kind != tokWord && t.kind != tokQuoted {
			return buf
		}
		buf = append(buf, token{t.kind, t.start + begin, t.end + begin})
	}
}

// argument is the text of token n of entry i, without quotes; nil if there is none.
func (c *chunk) argument(i, n int) []byte {
	l := c.lexRData(i)
	for ; ; n-- {
		t := l.next()
		if t.kind != tokWord && t.kind != tokQuoted {
			return nil
		}
		if n == 0 {
			return unquote(l.src[t.start:t.end])
		}
	}
}

// soaMinimum is the last of the SOA's seven fields (RFC 2308 §4).
func (c *chunk) soaMinimum(i int) (uint32, bool) {
	ttl, ok := parseTTL(c.argument(i, 6))
	return limitTTL(ttl), ok
}
