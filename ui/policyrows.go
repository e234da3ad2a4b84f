package ui

// The policies of a domain as the pane of records tells them, wherever their owners are: one row each, two where there are two
// of a kind that may be there once, and one for all that the domain lacks.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// policyRow is one policy.
type policyRow struct {
	recordRow
	policyText
}

// policy adds the policies of the name, and what it lacks.
func (m *rowMaker) policy() {
	var all [policyCount][]policyRow
	found := false
	for kind := range policyCount {
		all[kind] = m.policiesOf(kind)
		found = found || len(all[kind]) > 0
	}
	lacks := m.lacking(all)
	if !found && len(lacks) == 0 {
		return
	}
	m.heading("POLICY", "")
	for kind, rows := range all {
		label := policyKind(kind).String()
		for _, r := range rows {
			m.policyRow(label, r)
			label = ""
		}
	}
	m.lack(lacks)
}

// policyRow adds the row of a policy, in as many lines as it takes.
func (m *rowMaker) policyRow(label string, p policyRow) {
	const labelWidth = 8
	style, sign := m.Styles.Plain, m.blank(m.tier)
	switch {
	case !p.out.IsZero():
		style, sign = m.Styles.Dim, draw.Ink(m.Fit(";", m.tier), m.Styles.Key)
	case p.bad:
		style = m.Styles.Err
	}
	indent := m.tier + labelWidth
	room := m.width - indent
	if note := m.show(p.note); m.last > 0 && note != "" {
		if text, ok := draw.Shortest(room-len(note)-2, p.texts...); ok {
			p.texts, p.tailAt, p.tail = []string{text}, m.width-len(note), func() string { return note }
		}
	}
	text, ok := draw.Shortest(room, p.texts...)
	lines := []string{text}
	if !ok {
		lines = draw.Wrap(p.texts[len(p.texts)-1], room)
	}
	for i, l := range lines {
		if i > 0 {
			p.recordRow, sign, label = recordRow{more: true}, m.blank(m.tier), ""
		}
		p.spans = []draw.Span{sign, draw.Ink(m.Fit(label, labelWidth), m.Styles.Plain), draw.Ink(l, style)}
		m.add(p.recordRow)
	}
}

// lack adds a row that says what the domain has not.
func (m *rowMaker) lack(lacks []policyKind) {
	if len(lacks) == 0 {
		return
	}
	said, names, unseen := "none yet:", "", lint.UnseenOf(m.z)
	for _, kind := range lacks {
		names += " " + kind.String()
		domains := []zonefile.Name{m.name}
		if kind == policyTLSA {
			domains = m.hosts
		}
		if slices.ContainsFunc(domains, func(n zonefile.Name) bool {
			owner := kind.owner(n)
			return unseen.MightHold(owner) || kind == policyDKIM && unseen.MightHoldBelow(owner)
		}) {
			said = "none in what was read:"
		}
	}
	for i, l := range draw.Wrap(said+names+"   a adds", m.width-m.tier) {
		r := recordRow{lacks: lacks, spans: []draw.Span{m.blank(m.tier), draw.Ink(l, m.Styles.Dim)}}
		if i > 0 {
			r.lacks, r.more = nil, true
		}
		m.add(r)
	}
}

// lacking is what a domain that receives mail could have and has not; of one that refuses mail, what says so to who gets mail
// in its name.
func (m *rowMaker) lacking(all [policyCount][]policyRow) (lacks []policyKind) {
	mx := m.z.RRset(m.name, zonefile.TypeMX)
	last := policyCount
	switch {
	case m.name.IsWildcard() || len(mx) == 0:
		return nil
	case len(mx) == 1 && mx[0].IsNullMX():
		last = policyDKIM
	}
	for kind := range last {
		if kind == policyTLSA && m.ownHost() == "" {
			continue
		}
		if !slices.ContainsFunc(all[kind], func(p policyRow) bool { return p.out.IsZero() }) {
			lacks = append(lacks, kind)
		}
	}
	return lacks
}

// ownHost is the first host of the zone that mail for the name goes to; "" if there is none.
func (m *rowMaker) ownHost() zonefile.Name {
	for _, h := range m.hosts {
		if m.hasAddress(h) {
			return h
		}
	}
	return ""
}

// policiesOf is the policies of a kind that the name has.
func (m *rowMaker) policiesOf(kind policyKind) []policyRow {
	if preview.NoMail(m.z) != "" || strings.HasPrefix(m.name.Label(), "_") {
		return nil
	}
	switch kind {
	case policyDKIM:
		return m.keys()
	case policyTLSA:
		return m.certificates()
	}
	if m.z.Lookup(m.name, zonefile.TypeTXT).Aliased() { // what counts is said at the name that it leads to
		return nil
	}
	rows := m.textsAt(kind, kind.owner(m.name))
	if kind == policyDMARC && len(rows) == 0 && len(m.z.RRset(m.name, zonefile.TypeMX)) > 0 {
		return m.dmarcAbove()
	}
	return rows
}

