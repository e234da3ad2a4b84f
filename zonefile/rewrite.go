package zonefile

// Many records changed at once, each in its owner and in parts of its data. A blank owner follows the line that it is blank
// for, as long as both get the same one: then no byte of it changes. What a line would get otherwise than it should, its
// owner or its TTL, is written into it in a further step, until all lines say what they are to say.

import (
	"cmp"
	"errors"
	"slices"
)

// Rewrite is what becomes of one record.
type Rewrite struct {
	Record Record
	Owner  string // as its line would write it; "" keeps it
	Data   []Edit // within its data
}

// Editable is why the record cannot be edited, with its place; nil if it can.
func (r Record) Editable() error {
	if e := r.protected(); e != nil {
		return e
	}
	return nil
}

// Refuse is a refusal at the record's line, for those who find one by what the record means.
func (r Record) Refuse(why error) error { return r.refuse(why) }

// Refuse is a refusal at the row's line.
func (w Row) Refuse(why error) error { return w.r.refuse(why) }

// Rewrite changes records. All other lines keep what they mean, and the records the TTLs that they are served with.
func (z *Zone) Rewrite(list ...Rewrite) ([]Edit, error) { return z.RewriteWhile(nil, list...) }

// ErrEnded is returned where nobody waits any more for what takes its time.
var ErrEnded = errors.New("ended: nobody waits for it")

// RewriteWhile is Rewrite that ends where goesOn, which is asked before each step, says that nobody waits; nil: somebody does.
func (z *Zone) RewriteWhile(goesOn func() bool, list ...Rewrite) ([]Edit, error) {
	over := func() bool { return goesOn != nil && !goesOn() }
	if over() {
		return nil, ErrEnded
	}
	w := rewriting{z: z, list: list, served: z.servedOf(list)}
	if err := w.joins(); err != nil {
		return nil, err
	}
	edits, next, err := w.first()
	for range maxSettle {
		if err != nil {
			return nil, z.home(err, edits)
		}
		if over() {
			return nil, ErrEnded
		}
		var more []Edit
		if more, next, err = w.further(next, edits); err == nil && len(more) == 0 {
			return edits, nil
		}
		edits = z.compose(edits, more)
	}
	return nil, cmp.Or(err, error(w.wrong.refuse(errors.New(errEndless))))
}

// rewriting is records on their way.
type rewriting struct {
	z      *Zone
	list   []Rewrite
	served map[Record]uint32
	stuck  bool   // a line did not get its owner from the one above it
	wrong  Record // one that had not yet what it is to have
}

// first writes what lines state themselves.
func (w *rewriting) first() ([]Edit, *Zone, error) {
	intents := make([]intent, len(w.list))
	for i, one := range w.list {
		if err := w.z.mine(one.Record); err != nil {
			return nil, nil, err
		}
		intents[i] = intent{touched: []Record{one.Record}, set: one.Record}
		if changes := one.changes(); len(changes) > 0 {
			intents[i].edits = one.Record.rewrite(changes...)
		}
	}
	return w.z.settled(intents...)
}

// changes is what becomes of the line. Those that meet are one, and those within a word are one of the word: what follows in
// it stands in no column.
func (one Rewrite) changes() (out []change) {
	within := map[Token][]Edit{}
	for _, e := range one.Data {
		if t, ok := one.Record.tokenAround(e.Span); ok {
			within[t] = append(within[t], e)
		} else {
			out = append(out, change{e.Span, e.New})
		}
	}
	for t, edits := range within {
		out = append(out, change{t.Span, t.changed(edits)})
	}
	if at, stated := one.Record.FieldSpan(FieldOwner); stated && one.Owner != "" && one.Owner != string(one.Record.file.Slice(at)) {
		out = append(out, change{at, one.Owner})
	}
	slices.SortStableFunc(out, func(a, b change) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	for i := 1; i < len(out); {
		if out[i].Start > out[i-1].End {
			i++
			continue
		}
		out[i-1] = change{Span{out[i-1].Start, out[i].End}, out[i-1].text + out[i].text}
		out = slices.Delete(out, i, i+1)
	}
	return out
}

// tokenAround is the word of the data that a span lies in; false if it is not one.
func (r Record) tokenAround(s Span) (Token, bool) {
	for _, t := range r.RData() {
		if t.Span.Start <= s.Start && s.End <= t.Span.End {
			return t, true
		}
	}
	return Token{}, false
}

// changed is the word with edits in it made.
func (t Token) changed(edits []Edit) string {
	changes := make([]TextChange, len(edits))
	for i, e := range edits {
		changes[i] = TextChange{int(e.Start - t.Span.Start), int(e.End - t.Span.Start), e.New}
	}
	return changedText(t.Raw, changes)
}

// errNotItsOwner is returned where a line states another owner than it is to have.
var errNotItsOwner = errors.New("the line does not take the owner that it is to have")

// further gives lines of the version that edits made the owners and TTLs that they do not have yet; no edits if all have
// them. Of lines that inherit an owner from one the first gets its own: the others have it from there then.
func (w *rewriting) further(now *Zone, edits []Edit) ([]Edit, *Zone, error) {
	var owners, ttls, rest []intent
	places, givers := map[string]arranged{}, map[Record]bool{}
	for _, one := range w.list {
		was := one.Record
		if _, known := places[was.file.name]; !known {
			places[was.file.name] = arrange(editsOf(edits, was.file.name))
		}
		is := was.now(now, places[was.file.name]).Record()
		if is.IsZero() {
			return nil, nil, was.refuse(errMeaning)
		}
		in := intent{touched: []Record{is}, set: is}
		ttl, wrong := w.ttl(was, is)
		owner := one.owner()
		if is.Owner() != owner || wrong {
			w.wrong = was
		}
		switch {
		case is.Owner() == owner && !wrong, is.Owner() != owner && givers[is.giver()] && !w.stuck:
			rest = append(rest, in)
		case is.Owner() == owner:
			in.edits = is.ttlEdit(ttlText(is, ttl))
			ttls = append(ttls, in)
		case is.OwnerText() != "":
			return nil, nil, is.refuse(errNotItsOwner)
		default:
			givers[is.giver()] = true
			in.edits = is.stateOwner(owner, one.Owner)
			owners = append(owners, in)
		}
	}
	if len(owners) > 0 {
		w.stuck = true
		for i := range ttls { // they may have them again then
			ttls[i].edits = nil
		}
	}
	if len(owners)+len(ttls) == 0 {
		return nil, now, nil
	}
	return now.settled(slices.Concat(owners, ttls, rest)...)
}

// owner is the owner that the record is to have.
func (one Rewrite) owner() Name {
	if one.Owner == "" {
		return one.Record.Owner()
	}
	n, err := ParseName(one.Owner, one.Record.Origin())
	if err != nil {
		return invalidName([]byte(one.Owner))
	}
	return n
}

// giver is the line that the record has its owner from; of one in an earlier chunk the chunk stands for it.
func (r Record) giver() Record {
	from := r.c().inherited[r.entry].from
	if r.entry = int32(from); from == fromState {
		r.entry = -1
	}
	return r
}
