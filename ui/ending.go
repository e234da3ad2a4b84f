package ui

// The end of a session, for the shell: what was saved, what is left to do, and where edits are that were not saved. It is
// said after the screen is gone, so it is text for a terminal like any other.

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/crash"
)

// Summary is what happened, for the shell: what was saved, and what is left to do.
type Summary struct {
	Saved  []string // what the saves said, in order
	Reload string   // the command that is left to do, "" if there is none
	Others []string // the same of reverse zones that were saved with it
	Notes  []string

	back  bool // the user goes back to the list of zones
	ended bool // the editor was there
}

// String is the summary in lines, "" if there is nothing to say.
func (s Summary) String() string {
	lines := append([]string{}, s.Saved...)
	lines = append(lines, s.Notes...)
	if s.Reload != "" {
		lines = append(lines, "left to do: "+s.Reload)
	}
	for _, command := range s.Others {
		lines = append(lines, "left to do: "+command)
	}
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}

// end closes the recovery log. It stays where it is if a signal ended the program with edits, or it failed.
func (a *app) end(failed error) (k kept) {
	j := &a.doc.Journal
	defer j.Close()
	a.told.leaveDrafts(a.demo)
	log := j.Path()
	e := crash.Try(func() {
		switch {
		case a.told.closed == "" && failed == nil || !a.doc.Modified():
			_ = j.Reset() // what is left behind is offered again, and no harm is done
		case errors.As(failed, new(*crash.Error)):
			k = kept{log, a.doc.Rescue()}
			k.log = cmp.Or(j.Path(), log)
		case j.Flush() == nil:
			k.log = j.Path()
		}
	})
	if e != nil { // of what had failed already
		return kept{log, e}
	}
	return k
}

// summary is what the shell shows after the program.
func (a *app) summary(opt Options, k kept) Summary {
	s := Summary{back: a.told.back, ended: true}
	for _, line := range a.told.done {
		s.Saved = append(s.Saved, a.show(line))
	}
	if len(s.Saved) > 0 && !opt.Demo && a.told.served != a.doc.Saved {
		s.Reload = a.doc.Store.LeftToDo().Command
	}
	for _, p := range a.told.along {
		for _, line := range p.LeftToDo(a.doc.Now()) {
			s.Others = append(s.Others, a.show(line))
		}
	}
	for _, line := range a.told.aside {
		s.Notes = append(s.Notes, a.show(line))
	}
	if a.told.closed != "" {
		s.Notes = append(s.Notes, a.told.closed)
	}
	if a.told.closed != "" && a.doc.Modified() {
		s.Notes = append(s.Notes, "not saved: "+strings.Join(a.doc.Titles(), ", "))
	}
	if note := k.note(opt); note != "" {
		s.Notes = append(s.Notes, a.show(note))
	}
	return s
}

// kept is what became of edits that were not saved when the program ended.
type kept struct {
	log string // the recovery log, "" if there is none
	err error  // why the last edits are not in it
}

// note says it, for the shell; "" if there is nothing to say.
func (k kept) note(opt Options) string {
	switch {
	case k.log == "" || opt.Demo: // the sample zone is gone, and its log with it
		return ""
	case k.err != nil:
		return fmt.Sprintf("the last edits could not be kept (%v); open %s again to restore those before (%s)", k.err, opt.Path, k.log)
	}
	return fmt.Sprintf("the edits are kept: open %s again to restore them (%s)", opt.Path, k.log)
}
