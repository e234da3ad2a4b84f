package preview

// Who is hit by an edit: names whose mail goes elsewhere, and names that come to the list of those that receive mail, or leave
// it. It costs what the edit reaches. A name is in that list or not for what it has, for what its alias has, for what is above
// it, and because MX, NS and SRV records name it as a host: these names are asked, no others.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Hits is who is hit.
type Hits struct {
	Changes    []Change          // names whose mail goes elsewhere, as Compare tells them
	Left, Came []zonefile.Name   // names that Map has no longer, and those that it has newly, in its order
	Was, Is    []zonefile.Record // records that only one of the versions has, as Changed tells them
}

// FindHits compares two versions of a zone.
func FindHits(before, after *zonefile.Zone) (h Hits) {
	zones := [2][]*zonefile.Zone{{before}, {after}}
	a := findAffected(zones[0], zones[1])
	h.Was, h.Is = changedOf(a.was, a.is)
	a.changes(nil, func(c Change) bool {
		h.Changes = append(h.Changes, c)
		return true
	})
	if (NoMail(before) == "") != (NoMail(after) == "") {
		h.Left, h.Came = apart(namesOf(Map(before)), namesOf(Map(after)))
		return h
	}
	if NoMail(after) != "" {
		return h
	}
	was, is := newAsker(before, nil), newAsker(after, nil)
	for n := range a.perhapsListed(h.Was, h.Is) {
		switch had, has := was.lists(n), is.lists(n); {
		case had && !has:
			h.Left = append(h.Left, n)
		case has && !had:
			h.Came = append(h.Came, n)
		}
	}
	asTree(h.Left, after.Origin())
	asTree(h.Came, after.Origin())
	return h
}

// lists tells whether the map has a name.
func (m *mapper) lists(n zonefile.Name) bool {
	_, ok := m.mailbox(m.z.Node(n))
	return ok
}

// namesOf is the names of a map.
func namesOf(list []Mailbox) (names []zonefile.Name) {
	for i := range list {
		names = append(names, list[i].Name)
	}
	return names
}

// apart is the names that only one of two lists has.
func apart(was, is []zonefile.Name) (left, came []zonefile.Name) {
	had := map[zonefile.Name]bool{}
	for _, n := range was {
		had[n] = true
	}
	for _, n := range is {
		if !had[n] {
			came = append(came, n)
		}
		delete(had, n)
	}
	return slices.DeleteFunc(was, func(n zonefile.Name) bool { return !had[n] }), came
}

// asTree orders names as Map does.
func asTree(names []zonefile.Name, apex zonefile.Name) {
	list := make([]Mailbox, len(names))
	for i, n := range names {
		list[i].Name = n
	}
	sortTree(list, apex)
	copy(names, namesOf(list))
}

// perhapsListed is the names that may have come to the map or left it: those whose route may have changed, those that records
// name as hosts which came or went, and the aliases of these.
func (a *affected) perhapsListed(gone, come []zonefile.Record) map[zonefile.Name]bool {
	names := map[zonefile.Name]bool{}
	for _, n := range a.order {
		names[n] = true
	}
	var hosts []zonefile.Name
	for _, r := range slices.Concat(gone, come) {
		switch r.Type() {
		case zonefile.TypeMX, zonefile.TypeNS, zonefile.TypeSRV:
			if t, ok := r.Target(); ok && !names[t] {
				names[t], hosts = true, append(hosts, t)
			}
		}
	}
	for len(hosts) > 0 {
		hosts = a.aliasesOf(hosts, names)
	}
	return names
}

// aliasesOf adds the names that are aliases of some to names; it gives those that were not there.
func (a *affected) aliasesOf(hosts []zonefile.Name, names map[zonefile.Name]bool) (found []zonefile.Name) {
	wanted := make(map[zonefile.Name]bool, len(hosts))
	for _, n := range hosts {
		wanted[n] = true
	}
	var room [256]byte
	for _, zones := range a.zones {
		for r := range concerned(zones[0], hosts, nil) {
			if r.Type() != zonefile.TypeCNAME {
				continue
			}
			if t, ok := r.AppendTarget(room[:0]); ok && wanted[zonefile.Name(t)] && !names[r.Owner()] {
				names[r.Owner()], found = true, append(found, r.Owner())
			}
		}
	}
	return found
}
