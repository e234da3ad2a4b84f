package lint

// The names that BIND takes for those of hosts, with its own exceptions.

import "github.com/mailzone/mailzone/zonefile"

var hostnameInvalid = &Rule{
	Name:     "hostname-invalid",
	Severity: Error,
	Doc: `The owner of an A, AAAA or MX record, or the host that an NS, SRV or SOA names, is no host name: it holds an
underscore or another character that is no letter, digit or hyphen. named refuses the zone unless check-names says
otherwise.`,
	Bad:    "web_1 A 192.0.2.1",
	Good:   "web-1 A 192.0.2.1",
	Refs:   []string{"RFC 952", "RFC 1123 §2.1", "BIND: check-names"},
	Visits: addressOwners | mxOwners | nsOwners | srvOwners | soaOwners,
	Check: func(p *Pass) {
		why := zonefile.HostOwnerProblem(p.Node.Name)
		for _, r := range p.Node.Records {
			switch r.Type() {
			case zonefile.TypeA, zonefile.TypeAAAA, zonefile.TypeMX:
				if why != "" {
					p.OnOwner(r, "owner %s is no host name: %s; named refuses the zone, write letters, digits and hyphens", quoted(p.Node.Name), why)
					why = "" // once for a name
				}
			case zonefile.TypeNS:
				host, ok := r.Target()
				p.checkNamed(r, 0, host, ok)
			case zonefile.TypeSOA:
				host, err := zonefile.ParseName(r.Word(0), r.Origin())
				p.checkNamed(r, 0, host, err == nil)
			case zonefile.TypeSRV:
				host, ok := r.Target()
				p.checkNamed(r, 3, host, ok)
			}
		}
	},
}

// checkNamed looks at the host that token n of a record's RDATA names, if it does. That of an MX has a rule of its own.
func (p *Pass) checkNamed(r zonefile.Record, n int, host zonefile.Name, ok bool) {
	if why := notHostname(host); ok && why != "" {
		p.At(r, n, "%s is no host name: %s; named refuses the zone, write letters, digits and hyphens", quoted(host), why)
	}
}
