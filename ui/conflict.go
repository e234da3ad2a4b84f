package ui

// What to do about a file that another program has changed while it was edited here. Nobody's bytes are lost: the file
// stays as it is until the user has seen both sides, and the edits stay in the editor until they are saved or given up.
// The file is read beside the screen; while that goes on nothing can be edited.

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// askConflict asks what to do.
func askConflict(k *kit, reason string) []action {
	d := &ask{kit: k, question: "Not saved: another program has changed the file"}
	if k.doc.Store.IsAbsent() {
		d.question = "Not saved: another program has made a file of this name"
	}
	d.details = []string{k.show(reason), "Your edits are kept; they can be taken over to the new file."}
	d.answers = []answer{
		{"Keep editing", nil},
		{"Both sides", []action{push{d}, lookAtBoth{}}},
		{"Take over", []action{push{d}, takeOver{}}},
		{"Save elsewhere", []action{push{askElsewhere(k)}}},
		{"Drop", []action{reload{force: true}}},
	}
	return []action{say{}, push{d}}
}

// theirs brings the zone as it is on disk now.
type theirs struct {
	zone  *zonefile.Zone
	err   error
	of    *zonefile.Zone   // the version on the screen that it was compared with
	fits  document.Rebased // of its edits
	shown bool             // to look at both sides, and nothing else
	sides []side           // those
}

// lookAtBoth shows what another program has changed, and what was changed here.
type lookAtBoth struct{}

func (lookAtBoth) do(s stage) tea.Cmd { return peek(s, true) }

// peek reads what is on disk beside the screen. The file that was opened stays open, and with it the guard against overwriting.
func peek(s stage, show bool) tea.Cmd {
	if s.work().busy {
		s.tell(waiting())
		return nil
	}
	doc := s.tools().doc
	old, mine, st := doc.Saved, doc.Zone(), doc.Store
	return longWork{"reading what is in the file now", func(p *pace) result {
		c := p.compares(old)
		m := theirs{of: mine, shown: show}
		if m.zone, m.err = st.Peek(); m.err != nil || !p.goesOn() {
			return m
		}
		if show {
			m.sides = []side{{"THE OTHER PROGRAM", c.Diff(old, m.zone)}, {"YOU", c.Diff(old, mine)}}
		} else {
			m.fits = c.Rebase(old, mine, m.zone)
		}
		return m
	}}.do(s)
}

// take shows both sides, or carries the edits over; where some do not fit it asks first.
func (m theirs) take(s stage) tea.Cmd {
	k := s.tools()
	if !m.shown {
		s.pop() // the question is answered
	}
	switch {
	case m.err != nil:
		s.complain(m.err)
	case m.of != k.doc.Zone():
		s.complain(zonefile.ErrStale)
	case m.shown:
		s.push(&bothSides{reading: reading{kit: k}, heading: "What each side changed since the file was opened", sides: m.sides})
	case len(m.fits.Lost) > 0:
		s.push(askLost(k, m.fits))
	default:
		return restart(s, reopened{again: true})
	}
	return nil
}

// askLost asks what to do about edits that do not fit.
func askLost(k *kit, r document.Rebased) *ask {
	d := &ask{kit: k, question: "Both sides changed the same lines: these edits cannot be taken over"}
	d.details = k.lostLines(r.Lost)
	d.answers = []answer{{"Keep editing", nil}}
	if len(r.Edits) > 0 {
		d.answers = append(d.answers, answer{"Take the others over", []action{takeOver{without: r.Lost}}})
	}
	d.answers = append(d.answers, answer{"Save elsewhere", []action{push{askElsewhere(k)}}})
	return d
}

// takeOver carries the edits over to the file as another program has changed it. Those that were seen not to fit are left
// out and told to the shell, so that they can be made again.
type takeOver struct{ without []string }

func (t takeOver) do(s stage) tea.Cmd {
	if t.without == nil {
		return peek(s, false)
	}
	return restart(s, reopened{again: true, without: t.without})
}

