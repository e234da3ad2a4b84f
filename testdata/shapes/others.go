package shapes

// Zones that are no mail hoster's: what stands in them in great numbers is not MX.

import "fmt"

// delegations makes a top-level domain's zone.
func delegations(g *generator, n int) {
	g.line("$TTL 172800\ntld. 3600 IN SOA a.nic.tld. registry.nic.tld. 2026113001 1800 900 604800 3600\n")
	g.line("tld. IN NS a.nic.tld.\ntld. IN NS b.nic.tld.\na.nic.tld. IN A 192.0.2.11\nb.nic.tld. IN A 203.0.113.11\n")
	g.records = 5
	for i := 0; g.records < n; i++ {
		name := fmt.Sprintf("%s%s%07d.tld.", g.one("the", "my", "go", "e"), g.one("shop", "blog", "town", "lab"), i)
		if g.often(5) {
			for k := range 2 {
				g.record("%s IN NS ns%d.%s\n", name, k+1, name)
				g.record("ns%d.%s IN A 198.51.%d.%d\n", k+1, name, g.rnd.IntN(256), g.rnd.IntN(256))
			}
		} else {
			from := g.rnd.IntN(400)
			for k := range 2 + g.rnd.IntN(3) {
				g.record("%s IN NS ns%d.dns%d.example.net.\n", name, k+1, from)
			}
		}
		if g.often(3) {
			g.record("%s 86400 IN DS %d 13 2 %064X\n", name, g.rnd.IntN(65536), g.rnd.Uint64())
		}
	}
}

// reverse makes a reverse zone.
func reverse(g *generator, n int) {
	g.line("$TTL 1d\n@ SOA ns1.example.net. hostmaster.example.net. 2026113001 3h 1h 2w 1h\n  NS ns1.example.net.\n  NS ns2.example.org.\n")
	g.records = 3
	for i := 0; g.records < n; i++ {
		g.line("$ORIGIN %d.%d.10.in-addr.arpa.\n", i&255, i>>8)
		if i%2 == 0 {
			g.line("$GENERATE 0-255 $ PTR dyn-%d-%d-$.pool.example.net.\n", i>>8, i&255)
			g.records += 256
			continue
		}
		for k := range 256 {
			g.record("%d PTR %s%d.%d-%d.example.net.\n", k, g.one("mail", "www", "db", "sw"), k, i>>8, i&255)
		}
	}
}

// parked makes the zone of one host that has many names, all written in full.
func parked(g *generator, n int) {
	g.line("$TTL 3600\nparked.example. IN SOA ns.parked.example. host.parked.example. 2026113001 7200 3600 1209600 3600\n")
	g.line("parked.example. IN NS ns.parked.example.\nns.parked.example. IN A 192.0.2.80\nhost.parked.example. IN A 192.0.2.80\n")
	g.records = 4
	for i := 0; g.records < n; i++ {
		name := fmt.Sprintf("n%07d.parked.example.", i)
		g.record("%s IN A 192.0.2.80\n", name)
		g.record("%s IN MX 10 host.parked.example.\n", name)
		if g.often(4) {
			g.record("www.%s IN CNAME %s\n", name, name)
		}
	}
}

// signed makes a signed zone.
func signed(g *generator, n int) {
	g.line("; File written on Mon Nov 30 08:00:00 2026\n; dnssec_signzone version 9.18.41\n")
	s := signer{g}
	s.set("signed.example.", "SOA", "ns1.signed.example. host.signed.example. (\n\t\t\t\t\t2026113001 ; serial\n\t\t\t\t\t10800      ; refresh (3 hours)\n\t\t\t\t\t3600       ; retry (1 hour)\n\t\t\t\t\t2419200    ; expire (4 weeks)\n\t\t\t\t\t3600       ; minimum (1 hour)\n\t\t\t\t\t)")
	s.set("", "NS", "ns1.signed.example.", "ns2.example.net.")
	s.set("", "TXT", `"v=spf1 -all"`)
	s.set("", "DNSKEY", "257 3 13 (\n\t\t\t\t\t"+g.octets(64)+"\n\t\t\t\t\t) ; KSK; alg = ECDSAP256SHA256 ; key id = 12345")
	s.set("", "NSEC", "ns1.signed.example. NS SOA TXT RRSIG NSEC DNSKEY")
	s.set("ns1.signed.example.", "A", "192.0.2.53")
	s.set("", "NSEC", "t0000000.signed.example. A RRSIG NSEC")
	for i := 0; g.records < n; i++ {
		next := "signed.example."
		if g.records+8 < n {
			next = fmt.Sprintf("t%07d.signed.example.", i+1)
		}
		s.set(fmt.Sprintf("t%07d.signed.example.", i), "A", fmt.Sprintf("198.51.%d.%d", g.rnd.IntN(256), g.rnd.IntN(256)))
		s.set("", "MX", fmt.Sprintf("10 mx%d.example.net.", g.rnd.IntN(100)), "20 mx.example.org.")
		s.set("", "NSEC", next+" A MX RRSIG NSEC")
	}
}

// signer writes RRsets with their signatures.
type signer struct{ g *generator }

// set writes an RRset; the owner is left out where it is that of the one before.
func (s signer) set(owner, typ string, data ...string) {
	for i, d := range data {
		if i > 0 {
			owner = ""
		}
		s.g.record("%s\t3600\tIN %s\t%s\n", owner, typ, d)
	}
	s.g.record("\t\t\t3600\tRRSIG\t%s 13 3 3600 (\n\t\t\t\t\t20261230070000 20261130070000 12345 signed.example.\n\t\t\t\t\t%s )\n", typ, s.g.octets(64))
}
