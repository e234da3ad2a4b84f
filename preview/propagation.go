package preview

// When a change of a zone holds everywhere.

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// Propagation is when a change holds everywhere.
type Propagation struct {
	Seconds uint32 // from the reload on
	Text    string // the time, and what it is made of

	made string // what it is made of
}

// Propagate tells when the change from one version to another holds everywhere: when the last secondary name
// server has it (SOA refresh and retry, RFC 1035 §3.3.13; a minute where they are notified, RFC 1996),
// and from then the TTL of the answer that is replaced: of the RRset, for new names of the wildcard's that
// was given for them (RFC 4592 §3.3.1), or of the answer that there is none (RFC 2308 §5).
func Propagate(before, after *zonefile.Zone, notify bool) Propagation {
	return propagate(before, replacements(before, after, changed(before, after)), notify)
}

// propagate is Propagate of a change of which it is known what it replaces.
func propagate(before *zonefile.Zone, list []replaced, notify bool) Propagation {
	var longest replaced
	for _, r := range list {
		named := longest.from != "" && longest.owner.IsWildcard() && !r.owner.IsWildcard() // of two that last as long, the one that people know
		if longest.typ == 0 || r.ttl > longest.ttl || r.ttl == longest.ttl && named {
			longest = r
		}
	}
	if longest.typ == 0 {
		return Propagation{}
	}
	spread, how := propagation(before, notify)
	total := spread + longest.ttl
	made := fmt.Sprintf("%s for the name servers (%s), then %s that %s", Duration(spread), how, Duration(longest.ttl), longest.text())
	return Propagation{total, Duration(total) + ": " + made, made}
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
			seconds += min(s, longestSpread)
		}
	}
	return seconds, "SOA refresh and retry"
}

// Spread is how long name servers take until all of them have what follows a version.
func Spread(z *zonefile.Zone, notify bool) time.Duration {
	seconds, _ := propagation(z, notify)
	return time.Duration(seconds) * time.Second
}

// longestSpread is a refresh or retry time of four years, to which longer ones are cut so that sums stay what they are. BIND
// cuts them to weeks: max-refresh-time is 2419200.
const longestSpread = 1 << 27

// notifyTime is how long, in seconds, until all name servers have a change that they were notified of.
const notifyTime = 60

// replaced is an answer that a change replaces, and how long resolvers keep it.
type replaced struct {
	owner zonefile.Name
	typ   zonefile.Type
	answer
}

// answer is what a server says of a name and a type, as far as a cache keeps it: the RRset, or the alias that led away
// from the name, or that there is none.
type answer struct {
	data string
	ttl  uint32
	none bool
	from zonefile.Name // the wildcard that it was made of, or the name whose DNAME or delegation answers; "" if the name itself
}

// answerOf asks a zone.
func answerOf(z *zonefile.Zone, n zonefile.Name, t zonefile.Type) answer {
	a := z.Lookup(n, t)
	set := a.Records
	if a.Result == zonefile.Delegated && !a.Aliased() {
		set = z.RRset(a.Cut, zonefile.TypeNS)
	}
	if a.Aliased() {
		set = a.Via[:1]
	}
	if len(set) == 0 {
		return answer{ttl: z.NegativeTTL(), none: true}
	}
	out := answer{ttl: z.RRsetTTL(set[0])}
	if owner := set[0].Owner(); owner != n {
		out.from = owner
	}
	lines := make([]string, len(set))
	for i, r := range set {
		lines[i] = r.Type().String() + " " + r.CanonicalRData()
	}
	slices.Sort(lines)
	out.data = strings.Join(lines, "\n")
	return out
}

// text says whose cache is waited for.
func (r replaced) text() string {
	switch {
	case r.none:
		return fmt.Sprintf("resolvers may remember that %s has no %s (the smaller of SOA TTL and minimum)", Display(r.owner), r.typ)
	case r.from != "":
		return fmt.Sprintf("resolvers may keep what %s said of the %s of %s (its TTL)", Display(r.from), r.typ, Display(r.owner))
	}
	return fmt.Sprintf("resolvers may keep the old %s of %s (its TTL)", r.typ, Display(r.owner))
}

// replacements finds the answers that differ between two versions, in their data or their TTL: of RRsets that were
// changed, and of names that came or went, where a wildcard answers on one side.
func replacements(before, after *zonefile.Zone, records []zonefile.Record) []replaced {
	var out []replaced
	seen := map[rrsetName]bool{}
	look := func(n zonefile.Name, t zonefile.Type) {
		if key := (rrsetName{n, t}); seen[key] || t == zonefile.TypeSOA {
			return
		} else {
			seen[key] = true
		}
		if was, is := answerOf(before, n, t), answerOf(after, n, t); was.data != is.data || was.ttl != is.ttl {
			out = append(out, replaced{n, t, was})
		}
	}
	came := map[zonefile.Name]bool{}
	for _, r := range records {
		look(r.Owner(), r.Type())
		for n := r.Owner(); n != "" && n != zonefile.Root && !came[n] && before.Exists(n) != after.Exists(n); n = n.Parent() {
			came[n] = true
			for _, n := range []zonefile.Name{n, n.Wildcard()} { // below it, the name of the wildcard stands for all
				for _, z := range []*zonefile.Zone{before, after} {
					for _, t := range covering(z, n) {
						look(n, t)
					}
				}
			}
		}
	}
	return out
}

// Changed is the records that only the version before has, and those that only the one after has, by their data and their TTL.
func Changed(before, after *zonefile.Zone) (gone, come []zonefile.Record) {
	return changedOf(differing(before, after))
}

// changed is both of Changed.
func changed(before, after *zonefile.Zone) []zonefile.Record {
	return slices.Concat(Changed(before, after))
}

// changedOf is Changed of records that may differ. A TTL is that of the RRset, for lines that change places may give it another one.
func changedOf(was, is []zonefile.Record) (gone, come []zonefile.Record) {
	type entry struct {
		rrsetName
		data string
		ttl  uint32
	}
	ttls, count := rrsetTTLs{}, map[entry]int{}
	counted := func(list []zonefile.Record, by int) []entry {
		entries := make([]entry, len(list))
		for i, r := range list {
			entries[i] = entry{rrsetName{r.Owner(), r.Type()}, r.RDataText() + string(r.Origin()), ttls.of(r)}
			count[entries[i]] += by
		}
		return entries
	}
	only := func(list []zonefile.Record, entries []entry) (out []zonefile.Record) {
		for i, r := range list {
			if count[entries[i]] != 0 {
				out = append(out, r)
			}
		}
		return out
	}
	had, has := counted(was, 1), counted(is, -1)
	return only(was, had), only(is, has)
}

// rrsetName names an RRset.
type rrsetName struct {
	owner zonefile.Name
	typ   zonefile.Type
}

// covering is the types of the wildcard that answers for a name.
func covering(z *zonefile.Zone, n zonefile.Name) []zonefile.Type {
	w := z.Lookup(n, zonefile.TypeANY).Wildcard
	if w == "" {
		return nil
	}
	var out []zonefile.Type
	for _, r := range z.Node(w).Records {
		out = append(out, r.Type())
	}
	return out
}

// The times of an SOA record that its secondary name servers go by, by RDATA token (RFC 1035 §3.3.13).
const (
	soaRefresh = 3
	soaRetry   = 4
)
