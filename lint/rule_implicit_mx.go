package lint

// Rules about the names that have an MX and those that have none.

import (
	"slices"
	"strings"

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
	Check: func(p *Pass) {
		_, isZone := p.Zone.SOA()
		i := slices.IndexFunc(p.Node.Records, isAddress)
		if !isZone || i < 0 || p.Node.Has(zonefile.TypeMX) || !p.run.public[p.zone] || p.run.mightHold(p.Node.Name) {
			return
		}
		d := p.On(p.Node.Records[i], "%s has an address and no MX: senders deliver to the address, add an MX, or a null MX if it takes no mail", quoted(p.Node.Name))
		d.Offer(addMX(p.Zone, p.Node.Records[i]))
		d.Offer(nullMX(p.Zone, p.Node.Records[i]))
	},
}

// addMX asks for an exchange and adds an MX behind a record of the name.
func addMX(z *zonefile.Zone, beside zonefile.Record) Fix {
	return Fix{
		Message: "add an MX",
		Needs:   []zonefile.Field{zonefile.Exchange},
		Make: func(values ...string) ([]zonefile.Edit, error) {
			d := zonefile.Draft{Owner: beside.Owner(), Type: zonefile.TypeMX, RData: "10 " + values[0]}
			return z.Insert(d, zonefile.After(beside))
		},
	}
}

// nullMX says that a name accepts no mail.
func nullMX(z *zonefile.Zone, beside zonefile.Record) Fix {
	return Fix{
		Message: "add a null MX: the domain accepts no mail",
		Make: func(...string) ([]zonefile.Edit, error) {
			d := zonefile.Draft{Owner: beside.Owner(), Type: zonefile.TypeMX, RData: "0 ."}
			return z.Insert(d, zonefile.After(beside))
		},
	}
}

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
		for _, r := range p.Node.Of(zonefile.TypeTXT) {
			domain, ok := sendingDomain(r)
			if !ok || domain == p.Zone.Origin() || domain == "" {
				continue
			}
			at := p.NodeAt(domain)
			if !slices.ContainsFunc(at.Records, isAddress) || at.Has(zonefile.TypeMX) || at.Has(zonefile.TypeCNAME) {
				continue
			}
			d := p.On(r, "%s sends mail and has an address but no MX: answers go to that address, add an MX if they should not", quoted(domain))
			d.Offer(addMX(p.Zone, at.Records[0]))
			return
		}
	},
}

// sendingDomain is the domain of which a TXT record says that it sends mail.
func sendingDomain(r zonefile.Record) (zonefile.Name, bool) {
	text := strings.ToLower(strings.Join(r.Strings(), ""))
	owner := r.Owner()
	switch {
	case isSPF(text):
		return owner, !sendsNothing(text)
	case strings.HasPrefix(text, "v=dmarc1") && owner.Label() == "_dmarc":
		return owner.Parent(), true
	case owner.Parent().Label() == "_domainkey" && strings.Contains(text, "p="):
		return owner.Parent().Parent(), true
	}
	return "", false
}

var subdomainMXDiffers = &Rule{
	Name:     "subdomain-mx-differs",
	Severity: Info,
	Doc: `Most names of one level have the same MX records, and this one has others. It may have been forgotten when
the others were moved.`,
	Bad: `a MX 10 mx1
b MX 10 mx1
c MX 10 mx1
d MX 10 mx1
e MX 10 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Good: `a MX 10 mx1
b MX 10 mx1
c MX 10 mx1
d MX 10 mx1
e MX 10 mx1
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: wholeZone,
	Census: true,
	Check: func(p *Pass) {
		levels := map[zonefile.Name]*level{}
		for node := range p.Zone.Nodes() {
			if node.Has(zonefile.TypeMX) && node.Name != p.Zone.Origin() {
				parent := node.Name.Parent()
				if levels[parent] == nil {
					levels[parent] = &level{sets: map[string][]zonefile.Node{}}
				}
				levels[parent].add(node)
			}
		}
		for _, l := range levels {
			l.report(p)
		}
	},
}

// level is the names with an MX directly below one name, by MX set.
type level struct {
	count int
	sets  map[string][]zonefile.Node
}

// add counts a name in.
func (l *level) add(n zonefile.Node) {
	set := setOf(n)
	l.count++
	l.sets[set] = append(l.sets[set], n)
}

