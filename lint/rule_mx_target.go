package lint

// Rules about where an MX leads: an exchange must be a host name with an address (RFC 5321 §5.1).

import (
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var mxTargetIP = &Rule{
	Name:     "mx-target-ip",
	Severity: Error,
	Doc: `The exchange of an MX is an IP address. An MX takes a host name; most senders look the address up as
if it were a name, find nothing, and return the mail.`,
	Bad: "@ MX 10 192.0.2.1",
	Good: `@ MX 10 mx1
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 1035 §3.3.9", "RFC 5321 §5.1"},
	Visits: mxOwners,
	Check: eachExchange(func(p *Pass, x *exchange) {
		if a := x.address; a.IsValid() {
			d := p.AtExchange(x, "exchange %s is an address: give the host a name with an %s record and write that name here",
				quoteText(x.token.Text()), zonefile.AddressType(a))
			d.Offer(nameTheAddress(x.Record, a))
		}
	}),
}

// nameTheAddress asks for a host name, gives it the address, and points the MX to it.
func nameTheAddress(mx zonefile.Record, a netip.Addr) Fix {
	return Fix{
		Message: "add an " + zonefile.AddressType(a).String() + " record for a host name and point the MX to it",
		Needs:   []zonefile.Field{zonefile.FieldOwner},
		Make: func(z *zonefile.Zone, now []zonefile.Record, values []string) ([]zonefile.Edit, error) {
			mx := now[0]
			host, err := zonefile.ParseName(values[0], mx.Origin())
			if err != nil {
				return nil, err
			}
			var pointed []zonefile.Edit
			return zonefile.Chain(z,
				func(z *zonefile.Zone) ([]zonefile.Edit, error) {
					pointed, err = z.Set(mx, zonefile.Exchange, nameText(mx, zonefile.Exchange, host))
					return pointed, err
				},
				func(z *zonefile.Zone) ([]zonefile.Edit, error) {
					has := func(r zonefile.Record) bool { is, ok := r.Addr(); return ok && is == a }
					if slices.ContainsFunc(z.RRset(host, zonefile.AddressType(a)), has) {
						return nil, nil
					}
					return z.Insert(zonefile.Draft{Owner: host, Type: zonefile.AddressType(a), RData: a.String()}, behindSet(z, mx, pointed))
				})
		},
		Of: []zonefile.Record{mx},
	}
}

var mxTargetCNAME = &Rule{
	Name:     "mx-target-cname",
	Severity: Error,
	Doc: `The exchange of an MX is an alias: it has a CNAME, or lies below a DNAME. An exchange must be the
host's own name. Many senders follow the alias, others refuse; and a mail server that finds its own
canonical name nowhere in the list may send the mail round in a loop.`,
	Bad: `@ MX 10 mail
mail CNAME web
web A 192.0.2.1`,
	Good: `@ MX 10 web
web A 192.0.2.1`,
	Refs:   []string{"RFC 2181 §10.3", "RFC 5321 §5.1"},
	Visits: mxOwners,
	Check: eachExchange(func(p *Pass, x *exchange) {
		if p.misspelt(x) {
			return
		}
		h := x.found
		if h.Result == zonefile.TooLong { // where they lead is not known: no fix
			p.AtExchange(x, "exchange %s is an alias that leads through %s: the look-up fails, name the host itself", quoted(x.host), h.Result).
				Relate(h.Via[0], "the alias")
		}
		if !h.Aliased() || h.missing() {
			return
		}
		d := p.AtExchange(x, "exchange %s is an alias of %s: name the host itself", quoted(x.host), quoted(h.Name))
		d.Relate(h.Via[0], "the alias")
		d.Offer(followAlias(p, x, h))
	}),
}

// followAlias writes the name at the end of an alias into the MX. Senders reach the same host as before; it
// is not sure where the host is among the exchanges already, where the alias is that of another zone, whose
// owner may turn it to another host, and where senders go by the name of the exchange.
func followAlias(p *Pass, x *exchange, h *host) Fix {
	safe := !h.elsewhere && !p.nameCounts(x.host) && !p.isExchange(h.Name)
	return setField("replace the alias by its target", safe, x.Record, zonefile.Exchange, nameText(x.Record, zonefile.Exchange, h.Name)).since(h.Via...)
}

// nameCounts tells whether senders look at more than the address of an exchange: an MTA-STS policy lists its name
// (RFC 8461 §4.1), and a TLSA record is found by it (RFC 7672 §2.2.2).
func (p *Pass) nameCounts(host zonefile.Name) bool {
	return len(p.NodeAt(stsLabel+"."+p.Node.Name).Records) > 0 || len(p.NodeAt("_25._tcp."+host).Records) > 0
}

var mxTargetNoAddress = &Rule{
	Name:     "mx-target-no-address",
	Severity: Error,
	Doc: `The exchange of an MX is a name of this zone, or with --resolve any name, that has neither an A nor an AAAA
record. Mail that is sent there is returned.`,
	Bad: "@ MX 10 mx1",
	Good: `@ MX 10 mx1
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: mxOwners,
	Check: eachExchange(func(p *Pass, x *exchange) {
		if x.address.IsValid() || p.misspelt(x) {
			return
		}
		if h := x.found; h.missing() && h.Result != zonefile.TooLong { // mx-target-cname says it
			reportNoAddress(p, x, h)
		}
	}),
}

// reportNoAddress says why an exchange has no address.
func reportNoAddress(p *Pass, x *exchange, h *host) {
	switch {
	case h.Result == zonefile.Circle:
		p.AtExchange(x, "exchange %s is an alias that leads back to itself: name a host with an address", quoted(x.host)).
			Relate(h.Via[0], "the alias")
	case h.Aliased():
		p.AtExchange(x, "exchange %s is an alias of %s, which has no address: name a host that has one", quoted(x.host), quoted(h.Name)).
			Relate(h.Via[0], "the alias")
	default:
		why := "has neither an A nor an AAAA record"
		if h.Result == zonefile.NoName {
			why = "does not exist"
		}
		d := p.AtExchange(x, "exchange %s %s: add an address or name another host", quoted(x.host), why)
		if !h.elsewhere && notHostname(x.host) == "" { // named refuses an address of what is no host name
			d.Offer(addAddress(x.Record, x.host))
		}
	}
}

var mxTargetMissingDot = &Rule{
	Name:     "mx-target-missing-dot",
	Severity: Error,
	Doc: `The exchange of an MX is written without a final dot, so the zone's name is appended to it, and what
comes out does not exist: "mx.example.net" becomes "mx.example.net.example.com.". Mail that is sent
there is returned.`,
	Bad:    "@ MX 10 mx.example.net",
	Good:   "@ MX 10 mx.example.net.",
	Refs:   []string{"RFC 1035 §5.1", "RFC 1912 §2.1"},
	Visits: mxOwners,
	Check: eachExchange(func(p *Pass, x *exchange) {
		dot, lacks := p.lacksDotOf(x)
		if !lacks {
			return
		}
		d := p.AtExchange(x, "exchange %s lacks its final dot: it becomes %s, add the dot", quoteText(dot.text), dot.result())
		if dot.doubled && dot.answered != "" && !dot.alias { // mail may well be delivered
			d.Severity = min(d.Severity, Warning)
		}
		d.Offer(addDot(x.Record, zonefile.Exchange, dot, x.found.missing() && p.leadsOn(dot.meant, true)))
	}),
}

var mxTargetOneLabel = &Rule{
	Name:     "mx-target-one-label",
	Severity: Warning,
	Worse:    true,
	Doc: `The exchange of an MX is a name of one label with a dot behind it, as "mail.": a top-level name, and hardly
any of those is a mail host. Where the zone has a host of that name (then it is an error), the dot is one too many.`,
	Bad: `@ MX 10 mail.
mail A 192.0.2.1`,
	Good: `@ MX 10 mail
mail A 192.0.2.1`,
	Refs:   []string{"RFC 5321 §2.3.5", "RFC 1035 §5.1"},
	Visits: mxOwners,
	Check: eachExchange(func(p *Pass, x *exchange) {
		if !p.hasOneLabel(x) {
			return
		}
		meant := x.host + p.Zone.Origin() // x.host is in none of the zones, so this is not the root's
		if h := p.Host(meant); h.Result != zonefile.Found || h.Wildcard != "" {
			p.AtExchange(x, "exchange %s is a top-level name, and hardly any of them is a mail host: write its full name", quoted(x.host))
			return
		}
		d := p.AtExchange(x, "exchange %s is a top-level name, %s is meant: take the dot away", quoted(x.host), quoted(meant))
		if p.rule.severity == Warning {
			d.Severity = Error
		}
		d.Offer(setField("take the dot away", !topLevel(x.host), x.Record, zonefile.Exchange, meant.In(x.Origin())))
	}),
}

var mxTargetLocalhost = &Rule{
	Name:     "mx-target-localhost",
	Severity: Warning,
	Doc: `The exchange is localhost: every sender would deliver to itself. Whoever writes that means that the domain
accepts no mail; a null MX says so, and senders return the mail at once instead of after days.`,
	Bad:    "@ MX 0 localhost.",
	Good:   "@ MX 0 .",
	Refs:   []string{"RFC 7505 §1", "RFC 7505 §3"},
	Visits: mxOwners,
	Check: eachExchange(func(p *Pass, x *exchange) {
		if !x.localhost() {
			return
		}
		d := p.AtExchange(x, "exchange %s is every sender itself: write a null MX, 0 and a dot, if the domain takes no mail", quoted(x.host))
		if len(p.Exchanges()) == 1 {
			d.Offer(setField(`replace it by a null MX, "0 ."`, false, x.Record, zonefile.FieldRData, "0 ."))
		} else {
			d.Offer(deletion("delete this record", false, x.Record))
		}
	}),
}

var mxTargetNotHostname = &Rule{
	Name:     "mx-target-not-hostname",
	Severity: Error,
	Doc: `The exchange of an MX is no host name: it holds an underscore or another character that is no letter,
digit or hyphen, or a label starts or ends in a hyphen. BIND refuses the zone, and senders refuse the name. There is
no port in an MX: senders connect to port 25.`,
	Bad: `@ MX 10 mx_1
mx_1 TXT hello`,
	Good: `@ MX 10 mx-1
mx-1 A 192.0.2.1`,
	Refs:   []string{"RFC 952", "RFC 1123 §2.1", "RFC 5321 §2.3.5"},
	Visits: mxOwners,
	Check: eachExchange(func(p *Pass, x *exchange) {
		if x.address.IsValid() {
			return
		}
		why := notHostname(x.host)
		if why == "" && numericTop(x.host) {
			why = "its last label is a number"
		}
		if why == "" {
			return
		}
		remedy := "take letters, digits and hyphens"
		if hasPort(x.host) {
			remedy = "an MX has no port, senders connect to 25"
		}
		p.AtExchange(x, "exchange %s is no host name: %s; %s", quoted(x.host), why, remedy)
	}),
}

var mxTargetOutside = &Rule{
	Name:     "mx-target-outside",
	Severity: Info,
	Doc: `The exchange is a name of another zone: whether it has an address cannot be told from this file.
"mailzone lint" checks it when that zone is named on the command line, too, and with --resolve it asks DNS.`,
	Bad: "@ MX 10 mx.example.net.",
	Good: `@ MX 10 mx1
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: mxOwners,
	Check: eachExchange(func(p *Pass, x *exchange) {
		h := x.found
		if h.missing() || h.Result == zonefile.Found || h.Aliased() || x.localhost() || x.noHostname() || p.misspelt(x) {
			return // other rules speak of those, or there is nothing to say
		}
		if _, occluded := p.occludedAddress(x); !occluded {
			p.AtExchange(x, "exchange %s cannot be checked from this file: its zone is not loaded", quoted(x.host))
		}
	}),
}

var mxTargetSpecialAddress = &Rule{
	Name:     "mx-target-special-address",
	Severity: Warning,
	Doc: `An exchange has an address that senders on the Internet cannot reach: loopback, private, link-local,
unspecified, multicast, reserved, or one that exists for examples only (which is not told of a zone that is an
example itself, as example.com).`,
	Bad: `@ MX 10 mx1
mx1 A 192.168.1.25`,
	Good: `@ MX 10 mx1
mx1 A 62.96.4.25`,
	Refs:   []string{"RFC 6890", "RFC 5737", "RFC 3849", "RFC 1918"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		if !p.run.public[p.zone] {
			return
		}
		for _, x := range p.Real() {
			reportSpecial(p, x)
		}
	},
}

// reportSpecial reports an exchange's first address that is not one of the Internet's.
func reportSpecial(p *Pass, x *exchange) {
	for _, r := range x.found.Records {
		a, ok := r.Addr()
		if !ok {
			continue
		}
		switch is := zonefile.SpecialAddress(a); is.Reach {
		case zonefile.Everybody:
			continue
		case zonefile.Examples:
			if isExample(p.Zone.Origin()) {
				continue
			}
			p.AtExchange(x, "exchange %s has an example's address, %s: replace it", quoted(x.host), a).Relate(r, "the address")
		case zonefile.ByIPv4:
			d := p.AtExchange(x, "exchange %s has %s, %s: few but dual-stack senders connect; write %s as an A",
				quoted(x.host), a, is.Is, a.Unmap())
			d.Relate(r, "the address")
			if r.Zone() == p.Zone {
				d.Offer(asIPv4(r, a.Unmap()))
			}
		case zonefile.Nobody:
			p.AtExchange(x, "exchange %s has the address %s, which is %s: no sender can connect to it", quoted(x.host), a, is.Is).
				Relate(r, "the address")
		default:
			p.AtExchange(x, "exchange %s has the address %s, which is %s: no sender on the Internet can reach it", quoted(x.host), a, is.Is).
				Relate(r, "the address")
		}
		return
	}
}

// asIPv4 writes an IPv4 address in the form of IPv6 as an A record, where that is not there already.
func asIPv4(r zonefile.Record, a netip.Addr) Fix {
	return Fix{
		Message: "make it an A record",
		Make: func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			r := now[0]
			var added []zonefile.Edit
			has := func(o zonefile.Record) bool { is, ok := o.Addr(); return ok && is == a }
			return zonefile.Chain(z,
				func(z *zonefile.Zone) (edits []zonefile.Edit, err error) {
					if !slices.ContainsFunc(z.RRset(r.Owner(), zonefile.TypeA), has) {
						added, err = z.Insert(zonefile.Draft{Owner: r.Owner(), Type: zonefile.TypeA, RData: a.String()}, zonefile.After(r))
					}
					return added, err
				},
				func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Delete(r.In(z, added).Record()) })
		},
		Of: []zonefile.Record{r},
	}
}
