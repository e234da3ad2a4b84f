package cli

// Where the mail of domains goes, asked for one message, for a zone, or against an older version of it.

import (
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// previewOptions are the flags of preview.
type previewOptions struct {
	source      source
	format      choice
	from        string
	fromAddress []string
	ip          choice
	profile     choice
	down        []string
	faults      []string
	outside     []string
	with        []string
	against     string
}

// previewCommand says where mail for domains of a zone goes.
func (p *program) previewCommand() *cobra.Command {
	var opt previewOptions
	cmd := &cobra.Command{
		Use:   "preview [flags] ZONEFILE [DOMAIN...]",
		Short: "Tell where mail for a domain goes, before the zone is published",
		Long: `Tell where mail for domains of a zone goes: the hosts in the order a sender
tries them, which of them are never tried and why, and what becomes of a message
(RFC 5321, section 5.1). Without a domain, list every name of the zone that can
receive mail, and how; with --against, whose mail goes elsewhere.

Hosts of equal preference are tried in random order; the share is what each
takes of the mail that reaches its tier. Hosts outside the loaded zones are not
checked: they are taken as up.

The exit status is 1 if the mail of a domain bounces, is deferred, or comes back
to the sender.`,
		Example: `  mailzone preview db.example.com example.com
  mailzone preview --down mx1.example.com db.example.com example.com
  mailzone preview --fault mx1.example.com=450 db.example.com example.com`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef(cmd, "no zone file: name one, and the domains behind it")
			}
			return nil
		},
		ValidArgsFunction: completeDomains,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.preview(cmd, &opt, args[0], args[1:])
		},
	}
	opt.flags(cmd, &p.where)
	return cmd
}

// flags adds the flags to a command.
func (o *previewOptions) flags(cmd *cobra.Command, where *server.Where) {
	o.source.flags(cmd, where)
	o.source.configFlag(cmd)
	o.format.flag(cmd, "text", "json")
	o.ip.named(cmd, "ip", "what the sender can connect to", "46", "4", "6")
	var profiles []string
	for _, name := range preview.Profiles() {
		profiles = append(profiles, string(name))
	}
	o.profile.named(cmd, "profile", "whose habits the sender has", profiles...)
	f := cmd.Flags()
	f.StringVar(&o.from, "from", "", "`NAME` of the sending host: it finds itself among the hosts")
	words(f, &o.fromAddress, "from-address", "`IP` of the sending host (default: what the zones give NAME)")
	words(f, &o.down, "down", "`HOST`, address, network, or all: refuses connections")
	words(f, &o.faults, "fault", "`HOST=FAULT`: refused, timeout, 421, 554, close, 450, 550, up; of a delegation: dead")
	words(f, &o.outside, "outside", "`NAME=IP`: the address of a host outside the zones")
	f.StringVar(&o.against, "against", "", "tell whose mail goes elsewhere than by `OLDFILE`, an older version of the zone")
	several(f, &o.with, "with", "`[NAME=]ZONEFILE` that is loaded beside, as zone NAME")
}

// preview prints the deliveries of domains.
func (p *program) preview(cmd *cobra.Command, opt *previewOptions, path string, domains []string) error {
	q, err := opt.query(cmd)
	if err != nil {
		return err
	}
	if flag := questionFlag(cmd); flag != "" && len(domains) == 0 {
		return usagef(cmd, "--%s asks about a domain: name one behind the zone file", flag)
	}
	zones, err := p.readZones(cmd, &opt.source, path, opt.with)
	if err != nil {
		return err
	}
	if opt.against != "" {
		return p.previewAgainst(cmd, opt, zones, domains)
	}
	if len(domains) == 0 {
		return p.printMap(&opt.source, opt.format.is("json"), zones)
	}
	var found []preview.Delivery
	for _, domain := range domains {
		if q.Domain, err = domainName(cmd, domain, zones[0]); err != nil {
			return err
		}
		found = append(found, preview.Route(zones, q))
	}
	if err := unusedFault(cmd, q.Faults, found); err != nil {
		return err
	}
	if err := p.printDeliveries(opt.format.is("json"), found); err != nil {
		return err
	}
	return previewStatus(found)
}

