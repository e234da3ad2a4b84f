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
}

// How much of a zone is looked at for hosts: a big one offers its first thousands.
const mostHosts, mostRecords = 4096, 1 << 18

// HostsByUse is the names that an exchange may be, those that most records lead to first: hosts with an address, and what MX
// and SRV records lead to. Of a zone that is too big for a look at all records it is not whole.
func HostsByUse(z *zonefile.Zone) (list []Host, whole bool) {
	at := map[zonefile.Name]int{}
	looked := 0
	for r := range z.Records() {
		if looked++; looked > mostRecords || len(list) == mostHosts {
			return byUse(list), false
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
	}
	return byUse(list), true
}

// hostOf is the host that a record tells of: the one that has the address, or the one that it leads to, which is a use of it.
func hostOf(r zonefile.Record) (h Host, ok bool) {
	switch r.Type() {
	case zonefile.TypeA, zonefile.TypeAAAA:
		h, ok = Host{Name: r.Owner()}, true
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
