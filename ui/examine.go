package ui

import tea "github.com/charmbracelet/bubbletea"

// Who receives mail and what is wrong is found out at once in a small zone, and by commands in a big one: when it is
// opened the names first, which takes a second for a million records, then the problems. After an edit first the
// problems that it can reach, in some milliseconds, then the names again, then all problems.
// What is found about a version that is no longer on the screen is dropped, or serves the next as a base.

// surveyed brings what takes long: the names of a version, or all its problems.
type surveyed struct{ findings findings }

// checked brings the problems of a version that an edit can reach, with those that stand.
type checked struct{ findings findings }

// examine finds out about the version on the screen what is not known yet.
func (a *app) examine() tea.Cmd {
	if !a.doc.small() {
		return tea.Batch(a.examineReach(), a.examineAll())
	}
	if z, saved := a.doc.zone(), a.doc.saved; a.doc.stale() {
		a.doc.found(survey(z).check(saved, base{rules: a.doc.examining(saved)}))
		a.settle()
	}
	return nil
}

// examineReach looks for the problems that the last edit can reach.
func (a *app) examineReach() tea.Cmd {
	if !a.doc.stale() || !a.doc.base.checked || a.checking {
		return nil
	}
	a.checking = true
	f, saved, from := findings{zone: a.doc.zone(), names: a.doc.findings.names}, a.doc.saved, a.doc.from()
	return func() tea.Msg { return checked{f.check(saved, from)} }
}

// examineAll looks at all names for what is not known, one thing after the other: who receives mail first.
func (a *app) examineAll() tea.Cmd {
	known, saved, rules := a.doc.findings, a.doc.saved, a.doc.examining(a.doc.saved)
	if a.surveying || a.doc.stale() && a.doc.base.checked { // what an edit can reach comes first
		return nil
	}
	var find func() findings
	switch z := a.doc.zone(); {
	case a.doc.stale():
		find = func() findings { return survey(z) }
	case !known.surveyed:
		find = func() findings { return known.survey() }
	case !known.full:
		find = func() findings { return known.check(saved, base{rules: rules}) }
	default:
		return nil
	}
	a.surveying = true
	return func() tea.Msg { return surveyed{find()} }
}

// found takes findings over, and goes on to what they lack.
func (a *app) found(f findings) tea.Cmd {
	if a.doc.found(f) {
		a.settle()
	}
	return a.examine()
}
