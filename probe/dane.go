package probe

// What senders that know DANE do with a host (RFC 7672): its TLSA records, if they are signed, say which certificate it has to show.

import (
	"errors"
	"strings"
	"time"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// tlsaOf is the records of an answer, whatever aliases led to them. One without a digest is none for a zone file, and comes all the same.
func tlsaOf(a Answer) (list []policy.TLSA) {
	for _, line := range a.Records {
		f := strings.Fields(line) // as package dns prints it: owner, TTL, class, type, data
		if len(f) < 7 || f[3] != "TLSA" {
			continue
		}
		t, _ := policy.ReadTLSA(f[4:])
		list = append(list, t)
	}
	return list
}

// JudgeDANE says what it means for senders that know DANE how a host answered, if it has TLSA records; ok is false where it has none, and
// nothing is demanded. Trusted tells that who answered is trusted to have validated what it calls authentic.
func JudgeDANE(m Mail, d Dialogue, a Answer, trusted bool, now time.Time) (r Result, ok bool) {
	taken := m.taken(d, now)
	r = taken
	r.Policy, r.Asked, r.Until = "dane", "TLSA, and port 25", time.Time{}
	var code rcode
	switch {
	case errors.As(a.Err, &code) && m.emptyDigest(d):
		return r.end(Bad, "the answer for TLSA is "+string(code)+", and the zone has a record with an empty digest", "senders with DANE keep the mail", "remove the record"), true
	case errors.As(a.Err, &code):
		return r.end(Bad, "the answer for TLSA is "+string(code), "senders with DANE keep the mail, and try again later", "look into the signatures of the zone, and its records"), true
	case a.Err != nil:
		return r.end(Unknown, "", "TLSA: "+a.Err.Error()+": nothing can be said", ""), true
	}
	list := tlsaOf(a)
	switch {
	case len(list) == 0:
		return r, false
	case !a.Authentic:
		r = r.end(OK, "TLSA records in a zone that is not signed, as far as the resolver says", "they have no effect", "sign the zone")
	case !trusted:
		return r.end(Unknown, "", "the resolver calls the TLSA records authentic, and is not on this machine: --trust-ad believes it", ""), true
	default:
		r = r.dane(list, d, now)
	}
	if r.State == OK && taken.State != OK { // what senders demand is well, and the host takes no mail
		return r.end(taken.State, taken.Seen, taken.Means, taken.Fix), true
	}
	return r, true
}

// emptyDigest tells whether the zone has a TLSA record without a digest for a host: resolvers do not take it for an answer.
func (m Mail) emptyDigest(d Dialogue) bool {
	for _, r := range m.Zone.Lookup("_25._tcp."+d.realName(), zonefile.TypeTLSA).Records {
		if len(r.RData()) == 3 {
			return true
		}
	}
	return false
}

// dane is the result of signed TLSA records.
func (r Result) dane(list []policy.TLSA, d Dialogue, now time.Time) Result {
	var usable []policy.TLSA
	var useless []string
	for _, t := range list {
		if t.DigestSize() > 0 && len(t.Data) == 0 {
			return r.end(Bad, "TLSA "+t.Numbers()+" has an empty digest", "senders with DANE keep the mail", "remove the record")
		}
		if why := t.Useless(); why != "" {
			useless = append(useless, why)
			continue
		}
		usable = append(usable, t)
	}
	switch {
	case !d.EHLO.is(2) && !d.HELO.is(2):
		return r // as it is for everybody
	case d.TLS == "":
		return r.end(Bad, "TLSA records, and no STARTTLS that works", "senders with DANE keep the mail: it is never sent in the clear", "offer STARTTLS, or remove the records")
	case len(usable) == 0:
		return r.end(OK, d.TLS+"; no TLSA record counts: "+strings.Join(useless, ", "), "TLS is demanded, and no certificate", "write 3 1 1 records")
	case d.oldTLS():
		return r.end(Bad, d.TLS+" alone", "senders that verify certificates refuse it, and keep the mail", "let the host speak TLS 1.2 or 1.3")
	}
	why := []string{}
	for _, t := range usable {
		identity, fault := policy.IdentityOf(d.chain), ""
		for _, host := range []zonefile.Name{d.realName(), d.Host} { // the certificate may name either (RFC 7672 §3.2.2)
			if fault = identity.Fault(t, bare(host), now); fault == "" {
				break
			}
		}
		if fault == "" {
			return r.end(OK, "TLSA "+t.Numbers()+" matches the certificate", "", "")
		}
		why = append(why, t.Numbers()+" "+fault)
	}
	return r.end(Bad, "no TLSA record matches: "+strings.Join(why, ", "), "senders with DANE keep the mail, and try again later", "publish the digest of the certificate that is shown")
}
