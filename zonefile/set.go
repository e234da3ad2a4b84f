package zonefile

// Changing one field: its bytes, and what other lines had from it, and no other byte.

import (
	"errors"
	"fmt"
	"strings"
)

// Set changes one field of a record: that field's bytes, and what other lines inherited from it. The
// text is as a zone file would hold it at that line; names may be relative to the line's origin. Of equal SOA records
// all change: BIND takes several only if they are the same.
func (z *Zone) Set(r Record, f Field, text string) ([]Edit, error) {
	if r.z == z && r.Type() == TypeSOA && (f >= 0 || f == FieldRData) {
		return z.SetAll(r.equals(), f, func(Record) string { return text })
	}
	in, err := z.setting(r, f, text)
	if err != nil || len(in.edits) == 0 {
		return nil, err
	}
	edits, _, err := z.settled(in)
	return edits, err
}

// setting is Set before it is settled.
func (z *Zone) setting(r Record, f Field, text string) (intent, error) {
	if err := z.mine(r); err != nil {
		return intent{}, err
	}
	edits, err := z.setEdits(r, f, text)
	in := intent{edits: edits, touched: []Record{r}, owned: f != FieldOwner, set: r}
	if f == FieldTTL {
		in.touched = z.RRset(r.Owner(), r.Type())
	}
	return in, err
}

// SetAll is Set for many records at once: for their TTLs, or for data, which text gives for each.
func (z *Zone) SetAll(rs []Record, f Field, text func(Record) string) ([]Edit, error) {
	if f == FieldOwner || f == FieldComment {
		return nil, errors.New("an owner and a comment are set one by one")
	}
	var intents []intent
	for _, r := range rs {
		in, err := z.setting(r, f, text(r))
		if err != nil {
			return nil, err
		}
		intents = append(intents, in)
	}
	edits, _, err := z.settled(intents...)
	return edits, err
}

// setEdits is the change of the field alone.
func (z *Zone) setEdits(r Record, f Field, text string) ([]Edit, error) {
	if f == FieldComment {
		return r.setComment(text)
	}
	words, err := lexField(text)
	if err != nil {
		return nil, err
	}
	switch f {
	case FieldOwner:
		return r.setOwner(text, words)
	case FieldTTL:
		return z.setTTL(r, text)
	case FieldRData:
		return r.setRData(words)
	}
	if len(words) != 1 {
		return nil, fmt.Errorf("%q: one word is expected here", text)
	}
	return r.setField(f, text)
}

// setField writes another word in the place of one; data in octets is written in words then.
func (r Record) setField(f Field, text string) ([]Edit, error) {
	if words, ok := r.c().words(int(r.entry)); ok {
		all, err := lexField(string(words))
		if err != nil || int(f) >= len(all) {
			return nil, r.refuse(errNoField)
		}
		all[f] = text
		return r.setRData(all)
	}
	at, ok := r.FieldSpan(f)
	if !ok {
		return nil, r.refuse(errNoField)
	}
	return r.replace(at, text), nil
}

// errNoField is why a field that is not there cannot be set.
var errNoField = errors.New("the record has no such field")

// mine refuses a record of another version, and one of a file that must not be edited.
func (z *Zone) mine(r Record) error {
	if r.z != z {
		return ErrStale
	}
	if e := r.protected(); e != nil {
		return e
	}
	return nil
}

// setOwner writes another owner; lines below that had theirs from this one keep it.
func (r Record) setOwner(text string, words []string) ([]Edit, error) {
	if len(words) != 1 {
		return nil, fmt.Errorf("%q: an owner is one name", text)
	}
	n, err := ParseName(text, r.Origin())
	if err != nil {
		return nil, fmt.Errorf("%q: %w", text, err)
	}
	if at, stated := r.FieldSpan(FieldOwner); stated {
		return r.replace(at, text), nil
	}
	return r.stateOwner(n, text), nil
}

// setTTL changes, adds or (with an empty text) removes the TTL of all records of the RRset.
func (z *Zone) setTTL(r Record, text string) ([]Edit, error) {
	if _, ok := ParseTTL(text); text != "" && !ok {
		return nil, fmt.Errorf("%q: not a TTL: write seconds or units, as 3600 or 1h30m", text)
	}
	if ttl, _ := ParseTTL(text); ttl > MaxTTL {
		return nil, fmt.Errorf("%q: a TTL is at most %d seconds", text, MaxTTL)
	}
	var edits []Edit
	for _, m := range z.RRset(r.Owner(), r.Type()) {
		if err := z.mine(m); err != nil {
			return nil, err
		}
		edits = append(edits, m.ttlEdit(text)...)
	}
	return edits, nil
}

// setRData replaces the RDATA by words: only those that differ, where their number stays.
func (r Record) setRData(words []string) ([]Edit, error) {
	toks := r.RData()
	switch {
	case len(words) == 0:
		return nil, r.refuse(errors.New("a record needs data"))
	case len(toks) == 0:
		at := r.Span().Start + r.e().rdata - r.e().start
		return []Edit{{r.file, Span{at, at}, " " + strings.Join(words, " ")}}, nil
	case len(toks) == len(words):
		var changes []change
		for i, t := range toks {
			if t.Raw != words[i] {
				changes = append(changes, change{t.Span, words[i]})
			}
		}
		return r.rewrite(changes...), nil
	}
	from, to := 0, 0 // tokens and words that stay at the front and at the back
	for from < len(toks)-1 && from < len(words)-1 && toks[from].Raw == words[from] {
		from++
	}
	for to < len(toks)-from-1 && to < len(words)-from-1 && toks[len(toks)-1-to].Raw == words[len(words)-1-to] {
		to++
	}
	s := Span{toks[from].Span.Start, toks[len(toks)-1-to].Span.End}
	return r.rewrite(change{s, strings.Join(words[from:len(words)-to], " ")}), nil
}

// setComment replaces, adds or (with an empty text) removes the comment behind the data.
func (r Record) setComment(text string) ([]Edit, error) {
	if err := checkOneLine(text); err != nil {
		return nil, err
	}
	text = strings.TrimSpace(text)
	if text != "" && text[0] != ';' {
		text = "; " + text
	}
	s := r.commentSpan()
	if string(r.file.Slice(s)) == text {
		return nil, nil
	}
	src, begin := r.Text(), r.Span().Start
	if at := int(s.Start - begin); at > 0 && src[at-1] == '\\' && !escapedAt(string(src), at-1) {
		return nil, r.refuse(errors.New("the data ends in a backslash, which would take in what follows: correct it first"))
	}
	blanks := s.Start
	for blanks > begin && (src[blanks-begin-1] == ' ' || src[blanks-begin-1] == '\t') {
		blanks--
	}
	switch {
	case text == "":
		s.Start = blanks
	case s.Len() == 0 && blanks == s.Start:
		text = " " + text
	}
	return []Edit{{r.file, s, text}}, nil
}
