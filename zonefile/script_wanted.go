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
	have := z.RRset(w.key.owner, w.key.typ)
	ttl, given := ParseTTL(w.ttl)
	all := given && len(have) > 0 && z.RRsetTTL(have[0]) != ttl
	for _, r := range have {
		if r.file.reason == "" || !all && w.has(r.dataKey()) {
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
