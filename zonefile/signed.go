package zonefile

// Zones that a signer writes: an edit by hand would be undone by it, or break what resolvers check.

import (
	"fmt"

	"github.com/miekg/dns"
)

// ReadOnly tells a zone that must not be edited by hand, with the reason and the right way: one with a record that a signer
// makes, a signature or a proof that a name does not exist (RFC 4034, RFC 5155). An edit would break what resolvers
// check. Keys and DS records are no such sign, because administrators write them too.
func (z *Zone) ReadOnly() (reason string, yes bool) {
	r, yes := z.signed()
	if !yes {
		return "", false
	}
	return fmt.Sprintf("it is signed (%s has an %s record), and an edit would break the signatures; edit the unsigned zone file, or use nsupdate where named signs",
		r.Place(), r.Type()), true
}

// signed is the first record that a signer makes.
func (z *Zone) signed() (Record, bool) {
	for f := range z.Files() {
		for ci, c := range f.chunks {
			for i := range c.entries {
				e := &c.entries[i]
				if e.kind != kindRecord {
					continue
				}
				switch e.typ {
				case TypeRRSIG, TypeNSEC, Type(dns.TypeNSEC3):
					return Record{z, f, int32(ci), int32(i)}, true
				}
			}
		}
	}
	return Record{}, false
}
