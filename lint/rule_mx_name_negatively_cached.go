package lint

// Names that are new: senders may hold the answer that they do not exist.

import (
	"github.com/mailzone/mailzone/zonefile"
)

var mxNameNegativelyCached = &Rule{
	Name:     "mx-name-negatively-cached",
	Severity: Info,
	Doc: `An exchange is a name that is new in the zone. Who asked for it before remembers that it does not exist, for
as long as the SOA says.`,
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
		for _, x := range p.Real() {
			if x.host.Within(p.Zone.Origin()) && p.Exists(x.host) && old.Lookup(x.host, zonefile.TypeANY).Result == zonefile.NoName {
				p.AtExchange(x, "exchange %s is a new name: who asked before may take it as missing for up to %s", quoted(x.host), ttl(old.NegativeTTL()))
			}
		}
	},
}
