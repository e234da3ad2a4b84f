package document

// How much is asked about a zone: so many addresses of a host, and so many destinations of all kinds. What is beyond is not asked, and that
// is told of each.

import (
	"net/netip"
	"sync"

	"github.com/mailzone/mailzone/probe"
	"github.com/mailzone/mailzone/zonefile"
)

// mostDestinations is how many destinations are asked about a zone: addresses with their ports. Resolvers do not count, of which there are few.
const mostDestinations = 200

// destinations is those of a zone that are asked, by kinds that work side by side.
type destinations struct {
	mu    sync.Mutex
	taken map[netip.AddrPort]bool
}

// take tells whether a destination is asked: one that is asked already is no more.
func (d *destinations) take(at netip.AddrPort) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.taken == nil {
		d.taken = map[netip.AddrPort]bool{}
	}
	if !d.taken[at] && len(d.taken) == mostDestinations {
		return false
	}
	d.taken[at] = true
	return true
}

// firstOfHosts is so many addresses of each host as are asked.
func firstOfHosts(list []probe.Target) (first []probe.Target) {
	of := map[zonefile.Name]int{}
	for _, t := range list {
		if of[t.Host]++; of[t.Host] <= probe.MostAddresses {
			first = append(first, t)
		}
	}
	return first
}

// Ports is the port that each kind of question goes to.
func Ports(kind string) int {
	return map[string]int{"dns": 53, "cache": 53, "ptr": 53, "smtp": 25, "relay": 25, "sts": 443}[kind]
}
