package zonefile

import (
	"bytes"
	"fmt"
	"iter"
)

// What named refuses of a zone though it reads each of its lines: two records where there can be one, and an SOA
// that is not at the name of the zone. What Errors yields is about lines alone.

// Refusals yields what named refuses for what lines mean together, at the line that is too much or wrong.
func (z *Zone) Refusals() iter.Seq[Problem] {
	return func(yield func(Problem) bool) {
		if m, bad := z.Misnamed(); bad && !yield(Problem{m.File, m.Span, m.String()}) {
			return
		}
		for m := range z.Multiples() {
			if !yield(Problem{m.Later.file, m.Later.headSpan(), m.String()}) {
				return
			}
		}
	}
}

// Multiple is a record of a type of which a name, or of SOA a zone, has one, and the one that stands before it.
type Multiple struct{ First, Later Record }

// String says what is wrong, and the remedy.
func (m Multiple) String() string {
	if m.First.Owner() != m.Later.Owner() {
		return fmt.Sprintf("an SOA at %s, which is not the zone: named refuses the zone, delete this one", m.Later.Owner())
	}
	return fmt.Sprintf("two %s records at %s: named refuses the zone, delete one of them", m.Later.Type(), m.Later.Owner())
}

// Multiples yields the SOA records that are not the zone's, and DNAME and RESINFO records that are not the only ones
// of their names (BIND: multiple RRs of singleton type, not at top of zone). Equal ones load and are none. CNAME is a
// singleton, too, but stands beside nothing at all.
func (z *Zone) Multiples() iter.Seq[Multiple] {
	type set struct {
		owner Name
		typ   Type
	}
	return func(yield func(Multiple) bool) {
		first := map[set]Record{}
		for r := range z.recordsOf([]Type{TypeSOA, TypeDNAME, TypeRESINFO}) {
			if !z.keeps(r) {
				continue
			}
			key := set{r.Owner(), r.Type()}
			if r.Type() == TypeSOA {
				key.owner = z.apex
			}
			one, known := first[key]
			if !known {
				first[key] = r
			} else if !one.saysSame(r) && !yield(Multiple{one, r}) {
				return
			}
		}
	}
}

// saysSame tells whether two records say the same of the same name.
func (r Record) saysSame(o Record) bool {
	a, ok1 := r.wire()
	b, ok2 := o.wire()
	return ok1 && ok2 && r.Owner() == o.Owner() && bytes.Equal(a, b)
}

// headSpan is the record's text from its owner to its type; of a blank owner from what stands first.
func (r Record) headSpan() Span {
	begin := r.file.starts[r.chunk]
	h := r.c().head(int(r.entry))
	start := h.owner
	if start.start == start.end {
		start = h.ttl
		if h.class.start < start.start {
			start = h.class
		}
	}
	return Span{begin + uint32(start.start), begin + uint32(h.typ.end)}
}

// Misnomer is an SOA that does not stand at the name of the zone.
type Misnomer struct {
	SOA  Record
	Name Name // the zone's
	File *File
	Span Span // what is wrong: the owner of the SOA, or the name of the $ORIGIN above it
	Dot  bool // a dot behind it puts it right
}

// String says what is wrong, and the remedy.
func (m Misnomer) String() string {
	said := fmt.Sprintf("the zone is %s and its SOA stands at %s: named refuses it", m.Name, m.SOA.Owner())
	if m.Dot {
		return fmt.Sprintf("%q lacks its final dot: %s, add the dot", m.File.Slice(m.Span), said)
	}
	return said + ", write its name, or say by --origin which zone it is"
}

// Misnamed tells a zone whose SOA stands at another name than the zone's, which is the origin that the file was
// opened with (BIND: not at top of zone). An owner that is one name twice, as example.org.example.org., tells that
// its dot is missing whatever the file was opened as.
func (z *Zone) Misnamed() (m Misnomer, bad bool) {
	if z.soa.IsZero() {
		return m, false
	}
	owner := z.apex
	if owner == "" { // no name stands above its blank: what does not parse speaks of that
		return m, false
	}
	m = Misnomer{SOA: z.soa, Name: z.opt.Origin, File: z.soa.file}
	if half, twice := owner.half(); twice && (m.Name == owner || m.Name == "" || m.Name == Root) {
		m.Name = half
	}
	if m.Name == owner || m.Name == "" || m.Name == Root {
		return m, false
	}
	m.findDot()
	return m, true
}

// half is the name that n is twice; one of at least two labels.
func (n Name) half() (half Name, twice bool) {
	half = n
	for range n.Labels() / 2 {
		half = half.Parent()
	}
	return half, half.Labels() >= 2 && n == half+half
}

// findDot finds the place where a dot puts the name right, and else blames the owner.
func (m *Misnomer) findDot() {
	text := unquote([]byte(m.SOA.OwnerText()))
	begin := m.SOA.file.starts[m.SOA.chunk]
	at := m.SOA.c().head(int(m.SOA.entry)).owner
	m.Span = Span{begin + uint32(at.start), begin + uint32(at.end)}
	if at.start == at.end {
		m.Span = m.SOA.headSpan()
	}
	if n, err := parseName(append(bytes.Clone(text), '.'), ""); err == nil && n == m.Name && at.kind == tokWord {
		m.Dot = true
		return
	}
	row, span, ok := m.SOA.originName()
	if !ok {
		return
	}
	origin, err := parseName(append(bytes.Clone(row.r.file.Slice(span)), '.'), "")
	if err != nil {
		return
	}
	if n, err := parseName(text, origin); err == nil && n == m.Name {
		m.File, m.Span, m.Dot = row.r.file, span, true
	}
}

// originName is the $ORIGIN of the record's file that is in force at the record, and the name that it writes.
func (r Record) originName() (row Row, name Span, ok bool) {
	for ci := int(r.chunk); ci >= 0; ci-- {
		c := r.file.chunks[ci]
		for _, o := range c.origins {
			if ci == int(r.chunk) && o.entry > int(r.entry) {
				break
			}
			row = Row{Record{r.z, r.file, int32(ci), int32(o.entry - 1)}}
			ok = true
		}
		if ok {
			t := c.tokens(int(row.r.entry), nil)[0]
			begin := r.file.starts[ci]
			return row, Span{begin + uint32(t.start), begin + uint32(t.end)}, true
		}
	}
	return row, name, false
}
