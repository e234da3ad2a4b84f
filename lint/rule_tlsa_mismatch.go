package lint

// TLSA records against the certificates that hosts show, as far as the user has named these: no rule reads a file.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

var tlsaMismatch = &Rule{
	Name:     "tlsa-mismatch",
	Severity: Error,
	Doc: `No TLSA record of a host matches the certificate that it shows at port 25, or an issuer in its chain. Senders
who know DANE keep the mail, and return it after days. Which certificate a host shows is said by
lint --cert HOST=FILE, or lint.certs in your own settings. Add the digest, as "mailzone tlsa" makes it; where the host
gets a new certificate, the digest of that stands in the zone before.`,
	Bad: `; chain.pem is the certificate of mx1.example.com.
_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
mx1 A 192.0.2.1`,
	Good: `; chain.pem is the certificate of mx1.example.com.
_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
_25._tcp.mx1 TLSA 3 1 1 fe2b1e8d9a9134478f86841d0257cf2388f4ae07b129e664830fef1ba55e0316
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 6698 §2.1", "RFC 7671 §5", "RFC 7672 §2.2"},
	Visits: wholeZone,
	Lack:   true,
	Check: func(p *Pass) {
		for _, c := range p.run.opt.Certs {
			if p.run.in.Deepest(c.Owner()) == p.Zone {
				p.checkCertificate(c)
			}
		}
	},
}

// checkCertificate reports a certificate that none of the usable records of its host matches. Where none is usable, senders demand TLS and
// no certificate (RFC 7672 §3.1.3): other rules speak of that.
func (p *Pass) checkCertificate(c Certificate) {
	now := p.run.opt.Today
	if now.IsZero() && len(c.Chain) > 0 {
		now = c.Chain[0].NotBefore
	}
	a := p.Lookup(c.Owner(), zonefile.TypeTLSA)
	var of []zonefile.Record
	var why []string
	for _, r := range a.Records {
		d, ok := readTLSA(r)
		if !ok || d.Useless() != "" {
			continue
		}
		fault := c.Fault(d.TLSA, strings.TrimSuffix(string(c.Host), "."), now)
		if fault == "" {
			return
		}
		of = append(of, r)
		if fault = d.Numbers() + " " + fault; !slices.Contains(why, fault) {
			why = append(why, fault)
		}
	}
	if len(of) == 0 {
		return
	}
	at := of[0]
	if a.Aliased() { // which may lead to another zone
		at = a.Via[0]
	}
	d := p.On(at, "no record matches %s, the certificate of %s: %s", quoteShort(c.File), quoted(c.Host), strings.Join(why, ", "))
	if fresh, err := c.TLSA(false); err == nil && !a.Aliased() {
		d.Offer(addTLSA(of[0], fresh))
	}
}

// addTLSA adds a record beside one. The file may be older than the records, so it is never safe.
func addTLSA(beside zonefile.Record, fresh policy.TLSA) Fix {
	return Fix{
		Message: "add the record of the file",
		Make: func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			return z.Add(zonefile.Draft{Owner: now[0].Owner(), Type: zonefile.TypeTLSA, RData: fresh.String()})
		},
		Of: []zonefile.Record{beside},
	}
}
