package ui

import tea "github.com/charmbracelet/bubbletea"

// Who receives mail and what is wrong is found out at once in a small zone, and by commands in a big one: when it is
// opened the names first, which takes a second for a million records, then the problems. After an edit first the
// problems that it can reach, in some milliseconds, then the names again, then all problems.
// What is found about a version that is no longer on the screen is dropped, or serves the next as a base.

// surveyed brings what takes long: the names of a version, or all its problems.
type surveyed struct{ findings findings }

func (m surveyed) take(s stage) tea.Cmd {
	s.work().surveying = false
	return found(s, m.findings)
}

// checked brings the problems of a version that an edit can reach, with those that stand.
type checked struct{ findings findings }

func (m checked) take(s stage) tea.Cmd {
	s.work().checking = false
	return found(s, m.findings)
}

// found takes findings over, and goes on to what they lack.
func found(s stage, f findings) tea.Cmd {
	if s.tools().doc.found(f) {
		s.settle()
	}
	return examine(s)
}

// examine finds out about the version on the screen what is not known yet.
func examine(s stage) tea.Cmd {
	doc := s.tools().doc
	if !doc.small() {
		return tea.Batch(examineReach(doc, s.work()), examineAll(doc, s.work()))
	}
	if z, saved := doc.zone(), doc.saved; doc.stale() {
		doc.found(survey(z).check(saved, base{rules: doc.examining(saved)}))
		s.settle()
	}
	return nil
}

// examineReach looks for the problems that the last edit can reach.
func examineReach(doc *session, w *work) tea.Cmd {
	if !doc.stale() || !doc.base.checked || w.checking {
		return nil
	}
	w.checking = true
	f, saved, from := findings{zone: doc.zone(), names: doc.findings.names}, doc.saved, doc.from()
	return func() tea.Msg { return checked{f.check(saved, from)} }
}

// examineAll looks at all names for what is not known, one thing after the other: who receives mail first.
func examineAll(doc *session, w *work) tea.Cmd {
	known, saved, rules := doc.findings, doc.saved, doc.examining(doc.saved)
	if w.surveying || doc.stale() && doc.base.checked { // what an edit can reach comes first
		return nil
	}
	var find func() findings
	switch z := doc.zone(); {
	case doc.stale():
		find = func() findings { return survey(z) }
	case !known.surveyed:
		find = func() findings { return known.survey() }
	case !known.full:
		find = func() findings { return known.check(saved, base{rules: rules}) }
	default:
		return nil
	}
	w.surveying = true
	return func() tea.Msg { return surveyed{find()} }
}
