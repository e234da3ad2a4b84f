package preview

// A model of resolvers during a move, written from RFC 1034, 2308, 4592, 5321 and 6672, and of nothing that the planner
// is made of: it reads zones with another parser, and answers, caches and senders are its own. Every resolver may hold any
// version of each answer that some name server gave within its TTL; a name server may be behind by P. A state is losing if
// mail of a domain that was delivered before the move may bounce, or go to a host that is neither old nor new.

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/miekg/dns"
)

// modelZone is a version of a zone.
type modelZone struct {
	origin  string
	sets    map[string]map[uint16]modelSet // by owner and type
	exists  map[string]bool                // owners and empty non-terminals (RFC 4592 §2.2.2)
	neg     int                            // how long "there is none" is kept (RFC 2308 §5)
	refresh int                            // how long a secondary may be behind: refresh and retry (RFC 1035 §3.3.13)
}

// modelSet is an RRset.
type modelSet struct {
	ttl  int
	data []string
}

// readModel reads a zone in master format.
func readModel(origin, text string) (*modelZone, error) {
	z := &modelZone{origin: origin, sets: map[string]map[uint16]modelSet{}, exists: map[string]bool{origin: true}}
	zp := dns.NewZoneParser(strings.NewReader(text), origin, "")
	for rr, ok := zp.Next(); ok; rr, ok = zp.Next() {
		h := rr.Header()
		owner := strings.ToLower(h.Name)
		if z.sets[owner] == nil {
			z.sets[owner] = map[uint16]modelSet{}
		}
		set := z.sets[owner][h.Rrtype]
		if len(set.data) == 0 {
			set.ttl = int(h.Ttl) // lines that stand together: BIND serves the first one's
		}
		set.data = append(set.data, strings.ToLower(strings.TrimPrefix(rr.String(), h.String())))
		slices.Sort(set.data)
		z.sets[owner][h.Rrtype] = set
		for n := owner; n != origin && strings.HasSuffix(n, origin); n = above(n) {
			z.exists[n] = true
		}
		if soa, ok := rr.(*dns.SOA); ok {
			z.neg, z.refresh = int(min(soa.Minttl, h.Ttl)), int(soa.Refresh+soa.Retry)
		}
	}
	for owner, sets := range z.sets { // RFC 1034 §3.6.2
		if _, alias := sets[dns.TypeCNAME]; alias && len(sets) > 1 {
			return nil, fmt.Errorf("%s is an alias and has other records", owner)
		}
	}
	return z, zp.Err()
}

// above is the name without its first label.
func above(n string) string {
	_, rest, _ := strings.Cut(n, ".")
	return rest
}

// modelAnswer is what a server says of a name and a type.
type modelAnswer struct {
	kind string // records, alias, nodata, nxdomain, elsewhere
	data string
	ttl  int
}

// answer is RFC 1034 §4.3.2: delegations and DNAMEs on the way down, the name, the wildcard of the closest encloser.
func (z *modelZone) answer(n string, t uint16) modelAnswer {
	if n != z.origin && !strings.HasSuffix(n, "."+z.origin) {
		return modelAnswer{"elsewhere", "", math.MaxInt32}
	}
	labels := dns.SplitDomainName(strings.TrimSuffix(n, z.origin))
	for i := len(labels) - 1; i >= 0; i-- {
		at := strings.Join(labels[i:], ".") + "." + z.origin
		if ns, cut := z.sets[at][dns.TypeNS]; cut {
			return modelAnswer{"elsewhere", strings.Join(ns.data, "|"), ns.ttl}
		}
		if d, ok := z.sets[at][dns.TypeDNAME]; ok && i > 0 {
			return modelAnswer{"alias", strings.TrimSuffix(n, at) + d.data[0], d.ttl}
		}
	}
	owner := n
	if !z.exists[n] {
		encloser := above(n)
		for !z.exists[encloser] {
			encloser = above(encloser)
		}
		if owner = "*." + encloser; z.sets[owner] == nil {
			return modelAnswer{"nxdomain", "", z.neg}
		}
	}
	if c, alias := z.sets[owner][dns.TypeCNAME]; alias {
		return modelAnswer{"alias", c.data[0], c.ttl}
	}
	if set, ok := z.sets[owner][t]; ok {
		return modelAnswer{"records", strings.Join(set.data, "|"), set.ttl}
	}
	return modelAnswer{"nodata", "", z.neg}
}

// modelTime is versions of a zone and when each came: the first was there for ever.
type modelTime struct {
	versions []*modelZone
	at       []int      // of the second version and on: index 0 is not used
	p        int        // how long a name server may be behind
	end      *modelZone // that the move ends in
}

