package zonefile

import (
	"slices"
	"strings"
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
	Outside                 // the name is not in this zone
	Loop                    // aliases lead back to one another, or there are too many
)

// String is the result in words.
func (r Result) String() string {
	return [...]string{"found", "no data", "no such name", "delegated", "outside this zone", "alias loop"}[r]
}

// Answer is what a zone says about a name and a type.
type Answer struct {
	Result   Result
	Name     Name     // the name at the end of the aliases
	Records  []Record // of the type, at Name
	Via      []Record // the CNAME and DNAME records that were followed, in order
	Wildcard Name     // the wildcard that the records at Name came from; "" if none
	Cut      Name     // of Delegated: the name of the delegation
}

// Aliased tells whether the name that was asked for is an alias.
func (a Answer) Aliased() bool { return len(a.Via) > 0 }

// maxAliases is how many aliases a look-up follows.
const maxAliases = 16

// Lookup answers as an authoritative server of the zone would (RFC 1034 §4.3.2), and follows aliases
// inside the zone.
func (z *Zone) Lookup(n Name, t Type) Answer {
	a := Answer{Name: n}
	for len(a.Via) <= maxAliases {
		if !z.step(&a, t) {
			return a
		}
	}
	a.Result = Loop
	return a
}

// step answers for a.Name; true if an alias leads on.
func (z *Zone) step(a *Answer, t Type) bool {
	a.Records, a.Wildcard, a.Cut = nil, "", ""
	if z.apex == "" || !a.Name.Within(z.apex) {
		a.Result = Outside
		return false
	}
	if z.cut(a, t) {
		return a.Result == Found
	}
	node := z.Node(a.Name)
	if len(node.Records) == 0 && !z.Exists(a.Name) {
		if node = z.wildcard(a.Name); len(node.Records) == 0 {
			a.Result = NoName
			return false
		}
		a.Wildcard = node.Name
	}
	return z.answer(a, node, t)
}

// answer picks the records of a type, or an alias.
func (z *Zone) answer(a *Answer, node Node, t Type) bool {
	if cname := node.Of(TypeCNAME); len(cname) > 0 && t != TypeCNAME && t != TypeANY {
		return a.follow(cname[0])
	}
	a.Records = node.Records
	if t != TypeANY {
		a.Records = node.Of(t)
	}
	if a.Result = Found; len(a.Records) == 0 {
		a.Result = NoData
	}
	return false
}

// follow goes to the target of an alias; an alias without a readable one leads nowhere.
func (a *Answer) follow(alias Record) bool {
	target, ok := alias.Target()
	a.Via = append(a.Via, alias)
	if !ok {
		a.Result = NoName
		return false
	}
	a.Name = target
	return true
}

// cut looks for a delegation at or above the name, and for a DNAME above it (RFC 6672 §2.2), from the
// apex down. It tells whether the name's own records do not count; a.Result is Found when a DNAME leads on.
func (z *Zone) cut(a *Answer, t Type) bool {
	for _, n := range pathDown(z.apex, a.Name) {
		node := z.Node(n)
		if n != z.apex && node.Has(TypeNS) && !(n == a.Name && t == TypeDS) {
			a.Result, a.Cut = Delegated, n
			return true
		}
		if d := node.Of(TypeDNAME); len(d) > 0 && n != a.Name {
			return z.dname(a, n, d[0])
		}
	}
	return false
}

// dname rewrites the name below a DNAME's owner.
func (z *Zone) dname(a *Answer, owner Name, d Record) bool {
	prefix := a.Name[:len(a.Name)-len(owner)]
	target, ok := d.Target()
	a.Via = append(a.Via, d)
	if !ok {
		a.Result = NoName
		return true
	}
	if target == Root {
		target = ""
	}
	a.Name, a.Result = prefix+target, Found
	return true
}

// pathDown is the names from apex to n, both included.
func pathDown(apex, n Name) []Name {
	var up []Name
	for ; n != apex; n = n.Parent() {
		up = append(up, n)
	}
	up = append(up, apex)
	for i, j := 0, len(up)-1; i < j; i, j = i+1, j-1 {
		up[i], up[j] = up[j], up[i]
	}
	return up
}

// wildcard is the node that a name that does not exist is made from: *.C of its closest encloser C, and
// no other (RFC 4592 §3.3.1).
func (z *Zone) wildcard(n Name) Node {
	for n != z.apex {
		if n = n.Parent(); n == z.apex || z.Exists(n) {
			return z.Node(n.Wildcard())
		}
	}
	return Node{}
}

// RRset is the records of one owner and type, in the order BIND reads them.
func (z *Zone) RRset(n Name, t Type) []Record { return z.Node(n).Of(t) }

// RRsetTTL is the TTL that BIND serves a record's RRset with. Where its records state different ones:
// of records that follow each other the first wins, else the later.
func (z *Zone) RRsetTTL(r Record) uint32 {
	set := slices.DeleteFunc(z.RRset(r.Owner(), r.Type()), func(o Record) bool { return !o.sameSet(r) })
	ttl := r.TTL()
	if !mixed(set) {
		return ttl
	}
	for i, m := range set {
		if i == 0 || !z.sameRun(set[i-1], m) {
			ttl = m.TTL()
		}
	}
	return ttl
}

// RRsetTTLs is RRsetTTL for a walk over all records: it looks at each RRset once.
func (z *Zone) RRsetTTLs() func(Record) uint32 {
	type key struct {
		owner  Name
		typ    Type
		covers string
	}
	known := map[key]uint32{}
	return func(r Record) uint32 {
		k := key{owner: r.Owner(), typ: r.Type()}
		if k.typ == TypeRRSIG {
			k.covers = strings.ToUpper(string(r.word(0)))
		}
		ttl, ok := known[k]
		if !ok {
			ttl = z.RRsetTTL(r)
			known[k] = ttl
		}
		return ttl
	}
}

// sameRun tells whether only records of the same owner stand between two records of it.
func (z *Zone) sameRun(a, b Record) bool {
	owner := a.Owner()
	if a.file != b.file {
		return false
	}
	for w := range z.FileRows(a.file, a.Span().Start) {
		switch {
		case w.r == b:
			return true
		case w.Kind() == RowRecord && w.Owner() != owner, w.Kind() == RowInclude, w.Kind() == RowGenerate:
			return false
		}
	}
	return false
}
