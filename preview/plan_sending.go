package preview

// The records by which a domain says who may send for it: SPF (RFC 7208) and DKIM (RFC 6376).

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// provider is the end of a host's name by which its provider is known: mx.isp.net and spf.isp.net belong
// together, and so do mx.isp.co.uk and spf.isp.co.uk.
func provider(host zonefile.Name) string {
	labels := strings.Split(Display(host), ".")
	n := 2
	if l := len(labels); l > 2 && len(labels[l-1]) == 2 && len(labels[l-2]) <= 3 {
		n = 3
	}
	return strings.Join(labels[max(0, len(labels)-n):], ".")
}

// theirs tells whether a domain name in text looks like the old provider's, and not like a new host's. Of the zone's own
// names only the old hosts are: a domain is not its own provider.
func (p *planner) theirs(text string) bool {
	n := inText(text)
	if p.newcomer(n) >= 0 && p.kind != SameHost {
		return false
	}
	for i, h := range p.From {
		own := p.own[i]
		if h.Name.Within(p.start.Origin()) {
			own = Display(h.Name)
		}
		if Display(n) == own || strings.HasSuffix(Display(n), "."+own) {
			return true
		}
	}
	return false
}

// spfRecord is a domain's SPF record; ok is false where it has none, or more than one, of which receivers take none (RFC 7208
// §4.5).
func spfRecord(z *zonefile.Zone, d zonefile.Name) (r zonefile.Record, spf policy.SPF, ok bool) {
	count := 0
	for _, one := range z.RRset(d, zonefile.TypeTXT) {
		if text, _ := one.Joined(); policy.IsSPF(text) {
			r, spf = one, policy.ParseSPF(text)
			count++
		}
	}
	return r, spf, count == 1
}

// allowing is the script that lets the new hosts send for a domain, and the old ones as long as their queues are going
// out; "" where they may, or where there is no SPF record to say so.
func (p *planner) allowing(z *zonefile.Zone, d zonefile.Name) string {
	r, spf, ok := spfRecord(z, d)
	if !ok || p.kind == BackupAdded {
		return ""
	}
	var add []policy.Change
	for _, term := range p.SPF {
		if !slices.ContainsFunc(spf.Terms, func(t policy.Term) bool { return strings.EqualFold(t.Text, term) }) {
			add = append(add, spf.Insert(0, term))
		}
	}
	for _, ip := range p.newAddresses(z) {
		if !p.sends(z, d, spf.Terms, ip, p.kind != SameHost) {
			add = append(add, spf.Insert(0, policy.SPFTerm(ip)))
		}
	}
	for _, ip := range append(slices.Clip(p.oldAddresses()), p.shared...) {
		if p.sends(z, d, spf.Terms, ip, true) && !p.sends(z, d, spf.Terms, ip, false) {
			add = append(add, spf.Insert(0, policy.SPFTerm(ip)))
		}
	}
	return replaceTXT(z, r, spf, add)
}

// newAddresses is the addresses of the new hosts that the zone knows or is to know.
func (p *planner) newAddresses(z *zonefile.Zone) []netip.Addr {
	var out []netip.Addr
	for _, h := range p.To {
		if len(h.Addrs) > 0 || p.kind == SameHost {
			out = append(out, h.Addrs...)
			continue
		}
		for _, r := range hostAddresses(z, h.Name) {
			if ip, ok := r.Addr(); ok {
				out = append(out, ip)
			}
		}
	}
	return out
}

