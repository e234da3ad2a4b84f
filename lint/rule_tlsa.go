package lint

// Rules about TLSA records: the certificates that senders who know DANE insist on.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

var tlsaLength = &Rule{
	Name:     "tlsa-length",
	Severity: Error,
	Doc: `The digest of a TLSA record does not have the length of its matching type: SHA-256 (1) has 32 octets,
SHA-512 (2) has 64. No certificate matches, and senders who know DANE do not deliver.`,
	Bad: `_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5af
mx1 A 192.0.2.1`,
	Good: `_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 6698 §2.1.3", "RFC 7672 §3.1"},
	Visits: tlsaOwners,
	Check: func(p *Pass) {
		for _, r := range p.Node.Of(zonefile.TypeTLSA) {
			d, ok := readTLSA(r)
			want := d.DigestSize()
			if ok && want > 0 && len(d.Data) != want { // half an octet is no data at all: syntax
				p.At(r, d.at[3], "the digest has %s, matching type %d asks for %d: copy it again", plural(2*len(d.Data), "hex digit"), int(d.Matching), 2*want)
			}
		}
	},
}

var tlsaEmptyDigest = &Rule{
	Name:     "tlsa-empty-digest",
	Severity: Error,
	Doc: `The digest of a TLSA record is that of nothing: a program hashed an empty file, as it does where a command
before it has failed. It has the right length and matches no certificate, so senders who know DANE do not deliver.`,
	Bad: `_25._tcp.mx1 TLSA 3 1 1 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
mx1 A 192.0.2.1`,
	Good: `_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 6698 §2.1.4", "RFC 7672 §3.1"},
	Visits: tlsaOwners,
	Check: func(p *Pass) {
		for _, r := range p.Node.Of(zonefile.TypeTLSA) {
			if d, ok := readTLSA(r); ok && d.OfNothing() {
				p.At(r, d.at[3], "this is the digest of nothing, which no certificate has: compute it again, of a file that is not empty")
			}
		}
	},
}

var tlsaUsage = &Rule{
	Name:     "tlsa-usage",
	Severity: Error,
	Doc: `A TLSA record for port 25 has usage 0 or 1. Mail servers have no list of authorities that all agree on, so
senders take such records as unusable; write 2 or 3. So they take a usage, a selector (0, 1) or a matching type (0, 1, 2) that
no standard gives a meaning.`,
	Bad: `_25._tcp.mx1 TLSA 1 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
mx1 A 192.0.2.1`,
	Good: `_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 7672 §3.1.3"},
	Visits: tlsaOwners,
	Check: func(p *Pass) {
		if t, ok := splitTLSA(p.Node.Name); !ok || t.port != 25 {
			return
		}
		for _, r := range p.Node.Of(zonefile.TypeTLSA) {
			d, ok := readTLSA(r)
			for i := 0; ok && i < len(tlsaNumbers); i++ {
				p.checkTLSAField(r, d, i)
			}
		}
	},
}

// tlsaNumbers is what the numbers of a TLSA record are called, which are highest, and what to write.
var tlsaNumbers = [...]struct {
	name  string
	most  uint8
	write string
}{{"usage", 3, "3 or 2"}, {"selector", 1, "1 or 0"}, {"matching type", 2, "1 or 2"}}

// checkTLSAField reports a number that senders of mail take a record as unusable for (RFC 7672 §3.1.3, RFC 6698 §7.2 to §7.4).
func (p *Pass) checkTLSAField(r zonefile.Record, d tlsaData, i int) {
	n := tlsaNumbers[i]
	switch v := [...]uint8{d.Usage, d.Selector, d.Matching}[i]; {
	case i == 0 && v < 2:
		p.At(r, d.at[i], "usage %d does not work for mail: write 3 for the server's own certificate, 2 for an authority's", int(v))
	case v > n.most:
		p.At(r, d.at[i], "no sender knows the %s %d: the record is unusable, write %s", n.name, int(v), n.write)
	}
}

var tlsaOwner = &Rule{
	Name:     "tlsa-owner",
	Severity: Warning,
	Doc:      `The owner of a TLSA record does not start with a port and a protocol, as _25._tcp. Nobody asks there.`,
	Bad: `mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
mx1 A 192.0.2.1`,
	Good: `_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 6698 §3"},
	Visits: tlsaOwners,
	Check: func(p *Pass) {
		if _, ok := splitTLSA(p.Node.Name); !ok && misplacedTLSA(p.Node) {
			p.OnOwner(p.Node.Of(zonefile.TypeTLSA)[0], "%s is not where TLSA records are looked for: start the owner with a port and a protocol, as _25._tcp", quoted(p.Node.Name))
		}
	},
}

