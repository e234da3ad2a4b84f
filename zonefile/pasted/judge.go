package pasted

// What the zone says of a record: whether it is its own, whether it has it, and what would stand beside it.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// judge holds records against a zone, and against those that the text has before them.
type judge struct {
	namer
	dots  bool // the text writes final dots: a name without one is relative
	taken map[zonefile.Name][]seen
}

// seen is a record of the text that is taken.
type seen struct {
	line   int
	record zonefile.Record
	ttl    string
}

// item is what is told of what was found.
func (j *judge) item(f found) Item {
	i := Item{From: f.from, To: max(f.from, f.to), Source: f.source}
	if f.why == "" {
		f.why = strange(f.line())
	}
	if f.why != "" {
		i.Ways = []Way{{State: Refused, Why: f.why, Says: f.notes}}
		return i
	}
	p := parse(f.line(), f.origin)
	if p.long && p.record.Type().HoldsStrings() {
		text, _ := p.record.Joined()
		f.text(zonefile.Quote(text))
		p = parse(f.line(), f.origin)
	}
	if p.why != "" {
		i.Ways = []Way{{State: Refused, Why: p.why, Says: f.notes}}
		return i
	}
	return j.ways(i, f, p.record)
}

// ways is an item in the ways in which its names may be read.
func (j *judge) ways(i Item, f found, r zonefile.Record) Item {
	whole, file, two := j.spelled(f, r)
	first, other := whole, file
	if m := j.read(f.owner, f.style, f.origin); j.foreign(m) {
		if first, other = file, whole; !j.dots {
			first.doubt = "as a whole name it is outside the zone"
		}
	}
	i.Ways = append(i.Ways, j.way(first))
	if two {
		i.Ways = append(i.Ways, j.way(other))
	}
	if i.On = i.Ways[0].State == Taken; i.On {
		owner, rec := i.Ways[0].Record.Owner, parse(first.line(), j.z.Origin()).record
		j.taken[owner] = append(j.taken[owner], seen{i.From, rec, i.Ways[0].Record.TTL})
	}
	return i
}

// spelled is a record with its names as the zone writes them, read as whole names and as a zone file reads them.
func (j *judge) spelled(f found, r zonefile.Record) (whole, file found, two bool) {
	whole, file = f, f
	whole.notes, file.notes = slices.Clone(f.notes), slices.Clone(f.notes)
	spell := func(text string, m meaning) (a, b string) {
		why := NotASCII(text)
		if m.err != nil {
			why = text + ": " + m.err.Error()
		}
		if why != "" {
			whole.why, file.why = why, why
			return text, text
		}
		if m.two {
			two = true
			whole.note(fmt.Sprintf("%s has no final dot: read as the whole name; a zone file reads %s", text, m.file))
			file.note(fmt.Sprintf("%s has no final dot: read as a zone file does, %s", text, m.file))
		}
		return m.whole.In(j.z.Origin()), m.file.In(j.z.Origin())
	}
	whole.owner, file.owner = spell(f.owner, j.read(f.owner, f.style, f.origin))
	words := rawWords(r)
	b := slices.Clone(words)
	for _, n := range r.Type().NameFields() {
		if n < len(words) && !r.IsGeneric() {
			words[n], b[n] = spell(words[n], j.target(words[n], f.style, f.origin))
		}
	}
	whole.data, file.data = withWords(r, words), withWords(r, b)
	return whole, file, two
}

// way is one way to read a record, as the zone sees it.
func (j *judge) way(f found) Way {
	p := parse(f.line(), j.z.Origin())
	if f.why == "" {
		f.why = p.why
	}
	if f.why != "" {
		return Way{State: Refused, Why: f.why, Says: f.notes}
	}
	r := p.record
	w := Way{Says: f.notes, Record: zonefile.Draft{
		Owner: r.Owner(), TTL: f.ttl, Type: r.Type(), RData: f.data, Origin: j.z.Origin(), Comment: f.comment,
	}}
	for _, ask := range []func(*Way, zonefile.Record) bool{j.outside, j.unwanted, j.noHost, j.noName, j.has, j.beside, j.hidden, j.second, j.faulty, j.apexNS} {
		if ask(&w, r) {
			break
		}
	}
	if f.doubt != "" && w.State == Taken {
		w.State, w.Why = Asked, f.doubt
	}
	j.oneTTL(&w)
	return w
}

