package lint

// The zone's own name without an MX. Senders then go to its address, which is most often the web server's.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var apexNoMX = &Rule{
	Name:     "apex-no-mx",
	Severity: Warning,
	Doc: `The zone's own name has an address and no MX. Senders then deliver to that address, often a web server,
and keep trying for days. Say where mail goes, or by a null MX that it goes nowhere.`,
	Bad: "@ A 192.0.2.1",
	Good: `@ A 192.0.2.1
@ MX 0 .`,
	Refs:   []string{"RFC 5321 §5.1", "RFC 7505 §3"},
	Visits: theApex,
	Lack:   true,
	Check: func(p *Pass) {
		_, isZone := p.Zone.SOA()
		i := slices.IndexFunc(p.Node.Records, isAddress)
		if !isZone || i < 0 || p.Node.Has(zonefile.TypeMX) || !p.run.public[p.zone] {
			return
		}
		d := p.On(p.Node.Records[i], "%s has an address and no MX: senders deliver to the address, add an MX, or a null MX if it takes no mail", quoted(p.Node.Name))
		d.Offer(addMX(p.Node.Records[i]))
		d.Offer(nullMX(p.Node.Records[i]))
	},
}

// nullMX says that a name accepts no mail.
func nullMX(beside zonefile.Record) Fix {
	return Fix{
		Message: "add a null MX: the domain accepts no mail",
		Make: func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			d := zonefile.Draft{Owner: now[0].Owner(), Type: zonefile.TypeMX, RData: "0 ."}
			return z.Insert(d, zonefile.After(now[0]))
		},
		Of: []zonefile.Record{beside},
	}
}
