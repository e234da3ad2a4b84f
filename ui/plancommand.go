package ui

// What `:plan` does: it shows the plan as its key does, and takes what has to be told without it.

import (
	"errors"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
)

// saves is how a plan has its steps looked at and saved.
func saves(then ...action) action { return review{then} }

// planCommand does what stands behind `:plan`: nothing shows the plan, forget ends the move, since TIME tells since when the name
// servers have what the file says.
type planCommand struct{ arg string }

func (c planCommand) do(s stage) tea.Cmd {
	word, rest, _ := strings.Cut(c.arg, " ")
	switch word {
	case "":
		return openPlan{saves}.do(s)
	case "forget":
		return forgetMove{}.do(s)
	case "since":
		return tellSince{rest}.do(s)
	}
	s.complain(errors.New(":plan shows the plan, :plan forget ends the move that is under way, :plan since TIME tells since when the name servers have what the file says"))
	return nil
}

// tellSince remembers since when the name servers have what the file says.
type tellSince struct{ text string }

func (t tellSince) do(s stage) tea.Cmd {
	k := s.tools()
	since, err := document.ParseSince(t.text, k.doc.Now())
	if err != nil {
		s.complain(err)
		return nil
	}
	recall, now := k.doc.Store.AsksPast(k.doc.Saved), k.doc.Now()
	return longWork{"looking whether a move is under way", func(p *pace) result {
		p.begin(1)
		if !p.goesOn() {
			return nil
		}
		past := recall()
		if !past.Remembered() {
			return toldSince{err: errors.New("no move is under way: M plans one")}
		}
		return toldSince{past: past, since: since, now: now}
	}}.do(s)
}

// toldSince is the move that it is told of, or why there is none. It is remembered here, and not beside the screen: what esc ended is
// not remembered.
type toldSince struct {
	past       *document.Move
	since, now time.Time
	err        error
}

func (t toldSince) take(s stage) tea.Cmd {
	if t.err == nil {
		t.err = t.past.Tell(t.past.Request, t.since, t.now)
	}
	if t.err != nil {
		s.complain(t.err)
		return nil
	}
	return openPlan{saves}.do(s)
}
