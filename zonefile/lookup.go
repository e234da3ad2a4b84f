package zonefile

// What a zone says about a name, as a server answers from it (RFC 1034 §4.3.2): delegations, aliases and wildcards, and
// not known where the zone cannot know.

import (
	"cmp"
	"fmt"
	"slices"
)

// Result is how a look-up ended.
type Result uint8

// The results of a look-up. Only NoName and NoData say that something is missing: a zone file says
// nothing about names that are outside it or delegated.
const (
	Found     Result = iota // records of the type
	NoData                  // the name exists, without records of the type (also an empty non-terminal)
	NoName                  // the name does not exist
	Delegated               // the name is at or below a delegation: other servers know
	Outside                 // the name is in none of the zones that were asked
	Silent                  // the servers of the name are said not to answer (Zones.Dead): it may be known later
	Circle                  // aliases lead back to one another: a server's answer is SERVFAIL
	TooLong                 // more aliases than MaxAliases: a server's answer is SERVFAIL
)

// String is the result in words.
func (r Result) String() string {
	if r == TooLong {
		return fmt.Sprintf("more than %d aliases", MaxAliases)
	}
	return [...]string{"found", "no data", "no such name", "delegated", "outside this zone", "no answer", "alias circle"}[r]
}

// Endless tells aliases that nobody follows to an end: who asks is told SERVFAIL, and senders try again later.
func (r Result) Endless() bool { return r == Circle || r == TooLong }

// MaxAliases is how many aliases a question is led through. BIND: named 9.18.49 answers at the end of 11 of its own
// zones, and says SERVFAIL at the twelfth ("query iterations limit reached"); a DNAME counts as one.
const MaxAliases = 11

// Answer is what a zone says about a name and a type.
type Answer struct {
	Result   Result
	Name     Name     // the name at the end of the aliases
	Records  []Record // of the type, at Name
	Via      []Record // the CNAME and DNAME records that were followed, in order
	Wildcard Name     // the wildcard that the records at Name came from; "" if none
	Cut      Name     // of Delegated: the name of the delegation
	Zone     *Zone    // that answers for Name; nil of Outside and Silent
}

// Aliased tells whether the name that was asked for is an alias.
func (a Answer) Aliased() bool { return len(a.Via) > 0 }

// step answers for a.Name, which is in the zone (RFC 1034 §4.3.2); true if an alias leads on.
func (z *Zone) step(a *Answer, t Type) bool {
	if z.cut(a, t) {
		return a.Result == Found
	}
	found, owned := z.typed(a.Name, t)
	if !owned && !z.Exists(a.Name) {
		if a.Wildcard = z.wildcard(a.Name); a.Wildcard == "" {
			a.Result = NoName
			return false
		}
		found, _ = z.typed(a.Wildcard, t)
	}
	return a.answer(found, t)
}

// typed is the records of a name that answer a question of a type: those of the type and aliases. It tells
// whether the name has any records.
func (z *Zone) typed(n Name, t Type) (found []Record, owned bool) {
	if t != typeAddress {
		return z.gather(n, t, TypeCNAME)
	}
	found, owned = z.gather(n, TypeANY, TypeANY)
	found = slices.DeleteFunc(found, func(r Record) bool {
		t := r.Type()
		return t != TypeA && t != TypeAAAA && t != TypeCNAME
	})
	slices.SortStableFunc(found, func(a, b Record) int { return cmp.Compare(a.Type(), b.Type()) })
	return found, owned
}

// answer takes the records that answer, or follows the first alias among them.
func (a *Answer) answer(found []Record, t Type) bool {
	if t != TypeCNAME && t != TypeANY {
		for _, r := range found {
			if r.Type() == TypeCNAME {
				return a.follow(r)
			}
		}
	}
	if a.Records, a.Result = found, Found; len(found) == 0 {
		a.Result = NoData
	}
	return false
}

// follow goes where an alias leads; one without a readable target leads nowhere.
func (a *Answer) follow(alias Record) bool {
	a.Via = append(a.Via, alias)
	next, ok := alias.leads(a.Name)
	if !ok {
		a.Result = NoName
		return false
	}
	a.Name, a.Result = next, Found
	return true
}

// leads is the name that an alias makes of n: its target, and with a DNAME what n has below the owner before it (RFC
// 6672 §2.2).
func (r Record) leads(n Name) (Name, bool) {
	target, ok := r.Target()
	if !ok || r.Type() != TypeDNAME {
		return target, ok
	}
	if owner := r.Owner(); owner != Root {
		n = n[:len(n)-len(owner)]
	}
	if target == Root {
		return n, true
	}
	return n + target, true
}

// cut looks for a delegation at or above the name, and for a DNAME above it (RFC 6672 §2.2); the one that is
// nearest to the apex counts. It tells whether the name's own records do not count; a.Result is Found when a
// DNAME leads on.
func (z *Zone) cut(a *Answer, t Type) bool {
	var top Record
	v := z.view()
	for n := a.Name; ; n = n.Parent() {
		if has := v.cutting(n); has.ns || has.dname {
			if r, ok := z.cutAt(n, a.Name, t, has); ok {
				top = r
			}
		}
		if n == z.apex {
			break
		}
	}
	switch {
	case top.IsZero():
		return false
	case top.Type() == TypeDNAME:
		a.follow(top)
		return true
	}
	a.Result, a.Cut = Delegated, top.Owner()
	return true
}

// Cuts tells whether a name has NS or DNAME records, which decide about the names below it.
func (z *Zone) Cuts(n Name) bool {
	has := z.view().cutting(n)
	if has.ns {
		_, has.ns = z.first(n, TypeNS)
	}
	if has.dname {
		_, has.dname = z.first(n, TypeDNAME)
	}
	return has.ns || has.dname
}

// cutAt is the NS or DNAME record of n that decides about name, which is n or below it.
func (z *Zone) cutAt(n, name Name, t Type, has cutting) (Record, bool) {
	if has.ns && n != z.apex && !(n == name && t == TypeDS) {
		if r, ok := z.first(n, TypeNS); ok {
			return r, true
		}
	}
	if n == name || !has.dname {
		return Record{}, false
	}
	return z.first(n, TypeDNAME)
}

// wildcard is the name that one that does not exist is made from: *.C of its closest encloser C, and no
// other (RFC 4592 §3.3.1); "" if that has no records.
func (z *Zone) wildcard(n Name) Name {
	for n != z.apex {
		if n = n.Parent(); n == z.apex || z.Exists(n) {
			if _, ok := z.first(n.Wildcard(), TypeANY); ok {
				return n.Wildcard()
			}
			return ""
		}
	}
	return ""
}
