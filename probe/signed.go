package probe

// Whether a zone is signed by a key that its parent vouches for: where there is a DS record and no such signature, who validates gets no
// answer at all (RFC 4035 §5.2). It depends on the answers and the time alone.

import (
	"strings"
	"time"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/zonefile"
)

// Signed is the keys of a zone and their signatures, as one address of a name server gives them.
type Signed struct {
	Target
	Err  error // why there is no sure answer
	sets []dns.RR
}

// take takes what an answer says of the keys.
func (s *Signed) take(in *dns.Msg, zone zonefile.Name) {
	for _, rr := range in.Answer {
		if strings.EqualFold(rr.Header().Name, string(zone)) && rr.Header().Rdlength > 0 {
			s.sets = append(s.sets, rr)
		}
	}
}

// vouched is the DS records of delegations whose digest is one that everybody knows. Others count as none (RFC 4035 §5.2, RFC 8624 §3.3).
func vouched(all []Delegation) (list []*dns.DS) {
	for _, d := range all {
		for _, line := range d.DS.Records {
			rr, err := dns.NewRR(line)
			if ds, ok := rr.(*dns.DS); err == nil && ok && (ds.DigestType == dns.SHA1 || ds.DigestType == dns.SHA256 || ds.DigestType == dns.SHA384) {
				list = append(list, ds)
			}
		}
	}
	return list
}

// Vouched tells whether the parent has a DS record for the zone that counts.
func Vouched(all []Delegation) bool { return len(vouched(all)) > 0 }

// JudgeSigned says what it means that an address of a name server gives these keys, where the parent refers to the zone so.
func JudgeSigned(z *zonefile.Zone, parent []Delegation, s Signed, now time.Time) Result {
	r := judge(z, s.Target, "DNSKEY, for the DS record of the parent", now)
	const lost = "the parent has a DS record: who validates gets no answer, and senders keep the mail"
	const fix = "sign the zone with a key of the DS record, or let the registrar take that out"
	if s.Err != nil {
		return r.end(Unknown, "", "no sure answer to DNSKEY: "+s.Err.Error(), "")
	}
	fault := "no DNSKEY record"
	var keys []dns.RR
	for _, rr := range s.sets {
		if rr.Header().Rrtype == dns.TypeDNSKEY {
			keys, fault = append(keys, rr), "no DNSKEY record is that of the DS record"
		}
	}
	for _, rr := range keys {
		key := rr.(*dns.DNSKEY)
		for _, ds := range vouched(parent) {
			if is := key.ToDS(ds.DigestType); is == nil || is.KeyTag != ds.KeyTag || is.Algorithm != ds.Algorithm || !strings.EqualFold(is.Digest, ds.Digest) {
				continue
			}
			if fault = s.unsigned(key, keys, now); fault == "" {
				return r.end(OK, "signed by the key of the DS record", "", "")
			}
		}
	}
	return r.end(Bad, fault, lost, fix)
}

// unsigned is why a key does not sign the keys of its zone, "" if it does.
func (s Signed) unsigned(key *dns.DNSKEY, keys []dns.RR, now time.Time) string {
	fault := "the key of the DS record signs nothing"
	for _, rr := range s.sets {
		sig, ok := rr.(*dns.RRSIG)
		switch {
		case !ok || sig.TypeCovered != dns.TypeDNSKEY || sig.KeyTag != key.KeyTag():
		case sig.Verify(key, keys) != nil:
			fault = "the signature of DNSKEY does not fit"
		case !sig.ValidityPeriod(now):
			fault = "the signature of DNSKEY has expired, or is not valid yet"
		default:
			return ""
		}
	}
	return fault
}
