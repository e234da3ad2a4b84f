package preview

// What leads to the old host of a move, and what the move does not do: listed, with the step before which it has to be
// done.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// listed makes the list.
type listed struct {
	*planner
	zone  *zonefile.Zone
	moves map[zonefile.Name]bool
}

// inventory lists what leads to the old host, or goes by its name or its address.
func (p *planner) inventory(z *zonefile.Zone) []Item {
	l := listed{p, z, map[zonefile.Name]bool{}}
	for _, d := range p.moving(z) {
		l.moves[d] = true
	}
	var out []Item
	for r := range z.Records() {
		if i, ok := l.item(r); ok {
			i.Record, i.Text = r, Display(r.Owner())+" "+i.Text
			out = append(out, i)
		}
	}
	for _, b := range Map(z) {
		if b.How == ByAlias && l.moves[b.Leads] {
			out = append(out, Item{"alias", mailRecord(z.Node(b.Name), z.Origin()), fmt.Sprintf("%s is an alias of %s, and moves with it", Display(b.Name), Display(b.Leads)), 0})
		}
	}
	return out
}

// before is the number of the step that has a phase, or of the first behind it.
func (p *planner) before(f phase) int {
	for i, have := range p.kind.phases() {
		if have >= f {
			return i + 1
		}
	}
	return 0
}

// item tells whether a record has to do with the move.
func (l *listed) item(r zonefile.Record) (i Item, ok bool) {
	target, _ := r.Target()
	switch r.Type() {
	case zonefile.TypeMX:
		i.Kind, i.Text = l.mxItem(r, target)
	case zonefile.TypeCNAME:
		return l.aliasItem(r.Owner(), target)
	case zonefile.TypeNS:
		if r.Owner() == l.zone.Origin() && l.kind == SameHost && l.old(target) {
			i = Item{Kind: "glue", Text: "has " + Display(target) + " as a name server: its address at the parent zone (glue) changes with it", Before: l.before(phaseSwap)}
		}
	case zonefile.TypeSRV:
		if l.theirs(string(target)) || l.old(target) {
			i = Item{Kind: "srv", Text: "leads mail programs to " + Display(target)}
		}
	case zonefile.TypeTLSA:
		return l.tlsaItem(r.Owner())
	case zonefile.TypeA, zonefile.TypeAAAA:
		return l.addressItem(r)
	case zonefile.TypeTXT:
		return l.textItem(r)
	}
	return i, i.Kind != ""
}

// mxItem tells what an MX record leads to.
func (l *listed) mxItem(r zonefile.Record, target zonefile.Name) (kind, text string) {
	name := Display(target)
	switch {
	case l.Replace && l.newcomer(target) >= 0 && len(l.surplus(l.zone, l.To[l.newcomer(target)])) > 0:
		return "mx", "has " + name + " as MX, whose address changes"
	case !l.old(target) && !(l.kind == BackupAdded && l.moves[r.Owner()]):
		return "", ""
	case l.aliases[target]:
		return "mx", "has " + name + " as MX, an alias of the old host"
	case r.Owner().IsWildcard():
		return "wildcard", "has " + name + " as MX, and so have all names that it covers"
	}
	return "mx", "has " + name + " as MX"
}

// tlsaItem tells whose certificate a record binds senders to.
func (l *listed) tlsaItem(owner zonefile.Name) (Item, bool) {
	host, ok := strings.CutPrefix(string(owner), "_25._tcp.")
	switch {
	case !ok:
		return Item{}, false
	case l.kind == SameHost && zonefile.Name(host) == l.From[0].Name:
		return Item{Kind: "tlsa", Text: "binds mail servers to a certificate: the machine at the new address has that one, or the record names both", Before: l.before(phaseSwap)}, true
	case len(l.To) == 0:
		return Item{}, false
	}
	return Item{Kind: "tlsa", Text: "binds mail servers to a certificate: the new host needs one of its own before it becomes an MX", Before: l.before(phaseAdd)}, true
}

