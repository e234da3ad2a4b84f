package merge

// How far a snippet is merged: what the zone has at each name that the snippet speaks of, and what is taken so far. Everything is found by
// what it says, for a name may have thousands of records.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// merger is how far a snippet is merged.
type merger struct {
	namer
	opt   Options
	own   map[zonefile.Name]bool // the origin, and where the snippet has an SOA: zones with name servers of their own
	sets  map[setKey]*set
	order []*set
	at    map[zonefile.Name]*name
	spf   map[zonefile.Name]*spfRecord
}

// spfRecord is the record of a name as it grows.
type spfRecord struct {
	of    zonefile.Record // the zone's; zero if it has none
	first int             // the line of the snippet that it comes from, where the zone has none
	text  string          // as it is by now
	grown bool
}

// setKey names an RRset.
type setKey struct {
	owner zonefile.Name
	typ   zonefile.Type
}

// keyOf is the RRset that a record is of.
func keyOf(r record) setKey { return setKey{r.Owner(), r.Type()} }

// set is an RRset.
type set struct {
	key    setKey
	has    []zonefile.Record                 // in the zone
	says   map[string]zonefile.Record        // of them by what they say
	rivals map[policy.Kind][]zonefile.Record // of them by the policy that they are
	hasTTL uint32                            // that they are served with
	kept   map[zonefile.Record]bool          // of them what the snippet has, too
	gone   map[zonefile.Record]bool          // of them what gives way, if the snippet has it not

	take     []record            // of the snippet
	seen     map[string]int      // lines of the snippet by what they say, whatever becomes of them
	policies map[policy.Kind]int // lines of the snippet by the policy that they are
}

// name is what stands at a name, as far as it matters to what stands alone there.
type name struct{ zone, snippet standing }

// standing is the first records of those kinds: an alias stands alone, there is one DNAME, and all others stand beside each other.
type standing struct{ alias, dname, other record }

// put takes a record down.
func (s *standing) put(r record) {
	at := &s.other
	switch t := r.Type(); {
	case t == zonefile.TypeCNAME:
		at = &s.alias
	case t == zonefile.TypeDNAME:
		at = &s.dname
	case slices.Contains(signed, t.String()): // made for an alias as well (RFC 4034 §3, §4)
		return
	}
	if at.IsZero() {
		*at = r
	}
}

// against is what cannot stand beside a type (RFC 1034 §3.6.2, RFC 6672 §2.4); zero if nothing.
func (s *standing) against(t zonefile.Type) record {
	switch {
	case !s.alias.IsZero():
		return s.alias
	case t == zonefile.TypeCNAME && !s.other.IsZero():
		return s.other
	case t == zonefile.TypeCNAME || t == zonefile.TypeDNAME:
		return s.dname
	}
	return record{}
}

// signed is what signing makes, and not a person.
var signed = []string{"RRSIG", "NSEC", "NSEC3", "NSEC3PARAM", "SIG", "NXT", "KEY", "DNSKEY", "CDS", "CDNSKEY"}

// name is what stands at the owner of a record.
func (m *merger) name(r record) *name {
	n := m.at[r.Owner()]
	if n == nil {
		n = &name{}
		for _, has := range m.z.Node(r.Owner()).Records {
			n.zone.put(record{Record: has})
		}
		m.at[r.Owner()] = n
	}
	return n
}

// set is the RRset of a record.
func (m *merger) set(r record) *set {
	k := keyOf(r)
	if s := m.sets[k]; s != nil {
		return s
	}
	s := &set{
		key: k, has: m.z.RRset(k.owner, k.typ), says: map[string]zonefile.Record{}, rivals: map[policy.Kind][]zonefile.Record{},
		kept: map[zonefile.Record]bool{}, gone: map[zonefile.Record]bool{}, seen: map[string]int{}, policies: map[policy.Kind]int{},
	}
	for _, has := range s.has {
		s.says[says(has)] = has
		if kind, is := policyOf(has); is {
			s.rivals[kind] = append(s.rivals[kind], has)
		}
	}
	if len(s.has) > 0 {
		s.hasTTL = m.z.RRsetTTL(s.has[0])
	}
	m.sets[k], m.order = s, append(m.order, s)
	return s
}

// takes takes a record.
func (m *merger) takes(r record) {
	s := m.set(r)
	s.take = append(s.take, r)
	m.name(r).snippet.put(r)
}

// replace lets records give way.
func (s *set) replace(rivals []zonefile.Record) {
	if len(s.gone) == len(s.has) {
		return
	}
	for _, rival := range rivals {
		s.gone[rival] = true
	}
}

// says is what a record says, equal for records that say the same, whatever they look like: strings are joined, names have no case, and
// of policies the tags count. Of SPF the terms count, which are asked about one by one.
func says(r zonefile.Record) string {
	if !r.Type().HoldsStrings() {
		return r.CanonicalRData()
	}
	text, _ := r.Joined()
	if kind, is := policyOf(r); is && kind != policy.KindSPF {
		return "policy " + kind.String() + " " + kind.Meaning(text)
	}
	return "text " + text
}

// policyOf is the kind of policy that a record is, of those of which a name has one.
func policyOf(r zonefile.Record) (policy.Kind, bool) {
	if r.Type() != zonefile.TypeTXT {
		return 0, false
	}
	text, _ := r.Joined()
	return policy.KindOfText(string(r.Owner()), text)
}

// ends is an outcome with its reason.
func (o *Outcome) ends(a Action, reason string, args ...any) bool {
	o.Action, o.Reason = a, fmt.Sprintf(reason, args...)
	return true
}

// otherTTL says that the zone's TTL stays, where the snippet has another.
func (m *merger) otherTTL(r record) string {
	has := m.set(r).hasTTL
	if want, stated := zonefile.ParseTTL(r.ttl); stated && want != has {
		return fmt.Sprintf("; its TTL of %s stays", zonefile.FormatTTL(has))
	}
	return ""
}

// place is where a record of the zone stands.
func place(r zonefile.Record) string {
	if r.File() == r.Zone().Root() {
		return fmt.Sprintf("line %d", r.Position().Line)
	}
	return r.Place()
}

// oneLine is a record without its owner, in one line.
func oneLine(r zonefile.Record) string {
	return strings.Join(append([]string{r.Type().String()}, rawWords(r)...), " ")
}