// reopened brings the zone file, opened anew.
type reopened struct {
	set     *disk.Set
	zone    *zonefile.Zone
	err     error
	again   bool             // the edits are to be carried over
	fits    document.Rebased // those edits
	without []string         // the edits that the user knows to be left out

	unasked bool // nobody asked for it: what another program wrote is read because nothing was edited
	lines   int  // that differ then
}

// restart opens the file anew in a command, and makes the edits in it if that is asked for.
func restart(s stage, m reopened) tea.Cmd {
	if !s.work().begin(s, "reading the file again...") {
		return nil
	}
	doc := s.tools().doc
	old, mine, st := doc.Saved, doc.Zone(), doc.Store
	if !m.unasked {
		st.Looking = "" // it is asked again
	}
	st.Locked = "the file is being read again" // an edit made now would be lost
	return func() tea.Msg {
		st.Close() // first: the lock is ours
		if m.set, m.zone, m.err = st.Load(st.Opt.ReadOnly); m.err == nil && m.again {
			m.fits = document.Rebase(old, mine, m.zone)
		}
		return m
	}
}

// take goes on with the file that was opened anew. Where the edits cannot be made in it, because it has changed yet again
// or another mailzone has it open now, they stay on the screen, the recovery log stays what it is, and the question is
// asked again.
func (m reopened) take(s stage) tea.Cmd {
	s.work().end(s)
	k := s.tools()
	if m.err == nil {
		k.doc.Store.Take(m.set, m.zone)
	}
	why := ""
	switch {
	case m.err != nil:
		why = m.err.Error()
	case !m.again:
	case !slices.Equal(m.fits.Lost, m.without):
		why = "the file has changed once more"
	case len(m.fits.Edits) > 0:
		why = k.doc.ReadOnly()
	}
	switch {
	case why == "":
		return tea.Batch(m.carryOn(s), askHosting(k.doc))
	case !m.again:
		k.doc.Store.Locked = why
		s.tell(say{k.show(why), levelError})
		return nil
	}
	k.doc.Store.Locked = why // what is on the screen was made from another file
	return s.perform(askConflict(k, why)...)
}

// carryOn begins with the new file, and makes the edits in it.
func (m reopened) carryOn(s stage) tea.Cmd {
	doc := s.tools().doc
	kept, held := doc.Journal.Keeps(), holdPlace(s.tools())
	doc.Start(m.zone)
	s.tell(say{m.told(), levelGood})
	for _, l := range m.without {
		s.outcome().aside = append(s.outcome().aside, "not taken over: "+l)
	}
	if len(m.fits.Edits) == 0 {
		s.complain(doc.Journal.Reset())
		doc.Journal.Close()
		if m.unasked {
			s.complain(doc.KeepJournal())
		} else {
			s.askFirst() // who was asked before may have ended, and others begun
		}
		cmd := examine(s)
		held.back(s)
		return cmd
	}
	cmd := s.perform(change{title: "the edits, taken over to the new file", stay: true,
		edits: func(*zonefile.Zone) ([]zonefile.Edit, error) { return m.fits.Edits, nil }})
	if kept {
		s.complain(doc.TakeLogOver())
	}
	return tea.Batch(cmd, keep(doc))
}

// told is what is said of it.
func (m reopened) told() string {
	if m.lines == 0 {
		return "read again"
	}
	return "read again: " + zonefile.Plural(m.lines, "line", "lines") + " changed"
}

// reload reads the file again.
type reload struct{ force bool }

func (r reload) do(s stage) tea.Cmd {
	if k := s.tools(); !r.force && k.doc.Modified() && k.doc.Elsewhere() {
		return s.perform(askConflict(k, k.doc.ElsewhereWhy())...)
	}
	if !s.work().busy && !r.force && s.tools().doc.Modified() {
		s.tell(say{"there are edits that are not saved: :w saves them, :e! throws them away", levelError})
		return nil
	}
	return restart(s, reopened{})
}
