package preview

// The records by which a domain says who may send for it: SPF (RFC 7208) and DKIM (RFC 6376).

import (
	"fmt"
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

// theirs tells whether a domain name in text looks like the old provider's.
func (p *planner) theirs(text string) bool {
	text = strings.ToLower(strings.TrimSuffix(text, "."))
	return text == p.own || strings.HasSuffix(text, "."+p.own)
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

// allowing is the script that lets the new host send for a domain; "" where it may, or where there is no
// SPF record to say so.
func (p *planner) allowing(z *zonefile.Zone, d zonefile.Name) string {
	r, spf, ok := spfRecord(z, d)
	if !ok {
		return ""
	}
	var added []policy.Change
	for _, ip := range p.Addrs {
		if t, named := spf.Naming(ip); !named || t.Qualifier != '+' {
			added = append(added, spf.Insert(0, policy.SPFTerm(ip)))
		}
	}
	if len(p.Addrs) == 0 && !slices.ContainsFunc(spf.Terms, p.namesNew) {
		added = append(added, spf.Insert(0, "a:"+Display(p.To)))
	}
	return replaceTXT(z, r, spf, added)
}

// namesNew tells an SPF mechanism that lets the new host send by its name.
func (p *planner) namesNew(t policy.Term) bool {
	return t.Name == "a" && !t.Modifier && t.Qualifier == '+' && strings.EqualFold(strings.TrimSuffix(t.Domain, "."), Display(p.To))
}

// cleaning is the script that takes from the old host what let it send for a domain; "" where nothing
// does.
func (p *planner) cleaning(z *zonefile.Zone, d zonefile.Name) string {
	script := ""
	if r, spf, ok := spfRecord(z, d); ok {
		var changes []policy.Change
		redirected := false
		for i, t := range spf.Terms {
			if p.spfTheirs(t) {
				changes = append(changes, spf.Remove(i))
				redirected = redirected || t.Redirects()
			}
		}
		if redirected && spf.All() < 0 {
			changes = append(changes, spf.Insert(len(spf.Terms), softFail))
		}
		script = replaceTXT(z, r, spf, changes)
	}
	for _, r := range p.keys(z, d) {
		t, _ := r.Target()
		script += fmt.Sprintf("update delete %s CNAME %s\n", r.Owner(), t)
	}
	return script
}

// softFail ends an SPF record that ended in another's: what it does not name is suspect, and not refused.
const softFail = "~all"

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
