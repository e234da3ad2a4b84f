package ui

// Where questions go, in words, before any is asked: each host with its addresses, those that are not asked and why, and who is asked besides.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// boxPart is where questions of one kind go, and where they do not.
type boxPart struct {
	kind      string
	hosts     []document.Destination
	unknown   []zonefile.Name // whose addresses DNS is asked for first
	resolvers []string
	barred    []boxBarred
}

// boxBarred is addresses of hosts that are not asked, and why.
type boxBarred struct {
	why   string
	hosts []document.Destination
}

// newBoxPart sorts the destinations of a kind.
func newBoxPart(k *kit, c document.Checking, kind string, list []document.Destination) (p boxPart) {
	p.kind = kind
	for _, to := range list {
		switch {
		case to.Host == "":
			for _, at := range to.Addresses {
				p.resolvers = append(p.resolvers, at.String())
			}
			continue
		case len(to.Addresses) == 0:
			p.unknown = append(p.unknown, to.Host)
		}
		asked := document.Destination{Host: to.Host}
		for _, at := range to.Addresses {
			if why := k.heard.barred(c, at); why != "" {
				p.bar(why, to.Host, at)
			} else {
				asked.Addresses = append(asked.Addresses, at)
			}
		}
		if len(asked.Addresses) > 0 {
			p.hosts = append(p.hosts, asked)
		}
	}
	return p
}

// bar adds an address that is not asked.
func (p *boxPart) bar(why string, host zonefile.Name, at netip.Addr) {
	i := slices.IndexFunc(p.barred, func(b boxBarred) bool { return b.why == why })
	if i < 0 {
		i, p.barred = len(p.barred), append(p.barred, boxBarred{why: why})
	}
	list := &p.barred[i].hosts
	if n := len(*list); n == 0 || (*list)[n-1].Host != host {
		*list = append(*list, document.Destination{Host: host})
	}
	last := &(*list)[len(*list)-1]
	last.Addresses = append(last.Addresses, at)
}

// kindDoes is what it does to a host that it is asked.
var kindDoes = map[string]string{
	"smtp": "a connection, no mail; they may log it", "relay": "a recipient of others, no mail; they may log it", "sts": "the policy, by HTTPS",
}

// lines is that in lines.
func (p boxPart) lines(k *kit) (out []string) {
	hosts := len(p.hosts) + len(p.unknown)
	head := fmt.Sprintf("%s: port %d of %s", p.kind, document.Ports(p.kind), zonefile.Plural(hosts, "host", "hosts"))
	switch does := kindDoes[p.kind]; {
	case hosts > 0 && does != "":
		head += ": " + does
	case hosts == 0 && len(p.barred) > 0:
		head = p.kind + ": no host is asked"
	case hosts == 0:
		head = p.kind + ": DNS"
	}
	out = append(append(out, head), hostLines(k, "  ", p.hosts)...)
	if len(p.unknown) > 0 {
		var names []string
		for _, host := range p.unknown {
			names = append(names, k.written(host))
		}
		out = append(out, "  DNS is asked first for the addresses of "+strings.Join(names, ", "))
	}
	for _, b := range p.barred {
		why, _, _ := strings.Cut(b.why, ": ") // behind it is what a command may do
		out = append(append(out, "  not asked, for "+why+":"), hostLines(k, "    ", b.hosts)...)
	}
	if len(p.resolvers) > 0 {
		out = append(out, "  DNS at "+strings.Join(p.resolvers, ", "))
	}
	return out
}

// hostLines is hosts with their addresses, each behind an indent.
func hostLines(k *kit, indent string, list []document.Destination) (out []string) {
	for _, to := range list {
		var at []string
		for _, a := range to.Addresses {
			at = append(at, a.String())
		}
		out = append(out, fmt.Sprintf("%s%s   %s", indent, k.written(to.Host), strings.Join(at, ", ")))
	}
	return out
}
