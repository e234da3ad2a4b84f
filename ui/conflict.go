package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// What to do about a file that another program has changed while it was edited here. Nobody's bytes are lost: the file
// stays as it is until the user has seen both sides, and the edits stay in the editor until they are saved or given up.
// The file is read beside the screen; while that goes on nothing can be edited.

// askConflict asks what to do.
func (a *app) askConflict(reason string) []action {
	d := &ask{kit: a.kit, question: "Not saved: another program has changed the file"}
	d.details = []string{a.show(reason), "Your edits are kept; they can be taken over to the new file."}
	d.answers = []answer{
		{"Keep editing", nil},
		{"Both sides", []action{push{d}, lookAtBoth{}}},
		{"Take over", []action{takeOver{}}},
		{"Save elsewhere", []action{push{askElsewhere(a.kit)}}},
		{"Drop", []action{reload{force: true}}},
	}
	return []action{say{}, push{d}}
}

// theirs brings the zone as it is on disk now.
type theirs struct {
	zone  *zonefile.Zone
	err   error
	of    *zonefile.Zone // the version on the screen that it was compared with
	fits  rebased        // of its edits
	shown bool           // to look at both sides, and nothing else
}

// peek reads what is on disk in a command. The file that was opened stays open, and with it the guard against overwriting.
func (a *app) peek(show bool) tea.Cmd {
	if a.busy {
		a.message = a.wait()
		return nil
	}
	a.busy = true
	a.message = say{"reading what is in the file now...", levelInfo}
	old, mine, st := a.doc.saved, a.doc.zone(), a.doc.store
	return func() tea.Msg {
		m := theirs{of: mine, shown: show}
		if m.zone, m.err = st.peek(); m.err == nil {
			m.fits = rebase(old, mine, m.zone)
		}
		return m
	}
}

// compare shows both sides, or carries the edits over; where some do not fit it asks first.
func (a *app) compare(m theirs) tea.Cmd {
	a.busy, a.message = false, say{}
	switch {
	case m.err != nil:
		a.complain(m.err)
	case m.of != a.doc.zone():
		a.complain(zonefile.ErrStale)
	case m.shown:
		return a.perform(push{&bothSides{kit: a.kit, theirs: diffLines(a.doc.saved, m.zone), mine: diffLines(a.doc.saved, m.of)}})
	case len(m.fits.lost) > 0:
		return a.perform(push{a.askLost(m.fits)})
	default:
		return a.restart(true, nil)
	}
	return nil
}

// askLost asks what to do about edits that do not fit.
func (a *app) askLost(r rebased) *ask {
	const most = 8
	d := &ask{kit: a.kit, question: "Both sides changed the same lines: these edits cannot be taken over"}
	for _, l := range r.lost[:min(len(r.lost), most)] {
		d.details = append(d.details, a.show(expandTabs(l)))
	}
	if n := len(r.lost) - most; n > 0 {
		d.details = append(d.details, a.glyphs.more+" and "+plural(n, "line", "lines")+" more")
	}
	d.answers = []answer{{"Keep editing", nil}}
	if len(r.edits) > 0 {
		d.answers = append(d.answers, answer{"Take the others over", []action{takeOver{without: r.lost}}})
	}
	d.answers = append(d.answers, answer{"Save elsewhere", []action{push{askElsewhere(a.kit)}}})
	return d
}

// takeOver carries the edits over to the file as it is now. Those that were seen not to fit are left out and told to the
// shell, so that they can be made again.
func (a *app) takeOver(t takeOver) tea.Cmd {
	if t.without == nil {
		return a.peek(false)
	}
	return a.restart(true, t.without)
}

// reopened brings the zone file, opened anew.
type reopened struct {
	set     *disk.Set
	zone    *zonefile.Zone
	err     error
	again   bool     // the edits are to be carried over
	fits    rebased  // those edits
	without []string // the edits that the user knows to be left out
}

// restart opens the file anew in a command, and makes the edits in it if that is asked for.
func (a *app) restart(again bool, without []string) tea.Cmd {
	if a.busy {
		a.message = a.wait()
		return nil
	}
	a.busy = true
	a.message = say{"reading the file again...", levelInfo}
	old, mine, st := a.doc.saved, a.doc.zone(), a.doc.store
	st.locked = "the file is being read again" // an edit made now would be lost
	return func() tea.Msg {
		m := reopened{again: again, without: without}
		st.close() // first: the lock is ours
		if m.set, m.zone, m.err = st.load(st.opt.ReadOnly); m.err == nil && again {
			m.fits = rebase(old, mine, m.zone)
		}
		return m
	}
}

