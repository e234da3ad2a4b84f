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
	return longWork{"looking whether a move is under way", func(*pace) result {
		past := recall()
		if !past.Remembered() {
			return toldSince{err: errors.New("no move is under way: M plans one")}
		}
		return toldSince{since, past.Tell(past.Request, since, now)}
	}}.do(s)
}

// toldSince is how that went.
type toldSince struct {
	since time.Time
	err   error
}

func (t toldSince) take(s stage) tea.Cmd {
	if t.err != nil {
		s.complain(t.err)
		return nil
	}
	return openPlan{saves}.do(s)
}
