package probe

// Without a file name servers are compared with the newest version that one of them serves.

import (
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

func TestNewest(t *testing.T) {
	mx := Question{"example.com.", zonefile.TypeMX}
	serves := func(host zonefile.Name, serial uint32, records ...string) Served {
		return Served{
			Target: Target{host, netip.MustParseAddr("192.0.2.53")},
			SOA:    lines(fmt.Sprintf("example.com.\t0\tIN\tSOA\tns1.example.com. h.example.com. %d 7200 900 1209600 3600", serial)),
			Sets:   map[Question]Reply{mx: lines(records...)},
		}
	}
	const mail, old = "example.com.\t0\tIN\tMX\t10 mail.example.com.", "example.com.\t0\tIN\tMX\t10 old.example.com."
	lame, dead, none := serves("lame.", 99, mail), serves("dead.", 99, mail), serves("none.", 99)
	lame.SOA.Authoritative, dead.SOA.Err, none.SOA = false, errNoAnswer, lines()
	for name, c := range map[string]struct {
		all  []Served
		want string // of each the state and a word
	}{
		"alike":             {[]Served{serves("a.", 12, mail), serves("b.", 12, mail)}, "ok the newest, ok all as at a."},
		"behind":            {[]Served{serves("a.", 11, old), serves("b.", 12, mail)}, "waits behind the 12 of b., ok the newest"},
		"across the end":    {[]Served{serves("a.", 4294967295, old), serves("b.", 3, mail)}, "waits behind the 3 of b., ok the newest"},
		"other records":     {[]Served{serves("a.", 12, mail), serves("b.", 12, old)}, "ok the newest, bad serial 12 as at a., other records: example.com. MX"},
		"no MX there":       {[]Served{serves("a.", 12), serves("b.", 12, mail)}, "ok the newest, bad other records: example.com. MX"},
		"who does not have": {[]Served{lame, dead, none, serves("b.", 12, mail)}, "bad not authoritative, unknown no answer, bad no SOA record, ok the newest"},
		"nobody has it":     {[]Served{lame, dead}, ""},
	} {
		by, ok := Newest("example.com.", c.all)
		if ok != (c.want != "") {
			t.Errorf("%s: %v", name, ok)
		}
		if !ok {
			continue
		}
		for i, want := range strings.SplitN(c.want, ", ", len(c.all)) {
			state, word, _ := strings.Cut(want, " ")
			if r := JudgeServed(by, c.all[i], time.Time{}); string(r.State) != state || !strings.Contains(says(r), word) || strings.Contains(says(r), "the file") {
				t.Errorf("%s: %s: %s, %s", name, c.all[i].Host, r.State, says(r))
			}
		}
	}
}

// A zone of answers has what is in it, each record once, and nothing that stands outside.
func TestZoneOf(t *testing.T) {
	alias := "www.example.com.\t0\tIN\tCNAME\tmail.example.com."
	z := ZoneOf("example.com.", []Answer{
		{Records: []string{alias, "mail.example.com.\t0\tIN\tA\t192.0.2.1"}},
		{Records: []string{alias, "mail.example.com.\t0\tIN\tAAAA\t2001:db8::1"}},
		{Records: []string{"www.example.net.\t0\tIN\tCNAME\tmail.example.com.", "notexample.com.\t0\tIN\tA\t192.0.2.9", `x\010$INCLUDE.example.com.` + "\t0\tIN\tA\t192.0.2.9"}},
	})
	if got := strings.Count(string(z.Root().Bytes()), "\n"); got != 4 || strings.Contains(string(z.Root().Bytes()), "192.0.2.9\n"+"notexample") {
		t.Errorf("%q", z.Root().Bytes())
	}
	if a := z.Addresses("www.example.com."); len(a.Records) != 2 {
		t.Errorf("%v", a)
	}
	if a := z.Lookup("notexample.com.", zonefile.TypeA); a.Result != zonefile.Outside {
		t.Errorf("%v", a)
	}
}
