package preview

// The shares of the profiles against what the servers did.

import (
	"math"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// chiSquare999 is the value that chi-square exceeds once in a thousand, by degrees of freedom.
var chiSquare999 = []float64{0, 10.83, 13.82, 16.27, 18.47, 20.52}

// observers are the servers of routes.json whose draw a profile describes. Postfix and Exim draw anew for
// each message; Go's resolver and mox shuffle as the RFC says. sendmail keeps one order for a process,
// so its runs are not independent, and OpenSMTPD's order is the resolver's.
var observers = map[string]Profile{"postfix": Postfix, "exim": Exim, "gonet": RFC, "mox": RFC}

func TestSharesAsObserved(t *testing.T) {
	tested := 0
	for _, c := range observedCases(t) {
		for server, profile := range observers {
			seen := c.Observed[server]
			q := c.query(t)
			q.Faults, q.Sender.Profile = nil, profile
			d := Route(c.zones(t), q)
			if d.Outcome != Delivered || len(d.Tiers[0].Hosts) < 2 || seen.Runs < 6 {
				continue
			}
			tested++
			if x := chiSquare(d.Tiers[0], seen.First, seen.Runs); x > chiSquare999[len(d.Tiers[0].Hosts)-1] {
				t.Errorf("%s, %s: chi-square %.1f: shares %v, seen %v", c.ID, server, x, shares(d.Tiers[0]), seen.First)
			}
		}
	}
	if tested < 15 {
		t.Errorf("only %d observations compared", tested)
	}
}

// chiSquare is how far the first attempts are from the shares.
func chiSquare(tier Tier, first map[string]int, runs int) float64 {
	var x float64
	for _, h := range tier.Hosts {
		got, want := float64(first[Display(h.Name)]), h.Share*float64(runs)
		if want == 0 {
			if got > 0 {
				return math.Inf(1)
			}
			continue
		}
		x += (got - want) * (got - want) / want
	}
	return x
}

// shares lists the shares of a tier.
func shares(tier Tier) map[zonefile.Name]float64 {
	out := map[zonefile.Name]float64{}
	for _, h := range tier.Hosts {
		out[h.Name] = h.Share
	}
	return out
}

// TestSharesAreDistinguished makes sure that the observations tell the profiles apart.
func TestSharesAreDistinguished(t *testing.T) {
	for _, c := range observedCases(t) {
		if c.ID != "03f-share" && c.ID != "03g-share-dual" {
			continue
		}
		wrong := map[string]map[string]Profile{
			"03f-share":      {"postfix": RFC, "exim": Postfix},
			"03g-share-dual": {"exim": RFC, "gonet": Exim},
		}
		for server, profile := range wrong[c.ID] {
			q := c.query(t)
			q.Faults, q.Sender.Profile = nil, profile
			tier := Route(c.zones(t), q).Tiers[0]
			if x := chiSquare(tier, c.Observed[server].First, c.Observed[server].Runs); x < chiSquare999[1] {
				t.Errorf("%s: %s fits the profile %s as well (chi-square %.1f)", c.ID, server, profile, x)
			}
		}
	}
}

// TestDrawFollowsShares draws many messages and compares who takes them with the shares.
func TestDrawFollowsShares(t *testing.T) {
	const messages = 20000
	zone := parse(t, "example.com", `$TTL 300
@ SOA ns h 1 3600 600 604800 300
@ NS ns
ns A 192.0.2.53
@ MX 10 one
@ MX 10 dual
@ MX 10 three
@ MX 10 down
one A 192.0.2.1
dual A 192.0.2.2
dual AAAA 2001:db8::2
three A 192.0.2.3
three A 192.0.2.4
three A 192.0.2.5
down AAAA 2001:db8::9
`)
	for _, p := range Profiles() {
		q := Query{Domain: "example.com.", Faults: Faults{"down.example.com.": Refused}, Sender: Sender{Profile: p}}
		d := Route([]*zonefile.Zone{zone}, q)
		took := map[zonefile.Name]float64{}
		for seed := range uint64(messages) {
			tried := d.Draw(seed)
			if last := tried[len(tried)-1]; last.Fault.answers() {
				took[last.Host]++
			}
		}
		for _, h := range d.Tiers[0].Hosts {
			bound := 4 * math.Sqrt(h.Share*(1-h.Share)/messages)
			if p == Postfix { // five of its six addresses: a message may find none up, and only just ever does
				bound += 0.005
			}
			if got := took[h.Name] / messages; math.Abs(got-h.Share) > bound {
				t.Errorf("%s: %s took %.3f of the mail, its share is %.3f", p, h.Name, got, h.Share)
			}
		}
	}
}
