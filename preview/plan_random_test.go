package preview

// Random zones and moves for the law of plans: no state of the model is losing, forward and back, no wait is longer than
// it must be, and what is refused cannot be done in any order.

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// randomMove is a zone and a move in it, in words.
type randomMove struct {
	zone  string
	from  []string // HOST or HOST=ADDRESS
	to    []string // HOST=ADDRESS,...
	flags []string // notify, replace
}

// String is the move as one asks for it.
func (r randomMove) String() string {
	return strings.Join([]string{strings.Join(r.from, "+"), strings.Join(r.to, "+"), strings.Join(r.flags, " ")}, " → ")
}

// zoneWriter writes a random zone.
type zoneWriter struct {
	*rand.Rand
	strings.Builder
}

// ttl is one of the TTLs that zones have.
func (w *zoneWriter) ttl() int {
	return []int{60, 300, 600, 3600, 7200, 86400, 172800}[w.IntN(7)]
}

// chance is true in that many of 100 cases.
func (w *zoneWriter) chance(percent int) bool { return w.IntN(100) < percent }

// add writes a record.
func (w *zoneWriter) add(owner, rr string) { fmt.Fprintf(w, "%s %d IN %s\n", owner, w.ttl(), rr) }

// mx writes the MX records of a domain that moves: the old hosts, and others before, between, beside or behind them.
func (w *zoneWriter) mx(owner string, olds []string) {
	ttl, at := w.ttl(), 5+w.IntN(3)*5
	one := func(host string) {
		if w.chance(10) {
			fmt.Fprintf(w, "%s %d IN MX %d %s\n", owner, w.ttl(), at, host) // a mixed TTL
		} else {
			fmt.Fprintf(w, "%s %d IN MX %d %s\n", owner, ttl, at, host)
		}
	}
	others := []string{"backup.other.test.", "mx9", "relay.third.test."}
	w.Shuffle(len(others), func(i, j int) { others[i], others[j] = others[j], others[i] })
	if w.chance(5) {
		at = 65535 - w.IntN(2)
	}
	if w.chance(15) {
		one(others[0])
		at += w.IntN(2) * 5
	}
	for _, host := range olds {
		at = min(at, 65535)
		one(host)
		at += w.IntN(2) * 10
	}
	if w.chance(35) {
		at = min(at, 65535)
		one(others[1])
	}
	if w.chance(15) {
		at = min(at+5, 65535)
		one(others[2])
	}
}

// hosts writes the old hosts and gives their names.
func (w *zoneWriter) hosts(several, inside bool) []string {
	var olds []string
	n := 1
	if several {
		n = 2
	}
	for i := range n {
		if !inside && w.chance(50) {
			olds = append(olds, fmt.Sprintf("mx%d.isp.test.", i))
			continue
		}
		host := fmt.Sprintf("old%d", i)
		if inside && w.chance(15) {
			olds = append(olds, host)
			continue // a wildcard may make it
		}
		if w.chance(30) {
			w.add(host, fmt.Sprintf("AAAA 2001:db8::%d", 50+i))
			if w.chance(15) {
				olds = append(olds, host)
				continue // no IPv4
			}
		}
		w.add(host, fmt.Sprintf("A 192.0.2.%d", 50+i))
		olds = append(olds, host)
	}
	return olds
}

// wildcards writes what answers for names that are not there.
func (w *zoneWriter) wildcards(olds []string) {
	switch w.IntN(10) {
	case 7:
		w.add("*", "AAAA 2001:db8::99")
		if w.chance(50) {
			w.add("*", "A 192.0.2.99")
		}
	case 0:
		w.mx("*", olds)
	case 1:
		w.add("*", "A 192.0.2.99")
	case 2:
		w.mx("*", olds)
		w.add("*", "A 192.0.2.99")
	case 3:
		w.add("*", "CNAME www")
	case 4:
		w.add("*", "CNAME sub")
	case 5:
		w.add("*", `TXT "v=spf1 -all"`)
	case 6:
		w.add("*.in", "MX 10 "+olds[0])
	}
}

