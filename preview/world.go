package preview

// What a resolver would answer that knows the loaded zones and nothing else.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// maxAliases is how many aliases a sender follows.
const maxAliases = 10

// world is the loaded zones, and which delegations do not answer.
type world struct {
	zones  []*zonefile.Zone
	faults Faults
}

// answer is what the world says about a name and a type.
type answer struct {
	zonefile.Answer
	Zone *zonefile.Zone // that gave the answer; nil of Outside
	Dead bool           // the name servers do not answer: nothing is known, but it may be later
}

// known tells whether the loaded zones hold the truth about the name.
func (a answer) known() bool {
	return !a.Dead && a.Result != zonefile.Delegated && a.Result != zonefile.Outside
}

// exists tells whether the name at the end of the aliases exists.
func (a answer) exists() bool { return a.Result == zonefile.Found || a.Result == zonefile.NoData }

// deepest is the loaded zone that is authoritative for a name; nil if none is.
func (w world) deepest(n zonefile.Name) *zonefile.Zone {
	var best *zonefile.Zone
	for _, z := range w.zones {
		o := z.Origin()
		if o != "" && n.Within(o) && (best == nil || o.Below(best.Origin())) {
			best = z
		}
	}
	return best
}

// lookup asks for a name, following aliases from zone to zone (RFC 5321 §5.1: "the resulting name is
// processed as if it were the initial name").
func (w world) lookup(n zonefile.Name, t zonefile.Type) answer {
	var via []zonefile.Record
	for {
		a := w.ask(n, t)
		via = append(via, a.Via...)
		a.Via = via
		if len(via) > maxAliases {
			a.Result, a.Dead = zonefile.Loop, false
		}
		if a.Result == zonefile.Loop || a.Dead || a.Name == n || w.deepest(a.Name) == a.Zone {
			return a
		}
		n = a.Name
	}
}

// ask asks the deepest zone alone.
func (w world) ask(n zonefile.Name, t zonefile.Type) answer {
	z := w.deepest(n)
	if w.faults.dead(n) || z == nil {
		return answer{Answer: zonefile.Answer{Result: zonefile.Outside, Name: n}, Dead: w.faults.dead(n)}
	}
	a := answer{Answer: z.Lookup(n, t), Zone: z}
	a.Records = slices.DeleteFunc(a.Records, zonefile.Record.Foreign)
	if a.Result == zonefile.Found && len(a.Records) == 0 {
		a.Result = zonefile.NoData
	}
	if a.Dead = w.faults.dead(a.Name); a.Dead {
		a.Records = nil
	}
	return a
}

// addresses is the A and AAAA records of a name.
func (w world) addresses(n zonefile.Name) answer {
	a := w.lookup(n, zonefile.TypeA)
	if !a.known() || !a.exists() {
		return a
	}
	six := w.lookup(n, zonefile.TypeAAAA)
	a.Records = append(slices.Clip(a.Records), six.Records...)
	if len(six.Records) > 0 {
		a.Result = zonefile.Found
	}
	return a
}

// negativeTTL is how long resolvers keep the answer that something does not exist (RFC 2308 §5).
func negativeTTL(z *zonefile.Zone) uint32 {
	if z == nil {
		return 0
	}
	soa, ok := z.SOA()
	if !ok {
		return 0
	}
	minimum := soa.TTL()
	if t, ok := soa.Token(soaMinimum); ok {
		if m, ok := zonefile.ParseTTL(t.Text()); ok {
			minimum = m
		}
	}
	return min(z.RRsetTTL(soa), minimum)
}

// The timers of an SOA record, by RDATA token (RFC 1035 §3.3.13).
const (
	soaRefresh = 3
	soaRetry   = 4
	soaMinimum = 6
)
