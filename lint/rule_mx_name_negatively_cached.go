package lint

// Names that are new: senders may hold the answer that they do not exist.

import (
	"github.com/mailzone/mailzone/zonefile"
)

var mxNameNegativelyCached = &Rule{
	Name:     "mx-name-negatively-cached",
	Severity: Info,
	Doc: `An exchange is a name that is new in the zone. Who asked for it before remembers that it does not exist, for
as long as the SOA says; where a wildcard answered, what that gave, for the wildcard's TTL.`,
	Bad: `; when it was opened: www A 192.0.2.9
@ MX 10 mx1
mx1 A 192.0.2.1`,
	Good: `; when it was opened: mx1 A 192.0.2.1
@ MX 10 mx1
mx1 A 192.0.2.1
mx1 AAAA 2001:db8::1
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h`,
	Refs:   []string{"RFC 2308 §5"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		old := p.before()
		if old == nil {
			return
		}
		if _, served := old.SOA(); !served { // named refuses it, so nobody could ask
			return
		}
		for _, x := range p.Real() {
			if !x.host.Within(p.Zone.Origin()) || !p.Exists(x.host) || old.Exists(x.host) {
				continue
			}
			switch was := old.Addresses(x.host); {
			case was.Result == zonefile.NoName && !was.Aliased():
				p.AtExchange(x, "exchange %s is a new name: who asked before may take it as missing for up to %s", quoted(x.host), ttl(old.NegativeTTL()))
			case fromWildcard(was) != "":
				p.AtExchange(x, "exchange %s is a new name: who asked before may take what %s gave for up to %s",
					quoted(x.host), quoted(fromWildcard(was)), ttl(longestTTL(old, was)))
			}
		}
	},
}

// fromWildcard is the wildcard that answered for a name; "" if none did.
func fromWildcard(a zonefile.Answer) zonefile.Name {
	if a.Aliased() {
		if owner := a.Via[0].Owner(); owner.IsWildcard() {
			return owner
		}
		return ""
	}
	return a.Wildcard
}

// longestTTL is how long an answer of a zone may be remembered: as long as what leads to it, and its records, or as
// that there are none.
func longestTTL(z *zonefile.Zone, a zonefile.Answer) uint32 {
	if a.Aliased() {
		return z.RRsetTTL(a.Via[0])
	}
	longest := uint32(0)
	for _, r := range a.Records {
		longest = max(longest, z.RRsetTTL(r))
	}
	if len(a.Records) == 0 {
		return z.NegativeTTL()
	}
	return longest
}
