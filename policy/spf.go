package policy

// SPF by the grammar of RFC 7208 §12, which is stricter than what many programs take: a receiver that reads a record as the
// RFC has it answers a fault with a permanent error (§4.6), and mail of the domain is refused or marked. So every fault of
// the grammar is found, each at its place.

import (
	"iter"
	"net/netip"
	"slices"
	"strings"
)

// SPF is a record as it was read.
type SPF struct {
	Text  string
	Terms []Term
}

// ParseSPF reads a record. Where text is none, what follows its first six octets is read all the same.
func ParseSPF(text string) SPF {
	s := SPF{Text: text, Terms: make([]Term, 0, strings.Count(text, " "))}
	for i := min(len(spfVersion), len(text)); i < len(text); {
		end := i
		for end < len(text) && text[end] != ' ' {
			end++
		}
		if end > i {
			s.Terms = append(s.Terms, readTerm(text, Span{i, end}))
		}
		i = end + 1
	}
	s.findRepeated()
	return s
}

// findRepeated finds redirect and exp that stand twice: a permanent error (RFC 7208 §6).
func (s *SPF) findRepeated() {
	redirected, explained := false, false
	for i := range s.Terms {
		t := &s.Terms[i]
		switch {
		case t.Redirects() && redirected, t.explains() && explained:
			t.fault("%s= stands twice: a record may have one", t.Name)
		}
		redirected, explained = redirected || t.Redirects(), explained || t.explains()
	}
}

// Broken tells a record in which a term has a fault: receivers take nothing of it (RFC 7208 §4.6).
func (s SPF) Broken() bool {
	for i := range s.Terms {
		if len(s.Terms[i].Faults) > 0 {
			return true
		}
	}
	return false
}

// All is the index of the term behind which no mechanism is looked at (RFC 7208 §5.1); -1 if there is none.
func (s SPF) All() int {
	return slices.IndexFunc(s.Terms, func(t Term) bool { return t.IsAll() })
}

// Tested yields the terms that a receiver goes through, in its order: the mechanisms up to all, and where there is none
// redirect= behind them (RFC 7208 §4.6.2, §6.1).
func (s SPF) Tested() iter.Seq[*Term] {
	return func(yield func(*Term) bool) {
		var redirect *Term
		for i := range s.Terms {
			switch t := &s.Terms[i]; {
			case t.Redirects() && redirect == nil:
				redirect = t
			case t.Modifier:
			case !yield(t) || t.IsAll():
				return
			}
		}
		if redirect != nil {
			yield(redirect)
		}
	}
}

// PassesNobody tells a record that lets no host send: no term of it passes, up to the one that ends it.
func (s SPF) PassesNobody() bool {
	for t := range s.Tested() {
		if t.Qualifier == '+' {
			return false
		}
	}
	return true
}

// Naming is the first ip4 or ip6 that holds an address; ok is false if there is none.
func (s SPF) Naming(a netip.Addr) (t Term, ok bool) {
	for _, t := range s.Terms {
		if t.Holds(a) {
			return t, true
		}
	}
	return Term{}, false
}

// Insert puts a term before term i, or behind all where there are no more.
func (s SPF) Insert(i int, term string) Change {
	if i < len(s.Terms) {
		at := s.Terms[i].Start
		return Change{Span{at, at}, term + " "}
	}
	at := s.endOf(i - 1)
	return Change{Span{at, at}, " " + term}
}

// Remove takes term i away, with the blanks before it.
func (s SPF) Remove(i int) Change { return Change{Span{s.endOf(i - 1), s.Terms[i].End}, ""} }

// endOf is where term i ends; of none the version does.
func (s SPF) endOf(i int) int {
	if i = min(i, len(s.Terms)-1); i < 0 {
		return min(len(spfVersion), len(s.Text))
	}
	return s.Terms[i].End
}

// SPFTerm is the mechanism for one address (RFC 7208 §5.6).
func SPFTerm(a netip.Addr) string {
	if a = a.Unmap(); a.Is4() {
		return "ip4:" + a.String()
	}
	return "ip6:" + a.String()
}
