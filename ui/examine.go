package ui

// Who receives mail and what is wrong is found out at once in a small zone, and by commands in a big one: when it is
// opened the names first, which takes a second for a million records, then the problems. After an edit first the
// problems that it can reach, in some milliseconds, then the names again, then all problems.
// What is found about a version that is no longer on the screen is dropped, or serves the next as a base.

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
)

// surveyed brings what takes long: the names of a version, or all its problems.
type surveyed struct {
	findings document.Findings
	whole    bool // all names were wanted
}

func (m surveyed) take(s stage) tea.Cmd {
	s.work().surveying = false
	if s.tools().doc.Whole && !m.whole {
		m.findings.Surveyed = false
	}
	return found(s, m.findings)
}

// checked brings the problems of a version that an edit can reach, with those that stand.
type checked struct{ findings document.Findings }

func (m checked) take(s stage) tea.Cmd {
	s.work().checking = false
	return found(s, m.findings)
}

// found takes findings over, and goes on to what they lack.
func found(s stage, f document.Findings) tea.Cmd {
	if s.tools().doc.Found(f) {
		s.clamp()
	}
	sayOtherwise(s)
	return tea.Batch(examine(s), goOn(s))
}

// examine finds out about the version on the screen what is not known yet.
func examine(s stage) tea.Cmd {
	doc := s.tools().doc
	if !doc.Small() {
		return tea.Batch(examineReach(doc, s.work()), examineAll(doc, s.work()))
	}
	if z, saved := doc.Zone(), doc.Saved; doc.Stale() {
		doc.Found(document.Survey(z, doc.Whole).Check(saved, doc.From().Anew()))
		s.clamp()
		sayOtherwise(s)
	}
	return nil
}

// examineReach looks for the problems that the last edit can reach.
func examineReach(doc *document.Session, w *work) tea.Cmd {
	if !doc.Stale() || !doc.Base.Checked || w.checking {
		return nil
	}
	w.checking = true
	f, saved, from := document.Findings{Zone: doc.Zone(), Names: doc.Findings.Names, All: doc.Findings.All, Owners: doc.Findings.Owners}, doc.Saved, doc.From()
	return func() tea.Msg { return checked{f.Check(saved, from)} }
}

// examineAll looks at all names for what is not known, one thing after the other: who receives mail first.
func examineAll(doc *document.Session, w *work) tea.Cmd {
	known, saved, from, whole := doc.Findings, doc.Saved, doc.From(), doc.Whole
	if w.surveying || doc.Stale() && doc.Base.Checked { // what an edit can reach comes first
		return nil
	}
	var find func() document.Findings
	switch z := doc.Zone(); {
	case doc.Stale():
		find = func() document.Findings { return document.Survey(z, whole) }
	case !known.Surveyed:
		find = func() document.Findings { return known.Survey(whole, nil) }
	case !known.Full:
		find = func() document.Findings { return known.Complete(saved, from) }
	default:
		return nil
	}
	w.surveying = true
	return func() tea.Msg { return surveyed{find(), whole} }
}

// sayOtherwise says, once and unless something else is to be said, that the list of zones has told of other problems of the zone than the
// zone alone has.
func sayOtherwise(s stage) {
	k := s.tools()
	f, inList := k.doc.Findings, k.inList
	if inList == "" || !f.Full {
		return
	}
	k.inList = ""
	if countedText(f.Counts[lint.Error], f.Counts[lint.Warning]) != inList && k.doc.ReadOnly() == "" && len(k.notes)+len(k.doc.Store.Warnings()) == 0 {
		s.tell(say{"the list has " + inList + ": it knows all zones of the server, the editor this one", levelInfo})
	}
}

// countedText is how many problems of each kind there are, "" for none.
func countedText(errors, warnings int) string {
	var words []string
	if errors > 0 {
		words = append(words, "E"+itoa(errors))
	}
	if warnings > 0 {
		words = append(words, "W"+itoa(warnings))
	}
	return strings.Join(words, " ")
}