// alive is the answers that a resolver may have at a time.
func (m *modelTime) alive(n string, t uint16, now int) []modelAnswer {
	var out []modelAnswer
	for i, z := range m.versions {
		if i > 0 && m.at[i] > now {
			break
		}
		a := z.answer(n, t)
		if i+1 < len(m.versions) && m.at[i+1] <= now && now >= m.at[i+1]+m.p+a.ttl {
			continue
		}
		a.ttl = 0
		if !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// end is a name at the end of aliases, with an answer of its own; kind is loop where they have no end.
type end struct {
	name string
	modelAnswer
}

// ends follows aliases, each of which may be any that is alive.
func (m *modelTime) ends(n string, t uint16, now, depth int) []end {
	if depth > 8 {
		return []end{{n, modelAnswer{kind: "loop"}}}
	}
	var out []end
	for _, a := range m.alive(n, t, now) {
		if a.kind == "alias" {
			out = append(out, m.ends(a.data, t, now, depth+1)...)
		} else {
			out = append(out, end{n, a})
		}
	}
	return out
}

// modelHost is what a sender may find at the name of a host.
type modelHost struct {
	reach   map[string]bool // addresses; the name itself of a host of others
	useless bool            // it may find nothing
}

// asksFor is what a sender asks for: both families, or one alone.
type asksFor []uint16

// The senders. One with IPv6 alone is counted where it reaches the domain before the move and after it: mail servers of the
// Internet have IPv4, and a plan that would be refused for others tells them.
var (
	bothFamilies = asksFor{dns.TypeA, dns.TypeAAAA}
	onlyIPv4     = asksFor{dns.TypeA}
	onlyIPv6     = asksFor{dns.TypeAAAA}
)

// host asks for the addresses of a host.
func (m *modelTime) host(n string, now int, by asksFor) modelHost {
	h := modelHost{reach: map[string]bool{}, useless: true}
	for _, t := range by {
		none := false
		for _, e := range m.ends(n, t, now, 0) {
			switch e.kind {
			case "elsewhere":
				h.reach[e.name] = true
			case "records":
				for _, a := range strings.Split(e.data, "|") {
					h.reach[a] = true
				}
			default:
				none = true
			}
		}
		h.useless = h.useless && none
	}
	return h
}

// exchanges is the preferences and hosts of an MX answer.
func exchanges(data string) map[int][]string {
	out := map[int][]string{}
	for _, line := range strings.Split(data, "|") {
		var preference int
		var host string
		fmt.Sscan(line, &preference, &host)
		out[preference] = append(out[preference], host)
	}
	return out
}

// fates is where mail of a domain may go at a time (RFC 5321 §5.1): addresses, names of hosts of others, "bounce" and
// "unknown". All hosts are up, so that mail goes on to the next preference only where nothing is found of one.
func (m *modelTime) fates(domain string, now int, by asksFor) map[string]bool {
	out := map[string]bool{}
	for _, e := range m.ends(domain, dns.TypeMX, now, 0) {
		tiers := map[int][]string{}
		switch e.kind {
		case "elsewhere":
			out["unknown"] = true
			continue
		case "nodata":
			tiers[0] = []string{e.name}
		case "records":
			tiers = exchanges(e.data)
		default:
			out["bounce"] = true
			continue
		}
		if m.deliver(tiers, now, by, out) {
			out["bounce"] = true
		}
	}
	return out
}

// deliver collects what the hosts of tiers may lead to, and tells whether all may lead nowhere.
func (m *modelTime) deliver(tiers map[int][]string, now int, by asksFor, out map[string]bool) (nowhere bool) {
	var order []int
	for p := range tiers {
		order = append(order, p)
	}
	slices.Sort(order)
	for _, p := range order {
		nowhere = true
		for _, host := range tiers[p] {
			h := m.host(host, now, by)
			nowhere = nowhere && (h.useless || host == ".")
			for to := range h.reach {
				if host != "." {
					out[to] = true
				}
			}
		}
		if !nowhere {
			return false
		}
	}
	return true
}

// all is every host that a domain's mail may be sent to in one version, whatever is up.
func (m *modelTime) all(domain string) map[string]bool {
	out := map[string]bool{}
	for _, e := range m.ends(domain, dns.TypeMX, 0, 0) {
		if e.kind == "nodata" {
			for to := range m.host(e.name, 0, bothFamilies).reach {
				out[to] = true
			}
		}
		if e.kind == "records" {
			for _, hosts := range exchanges(e.data) {
				for _, host := range hosts {
					out[host] = true
					for to := range m.host(host, 0, bothFamilies).reach {
						out[to] = true
					}
				}
			}
		}
	}
	return out
}

// probes is the names that mail may be sent to: those that exist in any version, and one below each, which stands for all
// that a wildcard makes.
func (m *modelTime) probes() []string {
	seen := map[string]bool{}
	for _, z := range m.versions {
		for n := range z.exists {
			if !strings.HasPrefix(n, "_") && !strings.Contains(n, "._") {
				if !strings.HasPrefix(n, "*.") {
					seen[n] = true
					seen["zz."+n] = true
				}
			}
		}
	}
	var out []string
	for n := range seen {
		out = append(out, n)
	}
	slices.Sort(out)
	return out
}

// losing is the states at a time in which mail is lost that was not in the first version, in words. news is the hosts and
// addresses that the move leads to, and moves tells the hosts of which domains may go there.
func (m *modelTime) losing(now int, news map[string]bool, moves func(hosts map[string]bool, domain string) bool) []string {
	start := &modelTime{versions: m.versions[:1], p: m.p}
	var out []string
	for _, domain := range m.probes() {
		for _, by := range []asksFor{bothFamilies, onlyIPv4, onlyIPv6} {
			was := start.fates(domain, 0, by)
			if was["bounce"] || was["unknown"] || len(was) == 0 || len(by) == 1 && by[0] == dns.TypeAAAA && m.ends6(domain) {
				continue
			}
			old := start.all(domain)
			for fate := range m.fates(domain, now, by) {
				if !old[fate] && !(news[fate] && moves(old, domain)) {
					out = append(out, fmt.Sprintf("at %d mail of %s: %s (senders ask for %v)", now, domain, fate, by))
				}
			}
		}
	}
	return out
}

// ends6 tells whether senders with IPv6 alone do not reach a domain where the move ends.
func (m *modelTime) ends6(domain string) bool {
	end := m.end
	if end == nil {
		end = m.versions[len(m.versions)-1]
	}
	return (&modelTime{versions: []*modelZone{end}}).fates(domain, 0, onlyIPv6)["bounce"]
}
