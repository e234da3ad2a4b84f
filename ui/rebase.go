package ui

import (
	"cmp"
	"errors"
	"slices"

	"github.com/aymanbagabas/go-udiff"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
)

// Another program has changed the file while it was edited here. Both sides are kept: the edits are taken
// over to the new file where they touch other lines than those that were changed.

// errBothChanged says that the edits and the other program changed the same lines.
var errBothChanged = errors.New("both sides changed the same lines: compare them, then make the edits again")

// rebase is the edits, against the new file, that do to it what was done from old to mine.
func rebase(old, mine, theirs *zonefile.Zone) ([]zonefile.Edit, error) {
	var out []zonefile.Edit
	for f := range old.Files() {
		a, b := mine.File(f.Name()), theirs.File(f.Name())
		if a == nil || b == nil {
			return nil, errBothChanged
		}
		base := string(f.Bytes())
		ours, others := udiff.Lines(base, string(a.Bytes())), udiff.Lines(base, string(b.Bytes()))
		for _, e := range ours {
			if slices.Contains(others, e) {
				continue // both sides did the same
			}
			shift, ok := shiftOver(others, e)
			if !ok {
				return nil, errBothChanged
			}
			span := zonefile.Span{Start: uint32(e.Start + shift), End: uint32(e.End + shift)}
			out = append(out, zonefile.Edit{File: b, Span: span, New: e.New})
		}
	}
	return out, nil
}

// shiftOver is how far an edit moves when others are made first; false if it touches one of them.
func shiftOver(others []udiff.Edit, e udiff.Edit) (shift int, ok bool) {
	slices.SortFunc(others, func(a, b udiff.Edit) int { return cmp.Compare(a.Start, b.Start) })
	for _, o := range others {
		switch {
		case o.End < e.Start || o.End == e.Start && o.Start < o.End && e.Start < e.End:
			shift += len(o.New) - (o.End - o.Start)
		case o.Start > e.End || o.Start == e.End && o.Start < o.End && e.Start < e.End:
			return shift, true
		default:
			return 0, false
		}
	}
	return shift, true
}

// askConflict asks what to do about a file that another program has changed.
func (a *app) askConflict(reason string) []action {
	d := &ask{kit: a.kit, question: "Not saved: another program has changed the file"}
	d.details = []string{a.show(reason), "Your edits are kept."}
	d.answers = []answer{
		{"Keep editing", nil},
		{"Take the edits over", []action{takeOver{}}},
		{"Save elsewhere", []action{push{askElsewhere(a.kit)}}},
		{"Drop them", []action{reload{force: true}}},
	}
	return []action{say{}, push{d}}
}

// takeOver reads the new file and makes the edits in it. The file that was opened stays open, and with it
// the guard against overwriting, until it is sure that the edits fit.
func (a *app) takeOver() tea.Cmd {
	if a.busy {
		a.message = a.wait()
		return nil
	}
	old, mine := a.doc.saved, a.doc.zone()
	theirs, err := a.doc.store.peek()
	if err == nil {
		_, err = rebase(old, mine, theirs)
	}
	if err != nil {
		a.complain(err)
		return nil
	}
	return a.restart(func(now *zonefile.Zone) ([]zonefile.Edit, error) { return rebase(old, mine, now) })
}

// restart reads the file anew, and makes edits in it if there are any to be made. Where that cannot be, because the file has
// changed yet again or another mailzone has it open now, the edits stay on the screen, the recovery log stays what it is,
// and the question is asked again.
func (a *app) restart(again func(*zonefile.Zone) ([]zonefile.Edit, error)) tea.Cmd {
	z, err := a.doc.store.read()
	var edits []zonefile.Edit
	if err == nil && again != nil {
		edits, err = again(z)
	}
	if err == nil && len(edits) > 0 && a.doc.readOnly() != "" {
		err = errors.New(a.doc.readOnly())
	}
	switch {
	case err != nil && again == nil:
		a.doc.store.locked = err.Error()
		a.complain(err)
		return nil
	case err != nil:
		a.doc.store.locked = err.Error()
		return a.perform(a.askConflict(err.Error())...)
	}
	kept := a.doc.journal.keeps()
	a.doc.start(z)
	a.message = say{"read again", levelGood}
	if len(edits) == 0 {
		a.complain(a.doc.journal.reset())
		a.doc.journal.close()
		a.complain(a.doc.keepJournal())
		return a.examine()
	}
	cmd := a.change(change{title: "the edits, taken over to the new file", stay: true,
		make: func(*zonefile.Zone) ([]zonefile.Edit, error) { return edits, nil }})
	if kept {
		a.complain(a.doc.takeLogOver())
	}
	return tea.Batch(cmd, a.keep())
}
