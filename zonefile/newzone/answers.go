package newzone

// What is asked of a new zone, and what is wrong with an answer: each is told by itself, so that a form shows it at its field and a
// command with its flag.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Mail is how a new zone gets its mail.
type Mail uint8

// The kinds of mail.
const (
	Own    Mail = iota // by servers of its own
	None               // it neither gets nor sends any
	Hosted             // by a provider, whose records are given
)

// Host is a host with the addresses that the zone is to give it; none for a host outside the zone.
type Host struct {
	Name      zonefile.Name
	Addresses []netip.Addr
}

// Exchange is a host that receives mail for a name of the zone.
type Exchange struct {
	For zonefile.Name
	Host
}

// Answers is what is known of a new zone.
type Answers struct {
	Origin    zonefile.Name
	Mail      Mail
	Servers   []Host // name servers
	Exchanges []Exchange
	Web       []netip.Addr // of the zone's own name; www is an alias of it
	Report    string       // the mailbox that reports about mail go to; "" for none
	TTL       string
	Serial    string
	Provider  []Record // that the provider asks for, MX and SPF among them
	Present   *Present // what is there; nil: nothing
	Without   []string // what else is left out: OfWWW, OfSPF, OfDMARC
}

// Record is a record as a zone file has it, its data whole or relative to the zone.
type Record struct {
	Owner       zonefile.Name
	Type, RData string
}

// Present is what a file has that lacks the start of its zone: SOA and name servers go before its first record, and the rest stays.
type Present struct {
	Origin  zonefile.Name   // in force at that place
	TTL     bool            // a $TTL is, too
	Servers []zonefile.Name // that it names
	Hosts   []zonefile.Name // that have addresses
}

// The answers, by the names that a command has for them.
const (
	OfOrigin    = "origin"
	OfServers   = "ns"
	OfExchanges = "mx"
	OfWeb       = "web"
	OfReport    = "report"
	OfTTL       = "ttl"
)

// What a zone has unless it is left out.
const (
	OfWWW   = "www"   // an alias of the web server
	OfSPF   = "spf"   // of domain and mail servers; a provider's is the provider's
	OfDMARC = "dmarc" // a policy
)

// leavesOut tells that the zone is to be without something.
func (a Answers) leavesOut(what string) bool { return slices.Contains(a.Without, what) }

// Wrong is an answer that cannot be.
type Wrong struct {
	Answer string
	Host   zonefile.Name // of a list of hosts the one; "" for none
	Why    string
}

// Error is why.
func (w *Wrong) Error() string { return w.Why }

// wrong is an answer that cannot be.
func wrong(answer, why string, args ...any) error {
	return &Wrong{Answer: answer, Why: fmt.Sprintf(why, args...)}
}

// wrongHost is a host of an answer that cannot be.
func wrongHost(answer string, host zonefile.Name, why string, args ...any) error {
	return &Wrong{answer, host, fmt.Sprintf(why, args...)}
}

