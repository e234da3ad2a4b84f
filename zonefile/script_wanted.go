package zonefile

// The RRsets that a script asks for, before anybody asks how the file comes to have them.

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
	gone  bool // it was asked for, and is no more
}

// wantedSet is an RRset that a script asks for. It may have thousands of records: they are found by what they say.
type wantedSet struct {
	key     setKey
	records []wantedRecord
	at      map[string]int // of those that are not gone: where they stand in records
	ttl     string         // "" for what is there
	aside   bool           // new records go to the end: at their best place they would change what other lines mean
	seen    [2]haveSet     // in the versions that were asked for last, the newest first
}

// haveSet is the RRset as a version has it, with the data of each record as dataKey writes it: most steps ask for both, in the same
// few versions, and data is dear to write.
type haveSet struct {
	z       *Zone
	records []Record
	texts   []string // the data as it stands
	keys    []string
}

// ttl is what the first of the records is served with.
func (s haveSet) ttl() uint32 { return s.records[0].servedAmong(s.records) }

// have is the RRset as a version has it.
func (w *wantedSet) have(z *Zone) haveSet {
	for _, s := range w.seen {
		if s.z == z {
			return s
		}
	}
	w.seen[1] = w.seen[0]
	w.seen[0] = haveSet{z: z, records: z.RRset(w.key.owner, w.key.typ)}
	w.seen[0].read(w.key.typ, w.seen[1])
	return w.seen[0]
}

// read reads the data of the records. Nearly all stand where they stood in the version before.
func (s *haveSet) read(t Type, was haveSet) {
	at := 0 // the first of the records before that is still to come
	both := make([]string, 2*len(s.records))
	s.texts, s.keys = both[:len(s.records)], both[len(s.records):]
	for i, r := range s.records {
		s.texts[i] = r.RDataText()
		for k := at; k < min(at+2, len(was.texts)) && s.keys[i] == ""; k++ {
			if was.texts[k] == s.texts[i] && was.records[k].Origin() == r.Origin() {
				s.keys[i], at = was.keys[k], k+1
			}
		}
		if s.keys[i] == "" {
			s.keys[i] = dataKey(t, s.texts[i], r.Origin())
		}
	}
}

// wanted is the set of a version, of which nothing else is asked yet.
func (z *Zone) wanted(k setKey) *wantedSet {
	w := &wantedSet{key: k}
	have := w.have(z)
	for i, r := range have.records {
		w.put(wantedRecord{key: have.keys[i], rdata: have.texts[i], from: r.Origin()})
	}
	return w
}

// has tells whether the set has a record.
func (w *wantedSet) has(key string) bool {
	_, has := w.at[key]
	return has
}

// put adds a record behind the others, unless it is there.
func (w *wantedSet) put(r wantedRecord) {
	if w.has(r.key) {
		return
	}
	if w.at == nil {
		w.at = map[string]int{}
	}
	w.at[r.key] = len(w.records)
	w.records = append(w.records, r)
}

// drop takes a record out, if it is there.
func (w *wantedSet) drop(key string) {
	if i, has := w.at[key]; has {
		w.records[i].gone = true
		delete(w.at, key)
	}
}

// allowed refuses a change of records that cannot be edited, at the place where they stand before the script.
func (w *wantedSet) allowed(z *Zone) error {
	have := w.have(z)
	ttl, given := ParseTTL(w.ttl)
	all := given && len(have.records) > 0 && have.ttl() != ttl
	for i, r := range have.records {
		if r.file.reason == "" || !all && w.has(have.keys[i]) {
			continue
		}
		if err := z.mine(r); err != nil {
			return err
		}
	}
	return nil
}

// empty takes all records out.
func (w *wantedSet) empty() { w.records, w.at = nil, nil }
