package preview

// A move: what is asked for, and what a planner finds out of it.

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Migration is the move that is asked for. Without old hosts the new ones become backups; without new ones the old ones
// go.
type Migration struct {
	From    []MailHost      // the old hosts; the only one may be the domain that all old hosts are in
	To      []MailHost      // the new hosts, the best first
	Domains []zonefile.Name // the names that move; none means all whose MX lead to From
	SPF     []string        // terms by which a provider's hosts may send
	Notify  bool            // name servers hear of changes at once (RFC 1996)
	Replace bool            // addresses that a new host has and To does not name are taken out
	Single  bool            // there is one machine: mail waits in queues while its address changes
}

// MailHost is a host of a move, with the addresses that are given for it.
type MailHost struct {
	Name  zonefile.Name
	Addrs []netip.Addr
}

// Text names the move: its hosts, and its kind.
func (m Migration) Text(k Kind) string {
	from, to := list(names(m.From), "and"), list(names(m.To), "and")
	return sides(m, k, from, to) + ": " + k.Text()
}

// Sides is the hosts of the move in a few words: of several on one side the first, and how many there are besides.
func (m Migration) Sides(k Kind, show func(zonefile.Name) string) string {
	short := func(hosts []MailHost) string {
		switch len(hosts) {
		case 0:
			return ""
		case 1:
			return show(hosts[0].Name)
		}
		return fmt.Sprintf("%s +%d", show(hosts[0].Name), len(hosts)-1)
	}
	return sides(m, k, short(m.From), short(m.To))
}

// sides is where a move leads from and to, as far as its kind has both.
func sides(m Migration, k Kind, from, to string) string {
	switch {
	case len(m.To) == 0, k == SameHost:
		return from
	case len(m.From) == 0:
		return to
	}
	return from + " to " + to
}

// TTLs and waits of the plan, in seconds.
const (
	shortTTL   = 300       // while hosts change, so that a way back is quick
	addressTTL = 3600      // of a new host
	longTTL    = 86400     // afterwards, where it is not known what was there: host names of mail rarely change
	lag        = 24 * 3600 // senders with caches that hold on for longer than they should
	transit    = 5 * 86400 // a queue keeps mail that the old host signed (Postfix, sendmail)
)

// planner makes the steps.
type planner struct {
	Migration
	past             Past
	start            *zonefile.Zone // the zone that the plan is made for
	kind             Kind
	exact            bool                                                   // From is one host, not the domain of several
	aliases          map[zonefile.Name]bool                                 // exchanges that are aliases of the old hosts
	own              []string                                               // the ends of the old hosts' names: what ends so is taken for the old provider's
	signing          map[*zonefile.Zone]map[zonefile.Name][]zonefile.Record // see keys
	domains          map[*zonefile.Zone][]zonefile.Name                     // see moving
	lacking          map[*zonefile.Zone][]hostAddress                       // see missing
	reached          map[*zonefile.Zone]phase                               // see hostPhase
	sharing          map[netip.Addr]bool                                    // see elsewhere
	olds             []netip.Addr                                           // see oldAddresses
	shared           []netip.Addr                                           // of the old hosts, and of hosts that stay
	waited           uint32                                                 // since the last step that changes something
	known            bool                                                   // olds is
	asked, beginning bool                                                   // see begins
}

// old tells whether an exchange is an old host, under its name or as an alias of it.
func (p *planner) old(t zonefile.Name) bool {
	for _, h := range p.From {
		if t == h.Name || t.Within(h.Name) && !p.exact && len(p.From) == 1 {
			return true
		}
	}
	return p.aliases[t]
}

// newcomer is which of the new hosts an exchange is; -1 if none.
func (p *planner) newcomer(t zonefile.Name) int {
	return slices.IndexFunc(p.To, func(h MailHost) bool { return h.Name == t })
}

// oldList is the old hosts in words.
func (p *planner) oldList() string { return list(names(p.From), "and") }

// newList is the new hosts in words.
func (p *planner) newList() string { return list(names(p.To), "and") }

// hostList is the hosts of the move in words.
func (p *planner) hostList() string { return list(append(names(p.From), names(p.To)...), "or") }

// names is the names of hosts.
func names(hosts []MailHost) []zonefile.Name {
	out := make([]zonefile.Name, len(hosts))
	for i, h := range hosts {
		out[i] = h.Name
	}
	return out
}
