package document

// The hosts that a zone speaks of, for whoever offers them: fields of the editor, and the shell.

import (
	"cmp"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Host is a name that an exchange may be.
type Host struct {
	Name zonefile.Name
	Uses int // of the MX and SRV records that lead there

	Addressed bool // it has an address of its own
}

// HostsByUse is the names that an exchange may be, those that most records lead to first: hosts with an address, and what MX
// and SRV records lead to. It ends where goesOn, which is asked at each record, says that nobody waits for them.
func HostsByUse(z *zonefile.Zone, goesOn func() bool) (list []Host) {
	at := map[zonefile.Name]int{}
	for r := range z.RecordsOf(zonefile.TypeA, zonefile.TypeAAAA, zonefile.TypeMX, zonefile.TypeSRV) {
		if !goesOn() {
			return nil
		}
		h, ok := hostOf(r)
		if !ok {
			continue
		}
		i, seen := at[h.Name]
		if !seen {
			i, at[h.Name] = len(list), len(list)
			list = append(list, Host{Name: h.Name})
		}
		list[i].Uses += h.Uses
		list[i].Addressed = list[i].Addressed || h.Addressed
	}
	return byUse(list)
}

// hostOf is the host that a record tells of: the one that has the address, or the one that it leads to, which is a use of it.
func hostOf(r zonefile.Record) (h Host, ok bool) {
	switch r.Type() {
	case zonefile.TypeA, zonefile.TypeAAAA:
		h.Name, h.Addressed, ok = r.Owner(), r.Sound(), true
	case zonefile.TypeMX, zonefile.TypeSRV:
		h.Uses = 1
		h.Name, ok = r.Target()
	}
	return h, ok && h.Name != zonefile.Root && !h.Name.IsWildcard()
}

// byUse orders hosts: the most used first, and by name those that are used alike.
func byUse(list []Host) []Host {
	slices.SortFunc(list, func(a, b Host) int {
		return cmp.Or(cmp.Compare(b.Uses, a.Uses), cmp.Compare(a.Name, b.Name))
	})
	return list
}

// Hosts is all those names in the order of the alphabet, as one writes them where an origin is in force. It ends where goesOn, which
// is asked at each record, says that nobody waits for them; nil: somebody does.
func Hosts(z *zonefile.Zone, origin zonefile.Name, goesOn func() bool) (out []string) {
	seen := map[zonefile.Name]bool{}
	for r := range z.RecordsOf(zonefile.TypeA, zonefile.TypeAAAA, zonefile.TypeMX, zonefile.TypeSRV) {
		if goesOn != nil && !goesOn() {
			return nil
		}
		if h, ok := hostOf(r); ok && !seen[h.Name] {
			seen[h.Name] = true
			out = append(out, h.Name.In(origin))
		}
	}
	slices.Sort(out)
	return out
}