// oldAddresses is the addresses of the old hosts: those that were given, and those that the zone had before. What a host that
// stays has, too, is in shared then.
func (p *planner) oldAddresses() []netip.Addr {
	if p.known {
		return p.olds
	}
	zones := []*zonefile.Zone{p.past.Before, p.start}
	for _, v := range p.past.Versions {
		zones = append(zones, v.Zone)
	}
	comes := map[netip.Addr]bool{}
	for _, h := range p.To {
		for _, ip := range h.Addrs {
			comes[ip.Unmap()] = true
		}
	}
	add := func(ip netip.Addr) {
		switch ip = ip.Unmap(); {
		case comes[ip] || slices.Contains(p.olds, ip) || slices.Contains(p.shared, ip):
		case p.elsewhere(ip):
			p.shared = append(p.shared, ip)
		default:
			p.olds = append(p.olds, ip)
		}
	}
	for _, h := range p.From {
		for _, ip := range h.Addrs {
			add(ip)
		}
		for _, z := range zones {
			if z == nil {
				continue
			}
			for _, ip := range ownOrCovered(z, h.Name) {
				if p.leaves(ip) {
					add(ip)
				}
			}
		}
	}
	p.known = true
	return p.olds
}

// leaves tells whether an address of a host goes with the move: of a host that keeps its name, only a family that is
// given changes.
func (p *planner) leaves(ip netip.Addr) bool {
	return p.kind != SameHost || slices.Contains(addressTypes(p.To[0].Addrs), zonefile.AddressType(ip))
}

// elsewhere tells whether a host that stays has an address, too: it may send from there.
func (p *planner) elsewhere(ip netip.Addr) bool {
	if p.sharing == nil {
		p.sharing = map[netip.Addr]bool{}
		for r := range p.start.Records() {
			if r.Type() != zonefile.TypeA && r.Type() != zonefile.TypeAAAA {
				continue
			}
			if a, ok := r.Addr(); ok && !slices.ContainsFunc(p.From, func(h MailHost) bool { return r.Owner() == h.Name }) {
				p.sharing[a] = true
			}
		}
	}
	return p.sharing[ip]
}

// sends tells whether terms let an address send: by its number, or by a name that keeps it; and, where now counts, by what
// the move changes: mx, whose hosts the new ones belong to and the old ones soon do not, and the name of a host that gets
// another address.
func (p *planner) sends(z *zonefile.Zone, d zonefile.Name, terms []policy.Term, ip netip.Addr, now bool) bool {
	return slices.ContainsFunc(terms, func(t policy.Term) bool {
		if t.Modifier || t.Qualifier != '+' {
			return false
		}
		of := d
		if t.Domain != "" {
			of = inText(t.Domain)
		}
		switch t.Name {
		case "ip4", "ip6":
			return t.Holds(ip)
		case "mx":
			return of == d && p.sendsByMX(z, d, ip, now)
		case "a":
			return p.sendsByName(z, of, ip, now)
		}
		return false
	})
}

// inText is a domain name as policies write it.
func inText(name string) zonefile.Name {
	return zonefile.Name(strings.ToLower(strings.TrimSuffix(name, ".")) + ".")
}

// sendsByName tells whether an address is one of a name: of a new host's it is or will be.
func (p *planner) sendsByName(z *zonefile.Zone, name zonefile.Name, ip netip.Addr, now bool) bool {
	switch changes := p.newcomer(name) >= 0; {
	case changes && p.kind != SameHost:
		return true
	case changes && !now:
		return false
	}
	return slices.ContainsFunc(z.Addresses(name).Records, func(r zonefile.Record) bool { a, ok := r.Addr(); return ok && a == ip.Unmap() })
}

// sendsByMX tells whether an address belongs to an exchange of a domain: one that the move leaves there, or, where now
// counts, any, and the new hosts that soon are.
func (p *planner) sendsByMX(z *zonefile.Zone, d zonefile.Name, ip netip.Addr, now bool) bool {
	if now && p.kind != SameHost && slices.Contains(p.newAddresses(z), ip) {
		return true
	}
	x := p.split(z, d)
	hosts := x.others
	if now {
		hosts = append(slices.Clip(hosts), x.all()...)
	}
	return slices.ContainsFunc(hosts, func(r zonefile.Record) bool {
		t, _ := r.Target()
		return slices.ContainsFunc(z.Addresses(t).Records, func(r zonefile.Record) bool { a, ok := r.Addr(); return ok && a == ip.Unmap() })
	})
}