// previewAgainst tells whose mail goes elsewhere than by an older version of the first zone.
func (p *program) previewAgainst(cmd *cobra.Command, opt *previewOptions, zones []*zonefile.Zone, domains []string) error {
	if len(domains) > 0 {
		return usagef(cmd, "--against tells of all domains: name none")
	}
	old, err := p.read(cmd, opt.source.like(zones[0]), opt.against)
	if err != nil {
		return err
	}
	return p.printComparison(opt.format.is("json"), append([]*zonefile.Zone{old}, zones[1:]...), zones)
}

// questionFlag is a flag that was given and makes sense for a domain only; "" if none was.
func questionFlag(cmd *cobra.Command) string {
	for _, name := range []string{"from", "from-address", "ip", "profile", "down", "fault", "outside"} {
		if cmd.Flags().Changed(name) {
			return name
		}
	}
	return ""
}

// readZones reads the zone itself and those beside it. --origin is the first one's.
func (p *program) readZones(cmd *cobra.Command, s *source, path string, beside []string) ([]*zonefile.Zone, error) {
	z, err := p.read(cmd, s, path)
	if err != nil {
		return nil, err
	}
	zones := []*zonefile.Zone{z}
	for _, path := range beside {
		origin, path := zoneNamed(path)
		var origins []string
		if origin != "" {
			origins = []string{origin}
		}
		z, err := p.read(cmd, &source{directory: s.directory, origins: origins, verbose: s.verbose, flag: "--with"}, path)
		switch {
		case errors.Is(err, zonefile.ErrNoOrigin):
			return nil, usagef(cmd, "--with %s: %w: say it, as in --with example.net=%s", path, zonefile.ErrNoOrigin, path)
		case err != nil:
			return nil, err
		}
		zones = append(zones, z)
	}
	return zones, nil
}

// zoneNamed is NAME=FILE, for a zone whose name the file does not tell. A file that has a "=" in its own name is written
// with a slash before that: ./a=b.
func zoneNamed(text string) (origin, path string) {
	name, file, named := strings.Cut(text, "=")
	if !named || strings.Contains(name, "/") {
		return "", text
	}
	return name, file
}

// domainName reads a domain of the command line: an absolute name, with or without its last dot; @ is the zone.
func domainName(cmd *cobra.Command, text string, z *zonefile.Zone) (zonefile.Name, error) {
	if text == "@" {
		return z.Origin(), nil
	}
	n, err := zonefile.ParseName(text, zonefile.Root)
	if err != nil {
		return "", usagef(cmd, "domain %q: %w", text, err)
	}
	return n, nil
}

// query is the question that the flags ask.
func (o *previewOptions) query(cmd *cobra.Command) (q preview.Query, err error) {
	q.Sender.Profile = preview.Profile(o.profile.value)
	q.Sender.IPv4, q.Sender.IPv6 = strings.Contains(o.ip.value, "4"), strings.Contains(o.ip.value, "6")
	if o.from != "" {
		if q.Sender.Name, err = zonefile.ParseName(o.from, zonefile.Root); err != nil {
			return q, usagef(cmd, "--from %q: %w", o.from, err)
		}
	}
	for _, text := range o.fromAddress {
		ip, err := netip.ParseAddr(text)
		if err != nil {
			return q, usagef(cmd, "--from-address %q: not an address: write it as 192.0.2.1 or 2001:db8::1", text)
		}
		q.Sender.Addrs = append(q.Sender.Addrs, ip)
	}
	if q.Faults, err = o.parseFaults(cmd); err != nil {
		return q, err
	}
	q.Outside, err = o.parseOutside(cmd)
	return q, err
}

