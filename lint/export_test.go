package lint

import "github.com/mailzone/mailzone/zonefile"

// NewSinceForTests is what edits bring, of all rules that need not see all names, and how often that was found without two
// whole runs.
func NewSinceForTests(old, next *zonefile.Zone, edits []zonefile.Edit, opt Options) (fresh []Diagnostic, reached bool) {
	any := func(*Diagnostic) bool { return true }
	_, _, reached = reachedFindings(All, old, next, edits, opt, any)
	return newSince(old, next, edits, opt, any), reached
}

// NeedsAll tells rules that have to see all names.
func (r *Rule) NeedsAll() bool { return r.needsAll() }
