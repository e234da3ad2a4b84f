package cli

// This file writes: what `apply --yes` and `lint --fix` save, they save as the editor does.

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// change is a new version of a document.
type change struct {
	edits []zonefile.Edit // none if nothing changes
	zone  *zonefile.Zone
	now   time.Time

	ending *document.Ending    // if it ends an interrupted save
	plan   *document.Timetable // if it is a step of a move
	did    string              // the command, as the history tells it
	early  string              // why --yes alone would not save it now; "" if its time has come
	shown  bool                // as JSON already: no difference is to stand behind that
	along  *document.Pointing  // PTR records that follow it, if some do
}

// change makes a new version by an edit and, if that changes anything, a higher serial.
func (d opened) change(now time.Time, edit func(*zonefile.Zone) ([]zonefile.Edit, error)) (c change, err error) {
	c.now = now
	if c.edits, err = document.Raised(d.zone, now, edit); err == nil {
		c.zone, err = d.zone.Apply(c.edits...)
	}
	if err != nil {
		return c, fail(d.zone.Root().Name(), err)
	}
	return c, nil
}

// offer prints what a new version changes, and saves it if the user agreed. What is what the version comes from.
func (p *program) offer(doc opened, c change, agreed consent, what string) error {
	path := doc.zone.Root().Name()
	if len(c.edits) == 0 {
		p.tell(path + ": nothing to change: the zone is as the " + what + " wants it")
		return nil
	}
	if !c.shown {
		p.printDiff(doc.zone, c.edits)
		for _, m := range c.along.Change(c.now) {
			p.printDiff(m.Before, m.Edits)
		}
	}
	if agreed.diff {
		return exit(statusFound)
	}
	fresh, err := p.newErrors(doc, c.zone, c.edits)
	if err != nil {
		return err
	}
	for _, d := range fresh {
		p.complain("new: " + d.String())
	}
	p.tellRerouted(doc.zone, c.zone)
	why := c.early
	if len(fresh) > 0 {
		why = "the " + what + " makes new errors: correct it"
	}
	if saves, err := p.offered(path, agreed, why); !saves {
		return err
	}
	if len(fresh) > 0 && !agreed.force {
		return refused(path, why+", or add --force")
	}
	c.did = map[string]string{"script": "mailzone apply", "snippet": "mailzone merge", "certificate": "mailzone tlsa", "key": "mailzone dkim", "copy": "mailzone history --restore", "plan": "a step of a move"}[what]
	return p.save(doc, c, agreed)
}

// save puts a new version on disk and says how that ended, and what is left to do. What was printed before is flushed
// first: where that fails nothing is written.
func (p *program) save(doc opened, c change, agreed consent) error {
	path := doc.zone.Root().Name()
	if err := p.out.Flush(); err != nil {
		return refused(path, fail("standard output", err).Error())
	}
	if err := doc.allowed(agreed); err != nil {
		return err
	}
	if err := p.askNamed(doc, c, agreed); err != nil {
		return err
	}
	if err := p.install(doc, c, agreed); err != nil {
		return err
	}
	if _, whole := c.zone.SOA(); !whole {
		p.tell("left to do: raise the serial of the zone that includes " + path)
		return nil
	}
	if agreed.reload {
		told, all := c.along.Serve()
		for _, line := range told {
			p.tell(line)
		}
		if err := p.letServe(doc, c.zone); err != nil || all {
			return err
		}
		return exit(statusFailed)
	}
	for _, line := range c.along.LeftToDo(c.now) {
		p.tell("left to do: " + line)
	}
	p.tell(doc.st.LeftToDo().String())
	return nil
}

// install writes the files and says how that ended for each.
func (p *program) install(doc opened, c change, agreed consent) error {
	sv := doc.st.Saving(c.zone, disk.SaveOptions{Now: c.now, InPlace: agreed.inPlace})
	sv.Did = []string{cmp.Or(c.did, "a command of mailzone")}
	return p.tellSaved(sv.Of(c.plan).Ending(c.ending).Along(c.along).Run(), agreed)
}

// tellSaved says how a save ended.
func (p *program) tellSaved(saved document.Saved, agreed consent) error {
	say := p.tell
	if saved.Err != nil {
		say = p.complain
	}
	for _, r := range saved.Results {
		say(r.Message)
		for _, note := range r.Notes {
			say(note)
		}
	}
	for _, note := range saved.Notes {
		say(note)
	}
	if saved.Err == nil {
		return nil
	}
	if errors.Is(saved.Err, disk.ErrInPlace) && !agreed.inPlace {
		p.complain("--in-place writes into the old file")
	}
	return exit(statusFailed)
}

// maxComplaints is how many complaints of named-checkzone are told.
const maxComplaints = 20

// askNamed tells what named-checkzone says of a new version. What named would not load is not saved, nor what nobody could
// be asked about, unless the user agreed.
func (p *program) askNamed(doc opened, c change, agreed consent) error {
	j := doc.st.Judge(doc.zone, c.zone, nil)
	told := j.Told
	for _, line := range told[:min(len(told), maxComplaints)] {
		p.complain("named-checkzone: " + line)
	}
	if more := len(told) - maxComplaints; more > 0 {
		p.complain(fmt.Sprintf("named-checkzone: and %d more lines", more))
	}
	switch path := doc.zone.Root().Name(); {
	case j.Blocks && !agreed.force:
		return refused(path, j.Text+": correct that, or add --force")
	case j.Text != "":
		p.tell(path + ": " + j.Text)
	}
	return nil
}
