package policy

// What people set of an SPF record: its own exchanges, addresses, providers, and what is done with all others. The order of
// terms means something, so a new one stands behind those that are not of a later field.

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The ranks of terms, in the order in which they are written.
const (
	rankMX = iota
	rankNetwork
	rankInclude
	rankAll
	rankRedirect
	rankOther // of terms that no field holds
)

// spfFields is the fields.
var spfFields = []Field{
	{
		Label: "MX hosts", Choices: []Choice{{"mx", "mx"}},
		get: func(text string) string { return strings.Join(uniq(ranked(text, rankMX)), " ") },
		set: func(text, value string) []Change { return setRanked(text, rankMX, strings.Fields(value)) },
	},
	wordsField("addresses", rankNetwork, "192.0.2.1, 192.0.2.0/24 or 2001:db8::/32"),
	wordsField("providers", rankInclude, "the domain of each, as spf.provider.example"),
	{
		Label: "all others", Choices: []Choice{{"-all", "-all refuse"}, {"~all", "~all mark"}, {"?all", "?all nothing"}, {"", "redirect"}},
		get: func(text string) string { return strings.Join(ranked(text, rankAll), " ") },
		set: func(text, value string) []Change { return setRanked(text, rankAll, strings.Fields(value)) },
	},
	redirected(wordsField("redirect", rankRedirect, "the domain whose record decides, as _spf.example.net")),
}

// redirected makes a field that of one domain, whose record decides where none of the terms does (RFC 7208 §6.1).
func redirected(f Field) Field {
	check := f.check
	f.check = func(text, value string) error {
		if len(strings.Fields(value)) > 1 {
			return errors.New("one domain")
		}
		return check(text, value)
	}
	f.idle = func(text string) bool { return len(ranked(text, rankAll)) > 0 }
	f.note = func(text, value string) string {
		if value != "" && f.idle(text) {
			return "receivers do not look: all decides"
		}
		return ""
	}
	return f
}

// wordsField is a field of words with blanks between them, each a term.
func wordsField(label string, rank int, like string) Field {
	return Field{
		Label: label,
		get:   func(text string) string { return strings.Join(ranked(text, rank), " ") },
		set:   func(text, value string) []Change { return setRanked(text, rank, strings.Fields(value)) },
		clean: func(_, value string) string {
			var words []string
			for _, w := range strings.Fields(value) {
				if _, ok := bare(w, rank); !ok { // the grammar lets a comma stand in a domain
					w = strings.ReplaceAll(w, ",", " ")
				}
				for _, w := range strings.Fields(w) {
					w, _ = bare(w, rank)
					words = append(words, w)
				}
			}
			return strings.Join(words, " ")
		},
		check: func(_, value string) error {
			for _, w := range strings.Fields(value) {
				t := termOf(written(rank, w))
				if rankOf(t) != rank {
					return fmt.Errorf("%s: write %s", quote(w), like)
				}
				if len(t.Faults) > 0 {
					return errors.New(t.Faults[0].Text)
				}
			}
			return nil
		},
	}
}

// bare is a word without the name of its mechanism, which people copy with it; ok tells whether a term has such a word.
func bare(word string, rank int) (text string, ok bool) {
	for _, term := range []string{word, written(rank, word)} {
		if t := termOf(term); len(t.Faults) == 0 && rankOf(t) == rank {
			return t.Value, true
		}
	}
	return word, false
}

// termOf reads one term.
func termOf(text string) Term {
	if text == "" {
		return Term{}
	}
	return readTerm(text, Span{0, len(text)})
}

// rankOf is which field a term is of.
func rankOf(t Term) int {
	switch {
	case t.IsAll():
		return rankAll
	case t.Redirects():
		return rankRedirect
	case t.Modifier || t.Qualifier != '+':
		return rankOther
	case t.Name == "mx" && t.Value == "":
		return rankMX
	case t.Name == "ip4" || t.Name == "ip6":
		return rankNetwork
	case t.Name == "include":
		return rankInclude
	}
	return rankOther
}

