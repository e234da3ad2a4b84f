package document

import (
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// pointingZone is a zone of a text without its head.
func pointingZone(origin, text string) *zonefile.Zone {
	const head = "$TTL 1h\n@ IN SOA ns1.example.com. h.example.com. 1 1h 15m 1w 1h\n@ IN NS ns1.example.com.\n"
	return zonefile.Parse(origin, []byte(head+text), zonefile.Options{Origin: zonefile.Name(origin + ".")})
}

// What is offered for the address 192.0.2.10 or 2001:db8::10 that mail.example.com gets, by what stands in the reverse zones.
func TestPointers(t *testing.T) {
	before := pointingZone("example.com", "@ IN MX 10 mail\nmail IN A 192.0.2.9\nother IN A 192.0.2.10\nns1 IN A 192.0.2.53\n")
	after := pointingZone("example.com", "@ IN MX 10 mail\nmail IN A 192.0.2.10\nmail IN AAAA 2001:db8::10\nother IN A 192.0.2.11\nns1 IN A 192.0.2.53\n")
	const set = "also set 10.2.0.192.in-addr.arpa. PTR mail.example.com."
	six := zonefile.Backwards(netip.MustParseAddr("2001:db8::10"))
	for name, tt := range map[string]struct {
		zones map[string]string
		apart []zonefile.Name
		want  string
	}{
		"no zone":          {map[string]string{"3.0.192.in-addr.arpa": ""}, nil, ""},
		"nothing there":    {map[string]string{"2.0.192.in-addr.arpa": ""}, nil, set},
		"the same":         {map[string]string{"2.0.192.in-addr.arpa": "10 IN PTR mail.example.com.\n"}, nil, ""},
		"of another now":   {map[string]string{"2.0.192.in-addr.arpa": "10 IN PTR other.example.com.\n"}, nil, set},
		"of nobody":        {map[string]string{"2.0.192.in-addr.arpa": "10 IN PTR gone.example.com.\n"}, nil, set},
		"out of all zones": {map[string]string{"2.0.192.in-addr.arpa": "10 IN PTR mail.example.net.\n"}, nil, ""},
		"two, one right":   {map[string]string{"2.0.192.in-addr.arpa": "10 IN PTR gone.example.com.\n10 IN PTR mail.example.com.\n"}, nil, ""},
		"two wrong": {map[string]string{"2.0.192.in-addr.arpa": "10 IN PTR gone.example.com.\n10 IN PTR away.example.com.\n"}, nil,
			"192.0.2.10 of mail.example.com.: 10.2.0.192.in-addr.arpa. has 2 PTR records, and none of their names has the address: change them by hand"},
		"made":               {map[string]string{"2.0.192.in-addr.arpa": "$GENERATE 1-20 $ IN PTR h$.example.com.\n"}, nil, "192.0.2.10 of mail.example.com.: the PTR record at 10.2.0.192.in-addr.arpa. is made by a $GENERATE: change that by hand"},
		"by a wildcard":      {map[string]string{"2.0.192.in-addr.arpa": "* IN PTR any.example.com.\n"}, nil, set},
		"deepest":            {map[string]string{"192.in-addr.arpa": "2.0 IN NS ns1.example.com.\n", "2.0.192.in-addr.arpa": ""}, nil, set},
		"delegated away":     {map[string]string{"192.in-addr.arpa": "2.0 IN NS ns.example.net.\n"}, nil, ""},
		"not to be written":  {map[string]string{"192.in-addr.arpa": ""}, []zonefile.Name{"2.0.192.in-addr.arpa."}, ""},
		"RFC 2317":           {map[string]string{"2.0.192.in-addr.arpa": "10 IN CNAME 10.0/26\n", "0/26.2.0.192.in-addr.arpa": ""}, nil, "also set 10.0/26.2.0.192.in-addr.arpa. PTR mail.example.com."},
		"RFC 2317 of others": {map[string]string{"2.0.192.in-addr.arpa": "10 IN CNAME 10.0/26\n0/26 IN NS ns.example.net.\n"}, nil, ""},
		"nibbles":            {map[string]string{"8.b.d.0.1.0.0.2.ip6.arpa": ""}, nil, "also set " + string(six) + " PTR mail.example.com."},
	} {
		in := references.Reverse{Apart: tt.apart}
		for origin, text := range tt.zones {
			in.Zones = append(in.Zones, pointingZone(origin, text))
		}
		var got []string
		given, _ := references.Moved(before, after)
		for _, p := range in.Pointers(after, given) {
			got = append(got, p.String())
		}
		if said := strings.Join(got, "\n"); said != tt.want {
			t.Errorf("%s: %q, want %q", name, said, tt.want)
		}
	}
}

// What is offered for the address that mail.example.com loses, by what stands in the reverse zone, and what --ptr takes of that.
func TestStalePointers(t *testing.T) {
	const was = "@ IN MX 10 mail\nmail IN A 192.0.2.9\nns1 IN A 192.0.2.53\n"
	const moved, gone = "@ IN MX 10 mail\nmail IN A 192.0.2.10\nns1 IN A 192.0.2.53\n", "@ IN MX 10 mx.example.net.\nns1 IN A 192.0.2.53\n"
	const no = "also take out 9.2.0.192.in-addr.arpa. PTR mail.example.com."
	for name, tt := range map[string]struct{ after, reverse, want, becomes string }{
		"moved":              {moved, "9 IN PTR mail.example.com.\n", no, ""},
		"gone":               {gone, "9 IN PTR mail.example.com.\n", no, ""},
		"one of two":         {moved, "9 IN PTR mail.example.com.\n9 IN PTR www.example.com.\n", no, "9 IN PTR www.example.com.\n"},
		"of another":         {moved, "9 IN PTR www.example.com.\n", "", ""},
		"none":               {moved, "8 IN PTR mail.example.com.\n", "", ""},
		"by a wildcard":      {moved, "* IN PTR mail.example.com.\n", "", ""},
		"made":               {moved, "$GENERATE 9-9 $ IN PTR mail.example.com.\n", "192.0.2.9 of mail.example.com.: the PTR record at 9.2.0.192.in-addr.arpa. leads to it no more, and is made by a $GENERATE: change that by hand", ""},
		"an alias now":       {"@ IN MX 10 mx\nmx IN A 192.0.2.10\nmail IN CNAME old\nold IN A 192.0.2.9\nns1 IN A 192.0.2.53\n", "9 IN PTR mail.example.com.\n", "", ""},
		"another's now":      {"@ IN MX 10 mail\nmail IN A 192.0.2.10\nwww IN A 192.0.2.9\nns1 IN A 192.0.2.53\n", "9 IN PTR mail.example.com.\n", no, ""},
		"another exchange's": {"@ IN MX 10 mx\nmx IN A 192.0.2.9\nmail IN A 192.0.2.10\nns1 IN A 192.0.2.53\n", "9 IN PTR mail.example.com.\n", "", ""},
		"not changed":        {was, "9 IN PTR mail.example.com.\n", "", ""},
		"MX alone changed":   {"@ IN MX 10 mx.example.net.\nmail IN A 192.0.2.9\nns1 IN A 192.0.2.53\n", "9 IN PTR mail.example.com.\n", "", ""},
		"an alias (2317)":    {moved, "9 IN CNAME mail.ptr\nmail.ptr IN PTR mail.example.com.\n", strings.Replace(no, "9.2", "mail.ptr.2", 1), "9 IN CNAME mail.ptr\n"},
	} {
		before, after, back := pointingZone("example.com", was), pointingZone("example.com", tt.after), pointingZone("2.0.192.in-addr.arpa", tt.reverse)
		_, lost := references.Moved(before, after)
		p := Pointing{Offers: references.Reverse{Zones: []*zonefile.Zone{back}}.Stale(after, lost)}
		var got []string
		for _, o := range p.Offers {
			got = append(got, o.String())
		}
		if said := strings.Join(got, "\n"); said != tt.want {
			t.Errorf("%s: %q, want %q", name, said, tt.want)
			continue
		}
		p.Wanted = make([]bool, len(p.Offers))
		if p.WantAll(); p.Any() != (tt.after == gone) {
			t.Errorf("%s: --ptr takes it: %v", name, p.Any())
		}
		edits, err := references.PointerEdits(back, p.Offers)
		next, applied := back.Apply(edits...)
		if err != nil || applied != nil {
			t.Fatal(name, err, applied)
		}
		if want := string(pointingZone("2.0.192.in-addr.arpa", tt.becomes).Root().Bytes()); len(edits) > 0 && string(next.Root().Bytes()) != want {
			t.Errorf("%s: becomes\n%s", name, next.Root().Bytes())
		}
	}
}

// Whatever an edit does with addresses of exchanges, with all offers taken the rules about PTR records find nothing new of those that
// could be set.
func TestPointersLeaveNothingNew(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[r.IntN(len(list))] }
	forward := func() string {
		var b strings.Builder
		for i := range 1 + r.IntN(3) {
			fmt.Fprintf(&b, "%s IN MX %d m%d\n", pick("@", "shop", "sub"), 10*i, r.IntN(4))
		}
		for i := range 4 {
			for range r.IntN(3) {
				fmt.Fprintf(&b, "m%d IN A 192.0.%d.%d\n", i, 2+r.IntN(2), 1+r.IntN(6))
			}
			if r.IntN(3) == 0 {
				fmt.Fprintf(&b, "m%d IN AAAA 2001:db8::%x\n", i, 1+r.IntN(4))
			}
		}
		return b.String() + "ns1 IN A 192.0.2.53\n"
	}
	backward := func() (zones []*zonefile.Zone) {
		for _, origin := range []string{"2.0.192.in-addr.arpa", "3.0.192.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa", "0/29.3.0.192.in-addr.arpa"} {
			var b strings.Builder
			for n := 1; n < 7 && !strings.Contains(origin, "ip6"); n++ {
				switch r.IntN(5) {
				case 0, 1:
					fmt.Fprintf(&b, "%d IN PTR m%d.example.com.\n", n, r.IntN(5))
				case 2:
					if origin == "3.0.192.in-addr.arpa" {
						fmt.Fprintf(&b, "%d IN CNAME %d.0/29\n", n, n)
					}
				}
			}
			if r.IntN(6) > 0 {
				zones = append(zones, pointingZone(origin, b.String()))
			}
		}
		return zones
	}
	only := lint.Options{}
	for _, rule := range lint.All {
		if rule.Name != "ptr-missing" && rule.Name != "ptr-mismatch" {
			only.Disable = append(only.Disable, rule.Name)
		}
	}
	set, told := 0, 0
	for round := range 1000 {
		before, after, reverse := pointingZone("example.com", forward()), pointingZone("example.com", forward()), backward()
		in := references.Reverse{Zones: reverse}
		given, lost := references.Moved(before, after)
		offers := append(in.Pointers(after, given), in.Stale(after, lost)...)
		by := map[string]bool{} // addresses of which it is told why nothing is set
		for _, o := range offers {
			if o.Why != "" {
				told++
				by[o.Address.String()] = true
			}
		}
		next := slices.Clone(reverse)
		for i, z := range reverse {
			edits, err := references.PointerEdits(z, offers)
			if err == nil {
				next[i], err = z.Apply(edits...)
			}
			if err != nil {
				t.Fatalf("round %d: %v", round, err)
			}
			set += len(edits)
		}
		was := lint.Run(append([]*zonefile.Zone{before}, reverse...), only)
		said := map[string]bool{}
		for _, d := range was {
			said[d.Message] = true
		}
		for _, d := range lint.Run(append([]*zonefile.Zone{after}, next...), only) {
			if words := strings.Fields(d.Message); !said[d.Message] && !by[words[2]] {
				t.Fatalf("round %d: new: %s\n%s\n%s", round, d, before.Root().Bytes(), after.Root().Bytes())
			}
		}
	}
	if set < 500 {
		t.Errorf("only %d edits", set)
	}
	t.Logf("%d edits, %d told", set, told)
}
