package lint

// The record by which a domain asks for encrypted transport (RFC 8461), and its id, which has to change with the MX.

import (
	"slices"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

var mtaSTSRecord = &Rule{
	Name:     "mta-sts-record",
	Severity: Error,
	Doc: `The record at _mta-sts is not what senders can read: it does not start with v=STSv1, there are two, or its
id is missing or not 1 to 32 letters and digits. Senders take the domain as one without MTA-STS.`,
	Bad: `_mta-sts TXT "v=STSv1; id=2026-01-01"
mta-sts A 192.0.2.1`,
	Good: `_mta-sts TXT "v=STSv1; id=20260101"
mta-sts A 192.0.2.1`,
	Refs:   []string{"RFC 8461 §3.1"},
	Visits: stsOwners,
	Check: func(p *Pass) {
		checkVersion(p, "STSv1", "an MTA-STS record", "id", policy.MTASTSFaults)
	},
}

var mtaSTSNoHost = &Rule{
	Name:     "mta-sts-no-host",
	Severity: Warning,
	Doc: `A domain says that it has an MTA-STS policy, and the host that would serve it, mta-sts.DOMAIN, has no
address. Senders find no policy.`,
	Bad: `_mta-sts TXT "v=STSv1; id=20260101"`,
	Good: `_mta-sts TXT "v=STSv1; id=20260101"
mta-sts A 192.0.2.1`,
	Refs:   []string{"RFC 8461 §3.3"},
	Visits: stsOwners,
	Check: func(p *Pass) {
		host := "mta-sts." + p.Node.Name.Parent()
		for _, v := range versionRecords(p.Node, "STSv1") {
			if h := p.Host(host); h.missing() {
				d := p.On(v.Record, "%s has no address: senders find no policy, add the host that serves it", quoted(host))
				if !h.elsewhere {
					d.Offer(addAddress(v.Record, host))
				}
				return
			}
		}
	},
}

var mtaSTSStaleID = &Rule{
	Name:     "mta-sts-stale-id",
	Severity: Warning,
	Doc: `The MX records of a domain with MTA-STS were changed, and the id of its record was not. Senders go on with
the policy that they know, and do not deliver to exchanges that it does not list.`,
	Bad: `; when it was opened: _mta-sts TXT "v=STSv1; id=1"
@ MX 10 mx1
mx1 A 192.0.2.1
_mta-sts TXT "v=STSv1; id=1"
mta-sts A 192.0.2.2
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h`,
	Good: `; when it was opened: _mta-sts TXT "v=STSv1; id=1"
@ MX 10 mx1
mx1 A 192.0.2.1
_mta-sts TXT "v=STSv1; id=2"
mta-sts A 192.0.2.2
@ SOA ns1.dns.net. hostmaster.dns.net. 2026010102 4h 1h 2w 1h`,
	Refs:   []string{"RFC 8461 §3.3"},
	Visits: stsOwners,
	Check: func(p *Pass) {
		old := p.before()
		if old == nil {
			return
		}
		domain := p.Node.Name.Parent()
		p.NodeAt(domain) // visit again when its MX changes
		now, was := versionRecords(p.Node, "STSv1"), versionRecords(old.Node(p.Node.Name), "STSv1")
		if len(now) == 0 || len(was) == 0 || sameHosts(hostsAt(p.Zone, domain), hostsAt(old, domain)) {
			return
		}
		n, _ := now[0].tags().Find("id")
		o, _ := was[0].tags().Find("id")
		if n.Value == o.Value && n.End > 0 {
			d := p.AtText(now[0], n.Start, n.End, "the MX of %s has changed and id %s has not: senders keep the old policy, change both", quoted(domain), quoteText(n.Value))
			if next := policy.NextID(n.Value); next != "" { // nobody here knows what the web server has by now: it is not safe
				id := policy.KindMTASTS.Fields()[0].Set(now[0].text, next)
				d.Offer(changeText("make the id "+quoteText(next)+" once the policy on the web server is the new one", false, now[0], id...))
			}
		}
	},
}

// sameHosts tells whether two lists hold the same names.
func sameHosts(a, b []zonefile.Name) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}
