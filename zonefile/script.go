package zonefile

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Script reads edits in the syntax of nsupdate (see nsupdate(1)) and returns the smallest change of text
// that gives the asked records: a delete and an add of one owner and type become one changed field. It
// is all or nothing. Names are absolute, as nsupdate takes them, unless the script sets an origin.
func (z *Zone) Script(r io.Reader) ([]Edit, error) {
	s := script{z: z, wanted: map[setKey]*wantedSet{}, origin: Root}
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	for n := 1; in.Scan() && !s.quit; n++ {
		if err := s.line(in.Text()); err != nil {
			return nil, fmt.Errorf("script:%d: %w", n, err)
		}
	}
	if err := in.Err(); err != nil {
		return nil, fmt.Errorf("script: %w", err)
	}
	return s.edits()
}

// setKey names an RRset.
type setKey struct {
	owner Name
	typ   Type
}

// wantedRecord is a record of the RRset that a script asks for.
type wantedRecord struct {
	key   string // its data, canonical
	rdata string
	from  Name // what relative names in rdata are relative to
}

// wantedSet is an RRset that a script asks for.
type wantedSet struct {
	key     setKey
	records []wantedRecord
	ttl     string // "" for what is there
}

// script is what has been read so far.
type script struct {
	z      *Zone
	wanted map[setKey]*wantedSet
	order  []setKey
	origin Name
	ttl    string
	quit   bool
}

// line reads one line.
func (s *script) line(text string) error {
	words, err := scriptWords(text)
	if err != nil || len(words) == 0 {
		return err
	}
	switch verb := strings.ToLower(words[0]); verb {
	case "update":
		return s.update(words[1:])
	case "add", "del", "delete":
		return s.update(words)
	case "ttl":
		return s.setTTL(words[1:])
	case "origin":
		return s.setOrigin(words[1:])
	case "zone":
		return s.checkZone(words[1:])
	case "show", "send", "answer":
		return nil
	case "quit":
		s.quit = true
		return nil
	case "prereq", "nxdomain", "yxdomain", "nxrrset", "yxrrset", "server", "local", "key", "gsstsig",
		"realm", "oldgsstsig", "class", "check-names", "debug", "version":
		return fmt.Errorf("%s: nsupdate's, but without meaning for a file: remove it", verb)
	}
	return fmt.Errorf("%s: not a command: update add, update delete, zone, ttl, origin, show, send and quit are", words[0])
}

// scriptWords splits a line into words; quoted strings stay whole, a ; or a # at the start is a comment.
func scriptWords(text string) ([]string, error) {
	if strings.HasPrefix(strings.TrimSpace(text), "#") {
		return nil, nil
	}
	var words []string
	l := lexer{src: []byte(text)}
	for {
		switch t := l.next(); t.kind {
		case tokEOF, tokEOL:
			return words, nil
		case tokBad:
			return nil, fmt.Errorf("%s: %s", text[t.start:t.end], tokenProblem(&l, t, "unexpected text"))
		default:
			words = append(words, text[t.start:t.end])
		}
	}
}

// setTTL reads the TTL of the adds that follow and state none.
func (s *script) setTTL(words []string) error {
	if len(words) != 1 {
		return fmt.Errorf("ttl takes one TTL")
	}
	if ttl, ok := ParseTTL(words[0]); !ok || ttl > MaxTTL {
		return fmt.Errorf("%s: not a TTL: write seconds or units, as 3600 or 1h30m", words[0])
	}
	s.ttl = words[0]
	return nil
}

// setOrigin reads what names without a final dot are relative to from now on.
func (s *script) setOrigin(words []string) (err error) {
	if len(words) != 1 {
		return fmt.Errorf("origin takes one name")
	}
	s.origin, err = ParseName(words[0], Root)
	return err
}

// checkZone refuses a script for another zone.
func (s *script) checkZone(words []string) error {
	if len(words) != 1 {
		return fmt.Errorf("zone takes one name")
	}
	if n, err := ParseName(words[0], Root); err != nil || n != s.z.Origin() {
		return fmt.Errorf("%s: the file holds the zone %s", words[0], s.z.Origin())
	}
	return nil
}

