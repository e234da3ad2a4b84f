package preview

// testdata/routes.json and routes-2.json hold what real mail servers were seen to do in November 2026. Route must give
// what the RFC expects of them there.

import (
	"encoding/json"
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// observedCase is one case of routes.json.
type observedCase struct {
	ID     string
	What   string
	Origin string
	Zone   string
	Extra  map[string]string
	Domain string
	Sender struct {
		Name     string
		Families string
		NAT      bool
		Addrs    []netip.Addr
	}
	Down, Timeout, Dead []string
	Modes               map[string]string
	Want                struct {
		Tiers   [][][]string
		Outcome Outcome
	}
	Observed map[string]observation
}

// observation is what one mail server did with the messages of a case.
type observation struct {
	Runs    int
	Outcome map[string]int
	First   map[string]int // the host that came first
	Tried   map[string]int // sequences of attempts
}

// observedCases reads routes.json and routes-2.json.
func observedCases(t *testing.T) []observedCase {
	t.Helper()
	var all []observedCase
	for file, n := range map[string]int{"testdata/routes.json": 40, "testdata/routes-2.json": 57} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var cases []observedCase
		if err := json.Unmarshal(text, &cases); err != nil {
			t.Fatal(err)
		}
		if len(cases) != n {
			t.Fatalf("%s has %d cases, want %d", file, len(cases), n)
		}
		all = append(all, cases...)
	}
	return all
}

// name is an absolute name written without its final dot.
func name(t testing.TB, text string) zonefile.Name {
	t.Helper()
	n, err := zonefile.ParseName(text, zonefile.Root)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// zones is the zones of a case.
func (c observedCase) zones(t *testing.T) []*zonefile.Zone {
	out := []*zonefile.Zone{parse(t, c.Origin, c.Zone)}
	for origin, text := range c.Extra {
		out = append(out, parse(t, origin, text))
	}
	return out
}

// parse reads a zone that must be good.
func parse(t *testing.T, origin, text string) *zonefile.Zone {
	t.Helper()
	z := zonefile.Parse("db."+origin, []byte(text), zonefile.Options{Origin: name(t, origin)})
	for p := range z.Errors() {
		t.Fatal(p)
	}
	return z
}

// query is the question of a case.
func (c observedCase) query(t *testing.T) Query {
	q := Query{Domain: name(t, c.Domain), Faults: Faults{}}
	q.Sender.Name = name(t, c.Sender.Name)
	q.Sender.IPv4 = strings.Contains(c.Sender.Families, "4")
	q.Sender.IPv6 = strings.Contains(c.Sender.Families, "6")
	q.Sender.Addrs = c.Sender.Addrs
	if c.Sender.NAT {
		q.Sender.Addrs = []netip.Addr{netip.MustParseAddr("10.0.0.1")}
	}
	modes := map[string]Fault{"greet421": Greet421, "greet554": Greet554, "close": Close, "rcpt450": Rcpt450, "rcpt550": Rcpt550}
	set := func(hosts []string, f Fault) {
		for _, h := range hosts {
			where, _, err := ParseFault(h)
			if err != nil {
				t.Fatal(err)
			}
			q.Faults[where] = f
		}
	}
	set(c.Down, Refused)
	set(c.Timeout, Timeout)
	set(c.Dead, Dead)
	for h, m := range c.Modes {
		set([]string{h}, modes[m])
	}
	return q
}

func TestObservedRoutes(t *testing.T) {
	for _, c := range observedCases(t) {
		t.Run(c.ID, func(t *testing.T) {
			d := Route(c.zones(t), c.query(t))
			if d.Outcome != c.Want.Outcome {
				t.Errorf("%s: outcome %s (%s), want %s", c.What, d.Outcome, d.Text, c.Want.Outcome)
			}
			checkTiers(t, c, d)
			checkShown(t, c.zones(t), c.query(t))
			if d.Outcome != Delivered && d.Code == "" {
				t.Error("no status code")
			}
		})
	}
}

// checkTiers compares the tiers up to where the case stops telling them.
func checkTiers(t *testing.T, c observedCase, d Delivery) {
	t.Helper()
	decided := d.Outcome == Delivered || d.Outcome == Bounced
	if len(d.Tiers) < len(c.Want.Tiers) || !decided && len(d.Tiers) != len(c.Want.Tiers) {
		t.Fatalf("%d tiers, want %d", len(d.Tiers), len(c.Want.Tiers))
	}
	if decided && len(c.Want.Tiers) <= d.Decides {
		t.Errorf("tier %d decides, but the expectation stops at %d", d.Decides+1, len(c.Want.Tiers))
	}
	origin := name(t, c.Origin)
	for i, want := range c.Want.Tiers {
		if len(d.Tiers[i].Hosts) != len(want) {
			t.Errorf("tier %d has %d hosts, want %d", i+1, len(d.Tiers[i].Hosts), len(want))
			continue
		}
		for _, names := range want {
			if !slices.ContainsFunc(d.Tiers[i].Hosts, func(h Host) bool {
				return slices.Contains(names, h.Name.In(origin)) || slices.Contains(names, Display(h.Name))
			}) {
				t.Errorf("tier %d lacks %s", i+1, names)
			}
		}
	}
}
