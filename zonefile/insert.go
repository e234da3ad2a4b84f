package zonefile

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Draft is a record to be written.
type Draft struct {
	Owner   Name
	TTL     string // seconds or with units; "" for what the RRset or the line inherits
	Type    Type
	RData   string // as a zone file would hold it
	Origin  Name   // what relative names in RData are relative to; "" for the zone's apex
	Comment string // with or without its ;
}

// Place is where a record is written: behind a record of the zone.
type Place struct{ beside Record }

// After is the place behind a record's line.
func After(r Record) Place { return Place{r} }

// errNoPlace is returned for a zone without a single record.
var errNoPlace = errors.New("the zone has no record to write beside: start it with its SOA")

// Add inserts a record at the best place: behind its RRset, else behind its owner's records, else
// behind the last record of its type, else at the end.
func (z *Zone) Add(d Draft) ([]Edit, error) {
	at, err := z.placeFor(d)
	if err != nil {
		return nil, err
	}
	return z.Insert(d, at)
}

// placeFor is the best place of a draft.
func (z *Zone) placeFor(d Draft) (Place, error) {
	r := z.neighbour(d)
	if r.IsZero() {
		return Place{}, errNoPlace
	}
	if r.Owner() != d.Owner {
		r = z.endOfBlock(r)
	}
	return After(r), nil
}

// endOfBlock is the last of the records of r's owner that follow r without another's between them.
func (z *Zone) endOfBlock(r Record) Record {
	owner := r.Owner()
	for w := range z.FileRows(r.file, r.Span().End) {
		switch {
		case w.r.file != r.file || w.Kind() != RowBlank && (w.Kind() != RowRecord || w.Owner() != owner):
			return r
		case w.Kind() == RowRecord && w.Span().Start >= r.Span().End:
			r = w.r
		}
	}
	return r
}

// neighbour is the record behind which a draft goes.
func (z *Zone) neighbour(d Draft) Record {
	if set := z.editable(z.RRset(d.Owner, d.Type)); len(set) > 0 {
		return set[len(set)-1]
	}
	if node := z.editable(z.Node(d.Owner).Records); len(node) > 0 {
		return node[len(node)-1]
	}
	return z.ofItsKind(d)
}

// lookedThrough is how many records a place for a new owner is looked for among: an edit of a large zone
// must not read all of it.
const lookedThrough = 10_000

// ofItsKind is the last record of the draft's type whose owner is a sibling of the draft's, else the last
// record, of those at the start of the zone.
func (z *Zone) ofItsKind(d Draft) Record {
	var sameType, last Record
	n := 0
	for r := range z.Records() {
		if n++; n > lookedThrough && !last.IsZero() {
			break
		}
		if r.file.reason != "" {
			continue
		}
		last = r
		if r.Type() == d.Type && r.Owner().Parent() == d.Owner.Parent() {
			sameType = r
		}
	}
	if sameType.IsZero() {
		return last
	}
	return sameType
}

// editable leaves out records of files that must not be edited.
func (z *Zone) editable(list []Record) []Record {
	return slices.DeleteFunc(slices.Clone(list), func(r Record) bool { return r.file.reason != "" })
}

// Insert writes a record, laid out like its neighbours: blanks and columns, class shown or not, owner
// blank or repeated, TTL style, line end, relative or absolute names.
func (z *Zone) Insert(d Draft, at Place) ([]Edit, error) {
	in, err := z.inserting(d, at)
	if err != nil {
		return nil, err
	}
	return z.settle(in.edits, in.touched...)
}

// inserting is Insert before it is settled.
func (z *Zone) inserting(d Draft, at Place) (intent, error) {
	if err := z.mine(at.beside); err != nil {
		return intent{}, err
	}
	if err := d.check(z); err != nil {
		return intent{}, err
	}
	model := z.model(d, at.beside)
	text, err := z.renderDraft(d, at, model)
	if err != nil {
		return intent{}, err
	}
	edits := []Edit{at.edit(text, model.lineEnd)}
	others := z.otherTTLs(d)
	for _, r := range others {
		edits = append(edits, r.ttlEdit(d.TTL)...)
	}
	return intent{edits: edits, touched: others}, nil
}

