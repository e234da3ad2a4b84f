package shapes

// A hosting company's zone: two or three MX a domain, hosts with A and AAAA, SPF, DMARC and DKIM, comments, blank owners,
// $ORIGIN blocks and TTL units.

import (
	"fmt"
	"strconv"
)

// hosting makes the zone.
func hosting(g *generator, n int) {
	g.line("$TTL 1d\n@\tIN SOA ns1 hostmaster (\n\t\t\t2026112101 ; serial\n\t\t\t3h 1h 4w 1h )\n\tNS ns1\n\tNS ns2\nns1\tA 192.0.2.1\nns2\tA 192.0.2.2\n")
	g.records = 5
	for i := 0; g.records < n; i++ {
		g.domain(i)
	}
}

// domain writes one customer's domain.
func (g *generator) domain(i int) {
	name := fmt.Sprintf("cust%06d", i)
	if i%10 == 9 {
		g.line("; customer %d, contract %08x\n$ORIGIN %s.big.example.\n", i, g.rnd.Uint32(), name)
		name = "@"
	}
	ttl := []string{"", "", "3600\t", "1h30m\t", "1d\t"}[g.rnd.IntN(5)]
	host := func(h string) string {
		if name == "@" {
			return h
		}
		return h + "." + name
	}
	mx := 2 + g.rnd.IntN(2)
	for k := range mx {
		owner := ""
		if k == 0 {
			owner = name
		}
		g.record("%s\t%sIN\tMX\t%d %s\n", owner, ttl, 10*(k+1), host("mx"+strconv.Itoa(k+1)))
	}
	g.record("\tIN\tTXT\t\"v=spf1 mx ip4:198.51.%d.0/24 -all\"\n", g.rnd.IntN(256))
	for k := range mx {
		g.record("%s\tIN\tA\t198.51.%d.%d\n", host("mx"+strconv.Itoa(k+1)), g.rnd.IntN(256), g.rnd.IntN(256))
		if g.rnd.IntN(2) == 0 {
			g.record("\tIN\tAAAA\t2001:db8:%x::%x\n", g.rnd.IntN(65536), k+1)
		}
	}
	g.record("%s\tTXT\t\"v=DMARC1; p=reject; rua=mailto:dmarc@big.example\"\n", host("_dmarc"))
	key := g.dkimKey()
	g.record("%s\tTXT\t( \"v=DKIM1; k=rsa; \" ; key %d\n\t\t\"p=%s\"\n\t\t\"%s\" )\n", host("s1._domainkey"), i, key[:200], key[200:])
	g.record("%s\tCNAME\t%s\n", host("www"), host("web"))
	g.record("%s\tA\t203.0.113.%d ; web\n", host("web"), g.rnd.IntN(256))
	if name == "@" {
		g.line("$ORIGIN big.example.\n\n")
	}
}
