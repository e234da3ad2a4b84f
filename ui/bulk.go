package ui

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
)

// Changes of many names at once. They are for the names that are marked, and one undo takes them back.

// chosenNames is the names that a bulk change is for: the marked ones, else the one that is shown.
func (a *app) chosenNames() []zonefile.Name {
	var out []zonefile.Name
	for _, r := range a.doc.findings.names {
		if a.names.marked[r.name] {
			out = append(out, r.name)
		}
	}
	if len(out) == 0 {
		return []zonefile.Name{a.name}
	}
	return out
}

// gathered brings the edits of a bulk change.
type gathered struct {
	of    *zonefile.Zone
	title string
	edits []zonefile.Edit
	err   error
}

// bulk makes a bulk change of a command's arguments, beside the screen: 100,000 names take a second.
func (a *app) bulk(b bulk) tea.Cmd {
	z, names, words := a.doc.zone(), a.chosenNames(), strings.Fields(b.arg)
	of := plural(len(names), "name", "names")
	g := gathered{of: z}
	var find func() ([]zonefile.Edit, error)
	switch {
	case b.repoint && len(words) == 2:
		old, err := zonefile.ParseName(words[0], z.Origin())
		to, err2 := zonefile.ParseName(words[1], z.Origin())
		if err != nil || err2 != nil {
			a.message = say{"a host is one name, with a dot at its end if it is absolute", levelError}
			return nil
		}
		g.title = "point the MX of " + of + " to " + a.short(to)
		find = func() ([]zonefile.Edit, error) { return repoint(z, names, old, to) }
	case b.repoint:
		a.message = say{":repoint OLD NEW points the MX records of the marked names from one host to another", levelError}
		return nil
	case len(words) == 1 && checkTTL(words[0]) == nil:
		g.title = "TTL " + words[0] + " for the MX of " + of
		find = func() ([]zonefile.Edit, error) { return setTTLs(z, names, words[0]) }
	default:
		a.message = say{":ttl TIME sets the TTL of the MX records of the marked names; a time is seconds, or units as 1h30m", levelError}
		return nil
	}
	a.message = say{g.title + "...", levelInfo}
	return func() tea.Msg {
		g.edits, g.err = find()
		return g
	}
}

// gather makes the edits of a bulk change, unless the zone has changed meanwhile.
func (a *app) gather(g gathered) tea.Cmd {
	return a.change(change{title: g.title, stay: true, make: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if g.err == nil && z != g.of {
			return nil, zonefile.ErrStale
		}
		return g.edits, g.err
	}})
}

// repoint replaces a host in the MX records of some names.
func repoint(z *zonefile.Zone, names []zonefile.Name, old, to zonefile.Name) ([]zonefile.Edit, error) {
	var all []zonefile.Record
	for _, n := range names {
		for _, r := range z.RRset(n, zonefile.TypeMX) {
			if host, ok := r.Target(); ok && host == old {
				all = append(all, r)
			}
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("no MX of %s leads to %s", plural(len(names), "name", "names"), old)
	}
	return z.SetAll(all, zonefile.Exchange, func(r zonefile.Record) string { return writtenAs(r, to) })
}

// writtenAs is a name as the record writes its exchange: absolute if that is, else relative where possible.
func writtenAs(r zonefile.Record, n zonefile.Name) string {
	if t, ok := r.Token(int(zonefile.Exchange)); ok && strings.HasSuffix(t.Raw, ".") {
		return string(n)
	}
	return n.In(r.Origin())
}

// setTTLs sets the TTL of the MX records of some names.
func setTTLs(z *zonefile.Zone, names []zonefile.Name, ttl string) ([]zonefile.Edit, error) {
	var firsts []zonefile.Record
	for _, n := range names {
		if set := z.RRset(n, zonefile.TypeMX); len(set) > 0 {
			firsts = append(firsts, set[0])
		}
	}
	if len(firsts) == 0 {
		return nil, fmt.Errorf("there is no MX at %s", plural(len(names), "name", "names"))
	}
	return z.SetAll(firsts, zonefile.FieldTTL, func(zonefile.Record) string { return ttl })
}