// misplacedTLSA tells a name that is meant to be asked for its certificate: the host itself, or one with a
// part of port and protocol. Others hold records that aliases lead to.
func misplacedTLSA(n zonefile.Node) bool {
	if slices.ContainsFunc(n.Records, isAddress) {
		return true
	}
	for _, l := range labels(n.Name) {
		digits := strings.TrimPrefix(l, "_")
		if l == "_tcp" || l == "_udp" || l == "_sctp" || digits != l && digits != "" && strings.Trim(digits, "0123456789") == "" {
			return true
		}
	}
	return false
}

var tlsaOrphan = &Rule{
	Name:     "tlsa-orphan",
	Severity: Warning,
	Doc: `A TLSA record belongs to a host that has no address: the host was renamed or removed, and its certificate
stayed behind.`,
	Bad: "_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3",
	Good: `_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 7672 §2.2"},
	Visits: tlsaOwners,
	Check: func(p *Pass) {
		t, ok := splitTLSA(p.Node.Name)
		if !ok || !p.Host(t.host).missing() || p.NodeAt(t.host).Has(zonefile.TypeSRV) || p.NodeAt(t.host).Has(zonefile.TypeMX) {
			return
		}
		first := p.Node.Of(zonefile.TypeTLSA)[0]
		if p.ownerTold(first) {
			return
		}
		p.On(first, "%s has no address, so nobody asks for its certificate: delete the TLSA record or add the host", quoted(t.host)).
			Offer(deletion("delete the TLSA records", false, p.Node.Of(zonefile.TypeTLSA)...))
	},
}

var tlsaPartial = &Rule{
	Name:     "tlsa-partial",
	Severity: Warning,
	Doc: `Some exchanges of a domain have a TLSA record and others have none. An attacker keeps the sender away from
the first and takes the mail at the second, unprotected.`,
	Bad: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2
_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3`,
	Good: `@ MX 10 mx1
@ MX 20 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2
_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
_25._tcp.mx2 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3`,
	Refs:   []string{"RFC 7672 §2.2.1"},
	Visits: mxOwners,
	Check: func(p *Pass) {
		if !p.run.contents.types[zonefile.TypeTLSA] {
			return
		}
		var with, without []*exchange
		for _, x := range p.Real() {
			if h := x.found; h.Aliased() || h.missing() {
				continue // other rules speak about those
			}
			switch p.Lookup("_25._tcp."+x.host, zonefile.TypeTLSA).Result {
			case zonefile.Found:
				with = append(with, x)
			case zonefile.NoData, zonefile.NoName:
				without = append(without, x)
			}
		}
		if len(with) == 0 {
			return
		}
		for _, x := range without {
			p.AtExchange(x, "exchange %s has no TLSA record, %s has one: add it, or mail can be led past the protection", quoted(x.host), quoted(with[0].host))
		}
	},
}

var tlsaUnsigned = &Rule{
	Name:     "tlsa-unsigned",
	Severity: Warning,
	Doc: `A TLSA record stands in a zone whose file holds no DNSSEC keys, and named keeps no signed copy of it (its name
with .signed). Without DNSSEC no sender looks at the record. Ignore this where another program signs the zone.`,
	Bad: `_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
mx1 A 192.0.2.1`,
	Good: `@ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
_25._tcp.mx1 TLSA 3 1 1 0b9fa5a59eed715c26c1020c711b4f6ec42d58b0015e14337a39dad301c5afc3
mx1 A 192.0.2.1`,
	Refs:   []string{"RFC 7672 §2.2"},
	Visits: tlsaOwners,
	Lack:   true,
	Check: func(p *Pass) {
		signed := slices.Contains(p.run.opt.Signed, p.Zone.Root().Name())
		if !signed && !p.NodeAt(p.Zone.Origin()).Has(zonefile.TypeDNSKEY) {
			p.On(p.Node.Of(zonefile.TypeTLSA)[0], "no sender looks at a TLSA record of a zone that is not signed: sign it, or see that named does")
		}
	},
}
