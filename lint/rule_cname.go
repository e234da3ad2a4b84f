package lint

// Aliases: what a name with a CNAME cannot have beside it, where it cannot stand, and chains that never end.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var cnameWithOthers = &Rule{
	Name:     "cname-with-others",
	Severity: Error,
	Doc:      `A name has a CNAME and other records. An alias stands alone: BIND refuses to load the zone.`,
	Bad: `www CNAME web
www TXT hello
web A 192.0.2.1`,
	Good: `www A 192.0.2.1
www TXT hello
web A 192.0.2.1`,
	Refs:   []string{"RFC 1034 §3.6.2", "RFC 1912 §2.4"},
	Visits: cnameOwners,
	Check: func(p *Pass) {
		if len(p.Node.Records) == 1 || p.Node.Name == p.Zone.Origin() {
			return // nearly all; cname-at-apex says it better
		}
		aliases := p.Node.Of(zonefile.TypeCNAME)
		others := besideAlias(p.Node)
		if len(others) > 0 {
			reportBeside(p, aliases[0], others)
		}
		for _, second := range aliases[1:] {
			if sameData(aliases[0], second) {
				continue // duplicate-record
			}
			d := p.On(second, "a second CNAME of %s: an alias has one target, delete one of them", quoted(p.Node.Name))
			d.Relate(aliases[0], "the first one")
			d.Offer(deletion("delete this CNAME", false, second))
		}
	},
}

// besideAlias is the records that may not stand beside a CNAME. DNSSEC's may (RFC 4034 §3 and §4, 4035 §2.5).
func besideAlias(n zonefile.Node) []zonefile.Record {
	return slices.DeleteFunc(slices.Clone(n.Records), func(r zonefile.Record) bool {
		switch r.Type() {
		case zonefile.TypeCNAME, zonefile.TypeRRSIG, zonefile.TypeNSEC:
			return true
		}
		return r.Type().String() == "KEY"
	})
}

// reportBeside reports an alias that other records stand beside.
func reportBeside(p *Pass, alias zonefile.Record, others []zonefile.Record) {
	d := p.On(alias, "%s is an alias and has %s: BIND refuses the zone, delete the alias or the others", quoted(p.Node.Name), typesOf(others))
	d.Relate(others[0], "what stands beside the alias")
	if target, ok := alias.Target(); ok {
		if h := p.Host(target); h.Result == zonefile.Found && len(h.addresses) > 0 {
			d.Offer(replaceAlias(alias, h))
		}
	}
	d.Offer(deletion("delete the alias", false, p.Node.Of(zonefile.TypeCNAME)...))
	d.Offer(deletion("delete the other records", false, others...))
}

// typesOf is "an MX record", "MX and TXT records".
func typesOf(records []zonefile.Record) string {
	var types []string
	named := map[zonefile.Type]bool{}
	for _, r := range records {
		if t := r.Type(); !named[t] {
			named[t] = true
			types = append(types, t.String())
		}
	}
	if len(records) == 1 {
		return "a record of type " + types[0]
	}
	return zonefile.List(types, "and") + " records"
}

// replaceAlias puts the addresses of an alias's target in its place.
func replaceAlias(alias zonefile.Record, h *host) Fix {
	addresses := slices.Clone(h.addresses)
	return Fix{
		Message: "replace the alias by the addresses of " + string(h.Name),
		Make: func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			var added []zonefile.Edit
			for _, a := range addresses {
				d := zonefile.Draft{Owner: now[0].Owner(), Type: zonefile.AddressType(a), RData: a.String()}
				edits, err := z.Insert(d, zonefile.After(now[0]))
				if err != nil {
					return nil, err
				}
				added = append(added, edits...)
			}
			return zonefile.Chain(z,
				func(*zonefile.Zone) ([]zonefile.Edit, error) { return added, nil },
				func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Delete(now[0].In(z, added).Record()) })
		},
		Of: []zonefile.Record{alias},
	}.since(slices.Concat(h.Via, h.Records)...)
}

var cnameAtApex = &Rule{
	Name:     "cname-at-apex",
	Severity: Error,
	Doc:      `The zone's own name is an alias. It has an SOA and NS records, so it cannot be one: BIND refuses the zone.`,
	Bad:      "@ CNAME web.example.net.",
	Good: `@ A 192.0.2.1
@ MX 0 .`,
	Refs:   []string{"RFC 1912 §2.4", "RFC 1034 §3.6.2"},
	Visits: cnameOwners,
	Check: func(p *Pass) {
		if p.Node.Name != p.Zone.Origin() || len(besideAlias(p.Node)) == 0 {
			return
		}
		for _, alias := range p.Node.Of(zonefile.TypeCNAME) {
			d := p.On(alias, "%s is the zone itself and cannot be an alias: write the addresses of the target", quoted(p.Node.Name))
			if target, ok := alias.Target(); ok {
				if h := p.Host(target); h.Result == zonefile.Found && len(h.addresses) > 0 {
					d.Offer(replaceAlias(alias, h))
				}
			}
			d.Offer(deletion("delete the alias", false, alias))
		}
	},
}

var cnameLoop = &Rule{
	Name:     "cname-loop",
	Severity: Error,
	Doc: `Aliases lead back to one another, or more than 11 stand in a row, which is where name servers stop. Nobody who
asks for such a name gets an answer.`,
	Bad: `a CNAME b
b CNAME a`,
	Good: `a CNAME b
b A 192.0.2.1`,
	Refs:   []string{"RFC 1034 §3.6.2", "RFC 1912 §2.4"},
	Visits: cnameOwners,
	Check: func(p *Pass) {
		alias, _ := p.Node.First(zonefile.TypeCNAME)
		target, ok := alias.Target()
		if !ok || p.leadsToHost(target) {
			return
		}
		a := p.Lookup(p.Node.Name, zonefile.TypeA)
		if a.Result == zonefile.TooLong {
			p.On(alias, "%s is an alias that leads through %s: the look-up fails, name the host at their end", quoted(p.Node.Name), a.Result)
			return
		}
		back := a.Name == p.Node.Name || slices.ContainsFunc(a.Via[1:], func(r zonefile.Record) bool { return r.Owner() == p.Node.Name })
		if a.Result != zonefile.Circle || !back {
			return
		}
		way := ""
		if target != p.Node.Name {
			way = " by way of " + quoted(target)
		}
		p.On(alias, "%s is an alias that leads back to itself%s: name a host with an address", quoted(p.Node.Name), way)
	},
}

// leadsToHost tells a name that surely is no alias: most aliases end there, and need no walk down the zone.
func (p *Pass) leadsToHost(n zonefile.Name) bool {
	z := p.run.in.Deepest(n)
	if z == nil {
		return true
	}
	node := p.NodeAt(n)
	return len(node.Records) > 0 && !node.Has(zonefile.TypeCNAME) && !p.run.contents.cutAbove(z, n)
}
