package ui

// The what-if of the delivery: who sends, what is down, what chance draws, and what other zones would say.

import (
	"github.com/mailzone/mailzone/ui/draw"

	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

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

// whatIf changes who sends, or what is down.
type whatIf struct{ set func(*sender) }

func (w whatIf) do(s stage) tea.Cmd { w.set(&s.tools().sender); return nil }

// query asks what becomes of mail for a name.
func (s sender) query(n zonefile.Name) preview.Query {
	return preview.Query{Domain: n, Faults: s.faults, Outside: s.outside, Sender: preview.Sender{Name: s.name, IPv4: s.ipv4, IPv6: s.ipv6, Profile: s.profile}}
}

// String is the sender in words.
func (s sender) String() string {
	who := "any"
	if s.name != "" {
		who = preview.Display(s.name)
	}
	if s.profile != "" && s.profile != preview.RFC {
		who += " (" + string(s.profile) + ")"
	}
	switch {
	case s.ipv4 && !s.ipv6:
		return "sender: " + who + ", IPv4 only"
	case s.ipv6 && !s.ipv4:
		return "sender: " + who + ", IPv6 only"
	}
	return "sender: " + who + ", IPv4+IPv6"
}

// nextProfile takes the next of the mail servers whose habits are known.
func (s *sender) nextProfile() {
	all := preview.Profiles()
	s.profile = all[(max(slices.Index(all, s.profile), 0)+1)%len(all)]
}

// nextSender makes the sender the next of the hosts that mail for a domain goes to, and any server behind
// the last: what a host itself does with mail for the domain.
func (s *sender) nextSender(z *zonefile.Zone, domain zonefile.Name) {
	all := []zonefile.Name{""}
	for _, tier := range z.Tiers(domain) {
		for _, r := range tier {
			if host, ok := r.Target(); ok && host != zonefile.Root {
				all = append(all, host)
			}
		}
	}
	s.name = all[(max(slices.Index(all, s.name), 0)+1)%len(all)]
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

// drawn adds what one message may meet: equal hosts and addresses in an order that chance gives.
func (p *delivery) drawn(d preview.Delivery) {
	var tries []string
	for _, a := range d.Draw(p.sender.seed) {
		try := preview.Display(a.Host)
		if a.IP.IsValid() {
			try += " " + a.IP.String()
		}
		tries = append(tries, try)
	}
	text := "draw " + strconv.FormatUint(p.sender.seed, 10) + ": " + strings.Join(tries, ", then ")
	p.text(draw.Ink("~", p.Styles.Key), p.show(text), p.Styles.Plain)
}

// askAddresses asks for the addresses of a host that the zone does not know.
func (p *delivery) askAddresses(host zonefile.Name) *entry {
	d := &entry{kit: p.kit, heading: "Addresses of " + p.show(preview.Display(host)) + ", for this what-if"}
	d.details = []string{"The zone does not know them, and they are not written into it. Empty: not known."}
	var known []string
	for _, a := range p.sender.outside[host] {
		known = append(known, a.String())
	}
	d.field = p.newField(partData, "addresses", strings.Join(known, " "))
	d.field.check = checkAddresses
	d.accept = func(text string) []action {
		return []action{pop{}, whatIf{func(s *sender) { s.know(host, addressWords(text)) }}}
	}
	return d
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

// known is why no addresses are asked for.
func (p *delivery) known(row deliveryRow, why string) string {
	if why == "" && p.doc.Zone().Lookup(row.host, zonefile.TypeA).Result != zonefile.Outside {
		return "only for hosts outside this zone: this one has its addresses here, or none"
	}
	return why
}
