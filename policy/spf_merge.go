package policy

// What becomes of an SPF record that takes over the terms of another. A domain has one record (RFC 7208 §3.2), so what a
// provider prints does not stand beside the one that is there: its terms go into it. What those that are there say stays,
// and so does what is done with all others: a record that somebody prints for everybody knows nothing of this domain.

import (
	"slices"
	"strconv"
	"strings"
)

// An SPFMerge is what becomes of a record.
type SPFMerge struct {
	Changes []Change    // of its text
	Lacked  []string    // the terms that are new
	Differ  []Differing // terms that both have, with other qualifiers
	Left    []string    // terms of the other that are not taken over, for what the record says of it stays
}

// Differing is a term as two records have it.
type Differing struct{ Has, Other string }

// Merge takes the terms of another record over, for an owner. Those with another qualifier change only if the other is to be
// preferred: the first that matches decides (RFC 7208 §4.6.2), so the same term once more would say nothing.
func (s SPF) Merge(o SPF, owner string, preferOther bool) (m SPFMerge) {
	end := s.end()
	has := map[string]Term{}
	for _, t := range slices.Backward(s.Terms[:end]) {
		has[t.meaning(owner)] = t
	}
	seen, all := map[string]bool{}, o.All()
	for i, t := range o.Terms {
		key := t.meaning(owner)
		mine, both := has[key]
		switch {
		case t.IsAll() || t.Redirects() || t.explains():
			if !slices.ContainsFunc(s.Terms, func(mine Term) bool { return mine.saysAs(t) }) {
				m.Left = append(m.Left, t.Text)
			}
		case seen[key] || all >= 0 && i > all && !t.Modifier: // the first that matches decides, and nothing behind all is looked at
		case !both:
			m.Lacked = append(m.Lacked, t.Text)
		case mine.Qualifier != t.Qualifier && !t.Modifier:
			m.Differ = append(m.Differ, Differing{mine.Text, t.Text})
			if preferOther {
				m.Changes = append(m.Changes, mine.requalified(t.Qualifier))
			}
		}
		seen[key] = true
	}
	if len(m.Lacked) > 0 {
		m.Changes = append(m.Changes, s.Insert(end, strings.Join(m.Lacked, " ")))
	}
	return m
}

// end is the term that new ones stand before: all, for nothing behind it is looked at, or redirect= at the end.
func (s SPF) end() int {
	n := len(s.Terms)
	if all := s.All(); all >= 0 {
		return all
	}
	if n > 0 && s.Terms[n-1].Redirects() {
		return n - 1
	}
	return n
}

// saysAs tells terms that say the same of all senders that no other term names, or of why one is refused.
func (t Term) saysAs(o Term) bool {
	return t.Name == o.Name && t.Modifier == o.Modifier && t.Qualifier == o.Qualifier && lower(t.Domain) == lower(o.Domain)
}

// meaning is what a term asks of a sender, whatever its qualifier: equal for terms that ask the same.
func (t Term) meaning(owner string) string {
	domain := strings.TrimSuffix(lower(t.Domain), ".")
	if domain == strings.TrimSuffix(lower(owner), ".") && (t.Name == "a" || t.Name == "mx" || t.Name == "ptr") {
		domain = "" // RFC 7208 §5.3: the domain itself where none is named
	}
	switch {
	case len(t.Faults) > 0 || t.Modifier:
		return lower(t.Text)
	case t.Network.IsValid():
		return t.Name + ":" + t.Network.Masked().String()
	}
	return t.Name + ":" + domain + "/" + bits(t.Four, 32) + "//" + bits(t.Six, 128)
}

// bits is a prefix length; one that does not stand is all of the address (RFC 7208 §5).
func bits(n, all int) string {
	if n < 0 {
		n = all
	}
	return strconv.Itoa(n)
}

// requalified gives a term another qualifier; + need not be written (RFC 7208 §4.6.2).
func (t Term) requalified(to byte) Change {
	at := Span{t.Start, t.Start}
	if t.Text[0] == t.Qualifier {
		at.End++
	}
	if to == '+' {
		return Change{at, ""}
	}
	return Change{at, string(to)}
}
