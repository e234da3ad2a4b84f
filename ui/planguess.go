package ui

// Which move is most likely, from what stands in the zone; and how hosts are typed in the form that asks.

import (
	"net/netip"
	"strings"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// likelyMove is away from the exchange outside the zone that most names use, to a host of the zone that is on its way: one
// beside it whose MX records have a short TTL, else one with a mail host's name that no MX leads to. Of a big zone the first
// thousands tell.
func likelyMove(z *zonefile.Zone) preview.Migration {
	const looked, short = 20_000, 300
	uses, coming, idle, read := map[zonefile.Name]int{}, zonefile.Name(""), zonefile.Name(""), 0
	for r := range z.Records() {
		if read++; read > looked {
			break
		}
		host, ok := r.Target()
		switch {
		case ok && r.Type() == zonefile.TypeMX && !r.IsNullMX():
			uses[host]++
			if owns(z, host) && z.RRsetTTL(r) <= short && (coming == "" || host < coming) {
				coming = host
			}
		case r.Type() == zonefile.TypeA && mailHost(r.Owner()) && (idle == "" || r.Owner() < idle):
			idle = r.Owner()
		}
	}
	from, most := zonefile.Name(""), 0
	for host, n := range uses {
		if z.Lookup(host, zonefile.TypeA).Result == zonefile.Outside && (n > most || n == most && host < from) {
			from, most = host, n
		}
	}
	if coming == "" && uses[idle] == 0 {
		coming = idle
	}
	var m preview.Migration
	if from == "" {
		return m
	}
	m.From = []preview.MailHost{{Name: from}}
	if coming != "" {
		m.To = []preview.MailHost{{Name: coming}}
	}
	return m
}

// owns tells a host whose addresses stand in the zone.
func owns(z *zonefile.Zone, host zonefile.Name) bool {
	a := z.Lookup(host, zonefile.TypeA)
	return a.Result == zonefile.Found && !a.Aliased()
}

// mailHost tells a name that people give to a host for mail.
func mailHost(n zonefile.Name) bool {
	label, _, _ := strings.Cut(string(n), ".")
	switch strings.TrimRight(strings.ToLower(label), "0123456789") {
	case "mx", "mail", "smtp", "mta", "inbound":
		return true
	}
	return false
}

// hostWords writes hosts as one types them.
func hostWords(hosts []preview.MailHost, origin zonefile.Name) string {
	var out []zonefile.Name
	for _, h := range hosts {
		out = append(out, h.Name)
	}
	return nameWords(out, origin)
}

// nameWords writes names as one types them.
func nameWords(names []zonefile.Name, origin zonefile.Name) string {
	var out []string
	for _, n := range names {
		out = append(out, n.In(origin))
	}
	return strings.Join(out, " ")
}

// hostWordsOf splits a list of hosts.
func hostWordsOf(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' })
}

// joinAddresses writes addresses as one types them.
func joinAddresses(addrs []netip.Addr) string {
	var out []string
	for _, a := range addrs {
		out = append(out, a.String())
	}
	return strings.Join(out, " ")
}
