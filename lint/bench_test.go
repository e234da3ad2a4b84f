package lint_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// hosting makes a hosting company's zone of at least n records: two or three MX a customer, hosts of theirs,
// SPF, DMARC and an alias. One customer in a thousand has a fault.
func hosting(n int) []byte {
	var b bytes.Buffer
	rnd := rand.New(rand.NewPCG(3, 4))
	b.WriteString("$TTL 1d\n@\tIN SOA ns1 hostmaster 2026112101 3h 1h 4w 1h\n\tNS ns1\n\tNS ns2\nns1\tA 62.96.0.1\nns2\tA 85.214.0.2\n")
	for i, records := 0, 5; records < n; i++ {
		name := fmt.Sprintf("cust%06d", i)
		mx := 2 + rnd.IntN(2)
		for k := range mx {
			fmt.Fprintf(&b, "%s\tIN\tMX\t%d mx%d.%s\n", name, 10*(k+1), k+1, name)
			if i%1000 != 500 || k > 0 {
				fmt.Fprintf(&b, "mx%d.%s\tIN\tA\t62.%d.%d.%d\n", k+1, name, rnd.IntN(256), rnd.IntN(256), rnd.IntN(256))
			}
		}
		fmt.Fprintf(&b, "%s\tIN\tTXT\t\"v=spf1 mx ip4:62.96.%d.0/24 -all\"\n", name, rnd.IntN(256))
		fmt.Fprintf(&b, "_dmarc.%s\tTXT\t\"v=DMARC1; p=reject; rua=mailto:dmarc@big.example\"\n", name)
		fmt.Fprintf(&b, "www.%s\tCNAME\tweb.%s\nweb.%s\tA\t85.214.%d.%d\n", name, name, name, rnd.IntN(256), rnd.IntN(256))
		records += 2*mx + 4
	}
	return b.Bytes()
}

// bigZones are the sizes that growth is measured on.
var bigZones = []int{10_000, 100_000, 1_000_000}

// BenchmarkRun is a full run over a zone that is loaded.
func BenchmarkRun(b *testing.B) {
	for _, n := range bigZones {
		src := hosting(n)
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				z := zonefile.Parse("big", src, zonefile.Options{Origin: "big.example."})
				z.Node("big.example.")
				b.StartTimer()
				if found := lint.Run([]*zonefile.Zone{z}, lint.Options{}); len(found) == 0 {
					b.Fatal("nothing found")
				}
			}
		})
	}
}

// BenchmarkAfter is what an edit of one preference costs.
func BenchmarkAfter(b *testing.B) { benchmarkAfter(b, lint.Options{}) }

// BenchmarkAfterInfo is the same where something is worth knowing about every customer, as in the editor.
func BenchmarkAfterInfo(b *testing.B) { benchmarkAfter(b, lint.Options{Info: true}) }

// benchmarkAfter measures the run after an edit.
func benchmarkAfter(b *testing.B, opt lint.Options) {
	for _, n := range bigZones {
		z := zonefile.Parse("big", hosting(n), zonefile.Options{Origin: "big.example."})
		report := lint.Start([]*zonefile.Zone{z}, opt)
		mx := z.RRset("cust000042.big.example.", zonefile.TypeMX)[0]
		edits, err := z.Set(mx, zonefile.Preference, "17")
		if err != nil {
			b.Fatal(err)
		}
		next, err := z.Apply(edits...)
		if err != nil {
			b.Fatal(err)
		}
		next.Node("big.example.")
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				report.After(z, next, edits)
			}
		})
	}
}
