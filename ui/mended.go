package ui

// Which problem a sentence about a route is about: the two say the same of a record, the one as a rule, the other as what senders
// do. Where that problem has one fix, the sentence says which key mends it.

import (
	"slices"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
)

// problemsOf is the rules that find what a note of a route says, by the note. Of what no rule mends there is none.
var problemsOf = map[string][]string{
	"target-alias":        {"mx-target-cname"},
	"target-ip-literal":   {"mx-target-ip"},
	"target-one-label":    {"mx-target-one-label"},
	"duplicate-host":      {"mx-duplicate-target"},
	"null-mx-with-others": {"null-mx-with-others"},
	"null-mx-preference":  {"null-mx-preference"},
}

// mendable is the problem that a note is about, if it has exactly one fix and that can be made now.
func (k *kit) mendable(n preview.Note) (found lint.Diagnostic, ok bool) {
	if k.doc.ReadOnly() != "" || k.doc.Stale() || !k.doc.Findings.Checked {
		return found, false
	}
	for _, r := range n.Records {
		if r.File().ReadOnly() != "" {
			continue
		}
		for _, d := range k.doc.Findings.At(r) {
			if len(d.Fixes) == 1 && slices.Contains(problemsOf[n.ID], d.Rule.Name) {
				return d, true
			}
		}
	}
	return found, false
}
