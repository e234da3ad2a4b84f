package lint

// What is alike is said once: findings of one rule whose sentences are the same but for the name that they are about stand together,
// and are one kind. And a sentence can be said in fewer words where there is little room: what is wrong stands first in it.

import (
	"hash/maphash"
	"strings"
)

// OfEach is what a finding says, as it is said of several names.
func (d *Diagnostic) OfEach() string {
	if d.Owner() == "" {
		return d.Message
	}
	return strings.ReplaceAll(d.Message, quoted(d.Owner()), "each of these")
}

// alikeness tells findings apart that are not alike. Nearly all of a zone are, or none: no text is made of one.
func (d *Diagnostic) alikeness(seed maphash.Seed) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	_, _ = h.WriteString(d.Rule.Name)
	_ = h.WriteByte(byte(d.Severity))
	rest, owner := d.Message, quoted(d.Owner())
	for {
		before, after, found := strings.Cut(rest, owner)
		_, _ = h.WriteString(before)
		_ = h.WriteByte(0)
		if !found {
			return h.Sum64()
		}
		rest = after
	}
}

// Together puts findings that are alike behind the first of them, and tells where those of each kind begin. Else they stay in their
// order.
func Together(list []*Diagnostic) (all []*Diagnostic, begins []int32) {
	kind, first := make([]int32, len(list)), map[uint64]int32{}
	var count []int32
	seed := maphash.MakeSeed()
	for i, d := range list {
		key := d.alikeness(seed)
		k, known := first[key]
		if !known {
			k = int32(len(count))
			first[key], count = k, append(count, 0)
		}
		kind[i] = k
		count[k]++
	}
	begins = make([]int32, len(count))
	at := int32(0)
	for k, n := range count {
		begins[k], count[k], at = at, at, at+n
	}
	all = make([]*Diagnostic, len(list))
	for i, d := range list {
		all[count[kind[i]]] = d
		count[kind[i]]++
	}
	return all, begins
}

// Sayings is a message in ever fewer words: all of it, and without its last clauses, down to the first, which says what is wrong.
// Commas part clauses only behind that, and where they do not part what is listed. What a clause has in quotes and says nothing of is what the
// next one is about: they are not parted.
func Sayings(message string) []string {
	out := []string{message}
	var ends []int
	quotes, brackets, words := 0, 0, 0
	for i := 0; i+1 < len(message); i++ {
		switch c := message[i]; {
		case c == '"':
			quotes++
		case c == '(':
			brackets++
		case c == ')':
			brackets--
		case quotes%2 > 0 || brackets > 0:
		case c == ' ':
			words++
		case message[i+1] != ' ':
		case c == ':' && quotes == 2 && message[i-1] == '"' && len(ends) == 0 && words < fewWords:
		case c == ':' || c == ';' || c == ',' && len(ends) > 0 && !isListed(message[i+2:]):
			ends = append(ends, i)
		}
	}
	for i := len(ends) - 1; i >= 0; i-- {
		out = append(out, message[:ends[i]])
	}
	return out
}

// isListed tells that what follows a comma goes on with what is listed, as in "by a, mx, ip4 or ip6" and "neither this line, nor one above it".
func isListed(rest string) bool {
	rest, _, more := strings.Cut(rest, ",")
	words := strings.Fields(rest)
	return len(words) > 0 && words[0] == "nor" || len(words) == 1 && more || len(words) == 3 && (words[1] == "or" || words[1] == "and")
}

// fewWords is too few words for a clause that says what is wrong with what it has in quotes: mailbox "a@b", SPF term "ip:192.0.2.1".
const fewWords = 3
