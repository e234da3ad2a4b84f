package ui

// The question that is asked of every route: who sends, what is down, what chance draws, and what other zones would say.

import (
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// sender is the what-if: who sends, and what is down. Every pane and the review ask the same question.
type sender struct {
	faults     preview.Faults
	ipv4, ipv6 bool          // with neither it has both
	name       zonefile.Name // "" for any server
	profile    preview.Profile
	seed       uint64                         // of the random draw that is shown; 0 for none
	outside    map[zonefile.Name][]netip.Addr // addresses that were typed for hosts of other zones
}

// query asks what becomes of mail for a name.
func (s sender) query(n zonefile.Name) preview.Query {
	return preview.Query{Domain: n, Faults: s.faults, Outside: s.outside, Sender: preview.Sender{Name: s.name, IPv4: s.ipv4, IPv6: s.ipv6, Profile: s.profile}}
}

// supposes tells whether anything is other than usual: something is down, or it is not any sender.
func (s sender) supposes() bool { return len(s.parts(shortWords, preview.Display)) > 0 }

// texts is the what-if for a title, the longest first. Each tells all that is supposed: what is usual is left out before it, and
// then words are shorter ones, for a supposition that nobody sees makes every row under it wrong.
func (s sender) texts(show func(zonefile.Name) string) []string {
	if !s.supposes() {
		return []string{"any sender, IPv4+IPv6", "any sender", ""}
	}
	usual := ""
	if s.name == "" {
		usual = "any sender, "
	}
	if s.ipv4 == s.ipv6 {
		usual += "IPv4+IPv6, "
	}
	long := strings.Join(s.parts(longWords, show), ", ")
	return []string{usual + long, long, strings.Join(s.parts(shortWords, show), ", "), strings.Join(s.parts(leastWords, show), " ")}
}

// senderWords is how many words a what-if is told in.
type senderWords int

const (
	longWords senderWords = iota
	shortWords
	leastWords // fit on every screen
)

// parts is what is supposed, by its weight: the family of addresses, what is down, who sends, the software.
func (s sender) parts(w senderWords, show func(zonefile.Name) string) []string {
	networks := len(s.faults.Networks())
	hosts := len(s.faults) - networks
	if w == leastWords { // how much is down; the rows tell what
		hosts, networks = hosts+networks, 0
	}
	software := string(s.profile)
	var parts []string
	add := func(is bool, texts ...string) {
		if is {
			parts = append(parts, texts[w])
		}
	}
	add(s.ipv4 && !s.ipv6, "IPv4 only", "IPv4", "IPv4")
	add(s.ipv6 && !s.ipv4, "IPv6 only", "IPv6", "IPv6")
	add(hosts > 0, zonefile.Plural(hosts, "host", "hosts")+" down", strconv.Itoa(hosts)+" down", strconv.Itoa(hosts)+" down")
	add(networks > 0, zonefile.Plural(networks, "net", "nets")+" down", zonefile.Plural(networks, "net", "nets"), "")
	add(s.name != "", "sender "+show(s.name), show(s.name), "sender")
	add(s.profile != "" && s.profile != preview.RFC, "as "+software, software, strings.TrimPrefix(software, "exim-")) // Debian's Exim
	return parts
}

// nextProfile takes the next of the mail servers whose habits are known.
func (s *sender) nextProfile() {
	all := preview.Profiles()
	s.profile = all[(max(slices.Index(all, s.profile), 0)+1)%len(all)]
}

// nextSender makes the sender the next of the hosts that mail for a domain goes to, and any server behind
// the last: what a host itself does with mail for the domain.
func (s *sender) nextSender(z *zonefile.Zone, domain zonefile.Name) {
	all := sendersOf(z, domain)
	s.name = all[(max(slices.Index(all, s.name), 0)+1)%len(all)]
}

// sendersOf is any server, and the hosts that mail for a domain goes to by its MX.
func sendersOf(z *zonefile.Zone, domain zonefile.Name) []zonefile.Name {
	all := []zonefile.Name{""}
	for _, tier := range z.Tiers(domain) {
		for _, r := range tier {
			if host, ok := r.Target(); ok && host != zonefile.Root {
				all = append(all, host)
			}
		}
	}
	return all
}

// toggle takes a host down, or up again.
func (s *sender) toggle(host zonefile.Name) {
	faults := preview.Faults{}
	maps.Copy(faults, s.faults)
	if _, down := faults[string(host)]; down {
		delete(faults, string(host))
	} else {
		faults[string(host)] = preview.Refused
	}
	s.faults = faults
}

// toggleNetworks takes the networks that a host is in down, as when a data centre fails, or up again.
func (s *sender) toggleNetworks(networks []netip.Prefix) {
	faults := preview.Faults{}
	maps.Copy(faults, s.faults)
	down := true
	for _, n := range networks {
		_, is := faults[n.String()]
		down = down && is
	}
	for _, n := range networks {
		if down {
			delete(faults, n.String())
		} else {
			faults[n.String()] = preview.Refused
		}
	}
	s.faults = faults
}

// nextFault makes a host that is down fail in another way.
func (s *sender) nextFault(host zonefile.Name) {
	all := []preview.Fault{preview.Refused, preview.Timeout, preview.Greet421, preview.Greet554, preview.Close, preview.Rcpt450, preview.Rcpt550}
	faults := maps.Clone(s.faults)
	faults[string(host)] = all[(slices.Index(all, faults[string(host)])+1)%len(all)]
	s.faults = faults
}

// only makes the sender one of IPv4 or IPv6, and of both when pressed again.
func (s *sender) only(ipv4 bool) {
	if s.ipv4 == ipv4 && s.ipv6 == !ipv4 {
		s.ipv4, s.ipv6 = false, false
		return
	}
	s.ipv4, s.ipv6 = ipv4, !ipv4
}

// know takes the addresses of a host down.
func (s *sender) know(host zonefile.Name, words []string) {
	all := map[zonefile.Name][]netip.Addr{}
	maps.Copy(all, s.outside)
	delete(all, host)
	for _, w := range words {
		if a, err := netip.ParseAddr(w); err == nil {
			all[host] = append(all[host], a)
		}
	}
	s.outside = all
}
