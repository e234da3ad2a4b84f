package policy

// One term of SPF: a mechanism with its sign, or a modifier (RFC 7208 §4.6.1, §5, §6).

import (
	"fmt"
	"net/netip"
	"strings"
)

// A Term is a mechanism with its qualifier, or a modifier.
type Term struct {
	Span             // in the record
	Text      string // as it is written
	Qualifier byte   // + - ~ ?; + where none stands
	Name      string // in small letters, without qualifier
	Modifier  bool   // name=value
	Value     string // behind the : or =, or from the / on; "" if there is none
	Domain    string // the domain-spec, macros included; "" if there is none
	Network   netip.Prefix
	Four, Six int // prefix lengths behind a and mx, -1 where none stands
	Faults    []Fault

	valueAt int // where Value and Domain start in the record
}

// Quoted is the term in quotes, of a long one its start.
func (t Term) Quoted() string { return quote(t.Text) }

// IsAll tells all, whatever is wrong with it.
func (t Term) IsAll() bool { return t.Name == "all" && !t.Modifier }

// Redirects tells redirect= (RFC 7208 §6.1).
func (t Term) Redirects() bool { return t.Modifier && t.Name == "redirect" }

// explains tells exp= (RFC 7208 §6.2).
func (t Term) explains() bool { return t.Modifier && t.Name == "exp" }

// LooksUp tells a term that costs one of the ten look-ups (RFC 7208 §4.6.4).
func (t Term) LooksUp() bool {
	switch t.Name {
	case "include", "a", "mx", "ptr", "exists":
		return !t.Modifier
	}
	return t.Redirects()
}

// Target is the name that a term leads to, as the record has it; "" where it names none. Ok is false where only the message
// that is checked decides which it is, by macros.
func (t Term) Target() (name string, ok bool) { return t.Domain, !strings.Contains(t.Domain, "%") }

// Holds tells an ip4 or ip6 that an address is within. IPv4 in the form of IPv6 is IPv4 (RFC 7208 §5).
func (t Term) Holds(a netip.Addr) bool { return t.Network.IsValid() && t.Network.Contains(a.Unmap()) }

// Matches tells whether a sender is a host of a or mx, or within the prefix length behind them of its address.
func (t Term) Matches(host, sender netip.Addr) bool {
	bits := t.Six
	if host.Is4() {
		bits = t.Four
	}
	if bits < 0 {
		return host == sender
	}
	p, err := host.Prefix(bits)
	return err == nil && p.Contains(sender)
}

// Unknown tells a modifier that nobody knows: receivers ignore it (RFC 7208 §6). Those of RFC 6652 are known.
func (t Term) Unknown() bool {
	switch t.Name {
	case "redirect", "exp", "ra", "rp", "rr":
		return false
	}
	return t.Modifier && len(t.Faults) == 0
}

// fault notes what is wrong with the term as a whole.
func (t *Term) fault(format string, args ...any) *Fault { return t.faultAt(t.Span, format, args...) }

// faultAt notes what is wrong with a part of the term.
func (t *Term) faultAt(at Span, format string, args ...any) *Fault {
	t.Faults = append(t.Faults, Fault{Span: at, Text: fmt.Sprintf(format, args...)})
	return &t.Faults[len(t.Faults)-1]
}

// signed is a term with the sign that this one has.
func (t Term) signed(term string) string {
	if t.Text[0] == t.Qualifier {
		return string(t.Qualifier) + term
	}
	return term
}
