package ui

// A save that was interrupted half-way is asked about when its zone is opened: the user finishes it, undoes it, looks at
// what either would write, or leaves it. Until it has ended nothing of the zone can be edited, for an edit would be of half
// of two versions. It is ended by a save like any other, in a command, with the zone closed meanwhile: its lock is ours.

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// askInterrupted asks about an interrupted save, if there is one and something may be written. Lines are told first.
func askInterrupted(s stage, lines ...string) {
	k := s.tools()
	saves := k.doc.Store.Interrupted().Saves
	if len(saves) == 0 || k.doc.Store.OnlyRead() {
		return
	}
	in := saves[0]
	d := &ask{kit: k, question: "A save of this zone was interrupted", answers: []answer{{"Leave it", nil}}}
	for _, line := range append(lines, in.String(), "Nothing of the zone can be edited until that save has ended.") {
		d.details = append(d.details, k.show(line))
	}
	d.answers = append(d.answers, answer{"Show the difference", []action{push{d}, lookAtSave{in}}})
	text := map[disk.Way]string{disk.Finish: "Finish it", disk.Undo: "Undo it"}
	for _, way := range document.Ways(in) {
		d.answers = append(d.answers, answer{text[way], []action{endSave{in: in, way: way}}})
	}
	if slices.ContainsFunc(in.Files, func(f disk.InterruptedFile) bool { return f.Holds == disk.Neither }) {
		d.details = append(d.details, "What was changed since is left alone. Copies: both versions of each file become undo copies, and nobody asks again.")
		d.answers = append(d.answers, answer{"Copies", []action{endSave{in: in}}})
	}
	s.tell(say{})
	s.push(d)
}

// lookAtSave shows what finishing an interrupted save would write, and what undoing it.
type lookAtSave struct{ in *disk.Interrupted }

// do reads both versions in a command.
func (a lookAtSave) do(s stage) tea.Cmd {
	if !s.work().begin(s, "comparing both versions with the files...") {
		return nil
	}
	doc := s.tools().doc
	return func() tea.Msg {
		return seen{[]side{{"FINISHING WRITES", doc.Ending(a.in, disk.Finish)}, {"UNDOING WRITES", doc.Ending(a.in, disk.Undo)}}}
	}
}

// seen brings both differences.
type seen struct{ sides []side }

func (m seen) take(s stage) tea.Cmd {
	s.work().end(s)
	s.push(&bothSides{reading: reading{kit: s.tools()}, heading: "What would be written to the files as they are now", sides: m.sides})
	return nil
}

// endSave ends an interrupted save.
type endSave struct {
	in      *disk.Interrupted
	way     disk.Way // "": both versions become undo copies, and no file is written to
	inPlace bool     // the user agreed to write into files that cannot be replaced
}

// ended brings how that went, and the zone opened anew.
type ended struct {
	endSave
	document.Ended
	now reopened
}

func (a endSave) do(s stage) tea.Cmd {
	if !s.work().begin(s, "ending the interrupted save...") {
		return nil
	}
	doc := s.tools().doc
	st, z := doc.Store, doc.Zone()
	st.Locked = "an interrupted save of it is being ended"
	return func() tea.Msg {
		st.Close() // first: the lock is ours
		m := ended{endSave: a}
		switch {
		case a.way == "":
			m.Err = document.Forget(a.in)
		default:
			m.Ended = st.End(z, a.in, a.way, a.inPlace)
		}
		m.now.set, m.now.zone, m.now.err = st.Load(st.OnlyRead())
		return m
	}
}

// take goes on with the zone as it is now. Where the save is still not ended the question is asked again.
func (m ended) take(s stage) tea.Cmd {
	k, out := s.tools(), s.outcome()
	if m.Err == nil {
		for _, r := range m.Results {
			out.done = append(out.done, r.Message)
			out.done = append(out.done, r.Notes...)
		}
	}
	cmd := m.now.take(s)
	if m.now.err != nil {
		return cmd // says so
	}
	text := k.show(k.doc.Store.Shortly(m.text()))
	question, asked := s.top().(*ask)
	switch {
	case m.Err == nil:
		s.tell(say{text, levelGood})
	case m.Asks != "":
		again := m.endSave
		again.inPlace = true
		s.push(k.askWord(inPlaceHeading,
			k.doc.Store.Shortly(m.Asks), []action{pop{}, again}))
	case asked: // a long message would cover it
		s.tell(say{})
		question.details = append([]string{text}, question.details...)
	default:
		s.tell(say{text, levelError})
	}
	return cmd
}

// text tells how it went.
func (m ended) text() string {
	switch {
	case m.Err != nil:
		return m.Err.Error()
	case m.way == disk.Finish:
		return "the interrupted save is finished"
	case m.way == disk.Undo:
		return "the interrupted save is undone"
	}
	return "both versions are undo copies now: `mailzone history` lists them"
}
