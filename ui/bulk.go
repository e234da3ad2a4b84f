package ui

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Changes of many names at once. They are for the names that are marked, and one undo takes them back.

// chosenNames is the names that a bulk change is for: the marked ones, else the one that is shown.
func (a *app) chosenNames() []zonefile.Name {
	var out []zonefile.Name
	for _, r := range a.names.rows() {
		if a.names.marked[r.name] {
			out = append(out, r.name)
		}
	}
	if len(out) == 0 {
		return []zonefile.Name{a.name}
	}
	return out
}

// bulk makes a bulk change of a command's arguments.
func (a *app) bulk(b bulk) []action {
	of := plural(len(a.chosenNames()), "name", "names")
	words := strings.Fields(b.arg)
	c := change{stay: true}
	switch {
	case b.repoint && len(words) == 2:
		old, err := zonefile.ParseName(words[0], a.doc.zone().Origin())
		to, err2 := zonefile.ParseName(words[1], a.doc.zone().Origin())
		if err != nil || err2 != nil {
			return []action{say{"a host is one name, with a dot at its end if it is absolute", levelError}}
		}
		names := a.chosenNames()
		c.title = "point the MX of " + of + " to " + a.short(to)
		c.make = func(z *zonefile.Zone) ([]zonefile.Edit, error) { return repoint(z, names, old, to) }
	case b.repoint:
		return []action{say{":repoint OLD NEW points the MX records of the marked names from one host to another", levelError}}
	case len(words) == 1 && checkTTL(words[0]) == nil:
		names := a.chosenNames()
		c.title = "TTL " + words[0] + " for the MX of " + of
		c.make = func(z *zonefile.Zone) ([]zonefile.Edit, error) { return setTTLs(z, names, words[0]) }
	default:
		return []action{say{":ttl TIME sets the TTL of the MX records of the marked names; a time is seconds, or units as 1h30m", levelError}}
	}
	return []action{c}
}

// repoint replaces a host in the MX records of some names. Single fields change, so the edits of one
// version are independent of each other.
func repoint(z *zonefile.Zone, names []zonefile.Name, old, to zonefile.Name) ([]zonefile.Edit, error) {
	var all []zonefile.Edit
	for _, n := range names {
		for _, r := range z.RRset(n, zonefile.TypeMX) {
			if host, ok := r.Target(); !ok || host != old {
				continue
			}
			edits, err := z.Set(r, zonefile.Exchange, writtenAs(r, to))
			if err != nil {
				return nil, err
			}
			all = append(all, edits...)
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no MX of %s leads to %s", plural(len(names), "name", "names"), old)
	}
	return all, nil
}

// writtenAs is a name as the record writes its exchange: absolute if that is, else relative where possible.
func writtenAs(r zonefile.Record, n zonefile.Name) string {
	if t, ok := r.Token(int(zonefile.Exchange)); ok && strings.HasSuffix(t.Raw, ".") {
		return string(n)
	}
	return n.In(r.Origin())
}

// setTTLs sets the TTL of the MX records of some names, one after the other: what one line states, the
// next may inherit.
func setTTLs(z *zonefile.Zone, names []zonefile.Name, ttl string) ([]zonefile.Edit, error) {
	var steps []func(*zonefile.Zone) ([]zonefile.Edit, error)
	for _, n := range names {
		steps = append(steps, func(z *zonefile.Zone) ([]zonefile.Edit, error) {
			set := z.RRset(n, zonefile.TypeMX)
			if len(set) == 0 {
				return nil, nil
			}
			return z.Set(set[0], zonefile.FieldTTL, ttl)
		})
	}
	return zonefile.Chain(z, steps...)
}