// textsAt is the policies of a kind among the TXT records of a name. A domain has one of each: of more, receivers take none
// (RFC 7208 §4.5, RFC 9989, RFC 8461 §3.1, RFC 8460 §3).
func (m *rowMaker) textsAt(kind policyKind, owner zonefile.Name) (rows []policyRow) {
	a := m.z.Lookup(owner, zonefile.TypeTXT)
	if a.Aliased() && a.Result != zonefile.Found {
		return []policyRow{m.elsewhere(a)}
	}
	count := map[string]bool{}
	for _, r := range a.Records {
		text, _ := r.Joined()
		is := kind.is(text)
		if !is && (kind == policySPF || a.Wildcard != "") {
			continue
		}
		if is {
			count[text] = true
		}
		rows = append(rows, policyRow{recordRow{record: r}, kind.read(text, m.name)})
	}
	if len(count) > 1 && kind != policyDKIM {
		for i := range rows {
			rows[i].policyText = oneOf(len(count), rows[i].texts)
		}
	}
	for i := range rows {
		for j, text := range rows[i].texts {
			rows[i].texts[j] = m.show(text)
		}
	}
	return append(rows, m.commentedTexts(kind, owner)...)
}

// oneOf is one of several policies of a kind that may be there once.
func oneOf(count int, texts []string) policyText {
	const none = ": receivers take none"
	of := "E one of " + itoa(count)
	p := policyText{bad: true}
	for _, t := range texts {
		p.texts = append(p.texts, of+none+": "+strings.TrimPrefix(t, "E "))
	}
	p.texts = append(p.texts, of+none)
	return p
}

// elsewhere is a policy that an alias leads to, where this zone cannot say what it says.
func (m *rowMaker) elsewhere(a zonefile.Answer) policyRow {
	to := m.written(a.Name)
	p := policyText{texts: []string{"alias of " + to + ", not known here", "alias of " + to, "alias"}}
	switch {
	case a.Result.Endless():
		p = fault(a.Result.String())
	case a.Result == zonefile.NoName || a.Result == zonefile.NoData:
		p = fault("alias of " + to + ", which has none")
	}
	return policyRow{recordRow{record: a.Via[0]}, p}
}

// commentedTexts is the policies of a kind at a name that were commented out.
func (m *rowMaker) commentedTexts(kind policyKind, owner zonefile.Name) (rows []policyRow) {
	for _, w := range m.z.CommentedOut(owner) {
		c, _ := w.Commented()
		if c.Type == zonefile.TypeTXT && kind.is(c.Value) {
			rows = append(rows, policyRow{recordRow{out: w}, policyText{texts: m.commented("").texts}})
		}
	}
	return rows
}

// dmarcAbove is the policy of a domain above, which counts for names that have none of their own (RFC 9989).
func (m *rowMaker) dmarcAbove() []policyRow {
	for n := m.name; n != m.z.Origin() && n != "" && n != zonefile.Root; {
		n = n.Parent()
		a := m.z.Lookup(policyDMARC.owner(n), zonefile.TypeTXT)
		for _, r := range a.Records {
			if text, _ := r.Joined(); a.Wildcard == "" && policy.IsDMARC(text) {
				p := dmarcText(policy.ParseTags(text), n, "sp")
				for i := range p.texts {
					p.texts[i] = m.show("as " + m.written(n) + ": " + p.texts[i])
				}
				return []policyRow{{recordRow{record: r}, p}}
			}
		}
	}
	return nil
}

// keys is the DKIM keys of the name, by their selectors.
func (m *rowMaker) keys() (rows []policyRow) {
	top := policyDKIM.owner(m.name)
	if a := m.z.Lookup(top, zonefile.TypeTXT); a.Result == zonefile.Delegated && a.Cut.Within(top) {
		return []policyRow{{recordRow{record: m.z.RRset(a.Cut, zonefile.TypeNS)[0]}, policyText{texts: []string{"delegated to other name servers"}}}}
	}
	asked := 0
	var owners []zonefile.Name
	for r := range m.z.Concerned(nil, []zonefile.Name{top}) {
		if asked++; asked > mostAsked {
			break
		}
		if n := r.Owner(); n.Below(top) && !slices.Contains(owners, n) && (r.Type() == zonefile.TypeTXT || r.Type() == zonefile.TypeCNAME) {
			owners = append(owners, n)
		}
	}
	for _, n := range owners {
		for _, p := range m.textsAt(policyDKIM, n) {
			rows = append(rows, p.of(m.show(n.In(top))))
		}
	}
	return rows
}

// of says in front whose it is.
func (p policyRow) of(whose string) policyRow {
	texts := make([]string, len(p.texts))
	for i, t := range p.texts {
		if rest, bad := strings.CutPrefix(t, "E "); bad {
			texts[i] = "E " + whose + ": " + rest
		} else {
			texts[i] = whose + ": " + t
		}
	}
	p.texts = texts
	return p
}

// certificates is the TLSA records of the hosts.
func (m *rowMaker) certificates() (rows []policyRow) {
	for _, h := range m.hosts {
		for _, r := range m.z.RRset(policyTLSA.owner(h), zonefile.TypeTLSA) {
			var words []string
			for _, t := range r.RData() {
				words = append(words, m.show(t.Text()))
			}
			rows = append(rows, policyRow{recordRow{record: r}, tlsaText(words)}.of(m.written(h)))
		}
		for _, w := range m.z.CommentedOut(policyTLSA.owner(h)) {
			if c, _ := w.Commented(); c.Type == zonefile.TypeTLSA {
				rows = append(rows, policyRow{recordRow{out: w}, policyText{texts: m.commented("").texts}}.of(m.written(h)))
			}
		}
	}
	return rows
}
