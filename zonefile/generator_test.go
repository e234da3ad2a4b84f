package zonefile

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"testing"
)

// The zones of the benchmarks are made, not stored: a hosting company's, with two or three MX a domain,
// hosts with A and AAAA, SPF, DMARC and DKIM, comments, blank owners, $ORIGIN blocks and TTL units. The same
// number of records always gives the same bytes.

// bigZone makes a zone of at least n records under big.example.
func bigZone(n int) []byte { return seededZone(n, 2) }

// seededZone is bigZone with other dice.
func seededZone(n int, seed uint64) []byte {
	g := generator{rnd: rand.New(rand.NewPCG(1, seed))}
	g.line("$TTL 1d\n@\tIN SOA ns1 hostmaster (\n\t\t\t2026112101 ; serial\n\t\t\t3h 1h 4w 1h )\n\tNS ns1\n\tNS ns2\nns1\tA 192.0.2.1\nns2\tA 192.0.2.2\n")
	g.records = 5
	for domain := 0; g.records < n; domain++ {
		g.domain(domain)
	}
	return g.out.Bytes()
}

// generator writes a zone.
type generator struct {
	out     bytes.Buffer
	rnd     *rand.Rand
	records int
}

// line writes text that is no record of its own.
func (g *generator) line(format string, args ...any) { fmt.Fprintf(&g.out, format, args...) }

// record writes one record.
func (g *generator) record(format string, args ...any) {
	g.records++
	fmt.Fprintf(&g.out, format, args...)
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

// dkimKey is a public key of 2048 bits as a DKIM record holds it: the DER frame of one around a random modulus.
func (g *generator) dkimKey() string {
	der := []byte("\x30\x82\x01\x22\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00\x03\x82\x01\x0f\x00\x30\x82\x01\x0a\x02\x82\x01\x01\x00")
	for range 32 {
		der = binary.BigEndian.AppendUint64(der, g.rnd.Uint64()|1<<63|1)
	}
	return base64.StdEncoding.EncodeToString(append(der, "\x02\x03\x01\x00\x01"...))
}

// benchSizes are the zones that growth is measured on.
var benchSizes = []int{10_000, 100_000, 1_000_000}

// BenchmarkLoad reads a zone: entries, owners, TTLs, errors and the index.
func BenchmarkLoad(b *testing.B) {
	for _, n := range benchSizes {
		src := bigZone(n)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				loadAll(src)
			}
		})
	}
}

// loadAll is all that opening a zone needs.
func loadAll(src []byte) *Zone {
	z := Parse("big", src, Options{Origin: "big.example."})
	for p := range z.Errors() {
		panic(p.String())
	}
	z.Node("big.example.")
	return z
}

// BenchmarkScan only cuts a zone into entries.
func BenchmarkScan(b *testing.B) {
	src := bigZone(100_000)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		scanParts(src, 1, chunkBytes)
	}
}

// BenchmarkEdit changes one preference in the middle of a zone and looks the names up that a screen shows.
func BenchmarkEdit(b *testing.B) {
	for _, n := range benchSizes {
		z := loadAll(bigZone(n))
		mx := middleMX(z)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := editOnce(z, mx); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestBigZoneLoads wants the zone of the benchmarks to be one that BIND loads, with the same records.
func TestBigZoneLoads(t *testing.T) {
	needOracle(t)
	path := filepath.Join(t.TempDir(), "big.zone")
	src := bigZone(3000)
	if err := os.WriteFile(path, src, 0o600); err != nil {
		t.Fatal(err)
	}
	want, refusal := oracle(t, path, "big.example.")
	got := loadedLines(loadAll(src))
	if refusal != "" || differ(want, got) != "" || len(got) < 3000 {
		t.Errorf("%d records: %s\n%s", len(got), refusal, differ(want, got))
	}
}