// names writes names of all kinds beside the domains.
func (w *zoneWriter) names(olds []string) {
	w.add("www", "A 192.0.2.80")
	if w.chance(30) {
		w.mx("www", olds)
	}
	if w.chance(70) {
		w.mx("sub", olds)
	} else {
		w.add("sub", "A 192.0.2.81")
	}
	if w.chance(40) {
		w.add("al", "CNAME sub")
		w.add("al2", "CNAME al")
	}
	if w.chance(25) {
		w.add("tree", "DNAME "+[]string{"sub", "@", "other.test."}[w.IntN(3)])
	}
	if w.chance(25) {
		w.add("child", "NS ns.child")
		w.add("ns.child", "A 192.0.2.54")
	}
	if w.chance(30) {
		w.add("deep.empty", "A 192.0.2.82") // empty exists without records
	}
	if w.chance(20) {
		w.add("none", "MX 0 .")
	}
	if w.chance(20) {
		w.add("shop", "A 192.0.2.83")
	}
	if w.chance(15) {
		w.add("web", "MX 10 target")
		w.add("target", []string{"A 192.0.2.60", "A 192.0.2.60", "AAAA 2001:db8::60"}[w.IntN(3)])
	}
	if w.chance(30) {
		w.add("@", `TXT "v=spf1 mx `+[]string{"-all", "ip4:192.0.2.50 ~all", "include:isp.test -all", "a:old0.example.com ?all"}[w.IntN(4)]+`"`)
	}
}

// newHost is a name for a new host; odd ones are refused, or need care.
func (w *zoneWriter) newHost(i int) string {
	address := fmt.Sprintf("=192.0.2.%d", 1+i)
	if w.chance(25) {
		address += fmt.Sprintf(",2001:db8::%d", 1+i)
	} else if w.chance(8) {
		address = fmt.Sprintf("=2001:db8::%d", 1+i)
	}
	name := fmt.Sprintf("mx%d", 1+i)
	switch w.IntN(14) {
	case 0, 1:
		name += ".in"
	case 2:
		name += ".far.away"
	case 3:
		name += ".empty"
	case 4:
		name = "empty"
	case 5:
		return name + ".provider.test"
	case 6:
		name = "target" // it may have another address
	case 7:
		name = "al"
	case 8:
		name += ".tree"
	case 9:
		return name + ".child.example.com"
	}
	return name + ".example.com" + address
}

// newRandomMove makes a move of one of six kinds.
func newRandomMove(seed uint64) randomMove {
	w := &zoneWriter{Rand: rand.New(rand.NewPCG(seed, 13))}
	kind := int(seed % 6)
	refresh, retry := []int{300, 3600, 7200, 86400}[w.IntN(4)], []int{60, 600, 3600}[w.IntN(3)]
	fmt.Fprintf(w, "$TTL 3600\n@ %d IN SOA ns hostmaster 2026112801 %d %d 1209600 %d\n", w.ttl(), refresh, retry, w.ttl())
	w.add("@", "NS ns")
	w.add("ns", "A 192.0.2.53")
	w.add("mx9", "A 192.0.2.9")
	olds := w.hosts(kind == 5, kind == 2)
	w.mx("@", olds)
	w.names(olds)
	w.wildcards(olds)
	if kind == 4 || w.chance(15) {
		fmt.Fprintf(w, "equals 3600 IN MX 5 %s\nequals 3600 IN MX 5 mx9\nequals 3600 IN MX 5 backup.other.test.\n", olds[0])
	}
	r := randomMove{}
	for _, host := range olds {
		if !strings.HasSuffix(host, ".") {
			host += ".example.com"
		}
		r.from = append(r.from, strings.TrimSuffix(host, "."))
	}
	switch kind {
	case 1:
		r.to = []string{"mx1.provider.test", "mx2.provider.test"}[:1+w.IntN(2)]
	case 2:
		r.to = []string{r.from[0] + []string{"=192.0.2.1", "=192.0.2.1,2001:db8::1", "=2001:db8::1"}[w.IntN(3)]}
	case 3:
		if w.chance(50) {
			r.from, r.to = nil, []string{w.newHost(0)}
		}
	case 5:
		r.to = []string{w.newHost(0)}
		if w.chance(50) {
			r.to = append(r.to, "mx2.example.com=192.0.2.2")
		}
	default:
		r.to = []string{w.newHost(0)}
	}
	if w.chance(50) {
		r.flags = append(r.flags, "notify")
	}
	if w.chance(30) {
		r.flags = append(r.flags, "replace")
	}
	r.zone = w.String()
	return r
}
