package document

// Where questions go, kind by kind, before the first packet: who agrees to them has seen it.

import (
	"net/netip"
	"slices"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// Destination is a host that is asked, or a resolver, which has no name. Where no address is known, DNS is asked for it first.
type Destination struct {
	Host      zonefile.Name
	Addresses []netip.Addr
}

// Barred says why an address that is a destination is not asked, "" if it is.
func (c Checking) Barred(a netip.Addr) string { return c.open().door.Barred(a) }

// Opened is the same with one way out for all that is asked or might be.
func (c Checking) Opened() Checking { return c.open() }

// KindNames is the kinds of questions about a zone, as people call them.
func KindNames() []string { return []string{"dns", "smtp", "sts", "ptr", "cache"} }

// KindsOf is the kinds of some names.
func KindsOf(names []string) Kinds {
	has := func(kind string) bool { return slices.Contains(names, kind) }
	return Kinds{DNS: has("dns"), SMTP: has("smtp"), STS: has("sts"), PTR: has("ptr"), Cache: has("cache")}
}

// Destinations is whom one kind of question goes to.
func (c Checking) Destinations(kind string) (list []Destination) {
	switch kind {
	case "dns":
		known, unknown := c.Places()
		for _, t := range known {
			list = with(list, t.Host, t.Address)
		}
		for _, host := range unknown {
			list = with(list, host)
		}
	case "smtp":
		all, _ := c.Exchanges()
		for _, e := range all[:min(len(all), mostHosts)] {
			list = with(list, e.Host, c.addresses(e.Host)...)
		}
	case "ptr", "cache":
		for _, s := range c.Servers {
			list = with(list, "", s.Addr())
		}
		return list
	case "sts":
		all, _ := c.Policies()
		for _, e := range all[:min(len(all), mostHosts)] {
			list = with(list, e.Host, c.addresses(e.Host)...)
		}
	}
	return c.resolvers(list)
}

// StepDestinations is whom the checks of a step ask that are of one kind.
func (c Checking) StepDestinations(s StepChecks, kind string) (list []Destination) {
	for _, check := range s.Checks {
		ip, err := netip.ParseAddr(check.Subject)
		switch {
		case string(check.Kind) != kind:
		case kind == "dns" && check.Want != "addresses":
			return c.Destinations(kind)
		case kind == "smtp" || kind == "relay":
			if err == nil {
				list = with(list, s.host, ip)
				continue
			}
			for _, host := range subjects(check.Check) {
				list = with(list, host, c.addresses(host)...)
			}
		case kind == "cache" || kind == "ptr":
			for _, s := range c.Servers {
				list = with(list, "", s.Addr())
			}
			return list
		case kind == "sts":
			for _, domain := range subjects(check.Check) {
				list = with(list, "mta-sts."+domain, c.addresses("mta-sts."+domain)...)
			}
		}
	}
	return c.resolvers(list)
}

// AskingKinds is the kinds of questions that the checks of a step ask.
func (s StepChecks) AskingKinds() (kinds []string) {
	for _, check := range s.Checks {
		if k := string(check.Kind); check.Kind != preview.Said && check.Kind != HourKind && !slices.Contains(kinds, k) {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// addresses is what the zone has of a host.
func (c Checking) addresses(host zonefile.Name) (list []netip.Addr) {
	for _, t := range firstOfHosts(targets(host, c.Zone.Addresses(host))) {
		list = append(list, t.Address)
	}
	return list
}

// resolvers adds to hosts those who may be asked besides: for addresses, for TLSA, and who is above the zone.
func (c Checking) resolvers(list []Destination) []Destination {
	if len(list) == 0 {
		return nil
	}
	for _, s := range c.Servers {
		list = append(list, Destination{Addresses: []netip.Addr{s.Addr()}})
	}
	return list
}

// with adds addresses of a host.
func with(list []Destination, host zonefile.Name, addresses ...netip.Addr) []Destination {
	i := slices.IndexFunc(list, func(d Destination) bool { return d.Host == host })
	if i < 0 {
		i, list = len(list), append(list, Destination{Host: host})
	}
	for _, a := range addresses {
		if !slices.Contains(list[i].Addresses, a) {
			list[i].Addresses = append(list[i].Addresses, a)
		}
	}
	return list
}

// Own tells whether a name server of this machine has the zone, by its configuration. It reads that, and may take a while.
func (st *Store) Own() bool {
	return st != nil && st.Set != nil && st.Set.Root() != nil && st.Opt.Own(st.Set.Root().Path())
}

// Signs tells whether it signs the zone of the file as it loads it.
func (st *Store) Signs() bool {
	return st != nil && st.Set != nil && st.Set.Root() != nil && st.Opt.Signs(st.Set.Root().Path())
}