// check finds the first answer that cannot be.
func (a Answers) check() error {
	for _, check := range []func() error{a.checkOrigin, a.checkTTL, a.checkServers, a.checkExchanges, a.checkHosts, a.checkReport} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

// checkOrigin refuses names under which nobody has a domain.
func (a Answers) checkOrigin() error {
	switch {
	case a.Origin.Labels() < 2:
		return wrong(OfOrigin, "%s has one label: a zone is a domain, as example.com", a.Origin)
	case a.Origin.IsWildcard() || zonefile.HostnameProblem(a.Origin) != "":
		return wrong(OfOrigin, "%s is no name of a domain: letters, digits and hyphens", a.Origin)
	}
	return nil
}

// checkTTL refuses what is no TTL.
func (a Answers) checkTTL() error {
	if ttl, ok := zonefile.ParseTTL(a.TTL); !ok || ttl > zonefile.MaxTTL || ttl == 0 {
		return wrong(OfTTL, "%s is not a TTL: write seconds or units, as 3600 or 1d", a.TTL)
	}
	return nil
}

// checkServers asks for a name server.
func (a Answers) checkServers() error {
	if len(a.Servers) == 0 {
		return wrong(OfServers, "no name server: a zone has one at least, as ns1=192.0.2.53")
	}
	for i, s := range a.Servers {
		if slices.ContainsFunc(a.Servers[:i], func(o Host) bool { return o.Name == s.Name }) {
			return wrongHost(OfServers, s.Name, "%s is named twice", s.Name)
		}
	}
	return nil
}

// checkExchanges asks for a host for mail, and refuses domains of others.
func (a Answers) checkExchanges() error {
	switch {
	case a.Present != nil:
		return nil
	case a.Mail == None && len(a.Exchanges) > 0:
		return wrong(OfExchanges, "%s receives mail, and the zone is to get none", a.Exchanges[0].Name)
	case a.Mail == Hosted && len(a.Exchanges) > 0:
		return wrong(OfExchanges, "%s receives mail, and the zone is to get it from the provider", a.Exchanges[0].Name)
	case a.Mail == Own && len(a.Exchanges) == 0:
		return wrong(OfExchanges, "no mail server: name one, as mail=192.0.2.10")
	}
	for i, x := range a.Exchanges {
		switch {
		case !x.For.Within(a.Origin):
			return wrong(OfExchanges, "%s is not in the zone %s", x.For, a.Origin)
		case slices.ContainsFunc(a.Exchanges[:i], func(o Exchange) bool { return o.For == x.For && o.Name == x.Name }):
			return wrong(OfExchanges, "%s is named twice for %s", x.Name, x.For)
		}
	}
	return nil
}

// checkReport refuses what is no mailbox.
func (a Answers) checkReport() error {
	if a.Report == "" {
		return nil
	}
	local, domain, ok := strings.Cut(a.Report, "@")
	name, err := zonefile.ParseName(domain, zonefile.Root)
	if !ok || local == "" || strings.ContainsAny(a.Report, " \t\";,!") || strings.Contains(domain, "@") || err != nil || name.Labels() < 2 {
		return wrong(OfReport, "%s is no mailbox: write postmaster@%s", a.Report, strings.TrimSuffix(string(a.Origin), "."))
	}
	return nil
}

// hosts is every host with all addresses that it is given, in the order in which they are named.
func (a Answers) hosts() (list []Host) {
	add := func(h Host) {
		i := slices.IndexFunc(list, func(o Host) bool { return o.Name == h.Name })
		if i < 0 {
			i = len(list)
			list = append(list, Host{Name: h.Name})
		}
		for _, at := range h.Addresses {
			if !slices.Contains(list[i].Addresses, at) {
				list[i].Addresses = append(list[i].Addresses, at)
			}
		}
	}
	if len(a.Web) > 0 && a.Present == nil {
		add(Host{a.Origin, a.Web})
	}
	for _, s := range a.Servers {
		add(s)
	}
	if a.Present != nil {
		return list
	}
	for _, x := range a.Exchanges {
		add(x.Host)
	}
	return list
}

// receives tells whether a host takes mail for a name.
func (a Answers) receives(host zonefile.Name) bool {
	return slices.ContainsFunc(a.Exchanges, func(x Exchange) bool { return x.Name == host })
}

// has tells whether the file has addresses of a host already.
func (a Answers) has(host zonefile.Name) bool {
	return a.Present != nil && slices.Contains(a.Present.Hosts, host)
}

// checkHosts asks for the addresses of hosts of the zone, and refuses those of others, and names that no host has.
func (a Answers) checkHosts() error {
	exchanges, others := []Host(nil), []Host(nil)
	for _, h := range a.hosts() {
		if a.receives(h.Name) {
			exchanges = append(exchanges, h)
		} else {
			others = append(others, h)
		}
	}
	for _, h := range append(exchanges, others...) {
		answer := OfServers
		if a.receives(h.Name) {
			answer = OfExchanges
		}
		address, isAddress := zonefile.AddressInName(h.Name, a.Origin)
		inside := h.Name.Within(a.Origin)
		switch {
		case isAddress:
			return wrongHost(answer, h.Name, "%s is an address: MX and NS name hosts, write the host's name and =%s behind it", address, address)
		case zonefile.HostnameProblem(h.Name) != "":
			return wrongHost(answer, h.Name, "%s is no name of a host: %s", h.Name, zonefile.HostnameProblem(h.Name))
		case inside && len(h.Addresses) == 0 && !a.has(h.Name):
			return wrongHost(answer, h.Name, "%s is in this zone: type its address behind it, as %s=192.0.2.1", h.Name, h.Name.In(a.Origin))
		case !inside && len(h.Addresses) > 0:
			return wrongHost(answer, h.Name, "%s is outside the zone %s, which cannot give it an address: leave that out", h.Name, a.Origin)
		case inside && slices.ContainsFunc(a.Provider, func(r Record) bool { return r.Owner == h.Name && r.Type == "CNAME" }):
			return wrongHost(answer, h.Name, "%s is an alias that the provider asks for: name another host", h.Name)
		case inside && h.Name == "www."+a.Origin && len(a.Web) > 0 && !a.leavesOut(OfWWW):
			return wrongHost(answer, h.Name, "%s is an alias of the web server already: name another host", h.Name)
		}
	}
	return nil
}
