package ui

// Changes of the document: every edit that a key makes goes through the action change, so that each can be undone, is in
// the recovery log, and is examined.

import (
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// change edits the document; edits are made against its newest version.
type change struct {
	title string // what undo and the review call it, as "add MX mx1"
	edits func(*zonefile.Zone) ([]zonefile.Edit, error)
	// follow is the record that the cursor stays on; without one the cursor goes where the change is.
	follow zonefile.Row
	find   func(*zonefile.Zone) zonefile.Record // finds a record that is new; nil if there is none
	stay   bool                                 // leaves the cursor where it is: the change is in many places
	run    bool                                 // goes on with the change of the same record before it: one undo for both
	// named is what came of the change, the longest wording first, which undo calls it by; nil: another name.
	named func(document.Edited) []string
	about zonefile.Name   // it is told by the records that it changes, and by what that means for mail of this name; "": by its title
	says  string          // what is said of it, where that is more than its name
	then  []action        // done if the change could be made
	marks []zonefile.Name // the names that were marked for it: undo marks them again
}

// do makes a new version and shows it.
func (c change) do(s stage) tea.Cmd {
	k := s.tools()
	told := telling{undo: "u undoes"}
	name := func(e document.Edited) string {
		told.of, told.words = e, c.wording(k, e)
		title := told.words[0]
		if c.about != "" {
			told.words = k.withMeaning(told.words, c.about, e)
		}
		return title
	}
	made := document.Change{Title: c.title, Make: c.edits, Follow: c.follow, Find: c.find, Stay: c.stay, Run: c.run, Marks: c.marks, Name: name}
	if err := k.doc.Change(made); err != nil {
		s.complain(err)
		return nil
	}
	if c.says != "" {
		told.words, told.always = []string{c.says}, true
	}
	cmd := tea.Batch(keep(k.doc), examine(s), tellEdit(s, told))
	then := s.perform(c.then...)
	if !c.stay {
		s.follow(k.doc.Version().Now)
	}
	return tea.Batch(cmd, then)
}

// wording is what came of the change, the longest wording first.
func (c change) wording(k *kit, e document.Edited) (words []string) {
	switch {
	case c.named != nil:
		words = c.named(e)
	case c.about != "":
		words = k.result(e)
	}
	if len(words) == 0 {
		words = []string{c.title}
	}
	return words
}

// undo goes back one version.
type undo struct{}

func (undo) do(s stage) tea.Cmd {
	doc := s.tools().doc
	v, err := doc.Undo()
	if err == nil && v.Marks != nil {
		s.mark(v.Marks)
	}
	return stepped(s, "undone: ", v, v.Was, document.Edited{From: v.Zone, To: doc.Zone()}, err)
}

// redo goes forward again.
type redo struct{}

func (redo) do(s stage) tea.Cmd {
	doc := s.tools().doc
	from := doc.Zone()
	v, err := doc.Redo()
	if err == nil && v.Marks != nil {
		s.mark(nil)
	}
	return stepped(s, "done again: ", v, v.Now, document.Edited{From: from, To: v.Zone}, err)
}

// stepped shows what an undo or redo did.
func stepped(s stage, verb string, v document.Version, at document.Spot, e document.Edited, err error) tea.Cmd {
	if err != nil {
		s.tell(say{err.Error(), levelInfo})
		return nil
	}
	cmd := tea.Batch(keep(s.tools().doc), examine(s), tellEdit(s, telling{words: []string{verb + v.Title}, of: e}))
	if !v.Stay {
		s.follow(at)
	}
	return cmd
}

// editsOf gives edits that were found for a version, and refuses to make them in another.
func editsOf(of *zonefile.Zone, edits []zonefile.Edit) func(*zonefile.Zone) ([]zonefile.Edit, error) {
	return func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if z != of {
			return nil, zonefile.ErrStale
		}
		return edits, nil
	}
}
