package lint

// Reports about a domain that go to another organisation: that has to say that it takes them, or everybody could have
// everybody flooded. Only what a loaded zone says about it is known here.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

var dmarcReportPermission = &Rule{
	Name:     "dmarc-report-permission",
	Severity: Warning,
	Doc: `DMARC reports go to the domain of another organisation, whose zone is loaded, and it does not say that it
takes them: the record DOMAIN._report._dmarc is missing there. Receivers send no reports then.`,
	Bad: `; example.net. is loaded, too
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.net"`,
	Good: `; example.net. is loaded, too
_dmarc TXT "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"`,
	Refs:   []string{"RFC 9990 §4", "RFC 9991 §5"},
	Visits: dmarcOwners,
	Check: func(p *Pass) {
		all := p.dmarcRecords()
		if len(all) == 0 || len(rivals(all)) > 0 { // of several receivers take none
			return
		}
		var asked map[string]bool
		for _, name := range []string{"rua", "ruf"} {
			t, _ := all[0].tags().Find(name)
			for r := range t.Reports() {
				if r.Host == "" || asked[r.Host] || p.isOwn(r.Host) {
					continue
				}
				if asked == nil {
					asked = map[string]bool{}
				}
				asked[r.Host] = true
				p.checkPermission(all[0], r)
			}
		}
	},
}

// isOwn tells a domain of an address that is the visited one's, or above it: most are, and no name is made of those.
func (p *Pass) isOwn(host string) bool {
	rest, is := strings.CutSuffix(string(p.Node.Name), host+".")
	return is && strings.HasSuffix(rest, ".") && !strings.HasSuffix(host, ".") && !strings.Contains(string(p.Node.Name), `\`)
}

// checkPermission looks for the record by which the domain of an address takes reports (RFC 9990 §4).
func (p *Pass) checkPermission(v txtValue, r policy.Report) {
	domain := p.Node.Name.Parent()
	host, err := zonefile.ParseName(bare(zonefile.Name(r.Host))+".", "")
	if err != nil || domain.IsWildcard() || domain.Within(host) || // of the same organisation, or a public suffix
		organizational(host) == "" || organizational(host) == organizational(domain) {
		return
	}
	name, err := zonefile.ParseName(bare(domain)+"._report."+dmarcLabel+"."+string(host), "")
	if err != nil {
		return
	}
	a := p.Lookup(name, zonefile.TypeTXT)
	if a.Result != zonefile.NoName && a.Result != zonefile.NoData && a.Result != zonefile.Found {
		return
	}
	for _, r := range a.Records {
		if policy.IsDMARC(p.readTXT(r).text) {
			return
		}
	}
	d := p.AtText(v, r.Start, r.End, "receivers send no reports there: add a TXT record \"v=DMARC1\" at %s", quoted(name))
	if len(a.Records) > 0 {
		d.Relate(a.Records[0], "this does not start with v=DMARC1")
	}
	if !a.Aliased() {
		d.Offer(permit(name, a.Zone))
	}
}

// permit adds the record that allows reports, in the zone that has the name: it is another than that of the finding.
func permit(name zonefile.Name, in *zonefile.Zone) Fix {
	add := addTXT(name, "in "+in.Root().Name()+", add a TXT record at "+string(name), `"v=DMARC1"`)
	insert := add.Make
	add.Make = func(z *zonefile.Zone, now []zonefile.Record, values []string) ([]zonefile.Edit, error) {
		if z.Origin() != in.Origin() {
			return nil, fmt.Errorf("%s is in the zone %s, not in %s: add it in %s", quoted(name), in.Origin(), z.Origin(), in.Root().Name())
		}
		return insert(z, now, values)
	}
	return add
}