// says is a state with its reason.
func (w *Way) says(s State, why string, args ...any) bool {
	w.State, w.Why = s, fmt.Sprintf(why, args...)
	return true
}

// outside refuses what named ignores or refuses: an owner that is not the zone's.
func (j *judge) outside(w *Way, r zonefile.Record) bool {
	if r.Owner().Within(j.z.Origin()) {
		return false
	}
	return w.says(Refused, "%s is outside the zone %s", r.Owner(), j.z.Origin())
}

// signedTypes is what signing makes, not a person.
var signedTypes = []string{"RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "SIG", "NXT", "KEY", "DNSKEY"}

// unwanted refuses what belongs to the zone as a whole.
func (j *judge) unwanted(w *Way, r zonefile.Record) bool {
	if r.Type() == zonefile.TypeSOA {
		if soa, ok := j.z.SOA(); ok {
			return w.says(Refused, "the zone has its own SOA, %s: e there changes it", place(soa))
		}
	}
	if slices.Contains(signedTypes, r.Type().String()) {
		return w.says(Refused, "%s records are made when a zone is signed, and are right nowhere else", r.Type())
	}
	return false
}

// noName asks about an owner that no program looks for: something else got into it.
func (j *judge) noName(w *Way, r zonefile.Record) bool {
	if strings.ContainsAny(string(r.Owner()), "\\:`~<>,\"'()[]") {
		return w.says(Asked, "%s is a name for which nobody asks", r.Owner())
	}
	return false
}

// noHost refuses an address where a host is named, and asks about a name that named takes for no host's.
func (j *judge) noHost(w *Way, r zonefile.Record) bool {
	if a, is := j.addressNamed(r); is {
		return w.says(Refused, "%s is an address, and %s names a host: give the host a name", a, r.Type())
	}
	if n, why := zonefile.CheckNames(r); why != "" {
		return w.says(Asked, "%s is no host name: %s; named refuses the zone", n, why)
	}
	if n, ok := r.Target(); ok && strings.ContainsAny(string(n), ":/@<>,") {
		return w.says(Asked, "%s is no host name: %s", n, zonefile.HostnameProblem(n))
	}
	return false
}

// addressNamed is the address that stands where a record names a host.
func (j *judge) addressNamed(r zonefile.Record) (netip.Addr, bool) {
	if n, ok := r.Target(); ok && !j.exists(n) {
		return zonefile.AddressInName(n, j.z.Origin())
	}
	return netip.Addr{}, false
}

// same tells records that say the same, in whatever strings.
func same(a, b zonefile.Record) bool {
	if a.Owner() != b.Owner() || a.Type() != b.Type() {
		return false
	}
	if !a.Type().HoldsStrings() {
		return a.CanonicalRData() == b.CanonicalRData()
	}
	x, _ := a.Joined()
	y, _ := b.Joined()
	return x == y
}

// has tells what is there already.
func (j *judge) has(w *Way, r zonefile.Record) bool {
	for _, o := range j.z.RRset(r.Owner(), r.Type()) {
		if same(r, o) {
			return w.says(Has, "the zone has it, %s", place(o))
		}
	}
	for _, o := range j.taken[r.Owner()] {
		if same(r, o.record) {
			return w.says(Has, "line %d of the text is the same", o.line)
		}
	}
	return false
}

// beside refuses an alias beside anything, anything beside an alias (RFC 1034 §3.6.2), and a second DNAME.
func (j *judge) beside(w *Way, r zonefile.Record) bool {
	clash := func(o zonefile.Record) bool {
		return r.Type() == zonefile.TypeCNAME || o.Type() == zonefile.TypeCNAME ||
			r.Type() == zonefile.TypeDNAME && o.Type() == zonefile.TypeDNAME
	}
	tell := func(o zonefile.Record, at string) bool {
		if r.Type() == o.Type() {
			return w.says(Refused, "the name has another %s, %s: e there changes it", o.Type(), at)
		}
		if o.Type() == zonefile.TypeCNAME {
			return w.says(Refused, "the name is an alias, %s: nothing can stand beside a CNAME", at)
		}
		return w.says(Refused, "the name has %s, %s: a CNAME stands alone", o.Type(), at)
	}
	for _, o := range j.z.Node(r.Owner()).Records {
		if clash(o) && !slices.Contains(signedTypes, o.Type().String()) {
			return tell(o, place(o))
		}
	}
	for _, o := range j.taken[r.Owner()] {
		if clash(o.record) {
			return tell(o.record, fmt.Sprintf("line %d of the text", o.line))
		}
	}
	return false
}

// hidden asks about what stands below a delegation, where named takes it for glue or ignores it.
func (j *judge) hidden(w *Way, r zonefile.Record) bool {
	for n := r.Owner().Parent(); n.Below(j.z.Origin()); n = n.Parent() {
		if j.z.Cuts(n) {
			return w.says(Asked, "it is below %s, which other name servers or another name answer for", n)
		}
	}
	if t := r.Type(); r.Owner() != j.z.Origin() && t != zonefile.TypeNS && t != zonefile.TypeDS && len(j.z.RRset(r.Owner(), zonefile.TypeNS)) > 0 {
		return w.says(Asked, "%s is delegated: its name servers answer for it", r.Owner())
	}
	return false
}

// second asks about a policy beside another of its kind.
func (j *judge) second(w *Way, r zonefile.Record) bool {
	kind, ok := policyOf(r)
	if !ok {
		return false
	}
	for _, o := range j.z.RRset(r.Owner(), zonefile.TypeTXT) {
		if other, ok := policyOf(o); ok && other == kind {
			return w.says(Asked, "there is another %s, %s: %s; e there changes it", kind.Called(), place(o), kind.Two())
		}
	}
	for _, o := range j.taken[r.Owner()] {
		if other, ok := policyOf(o.record); ok && other == kind {
			return w.says(Asked, "line %d of the text is another %s: %s", o.line, kind.Called(), kind.Two())
		}
	}
	return false
}

// faulty asks about a policy that cannot be read, as one that was copied by half.
func (j *judge) faulty(w *Way, r zonefile.Record) bool {
	kind, ok := policyOf(r)
	if !ok {
		return false
	}
	text, _ := r.Joined()
	if faults := kind.Faults(text); len(faults) > 0 {
		return w.says(Asked, "%s: %s", kind.Called(), faults[0].Text)
	}
	return false
}

// policyOf is the kind of policy that a record's text is, of which a name has one.
func policyOf(r zonefile.Record) (policy.Kind, bool) {
	if r.Type() != zonefile.TypeTXT {
		return 0, false
	}
	text, _ := r.Joined()
	return policy.KindOfText(string(r.Owner()), text)
}

// apexNS asks about name servers of the zone itself: the zone above has to name them, too.
func (j *judge) apexNS(w *Way, r zonefile.Record) bool {
	if r.Type() != zonefile.TypeNS || r.Owner() != j.z.Origin() || len(j.z.RRset(r.Owner(), zonefile.TypeNS)) == 0 {
		return false
	}
	return w.says(Asked, "a name server of the zone itself: the zone above has to name it, too")
}

// oneTTL leaves out a TTL that the set has not: one set has one (RFC 2181 §5.2), and the zone's counts.
func (j *judge) oneTTL(w *Way) {
	want, ok := zonefile.ParseTTL(w.Record.TTL)
	if !ok || w.State > Asked {
		return
	}
	if set := j.z.RRset(w.Record.Owner, w.Record.Type); len(set) > 0 {
		if has := j.z.RRsetTTL(set[0]); has != want {
			w.Says = append(w.Says, fmt.Sprintf("TTL %s left out: the %s of the name have %s", w.Record.TTL, w.Record.Type, zonefile.FormatTTL(has)))
		}
		w.Record.TTL = ""
		return
	}
	for _, o := range j.taken[w.Record.Owner] {
		if o.record.Type() == w.Record.Type && o.ttl != w.Record.TTL {
			w.Says = append(w.Says, fmt.Sprintf("TTL %s left out: line %d of the text counts for the set", w.Record.TTL, o.line))
			w.Record.TTL = ""
			return
		}
	}
}

// place is where a record of the zone stands.
func place(r zonefile.Record) string {
	if r.File() == r.Zone().Root() {
		return fmt.Sprintf("line %d", r.Position().Line)
	}
	return r.Place()
}
