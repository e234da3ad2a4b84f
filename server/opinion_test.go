//go:build linux || darwin || freebsd || netbsd

package server

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

const (
	sayLoaded  = "zone example.com/IN: loaded serial 7\n"
	sayRefused = "zone example.com/IN: loading from master file db failed: bad owner name (check-names)\nzone example.com/IN: not loaded due to errors.\n"
)

// What a child printed, and how it ended, is an opinion only where it says so.
func TestReadOpinion(t *testing.T) {
	for name, c := range map[string]struct {
		r       reply
		err     error
		refused bool
		unasked string
	}{
		"loads":                                {reply{sayLoaded + "OK\n", 0, false}, nil, false, ""},
		"loads with a complaint":               {reply{"db:3: TTL set to prior TTL (300)\n" + sayLoaded + "OK\n", 0, false}, nil, false, ""},
		"refuses":                              {reply{sayRefused, 1, false}, nil, true, ""},
		"refuses with status 0":                {reply{sayRefused, 0, false}, nil, false, "status 0 and did not say clearly (zone"},
		"says both":                            {reply{sayLoaded + sayRefused, 1, false}, nil, false, "did not say clearly"},
		"says nothing":                         {reply{"", 0, false}, nil, false, "status 0 and did not say clearly"},
		"says OK alone":                        {reply{"OK\n", 0, false}, nil, false, "did not say clearly"},
		"says nothing and fails":               {reply{"", 1, false}, nil, false, "status 1 and did not say clearly"},
		"loads and fails":                      {reply{sayLoaded, 1, false}, nil, false, "status 1 and did not say clearly"},
		"a library is missing":                 {reply{"error while loading shared libraries: libdns.so\n", 127, false}, nil, false, "status 127 and did not say clearly (error while"},
		"refuses for want of memory":           {reply{strings.Replace(sayRefused, "bad owner name (check-names)", "out of memory", 1), 1, false}, nil, false, "lacked what it needs"},
		"refuses for want of descriptors":      {reply{strings.Replace(sayRefused, "bad owner name (check-names)", "too many open files", 1), 1, false}, nil, false, "lacked what it needs"},
		"was cut off":                          {reply{sayLoaded, 0, true}, nil, false, "said more than"},
		"was cut off before it could complain": {reply{sayRefused, 1, true}, nil, false, "said more than"},
		"could not be run":                     {reply{}, errors.New("fork: cannot allocate memory"), false, "cannot allocate memory"},
	} {
		t.Run(name, func(t *testing.T) {
			o := readOpinion(c.r, c.err)
			if o.Refused != c.refused || o.Asked != (c.unasked == "") || (o.Err == nil) != o.Asked {
				t.Errorf("%+v", o)
			}
			if o.Err != nil && !strings.Contains(o.Err.Error(), c.unasked) {
				t.Errorf("%v, want %q", o.Err, c.unasked)
			}
		})
	}
}

