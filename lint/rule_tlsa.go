package lint

// Rules about TLSA records: the certificates that senders who know DANE insist on.

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// tlsaData is what a TLSA record says, as it is written or in the form of types that a server does not know (RFC 3597 §5).
type tlsaData struct {
	fields [3]uint64 // usage, selector, matching type
	at     [4]int    // the RDATA tokens of each, and of the digest
	digits int       // of the digest, in hex
	digest string    // in small letters
}

// readTLSA reads a record; false if its numbers are none.
func readTLSA(r zonefile.Record) (d tlsaData, ok bool) {
	words := make([]string, 0, 4)
	for _, t := range r.RData() {
		words = append(words, t.Text())
	}
	d.at = [4]int{0, 1, 2, 3}
	base := 10
	if len(words) > 2 && words[0] == `\#` {
		hex := strings.Join(words[2:], "")
		if len(hex) < 6 {
			return d, false
		}
		words, d.at, base = []string{hex[:2], hex[2:4], hex[4:6], hex[6:]}, [4]int{2, 2, 2, 2}, 16
	}
	if len(words) < 4 {
		return d, false
	}
	for i := range d.fields {
		v, err := strconv.ParseUint(words[i], base, 8)
		if err != nil {
			return d, false
		}
		d.fields[i] = v
	}
	d.digest = strings.ToLower(strings.Join(words[3:], ""))
	d.digits = len(d.digest)
	return d, true
}

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
			want := map[uint64]int{1: 64, 2: 128}[d.fields[2]]
			if ok && want > 0 && d.digits != want && d.digits%2 == 0 { // half an octet is no data at all: syntax
				p.At(r, d.at[3], "the digest has %s, matching type %d asks for %d: copy it again", plural(d.digits, "hex digit"), d.fields[2], want)
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
			if d, ok := readTLSA(r); ok && d.digest == digestOfNothing[d.fields[2]] {
				p.At(r, d.at[3], "this is the digest of nothing, which no certificate has: compute it again, of a file that is not empty")
			}
		}
	},
}

// digestOfNothing is the digest of the empty string, by matching type.
var digestOfNothing = map[uint64]string{
	1: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
	2: "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
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
			for i := 0; ok && i < len(d.fields); i++ {
				p.checkTLSAField(r, d, i)
			}
		}
	},
}

// checkTLSAField reports a number that senders of mail take a record as unusable for (RFC 7672 §3.1.3, RFC 6698 §7.2 to §7.4).
func (p *Pass) checkTLSAField(r zonefile.Record, d tlsaData, i int) {
	name := [...]string{"usage", "selector", "matching type"}[i]
	write := [...]string{"3 or 2", "1 or 0", "1 or 2"}[i]
	switch v := d.fields[i]; {
	case i == 0 && v < 2:
		p.At(r, d.at[i], "usage %d does not work for mail: write 3 for the server's own certificate, 2 for an authority's", v)
	case v > [...]uint64{3, 1, 2}[i]:
		p.At(r, d.at[i], "no sender knows the %s %d: the record is unusable, write %s", name, v, write)
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
	Check: func(p *Pass) {
		signed := slices.Contains(p.run.opt.Signed, p.Zone.Root().Name())
		if !signed && !p.NodeAt(p.Zone.Origin()).Has(zonefile.TypeDNSKEY) {
			p.On(p.Node.Of(zonefile.TypeTLSA)[0], "no sender looks at a TLSA record of a zone that is not signed: sign it, or see that named does")
		}
	},
}
