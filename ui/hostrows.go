package ui

// The hosts that mail for a name goes to: what the zone knows of each, its address records, and which other names use it, so
// that nobody changes an address for one name and forgets those that go by it too.

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// hostState is what the zone says of a host.
type hostState struct {
	addresses []string
	words     []string // in place of addresses, the longest first
	bad       bool
}

// hostOf looks the exchange of an MX up.
func (k *kit) hostOf(mx zonefile.Record) hostState {
	host, ok := mx.Target()
	switch {
	case mx.IsNullMX():
		return hostState{words: []string{""}}
	case !ok:
		return hostState{words: []string{"E not a name", "E no name"}, bad: true}
	}
	a := k.doc.Zone().Addresses(host)
	var h hostState
	for _, r := range a.Records {
		if ip, ok := r.Addr(); ok {
			h.addresses = append(h.addresses, ip.String())
		}
	}
	switch {
	case a.Result.Endless():
		return hostState{words: []string{"E " + a.Result.String(), "E aliases"}, bad: true}
	case a.Aliased():
		return hostState{words: k.aliasWords(a.Via[0]), bad: true}
	case len(h.addresses) > 0:
	case a.Result == zonefile.Outside:
		h.words = []string{"outside this zone", "outside"}
	case a.Result == zonefile.Delegated:
		h.words = []string{"delegated"}
	case k.unseen(a.Name):
		h.words = notRead
	case a.Result == zonefile.NoName:
		h.words, h.bad = []string{"E no such name", "E no name"}, true
	default:
		h.words, h.bad = []string{"E no address"}, true
	}
	return h
}

// notRead is what is said of a host that may stand in a part of the zone that was not read.
var notRead = []string{"not in what was read", "not read"}

// unseen tells whether a name might be in a part of the zone that was not read.
func (k *kit) unseen(n zonefile.Name) bool { return lint.UnseenOf(k.doc.Zone()).MightHold(n) }

// aliasWords says of which name a host is an alias (RFC 5321 §5.1).
func (k *kit) aliasWords(alias zonefile.Record) []string {
	target, ok := alias.Target()
	if !ok {
		return []string{"E alias"}
	}
	of := k.written(target)
	return []string{"E alias of " + of, "E alias " + of, "E alias"}
}

// said is the addresses, as many as there is room for and how many there are besides, or the words in their place.
func (h hostState) said(k *kit) said {
	switch n := len(h.addresses); {
	case h.bad:
		return said{h.words, k.Styles.Err}
	case n == 0:
		return said{h.words, k.Styles.Dim}
	case n == 1:
		return said{h.addresses, k.Styles.Plain}
	default:
		return said{append(draw.Counted(h.addresses, ", "), itoa(n)+" addresses"), k.Styles.Plain}
	}
}

// hostRow is an address record, or one that was commented out.
type hostRow struct {
	recordRow
	owner     zonefile.Name
	typ       zonefile.Type
	ttl, data string
}

// addresses adds the address records of the hosts that are in the zone, and of the names that they are aliases of.
func (m *rowMaker) addresses() {
	var list []hostRow
	for _, h := range m.homes() {
		list = append(list, m.addressesOf(h)...)
	}
	if len(list) == 0 {
		return
	}
	all := m.columns
	defer func() { m.columns = all }()
	if m.last > 0 {
		widest := leastAddress
		for _, h := range list {
			widest = max(widest, ansi.StringWidth(h.data))
		}
		const least = 12
		if m.last += m.rest() - widest; m.last < least {
			m.last = 0
		}
	}
	if slices.ContainsFunc(list, func(h hostRow) bool { return ansi.StringWidth(m.written(h.owner)) >= m.names-typeWidth }) {
		m.columns = m.leadless()
	}
	m.heading("HOSTS", "USED BY")
	for i, h := range list {
		m.host(h, i == 0 || list[i-1].owner != h.owner)
	}
}

// homes is the names that have the addresses of the hosts: the hosts, and what their aliases lead to.
func (m *rowMaker) homes() []zonefile.Name {
	var homes []zonefile.Name
	for _, h := range m.hosts {
		if a := m.z.Addresses(h); a.Aliased() && a.Result == zonefile.Found {
			h = a.Name
		}
		if !slices.Contains(homes, h) {
			homes = append(homes, h)
		}
	}
	return homes
}

