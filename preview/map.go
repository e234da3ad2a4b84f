package preview

// The map of a zone: every name that can receive mail, and which names share a route.

import (
	"cmp"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Mailbox is a name that can receive mail.
//
// There may be a million of them: a record, which the zone has, and wider numbers made a map half as large again, and slower by more.
type Mailbox struct {
	Name  zonefile.Name
	Leads zonefile.Name // of an alias: the name whose mail counts
	Route int32         // names with the same number have the same route; 1 is the route of most
	Place int32         // of the name in the file: how many there are up to it
	How   How
	Out   bool // all its records are commented out, so that there is no such name
}

// How tells how a name receives mail; 0 if it does not.
type How uint8

// The ways.
const (
	ByMX How = 1 + iota
	ByWildcard
	ByAddress
	ByNull // expressly not
	ByAlias
	ByOthers
)

// ways is what the JSON output calls them.
var ways = [...]string{0: "", ByMX: "mx", ByWildcard: "wildcard", ByAddress: "implicit", ByNull: "null", ByAlias: "alias", ByOthers: "delegated"}

// String is the word of the JSON output.
func (h How) String() string { return ways[h] }

// Map lists the names of a zone that can receive mail, the apex first, then as in a tree of names. The
// zones beside it are consulted about where aliases lead.
//
// Listed are names with MX records; delegations; names with an address that can be read and no MX (RFC 5321 §5.1), unless
// an MX, NS or SRV record of the zone names them as its host, for then they are servers and not
// anybody's domain; and aliases of all these, or of a name that a wildcard's MX covers. Names with a label
// that starts with an underscore are services: they are listed with an MX record only.
//
// Routes are the same when the same hosts stand in the same tiers, whatever the numbers. All names that
// are their own host share one route, and so do all that refuse mail.
// The map of a zone that is for resolvers or name servers (NoMail) is empty.
func Map(z *zonefile.Zone, beside ...*zonefile.Zone) []Mailbox {
	if NoMail(z) != "" {
		return nil
	}
	return OwnersOf(z, false, nil, beside...).Mail
}

// Owners is the names of a zone.
type Owners struct {
	Mail  []Mailbox // those that can receive mail, as Map has them
	All   []Mailbox // all of them in the same order, and those that are commented out; nil where nobody wants them. How is "" of a name that receives no mail
	Count int       // of all that there are
}

// OwnersOf lists the names of a zone that can receive mail, and all others if they are wanted. It ends where goesOn, which is asked
// at each name, says that nobody waits for them; nil: somebody does.
func OwnersOf(z *zonefile.Zone, all bool, goesOn func() bool, beside ...*zonefile.Zone) Owners {
	m, none := newMapper(z, beside), NoMail(z) != ""
	var out Owners
	var mail, others mailboxes
	routes := numbering{ids: map[string]int32{}}
	for node := range z.Nodes() {
		if goesOn != nil && !goesOn() {
			return Owners{}
		}
		if !node.Name.Within(z.Origin()) {
			continue
		}
		out.Count++
		b, ok := m.mailbox(node)
		b.Place = int32(out.Count)
		switch {
		case ok && !none:
			b.Route = routes.id(m.key)
			mail.add(b)
		case all:
			others.add(Mailbox{Name: node.Name, Place: b.Place})
		}
	}
	out.Mail = mail.list(0)
	routes.rank(out.Mail)
	if all {
		out.All = append(others.list(len(out.Mail)), out.Mail...)
		out.All = append(out.All, commentedOut(z, out.All)...)
		sortTree(out.All, z.Origin())
	}
	sortTree(out.Mail, z.Origin())
	return out
}

// mailboxes is a list under way. A slice that grows is copied again and again, and a long copy cannot be interrupted: the collector
// of garbage, which has to stop whoever writes, took more of a map of half a million names than its making did.
type mailboxes struct{ full [][]Mailbox }

// add puts a name at the end.
func (l *mailboxes) add(b Mailbox) {
	const least, most = 8, 1024 // there may be ten thousand zones of some names, each with a map
	last := len(l.full) - 1
	if last < 0 || len(l.full[last]) == cap(l.full[last]) {
		room := least
		if last >= 0 {
			room = min(2*cap(l.full[last]), most)
		}
		l.full = append(l.full, make([]Mailbox, 0, room))
		last++
	}
	l.full[last] = append(l.full[last], b)
}

// list is all of them, with room for some more.
func (l *mailboxes) list(more int) []Mailbox {
	n := 0
	for _, some := range l.full {
		n += len(some)
	}
	if n == 0 {
		return nil
	}
	all := make([]Mailbox, 0, n+more)
	for i, some := range l.full {
		all = append(all, some...)
		l.full[i] = nil // as the list grows, they go
	}
	return all
}

// commentedOut is the names of a zone that have nothing but what was commented out, each at the place of the name above it.
func commentedOut(z *zonefile.Zone, names []Mailbox) (out []Mailbox) {
	place := map[zonefile.Name]int32{}
	for n, above := range z.OnlyCommentedOut() {
		if len(out) == 0 {
			for _, b := range names {
				place[b.Name] = b.Place
			}
		}
		out = append(out, Mailbox{Name: n, Place: place[above], Out: true})
	}
	return out
}

// ByRoute orders names by how many share their route, where they stand: the outliers first.
func ByRoute(names []Mailbox) []Mailbox {
	most := int32(0)
	for i := range names {
		most = max(most, names[i].Route)
	}
	next, places := placesOf(names, int(most)+1), make([]int32, len(names))
	for i := range names {
		route := names[i].Route
		places[i] = int32(next[route])
		next[route]++
	}
	arrange(names, places)
	return names
}

// placesOf is where the names of each route begin when those that few share stand first. Routes are numbers below count.
func placesOf(names []Mailbox, count int) []int {
	size, routes := make([]int, count), make([]int, count)
	for i := range names {
		size[names[i].Route]++
	}
	for i := range routes {
		routes[i] = i
	}
	slices.SortStableFunc(routes, func(a, b int) int { return cmp.Compare(size[a], size[b]) })
	places, next := make([]int, count), 0
	for _, route := range routes {
		places[route] = next
		next += size[route]
	}
	return places
}

// mapper knows of a zone what it takes to classify one name.
type mapper struct {
	world
	z     *zonefile.Zone
	uncut bool                   // there are no delegations, and no owners of DNAME records
	hosts map[zonefile.Name]bool // that MX, NS and SRV records name; nil where the zone is asked

	key   []byte // of the route of the name that was looked at last
	tiers tiers  // room for those of a name

	asked  int // how many names the zone was asked for
	looked int // how many records were looked at for that
}

// newMapper reads the zone once.
func newMapper(z *zonefile.Zone, beside []*zonefile.Zone) *mapper {
	m := newAsker(z, beside)
	z.IndexNames()
	m.read()
	return m
}

// newAsker is a mapper for a few names of the zone: it does not read all of it, unless it is asked so much that this costs less.
func newAsker(z *zonefile.Zone, beside []*zonefile.Zone) *mapper {
	return &mapper{world: newWorld(append([]*zonefile.Zone{z}, beside...), nil), z: z}
}

// read reads the zone.
func (m *mapper) read() {
	m.uncut, m.hosts = true, map[zonefile.Name]bool{}
	for r := range m.z.RecordsOf(zonefile.TypeNS, zonefile.TypeMX, zonefile.TypeSRV, zonefile.TypeDNAME) {
		t := r.Type()
		if m.uncut && (t == zonefile.TypeDNAME || t == zonefile.TypeNS) {
			m.uncut = r.Owner() == m.z.Origin()
		}
		if t != zonefile.TypeDNAME {
			m.names(r, t)
		}
	}
}

// names notes the host that a record names. Nearly all name one that others name, too.
func (m *mapper) names(r zonefile.Record, t zonefile.Type) {
	var room [256]byte
	text, ok := r.AppendTarget(room[:0])
	if !ok || m.hosts[zonefile.Name(text)] {
		return
	}
	if target := zonefile.Name(text); t != zonefile.TypeMX || target != r.Owner() {
		m.hosts[target] = true
	}
}

// host tells whether an MX, NS or SRV record names a name as its host.
func (m *mapper) host(n zonefile.Name) bool {
	if m.hosts == nil && (m.asked > mostAtOnce || m.looked > m.z.Entries()) {
		m.read()
	}
	if m.hosts != nil {
		return m.hosts[n]
	}
	return m.ask(n)
}

// ask looks for a record that names a name as its host where there may be one.
func (m *mapper) ask(n zonefile.Name) bool {
	m.asked++
	for r := range m.z.Concerned([]zonefile.Name{n}, nil) {
		m.looked++
		switch t := r.Type(); t {
		case zonefile.TypeNS, zonefile.TypeMX, zonefile.TypeSRV:
			if target, ok := r.Target(); ok && target == n && (t != zonefile.TypeMX || target != r.Owner()) {
				return true
			}
		}
	}
	return false
}

// occluded tells whether a name is below a delegation or a DNAME: the zone's records there do not count.
func (m *mapper) occluded(n zonefile.Name) bool {
	if m.uncut {
		return false
	}
	for n != m.z.Origin() {
		if n = n.Parent(); n == "" || n != m.z.Origin() && m.z.Cuts(n) {
			return true
		}
	}
	return false
}

// mailbox classifies a name and leaves the key of its route in m.key; ok is false if it receives no mail.
func (m *mapper) mailbox(node zonefile.Node) (b Mailbox, ok bool) {
	m.key = m.key[:0]
	if !node.Name.Within(m.z.Origin()) || m.occluded(node.Name) {
		return b, false
	}
	b.Name = node.Name
	record := mailRecord(node, m.z.Origin())
	if record.IsZero() {
		return b, false
	}
	switch record.Type() {
	case zonefile.TypeNS:
		b.How = ByOthers
		m.delegated(node.Records)
		return b, true
	case zonefile.TypeMX:
		b.How = m.mxRoute(node)
		return b, true
	case zonefile.TypeCNAME:
		if isService(node.Name) {
			return b, false
		}
		b.How = ByAlias
		b.Leads, ok = m.alias(node.Name)
		return b, ok
	}
	if isService(node.Name) || node.Name != m.z.Origin() && m.host(node.Name) {
		return b, false
	}
	b.How, m.key = ByAddress, append(m.key[:0], "itself"...)
	return b, true
}

// mailRecord is the record of a name that decides how it receives mail; the zero Record if it does not.
func mailRecord(node zonefile.Node, apex zonefile.Name) zonefile.Record {
	var best zonefile.Record
	rank := 0
	for _, r := range node.Records {
		if k := mailRank(r, node.Name == apex); k > rank && !r.Foreign() {
			best, rank = r, k
		}
	}
	return best
}

// mailRank orders the records of a name: a delegation hides all others, an alias goes before MX records
// that stand beside it, and those before an address.
func mailRank(r zonefile.Record, apex bool) int {
	switch r.Type() {
	case zonefile.TypeNS:
		if apex {
			return 0
		}
		return 4
	case zonefile.TypeCNAME:
		return 3
	case zonefile.TypeMX:
		return 2
	case zonefile.TypeA, zonefile.TypeAAAA:
		if r.Sound() { // else senders find no address
			return 1
		}
	}
	return 0
}

// alias follows an alias to a name that receives mail.
func (m *mapper) alias(n zonefile.Name) (leads zonefile.Name, ok bool) {
	a := m.lookup(n, zonefile.TypeMX)
	switch {
	case a.Result == zonefile.Found:
		m.mxRoute(zonefile.Node{Name: a.Name, Records: a.Records})
		return a.Name, true
	case a.Result == zonefile.NoData && a.Zone == m.z:
		_, ok = m.mailbox(m.z.Node(a.Name))
		return a.Name, ok
	case a.Result == zonefile.Delegated && a.Zone == m.z:
		m.delegated(m.z.RRset(a.Cut, zonefile.TypeNS))
		return a.Name, true
	}
	return a.Name, false
}

// delegated makes the key of a name that the servers of some NS records know.
func (m *mapper) delegated(records []zonefile.Record) {
	m.key = m.tiers.write(append(m.key[:0], "delegated "...), records, zonefile.TypeNS)
}

// mxRoute is how a name with MX records receives mail; it makes the key of the route.
func (m *mapper) mxRoute(node zonefile.Node) How {
	if !slices.ContainsFunc(node.Records, func(r zonefile.Record) bool { return r.Type() == zonefile.TypeMX && notNull(r) }) {
		m.key = append(m.key[:0], "null"...)
		return ByNull
	}
	m.key = m.tiers.write(m.key[:0], node.Records, zonefile.TypeMX)
	if node.Name.IsWildcard() {
		return ByWildcard
	}
	return ByMX
}
