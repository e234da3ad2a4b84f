package zonefile

// A zone that is in no file yet, as text for programs that read files: with it BIND is asked before anything is saved.

// StandIns is the text of a file of the zone in which every $INCLUDE names another file: the one that path gives for it, or
// its own where that is "". With it a program can be given a zone that is in no file yet.
func (z *Zone) StandIns(f *File, path func(Row) string) []byte {
	src, out, done := f.Bytes(), []byte(nil), uint32(0)
	for w := range z.Inclusions(f) {
		if w.Kind() != RowInclude {
			continue
		}
		toks := w.r.c().tokens(int(w.r.entry), nil)
		to := path(w)
		if to == "" || len(toks) == 0 {
			continue
		}
		begin := f.starts[w.r.chunk]
		out = append(append(out, src[done:begin+uint32(toks[0].start)]...), to...)
		done = begin + uint32(toks[0].end)
	}
	if out == nil {
		return src // which nobody may change
	}
	return append(out, src[done:]...)
}
