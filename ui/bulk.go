package ui

// Changes of many names at once. They are for the names that are marked, and one undo takes them back.

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// gathered brings the edits of a bulk change.
type gathered struct {
	of    *zonefile.Zone
	title string
	words []string // what was done, the longest wording first; none: its title
	edits []zonefile.Edit
	err   error
	then  []action // done if they could be made
	says  string   // what is said of them, where that is more than their title
}

// bulk changes all marked names.
type bulk struct {
	repoint bool // else the TTL
	arg     string
}

// together is a change of one field of the MX records of many names.
type together struct {
	find  func() ([]zonefile.Record, error)
	field zonefile.Field
	text  func(zonefile.Record) string
	was   func(zonefile.Record) string   // what stood in the field
	does  func(names, was string) string // what it does, said of some names; "" where not all of them had the same
	show  func(zonefile.Name) string
}

// written is the owners of records as the zone writes them, each once.
func (c together) written(all []zonefile.Record) (names []string) {
	var last zonefile.Name
	for _, r := range all {
		if n := r.Owner(); n != last {
			last, names = n, append(names, c.show(n))
		}
	}
	return names
}

// do makes a bulk change of a command's arguments, beside the screen: 100,000 names take a second.
func (b bulk) do(s stage) tea.Cmd {
	k, names, words := s.tools(), s.chosenNames(), strings.Fields(b.arg)
	z := k.doc.Zone()
	var c together
	switch {
	case b.repoint && len(words) == 2:
		old, to := readings(z, words[0]), readings(z, words[1])
		if len(old) == 0 || len(to) == 0 {
			s.tell(say{"a host is one name, as mx1 or mx1.example.com.", levelError})
			return nil
		}
		c = together{
			find:  func() ([]zonefile.Record, error) { return leadingToAny(z, names, old) },
			field: zonefile.Exchange,
			text:  func(r zonefile.Record) string { return writtenAs(r, to[0]) },
			was: func(r zonefile.Record) string {
				host, _ := r.Target()
				return " from " + k.short(host)
			},
			does: func(of, was string) string { return "point the MX of " + of + was + " to " + k.short(to[0]) },
		}
	case b.repoint:
		s.tell(say{":repoint OLD NEW points the MX records of the marked names from one host to another", levelError})
		return nil
	case len(words) == 1 && checkTTL(words[0]) == nil:
		c = together{
			find:  func() ([]zonefile.Record, error) { return firstMX(z, names) },
			field: zonefile.FieldTTL,
			text:  func(zonefile.Record) string { return words[0] },
			was:   func(r zonefile.Record) string { return zonefile.FormatTTL(z.RRsetTTL(r)) + " -> " },
			does:  func(of, was string) string { return "TTL " + was + words[0] + " for the MX of " + of },
		}
	default:
		s.tell(say{":ttl TIME sets the TTL of the MX records of the marked names; a time is seconds, or units as 1h30m", levelError})
		return nil
	}
	c.show = writes(z, k.utf8)
	return longWork{c.does(zonefile.Plural(len(names), "name", "names"), ""), func(p *pace) result { return c.gather(z, p) }}.do(s)
}

// gather finds the edits, and says of how many names: not every one that is marked has such a record.
func (c together) gather(z *zonefile.Zone, p *pace) result {
	g := gathered{of: z}
	all, err := c.find()
	if err != nil {
		g.err = err
		return g
	}
	owners := map[zonefile.Name]bool{}
	was := c.was(all[0])
	for _, r := range all {
		owners[r.Owner()] = true
		if c.was(r) != was {
			was = ""
		}
	}
	g.title = c.does(zonefile.Plural(len(owners), "name", "names"), was)
	for _, of := range many(c.written(all), mostHit) {
		g.words = append(g.words, c.does(of, was))
	}
	g.words = append(g.words, g.title, c.does(zonefile.Plural(len(owners), "name", "names"), ""))
	p.begin(len(all))
	g.edits, g.err = z.SetAll(all, c.field, func(r zonefile.Record) string {
		p.goesOn()
		return c.text(r)
	})
	return g
}

// readings is what a host that somebody types may be, the likelier first: a name with dots that is not in the zone as it
// stands is meant to be absolute, its last dot forgotten.
func readings(z *zonefile.Zone, typed string) []zonefile.Name {
	name, err := zonefile.ParseName(typed, z.Origin())
	if err != nil {
		return nil
	}
	if full, err := zonefile.ParseName(typed, zonefile.Root); err == nil && strings.Contains(typed, ".") && full != name {
		if z.Exists(name) {
			return []zonefile.Name{name, full}
		}
		return []zonefile.Name{full, name}
	}
	return []zonefile.Name{name}
}

// take makes the edits of a bulk change, unless the zone has changed meanwhile.
func (g gathered) take(s stage) tea.Cmd {
	named := func(document.Edited) []string { return g.words }
	return s.perform(change{title: g.title, named: named, stay: true, then: g.then, says: g.says, edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if g.err == nil && z != g.of {
			return nil, zonefile.ErrStale
		}
		return g.edits, g.err
	}})
}

// leadingToAny is the MX records of some names that lead to a host, the first of several that any of them leads to.
func leadingToAny(z *zonefile.Zone, names, hosts []zonefile.Name) ([]zonefile.Record, error) {
	for _, host := range hosts {
		if all := leadingTo(z, names, host); len(all) > 0 {
			return all, nil
		}
	}
	return nil, fmt.Errorf("no MX of %s leads to %s", zonefile.Plural(len(names), "name", "names"), hosts[0])
}

// leadingTo is the MX records of some names that lead to a host.
func leadingTo(z *zonefile.Zone, names []zonefile.Name, host zonefile.Name) []zonefile.Record {
	var all []zonefile.Record
	for _, n := range names {
		for _, r := range z.RRset(n, zonefile.TypeMX) {
			if to, ok := r.Target(); ok && to == host {
				all = append(all, r)
			}
		}
	}
	return all
}

// writtenAs is a name as the record writes its exchange: absolute if that is, else relative where possible.
func writtenAs(r zonefile.Record, n zonefile.Name) string {
	if t, ok := r.Token(int(zonefile.Exchange)); ok && strings.HasSuffix(t.Raw, ".") {
		return string(n)
	}
	return n.In(r.Origin())
}

// firstMX is the first MX record of each of some names that has one: with its TTL, that of the others is set.
func firstMX(z *zonefile.Zone, names []zonefile.Name) ([]zonefile.Record, error) {
	var firsts []zonefile.Record
	for _, n := range names {
		if set := z.RRset(n, zonefile.TypeMX); len(set) > 0 {
			firsts = append(firsts, set[0])
		}
	}
	if len(firsts) == 0 {
		return nil, fmt.Errorf("there is no MX at %s", zonefile.Plural(len(names), "name", "names"))
	}
	return firsts, nil
}