// word is what a field shows of its term.
func word(t Term) string {
	switch rankOf(t) {
	case rankMX:
		return "mx"
	case rankAll:
		return string(t.Qualifier) + "all"
	}
	return t.Value
}

// written is the term that a word of a field is.
func written(rank int, word string) string {
	switch rank {
	case rankNetwork:
		if term := networkTerm(word); term != "" {
			return term
		}
	case rankInclude:
		return "include:" + word
	case rankRedirect:
		return "redirect=" + word
	}
	return word
}

// ranked is what a field shows of a record.
func ranked(text string, rank int) (words []string) {
	for _, t := range ParseSPF(text).Terms {
		if rankOf(t) == rank {
			words = append(words, word(t))
		}
	}
	return words
}

// uniq is words without those that are as the one before.
func uniq(words []string) []string { return slices.Compact(words) }

// setRanked makes the terms of a field those of words.
func setRanked(text string, rank int, words []string) (changes []Change) {
	s := ParseSPF(text)
	e := elements{before: " ", write: func(word string) string { return written(rank, word) }}
	var terms []int // of the field
	for i, t := range s.Terms {
		if rankOf(t) == rank {
			terms, e.at, e.words = append(terms, i), append(e.at, t.Span), append(e.words, word(t))
		}
	}
	e.remove = func(i int, _ bool) Change { return s.Remove(terms[i]) }
	e.insert = func(i int, element string) Change { return s.Insert(terms[i], element) }
	if len(terms) > 0 {
		return e.become(words)
	}
	at := s.placeOf(rank)
	for _, w := range words {
		changes = append(changes, s.Insert(at, e.write(w)))
	}
	return changes
}

// placeOf is the term that the first one of a field stands before: of those at the end that are of later fields, the first.
func (s SPF) placeOf(rank int) int {
	at := len(s.Terms)
	for at > 0 && (s.Terms[at-1].Modifier || rankOf(s.Terms[at-1]) > rank && rankOf(s.Terms[at-1]) != rankOther) {
		at--
	}
	return at
}

// spfRest is the terms that no field holds.
func spfRest(text string) (rest []string) {
	for _, t := range ParseSPF(text).Terms {
		if rankOf(t) == rankOther {
			rest = append(rest, t.Text)
		}
	}
	return rest
}

// spfFaults is what is wrong with the terms of a record.
func spfFaults(text string) (found []Fault) {
	for _, t := range ParseSPF(text).Terms {
		found = append(found, t.Faults...)
	}
	return found
}

// spfHinders tells a record with mechanisms behind all, which receivers do not look at (RFC 7208 §5.1).
func spfHinders(text string) string {
	s := ParseSPF(text)
	if all := s.All(); all >= 0 {
		for _, t := range s.Terms[all+1:] {
			if !t.Modifier {
				return quote(t.Text) + " stands behind all, where receivers do not look"
			}
		}
	}
	return ""
}

// mostLookUps is how many a record may take, those of the records that it leads to among them (RFC 7208 §4.6.4).
const mostLookUps = 10

// bestOctets is how long a record is at most so that the answer with it fits a UDP packet (RFC 7208 §3.4).
const bestOctets = 450

// spfSays is what a record takes.
func spfSays(text string) string {
	lookUps, theirs := 0, ""
	for t := range ParseSPF(text).Tested() {
		if t.LooksUp() {
			lookUps++
		}
		if t.Name == "include" || t.Redirects() {
			theirs = " and theirs"
		}
	}
	says := fmt.Sprintf("%d of %d look-ups%s, %d of %d octets", lookUps, mostLookUps, theirs, len(text), bestOctets)
	if len(ranked(text, rankAll))+len(ranked(text, rankRedirect)) == 0 { // RFC 7208 §4.7
		says += "; of all others it says nothing"
	}
	return says
}
