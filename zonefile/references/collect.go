package references

// What all changes have in common: they go through zones, gather what changes and what cannot, and say what they did not see.

import (
	"errors"
	"fmt"
	"net/netip"

	"github.com/mailzone/mailzone/zonefile"
)

// Among is zones that are loaded together, in which is looked for what speaks of a name or an address.
type Among struct {
	Zones  []*zonefile.Zone
	GoesOn func() bool // is asked at each row that is looked at, and tells whether somebody waits for what is found; nil: to the end
}

// ended tells that nobody waits any more: what was found by then is for nobody.
func (a Among) ended() bool { return a.GoesOn != nil && !a.GoesOn() }

// collector gathers a list.
type collector struct {
	List
	Among
	asked zonefile.Zones
	from  zonefile.Name // becomes to; "" where an address changes
	to    zonefile.Name
	stuck map[string]bool // why, as far as it was said: the lines of a $GENERATE have one reason
	apart map[zonefile.Name]bool
}

// newCollector starts a list.
func (a Among) newCollector() *collector {
	return &collector{Among: a, asked: zonefile.Together(a.Zones...), stuck: map[string]bool{}, apart: map[zonefile.Name]bool{}}
}

// add takes an alteration in, if it is one that can be made.
func (c *collector) add(a alteration) {
	if a.none() {
		return
	}
	if p, bad := a.record.Row().Problem(); bad {
		c.keep(a.record, p.Message+": correct this line first, or leave it")
		return
	}
	if err := a.record.Editable(); err != nil {
		c.stick(a.record, err)
		return
	}
	change := zonefile.Rewrite{Record: a.record, Owner: a.owner, Data: a.data()}
	c.Lines = append(c.Lines, Line{Record: a.record, Is: a.is(), Becomes: a.becomes(), change: change, from: c.from, to: c.to})
	c.Caches = max(c.Caches, a.record.Zone().RRsetTTL(a.record))
}

// stick tells of a record that should change and cannot.
func (c *collector) stick(r zonefile.Record, why error) {
	key := why.Error()
	if w := r.MadeBy(); !w.IsZero() {
		key = fmt.Sprintf("%s:%d", w.File().Name(), w.Span().Start)
	}
	if !c.stuck[key] {
		c.stuck[key] = true
		c.Stuck = append(c.Stuck, Kept{r.Row(), said(r), "", why})
	}
}

// keep tells of a record that stays.
func (c *collector) keep(r zonefile.Record, why string) {
	c.Kept = append(c.Kept, Kept{r.Row(), said(r), "", r.Refuse(errors.New(why))})
}

// reverseOf says that the zone of an address read backwards was not handed in, if it was not.
func (c *collector) reverseOf(a netip.Addr, may string) {
	if n := zonefile.Backwards(a); c.asked.Deepest(n) == nil && !c.apart[n] {
		c.apart[n] = true
		c.Unread = append(c.Unread, fmt.Sprintf("the reverse zone of %s is not open: %s", a, may))
	}
}

// unread says which files and zones were not looked in that belong to the zones.
func (c *collector) unread() {
	for _, z := range c.Zones {
		for f := range z.Files() {
			for w := range z.Inclusions(f) {
				if _, err := w.Included(); err != nil {
					at := f.Position(w.Span().Start)
					c.Unread = append(c.Unread, fmt.Sprintf("%s:%d:%d: not included: %v", f.Name(), at.Line, at.Column, err))
				}
			}
		}
		for problem := range z.Unwritten() {
			c.Unread = append(c.Unread, problem.String())
		}
		c.delegated(z)
	}
}

// delegated says which zones a zone delegates that were not handed in.
func (c *collector) delegated(z *zonefile.Zone) {
	first, more, seen := zonefile.Name(""), 0, map[zonefile.Name]bool{z.Origin(): true}
	for r := range z.RecordsOf(zonefile.TypeNS) {
		switch n := r.Owner(); {
		case seen[n] || c.asked.Deepest(n) != z:
			continue
		case first == "":
			first = n
		default:
			more++
		}
		seen[r.Owner()] = true
	}
	switch {
	case first == "":
	case more == 0:
		c.Unread = append(c.Unread, fmt.Sprintf("the zone %s, which %s delegates, is not open", first, z.Origin()))
	default:
		c.Unread = append(c.Unread, fmt.Sprintf("the zone %s and %d more that %s delegates are not open", first, more, z.Origin()))
	}
}