// addressItem tells which other names have the old host's address, and who uses a new host's that is taken away.
func (l *listed) addressItem(r zonefile.Record) (Item, bool) {
	ip, ok := r.Addr()
	if !ok { // nobody goes by what cannot be read
		return Item{}, false
	}
	if l.newcomer(r.Owner()) >= 0 && l.kind != SameHost {
		for _, h := range l.To {
			for _, gone := range l.surplus(l.zone, h) {
				if l.Replace && gone == r {
					return Item{Kind: "address", Text: "loses " + ip.String() + ": whatever uses that name goes to the new addresses", Before: l.before(phasePrepare)}, true
				}
			}
		}
		return Item{}, false
	}
	for _, h := range l.From {
		for _, old := range hostAddresses(l.zone, h.Name) {
			if a, ok := old.Addr(); ok && a == ip && r.Owner() != h.Name && !l.old(r.Owner()) {
				return Item{Kind: "address", Text: "has the address of " + Display(h.Name) + ", too: it is not moved, and what SPF said of the address stays"}, true
			}
		}
	}
	if r.Type() == zonefile.TypeAAAA && l.narrows(r.Owner()) {
		return Item{Kind: "address", Text: "is " + ip.String() + ", and " + l.newList() + " has no IPv6: senders that have nothing else find no host any more", Before: l.before(phaseAdd)}, true
	}
	if l.kind == SameHost && r.Owner() == l.To[0].Name && !l.leaves(ip) {
		return Item{Kind: "address", Text: "keeps " + ip.String() + ": no address of this family is named"}, true
	}
	return Item{}, false
}

// narrows tells an old host whose IPv6 none of the hosts has that come in its place.
func (l *listed) narrows(host zonefile.Name) bool {
	if l.kind == SameHost || len(l.To) == 0 || !l.old(host) {
		return false
	}
	for _, h := range l.To {
		if !l.inside(l.zone, h.Name) || len(l.zone.RRset(h.Name, zonefile.TypeAAAA)) > 0 || slices.Contains(addressTypes(h.Addrs), zonefile.TypeAAAA) {
			return false
		}
	}
	return true
}

// aliasItem tells what an alias of the old provider's names is for.
func (l *listed) aliasItem(owner, target zonefile.Name) (Item, bool) {
	switch name := string(owner); {
	case !l.theirs(string(target)):
		return Item{}, false
	case strings.Contains(name, "._domainkey."):
		return Item{Kind: "dkim", Text: "is a signing key of the old host: it stays until 5 days after the old host's last mail", Before: l.before(phaseClean)}, true
	case strings.HasPrefix(name, "_mta-sts.") || strings.HasPrefix(name, "mta-sts."):
		return Item{Kind: "mta-sts", Text: "publishes the policy of the old host: the new policy has to name the new host before it becomes an MX", Before: l.before(phaseAdd)}, true
	}
	return Item{Kind: "alias", Text: "is an alias of " + Display(target) + ": clients may use it"}, true
}

// textItem tells what a TXT record has to do with sending or receiving.
func (l *listed) textItem(r zonefile.Record) (Item, bool) {
	owner := string(r.Owner())
	value, _ := r.Joined()
	switch {
	case strings.HasPrefix(owner, "_mta-sts.") && l.moves[r.Owner().Parent()] && len(l.To) > 0 && l.kind != SameHost:
		return Item{Kind: "mta-sts", Text: "announces a policy: it has to name the new host, and this id to change, before the host becomes an MX; senders keep the old one for its max_age", Before: l.before(phaseAdd)}, true
	case strings.Contains(owner, "._domainkey.") && len(l.To) > 0 && l.kind != BackupAdded:
		return Item{Kind: "dkim", Text: "is a signing key: the new host needs its own, under another selector", Before: l.before(phaseSwap)}, true
	case strings.HasPrefix(owner, "_dmarc.") && l.reportsToOld(value):
		return Item{Kind: "dmarc", Text: "has reports sent to the old host"}, true
	case policy.IsSPF(value) && l.moves[r.Owner()]:
		return l.spfItem(value)
	}
	return Item{}, false
}

// reportsToOld tells a DMARC record whose reports go to an address at an old host.
func (l *listed) reportsToOld(value string) bool {
	for _, at := range strings.Split(strings.ToLower(value), "@")[1:] {
		domain := strings.FieldsFunc(at, func(c rune) bool { return strings.ContainsRune(",;! \t", c) })
		if len(domain) > 0 && l.theirs(domain[0]) {
			return true
		}
	}
	return false
}

// spfItem tells the terms that let an old host send: those that the last step takes out, and ranges, which hold more.
func (l *listed) spfItem(value string) (Item, bool) {
	var leave, stay []string
	for _, t := range policy.ParseSPF(value).Terms {
		switch {
		case l.spfLeaves(t):
			leave = append(leave, t.Text)
		case slices.ContainsFunc(l.oldAddresses(), t.Holds):
			stay = append(stay, t.Text)
		}
	}
	var parts []string
	if len(leave) > 0 {
		parts = append(parts, "lets the old host send ("+strings.Join(leave, " ")+")")
	}
	if len(stay) > 0 {
		parts = append(parts, "lets the old host send by a range that holds more ("+strings.Join(stay, " ")+"): it is left as it is")
	}
	return Item{Kind: "spf", Text: strings.Join(parts, "; ")}, len(parts) > 0
}
