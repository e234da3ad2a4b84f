package references

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// movedByWalk is Moved by a walk over all hosts of both versions.
func movedByWalk(before, after *zonefile.Zone) (given, lost []HostAddress) {
	all := func(z *zonefile.Zone) (out []HostAddress) {
		var hosts []zonefile.Name
		for r := range z.RecordsOf(zonefile.TypeMX) {
			if h, ok := r.Target(); ok && !slices.Contains(hosts, h) && h.Within(z.Origin()) {
				hosts = append(hosts, h)
			}
		}
		for _, h := range hosts {
			for _, a := range addresses(z, h) {
				out = append(out, HostAddress{h, a})
			}
		}
		return out
	}
	isLost := func(a netip.Addr) bool {
		for r := range before.RecordsOf(zonefile.TypeA, zonefile.TypeAAAA) {
			if had, ok := r.Addr(); ok && had.Unmap() == a && !slices.Contains(addresses(after, r.Owner()), a) {
				return true
			}
		}
		return false
	}
	was, is := all(before), all(after)
	for _, x := range is {
		if isLost(x.Address) || !slices.Contains(was, x) {
			given = append(given, x)
		}
	}
	for _, x := range was {
		taken := slices.ContainsFunc(is, func(y HostAddress) bool { return y.Address == x.Address })
		if !taken && !isOwn(x.Address) && !slices.Contains(addresses(after, x.Host), x.Address) {
			lost = append(lost, x)
		}
	}
	return firstOfEach(given), lost
}

// What a change moves is found by what differs, and is what a walk over all hosts finds: of versions that an edit parts, as of those that
// have nothing in common.
func TestMovedAsByAWalk(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 12))
	line := func() string {
		host := fmt.Sprintf("m%d", r.IntN(6))
		switch r.IntN(6) {
		case 0, 1:
			return fmt.Sprintf("%s MX %d m%d", []string{"@", "sub", "*"}[r.IntN(3)], r.IntN(3), r.IntN(7))
		case 2:
			return fmt.Sprintf("%s AAAA 2001:db8::%d", host, r.IntN(4))
		case 3:
			return []string{"$TTL 1h", "$ORIGIN example.com.", "$ORIGIN sub.example.com.", "@ MX 5 elsewhere.example.net.", "m1 A 127.0.0.1", "m2 A 192.0.2.300", "\tA 203.0.113.1"}[r.IntN(7)]
		}
		return fmt.Sprintf("%s A 203.0.113.%d", host, r.IntN(5))
	}
	parse := func(lines []string) *zonefile.Zone {
		text := "$TTL 1h\n@ SOA ns h 1 1h 15m 1w 1h\n" + strings.Join(lines, "\n") + "\n"
		return zonefile.Parse("db", []byte(text), zonefile.Options{Origin: "example.com."})
	}
	given, lost := 0, 0
	for round := range 3000 {
		was := make([]string, 3+r.IntN(20))
		for i := range was {
			was[i] = line()
		}
		before := parse(was)
		is := slices.Clone(was)
		for range 1 + r.IntN(3) {
			switch i := r.IntN(len(is)); r.IntN(3) {
			case 0:
				is[i] = line()
			case 1:
				is = slices.Insert(is, i, line())
			case 2:
				is = append(slices.Delete(is, i, i+1), line())
			}
		}
		after := parse(is)
		if edits := before.Between(after); r.IntN(2) == 0 { // a version that shares with the one before what no edit touches
			next, err := before.Apply(edits...)
			if err != nil {
				t.Fatal(err)
			}
			after = next
		}
		g, l := Moved(before, after)
		wantG, wantL := movedByWalk(before, after)
		if !slices.Equal(g, wantG) || !slices.Equal(l, wantL) {
			t.Fatalf("round %d: given %v, want %v; lost %v, want %v\n%s\n%s", round, g, wantG, l, wantL, before.Root().Bytes(), after.Root().Bytes())
		}
		given, lost = given+len(g), lost+len(l)
	}
	if given < 1000 || lost < 300 {
		t.Errorf("only %d given and %d lost", given, lost)
	}
}
