package zonefile

// RRsets of many names: what each is to have is said as a script says it, so that as little text changes as can be.

import (
	"errors"
	"fmt"
	"slices"
)

// Add adds a record to names. Its names are relative to the draft's origin.
func (m Many) Add(d Draft) (Act, error) {
	d.Owner = m.z.Origin()
	if err := d.check(m.z); err != nil {
		return Act{}, err
	}
	return m.change(d.Type, func(w *wantedSet, _ []Record) {
		w.put(d.wanted(m.z))
		w.ttl = d.TTL
	})
}

// Replace gives names other records of a type. The TTL is for those that had none of it.
func (m Many) Replace(t Type, ds ...Draft) (Act, error) {
	for _, d := range ds {
		d.Owner = m.z.Origin()
		if err := d.check(m.z); err != nil {
			return Act{}, err
		}
	}
	return m.change(t, func(w *wantedSet, have []Record) {
		w.empty()
		for _, d := range ds {
			w.put(d.wanted(m.z))
			if len(have) == 0 && d.TTL != "" {
				w.ttl = d.TTL
			}
		}
	})
}

// Repoint lets the MX of names lead to another host. Where one leads there already with the same preference, it stays alone.
func (m Many) Repoint(from, to Name) (Act, error) {
	return m.change(TypeMX, func(w *wantedSet, have []Record) {
		w.empty()
		for _, r := range have {
			data := r.RDataText()
			if host, ok := r.Target(); ok && host == from {
				data = r.Word(int(Preference)) + " " + string(to) // as it stands there, which may be no number
			}
			w.put(wantedRecord{key: dataKey(TypeMX, data, r.Origin()), rdata: data, from: r.Origin()})
		}
	})
}

// SetTTL gives the RRsets of names a TTL, as far as they have one of the type.
func (m Many) SetTTL(t Type, ttl string) (Act, error) {
	if err := (Draft{Owner: m.z.Origin(), TTL: ttl, Type: TypeMX, RData: "0 ."}).check(m.z); err != nil {
		return Act{}, err
	}
	return m.change(t, func(w *wantedSet, _ []Record) { w.ttl = ttl })
}

// wanted is the draft as a record that is asked for.
func (d Draft) wanted(z *Zone) wantedRecord {
	return wantedRecord{key: dataKey(d.Type, d.RData, d.origin(z)), rdata: d.RData, from: d.origin(z)}
}

// change asks for other RRsets of names: ask says what one is to be, of what it has.
func (m Many) change(t Type, ask func(w *wantedSet, have []Record)) (Act, error) {
	var out Act
	var sets []*wantedSet
	for n := range m.each() {
		w := m.z.wanted(setKey{n, t})
		have := w.have(m.z)
		ask(w, have.records)
		gone, added := w.compare(have)
		ttl, given := ParseTTL(w.ttl)
		if len(gone)+len(added) == 0 && (!given || len(have.records) == 0 || have.ttl() == ttl) {
			out.Same = append(out.Same, n)
			continue
		}
		if err := m.able(w); err != nil {
			out.Unable = append(out.Unable, Unable{n, err})
			continue
		}
		out.Done, sets = append(out.Done, n), append(sets, w)
	}
	var err error
	out.Edits, out.next, err = m.z.change(sets)
	return out, err
}

// able is why an RRset cannot be what is asked for; nil if it can.
func (m Many) able(w *wantedSet) error {
	n, typ := w.key.owner, w.key.typ
	if len(w.at) == 0 {
		return w.allowed(m.z)
	}
	node := m.z.Node(n)
	switch {
	case !n.Within(m.z.Origin()):
		return errors.New("it is not in the zone")
	case typ != TypeCNAME && node.Has(TypeCNAME): // RFC 2181 §10.1
		return errors.New("it is an alias, and no other record stands beside a CNAME")
	case typ == TypeCNAME && slices.ContainsFunc(node.Records, func(r Record) bool { return r.Type() != TypeCNAME && r.Type() != TypeRRSIG && r.Type() != TypeNSEC }):
		return errors.New("it has other records, and a CNAME stands alone")
	case typ == TypeCNAME && len(w.at) > 1:
		return errors.New("it is an alias already, and an alias leads to one name")
	}
	if cut := m.cutAbove(n, typ); cut != "" {
		return fmt.Errorf("the servers of %s know it, this zone does not", cut)
	}
	return w.allowed(m.z)
}

// cutAbove is the delegation that takes the records of a type at a name from the zone; "" for none. A zone has a delegation's
// own NS and DS, and addresses below it (RFC 1034 §4.2.1).
func (m Many) cutAbove(n Name, t Type) Name {
	if t == TypeA || t == TypeAAAA {
		return ""
	}
	a := m.z.Lookup(n, t)
	if a.Result != Delegated || a.Cut == n && (t == TypeNS || t == TypeDS) {
		return ""
	}
	return a.Cut
}