// addressesOf is the address records of a host, with those that were commented out.
func (m *rowMaker) addressesOf(h zonefile.Name) (list []hostRow) {
	node := m.z.Node(h)
	for _, r := range append(node.Of(zonefile.TypeA), node.Of(zonefile.TypeAAAA)...) {
		list = append(list, hostRow{recordRow{record: r}, h, r.Type(), ttlText(r), m.show(r.RDataText())})
	}
	for _, w := range m.z.CommentedOut(h) {
		if c, _ := w.Commented(); c.Type == zonefile.TypeA || c.Type == zonefile.TypeAAAA {
			list = append(list, hostRow{recordRow{out: w}, h, c.Type, "", m.show(c.RData)})
		}
	}
	return list
}

// typeWidth is the room of a type behind the name of a host.
const typeWidth = 5

// leadless is the columns with the room of the preferences given to names, of which hosts have none.
func (c columns) leadless() columns {
	c.names, c.preference = c.names+c.preference, 0
	return c
}

// fitting is the columns in which one of some texts has room behind a type without a name: they begin further at the left where that
// is needed, so that a type and its address have one row together. Where nothing helps they are as they were.
func (c columns) fitting(s said) columns {
	d := c.leadless()
	text, ok := draw.Shortest(d.rest()+d.names-typeWidth, s.texts...)
	if _, fits := draw.Shortest(c.rest(), s.texts...); fits || !ok {
		return c
	}
	d.names -= ansi.StringWidth(text) - d.rest()
	return d
}

// host adds an address record. A repeated owner is left blank, as in a zone file, and who uses it is said once.
func (m *rowMaker) host(h hostRow, first bool) {
	style, sign, owner := m.Styles.Plain, "", ""
	s := said{[]string{h.data}, style}
	if !h.out.IsZero() {
		style, sign, s = m.Styles.Dim, ";", m.commented(h.data)
	}
	if first {
		owner = m.written(h.owner)
		h.tail = m.usersTail(h.owner)
	}
	all := m.columns
	defer func() { m.columns = all }()
	fitting := m.fitting(s)
	if owner != "" && (ansi.StringWidth(owner) >= m.names-typeWidth || fitting != all) {
		m.add(recordRow{title: true, spans: []draw.Span{m.blank(m.lead()), draw.Ink(m.Middle(owner, m.width-m.lead()), style)}})
		owner = ""
	}
	m.columns = fitting
	lead := []draw.Span{draw.Ink(m.Fit(sign, m.lead()), m.Styles.Key)}
	name := m.Fit(owner, m.names-typeWidth) + h.typ.String()
	m.row(h.recordRow, cells{lead, draw.Ink(name, style), h.ttl, s})
}

// usersTail is the last column of a host: the names whose mail goes to it. It is looked for when it is drawn.
func (m *rowMaker) usersTail(host zonefile.Name) func() string {
	var text string
	known, room := false, m.last-2
	return func() string {
		if !known {
			text, _ = draw.Shortest(room, usersText(m.users(host))...)
			known = true
		}
		return "  " + text
	}
}

// usersText is who uses a host by room: the names, the first of them, how many they are.
func usersText(users []string) (texts []string) {
	n := len(users)
	if n == 0 {
		return []string{""}
	}
	if users[n-1] != andMore {
		return append(draw.Counted(users, " "), zonefile.Plural(n, "name", "names"), itoa(n), "")
	}
	for shown := min(n-1, 8); shown > 0; shown-- { // nobody has counted them
		texts = append(texts, strings.Join(users[:shown], " ")+" "+andMore)
	}
	return append(texts, "many", "")
}

// andMore stands behind the first of many users, of which nobody knows how many they are.
const andMore = "and more"

// mostAsked is how many records are looked at for who uses a host: more names than there is room for are not counted.
const mostAsked = 4096

// users is the names whose MX lead to a host, and those that do by an alias of it.
func (m *rowMaker) users(host zonefile.Name) (users []string) {
	asked := 0
	for r := range m.z.Concerned([]zonefile.Name{host}, nil) {
		if asked++; asked > mostAsked {
			return append(users, andMore)
		}
		switch to, ok := r.Target(); {
		case !ok || to != host:
		case r.Type() == zonefile.TypeMX:
			users = append(users, m.written(r.Owner()))
		case r.Type() == zonefile.TypeCNAME:
			users = append(users, m.usersBy(r.Owner())...)
		}
	}
	return users
}

// usersBy is the names whose MX lead to an alias.
func (m *rowMaker) usersBy(alias zonefile.Name) (users []string) {
	asked := 0
	for r := range m.z.Concerned([]zonefile.Name{alias}, nil) {
		if asked++; asked > mostAsked {
			break
		}
		if to, ok := r.Target(); ok && to == alias && r.Type() == zonefile.TypeMX {
			users = append(users, m.written(r.Owner())+" as "+m.written(alias))
		}
	}
	return users
}
