package preview

// The shares of the profiles against what the servers did.

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

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
			if d.Outcome != Delivered || len(d.Tiers[0].Hosts) < 2 || seen.Runs < 6 || len(seen.First) == 0 {
				continue
			}
			tested++
			if x, host := deviations(d.Tiers[0], seen); x > 3 {
				t.Errorf("%s, %s: %s is %.1f standard deviations off: shares %v, seen %v", c.ID, server, host, x, shares(d.Tiers[0]), seen.First)
			}
		}
	}
	if tested < 19 {
		t.Errorf("only %d observations compared", tested)
	}
}

// deviations is how far the first attempts at a host are from its share, in standard deviations, of the host that is
// farthest off. An attempt is seen at an address, which may have several names: the first host of the tier counts.
func deviations(tier Tier, seen observation) (most float64, host zonefile.Name) {
	got := map[zonefile.Name]float64{}
	for names, times := range seen.First {
		for _, h := range tier.Hosts {
			if slices.Contains(strings.Split(names, "/"), Display(h.Name)) {
				got[h.Name] += float64(times)
				break
			}
		}
	}
	n := float64(seen.Runs)
	for _, h := range tier.Hosts {
		off := math.Abs(got[h.Name] - n*h.Share)
		if spread := math.Sqrt(n * h.Share * (1 - h.Share)); spread > 0 {
			off /= spread
		} else if off > 0 {
			off = math.Inf(1)
		}
		if off > most {
			most, host = off, h.Name
		}
	}
	return most, host
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
			if x, _ := deviations(tier, c.Observed[server]); x < 3 {
				t.Errorf("%s: %s fits the profile %s as well (%.1f standard deviations)", c.ID, server, profile, x)
			}
		}
	}
}

// TestSharedAddressIsDrawnTwice holds two names of one address against what was seen: 59 of 80 messages at Exim and at
// Postfix, 24 of 32 at sendmail, where a draw by address would give half.
func TestSharedAddressIsDrawnTwice(t *testing.T) {
	z := parse(t, "example.com", "$TTL 300\n@ SOA ns h 1 3600 600 604800 300\n@ NS ns\nns A 192.0.2.53\n"+
		"@ MX 10 mx1\n@ MX 10 mx5\n@ MX 10 mx2\nmx1 A 192.0.2.1\nmx5 A 192.0.2.1\nmx2 A 192.0.2.2\n")
	for _, p := range Profiles() {
		h := Route([]*zonefile.Zone{z}, Query{Domain: "example.com.", Sender: Sender{Profile: p}}).Tiers[0].Hosts[0]
		if math.Abs(h.Share-2.0/3) > 1e-9 || !slices.Equal(h.With, []zonefile.Name{"mx5.example.com."}) {
			t.Errorf("%s: %s has %.3f with %v", p, h.Name, h.Share, h.With)
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
