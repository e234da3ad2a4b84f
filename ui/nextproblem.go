package ui

// From problem to problem, wherever the user is: through the zone file and what it includes, in their order, so that each is come by
// once. Who has gone elsewhere meanwhile goes on from there.

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
)

// nextProblem goes to the next problem, going round, or to the one before.
type nextProblem struct{ back bool }

func (a nextProblem) do(s stage) tea.Cmd {
	k := s.tools()
	from, at := k.stop.problem, k.at
	if k.stop.at != k.at {
		from = nil
		if row := k.doc.Row(k.at); !row.IsZero() {
			at = document.At(k.at.File, row.Span().Start)
		}
	}
	to := k.doc.Findings.Beside(from, at, a.back)
	if to.Problem == nil {
		s.tell(say{noSeriousProblem, levelInfo})
		return nil
	}
	all := s.listsAll()
	s.goProblem(to.Problem)
	k.stop = problemStop{to.Problem, k.at}
	switched := ""
	if s.listsAll() != all {
		switched = "; A: all names are listed now"
	}
	var words []string
	for _, said := range lint.Sayings(k.asWritten(to.Problem.Message)) {
		words = append(words, fmt.Sprintf("%d of %d  %s %s%s", to.N, to.Of, to.Problem.Severity.Letter(), said, switched))
	}
	k.telling = telling{text: words[0], words: words}
	s.tell(say{words[0], levelInfo})
	return nil
}

// noSeriousProblem is why there is no next problem.
const noSeriousProblem = "no problem: nothing is wrong with the zone and what it includes"

// noProblem is why one cannot go to the next problem.
func (k *kit) noProblem() string {
	f := k.doc.Findings
	switch {
	case k.doc.Stale() || !f.Checked:
		return whyExamining
	case len(f.Serious()) == 0 && len(f.Problems) > 0:
		return noSeriousProblem + "; 2 and i list what is worth knowing"
	case len(f.Serious()) == 0:
		return noSeriousProblem
	}
	return ""
}
