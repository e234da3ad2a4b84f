package zonefile

import "github.com/miekg/dns"

// Signed is the first record that a signer makes: a signature or a proof that a name does not exist (RFC 4034, RFC
// 5155). A file that has one is the signer's to write: an edit by hand would break what resolvers check. Keys and DS
// records are no such sign, because administrators write them too.
func (z *Zone) Signed() (Record, bool) {
	for f := range z.Files() {
		for ci, c := range f.chunks {
			for i := range c.entries {
				e := &c.entries[i]
				if e.kind != kindRecord {
					continue
				}
				switch e.typ {
				case TypeRRSIG, TypeNSEC, Type(dns.TypeNSEC3):
					return Record{z, f, int32(ci), int32(i)}, true
				}
			}
		}
	}
	return Record{}, false
}
