package lint

// Names that send mail and receive it by their address alone, as RFC 5321 §5.1 lets a name without an MX.

import (
	"slices"

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
	Visits: addressOwners,
	Lack:   true,
	Check: func(p *Pass) {
		if p.Node.Name == p.Zone.Origin() || p.Node.Has(zonefile.TypeMX) || p.Node.Has(zonefile.TypeCNAME) {
			return
		}
		says, sends := p.saysItSends()
		if !sends {
			return
		}
		address := p.Node.Records[slices.IndexFunc(p.Node.Records, isAddress)]
		if says.IsZero() || says.Owner() != p.Node.Name {
			says = address
		}
		d := p.On(says, "%s sends mail and has an address but no MX: answers go to that address, add an MX if they should not", quoted(p.Node.Name))
		d.Offer(addMX(address))
	},
}

// saysItSends tells whether the visited name says that it sends mail, by a record of its own or one below it: once,
// though there may be several.
func (p *Pass) saysItSends() (r zonefile.Record, sends bool) {
	for _, v := range p.spfRecords() {
		return v.Record, !v.spf.PassesNobody()
	}
	if p.nothingBelow() { // nearly all
		return zonefile.Record{}, false
	}
	for _, r := range p.NodeAt(dmarcLabel + "." + p.Node.Name).Of(zonefile.TypeTXT) {
		if p.readTXT(r).isDMARC {
			return r, true
		}
	}
	return zonefile.Record{}, p.Exists("_domainkey." + p.Node.Name)
}
