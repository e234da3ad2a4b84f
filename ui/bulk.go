package ui

// What is done to many names, by commands and by keys: each says what it does of so many names, and leaves the text to be changed
// to package zonefile.

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
)

// bulk is a command for the chosen names, with what stands behind it.
type bulk struct {
	name, arg string
}

// do reads the arguments.
func (b bulk) do(s stage) tea.Cmd {
	k, words := s.tools(), strings.Fields(b.arg)
	z := k.doc.Zone()
	switch {
	case b.name == "repoint" && len(words) == 2:
		old, to := readings(z, words[0]), readings(z, words[1])
		if len(old) == 0 || len(to) == 0 {
			return notAHost(s)
		}
		if a, is := zonefile.AddressInName(to[0], z.Origin()); is {
			s.tell(say{a.String() + " is an address: name the host that has it", levelError})
			return nil
		}
		return k.repointing(old, to[0]).do(s)
	case b.name == "like" && len(words) == 1:
		like := readings(z, words[0])
		if len(like) == 0 {
			return notAHost(s)
		}
		return k.likening(s, like)
	case b.name == "ttl" && len(words) == 1 && checkTTL(words[0]) == nil:
		return settingTTL(z, words[0]).do(s)
	}
	s.tell(say{map[string]string{
		"repoint": ":repoint OLD NEW points the MX records of the marked names from one host to another",
		"like":    ":like NAME gives the marked names the MX records that NAME has",
		"ttl":     ":ttl TIME sets the TTL of the MX records of the marked names; a time is seconds, or units as 1h30m",
	}[b.name], levelError})
	return nil
}

// notAHost says what a host is.
func notAHost(s stage) tea.Cmd {
	s.tell(say{"a host is one name, as mx1 or mx1.example.com.", levelError})
	return nil
}

// repointing lets MX lead to another host. The old one is the first of several that any of the names leads to.
func (k *kit) repointing(old []zonefile.Name, to zonefile.Name) act {
	was := "" // it is not known before somebody has looked
	return act{
		does: func(of string) string { return "point the MX of " + of + was + " to " + k.short(to) },
		idle: func(of string) string { return "no MX of " + of + " leads to " + k.show(string(old[0])) },
		asks: func(m zonefile.Many) (a zonefile.Act, err error) {
			for _, from := range old {
				if a, err = m.Repoint(from, to); err != nil || len(a.Done)+len(a.Unable) > 0 {
					was = " from " + k.short(from)
					return a, err
				}
			}
			return a, err
		},
	}
}

// settingTTL gives the MX of names a TTL; it is said which they had if that was one.
func settingTTL(z *zonefile.Zone, ttl string) act {
	was := ""
	return act{
		does: func(of string) string { return "TTL " + was + ttl + " for the MX of " + of },
		idle: func(of string) string { return "no MX of " + of + " has another TTL" },
		asks: func(m zonefile.Many) (zonefile.Act, error) {
			a, err := m.SetTTL(zonefile.TypeMX, ttl)
			was = oneTTL(z, a.Done)
			return a, err
		},
	}
}

// oneTTL is the TTL that the MX of all of some names have, as something that becomes another; "" where it is not one.
func oneTTL(z *zonefile.Zone, names []zonefile.Name) (was string) {
	for i, n := range names {
		ttl := zonefile.FormatTTL(z.RRsetTTL(z.RRset(n, zonefile.TypeMX)[0])) + becomes
		if i > 0 && ttl != was {
			return ""
		}
		was = ttl
	}
	return was
}

// likening gives names the MX that another one has.
func (k *kit) likening(s stage, named []zonefile.Name) tea.Cmd {
	var set []zonefile.Record
	for _, n := range named {
		if len(set) == 0 {
			set = k.doc.Zone().RRset(n, zonefile.TypeMX)
		}
	}
	if len(set) == 0 {
		s.tell(say{"there is no MX at " + k.short(named[0]), levelError})
		return nil
	}
	like := k.written(set[0].Owner())
	var ds []zonefile.Draft
	for _, r := range set {
		p, numbered := r.Preference()
		host, ok := r.Target()
		switch {
		case !ok:
			s.complain(r.Refuse(fmt.Errorf("its MX leads to no name")))
			return nil
		case !numbered:
			s.complain(r.Refuse(fmt.Errorf("its MX has no preference that can be read")))
			return nil
		}
		ds = append(ds, exchangeDraft(k.doc.Zone(), int(p), host))
	}
	ds[0].TTL = zonefile.FormatTTL(k.doc.Zone().RRsetTTL(set[0]))
	a := replacing(ds)
	a.does = func(of string) string { return "give " + of + " the MX of " + like }
	return a.do(s)
}

// exchangeDraft is an MX as the zone would write it at its apex.
func exchangeDraft(z *zonefile.Zone, preference int, host zonefile.Name) zonefile.Draft {
	text := host.In(z.Origin())
	if host == z.Origin() {
		text = string(host)
	}
	return zonefile.Draft{Type: zonefile.TypeMX, RData: itoa(preference) + " " + text}
}

// replacing gives names other MX records.
func replacing(ds []zonefile.Draft) act {
	return act{
		asks: func(m zonefile.Many) (zonefile.Act, error) { return m.Replace(zonefile.TypeMX, ds...) },
	}
}

// addingTo adds a record to names.
func (k *kit) addingTo(d zonefile.Draft) act {
	return act{
		does: func(of string) string { return "add " + d.Type.String() + " " + k.show(d.RData) + " to " + of },
		asks: func(m zonefile.Many) (zonefile.Act, error) { return m.Add(d) },
	}
}

// deletingNames deletes names with their records.
func deletingNames() act {
	return act{does: func(of string) string { return "delete " + of }, asks: zonefile.Many.Delete}
}

// commentingOut turns the records of names into comments.
func commentingOut() act {
	return act{does: func(of string) string { return "comment out " + of }, asks: zonefile.Many.CommentOut}
}

// renumbering numbers the MX of names by tens.
func renumbering() act {
	return act{
		does: func(of string) string { return "renumber the MX of " + of + " by tens" },
		idle: func(of string) string { return "nothing to renumber at " + of },
		asks: zonefile.Many.Renumber,
	}
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