// otherTTLs is the records of the draft's RRset where the draft states another TTL than the set is served
// with: an RRset has one TTL, so they all take the new one (RFC 2181 §5.2).
func (z *Zone) otherTTLs(d Draft) []Record {
	set := z.RRset(d.Owner, d.Type)
	want, ok := ParseTTL(d.TTL)
	if !ok || len(set) == 0 || z.RRsetTTL(set[0]) == want {
		return nil
	}
	return set
}

// edit inserts a line at the place. Behind a last line without an end, that end is written first.
func (p Place) edit(text, lineEnd string) Edit {
	s := p.beside.Span()
	if !endsLine(p.beside.Text()) {
		return Edit{p.beside.file, Span{s.End, s.End}, lineEnd + text + lineEnd}
	}
	return Edit{p.beside.file, Span{s.End, s.End}, text + lineEnd}
}

// check refuses a draft that would not load.
func (d Draft) check(z *Zone) error {
	if _, err := ParseName(string(d.Owner), ""); err != nil {
		return fmt.Errorf("owner %q: %w", d.Owner, err)
	}
	if ttl, ok := ParseTTL(d.TTL); d.TTL != "" && (!ok || ttl > MaxTTL) {
		return fmt.Errorf("TTL %q: write seconds up to %d, or units as 1h30m", d.TTL, MaxTTL)
	}
	words, err := lexField(d.RData)
	if err != nil {
		return err
	}
	if err := checkOneLine(d.Comment); err != nil {
		return err
	}
	return checkWords(d.Type, words, d.origin(z))
}

// checkWords checks RDATA that is not in a file yet.
func checkWords(t Type, words []string, origin Name) error {
	src := []byte(strings.Join(words, " "))
	var toks []token
	l := lexer{src: src}
	for k := l.next(); k.kind == tokWord || k.kind == tokQuoted; k = l.next() {
		toks = append(toks, k)
	}
	msg, culprit := checkRData(src, t, toks, origin)
	switch {
	case msg == "":
		return nil
	case culprit < len(toks):
		return fmt.Errorf("%s: %s", words[culprit], msg)
	}
	return fmt.Errorf("%s: %s", t, msg)
}

// origin is what relative names of the draft are relative to.
func (d Draft) origin(z *Zone) Name {
	if d.Origin == "" {
		return z.Origin()
	}
	return d.Origin
}

// model is the record whose layout new text takes: of the RRset, else the neighbour, else the nearest of
// the same type in the neighbour's file.
func (z *Zone) model(d Draft, beside Record) layout {
	best, type_ := beside, Record{}
	for _, r := range z.RRset(d.Owner, d.Type) {
		if r.file == beside.file {
			best, type_ = r, r
		}
	}
	if type_.IsZero() && beside.Type() == TypeSOA || beside.e().flags&multiLine != 0 {
		if near := z.nearest(beside, d.Type); !near.IsZero() {
			best = near
		}
	}
	return layoutOf(best)
}

// nearest is the record on one line, of a type if there is one, nearest to r in its chunk.
func (z *Zone) nearest(r Record, t Type) Record {
	c := r.c()
	best, bestScore := Record{}, 1<<30
	for i, e := range c.entries {
		if e.kind != kindRecord || e.flags&multiLine != 0 || e.typ == TypeSOA {
			continue
		}
		score := max(i-int(r.entry), int(r.entry)-i)
		if e.typ != t {
			score += 1 << 20
		}
		if score < bestScore {
			best, bestScore = Record{z, r.file, r.chunk, int32(i)}, score
		}
	}
	return best
}

