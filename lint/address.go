package lint

// Addresses, and what networks they are in. Who can reach them is a table of package zonefile.

import (
	"net/netip"

	"github.com/mailzone/mailzone/zonefile"
)

// isAddress tells an A or AAAA record.
func isAddress(r zonefile.Record) bool {
	return r.Type() == zonefile.TypeA || r.Type() == zonefile.TypeAAAA
}

// oneNetwork is the network that all of several hosts are in, by the family that they share; ok is false if
// there is none.
func oneNetwork(hosts [][]netip.Addr) (n netip.Prefix, ok bool) {
	var four, six netip.Prefix
	for _, addresses := range hosts {
		for _, a := range addresses {
			of := &six
			if a.Is4() {
				of = &four
			}
			p := zonefile.Network(a)
			if of.IsValid() && *of != p {
				return n, false
			}
			*of = p
		}
	}
	if four.IsValid() {
		return four, true
	}
	return six, six.IsValid()
}
