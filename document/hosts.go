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
	see := func(n zonefile.Name, uses int) {
		i, seen := at[n]
		if !seen {
			if len(list) == mostHosts || n == zonefile.Root || n.IsWildcard() {
				return
			}
			i, at[n] = len(list), len(list)
			list = append(list, Host{Name: n})
		}
		list[i].Uses += uses
	}
	looked := 0
	for r := range z.Records() {
		if looked++; looked > mostRecords || len(list) == mostHosts {
			return byUse(list), false
		}
		switch r.Type() {
		case zonefile.TypeA, zonefile.TypeAAAA:
			see(r.Owner(), 0)
		case zonefile.TypeMX, zonefile.TypeSRV:
			if n, ok := r.Target(); ok {
				see(n, 1)
			}
		}
	}
	return byUse(list), true
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
		n := r.Owner()
		if t := r.Type(); t == zonefile.TypeMX || t == zonefile.TypeSRV {
			n, _ = r.Target()
		}
		if n != "" && n != zonefile.Root && !n.IsWildcard() && !seen[n] {
			seen[n] = true
			out = append(out, n.In(origin))
		}
	}
	slices.Sort(out)
	return out
}
