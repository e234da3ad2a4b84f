package merge

// The way of a snippet: read, judged record by record in its order, and made edits of if nothing is left to decide.

import (
	"fmt"
	"slices"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// Snippet merges a snippet into a zone. The error is Faults where it cannot be read.
func Snippet(z *zonefile.Zone, text string, opt Options) (Result, error) {
	if opt.Domain == "" {
		opt.Domain = z.Origin()
	}
	all, err := read(text, opt.Domain)
	if err != nil {
		return Result{}, err
	}
	m := merger{
		namer: namer{z: z, domain: opt.Domain}, opt: opt,
		sets: map[setKey]*set{}, at: map[zonefile.Name]*name{}, spf: map[zonefile.Name]*spfRecord{},
	}
	m.know(all)
	m.starts(all)
	var out Result
	for _, r := range all {
		o := Outcome{Owner: r.Owner(), Type: r.Type(), After: oneLine(r.Record), Line: r.line}
		m.judge(r, &o)
		out.Outcomes = append(out.Outcomes, o)
	}
	if out.Undecided()+out.Refused() == 0 {
		out.Edits, err = m.edits()
	}
	return out, err
}

// starts finds where zones start.
func (m *merger) starts(all []record) {
	m.own = map[zonefile.Name]bool{m.z.Origin(): true}
	for _, r := range all {
		if r.Type() == zonefile.TypeSOA {
			m.own[r.Owner()] = true
		}
	}
}

// judge says what becomes of a record.
func (m *merger) judge(r record, o *Outcome) {
	for _, rule := range []func(record, *Outcome) bool{
		m.notOurs, m.notMeant, m.repeated, m.same, m.alone, m.policy, m.address, m.replaces,
	} {
		if rule(r, o) {
			return
		}
	}
	m.add(r, o)
}

// notOurs leaves out what belongs to the zone as a whole.
func (m *merger) notOurs(r record, o *Outcome) bool {
	switch t := r.Type(); {
	case t == zonefile.TypeSOA:
		return o.ends(LeftOut, "the zone has its own")
	case t == zonefile.TypeNS && m.own[r.Owner()]:
		return o.ends(LeftOut, "name servers of a zone itself are not merged: the zone above has to name them, too")
	case slices.Contains(signed, t.String()):
		return o.ends(LeftOut, "such records are made when a zone is signed, and are right nowhere else")
	}
	return false
}

// notMeant refuses what cannot be what was meant.
func (m *merger) notMeant(r record, o *Outcome) bool {
	for _, why := range []func(record) string{m.refused, func(r record) string { return notMeant(r.Record) }, m.target} {
		if text := why(r); text != "" {
			return o.ends(Refused, "%s", text)
		}
	}
	return false
}

// repeated finds what the snippet has above.
func (m *merger) repeated(r record, o *Outcome) bool {
	s, key := m.set(r), says(r.Record)
	if line, above := s.seen[key]; above {
		return o.ends(Same, "line %d says it already", line)
	}
	s.seen[key] = r.line
	return false
}

// same finds what the zone has.
func (m *merger) same(r record, o *Outcome) bool {
	s := m.set(r)
	has, ok := s.says[says(r.Record)]
	if !ok {
		return false
	}
	s.kept[has] = true
	o.Before, o.After = oneLine(has), oneLine(has)
	return o.ends(Same, "the zone has it, %s%s", place(has), m.otherTTL(r))
}

// alone refuses an alias beside anything, and anything beside an alias.
func (m *merger) alone(r record, o *Outcome) bool {
	n, t := m.name(r), r.Type()
	if has := n.zone.against(t); !has.IsZero() && !(has.Type() == t && m.opt.replaces(t)) {
		o.Before = oneLine(has.Record)
		return o.ends(Refused, "%s has %s, %s: a %s stands alone", r.Owner(), o.Before, place(has.Record), aloneType(t, has.Type()))
	}
	if has := n.snippet.against(t); !has.IsZero() {
		return o.ends(Refused, "line %d has %s: a %s stands alone", has.line, oneLine(has.Record), aloneType(t, has.Type()))
	}
	return false
}

// aloneType is which of two types stands alone.
func aloneType(a, b zonefile.Type) zonefile.Type {
	if a == zonefile.TypeDNAME || b == zonefile.TypeCNAME {
		return b
	}
	return a
}

// policy merges SPF, and asks where another policy of a kind is there of which a name has one.
func (m *merger) policy(r record, o *Outcome) bool {
	kind, is := policyOf(r.Record)
	if !is {
		return false
	}
	if why := broken(r.Record, kind); why != "" {
		return o.ends(Refused, "receivers take nothing of it: %s", why)
	}
	if m.opt.replaces(r.Type()) {
		return false
	}
	if kind == policy.KindSPF {
		return m.mergeSPF(r, o)
	}
	s := m.set(r)
	if line, above := s.policies[kind]; above {
		return o.ends(Refused, "line %d is another %s: %s", line, kind.Called(), kind.Two())
	}
	rivals := s.rivals[kind]
	if len(rivals) == 0 {
		s.policies[kind] = r.line
		return false
	}
	remedy := ""
	if kind == policy.KindDKIM {
		remedy = "; a new key gets a new selector"
	}
	return m.decide(r, o, rivals, fmt.Sprintf("the zone has another %s, %s%s", kind.Called(), place(rivals[0]), remedy))
}

// address asks where a host has another address.
func (m *merger) address(r record, o *Outcome) bool {
	s := m.set(r)
	if t := r.Type(); t != zonefile.TypeA && t != zonefile.TypeAAAA || len(s.has) == 0 || m.opt.replaces(t) {
		return false
	}
	return m.decide(r, o, s.has, "the zone has another address, "+place(s.has[0]))
}

// decide is a conflict, or what becomes of it by who is preferred.
func (m *merger) decide(r record, o *Outcome, rivals []zonefile.Record, why string) bool {
	o.Before = oneLine(rivals[0])
	switch m.opt.prefer(r.line) {
	case TheZone:
		return o.ends(LeftOut, "%s, and the zone is preferred", why)
	case TheSnippet:
		m.set(r).replace(rivals)
		m.takes(r)
		if kind, is := policyOf(r.Record); is {
			m.set(r).policies[kind] = r.line
		}
		return o.ends(Replaced, "%s, and the snippet is preferred", why)
	}
	return o.ends(Conflict, "%s", why)
}

// replaces puts a record into the place of a set.
func (m *merger) replaces(r record, o *Outcome) bool {
	s := m.set(r)
	if !m.opt.replaces(r.Type()) || len(s.has) == 0 {
		return false
	}
	o.Before = oneLine(s.has[0])
	s.replace(s.has)
	m.takes(r)
	return o.ends(Replaced, "the set gives way, %s", zonefile.Plural(len(s.has), "record", "records"))
}

// add adds a record.
func (m *merger) add(r record, o *Outcome) {
	s := m.set(r)
	why := "none of that name and type is there"
	switch {
	case len(s.has) > 0:
		why = "beside " + oneLine(s.has[0]) + m.otherTTL(r)
	case len(s.take) > 0:
		why = fmt.Sprintf("beside line %d", s.take[0].line)
	}
	if cut := m.cutAbove(r); cut != "" {
		why += fmt.Sprintf("; the servers of %s answer for it, not this zone's", cut)
	}
	m.takes(r)
	if text, _ := r.Joined(); r.Type().HoldsStrings() && !fits(r.Record) {
		why += fmt.Sprintf("; %d octets, cut into strings of %d", len(text), zonefile.MaxString)
	}
	o.ends(Added, "%s", why)
}

// cutAbove is the delegation that a name is below; "" for none.
func (m *merger) cutAbove(r record) zonefile.Name {
	for n := r.Owner().Parent(); n.Below(m.z.Origin()); n = n.Parent() {
		if m.z.Cuts(n) {
			return n
		}
	}
	return ""
}

// edits is the change of all sets: first the texts that take terms over, then the records that come and go.
func (m *merger) edits() ([]zonefile.Edit, error) {
	texts, err := m.spfEdits()
	if err != nil {
		return nil, err
	}
	return zonefile.Chain(m.z,
		func(*zonefile.Zone) ([]zonefile.Edit, error) { return texts, nil },
		func(z *zonefile.Zone) ([]zonefile.Edit, error) { return m.setEdits(z) })
}
