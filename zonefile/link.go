package zonefile

// A zone is linked from the texts of its files in the order BIND reads them: each chunk is entered with what the lines
// above it leave, and what an older version has of it is used again.

// Parse reads a zone. It never fails: what BIND would refuse is in Errors, and stays as it is.
func Parse(name string, src []byte, opt Options) *Zone {
	z := &Zone{opt: opt, reads: map[string]*read{}}
	z.link(name, scanFile(src), nil)
	return z
}

// link makes the files of z from the texts of its root; chunks of an older version are used again
// where they were entered with the same state.
func (z *Zone) link(name string, texts []*text, old *Zone) {
	t := tree{z: z, counts: map[string]int{}, old: map[string][]*File{}}
	if old != nil {
		for f := range old.Files() {
			t.old[f.name] = append(t.old[f.name], f)
		}
	}
	z.root, _ = t.file(name, texts, nil, state{origin: z.opt.Origin, top: z.opt.Origin})
	for f := range z.Files() {
		if t.counts[f.name] > 1 {
			f.reason = "it is included more than once: an edit would change several places"
		}
	}
	z.findApex()
}

// tree links a root file and all it includes, in the order BIND reads them.
type tree struct {
	z      *Zone
	old    map[string][]*File // of the version before, in the order in which it read them
	counts map[string]int

	taken taken
}

// file links one file that is entered with st.
func (t *tree) file(name string, texts []*text, parent *File, st state) (*File, state) {
	t.counts[name]++
	before := t.before(name)
	f := newFile(name, make([]*chunk, 0, len(texts)))
	f.parent = parent
	chunks := f.chunks
	for _, txt := range texts {
		c := before.find(txt, st)
		if c == nil || c.makes > 0 && !t.taken.again(c) {
			if c = linkText(txt, st); txt.include {
				t.include(c, f)
			}
		}
		chunks = append(chunks, c)
		st = c.leave
	}
	done := newFile(name, chunks)
	done.parent = parent
	return done, st
}

// before is the chunks of the file in the version before; a file that is included twice has them twice.
func (t *tree) before(name string) *unchanged {
	list := t.old[name]
	if len(list) == 0 {
		return &unchanged{}
	}
	t.old[name] = list[1:]
	return &unchanged{list[0].chunks}
}

// unchanged is the chunks of an older file that are still to come.
type unchanged struct{ chunks []*chunk }

// maxAhead is how many chunks an edit may have made new before the older ones are no longer found.
const maxAhead = 64

// find takes the older file's chunk of txt, where nothing above has changed for it. A chunk that ends in an
// $INCLUDE is linked anew, because the file may have been edited.
func (u *unchanged) find(txt *text, st state) *chunk {
	for i, c := range u.chunks[:min(len(u.chunks), maxAhead)] {
		if c.text != txt {
			continue
		}
		u.chunks = u.chunks[i+1:]
		if !c.enter.same(st) || txt.include && c.entries[len(c.entries)-1].kind == kindInclude {
			return nil
		}
		return c
	}
	return nil
}

// include brings in what the last entry of c stands for: the file of an $INCLUDE, the lines of a
// $GENERATE.
func (t *tree) include(c *chunk, from *File) {
	if c.entries[len(c.entries)-1].kind == kindGenerate {
		generate(c, from, &t.taken)
		return
	}
	c.includeErr = t.includeFile(c, from)
}

// includeFile reads the file that the last entry of c names. BIND: its origin starts as the one in force or
// as the second word says; TTLs that it sets stay, its origin and owner do not.
func (t *tree) includeFile(c *chunk, from *File) error {
	last := len(c.entries) - 1
	c.leave.commit() // BIND: COMMITALL, before the file and behind it
	st := c.leave
	if st.dated {
		return errDated
	}
	if arg := c.argument(last, 1); arg != nil {
		origin, err := parseName(arg, st.origin)
		if err != nil {
			return err
		}
		st.spelled = spell(arg, st.spelledOrigin())
		st.origin = origin
	}
	texts, name, err := t.read(string(c.argument(last, 0)), from)
	if err == nil {
		err = t.taken.admit(texts)
	}
	if err == nil && !endsLine(c.bytes(last)) && startsBlank(texts) {
		err = errUnended
	}
	if err != nil {
		return err
	}
	f, left := t.file(name, texts, from, st)
	c.included = f
	c.leave.ttl, c.leave.hasTTL = left.ttl, left.hasTTL
	c.leave.def, c.leave.hasDef = left.def, left.hasDef
	c.leave.dated = left.dated
	return nil
}

// read gives the texts of an included file, from memory when it was read before.
func (t *tree) read(path string, from *File) ([]*text, string, error) {
	if t.z.opt.Open == nil {
		return nil, "", errNotRead
	}
	key := from.name + "\x00" + path
	r := t.z.reads[key]
	if r == nil {
		r = &read{}
		var src []byte
		if r.name, src, r.err = t.z.opt.Open(path, from); r.err == nil {
			if r.texts = scanFile(src); !readsAsZone(r.texts) {
				r.texts, r.err = nil, errNoZone
			}
		}
		t.z.reads[key] = r
	}
	depth := 1
	for f := from; f != nil; f = f.parent {
		if depth++; f.name == r.name && r.err == nil {
			return nil, "", errCycle
		}
	}
	if depth > maxDepth {
		return nil, "", errDeep
	}
	return r.texts, r.name, r.err
}

// findApex keeps the SOA and the apex: the SOA's owner, not $ORIGIN (BIND). A zone without SOA is a
// fragment; its apex is taken to be the origin.
func (z *Zone) findApex() {
	for r := range z.recordsOf([]Type{TypeSOA}) {
		z.soa, z.apex = r, r.Owner()
		return
	}
	if z.apex = z.opt.Origin; z.apex == "" {
		for _, c := range z.root.chunks {
			if len(c.origins) > 0 {
				z.apex = c.origins[0].origin
				return
			}
		}
	}
}
