package references

// Who uses a name or an address: whatever a change of it would write, what that could not change, and what would stay.

import (
	"cmp"
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// A Use is a line that speaks of a name or an address.
type Use struct {
	Row zonefile.Row
	Is  string // the record, or the text of another line
	How Way    // how it does
	As  string // in what, where it is no record that a change would write: "a comment has"
}

// Way is how a line speaks of a name or an address.
type Way int

// The ways, in the order in which they are told.
const (
	Leads   Way = iota // its data leads there
	Own                // it is a record of that name
	Below              // it is a record of a name below it
	Mention            // it has the name where no change writes it
)

// Uses is who uses a name or an address.
type Uses struct {
	List   []Use
	Writes int      // how many lines a change would write
	Unread []string // what was not looked in
}

// UsesOfName is who uses a name. Names below it count as it does, but for the name of a zone, and what is above one: below them
// is all that is in it.
func (a Among) UsesOfName(n zonefile.Name) Uses {
	c := a.newRenaming(n, n)
	_ = c.gather(func(alteration) error { return nil })
	return c.uses(func(r zonefile.Record) Way {
		switch owner := r.Owner(); {
		case owner == n:
			return Own
		case c.is(owner):
			return Below
		}
		return Leads
	})
}

// UsesOfAddress is who uses an address.
func (a Among) UsesOfAddress(of netip.Addr) Uses {
	c := readdressing{a.newCollector(), of, of}
	_ = c.gather(func(alteration) error { return nil })
	c.backwards()
	c.finish()
	return c.uses(func(zonefile.Record) Way { return Leads })
}

// uses is the list as its uses, in the order in which they are told.
func (c *collector) uses(way func(zonefile.Record) Way) Uses {
	u := Uses{Writes: len(c.Lines), Unread: c.Unread}
	for _, l := range c.Lines {
		u.List = append(u.List, Use{l.Record.Row(), l.Is, way(l.Record), ""})
	}
	listed := map[zonefile.Row]bool{}
	for _, one := range u.List {
		listed[one.Row] = true
	}
	for _, k := range slices.Concat(c.Stuck, c.Kept) {
		one := Use{k.Row, k.Is, Mention, k.As}
		if k.As == "" {
			one.How = way(k.Row.Record())
		}
		if !listed[k.Row] { // a network of SPF may stand beside the address, and a record may be broken
			u.List, listed[k.Row] = append(u.List, one), true
		}
	}
	slices.SortStableFunc(u.List, func(a, b Use) int { return cmp.Compare(a.How, b.How) })
	return u
}
