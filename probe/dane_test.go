package probe

import (
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/miekg/dns"

	"github.com/mailzone/mailzone/zonefile"
)

// What senders that know DANE do, by what was seen of one: the records are made by another program's hand.
func TestJudgeDANE(t *testing.T) {
	a := newAuthorities(t)
	chain := func(name string, days int, self, alone bool) (list []*x509.Certificate) {
		for _, der := range a.host(t, name, days, self, alone).Certificate {
			c, err := x509.ParseCertificate(der)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, c)
		}
		return list
	}
	good, other := chain("mx1.example.com", 80, false, false), chain("mx1.example.com", 80, false, false)
	record := func(usage, selector, matching int, c *x509.Certificate) string {
		r := &dns.TLSA{Hdr: dns.RR_Header{Name: "_25._tcp.mx1.example.com.", Rrtype: dns.TypeTLSA, Class: dns.ClassINET}}
		if err := r.Sign(usage, selector, matching, c); err != nil {
			t.Fatal(err)
		}
		return r.String()
	}
	raw := func(data string) string { return "_25._tcp.mx1.example.com. 0 IN TLSA " + data }
	self := chain("other.example.com", -3, true, false)
	wrong, expired, cut := chain("other.example.com", 80, false, false), chain("mx1.example.com", -3, false, false), chain("mx1.example.com", 80, false, true)
	secure := func(list []*x509.Certificate) Dialogue {
		return Dialogue{Target: Target{Host: "mx1.example.com."}, EHLO: SMTPReply{Code: 250}, TLS: "TLS 1.3", chain: list}
	}
	clear, old, silent := secure(nil), secure(good), Dialogue{Target: Target{Host: "mx1.example.com."}, Connect: errClosed}
	clear.TLS, old.TLS = "", "TLS 1.0"
	signed := func(records ...string) Answer {
		return Answer{Result: zonefile.Found, Records: records, Authentic: true}
	}
	unsigned := signed(record(3, 1, 1, other[0]))
	unsigned.Authentic = false
	z := zonefile.Parse("db", []byte("@ 60 SOA ns h 1 1 1 1 1\n"), zonefile.Options{Origin: "example.com."})
	for name, c := range map[string]struct {
		d     Dialogue
		a     Answer
		want  State
		means string
	}{
		"3 1 1 right":              {secure(good), signed(record(3, 1, 1, good[0])), OK, "3 1 1 matches"},
		"3 0 1 right":              {secure(good), signed(record(3, 0, 1, good[0])), OK, "3 0 1 matches"},
		"3 1 2 right":              {secure(good), signed(record(3, 1, 2, good[0])), OK, "3 1 2 matches"},
		"3 1 0 right":              {secure(good), signed(record(3, 1, 0, good[0])), OK, "3 1 0 matches"},
		"3 1 1 wrong":              {secure(good), signed(record(3, 1, 1, other[0])), Bad, "no TLSA record matches: 3 1 1 is of another certificate"},
		"a rollover":               {secure(good), signed(record(3, 1, 1, other[0]), record(3, 1, 1, good[0])), OK, "matches"},
		"self-signed, old, named":  {secure(self), signed(record(3, 1, 1, self[0])), OK, "matches"},
		"2 1 1 of the issuer":      {secure(good), signed(record(2, 1, 1, a.between)), OK, "2 1 1 matches"},
		"2 0 1 of the issuer":      {secure(good), signed(record(2, 0, 1, a.between)), OK, "2 0 1 matches"},
		"2 0 1 that is not sent":   {secure(cut), signed(record(2, 0, 1, a.between)), Bad, "not in the chain"},
		"2 1 1 of another name":    {secure(wrong), signed(record(2, 1, 1, a.between)), Bad, "another name"},
		"2 0 1 and it has expired": {secure(expired), signed(record(2, 0, 1, a.between)), Bad, "expired"},
		"usage 1 alone":            {secure(good), signed(record(1, 1, 1, good[0])), OK, "usage 1"},
		"usage 0 and no TLS":       {clear, signed(record(0, 0, 1, good[0])), Bad, "no STARTTLS"},
		"31 bytes":                 {secure(good), signed(raw("3 1 1 " + strings.Repeat("ab", 31))), OK, "31 bytes"},
		"an empty digest":          {secure(good), signed(raw("3 1 1 ")), Bad, "empty"},
		"not signed":               {secure(good), unsigned, OK, "not signed"},
		"no STARTTLS":              {clear, signed(record(3, 1, 1, good[0])), Bad, "no STARTTLS"},
		"TLS 1.0":                  {old, signed(record(3, 1, 1, good[0])), Bad, "TLS 1.0"},
		"SERVFAIL":                 {secure(good), Answer{Err: rcode("SERVFAIL")}, Bad, "SERVFAIL"},
		"no answer":                {secure(good), Answer{Err: errors.New("no answer in 3 s")}, Unknown, "nothing can be said"},
		"no dialogue":              {silent, signed(record(3, 1, 1, good[0])), Bad, "refused"},
	} {
		r, ok := JudgeDANE(Mail{Zone: z}, c.d, c.a, true, time.Now())
		if !ok || r.State != c.want || !strings.Contains(says(r), c.means) || r.Policy != "dane" {
			t.Errorf("%s: %v %s: %s", name, ok, r.State, says(r))
		}
	}
	if r, ok := JudgeDANE(Mail{Zone: z}, secure(good), signed(record(3, 1, 1, good[0])), false, time.Now()); !ok || r.State != Unknown {
		t.Errorf("who is not trusted: %s: %s", r.State, says(r))
	}
	if r, ok := JudgeDANE(Mail{Zone: z}, secure(good), Answer{Result: zonefile.NoData, Authentic: true}, true, time.Now()); ok {
		t.Errorf("without TLSA: %s", fmt.Sprint(r))
	}
}
