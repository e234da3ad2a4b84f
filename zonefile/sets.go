package zonefile

// RRsets that are asked for by one who knows which records there shall be: put and taken out one by one, then all changed at once by
// as little text as a script of the same changes it.

// Sets is RRsets of a zone as they are wanted.
type Sets struct {
	z     *Zone
	of    map[setKey]*wantedSet
	order []*wantedSet
}

// Sets is all RRsets as they are.
func (z *Zone) Sets() *Sets { return &Sets{z: z, of: map[setKey]*wantedSet{}} }

// set is an RRset as it is wanted so far.
func (s *Sets) set(n Name, t Type) *wantedSet {
	k := setKey{n, t}
	w := s.of[k]
	if w == nil {
		w = s.z.wanted(k)
		s.of[k], s.order = w, append(s.order, w)
	}
	return w
}

// Put adds a record, unless it is there. One RRset has one TTL (RFC 2181 §5.2): the draft's, if it states one, is that of all.
func (s *Sets) Put(d Draft) error {
	if err := d.check(s.z); err != nil {
		return err
	}
	w := s.set(d.Owner, d.Type)
	w.put(d.wanted(s.z))
	if d.TTL != "" {
		w.ttl = d.TTL
	}
	return nil
}

// Take takes a record of any version out that says what this one does.
func (s *Sets) Take(r Record) { s.set(r.Owner(), r.Type()).drop(r.dataKey()) }

// Edits is the change that all RRsets together need.
func (s *Sets) Edits() ([]Edit, error) {
	for _, w := range s.order {
		if err := w.allowed(s.z); err != nil {
			return nil, err
		}
	}
	edits, _, err := s.z.change(s.order)
	return edits, err
}

// DefaultTTL is the TTL of a record that is added and states none: that of $TTL, else the SOA's last number (RFC 2308 §4, RFC 1035
// §3.3.13), and not what the line above it happens to have. Stated is false where a line inherits it.
func (z *Zone) DefaultTTL() (ttl string, stated bool) {
	for _, c := range z.root.chunks {
		if c.leave.hasDef {
			return "", false
		}
	}
	if minimum, ok := z.soa.lastNumber(); ok {
		return minimum, true
	}
	return "", false
}

// HasDefault tells whether a $TTL is in force at a row.
func (w Row) HasDefault() bool { return w.r.c().ttlsBefore(int(w.r.entry)).hasDef }

// lastNumber is the last of an SOA's data as it is written.
func (r Record) lastNumber() (string, bool) {
	if r.IsZero() {
		return "", false
	}
	t, ok := r.Token(len(r.Type().FieldNames()) - 1)
	if !ok {
		return "", false
	}
	_, ok = ParseTTL(t.Text())
	return t.Text(), ok
}

// Says tells whether a record of any owner has the draft's data.
func (d Draft) Says(r Record) bool {
	return d.Type == r.Type() && dataKey(d.Type, d.RData, d.Origin) == r.dataKey()
}
