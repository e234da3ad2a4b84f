package preview

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

func TestMap(t *testing.T) {
	eachCase(t, "map", func(t *testing.T, zones []*zonefile.Zone, words []string) string {
		names := Map(zones[0], zones[1:]...)
		if len(words) > 0 && words[0] == "outliers" {
			names = ByRoute(names)
		}
		var b strings.Builder
		for _, n := range names {
			record := mailRecord(zones[0].Node(n.Name), zones[0].Origin())
			fmt.Fprintf(&b, "%s (%s %s)\n", renderMailbox(n), record.Type(), record.Place())
		}
		return b.String()
	})
}

// renderMailbox is an entry of the map as the cases write it.
func renderMailbox(b Mailbox) string {
	text := Display(b.Name) + " " + b.How.String()
	if b.How == ByAlias {
		text += " of " + Display(b.Leads)
	}
	return fmt.Sprintf("%s, route %d", text, b.Route)
}

// bigZone has n subdomains that share a route, and one that does not.
func bigZone(tb testing.TB, n int) *zonefile.Zone {
	var b strings.Builder
	b.WriteString("$TTL 300\n@ SOA ns h 1 3600 600 604800 300\n@ NS ns\nns A 192.0.2.53\nmx1 A 192.0.2.1\nmx2 A 192.0.2.2\n")
	for i := range n {
		fmt.Fprintf(&b, "d%d MX 10 mx1\n\tMX 20 mx2\n", i)
	}
	b.WriteString("odd MX 10 mx2\n\tMX 20 mx1\n")
	z := zonefile.Parse("db.example.com", []byte(b.String()), zonefile.Options{Origin: "example.com."})
	for p := range z.Errors() {
		tb.Fatal(p)
	}
	return z
}

func TestMapOutlier(t *testing.T) {
	names := ByRoute(Map(bigZone(t, 1000)))
	if len(names) != 1001 || names[0].Name != "odd.example.com." || names[0].Route != 2 || names[1].Route != 1 {
		t.Errorf("%d names, the first %v", len(names), names[0])
	}
}

func BenchmarkMap(b *testing.B) {
	z := bigZone(b, 100_000)
	Map(z)
	b.ReportAllocs()
	for b.Loop() {
		Map(z)
	}
}

func BenchmarkRoute(b *testing.B) {
	z := bigZone(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		Route([]*zonefile.Zone{z}, Query{Domain: "d500.example.com."})
	}
}

// TestAskerSaysWhatMapperSays asks of a zone for each name until it has been read, and goes on.
func TestAskerSaysWhatMapperSays(t *testing.T) {
	z := parse(t, "example.com", `$TTL 300
@ SOA ns h 1 3600 600 604800 300
@ NS ns
@ MX 10 mx1
@ MX 20 itself
itself MX 10 itself
own A 192.0.2.2
own MX 10 own
ns A 192.0.2.53
mx1 A 192.0.2.1
sip A 192.0.2.5
_sip._tcp SRV 0 0 5060 sip
www CNAME shop
to-server CNAME mx1
shop A 192.0.2.80
sub NS ns.sub
ns.sub A 192.0.2.54
below DNAME example.net.
x.below A 192.0.2.8
`)
	all, asker := newMapper(z, nil), newAsker(z, nil)
	for range mostAtOnce {
		for node := range z.Nodes() {
			is, ok := asker.mailbox(node)
			if was, wasOK := all.mailbox(node); is != was || string(asker.key) != string(all.key) || ok != wasOK {
				t.Errorf("%s: %v %q %t, the mapper says %v %q %t", node.Name, is, asker.key, ok, was, all.key, wasOK)
			}
		}
	}
	if asker.hosts == nil {
		t.Error("the zone is asked for ever")
	}
	few := newAsker(z, nil)
	if few.host("mx1.example.com."); few.hosts != nil {
		t.Error("the zone is read for one question")
	}
}

// The map of a small zone takes little: a list of zones makes ten thousand.
func TestMapOfASmallZoneTakesLittle(t *testing.T) {
	const n, most = 200, 8 << 10
	text := []byte("$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ NS ns1\n@ MX 10 mx\nshop MX 10 mx\nns1 A 192.0.2.1\nmx A 192.0.2.3\n")
	var zones []*zonefile.Zone
	for range n {
		zones = append(zones, zonefile.Parse("db", text, zonefile.Options{Origin: "example.com."}))
		zones[len(zones)-1].IndexNames()
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, z := range zones {
		Map(z)
	}
	runtime.ReadMemStats(&after)
	if per := (after.TotalAlloc - before.TotalAlloc) / n; per > most {
		t.Errorf("the map of a zone of %d bytes takes %d", len(text), per)
	} else {
		t.Logf("%d bytes", per)
	}
}