// cleaning is the script that takes from the old host what let it send for a domain; "" where nothing
// does.
func (p *planner) cleaning(z *zonefile.Zone, d zonefile.Name) string {
	script := ""
	if r, spf, ok := spfRecord(z, d); ok {
		var changes []policy.Change
		redirected := false
		for i, t := range spf.Terms {
			if p.spfLeaves(t) || p.lent(z, d, spf.Terms, t) {
				changes = append(changes, spf.Remove(i))
				redirected = redirected || t.Redirects()
			}
		}
		if redirected && spf.All() < 0 {
			changes = append(changes, spf.Insert(len(spf.Terms), softFail))
		}
		script = replaceTXT(z, r, spf, changes)
	}
	if p.kind == SameHost || p.kind == BackupRemoved {
		return script
	}
	for _, r := range p.keys(z, d) {
		t, _ := r.Target()
		script += fmt.Sprintf("update delete %s CNAME %s\n", r.Owner(), t)
	}
	return script
}

// softFail ends an SPF record that ended in another's: what it does not name is suspect, and not refused.
const softFail = "~all"

// spfLeaves tells an SPF term that let an old host send.
func (p *planner) spfLeaves(t policy.Term) bool {
	return p.kind != SameHost && p.spfTheirs(t) || slices.ContainsFunc(p.oldAddresses(), func(ip netip.Addr) bool { return single(t, ip) })
}

// single tells a term that lets one address send and no other.
func single(t policy.Term, ip netip.Addr) bool {
	return t.Qualifier == '+' && t.Holds(ip) && t.Network.IsSingleIP()
}

// lent tells a term that the move gave: to an old host that shares its address with one that stays, or to the new address of
// a host that keeps its name, and mx or a make it needless by now.
func (p *planner) lent(z *zonefile.Zone, d zonefile.Name, terms []policy.Term, term policy.Term) bool {
	before := p.beforeMove()
	if before == nil {
		return false
	}
	same := func(t policy.Term) bool { return t.Text == term.Text }
	gives := func(ip netip.Addr) bool { return single(term, ip) }
	if _, was, ok := spfRecord(before, d); !ok || slices.ContainsFunc(was.Terms, same) {
		return false
	}
	if p.oldAddresses(); slices.ContainsFunc(p.shared, gives) {
		return true
	}
	others := slices.DeleteFunc(slices.Clone(terms), same)
	return p.kind == SameHost && slices.ContainsFunc(p.To[0].Addrs, func(ip netip.Addr) bool { return gives(ip) && p.sends(z, d, others, ip, true) })
}

// spfTheirs tells an SPF mechanism, or a redirect (RFC 7208 §6.1), that names the old provider's domain.
func (p *planner) spfTheirs(t policy.Term) bool {
	return t.LooksUp() && t.Domain != "" && p.theirs(t.Domain)
}

// keys is a domain's DKIM keys that are aliases of the old provider's. A zone is searched once.
func (p *planner) keys(z *zonefile.Zone, d zonefile.Name) []zonefile.Record {
	if p.signing[z] == nil {
		p.signing[z] = map[zonefile.Name][]zonefile.Record{}
		for r := range z.Records() {
			_, domain, ok := strings.Cut(string(r.Owner()), "._domainkey.")
			if t, _ := r.Target(); ok && r.Type() == zonefile.TypeCNAME && p.theirs(string(t)) {
				p.signing[z][zonefile.Name(domain)] = append(p.signing[z][zonefile.Name(domain)], r)
			}
		}
	}
	return p.signing[z][d]
}

// replaceTXT is the script that changes an SPF record, under the TTL that it has; "" where nothing is to be changed.
func replaceTXT(z *zonefile.Zone, r zonefile.Record, spf policy.SPF, changes []policy.Change) string {
	if len(changes) == 0 {
		return ""
	}
	return fmt.Sprintf("update delete %s TXT %s\nupdate add %s %d TXT %s\n",
		r.Owner(), r.RDataText(), r.Owner(), z.RRsetTTL(r), zonefile.Quote(policy.Apply(spf.Text, changes...)))
}
