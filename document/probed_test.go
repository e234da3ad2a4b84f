package document

// A server on this machine is asked what rules want to know, within limits, however many addresses and names its owner
// has made up.

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/testdata/nameserver"
	"github.com/mailzone/mailzone/zonefile"
)

// mailZone is a zone with records.
func mailZone(origin, records string) *zonefile.Zone {
	return zonefile.Parse("db."+strings.TrimSuffix(origin, "."), []byte("$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ NS ns1\nns1 A 203.0.113.53\n"+
		"@ TXT \"v=spf1 -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n"+records), zonefile.Options{Origin: zonefile.Name(origin)})
}

// claims is what is said about exchanges and their addresses.
func claims(p Probed, zones ...*zonefile.Zone) (out []string) {
	for _, d := range lint.Run(zones, lint.Options{Outside: p.Outside}) {
		if strings.HasPrefix(d.Rule.Name, "mx-target") || strings.HasPrefix(d.Rule.Name, "ptr-") {
			out = append(out, d.Rule.Name+": "+d.Message)
		}
	}
	return out
}

// What was answered, what was not, and what there was no time for; rules claim only what was answered.
func TestAskDNS(t *testing.T) {
	s := nameserver.Start(t, "mx.provider.net. A 62.96.4.1\n1.4.96.62.in-addr.arpa. PTR mx.provider.net.\n")
	z := mailZone("example.com.", "@ MX 10 mx.provider.net.\na MX 10 servfail.provider.net.\nb MX 10 gone.provider.net.\n")
	p := AskDNS(context.Background(), []netip.AddrPort{s.At}, []*zonefile.Zone{z}, lint.Options{}, nil)
	if len(p.Asked) != 7 || len(p.Failed) != 2 || len(p.Late)+len(p.Beyond)+len(p.Crowded) > 0 {
		t.Errorf("asked %v, failed %v, late %v, beyond %v, crowded %v", p.Asked, p.Failed, p.Late, p.Beyond, p.Crowded)
	}
	if got := claims(p, z); len(got) != 1 || !strings.Contains(got[0], `"gone.provider.net." does not exist`) {
		t.Errorf("claims %q", got)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	p = AskDNS(ended, []netip.AddrPort{s.At}, []*zonefile.Zone{z}, lint.Options{}, nil)
	if len(p.Asked) != 0 || len(p.Late) != 6 || len(claims(p, z)) > 0 {
		t.Errorf("asked %v, not asked %v, claims %v", p.Asked, p.Late, claims(p, z))
	}
}

// crowd is a host with 3,000 addresses, each of which leads back to 600 names.
func crowd() string {
	var b strings.Builder
	for i := range 3000 {
		fmt.Fprintf(&b, "big.p0.net. A 62.%d.%d.1\n", 96+i/256, i%256)
		fmt.Fprintf(&b, "1.%d.%d.62.in-addr.arpa. CNAME big.provider.net.\n", i%256, 96+i/256)
	}
	for i := range 600 {
		fmt.Fprintf(&b, "big.provider.net. PTR h%d.provider.net.\n", i)
	}
	return b.String()
}

// A zone has a limit, and each zone its own: what is beyond is counted and told, and nothing is claimed about it.
func TestAskDNSLimits(t *testing.T) {
	s := nameserver.Start(t, crowd()+`mx.provider.net. A 62.1.4.1
1.4.1.62.in-addr.arpa. PTR mx.provider.net.
gone.provider.net. TXT "no address"
`)
	var many strings.Builder
	for i := range 200 {
		fmt.Fprintf(&many, "c%d MX 10 gone.p%d.net.\n", i, i)
	}
	evil := mailZone("example.com.", "@ MX 10 big.p0.net.\n@ MX 20 big.p0.net.\n")
	full := mailZone("example.net.", many.String())
	good := mailZone("example.org.", "@ MX 10 mx.provider.net.\na MX 10 gone.provider.net.\n")
	zones := []*zonefile.Zone{evil, full, good}
	p := AskDNS(context.Background(), []netip.AddrPort{s.At}, zones, lint.Options{}, nil)
	addresses, names := 0, 0
	for _, line := range s.Heard() {
		if strings.HasSuffix(line, " PTR") {
			addresses++
		} else if strings.HasPrefix(line, "h") {
			names++
		}
	}
	if addresses != lint.MaxReverse+1 || p.Crowded["big.p0.net."] != 3000 || len(p.Crowded) != 1 {
		t.Errorf("asked the way back from %d addresses, and tells %v", addresses, p.Crowded)
	}
	if names != 2*lint.MaxReverse || len(s.Heard()) != len(p.Asked) {
		t.Errorf("asked about %d names, heard %d, says %d", names, len(s.Heard()), len(p.Asked))
	}
	if len(p.Beyond) != 1 || p.Beyond[0] != (Beyond{full, 2*200 - MaxQuestions}) {
		t.Errorf("beyond the limit: %v", p.Beyond)
	}
	if got := claims(p, evil); len(got) > 0 {
		t.Errorf("of a crowd it claims %q", got)
	}
	if got := claims(p, good); len(got) != 1 || !strings.Contains(got[0], `"gone.provider.net." has neither`) {
		t.Errorf("of a zone beside full ones it claims %q", got)
	}
	if got := claims(p, full); len(got) != MaxQuestions/2 {
		t.Errorf("claims about %d exchanges, and %d were asked about", len(got), MaxQuestions/2)
	}
}

// Addresses that lead back to many names each reach the limit of a zone, and no more is asked.
func TestAskDNSHostile(t *testing.T) {
	var records strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&records, "big.provider.net. A 62.%d.%d.1\n", 96+i/256, i%256)
		for n := range 30 {
			fmt.Fprintf(&records, "1.%d.%d.62.in-addr.arpa. PTR h%d-%d.provider.net.\n", i%256, 96+i/256, i, n)
		}
	}
	s := nameserver.Start(t, records.String())
	z := mailZone("example.com.", "@ MX 10 big.provider.net.\n")
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	p := AskDNS(ctx, []netip.AddrPort{s.At}, []*zonefile.Zone{z}, lint.Options{}, nil)
	if heard := len(s.Heard()); heard != MaxQuestions || len(p.Asked) != MaxQuestions {
		t.Errorf("asked %d questions, and says %d", heard, len(p.Asked))
	}
	// The names of 16 addresses, 16 of each, by two types, and what was asked before them: two of the host, 16 ways back.
	if want := 16*16*2 + 2 + 16 - MaxQuestions; len(p.Beyond) != 1 || p.Beyond[0].Questions != want {
		t.Errorf("beyond the limit: %v, want %d", p.Beyond, want)
	}
	for _, c := range claims(p, z) {
		t.Errorf("claims %s", c)
	}
}
