package document

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/probe"
	"github.com/mailzone/mailzone/zonefile"
)

// Of a host eight addresses are asked, about a zone two hundred destinations, and what is beyond is told of each; what is asked already
// counts once.
func TestHowMuchIsAsked(t *testing.T) {
	z := zonefile.Parse("db", []byte("$TTL 1h\n@ SOA ns1 h 1 1h 15m 1w 1h\n@ NS ns1\n"), zonefile.Options{Origin: "example.com."})
	c := Checking{Zone: z, Now: time.Now}.open()
	hosts := func(of string, many, each int) (list []probe.Target) {
		for h := range many {
			for i := range each {
				list = append(list, probe.Target{Host: zonefile.Name(fmt.Sprintf("%s%d.example.com.", of, h)), Address: netip.AddrFrom4([4]byte{8, of[0], byte(h), byte(i)})})
			}
		}
		return list
	}
	nobody := func(netip.Addr) string { return "" }
	for _, tt := range []struct {
		kind   string
		list   []probe.Target
		barred func(netip.Addr) string
		asked  int
		why    string // of those that are not asked
	}{
		{"dns", hosts("ns", 1, 10), nobody, 8, "8 addresses of the host stand before it"},
		{"dns", hosts("ns", 13, 8), nobody, 104, ""},
		{"dns", hosts("ns", 13, 8), nobody, 104, ""},
		{"smtp", hosts("local", 2, 8), func(netip.Addr) string { return "no way" }, 0, "no way"},
		{"smtp", hosts("mx", 20, 8), nobody, 96, "200 destinations of the zone stand before it"},
		{"sts", hosts("ns", 1, 1), nobody, 0, "200 destinations of the zone stand before it"},
		{"smtp", hosts("mx", 12, 8), nobody, 96, ""},
		{"ptr", hosts("mx", 20, 9), nobody, 160, "8 addresses of the host stand before it"},
	} {
		var out Checked
		asked := c.admitted(tt.kind, tt.list, tt.barred, &out)
		if len(asked) != tt.asked || len(asked)+len(out.Results) != len(tt.list) {
			t.Errorf("%s: %d of %d are asked, %d told, want %d asked", tt.kind, len(asked), len(tt.list), len(out.Results), tt.asked)
		}
		for _, r := range out.Results {
			if r.State != probe.NotAsked || !strings.Contains(r.Says(), tt.why) {
				t.Errorf("%s: %s: %s: %s, want %q", tt.kind, r.Who(), r.State, r.Says(), tt.why)
			}
		}
	}
}

// What is told of a zone with a name server of ten addresses before anything is asked: eight places.
func TestPlacesAreThoseThatAreAsked(t *testing.T) {
	var text strings.Builder
	text.WriteString("$TTL 1h\n@ SOA ns1 h 1 1h 15m 1w 1h\n@ NS ns1\n@ MX 10 ns1\n")
	for i := range 10 {
		fmt.Fprintf(&text, "ns1 A 203.0.113.%d\n", i+1)
	}
	z := zonefile.Parse("db", []byte(text.String()), zonefile.Options{Origin: "example.com."})
	c := Checking{Zone: z, Now: time.Now}
	if known, unknown := c.Places(); len(known) != 8 || len(unknown) > 0 {
		t.Errorf("%d places, and %v", len(known), unknown)
	}
	for _, kind := range []string{"dns", "smtp"} {
		if list := c.Destinations(kind); len(list) != 1 || len(list[0].Addresses) != 8 {
			t.Errorf("%s: %v", kind, list)
		}
	}
}
