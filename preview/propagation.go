package preview

// When a change of a zone holds everywhere.

import (
	"fmt"

	"github.com/mailzone/mailzone/zonefile"
)

// Propagation is when a change holds everywhere.
type Propagation struct {
	Seconds uint32 // from the reload on
	Text    string // what the time is made of
}

// Propagate tells when the change from one version to another holds everywhere: when the last secondary name
// server has it (SOA refresh and retry, RFC 1035 §3.3.13; a minute where they are notified, RFC 1996),
// and from then the TTL of the RRset that is replaced, or for new names that of the answer that there is
// none (RFC 2308 §5).
func Propagate(before, after *zonefile.Zone, notify bool) Propagation {
	var longest replaced
	for _, r := range replacements(before, after) {
		if longest.typ == 0 || r.ttl > longest.ttl {
			longest = r
		}
	}
	if longest.typ == 0 {
		return Propagation{}
	}
	spread, how := propagation(before, notify)
	total := spread + longest.ttl
	return Propagation{total, fmt.Sprintf("%s: %s for the name servers (%s), then %s that %s",
		duration(total), duration(spread), how, duration(longest.ttl), longest.text())}
}

// propagation is how long the secondary name servers may be behind.
func propagation(z *zonefile.Zone, notify bool) (seconds uint32, how string) {
	soa, ok := z.SOA()
	if notify || !ok {
		return notifyTime, "they are notified"
	}
	for _, field := range []int{soaRefresh, soaRetry} {
		if t, ok := soa.Token(field); ok {
			s, _ := zonefile.ParseTTL(t.Text())
			seconds += s
		}
	}
	return seconds, "SOA refresh and retry"
}

// replaced is an RRset that a change replaces, and how long resolvers keep what was there.
type replaced struct {
	owner zonefile.Name
	typ   zonefile.Type
	ttl   uint32
	fresh bool // there was none
}

// text says whose cache is waited for.
func (r replaced) text() string {
	if r.fresh {
		return fmt.Sprintf("resolvers may remember that %s has no %s (the smaller of SOA TTL and minimum)", Display(r.owner), r.typ)
	}
	return fmt.Sprintf("resolvers may keep the old %s of %s (its TTL)", r.typ, Display(r.owner))
}

// replacements finds the RRsets that differ between two versions, in their data or their TTL.
func replacements(before, after *zonefile.Zone) []replaced {
	type set struct {
		owner zonefile.Name
		typ   zonefile.Type
	}
	type entry struct {
		set
		data string
		ttl  uint32
	}
	was, is := differing(before, after)
	count := map[entry]int{}
	entryOf := func(r zonefile.Record) entry {
		return entry{set{r.Owner(), r.Type()}, r.RDataText() + string(r.Origin()), r.TTL()}
	}
	for _, r := range was {
		count[entryOf(r)]++
	}
	for _, r := range is {
		count[entryOf(r)]--
	}
	var out []replaced
	seen := map[set]bool{}
	for _, r := range append(was, is...) {
		e := entryOf(r)
		if count[e] == 0 || seen[e.set] || e.typ == zonefile.TypeSOA {
			continue
		}
		seen[e.set] = true
		if old := before.RRset(e.owner, e.typ); len(old) > 0 {
			out = append(out, replaced{e.owner, e.typ, before.RRsetTTL(old[0]), false})
		} else {
			out = append(out, replaced{e.owner, e.typ, before.NegativeTTL(), true})
		}
	}
	return out
}

// The times of an SOA record that its secondary name servers go by, by RDATA token (RFC 1035 §3.3.13).
const (
	soaRefresh = 3
	soaRetry   = 4
)
