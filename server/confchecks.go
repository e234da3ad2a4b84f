package server

// This file keeps what named.conf says of the checks that named makes of a zone: whoever asks whether named loads a text has to
// ask with the same ones, or a good zone is refused and a bad one taken. Nothing is kept but words that are known here.

import (
	"cmp"
	"slices"
	"strings"
)

// checkStatements are the statements that decide whether named loads a zone. BIND: bin/check/named-checkconf.c, configure_zone.
var checkStatements = [len(confChecks{})]string{"check-dup-records", "check-integrity", "check-mx", "check-mx-cname", "check-names", "check-sibling",
	"check-spf", "check-srv-cname", "check-svcb", "check-wildcard", "max-zone-ttl"}

// checkWords is what they say; max-zone-ttl says a time, too.
var checkWords = []string{"fail", "warn", "ignore", "yes", "no", "true", "false", "1", "0", "unlimited"}

// A confChecks is what a scope says of checks: a word for each of checkStatements, "" if it says nothing.
type confChecks [11]string

// isCheck tells a statement that is one of checkStatements.
func isCheck(h confHead) bool { return slices.ContainsFunc(checkStatements[:], h.is) }

// add reads one. BIND: options and views say check-names of primaries and of others.
func (c *confChecks) add(h confHead) {
	word := strings.ToLower(h.value())
	if h.is("check-names") && h.n > 2 {
		if word != "primary" && word != "master" {
			return
		}
		word = strings.ToLower(h.words[2].text)
	}
	if slices.Contains(checkWords, word) || h.is("max-zone-ttl") && isTime(word) {
		c[slices.IndexFunc(checkStatements[:], h.is)] = word
	}
}

// isTime tells a TTL by its letters: named has taken it for one.
func isTime(word string) bool {
	return word != "" && len(word) <= 20 && strings.Trim(word, "0123456789wdhms") == ""
}

// under is what a scope says with what it is handed down.
func (c *confChecks) under(outer confChecks) confChecks {
	if c != nil {
		for i, word := range c {
			outer[i] = cmp.Or(word, outer[i])
		}
	}
	return outer
}

// String is the statements as named.conf has them.
func (c confChecks) String() string {
	var b strings.Builder
	for i, word := range c {
		if word != "" {
			b.WriteString(checkStatements[i] + " " + word + "; ")
		}
	}
	return strings.TrimSpace(b.String())
}