// report reports the names that differ where four and four fifths of all agree.
func (l *level) report(p *Pass) {
	for common, names := range l.sets {
		if len(names) < 4 || len(names)*5 < l.count*4 {
			continue
		}
		for set, others := range l.sets {
			if set == common {
				continue
			}
			for _, n := range others {
				d := p.On(n.Of(zonefile.TypeMX)[0], "the MX of %s differs from that of %s beside it", quoted(n.Name), plural(len(names), "name"))
				d.Relate(names[0].Of(zonefile.TypeMX)[0], "what the others have")
				d.Offer(copySet(p.Zone, n, names[0]))
			}
		}
	}
}

// copySet gives a name the MX records of another one.
func copySet(z *zonefile.Zone, n, model zonefile.Node) Fix {
	return Fix{
		Message: "use the MX records of the names beside it",
		Make: func(...string) ([]zonefile.Edit, error) {
			old := n.Of(zonefile.TypeMX)
			var added []zonefile.Edit
			return zonefile.Chain(z,
				func(z *zonefile.Zone) ([]zonefile.Edit, error) {
					for _, r := range model.Of(zonefile.TypeMX) {
						host, _ := r.Target()
						preference, _ := r.Preference()
						d := zonefile.Draft{Owner: n.Name, Type: zonefile.TypeMX, RData: decimal(uint32(preference)) + " " + string(host)}
						edits, err := z.Insert(d, zonefile.After(old[len(old)-1]))
						if err != nil {
							return nil, err
						}
						added = append(added, edits...)
					}
					return added, nil
				},
				func(z *zonefile.Zone) ([]zonefile.Edit, error) {
					var gone []zonefile.Record
					for _, r := range old {
						gone = append(gone, r.In(z, added).Record())
					}
					return z.Delete(gone...)
				})
		},
	}
}

var wildcardMXShadowed = &Rule{
	Name:     "wildcard-mx-shadowed",
	Severity: Info,
	Doc: `A wildcard MX stands above names that exist. A wildcard covers only names that do not exist at all: these
have no MX, although it looks as if they had one.`,
	Bad: `* MX 10 mx1
www A 192.0.2.2
mx1 A 192.0.2.1`,
	Good: `* MX 10 mx1
www A 192.0.2.2
www MX 10 mx1
mx1 A 192.0.2.1
mx1 MX 10 mx1`,
	Refs:   []string{"RFC 4592 §2.2.1", "RFC 1912 §2.7"},
	Visits: wholeZone,
	Census: true,
	Check: func(p *Pass) {
		wild := wildcards(p.Zone)
		if len(wild) == 0 {
			return
		}
		for node := range p.Zone.Nodes() {
			if !node.Has(zonefile.TypeMX) && slices.ContainsFunc(node.Records, isAddress) {
				for n := node.Name.Parent(); n != ""; n = n.Parent() {
					if w := wild[n]; w != nil && node.Name != w.name {
						w.add(node)
					}
				}
			}
		}
		for above, w := range wild {
			if w.uncovered > 0 {
				d := p.OnOwner(w.mx, "the wildcard does not cover names that exist: %s with an address below %s, as %s",
					have(w.uncovered), quoted(above), quoted(w.first.Name))
				d.Relate(w.first.Records[0], "a name that is not covered")
			}
		}
	},
}

// shadowed is a wildcard with an MX, and the names that it does not cover because they exist.
type shadowed struct {
	name      zonefile.Name
	mx        zonefile.Record
	uncovered int
	first     zonefile.Node // of those
}

// wildcards is the wildcards of a zone that have an MX, by the name that they stand below.
func wildcards(z *zonefile.Zone) map[zonefile.Name]*shadowed {
	found := map[zonefile.Name]*shadowed{}
	for node := range z.Nodes() {
		if node.Name.IsWildcard() && node.Has(zonefile.TypeMX) {
			found[node.Name.Parent()] = &shadowed{name: node.Name, mx: node.Of(zonefile.TypeMX)[0]}
		}
	}
	return found
}

// add counts a name that exists.
func (w *shadowed) add(n zonefile.Node) {
	if w.uncovered++; w.uncovered == 1 {
		w.first = n
	}
}

// have is "1 name has no MX", "2 names have no MX".
func have(n int) string {
	if n == 1 {
		return "1 name has no MX"
	}
	return plural(n, "name") + " have no MX"
}
