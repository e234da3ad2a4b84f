package lint

// The records by which mail programs find their servers (RFC 6186).

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// mailServices are the services of RFC 6186 §3 and RFC 8314 §5.1.
var mailServices = []string{"_submission", "_submissions", "_imap", "_imaps", "_pop3", "_pop3s"}

var srvTarget = &Rule{
	Name:     "srv-target",
	Severity: Warning,
	Doc: `An SRV record by which mail programs find their server leads to an alias or to a name without an address.
Some programs do not follow, and the account cannot be set up. Programs expect the target's name in the server's
certificate (RFC 6186 §6): see that it is there before you replace an alias.

The host that takes mail in and the one where people read theirs may differ: the MX is for servers that send, SRV
records are for the programs of people, as _imaps._tcp for reading and _submissions._tcp for sending.`,
	Bad: "_imaps._tcp SRV 0 1 993 imap",
	Good: `_imaps._tcp SRV 0 1 993 imap
imap A 192.0.2.1`,
	Refs:   []string{"RFC 2782", "RFC 6186 §3", "RFC 8314 §5.1"},
	Visits: srvOwners,
	Check: func(p *Pass) {
		if !slices.Contains(mailServices, p.Node.Name.Label()) || p.Node.Name.Parent().Label() != "_tcp" {
			return
		}
		for _, r := range p.Node.Of(zonefile.TypeSRV) {
			target, ok := r.Target()
			if !ok || target == zonefile.Root || p.hasDotless(r, 3) { // a dot: the service is not there (RFC 2782)
				continue
			}
			switch h := p.Host(target); {
			case h.missing():
				d := p.At(r, 3, "target %s has no address: add one, or name another host", quoted(target))
				if !h.Aliased() && !h.elsewhere && notHostname(target) == "" {
					d.Offer(addAddress(r, target))
				}
			case h.Aliased():
				d := p.At(r, 3, "target %s is an alias of %s: name the host itself", quoted(target), quoted(h.Name))
				d.Relate(h.Via[0], "the alias")
				d.Offer(setField("replace the alias by its target", false, r, zonefile.Field(3), nameText(r, zonefile.Field(3), h.Name)).since(h.Via...))
			}
		}
	},
}
