package merge

// SPF: a domain has one record, so the terms of a snippet's go into the zone's (RFC 7208 §3.2).

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// mergeSPF takes the terms of a record over.
func (m *merger) mergeSPF(r record, o *Outcome) bool {
	text, _ := r.Joined()
	has, why := m.spfOf(r)
	switch {
	case why != "":
		return o.ends(Refused, "%s", why)
	case has == nil:
		m.spf[r.Owner()] = &spfRecord{first: r.line, text: text}
		return false
	}
	owner := string(r.Owner())
	o.Before = "TXT " + zonefile.Quote(has.text)
	prefer := m.opt.prefer(r.line)
	merge := policy.ParseSPF(has.text).Merge(policy.ParseSPF(text), owner, prefer == TheSnippet)
	if len(merge.Differ) > 0 && prefer != TheSnippet {
		d := merge.Differ[0]
		return m.undecidedSPF(o, prefer, fmt.Sprintf("%s in the zone, %s in the snippet", d.Has, d.Other))
	}
	left := ""
	if len(merge.Left) > 0 {
		left = fmt.Sprintf("; not taken: %s, for what the zone says of all others stays", zonefile.List(merge.Left, "and"))
	}
	if len(merge.Changes) == 0 {
		o.After = o.Before
		return o.ends(Same, "no term lacks%s", left)
	}
	has.text, has.grown = policy.Apply(has.text, merge.Changes...), true
	o.After = "TXT " + zonefile.Quote(has.text)
	var done []string
	if len(merge.Lacked) > 0 {
		done = append(done, zonefile.List(merge.Lacked, "and")+" lacked")
	}
	for _, d := range merge.Differ {
		done = append(done, d.Has+" becomes "+d.Other)
	}
	return o.ends(Merged, "%s%s", strings.Join(done, "; "), left)
}

// undecidedSPF is a term that both have with another qualifier: the first that matches decides, so it cannot stand twice.
func (m *merger) undecidedSPF(o *Outcome, prefer Preference, why string) bool {
	if prefer == TheZone {
		return o.ends(LeftOut, "%s, and the zone is preferred", why)
	}
	return o.ends(Conflict, "%s", why)
}

// spfOf is the record of a name, that of the zone or one that the snippet has above; nil for none. Why is why nothing can be merged
// into it.
func (m *merger) spfOf(r record) (s *spfRecord, why string) {
	if s := m.spf[r.Owner()]; s != nil {
		return s, ""
	}
	all := m.set(r).rivals[policy.KindSPF]
	switch len(all) {
	case 0:
		return nil, ""
	case 1:
		text, _ := all[0].Joined()
		s = &spfRecord{of: all[0], text: text}
		m.spf[r.Owner()] = s
		return s, ""
	}
	return nil, fmt.Sprintf("the zone has two SPF records, %s and %s: %s; leave one", place(all[0]), place(all[1]), policy.KindSPF.Two())
}

// spfEdits is the changes of the texts that the zone has, octet by octet.
func (m *merger) spfEdits() (edits []zonefile.Edit, err error) {
	for _, s := range m.order {
		spf := m.spf[s.key.owner]
		if s.key.typ != zonefile.TypeTXT || spf == nil || !spf.grown || spf.of.IsZero() {
			continue
		}
		text, _ := spf.of.Joined()
		if err := spf.of.Editable(); err != nil {
			return nil, err
		}
		grown := policy.ParseSPF(text).Merge(policy.ParseSPF(spf.text), string(s.key.owner), true)
		changes := make([]zonefile.TextChange, len(grown.Changes))
		for i, c := range grown.Changes {
			changes[i] = zonefile.TextChange{Start: c.Start, End: c.End, New: c.New}
		}
		edits = append(edits, spf.of.TextEdits(changes...)...)
	}
	return edits, nil
}
