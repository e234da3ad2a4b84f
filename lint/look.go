package lint

// What counts for a zone by its own settings: zones that are loaded together may each have some.

// look is which rules look at a zone, and by what.
type look struct {
	severities map[string]Severity // of all rules by their names; 0 of those that do not run
	floor      uint32
}

// runs tells whether a rule runs.
func (l *look) runs(rule string) bool { return l != nil && l.severities[rule] != 0 }

// least is the lowest severity that some rules have; 0 if one of them does not run.
func (l *look) least(names []string) Severity {
	least := Error
	for _, name := range names {
		least = min(least, l.severities[name])
	}
	return least
}
