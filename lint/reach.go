package lint

// What an edit can reach is found from the other end: a rule that visits a name asks for names that follow from the visited
// one, for names that its records lead to, for what their records lead to, and for no others. So who may have asked for a name
// whose records changed is found in the zones as they are: nothing has to be remembered of the run before, not even that there
// was one. More names may be found than have asked: they are visited in vain. A test holds the names against all that rules
// were seen to look up.

import (
	"iter"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// mostReached is how many names an edit may reach before a visit of all costs less than to look for more.
const mostReached = 1 << 16

// reaching finds the names to visit again.
type reaching struct {
	*run    // of the new version
	visit   map[visitor]bool
	asked   map[zonefile.Name]bool // names of which others may have asked for the records; false: only those whose data leads there
	tops    map[zonefile.Name]bool // so for what is at them and below
	names   []zonefile.Name        // of asked, those that are still to be gone back from
	below   []zonefile.Name        // so of tops
	tooMuch bool                   // nearly all names may be reached

	pointers map[zonefile.Name]bool      // so of reverse names
	tlsa     map[zonefile.Name][]visitor // owners of TLSA records, by the host that they are about; nil: not looked for yet
}

// reached is the names to visit again after an edit of a zone; false where that may be all. Of the names that the edit
// touched, others may have asked for those that are true.
func (r *run) reached(zone int, before, after *zonefile.Zone, touched map[zonefile.Name]bool) (map[visitor]bool, bool) {
	x := &reaching{run: r, visit: map[visitor]bool{}, asked: map[zonefile.Name]bool{}, tops: map[zonefile.Name]bool{}, pointers: map[zonefile.Name]bool{}}
	for n, changed := range touched {
		x.visit[visitor{zone, n}] = true
		if changed {
			x.ask(n)
			if above := reach(before, after, n); above != "" {
				x.askBelow(above)
			}
		}
	}
	for len(x.names)+len(x.below) > 0 && !x.tooMuch {
		names, below, pointers := x.names, x.below, x.pointers
		x.names, x.below, x.pointers = nil, nil, map[zonefile.Name]bool{}
		x.askAddresses(pointers)
		x.goBack(names, below)
	}
	return x.visit, !x.tooMuch
}

// reach is the name below which answers may differ because a name's records changed; "" if only the name's
// own do. A wildcard answers for all below its parent, a delegation or a DNAME for all below itself; and
// where a name comes or goes, wildcards above no longer or newly answer (RFC 4592 §3.3.1).
func reach(before, after *zonefile.Zone, n zonefile.Name) zonefile.Name {
	if n.IsWildcard() {
		return n.Parent()
	}
	apex := before.Origin()
	var above zonefile.Name
	if n != apex && (cuts(before.Node(n)) || cuts(after.Node(n))) {
		above = n
	}
	for up := n; up != apex && up.Within(apex); up = up.Parent() {
		if before.Exists(up) != after.Exists(up) {
			above = up
		}
	}
	return above
}

// ask notes that others may have asked for the records of a name, and for what they lead to. By a label that says what a
// record is for a name is asked for from the name behind it, and from what leads there.
func (x *reaching) ask(n zonefile.Name) {
	if x.asked[n] {
		return
	}
	if len(x.asked) > mostReached || x.contents.types[zonefile.TypeDNAME] {
		x.tooMuch = true // a DNAME makes names of others
		return
	}
	x.asked[n] = true
	x.names = append(x.names, n)
	x.seenFrom(n)
	for _, z := range x.zones {
		x.lacksDot(n, z.Origin())
	}
	if isService(n.Label()) {
		x.ask(n.Parent())
	}
	if _, host, is := strings.Cut(string(n), "._report._dmarc."); is { // who sends reports there asks (RFC 9990 §4)
		x.ask(zonefile.Name(host))
	}
	if n.IsWildcard() {
		x.askBelow(n.Parent())
	}
	if n.Within("arpa.") {
		x.tooMuch = x.tooMuch || x.opt.Outside != nil // which has addresses, too
		x.pointers[n] = true
	}
}

// isService tells a label in front of a name that says what the record is for.
func isService(label string) bool {
	return strings.HasPrefix(label, "_") || label == "mta-sts" || label == "*"
}

// seenFrom notes the names that ask for a name because of what they are called.
func (x *reaching) seenFrom(n zonefile.Name) {
	for i, z := range x.zones {
		x.visit[visitor{i, n}] = true // also where it is out of the zone
		x.visit[visitor{i, stsLabel + "." + n}] = true
		if n == z.Origin() {
			for r := range z.RecordsOf(zonefile.TypeTLSA) {
				x.visit[visitor{i, r.Owner()}] = true
			}
		}
	}
	if x.tlsa == nil {
		x.tlsa = x.findTLSA()
	}
	for _, v := range x.tlsa[n] {
		x.visit[v] = true
	}
}

// findTLSA is the owners of TLSA records by their hosts. They are found once, for however many names.
func (r *run) findTLSA() map[zonefile.Name][]visitor {
	found := map[zonefile.Name][]visitor{}
	for i, z := range r.zones {
		for rec := range z.RecordsOf(zonefile.TypeTLSA) {
			if t, ok := splitTLSA(rec.Owner()); ok {
				found[t.host] = append(found[t.host], visitor{i, rec.Owner()})
			}
		}
	}
	return found
}

// lacksDot notes what a name is asked for as whose dot is forgotten, or is one too many, below an origin.
func (x *reaching) lacksDot(n, origin zonefile.Name) {
	if origin == "" || origin == zonefile.Root || !n.Within(origin) || n == origin {
		return
	}
	x.askAlso(n[:len(n)-len(origin)])
}

// askAlso is ask for a name that only data leads to.
func (x *reaching) askAlso(n zonefile.Name) {
	if _, known := x.asked[n]; !known {
		x.asked[n] = false
		x.names = append(x.names, n)
	}
}

// askBelow notes that others may have asked for any name at or below one.
func (x *reaching) askBelow(top zonefile.Name) {
	if x.tops[top] {
		return
	}
	x.tops[top] = true
	x.below = append(x.below, top)
	x.ask(top)
	for _, z := range x.zones {
		x.tooMuch = x.tooMuch || z.Origin().Within(top)
	}
}

// askAddresses notes that who has an address may have asked for the name of its PTR record: for some names, or for what is
// below them.
func (x *reaching) askAddresses(pointers map[zonefile.Name]bool) {
	if len(pointers) == 0 {
		return
	}
	for _, z := range x.zones {
		for r := range z.RecordsOf(zonefile.TypeA, zonefile.TypeAAAA) {
			a, ok := r.Addr()
			if !ok {
				continue
			}
			n := zonefile.Backwards(a)
			for n != "" && !pointers[n] {
				n = n.Parent()
			}
			if n != "" {
				x.ask(r.Owner())
			}
		}
	}
}

// goBack notes the names whose records lead to some names, or to others below some, or did when the zone was opened: what is
// new is told by what was there.
func (x *reaching) goBack(names, below []zonefile.Name) {
	for i, z := range x.zones {
		x.leading(i, z.Leading(names, below))
		if was := x.opened(z); was != nil {
			x.leading(i, was.Leading(names, below))
		}
	}
}

// leading notes the names of records of a zone.
func (x *reaching) leading(zone int, records iter.Seq[zonefile.Record]) {
	for r := range records {
		if x.tooMuch {
			return
		}
		n := r.Owner()
		x.visit[visitor{zone, n}] = true
		switch r.Type() {
		case zonefile.TypeCNAME, zonefile.TypeMX, zonefile.TypeTXT, zonefile.TypePTR:
			x.ask(n) // who asks for it goes on from there
		}
	}
}
