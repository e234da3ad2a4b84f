package server

// This file keeps what named.conf says of the checks that named makes of a zone: whoever asks whether named loads a text has to
// ask with the same ones, or a good zone is refused and a bad one taken. Nothing is kept but words that are known here.

import (
	"slices"
	"strings"
)

// checkStatements are the statements that decide whether named loads a zone. BIND: bin/check/named-checkconf.c, configure_zone.
var checkStatements = []string{"check-dup-records", "check-integrity", "check-mx", "check-mx-cname", "check-names", "check-sibling",
	"check-spf", "check-srv-cname", "check-svcb", "check-wildcard", "max-zone-ttl"}

// checkWords is what they say; max-zone-ttl says a time, too.
var checkWords = []string{"fail", "warn", "ignore", "yes", "no", "true", "false", "1", "0", "unlimited"}

// A confChecks is what a scope says of checks: a word for each of checkStatements, or none at all.
type confChecks []string

// add reads a statement; ok is that it is one of checks. BIND: options and views say check-names of primaries and of others.
func (c *confChecks) add(h confHead) (ok bool) {
	at := slices.IndexFunc(checkStatements, h.is)
	if at < 0 {
		return false
	}
	word := strings.ToLower(h.value())
	if h.is("check-names") && h.n > 2 {
		if word != "primary" && word != "master" {
			return true
		}
		word = strings.ToLower(h.words[2].text)
	}
	if slices.Contains(checkWords, word) || h.is("max-zone-ttl") && isTime(word) {
		if *c == nil {
			*c = make(confChecks, len(checkStatements))
		}
		(*c)[at] = word
	}
	return true
}

// isTime tells a TTL by its letters: named has taken it for one.
func isTime(word string) bool {
	return word != "" && len(word) <= 20 && strings.Trim(word, "0123456789wdhms") == ""
}

// under is what a scope says with what it is handed down.
func (c confChecks) under(outer confChecks) confChecks {
	if c == nil || outer == nil {
		if c == nil {
			return outer
		}
		return c
	}
	all := slices.Clone(outer)
	for i, word := range c {
		if word != "" {
			all[i] = word
		}
	}
	return all
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
