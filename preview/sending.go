package preview

// The records by which a domain says who may send for it: SPF (RFC 7208) and DKIM (RFC 6376).

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

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

// theirs tells whether a domain name in text looks like the old provider's.
func (p *planner) theirs(text string) bool {
	text = strings.ToLower(strings.TrimSuffix(text, "."))
	return text == p.own || strings.HasSuffix(text, "."+p.own)
}

// spfRecord is a domain's SPF record: the TXT record that starts with the version (RFC 7208 §4.5).
func spfRecord(z *zonefile.Zone, d zonefile.Name) (r zonefile.Record, terms []string, ok bool) {
	for _, r := range z.RRset(d, zonefile.TypeTXT) {
		if t := strings.Fields(strings.Join(r.Strings(), "")); len(t) > 0 && strings.EqualFold(t[0], "v=spf1") {
			return r, t, true
		}
	}
	return r, nil, false
}

// allowing is the script that lets the new host send for a domain; "" where it may, or where there is no
// SPF record to say so.
func (p *planner) allowing(z *zonefile.Zone, d zonefile.Name) string {
	r, terms, ok := spfRecord(z, d)
	if !ok {
		return ""
	}
	var add []string
	for _, ip := range p.Addrs {
		if term := ipTerm(ip); !slices.ContainsFunc(terms, func(t string) bool { return covers(t, ip) }) {
			add = append(add, term)
		}
	}
	if len(p.Addrs) == 0 && !slices.Contains(terms, "a:"+Display(p.To)) {
		add = append(add, "a:"+Display(p.To))
	}
	if len(add) == 0 {
		return ""
	}
	return replaceTXT(z, r, slices.Insert(slices.Clone(terms), 1, add...))
}

// ipTerm is the SPF mechanism for one address (RFC 7208 §5.6).
func ipTerm(ip netip.Addr) string {
	if ip = ip.Unmap(); ip.Is4() {
		return "ip4:" + ip.String()
	}
	return "ip6:" + ip.String()
}

// covers tells whether an ip4 or ip6 mechanism lets an address send.
func covers(term string, ip netip.Addr) bool {
	network, ok := strings.CutPrefix(term, "ip4:")
	if !ok {
		if network, ok = strings.CutPrefix(term, "ip6:"); !ok {
			return false
		}
	}
	if p, err := netip.ParsePrefix(network); err == nil {
		return p.Contains(ip.Unmap())
	}
	a, err := netip.ParseAddr(network)
	return err == nil && a == ip.Unmap()
}

// cleaning is the script that takes from the old host what let it send for a domain; "" where nothing
// does.
func (p *planner) cleaning(z *zonefile.Zone, d zonefile.Name) string {
	script := ""
	if r, terms, ok := spfRecord(z, d); ok {
		if kept := slices.DeleteFunc(slices.Clone(terms), p.spfTheirs); len(kept) < len(terms) {
			if slices.ContainsFunc(terms, p.redirects) {
				kept = append(kept, softFail)
			}
			script = replaceTXT(z, r, kept)
		}
	}
	for _, r := range p.keys(z, d) {
		t, _ := r.Target()
		script += fmt.Sprintf("update delete %s CNAME %s\n", r.Owner(), t)
	}
	return script
}

// softFail ends an SPF record that ended in another's: what it does not name is suspect, and not refused.
const softFail = "~all"

// redirects tells an SPF modifier that hands on to the old provider's record (RFC 7208 §6.1).
func (p *planner) redirects(term string) bool {
	name, domain, ok := strings.Cut(term, "=")
	return ok && strings.EqualFold(name, "redirect") && p.theirs(domain)
}

// spfTheirs tells an SPF mechanism or modifier that names the old provider's domain.
func (p *planner) spfTheirs(term string) bool {
	if p.redirects(term) {
		return true
	}
	mechanism, domain, ok := strings.Cut(strings.TrimLeft(term, "+-~?"), ":")
	domain, _, _ = strings.Cut(domain, "/")
	switch strings.ToLower(mechanism) {
	case "include", "a", "mx", "ptr", "exists":
		return ok && p.theirs(domain)
	}
	return false
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

// replaceTXT is the script that gives a TXT record another value, under the TTL that it has.
func replaceTXT(z *zonefile.Zone, r zonefile.Record, terms []string) string {
	return fmt.Sprintf("update delete %s TXT %s\nupdate add %s %d TXT %s\n",
		r.Owner(), r.RDataText(), r.Owner(), z.RRsetTTL(r), zonefile.Quote(strings.Join(terms, " ")))
}
