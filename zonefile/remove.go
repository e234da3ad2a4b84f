package zonefile

// Taking records away, for good or by a semicolon, without taking from other lines what they inherited.

import (
	"bytes"
	"cmp"
	"errors"
)

// Delete removes records with their lines. What lines below had from them is handed down.
func (z *Zone) Delete(rs ...Record) ([]Edit, error) {
	in, err := z.deleting(rs...)
	if err != nil {
		return nil, err
	}
	return z.settle(in.edits, in.touched...)
}

// deleting is Delete before it is settled.
func (z *Zone) deleting(rs ...Record) (intent, error) {
	var edits []Edit
	for _, r := range rs {
		if err := z.mine(r); err != nil {
			return intent{}, err
		}
		edits = append(edits, Edit{r.file, r.Span(), ""})
	}
	return intent{edits: edits, touched: rs}, nil
}

// CommentOut turns a record into a comment where it stands: a ; before each of its lines. A comment inherits nothing
// and hands down nothing: where lines around it had to state a TTL for that, and the record would come back with
// theirs, the comment states its own.
func (z *Zone) CommentOut(r Record) ([]Edit, error) {
	if err := z.mine(r); err != nil {
		return nil, err
	}
	edits := r.semicolons()
	out, next, err := z.settled(intent{edits: edits, touched: []Record{r}})
	if err != nil || len(out) == len(edits) || next.bringsBack(r.In(next, out), z.RRsetTTL(r)) {
		return out, err
	}
	return z.settle(append(edits, r.ttlEdit(ttlText(r, z.RRsetTTL(r)))...), r)
}

// semicolons is a ; before each of the record's lines.
func (r Record) semicolons() []Edit {
	start, text := r.Span().Start, r.Text()
	edits := []Edit{{r.file, Span{start, start}, ";"}}
	for i, b := range text {
		if b == '\n' && i+1 < len(text) {
			at := start + uint32(i) + 1
			edits = append(edits, Edit{r.file, Span{at, at}, ";"})
		}
	}
	return edits
}

// bringsBack tells whether a record that is commented out would come back with a TTL; where it would not come back at
// all, there is none to keep.
func (z *Zone) bringsBack(w Row, ttl uint32) bool {
	edits, err := z.Uncomment(w)
	if err != nil {
		return true
	}
	next, err := z.Apply(edits...)
	if err != nil {
		return true
	}
	r := w.r.In(next, edits).Record()
	return r.IsZero() || next.RRsetTTL(r) == ttl
}

// Commented is a record that was commented out, as it would stand again.
type Commented struct {
	Text  string // the lines without their ;
	Owner Name   // the one it states, or that of the line above it
	TTL   uint32 // that it states; 0 if it states none
	Type  Type
	RData string // on one line
	Value string // of a TXT record, as those who use it read it; what data in octets says
	Rows  int    // how many rows it takes
	edits []Edit
}

// maxCommented is how many lines a record that was commented out may take: the largest records, of 64 kB,
// take some thousand.
const maxCommented = 4096

// Commented reads a comment row as a record that was commented out; false for any other comment.
func (w Row) Commented() (Commented, bool) { return w.commentedBelow(w.ownerAbove) }

// commentedBelow is Commented where it is known what the owner is of a line that states none.
func (w Row) commentedBelow(owner func() Name) (Commented, bool) {
	if w.r.z == nil || w.Kind() != RowBlank || w.Text()[0] != ';' {
		return Commented{}, false
	}
	c, ok := w.commented(";")
	if !ok {
		if c, ok = w.commented("; "); !ok {
			return c, false
		}
	}
	if c.Owner == "" {
		c.Owner = owner()
	}
	return c, true
}

// ownerAbove is the owner that a record would have here whose line leaves it blank.
func (w Row) ownerAbove() Name {
	if above := w.prevRecord(); !above.IsZero() {
		return above.Owner()
	}
	return w.r.c().enter.owner
}

// commented reads rows from w on without a prefix, until they are a whole record.
func (w Row) commented(prefix string) (Commented, bool) {
	var c Commented
	for row := range w.r.z.FileRows(w.r.file, w.Span().Start) {
		line, ok := bytes.CutPrefix(row.Text(), []byte(prefix))
		if row.Kind() != RowBlank || !ok || c.Rows == maxCommented {
			return c, false
		}
		s := row.Span()
		c.edits = append(c.edits, Edit{w.r.file, Span{s.Start, s.Start + uint32(len(prefix))}, ""})
		c.Text += string(line)
		c.Rows++
		if c.Rows > 1 && bytes.IndexByte(line, ')') < 0 {
			continue // still inside the parenthesis
		}
		switch c.read(w.Origin()) {
		case recordWhole:
			return c, true
		case recordNone:
			return c, false
		}
	}
	return c, false
}

