package cli

// A save may have been interrupted half-way. Whoever reads the zone is told so in a line, who would write it is refused
// until that save has ended, and `history` ends it: finished or undone as a save like any other, with the difference shown
// and nothing done without --yes; or forgotten, which writes to no zone file.

import (
	"bytes"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// endOptions are the flags for ending an interrupted save.
type endOptions struct {
	source source
	file   string // the file that the zone includes and whose saves are meant; "" for the zone's own
	agreed consent
}

// endSave finishes or undoes what was interrupted of the saves of a zone.
func (p *program) endSave(cmd *cobra.Command, opt *endOptions, path string, way disk.Way) error {
	doc, err := p.findInterrupted(cmd, opt, path)
	if err == nil {
		defer doc.st.Close()
	}
	saves, err := doc.toEnd(err)
	if err == nil && len(saves) == 0 {
		p.tell(path + ": there is nothing to " + string(way) + ": no save of it was interrupted")
	}
	if err != nil {
		return err
	}
	for _, in := range saves {
		if err := p.endOne(doc, in, opt.agreed, path, way); err != nil {
			return err
		}
	}
	return nil
}

// toEnd is the interrupted saves of a document. Where there are none, the error of reading it counts.
func (d opened) toEnd(err error) ([]*disk.Interrupted, error) {
	if len(d.interrupted.Saves) > 0 && !errors.As(err, new(usageError)) {
		err = nil
	}
	return d.interrupted.Saves, err
}

// findInterrupted reads the zone and finds the interrupted saves of its files, or of the one that --file names. They are
// known in spite of an error, which is of reading the zone: a file of it may be anything now.
func (p *program) findInterrupted(cmd *cobra.Command, opt *endOptions, path string) (opened, error) {
	doc, err := p.load(cmd, &opt.source, path, document.Options{ReadOnly: true})
	if opt.file != "" {
		doc.interrupted = document.InterruptedAt(opt.file)
	}
	p.tellOrigin(path, doc)
	p.tellInterrupted(path, disk.Interruptions{Notes: doc.interrupted.Notes})
	return doc, err
}

// endOne finishes or undoes one interrupted save.
func (p *program) endOne(doc opened, in *disk.Interrupted, agreed consent, path string, way disk.Way) error {
	e, err := document.BeginEnding(in, way, !agreed.yes)
	if err != nil {
		return err
	}
	defer e.Close()
	p.complain(path + ": " + in.String())
	for i, t := range e.Texts {
		if other := e.Other(i); other != nil && !agreed.diff { // half written: what it would be the other way
			p.printPatch(t.Path, t.Path+" as its other version", document.TextPatch(string(t.Holds), string(other)))
		}
	}
	if c, ok := doc.ending(e); ok {
		err = p.endRead(doc, c, agreed, path)
	} else {
		err = p.endUnread(doc, e, agreed, path)
	}
	if err != nil || !agreed.yes || len(e.Left) == 0 {
		return err
	}
	for _, f := range e.Left {
		p.complain(f.Path + ": left alone: it " + f.String() + "; `mailzone history --forget " + path + "` makes undo copies of both versions")
	}
	return exit(statusFailed)
}

// ending is what ending a save makes of a document; ok is false if a file of it is none of the document's as it is now.
func (d opened) ending(e *document.Ending) (c change, ok bool) {
	if d.zone == nil {
		return c, false
	}
	for _, t := range e.Texts {
		f, err := d.file(t.Path)
		if err != nil || !bytes.Equal(f.Bytes(), t.Holds) {
			return c, false
		}
		c.edits = append(c.edits, document.LineEdits(f, string(t.New))...)
	}
	next, err := d.zone.Apply(c.edits...)
	c.zone, c.now, c.ending = next, time.Now(), e
	return c, err == nil
}

// endRead ends a save of a zone. What it is now is half of two versions, so nobody is told what is wrong with the one that
// will be and was not with this.
func (p *program) endRead(doc opened, c change, agreed consent, path string) error {
	p.printDiff(doc.zone, c.edits)
	if saves, err := p.offered(path, agreed, ""); !saves {
		return err
	}
	return p.save(doc, c, agreed)
}

// endUnread ends a save of files that nobody can read as a zone now: it shows and saves them as texts.
func (p *program) endUnread(doc opened, e *document.Ending, agreed consent, path string) error {
	if doc.zone != nil && agreed.yes { // it is read, but does not include all of them as it is now
		if err := doc.allowed(agreed); err != nil {
			return err
		}
	}
	for i, t := range e.Texts {
		p.printPatch(t.Path, t.Path, document.TextPatch(string(t.Holds), string(t.New)))
		for _, other := range e.Editors(i) {
			if !other.Gone && agreed.yes && !agreed.force {
				return refused(path, other.String()+"; history saves with --force")
			}
		}
	}
	if saves, err := p.offered(path, agreed, ""); !saves {
		return err
	}
	if err := p.out.Flush(); err != nil {
		return refused(path, fail("standard output", err).Error())
	}
	return p.tellSaved(e.Save(disk.SaveOptions{InPlace: agreed.inPlace}), agreed)
}

// forget makes undo copies of both versions of interrupted saves.
func (p *program) forget(cmd *cobra.Command, opt *endOptions, path string) error {
	doc, err := p.findInterrupted(cmd, opt, path)
	if err == nil {
		doc.st.Close()
	}
	saves, err := doc.toEnd(err)
	if err == nil && len(saves) == 0 {
		p.tell(path + ": there is nothing to forget: no save of it was interrupted")
	}
	if err != nil {
		return err
	}
	for _, in := range saves {
		if err := document.Forget(in); err != nil {
			return err
		}
		p.tell(path + ": forgotten: " + in.String() + "; both versions of each are undo copies now")
	}
	return nil
}
