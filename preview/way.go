package preview

// The way of the mail for a name on one line, for the lists of the editor and of commands alike: `>` stands before the next
// tier, `=` before a host of the same one. Where room is short, a host more goes into a count, and words give way to shorter
// ones: nothing is cut, so that no name reads like another.

import (
	"slices"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Way is how mail for a name goes.
type Way struct {
	tiers [][]string // hosts, as they are shown
	words []string   // in place of hosts, the longest first
}

// What is said in the place of hosts.
var (
	nullWords    = []string{"no mail: null MX", "no mail"}
	addressWords = []string{"own address", "address"}
)

// WayOf is the way of a name that receives mail in some way, as its own records say; "" for one that does not: of that it tells
// what it has. Who prints it says how it shows a name.
func WayOf(z *zonefile.Zone, n zonefile.Name, how How, show func(zonefile.Name) string) Way {
	switch how {
	case ByMX, ByWildcard:
		return Way{tiers: exchangesOf(z, n, show)}
	case ByNull:
		return Way{words: nullWords}
	case ByAddress:
		return Way{words: addressWords}
	case ByAlias:
		return leadingWay("alias", z.RRset(n, zonefile.TypeCNAME), show)
	case ByOthers:
		return delegatedWay(z, n, show)
	}
	if ptr := z.RRset(n, zonefile.TypePTR); len(ptr) > 0 {
		return Way{words: leadingTo(hostsOf(ptr, show))}
	}
	if n != z.Origin() && z.Node(n).Has(zonefile.TypeNS) {
		return delegatedWay(z, n, show)
	}
	if alias := z.RRset(n, zonefile.TypeCNAME); len(alias) > 0 {
		return leadingWay("alias", alias, show)
	}
	return Way{words: typesOf(z, n)}
}

// Way is the way of a delivery: the hosts that are tried, or how it goes without.
func (d Delivery) Way(show func(zonefile.Name) string) Way {
	switch {
	case d.Source == FromAddress:
		return Way{words: addressWords}
	case d.Source == FromNullMX:
		return Way{words: nullWords}
	case d.absent:
		return Way{words: []string{"no such name"}}
	case len(d.Tiers) == 0:
		return Way{words: []string{d.Text}}
	}
	var w Way
	for _, t := range d.Tiers {
		var hosts []string
		for _, h := range t.names() {
			hosts = append(hosts, show(h))
		}
		w.tiers = append(w.tiers, hosts)
	}
	return w
}

// Text is all of it.
func (w Way) Text() string { return w.joined(" > ", " = ") }

// leadingWay is what a record leads to, behind a word for how.
func leadingWay(word string, rs []zonefile.Record, show func(zonefile.Name) string) Way {
	w := Way{words: []string{word}}
	for _, r := range rs {
		if to, ok := r.Target(); ok {
			w.words = []string{word + " of " + show(to), word + " " + show(to), word}
		}
	}
	return w
}

// delegatedWay is the name servers that know the mail of a name.
func delegatedWay(z *zonefile.Zone, n zonefile.Name, show func(zonefile.Name) string) Way {
	var words []string
	if ns := z.RRset(n, zonefile.TypeNS); len(ns) > 0 {
		for _, t := range leadingTo(hostsOf(ns, show)) {
			words = append(words, "delegated to "+t)
		}
	}
	return Way{words: append(words, "delegated", "others")}
}

// leadingTo is the names of an address, none of which goes before another: all of them, or fewer and the number of the others.
func leadingTo(names []string) []string {
	words := []string{strings.Join(names, ", ")}
	for k := min(len(names)-1, mostNamed); k > 0; k-- {
		words = append(words, strings.Join(names[:k], ", ")+" +"+strconv.Itoa(len(names)-k))
	}
	if len(names) > 1 {
		words = append(words, zonefile.Plural(len(names), "name", "names"))
	}
	return words
}

// mostNamed is how many names of one address a line has beside the number of the others.
const mostNamed = 8

// exchangesOf is the exchanges of a name by tiers.
func exchangesOf(z *zonefile.Zone, n zonefile.Name, show func(zonefile.Name) string) [][]string {
	var tiers [][]string
	for _, t := range z.Tiers(n) {
		tiers = append(tiers, hostsOf(t, show))
	}
	return tiers
}

// hostsOf is the hosts that records lead to; what is no name stands as it is written, and where none is written that is said.
func hostsOf(rs []zonefile.Record, show func(zonefile.Name) string) []string {
	var out []string
	for _, r := range rs {
		host, ok := r.Target()
		text := show(host)
		if !ok {
			text = unreadable(r)
		}
		out = append(out, text)
	}
	return out
}

// unreadable is what a record has in the place of a host: the number of an MX is none.
func unreadable(r zonefile.Record) string {
	field := 0
	if r.Type() == zonefile.TypeMX {
		field = int(zonefile.Exchange)
	}
	if t, ok := r.Token(field); ok {
		return zonefile.Printable(t.Raw, false)
	}
	return "no host"
}

// typesOf is the types of the records that a name has.
func typesOf(z *zonefile.Zone, n zonefile.Name) []string {
	var types []string
	for _, r := range z.Node(n).Records {
		if t := r.Type().String(); len(types) == 0 || types[len(types)-1] != t {
			types = append(types, t)
		}
	}
	if len(types) == 0 {
		return []string{""}
	}
	return []string{strings.Join(types, " "), types[0]}
}

// airy is the width from which on signs have blanks around them: in narrower columns some ways would have them and others not.
const airy = 24

// Fit is the longest text of it that a width has room for: fewer hosts and the number of the others, or a shorter word, or
// nothing. Cells measures a text.
func (w Way) Fit(width int, cells func(string) int) string {
	spaced := [2]string{" > ", " = "}
	if width < airy {
		spaced = [2]string{">", "="}
	}
	texts := append(slices.Clip(w.words), w.joined(spaced[0], spaced[1]), w.joined(">", "="))
	for _, t := range texts {
		if t != "" && cells(t) <= width {
			return t
		}
	}
	n := w.hosts()
	for k := min(n-1, width); k > 0; k-- {
		for _, signs := range [][2]string{spaced, {">", "="}} {
			if t := w.first(k, signs); cells(t) <= width {
				return t
			}
		}
	}
	if t := zonefile.Plural(n, "host", "hosts"); n > 0 && cells(t) <= width {
		return t
	}
	return ""
}

// hosts is how many hosts there are.
func (w Way) hosts() int {
	n := 0
	for _, t := range w.tiers {
		n += len(t)
	}
	return n
}

// joined is all hosts with signs between them.
func (w Way) joined(next, same string) string {
	tiers := make([]string, len(w.tiers))
	for i, t := range w.tiers {
		tiers[i] = strings.Join(t, same)
	}
	if len(tiers) == 0 && len(w.words) > 0 {
		return w.words[0]
	}
	return strings.Join(tiers, next)
}

// first is the first hosts, and the number of the others behind the sign that the next of them has; signs are those of the next
// tier and of the same one.
func (w Way) first(k int, signs [2]string) string {
	var b strings.Builder
	left := w.hosts() - k
	for i, t := range w.tiers {
		for j, host := range t {
			if j > 0 {
				b.WriteString(signs[1])
			} else if i > 0 {
				b.WriteString(signs[0])
			}
			if k == 0 {
				return b.String() + "+" + strconv.Itoa(left)
			}
			b.WriteString(host)
			k--
		}
	}
	return b.String()
}