// wholeness tells how far a text is a record.
type wholeness uint8

const (
	recordNone wholeness = iota
	recordPart           // it is in a parenthesis that is not closed yet
	recordWhole
)

// read reads the text collected so far as a record that would load.
func (c *Commented) read(origin Name) wholeness {
	src := []byte(c.Text)
	l := lexer{src: src, bol: true}
	e, _ := readEntry(&l)
	if e.kind == kindBroken && l.fault == faultParenOpen {
		return recordPart
	}
	if e.kind != kindRecord || l.pos != len(src) {
		return recordNone
	}
	origin = cmp.Or(origin, Root)
	ch := linkText(&text{src: src, entries: []entry{e}}, state{origin: origin, owner: origin, ttls: ttls{hasDef: true}})
	if len(ch.findProblems()) > 0 {
		return recordNone
	}
	r := Record{file: newFile("", []*chunk{ch})}
	c.Owner, c.Type, c.RData = "", e.typ, r.RDataText()
	if r.OwnerText() != "" {
		c.Owner = r.Owner()
	}
	c.TTL, _ = r.StatedTTL()
	if c.Value = r.OctetsSay(); c.Type == TypeTXT {
		c.Value, _ = r.Joined()
	}
	return recordWhole
}

// Uncomment brings back a record that was commented out.
func (z *Zone) Uncomment(w Row) ([]Edit, error) {
	if err := z.mine(w.r); err != nil {
		return nil, err
	}
	c, ok := w.Commented()
	if !ok {
		return nil, w.r.refuse(errors.New("this comment is not a record that was commented out"))
	}
	return z.settle(c.edits)
}

// Move takes a record's line to another place. It keeps its owner, TTL and data; where its origin is
// another there, its names are written anew. Where it would inherit another TTL there than it is served with, because
// the lines around it had to state theirs, it states its own first.
func (z *Zone) Move(r Record, to Place) ([]Edit, error) {
	edits, err := z.move(r, to)
	if err != nil || len(edits) == 0 {
		return nil, err
	}
	next, err := z.Apply(edits...)
	if err != nil || next.servesSet(r, z.RRsetTTL(r)) {
		return edits, err
	}
	stated, err := z.settle(r.ttlEdit(ttlText(r, z.RRsetTTL(r))), r)
	if err != nil {
		return nil, err
	}
	return Chain(z, func(*Zone) ([]Edit, error) { return stated, nil }, func(now *Zone) ([]Edit, error) {
		to.beside = to.beside.In(now, stated).r
		return now.move(r.In(now, stated).Record(), to)
	})
}

// servesSet tells whether z serves the RRset of a record of another version with a TTL.
func (z *Zone) servesSet(r Record, ttl uint32) bool {
	for _, o := range z.RRset(r.Owner(), r.Type()) {
		if o.SameSet(r) {
			return z.RRsetTTL(o) == ttl
		}
	}
	return true
}

// move is Move but for the TTL that comes of it.
func (z *Zone) move(r Record, to Place) ([]Edit, error) {
	if err := z.mine(r); err != nil {
		return nil, err
	}
	if to.beside == r {
		return nil, nil
	}
	if err := z.mine(to.beside); err != nil {
		return nil, err
	}
	if r.Origin() != to.beside.Origin() || r.e().flags&oddOwner != 0 {
		return z.moveAnew(r, to)
	}
	text := TrimLineEnd(string(r.Text()))
	if d := (Draft{Owner: r.Owner()}); r.e().ownerLen == 0 && !z.leavesBlank(d, to) {
		lead := leadingBlanks(r.Text())
		owner := r.Owner().In(r.Origin())
		text = owner + gap(len(owner), width(lead, 0), lead) + text[len(lead):]
	}
	if inherited, ok := to.above().inheritedTTL(); r.e().flags&hasTTL == 0 && (!ok || inherited != r.TTL()) {
		return z.moveAnew(r, to)
	}
	return z.settle(append(to.edits(text, r.Comment() != ""), Edit{r.file, r.Span(), ""}), r)
}

// moveAnew writes the record anew at the other place.
func (z *Zone) moveAnew(r Record, to Place) ([]Edit, error) {
	d := Draft{Owner: r.Owner(), Type: r.Type(), RData: r.RDataText(), Origin: r.Origin(), Comment: r.Comment(),
		TTL: ttlText(r, r.TTL())}
	text, err := z.renderDraft(d, to, layoutOf(r), z.draftTTL(d, to, layoutOf(r), z.RRset(d.Owner, d.Type)))
	if err != nil {
		return nil, err
	}
	return z.settle(append(to.edits(text, d.Comment != ""), Edit{r.file, r.Span(), ""}), r)
}
