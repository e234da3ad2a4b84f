package references

// A name becomes another everywhere: its records and those of all names below it, among them TLSA records and DKIM keys, and
// whatever leads to one of them by its data or by a term of SPF.

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// Rename lists what changes in the zones where a name becomes another.
func (a Among) Rename(from, to zonefile.Name) (List, error) {
	if err := FreeName(a.Zones, from, to); err != nil {
		return List{}, err
	}
	c := a.newRenaming(from, to)
	if err := c.gather(c.fits); err != nil {
		return List{}, err
	}
	if len(c.Lines)+len(c.Stuck) == 0 {
		return List{}, unknown{from}
	}
	return c.List, nil
}

// newRenaming starts a rename.
func (a Among) newRenaming(from, to zonefile.Name) renaming {
	alone := slices.ContainsFunc(a.Zones, func(z *zonefile.Zone) bool { return z.Origin().Within(from) })
	c := a.newCollector()
	c.from, c.to = from, to
	return renaming{c, newSoughtName(from, alone), map[zonefile.Type][]int{}}
}

// gather finds what speaks of the name; a record that does is looked at before it is taken.
func (c *renaming) gather(fits func(alteration) error) error {
	for _, z := range c.Zones {
		for r := range z.Leading([]zonefile.Name{c.from}, []zonefile.Name{c.from}) {
			if c.ended() {
				return nil
			}
			a := c.of(r)
			if err := fits(a); err != nil {
				return err
			}
			c.add(a)
		}
	}
	for _, l := range c.Lines {
		if a, ok := l.Record.Addr(); ok && l.change.Owner != "" {
			c.reverseOf(a, fmt.Sprintf("its PTR record may lead to %s", l.Record.Owner()))
		}
	}
	c.unread()
	c.mentions(c.soughtName)
	return nil
}

// fits is why a record cannot have its new owner: it is not in the record's zone.
func (c *renaming) fits(a alteration) error {
	if a.owner == "" || c.asked.Deepest(a.newOwner()) == a.record.Zone() {
		return nil
	}
	return fmt.Errorf("%s is not in the zone %s, where %s has records: they cannot go there", c.to, a.record.Zone().Origin(), a.record.Owner())
}

// unknown is the refusal of a name that no record speaks of.
type unknown struct{ name zonefile.Name }

// Error says it.
func (u unknown) Error() string { return string(u.name) + ": no record speaks of this name" }

// renaming is a name that becomes another.
type renaming struct {
	*collector
	soughtName
	fields map[zonefile.Type][]int // of which the data is names
}

// Fixed is why a name cannot become another, whatever that is; nil if it can.
func Fixed(zones []*zonefile.Zone, from zonefile.Name) error {
	if from == zonefile.Root {
		return errRoot
	}
	for _, z := range zones {
		if z.Origin().Within(from) {
			return fmt.Errorf("%s is the name of a zone, or above it: records get other names, a zone does not", from)
		}
	}
	return nil
}

// errRoot is the refusal of the root.
var errRoot = errors.New("the root is no name that can be changed, or given to another")

// FreeName is why a name cannot become a certain other, as far as it is seen without going through all records; nil if nothing
// is seen.
func FreeName(zones []*zonefile.Zone, from, to zonefile.Name) error {
	if err := Fixed(zones, from); err != nil {
		return err
	}
	switch {
	case to == zonefile.Root:
		return errRoot
	case from == to:
		return fmt.Errorf("%s: the old name and the new one are the same", to)
	}
	c := Among{Zones: zones}.newRenaming(from, to)
	if err := c.taken(); err != nil {
		return err
	}
	if z := c.asked.Deepest(from); z != nil {
		for _, r := range z.Node(from).Records {
			if err := c.fits(alteration{record: r, owner: string(to)}); err != nil {
				return err
			}
		}
	}
	return nil
}

// taken is the refusal of a new name that has records, or has some below it.
func (c *renaming) taken() error {
	z := c.asked.Deepest(c.to)
	if z == nil {
		return nil
	}
	e := Exists{Name: c.to}
	for r := range z.Concerned(nil, []zonefile.Name{c.to}) {
		if n := r.Owner(); n.Within(c.to) && !n.Within(c.from) {
			e.Records = append(e.Records, r)
		}
	}
	if len(e.Records) > 0 {
		return e
	}
	return nil
}

// of is what becomes of a record.
func (c *renaming) of(r zonefile.Record) alteration {
	a := alteration{record: r}
	if owner := r.Owner(); c.is(owner) && owner.Within(r.Zone().Origin()) {
		a.owner = c.owner(r)
	}
	if text, is := spfText(r); is {
		a.terms = policy.ParseSPF(text).Rename(c.domain)
	}
	if r.IsGeneric() {
		return a
	}
	for _, n := range c.names(r.Type()) {
		t, ok := r.Token(n)
		if !ok || isMailbox(r.Type(), n) && !c.isDomainOf(r, t) {
			continue
		}
		if word, ok := r.Renamed(t.Raw, c.from, c.to); ok && (!c.alone || c.isWord(t.Text(), r.Origin())) {
			if a.words == nil {
				a.words = map[int]string{}
			}
			a.words[n] = word
		}
	}
	return a
}

// owner is the new owner as the record's line would write it.
func (c *renaming) owner(r zonefile.Record) string {
	if text, ok := r.Renamed(r.OwnerText(), c.from, c.to); ok {
		return text
	}
	n, _ := r.Owner().Renamed(c.from, c.to)
	return n.In(r.Origin())
}

// names is which words of a type's data are names.
func (c *renaming) names(t zonefile.Type) []int {
	fields, known := c.fields[t]
	if !known {
		fields = t.NameFields()
		c.fields[t] = fields
	}
	return fields
}

// isMailbox tells a name that stands for a mailbox: its first label is what stands before the @ (RFC 1035 §8).
func isMailbox(t zonefile.Type, n int) bool {
	switch t {
	case zonefile.TypeSOA:
		return n == 1
	case typeRP:
		return n == 0
	}
	return t == typeMINFO
}

// The types of other names of mailboxes (RFC 1183 §2.2, RFC 1035 §3.3.7).
const (
	typeMINFO zonefile.Type = 14
	typeRP    zonefile.Type = 17
)

// isDomainOf tells whether the old name is the domain of a mailbox, or one above it.
func (c *renaming) isDomainOf(r zonefile.Record, mailbox zonefile.Token) bool {
	n, err := zonefile.ParseName(mailbox.Text(), r.Origin())
	return err == nil && n.Below(c.from)
}

// domain is what becomes of the domain of a term of SPF, which is absolute with a final dot or without, and knows no escapes.
func (c *renaming) domain(text string) (string, bool) {
	dot := ""
	if strings.HasSuffix(text, ".") {
		dot = "."
	}
	bare := strings.TrimSuffix(text, ".")
	was, err := zonefile.ParseName(strings.ReplaceAll(bare, `\`, `\\`)+".", "")
	if err != nil || !c.is(was) {
		return "", false
	}
	front := strings.Split(bare, ".")[:was.Labels()-c.from.Labels()]
	to := strings.TrimSuffix(zonefile.Unescape(string(c.to)), ".")
	return strings.Join(append(front, to), ".") + dot, true
}