// begun goes on with the file that was opened anew. Where the edits cannot be made in it, because it has changed yet again
// or another mailzone has it open now, they stay on the screen, the recovery log stays what it is, and the question is
// asked again.
func (a *app) begun(m reopened) tea.Cmd {
	a.busy, a.message = false, say{}
	if m.err == nil {
		a.doc.store.take(m.set, m.zone)
	}
	why := ""
	switch {
	case m.err != nil:
		why = m.err.Error()
	case !m.again:
	case !slices.Equal(m.fits.lost, m.without):
		why = "the file has changed once more"
	case len(m.fits.edits) > 0:
		why = a.doc.readOnly()
	}
	switch {
	case why == "":
		return tea.Batch(a.carryOn(m), a.askHosting())
	case !m.again:
		a.doc.store.locked = why
		a.message = say{a.show(why), levelError}
		return nil
	}
	a.doc.store.locked = why // what is on the screen was made from another file
	return a.perform(a.askConflict(why)...)
}

// carryOn begins with the new file, and makes the edits in it.
func (a *app) carryOn(m reopened) tea.Cmd {
	kept := a.doc.journal.keeps()
	a.doc.start(m.zone)
	a.message = say{"read again", levelGood}
	for _, l := range m.without {
		a.aside = append(a.aside, "not taken over: "+l)
	}
	if len(m.fits.edits) == 0 {
		a.complain(a.doc.journal.reset())
		a.doc.journal.close()
		a.complain(a.doc.keepJournal())
		a.askEditors() // who was asked before may have ended, and others begun
		return a.examine()
	}
	cmd := a.change(change{title: "the edits, taken over to the new file", stay: true,
		make: func(*zonefile.Zone) ([]zonefile.Edit, error) { return m.fits.edits, nil }})
	if kept {
		a.complain(a.doc.takeLogOver())
	}
	return tea.Batch(cmd, a.keep())
}

// bothSides shows what the other program changed, and what was changed here.
type bothSides struct {
	*kit
	theirs, mine []string // differences from the file as it was opened
	offset       int
}

func (d *bothSides) title() string { return "What each side changed since the file was opened" }

func (d *bothSides) lines(width int) int { return len(d.rows(width)) }

func (d *bothSides) update(msg tea.Msg) ([]action, tea.Cmd) {
	m, ok := msg.(tea.KeyMsg)
	if !ok {
		return nil, nil
	}
	actions, _ := press(m, d.bindings())
	return actions, nil
}

func (d *bothSides) bindings() []binding {
	scroll := func(by int) func() []action {
		return func() []action { d.offset = max(d.offset+by, 0); return nil }
	}
	return []binding{
		does(d.keys.close, pop{}).as("back to the question"),
		does(d.keys.submit, pop{}).as("back to the question").briefly("-"),
		does(d.keys.leave, pop{}).briefly("-"),
		on(d.keys.down, scroll(1)).as("scroll down").briefly("j/k scroll"),
		on(d.keys.up, scroll(-1)).as("scroll up").briefly("-"),
		on(d.keys.pageDown, scroll(10)).briefly("-"),
		on(d.keys.pageUp, scroll(-10)).briefly("-"),
		on(d.keys.top, scroll(-1<<30)).briefly("-"),
		on(d.keys.bottom, scroll(1<<30)).briefly("-"),
	}
}

// view draws what there is room for.
func (d *bothSides) view(width, height int) string {
	rows := d.rows(width)
	d.offset = max(min(d.offset, len(rows)-height), 0)
	return block(rows[d.offset:], width, height)
}

// rows is both differences, one below the other.
func (d *bothSides) rows(width int) []string {
	var out []string
	for _, side := range []struct {
		title string
		diff  []string
	}{{" THE OTHER PROGRAM", d.theirs}, {" YOU", d.mine}} {
		out = append(out, d.line(width, false, span{side.title, d.styles.head}))
		if len(side.diff) == 0 {
			out = append(out, d.line(width, false, span{"   nothing", d.styles.dim}))
		}
		for _, l := range side.diff {
			out = append(out, d.line(width, false, append([]span{{"   ", d.styles.plain}}, d.diffSpans(l)...)...))
		}
	}
	return out
}