// update reads `add NAME TTL [CLASS] TYPE RDATA` or `delete NAME [TTL] [CLASS] [TYPE [RDATA]]`.
func (s *script) update(words []string) error {
	if len(words) < 2 {
		return fmt.Errorf("update add NAME TTL TYPE DATA, or update delete NAME [TYPE [DATA]]")
	}
	owner, err := ParseName(words[1], s.origin)
	if err != nil {
		return fmt.Errorf("%s: %w", words[1], err)
	}
	if !owner.Within(s.z.Origin()) {
		return fmt.Errorf("%s: not in the zone %s; names are absolute here unless `origin` was given", words[1], s.z.Origin())
	}
	rest, ttl := words[2:], s.ttl
	if len(rest) > 0 {
		if v, ok := ParseTTL(rest[0]); ok && v <= MaxTTL {
			ttl, rest = rest[0], rest[1:]
		}
	}
	if len(rest) > 0 && strings.EqualFold(rest[0], "IN") {
		rest = rest[1:]
	}
	typ, err := scriptType(rest)
	if err != nil {
		return err
	}
	switch verb := strings.ToLower(words[0]); {
	case verb != "add" && len(rest) == 0:
		return s.deleteName(owner)
	case verb != "add":
		return s.delete(owner, typ, rest[1:])
	case len(rest) < 2:
		return fmt.Errorf("%s: an add needs a type and data", words[1])
	}
	return s.add(owner, ttl, typ, rest[1:])
}

// scriptType reads the type that words start with; none is fine for a delete.
func scriptType(words []string) (Type, error) {
	if len(words) == 0 {
		return 0, nil
	}
	typ, ok := ParseType(words[0])
	if !ok || typ.isMeta() && typ != TypeANY {
		return 0, fmt.Errorf("%s: not a record type", words[0])
	}
	return typ, nil
}

// set is the RRset that is asked for so far.
func (s *script) set(owner Name, t Type) *wantedSet {
	k := setKey{owner, t}
	if w := s.wanted[k]; w != nil {
		return w
	}
	w := &wantedSet{key: k}
	for _, r := range s.z.RRset(owner, t) {
		w.records = append(w.records, wantedRecord{r.dataKey(), r.RDataText(), r.Origin()})
	}
	s.wanted[k] = w
	s.order = append(s.order, k)
	return w
}

// add asks for a record more; one that is there may change the TTL. An owner has one SOA, CNAME, DNAME:
// an add of these replaces (RFC 2136 §3.4.2.2).
func (s *script) add(owner Name, ttl string, t Type, words []string) error {
	if err := checkWords(t, words, s.origin); err != nil {
		return err
	}
	w := s.set(owner, t)
	if ttl != "" {
		w.ttl = ttl
	}
	add := wantedRecord{dataKey(t, strings.Join(words, " "), s.origin), strings.Join(words, " "), s.origin}
	if fields := t.fields(); fields != nil {
		add.rdata, add.from = s.unstyled(fields, words), s.z.Origin()
	}
	if t == TypeSOA || t == TypeCNAME || t == TypeDNAME {
		w.records = nil
	}
	if !slices.ContainsFunc(w.records, func(r wantedRecord) bool { return r.key == add.key }) {
		w.records = append(w.records, add)
	}
	return nil
}

// unstyled writes the names in data relative to the apex: a script says which names it means, and the line
// that they go to says how names are written there.
func (s *script) unstyled(fields []field, words []string) string {
	words = slices.Clone(words)
	for i, f := range fields {
		if f != fieldName || i >= len(words) {
			continue
		}
		if n, err := ParseName(words[i], s.origin); err == nil && n != s.z.Origin() {
			words[i] = n.In(s.z.Origin())
		} else if err == nil {
			words[i] = string(n)
		}
	}
	return strings.Join(words, " ")
}

// delete asks for an RRset less, or for one record of it less. What is not there is no error (RFC 2136
// §3.4.2.4), but an apex keeps its SOA and its last NS.
func (s *script) delete(owner Name, t Type, words []string) error {
	if t == TypeANY {
		return s.deleteName(owner)
	}
	w := s.set(owner, t)
	keep := []wantedRecord{}
	if len(words) > 0 {
		key := dataKey(t, strings.Join(words, " "), s.origin)
		keep = slices.DeleteFunc(slices.Clone(w.records), func(r wantedRecord) bool { return r.key == key })
	}
	if owner == s.z.Origin() && (t == TypeSOA || t == TypeNS) && len(keep) == 0 {
		return fmt.Errorf("%s %s: a zone needs it: add the new one before you delete the old one", owner, t)
	}
	w.records = keep
	return nil
}

// deleteName asks for all RRsets of a name less; an apex keeps its SOA and NS (RFC 2136 §3.4.2.3).
func (s *script) deleteName(owner Name) error {
	for _, r := range s.z.Node(owner).Records {
		s.set(owner, r.Type())
	}
	for k, w := range s.wanted {
		apex := owner == s.z.Origin() && (k.typ == TypeSOA || k.typ == TypeNS)
		if k.owner == owner && !apex {
			w.records = nil
		}
	}
	return nil
}

