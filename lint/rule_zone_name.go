package lint

// The zone has one name, and its SOA stands there.

import "github.com/mailzone/mailzone/zonefile"

var zoneName = &Rule{
	Name:     "zone-name",
	Severity: Error,
	Doc: `The SOA does not stand at the name of the zone, so named refuses it. Mostly a final dot is missing: under
"$ORIGIN example.com" the zone example.com becomes example.com.example.com, and all its names with it. The zone's
name is what --origin says, else what an absolute owner of the SOA says, else the file's name.`,
	Bad: `$ORIGIN example.com
@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1h`,
	Good: `$ORIGIN example.com.
@ SOA ns1.dns.net. hostmaster.dns.net. 1 4h 1h 2w 1h`,
	Refs:   []string{"RFC 1035 §5.1", "BIND: not at top of zone"},
	Visits: wholeZone,
	Check: func(p *Pass) {
		m, bad := p.Zone.Misnamed()
		if !bad {
			return
		}
		d := p.Report(m.File, m.Span, "%s", m.String())
		if m.Dot {
			d.Offer(Fix{Message: "add the dot", Safe: true, Make: endZonesName(m)})
		}
	},
}

// endZonesName writes the dot where it is missing in a version of the zone: the lines below keep inheriting from there.
func endZonesName(was zonefile.Misnomer) making {
	return func(z *zonefile.Zone, _ []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
		m, bad := z.Misnamed()
		if !bad || m.String() != was.String() {
			return nil, gone(was.File, was.Span)
		}
		return []zonefile.Edit{{File: m.File, Span: zonefile.Span{Start: m.Span.End, End: m.Span.End}, New: "."}}, nil
	}
}