// parseFaults reads --down and --fault.
func (o *previewOptions) parseFaults(cmd *cobra.Command) (preview.Faults, error) {
	faults := preview.Faults{}
	for _, text := range o.down {
		if strings.Contains(text, "=") {
			return nil, usagef(cmd, "--down %q: name the host alone, or say how it fails by --fault", text)
		}
		where, f, err := preview.ParseFault(text)
		if err != nil {
			return nil, usagef(cmd, "--down %w", err)
		}
		faults[where] = f
	}
	for _, text := range o.faults {
		if !strings.Contains(text, "=") {
			return nil, usagef(cmd, "--fault %q: say how it fails, as %s=timeout", text, text)
		}
		where, f, err := preview.ParseFault(text)
		if err != nil {
			_, word, _ := strings.Cut(text, "=")
			return nil, usagef(cmd, "--fault %w%s", err, meant(word, preview.FaultWords(), ""))
		}
		faults[where] = f
	}
	return faults, nil
}

// parseOutside reads --outside.
func (o *previewOptions) parseOutside(cmd *cobra.Command) (map[zonefile.Name][]netip.Addr, error) {
	outside := map[zonefile.Name][]netip.Addr{}
	for _, text := range o.outside {
		host, addr, _ := strings.Cut(text, "=")
		n, err := zonefile.ParseName(host, zonefile.Root)
		if err != nil {
			return nil, usagef(cmd, "--outside %q: %w", text, err)
		}
		ip, err := netip.ParseAddr(addr)
		if err != nil {
			return nil, usagef(cmd, "--outside %q: write a name and its address, as mx.example.net=192.0.2.1", text)
		}
		outside[n] = append(outside[n], ip)
	}
	return outside, nil
}

// unusedFault is a usage error for a fault of what no route has: a misspelt host would seem to be harmless.
func unusedFault(cmd *cobra.Command, faults preview.Faults, found []preview.Delivery) error {
	known := map[string]bool{"all": true}
	for _, d := range found {
		for _, t := range d.Tiers {
			for _, h := range t.Hosts {
				known[string(h.Name)], known[string(h.Canonical)] = true, true
				for _, a := range h.Addresses {
					known[a.IP.Unmap().String()] = true
				}
			}
		}
		for _, x := range d.Excluded {
			known[string(x.Name)] = true
		}
	}
	for where, f := range faults {
		if f != preview.Dead && !known[where] && !metIn(where, found) {
			return usagef(cmd, "%s: no route leads there%s", where,
				meant(where, slices.Collect(maps.Keys(known)), "write the host's whole name or address"))
		}
	}
	return nil
}

// metIn tells a network that an address of a route is in.
func metIn(where string, found []preview.Delivery) bool {
	net, err := netip.ParsePrefix(where)
	if err != nil {
		return false
	}
	for _, d := range found {
		for _, t := range d.Tiers {
			for _, h := range t.Hosts {
				if slices.ContainsFunc(h.Addresses, func(a preview.Address) bool { return net.Contains(a.IP.Unmap()) }) {
					return true
				}
			}
		}
	}
	return false
}

// previewStatus is the exit status of some deliveries.
func previewStatus(found []preview.Delivery) error {
	for _, d := range found {
		switch d.Outcome {
		case preview.Bounced, preview.Deferred, preview.LocalOrLoop:
			return exit(statusFound)
		}
	}
	return nil
}

// printDeliveries prints deliveries in a format.
func (p *program) printDeliveries(json bool, found []preview.Delivery) error {
	if json {
		a := array{p: p}
		for _, d := range found {
			if err := a.add(newDelivery(d)); err != nil {
				return err
			}
		}
		return a.end()
	}
	for i, d := range found {
		if i > 0 {
			fmt.Fprintln(p.out)
		}
		if err := p.printDelivery(d); err != nil {
			return err
		}
	}
	return nil
}
