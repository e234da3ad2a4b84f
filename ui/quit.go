package ui

// The end of the program. Edits that are not saved are asked about, and enter in haste keeps them.

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"
)

// quit ends the program, after a question if there are edits.
type quit struct {
	force bool
	back  bool // to the list of zones
}

func (q quit) do(s stage) tea.Cmd {
	k := s.tools()
	if s.work().busy {
		s.tell(waiting())
		return nil
	}
	if q.force || !k.doc.Modified() {
		s.outcome().back = q.back
		return tea.Quit
	}
	d := &ask{kit: k, question: "There are edits that are not saved"}
	for _, t := range k.doc.Titles() {
		d.details = append(d.details, k.Glyphs.Bullet+" "+t)
	}
	if n := len(d.details); n > 5 {
		d.details = append(d.details[:4:4], fmt.Sprintf("%s and %d more", k.Glyphs.Bullet, n-4))
	}
	d.answers = []answer{
		{"Cancel", nil},
		{"Save", []action{review{then: []action{quit{back: q.back}}}}},
		{"Discard", []action{quit{force: true, back: q.back}}},
	}
	s.push(d)
	return nil
}