// edits is the change that all RRsets together need.
func (s *script) edits() ([]Edit, error) {
	var steps []func(*Zone) ([]Edit, error)
	for _, k := range s.order {
		steps = append(steps, s.wanted[k].steps(s.z.RRset(k.owner, k.typ))...)
	}
	return Chain(s.z, steps...)
}

// steps turns an RRset that is there into the wanted one.
func (w *wantedSet) steps(have []Record) []func(*Zone) ([]Edit, error) {
	var steps []func(*Zone) ([]Edit, error)
	gone, added := w.compare(have)
	for len(gone) > 0 && len(added) > 0 {
		i, j := w.pair(gone, added)
		steps = append(steps, w.change(gone[i], added[j]))
		gone, added = slices.Delete(gone, i, i+1), slices.Delete(added, j, j+1)
	}
	ttl := w.ttl
	if len(have) > 0 { // the set's own, as its lines state it; changeTTL gives all the new one
		ttl = ""
	}
	for _, a := range added {
		steps = append(steps, func(z *Zone) ([]Edit, error) {
			return z.Add(Draft{Owner: w.key.owner, Type: w.key.typ, TTL: ttl, RData: a.rdata, Origin: a.from})
		})
	}
	for _, key := range gone {
		steps = append(steps, func(z *Zone) ([]Edit, error) { return z.Delete(w.find(z, key)) })
	}
	if w.ttl != "" && len(w.records) > 0 {
		steps = append(steps, w.changeTTL)
	}
	return steps
}

// compare is the keys that go and the records that come.
func (w *wantedSet) compare(have []Record) (gone []string, added []wantedRecord) {
	added = slices.Clone(w.records)
	for _, r := range have {
		key := r.dataKey()
		n := len(added)
		added = slices.DeleteFunc(added, func(a wantedRecord) bool { return a.key == key })
		if len(added) == n {
			gone = append(gone, key)
		}
	}
	return gone, added
}

// pair picks a record that goes and one that comes which differ least: by a field they share.
func (w *wantedSet) pair(gone []string, added []wantedRecord) (int, int) {
	for i, g := range gone {
		for j, a := range added {
			gw, aw := strings.Fields(g), strings.Fields(a.key)
			for n := range min(len(gw), len(aw)) {
				if last := len(gw) - 1 - n; len(gw) == len(aw) && gw[last] == aw[last] {
					return i, j
				}
			}
		}
	}
	return 0, 0
}

// change turns one record into another, field by field.
func (w *wantedSet) change(key string, to wantedRecord) func(*Zone) ([]Edit, error) {
	return func(z *Zone) ([]Edit, error) {
		r := w.find(z, key)
		d := Draft{Type: w.key.typ, RData: to.rdata, Origin: to.from}
		data, err := d.rdataFor(z, r.Origin(), layoutOf(r).absRef)
		if err != nil {
			return nil, err
		}
		return z.Set(r, FieldRData, r.keepWords(data))
	}
}

// keepWords is data with the record's own words where they mean the same.
func (r Record) keepWords(data string) string {
	words, err := lexField(data)
	fields, toks := r.Type().fields(), r.RData()
	if err != nil || len(words) != len(fields) || len(toks) != len(fields) {
		return data
	}
	for i, f := range fields {
		if f.canonical(words[i], r.Origin()) == f.canonical(toks[i].Text(), r.Origin()) {
			words[i] = toks[i].Raw
		}
	}
	return strings.Join(words, " ")
}

// changeTTL gives the RRset the TTL that was asked for.
func (w *wantedSet) changeTTL(z *Zone) ([]Edit, error) {
	set := z.RRset(w.key.owner, w.key.typ)
	want, _ := ParseTTL(w.ttl)
	if len(set) == 0 || z.RRsetTTL(set[0]) == want {
		return nil, nil
	}
	return z.Set(set[0], FieldTTL, w.ttl)
}

// find is the record with that data in a later version.
func (w *wantedSet) find(z *Zone, key string) Record {
	for _, r := range z.RRset(w.key.owner, w.key.typ) {
		if r.dataKey() == key {
			return r
		}
	}
	return Record{}
}

// dataKey is the record's data in a form in which equal data is equal text.
func (r Record) dataKey() string { return dataKey(r.Type(), r.RDataText(), r.Origin()) }

// dataKey is canonical RDATA text; data that does not parse stands for itself.
func dataKey(t Type, rdata string, origin Name) string {
	rr, err := parseRR(t, rdata, origin)
	if err != nil {
		return rdata
	}
	key := strings.TrimPrefix(rr.String(), rr.Header().String())
	if t.fields() != nil {
		key = strings.ToLower(key)
	}
	return key
}
