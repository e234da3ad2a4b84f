package ui

// What an earlier session edited and did not save is offered when the file is opened again.

import (
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// offerRecovery asks what to do with what an earlier session left.
func offerRecovery(s stage) {
	k := s.tools()
	if k.doc.ReadOnly() != "" {
		return // they stay for a session that can save them
	}
	r, ok := k.doc.Store.Left()
	if !ok {
		s.complain(k.doc.KeepJournal())
		return
	}
	edits, err := k.doc.Recovered(r)
	if next, applyErr := k.doc.Zone().Apply(edits...); err == nil && applyErr == nil && next.Same(k.doc.Zone()) {
		// all was saved, or taken back
		s.complain(k.doc.DropLeft(r))
		return
	}
	d := &ask{kit: k, question: "An earlier session ended before these edits were saved"}
	d.details = []string{fmt.Sprintf("%s, the last one at %s", zonefile.Plural(len(r.Edits), "edit", "edits"), r.Time.Format("2006-01-02 15:04:05"))}
	drop := answer{"Delete them", []action{recovery{r, false}, offerDrafts{}}}
	if err != nil {
		d.details = append(d.details, k.show(err.Error()), k.show("they are in "+r.File))
	} else {
		d.details = append(d.details, k.changedLines(edits)...)
		d.answers = append(d.answers, answer{"Restore them", []action{recovery{r, true}, offerDrafts{}}})
	}
	d.answers = append(d.answers, answer{"Leave them", []action{offerDrafts{}}}, drop)
	s.push(d)
}

// recovery restores or deletes what an earlier session left.
type recovery struct {
	left    disk.Recovery
	restore bool
}

// do leaves what could not be restored where it is.
func (r recovery) do(s stage) tea.Cmd {
	doc := s.tools().doc
	if !r.restore {
		s.tell(say{"the edits of the earlier session are deleted", levelInfo})
		s.complain(doc.DropLeft(r.left))
		return nil
	}
	cmd := s.perform(change{title: "restore the edits of an earlier session",
		edits: func(*zonefile.Zone) ([]zonefile.Edit, error) { return doc.Recovered(r.left) }})
	if !doc.Modified() {
		return cmd
	}
	s.complain(doc.TakeLogOver())
	return tea.Batch(cmd, keep(doc))
}
