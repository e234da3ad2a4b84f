package lint

// Names that send mail and receive it by their address alone, as RFC 5321 §5.1 lets a name without an MX.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

var implicitMX = &Rule{
	Name:     "implicit-mx",
	Severity: Info,
	Doc: `A name says by SPF, DMARC or DKIM that it sends mail, and has an address but no MX. Answers and bounces
go to that address, by the rule that a name without MX is its own exchange.`,
	Bad: `news A 192.0.2.1
news TXT "v=spf1 a -all"`,
	Good: `news A 192.0.2.1
news MX 10 mx1
news TXT "v=spf1 a -all"
mx1 A 192.0.2.2
mx1 AAAA 2001:db8::2`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: txtOwners,
	Check: func(p *Pass) {
		for _, v := range p.Texts() {
			domain, ok := sendingDomain(v)
			if !ok || domain == p.Zone.Origin() || domain == "" {
				continue
			}
			at := p.NodeAt(domain)
			if !slices.ContainsFunc(at.Records, isAddress) || at.Has(zonefile.TypeMX) || at.Has(zonefile.TypeCNAME) {
				continue
			}
			d := p.On(v.Record, "%s sends mail and has an address but no MX: answers go to that address, add an MX if they should not", quoted(domain))
			d.Offer(addMX(at.Records[0]))
			return
		}
	},
}

// sendingDomain is the domain of which a TXT record says that it sends mail.
func sendingDomain(v txtValue) (zonefile.Name, bool) {
	owner := v.Owner()
	if v.isSPF {
		return owner, !v.spf.PassesNobody()
	}
	switch text := strings.ToLower(v.text); {
	case strings.HasPrefix(text, "v=dmarc1") && owner.Label() == "_dmarc":
		return owner.Parent(), true
	case owner.Parent().Label() == "_domainkey" && strings.Contains(text, "p="):
		return owner.Parent().Parent(), true
	}
	return "", false
}