// Every pair of opinions of an old text and a new one has one verdict, and only three of six let a save go on.
func TestJudge(t *testing.T) {
	const text = "$TTL 1d\n@ SOA ns1 h %d 1h 15m 1w 1h\n@ NS ns1\nns1 A 192.0.2.53\n"
	parse := func(serial int) *zonefile.Zone {
		return zonefile.Parse("db", fmt.Appendf(nil, text, serial), zonefile.Options{Origin: "example.com."})
	}
	old, next := parse(1), parse(2)
	loads, complains := Opinion{Asked: true}, Opinion{Asked: true, Complaints: []string{"db:3: new"}}
	refuses := Opinion{Asked: true, Refused: true, Complaints: []string{"db:3: bad", "db: not loaded"}}
	moved := Opinion{Asked: true, Refused: true, Complaints: []string{"db:9: bad", "db: not loaded"}}
	silent := Opinion{Asked: true, Refused: true}
	unasked := Opinion{Err: errors.New("fork: no")}
	for _, c := range []struct {
		name     string
		old, new Opinion
		want     Verdict
		asksOld  bool
		told     int
	}{
		{"not installed", Opinion{}, Opinion{}, Unchecked, false, 0},
		{"loads", refuses, loads, Loads, false, 0},
		{"loads with a new complaint", loads, complains, Loads, true, 1},
		{"loads with the old complaint", complains, complains, Loads, true, 0},
		{"refuses", loads, refuses, Refuses, true, 2},
		{"refuses, complained before", complains, refuses, Refuses, true, 2},
		{"refused before, lines moved", moved, refuses, RefusedBefore, true, 2},
		{"refused before, and more now", silent, refuses, Refuses, true, 2},
		{"says no reason", loads, silent, Refuses, true, 0},
		{"says no reason, as before", silent, silent, RefusedBefore, true, 0},
		{"the old could not be asked", unasked, refuses, Refuses, true, 2},
		{"could not be asked", loads, unasked, NotAsked, false, 0},
		{"could never be asked", unasked, unasked, NotAsked, false, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			askedOld := false
			j := Judge(old, next, func(z *zonefile.Zone) Opinion {
				if askedOld = askedOld || z == old; z == old {
					return c.old
				}
				return c.new
			})
			if j.Verdict != c.want || j.Blocks != (c.want >= Refuses) || askedOld != c.asksOld || len(j.Told) != c.told {
				t.Errorf("verdict %d, blocks %v, asked the old text: %v, told %q", j.Verdict, j.Blocks, askedOld, j.Told)
			}
			if (j.Text == "") != (c.want == Loads) {
				t.Errorf("it says %q", j.Text)
			}
		})
	}
}

// An SOA that does not stand at the name of the zone makes another zone of it, which is refused whatever anybody says, and
// whatever the old text was. A text that puts it right is not.
func TestJudgeAnotherZone(t *testing.T) {
	parse := func(src, origin string) *zonefile.Zone {
		return zonefile.Parse("db", []byte(src), zonefile.Options{Origin: zonefile.Name(origin)})
	}
	const soa = " 1d SOA ns1 h 1 1h 15m 1w 1h\n"
	right := parse("$ORIGIN example.org.\n@"+soa, "example.org.")
	for _, c := range []struct{ name, src, origin, said string }{
		{"origin without its dot", "$ORIGIN example.org\n@" + soa, "example.org.", `db:1:9: "example.org" lacks its final dot`},
		{"owner without its dot", "example.org" + soa, "example.org.", `db:1:1: "example.org" lacks its final dot`},
		{"a name twice, and nobody says which", "$ORIGIN example.org.example.org.\n@" + soa, "", "db:2:1: the zone is example.org."},
		{"another name", "example.net." + soa, "example.org.", "say by --origin which zone it is"},
	} {
		z := parse(c.src, c.origin)
		for _, o := range []Opinion{{}, {Asked: true}, {Asked: true, Refused: true}, {Err: errors.New("fork: no")}} {
			ask := func(*zonefile.Zone) Opinion { return o }
			if j := Judge(z, z, ask); j.Verdict != OtherZone || !j.Blocks || !strings.Contains(j.Text, c.said) {
				t.Errorf("%s, of %+v: %+v", c.name, o, j)
			}
			if j := Judge(z, right, ask); j.Verdict == OtherZone {
				t.Errorf("%s, put right: %+v", c.name, j)
			}
		}
	}
	z := parse("$ORIGIN example.org\n@"+soa, "example.org.")
	needTool(t, "bind9-utils", "named-checkzone")
	if o := AskNamed(z, t.TempDir(), nil); !o.Refused || !slices.ContainsFunc(o.Complaints, func(c string) bool { return strings.Contains(c, "not at top of zone") }) {
		t.Errorf("named-checkzone says %+v", o)
	}
}

// A name that the command line would take apart is not asked about; the root's is.
func TestAskNamedOfStrangeNames(t *testing.T) {
	needTool(t, "bind9-utils", "named-checkzone")
	for name, asked := range map[string]bool{".": true, "0/25.2.0.192.in-addr.arpa.": true, "a b.": false, "-i.": false, "a;b.": false, "": false} {
		o := askNamed(name, "db", [][]byte{[]byte("@ 1d SOA ns1 h 1 1h 15m 1w 1h\n@ 1d NS ns1\nns1 1d A 192.0.2.1\n")}, t.TempDir(), nil, nil)
		if o.Asked != asked || (o.Err == nil) != asked {
			t.Errorf("%q: %+v", name, o)
		}
	}
}
