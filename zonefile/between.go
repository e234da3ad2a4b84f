package zonefile

import "bytes"

// What differs between two versions is found in the chunks that they do not share: a version costs what its edits cost,
// and not what the file holds.

// Between is edits that make one version's files out of another's: one for each run of chunks that only one of them has,
// from the first byte that differs there to the last. Files that only one of the versions has are left out.
func (z *Zone) Between(next *Zone) []Edit {
	var out []Edit
	if z == next {
		return nil
	}
	was := map[string]*File{}
	for f := range z.Files() {
		if was[f.name] == nil { // one that is included twice is edited once
			was[f.name] = f
		}
	}
	for f := range next.Files() {
		if old := was[f.name]; old != nil && old != f {
			out = append(out, old.between(f)...)
			delete(was, f.name)
		}
	}
	return out
}

// between is Between for one file, by walking both lists of chunks from one that they share to the next.
func (f *File) between(next *File) []Edit {
	at := make(map[*text]int, len(f.chunks))
	for i, c := range f.chunks {
		at[c.text] = i
	}
	var out []Edit
	i, j := 0, 0 // the first chunks behind the last shared one
	differ := func(k, l int) {
		if e := f.differing(next, Span{f.starts[i], f.starts[k]}, Span{next.starts[j], next.starts[l]}); e.Len() > 0 || e.New != "" {
			out = append(out, e)
		}
	}
	for l, c := range next.chunks {
		if k, shared := at[c.text]; shared && k >= i {
			differ(k, l)
			i, j = k+1, l+1
		}
	}
	differ(len(f.chunks), len(next.chunks))
	return out
}

// differing is the edit that makes a span of the next version out of one of f, without what both have at their ends.
func (f *File) differing(next *File, was, is Span) Edit {
	a, b := f.Slice(was), next.Slice(is)
	if bytes.Equal(a, b) {
		return Edit{}
	}
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	a, b = a[head:], b[head:]
	tail := 0
	for tail < min(len(a), len(b)) && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	start := was.Start + uint32(head)
	return Edit{f, Span{start, start + uint32(len(a)-tail)}, string(b[:len(b)-tail])}
}

// Same tells whether two versions have the same bytes in all files. Versions share what they have in
// common, so this is cheap.
func (z *Zone) Same(other *Zone) bool {
	if z == other {
		return true
	}
	files, both := map[string]*File{}, map[string]bool{}
	for f := range other.Files() {
		files[f.name] = f
	}
	for f := range z.Files() { // one that is included twice is there twice
		if o := files[f.name]; o == nil || !f.Same(o) {
			return false
		}
		both[f.name] = true
	}
	return len(files) == len(both)
}

// Same tells whether two files hold the same bytes; chunks that they share are not looked into.
func (f *File) Same(o *File) bool {
	if f == o {
		return true
	}
	return f.Size() == o.Size() && len(f.between(o)) == 0
}
