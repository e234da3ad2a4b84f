package policy

// What becomes of a record's terms where a host gets another name or another address: the text of each that means it, and
// no other octet.

import (
	"net/netip"
	"strings"
)

// Rename changes the domains of terms, as to says; it tells of each whether it changes. Of a domain with macros the name
// behind the last one is asked about, if a label begins there: the others are not known before a message comes.
func (s SPF) Rename(to func(domain string) (string, bool)) (changes []Change) {
	for i := range s.Terms {
		at := s.Terms[i].nameSpan()
		if name, ok := to(at.Of(s.Text)); ok && at.Start < at.End {
			changes = append(changes, Change{at, name})
		}
	}
	return changes
}

// nameSpan is where the part of a domain stands that is a name whatever the message is; empty if none is.
func (t *Term) nameSpan() Span {
	at := t.domainSpan()
	macros := 0 // where the last one ends
	for i := 0; i < len(t.Domain); i++ {
		if t.Domain[i] == '%' {
			n, _ := macroLength(t.Domain[i:], anyMacro)
			macros, i = i+n, i+n-1
		}
	}
	switch {
	case macros == 0:
		return at
	case macros < len(t.Domain) && t.Domain[macros] == '.':
		return Span{at.Start + macros + 1, at.End}
	}
	return Span{at.End, at.End}
}

// Readdress changes the terms for one address into terms for another of its family.
func (s SPF) Readdress(old, to netip.Addr) (changes []Change) {
	for i := range s.Terms {
		t := &s.Terms[i]
		if !t.Holds(old) || !t.Network.IsSingleIP() {
			continue
		}
		text, _, _ := strings.Cut(t.Value, "/")
		changes = append(changes, Change{Span{t.valueAt, t.valueAt + len(text)}, to.String()})
	}
	return changes
}
