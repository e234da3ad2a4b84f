package zonefile

// Many names changed together, as one list of edits. Each gets what it would get alone. One that cannot follow keeps all that it
// has and is told with the reason: nobody who marks ten names is to find out a week later that two of them were passed over.

import (
	"errors"
	"fmt"
	"iter"
	"slices"
)

// Many is names of a zone that are changed together.
type Many struct {
	z     *Zone
	names []Name
	Seen  func() bool // is told of each name that is looked at, and tells whether to go on; nil: to the end
}

// Many is names that are to be changed together.
func (z *Zone) Many(names ...Name) Many { return Many{z: z, names: names} }

// Act is what a change does to many names.
type Act struct {
	Edits  []Edit
	Done   []Name   // those that it changes
	Same   []Name   // those in which there is nothing to change
	Unable []Unable // those that cannot follow
	next   *Zone    // what Edits make, kept for who does them
}

// Unable is a name that cannot follow, and why.
type Unable struct {
	Name Name
	Why  error
}

// each is the names, as they are looked at.
func (m Many) each() iter.Seq[Name] {
	return func(yield func(Name) bool) {
		for _, n := range m.names {
			if m.Seen != nil && !m.Seen() || !yield(n) {
				return
			}
		}
	}
}

// one is what a change asks of one name: nothing where there is nothing to change.
type one func(n Name) ([]intent, error)

// together gathers what a change asks of each name, and settles it at once.
func (m Many) together(ask one) (Act, error) {
	var t Act
	var all []intent
	for n := range m.each() {
		intents, err := ask(n)
		switch {
		case err != nil:
			t.Unable = append(t.Unable, Unable{n, err})
		case !slices.ContainsFunc(intents, func(in intent) bool { return len(in.edits) > 0 }):
			t.Same = append(t.Same, n)
		default:
			t.Done, all = append(t.Done, n), append(all, intents...)
		}
	}
	var err error
	t.Edits, t.next, err = m.z.settled(all...)
	return t, err
}

// errApex is why an apex cannot be deleted where it has nothing else.
var errApex = errors.New("a zone needs its SOA and its NS")

// Delete deletes names with all their records. An apex keeps its SOA and its NS (RFC 2136 §3.4.2.3).
func (m Many) Delete() (Act, error) {
	return m.together(func(n Name) ([]intent, error) {
		rs, err := m.removable(n)
		if err != nil || len(rs) == 0 {
			return nil, err
		}
		in, err := m.z.deleting(rs...)
		return []intent{in}, err
	})
}

// removable is the records of a name that may go.
func (m Many) removable(n Name) ([]Record, error) {
	all := m.z.Node(n).Records
	rs := slices.DeleteFunc(slices.Clone(all), func(r Record) bool {
		return n == m.z.Origin() && (r.Type() == TypeSOA || r.Type() == TypeNS)
	})
	if len(rs) == 0 && len(all) > 0 {
		return nil, errApex
	}
	return rs, nil
}

// CommentOut turns all records of names into comments where they stand. An apex keeps its SOA and its NS.
func (m Many) CommentOut() (Act, error) { return m.commentingOut(m.removable) }

// commentingOut turns records of names into comments, each of which comes back as it was: a line that has its owner or its TTL
// from another one that goes states it.
func (m Many) commentingOut(of func(Name) ([]Record, error)) (Act, error) {
	out := map[Record]bool{}
	for _, n := range m.names {
		rs, _ := of(n) // said below
		for _, r := range rs {
			out[r] = true
		}
	}
	return m.together(func(n Name) ([]intent, error) {
		rs, err := of(n)
		if err != nil {
			return nil, err
		}
		var intents []intent
		for _, r := range rs {
			if err := m.z.mine(r); err != nil {
				return nil, err
			}
			intents = append(intents, intent{edits: slices.Concat(r.semicolons(), r.stating(out)), touched: []Record{r}})
		}
		return intents, nil
	})
}

// stating writes into a record what it has from other lines, which may be gone when it comes back: the owner, and the TTL that it is
// served with.
func (r Record) stating(out map[Record]bool) (edits []Edit) {
	above := Row{r}.prevRecord()
	if r.OwnerText() == "" && !above.IsZero() && out[above.r] {
		edits = append(edits, r.stateOwner(r.Owner(), "")...)
	}
	_, stated := r.StatedTTL()
	served := r.z.RRsetTTL(r)
	if st := r.c().ttlsBefore(int(r.entry)); !stated && !st.hasDef || served != r.TTL() {
		edits = append(edits, r.ttlEdit(ttlText(r, served))...)
	}
	return edits
}

// numbered is edits of preferences of a name's MX, if they may be made.
func (m Many) numbered(n Name, edits []Edit, err error) ([]intent, error) {
	if err != nil || len(edits) == 0 {
		return nil, err
	}
	set := m.z.RRset(n, TypeMX)
	for _, r := range set {
		if err := m.z.mine(r); err != nil {
			return nil, err
		}
	}
	return []intent{{edits: edits, touched: set}}, nil
}

// Renumber gives the MX of names the preferences 10, 20, 30 and so on, in their order: those of one tier stay in one. A null MX
// keeps its 0 (RFC 7505 §3).
func (m Many) Renumber() (Act, error) {
	return m.together(func(n Name) ([]intent, error) {
		edits, err := m.z.renumbering(n)
		return m.numbered(n, edits, err)
	})
}

// renumbering is Renumber for one name.
func (z *Zone) renumbering(n Name) (edits []Edit, err error) {
	tiers := z.Tiers(n)
	if last := step * len(tiers); last > 1<<16-1 {
		return nil, fmt.Errorf("%d tiers by tens need more than 16 bits have", len(tiers))
	}
	for i, tier := range tiers {
		for _, r := range tier {
			if rank(r) > 1<<16-1 {
				return nil, r.refuse(errors.New("not an MX record with a preference"))
			}
			if !r.IsNullMX() {
				edits = append(edits, r.prefer(step*(i+1))...)
			}
		}
	}
	return edits, nil
}
