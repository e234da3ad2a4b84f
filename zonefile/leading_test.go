package zonefile

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"
)

// leadingZone is a zone of many chunks in which names are written in every way.
func leadingZone(r *rand.Rand, names int) string {
	var b strings.Builder
	b.WriteString("$TTL 1h\n@ SOA ns1 h 1 2 3 4 5\n@ NS ns1\nns1 A 192.0.2.1\n")
	host := func() string {
		n := fmt.Sprintf("m%d", r.Intn(names))
		switch r.Intn(8) {
		case 0:
			return n + ".Example.COM."
		case 1:
			return `\109` + n[1:]
		case 2:
			return n + ".sub" + fmt.Sprint(r.Intn(40))
		case 3:
			return "a.b." + n + ".example.net."
		case 4:
			return "@"
		}
		return n
	}
	for i := range names {
		switch r.Intn(9) {
		case 0:
			fmt.Fprintf(&b, "c%d CNAME %s\n", i, host())
		case 1:
			fmt.Fprintf(&b, "$ORIGIN sub%d.example.com.\n", i%40)
		case 2:
			fmt.Fprintf(&b, "$ORIGIN example.com.\nx%d TXT \"MX 10 m1\"\n", i)
		case 3:
			fmt.Fprintf(&b, "_imap._tcp.n%d SRV 0 1 143 %s\nd%d NS %s\n", i, host(), i, host())
			fmt.Fprintf(&b, "m%d A 192.0.2.1\n", i)
		default:
			fmt.Fprintf(&b, "n%d MX 10 %s\n MX 20 %s\n", i, host(), host())
		}
	}
	return b.String()
}

// Concerned leaves out nothing: every record that leads to a name, or to another or below it, and every one at that or below it.
func TestConcerned(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	z := Parse("db", []byte(leadingZone(r, 20_000)), Options{Origin: "example.com."})
	all, looked, needed := 0, 0, 0
	for range z.Records() {
		all++
	}
	for range 12 {
		name := Name(fmt.Sprintf("m%d.example.com.", r.Intn(20_000)))
		var tops []Name
		if r.Intn(2) == 0 {
			tops = []Name{Name(fmt.Sprintf("m%d.example.net.", r.Intn(20_000))), Name(fmt.Sprintf("n%d.example.com.", r.Intn(20_000)))}
		}
		wants := func(rec Record) bool {
			target, ok := rec.Target()
			leads := ok && slices.Contains([]Type{TypeMX, TypeCNAME, TypeNS, TypeSRV}, rec.Type())
			found := leads && target == name
			for _, top := range tops {
				found = found || leads && target.Within(top) || rec.Owner().Within(top)
			}
			return found
		}
		want := map[Record]bool{}
		for rec := range z.Records() {
			if wants(rec) {
				want[rec] = true
			}
		}
		needed += len(want)
		for rec := range z.Concerned([]Name{name}, tops) {
			delete(want, rec)
			looked++
		}
		for rec := range want {
			t.Fatalf("%s, %s: %q is left out", name, tops, rec.Text())
		}
	}
	if needed == 0 || looked > 12*all/4 {
		t.Errorf("%d records are looked at for %d, and the zone has %d", looked, needed, all)
	}
}

// What leads below very many names is found in the time that few take: each record is asked for once, not once for each of them.
func TestLeadingBelowMany(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	z := Parse("db", []byte(leadingZone(r, 20_000)), Options{Origin: "example.com."})
	tops := func(n int) (list []Name) {
		for i := range n {
			list = append(list, Name(fmt.Sprintf("d%d.example.com.", i)), Name(fmt.Sprintf(`x\.%d.example.com.`, i)))
		}
		return list
	}
	took := func(n int) time.Duration {
		list, least := tops(n), time.Hour
		for range 4 {
			from := time.Now()
			for range z.Leading(nil, list) {
			}
			least = min(least, time.Since(from))
		}
		return least
	}
	z.IndexLeads()
	if few, many := took(mostMarked), took(16*mostMarked); many > 6*few {
		t.Errorf("below %d names it takes %s, below 16 times as many %s", 2*mostMarked, few, many)
	}
}

// A record is below names where its owner is one of them or below it, whatever is escaped.
func TestBelow(t *testing.T) {
	src := "$TTL 1h\n@ SOA ns1 h 1 2 3 4 5\na A 192.0.2.1\n\tTXT x\n\\097 A 192.0.2.2\nb.a A 192.0.2.3\nb\\.a A 192.0.2.4\nx.b\\.a A 192.0.2.5\nA.B A 192.0.2.6\nba A 192.0.2.7\n" +
		"$ORIGIN b\\.a.example.com.\n@ A 192.0.2.8\nc A 192.0.2.9\n$ORIGIN .\nexample.com A 192.0.2.10\n. A 192.0.2.11\n"
	z := Parse("db", []byte(src), Options{Origin: "example.com."})
	all := []Name{"a.example.com.", "b.a.example.com.", `b\.a.example.com.`, "example.com.", "b.example.com.", "com.", Root}
	for _, tops := range append([][]Name{nil, all[:2], all[1:4], all[4:6]}, []Name{all[0]}, []Name{all[2]}, []Name{Root}, []Name{all[4]}) {
		b := newBelow(tops)
		for r := range z.Records() {
			want := slices.ContainsFunc(tops, r.Owner().Within)
			if got := b.owns(r.c(), int(r.entry)); got != want {
				t.Errorf("%s below %s: %v", r.Owner(), tops, got)
			}
		}
	}
}