// renderDraft writes the draft's line.
func (z *Zone) renderDraft(d Draft, at Place, m layout) (string, error) {
	origin := at.beside.Origin()
	owner := d.Owner.In(origin)
	if m.absOwner {
		owner = string(d.Owner)
	}
	if z.leavesBlank(d, at) {
		owner = ""
	}
	data, err := d.rdataFor(z, origin, m.absRef)
	if err != nil {
		return "", err
	}
	comment := strings.TrimSpace(d.Comment)
	if comment != "" && comment[0] != ';' {
		comment = "; " + comment
	}
	return m.render(owner, z.draftTTL(d, at, m), d.Type, data, comment), nil
}

// draftTTL is the TTL that a new line states: the draft's, or the one its RRset has where the line would
// inherit another.
func (z *Zone) draftTTL(d Draft, at Place, m layout) string {
	if d.TTL != "" {
		return d.TTL
	}
	set := z.RRset(d.Owner, d.Type)
	if len(set) == 0 {
		return ""
	}
	ttl := z.RRsetTTL(set[0])
	if !m.hasTTL {
		if inherited, ok := at.inheritedTTL(); ok && inherited == ttl {
			return ""
		}
	}
	return ttlText(at.beside, ttl)
}

// inheritedTTL is the TTL of a line at the place that states none.
func (p Place) inheritedTTL() (uint32, bool) {
	c, i := p.beside.c(), int(p.beside.entry)
	st := c.enter
	k := linker{c: &chunk{text: c.text, enter: c.enter, inherited: make([]inherited, len(c.entries))}, st: st, from: fromState}
	for j := 0; j <= i; j++ {
		if kind := c.entries[j].kind; kind == kindTTL || kind == kindRecord {
			k.entry(j, &c.entries[j])
		}
	}
	if k.st.hasDef {
		return k.st.def, true
	}
	return k.st.ttl, k.st.hasTTL
}

// leavesBlank tells whether the draft's owner is left blank, as its neighbours do: only directly behind a
// record of the same owner.
func (z *Zone) leavesBlank(d Draft, at Place) bool {
	r := at.beside
	if r.Owner() != d.Owner {
		return false
	}
	return r.e().ownerLen == 0 || r.c().blanksOwners()
}

// blanksOwners tells whether lines leave their owner blank more often than they repeat it. Thousands of lines
// that are inserted ask.
func (c *chunk) blanksOwners() bool {
	c.habitOnce.Do(func() {
		blank, repeated := 0, 0
		prev := Name("")
		for i := range c.entries {
			if c.entries[i].kind != kindRecord {
				continue
			}
			switch owner := c.owner(i); {
			case c.entries[i].ownerLen == 0:
				blank++
			case owner == prev:
				repeated++
				prev = owner
			default:
				prev = owner
			}
		}
		c.blanks = blank > repeated
	})
	return c.blanks
}

// rdataFor writes the draft's data for a line under another origin: names keep what they mean.
func (d Draft) rdataFor(z *Zone, origin Name, absolute bool) (string, error) {
	words, err := lexField(d.RData)
	if err != nil {
		return "", err
	}
	fields := d.Type.fields()
	if fields == nil && origin != d.origin(z) {
		return d.absoluteRData(z, origin), nil
	}
	for i, f := range fields {
		if f != &nameField || i >= len(words) {
			continue
		}
		n, err := ParseName(words[i], d.origin(z))
		if err != nil {
			return "", err
		}
		words[i] = writeName(n, words[i], origin, absolute)
	}
	return strings.Join(words, " "), nil
}

// absoluteRData is the data of one of the rarer types for a line under another origin: as written if it
// means the same there, else with its names absolute.
func (d Draft) absoluteRData(z *Zone, origin Name) string {
	here, err1 := rdataWire(d.Type, d.RData, d.origin(z))
	there, err2 := rdataWire(d.Type, d.RData, origin)
	if err1 != nil || err2 != nil || bytes.Equal(here, there) {
		return d.RData
	}
	return printRData(d.Type, here)
}

// writeName writes a name under origin, as it was typed if that means the same.
func writeName(n Name, typed string, origin Name, absolute bool) string {
	if same, err := ParseName(typed, origin); err == nil && same == n && (!absolute || strings.HasSuffix(typed, ".")) {
		return typed
	}
	if absolute {
		return string(n)
	}
	return n.In(origin)
}
