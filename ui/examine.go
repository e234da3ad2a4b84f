package ui

import tea "github.com/charmbracelet/bubbletea"

// Who receives mail and what is wrong is found out at once in a small zone, and by commands in a big one:
// the names first, which takes a second for a million records, then the problems, of which after an edit only
// those are looked for that it can reach.
// What is found about a version that is no longer on the screen is dropped.

// surveyed brings the names of a version.
type surveyed struct{ findings findings }

// checked brings the problems of a version too.
type checked struct{ findings findings }

// examine finds out about the version on the screen what is not known yet.
func (a *app) examine() tea.Cmd {
	z, saved := a.doc.zone(), a.doc.saved
	switch known := a.doc.findings; {
	case a.doc.small():
		if a.doc.stale() {
			a.doc.found(survey(z).check(saved, base{rules: a.doc.examining(saved)}))
			a.settle()
		}
	case a.doc.stale():
		if !a.surveying {
			a.surveying = true
			return func() tea.Msg { return surveyed{survey(z)} }
		}
	case !known.checked && !a.checking:
		a.checking = true
		from := a.doc.from()
		return func() tea.Msg { return checked{known.check(saved, from)} }
	}
	return nil
}

// found takes findings over, and goes on to what they lack.
func (a *app) found(f findings) tea.Cmd {
	if a.doc.found(f) {
		a.settle()
	}
	return a.examine()
}
