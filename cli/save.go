package cli

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// This file writes: what `apply --yes` and `lint --fix` save, they save as the editor does.

// change is a new version of a document.
type change struct {
	edits []zonefile.Edit // none if nothing changes
	zone  *zonefile.Zone
	now   time.Time
}

// change makes a new version by an edit and, if that changes anything, a higher serial.
func (d document) change(now time.Time, edit func(*zonefile.Zone) ([]zonefile.Edit, error)) (c change, err error) {
	raise := func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if z.Same(d.zone) {
			return nil, nil
		}
		return z.RaiseSerial(d.zone, zonefile.SerialAuto, now)
	}
	c.now = now
	if c.edits, err = zonefile.Chain(d.zone, edit, raise); err == nil {
		c.zone, err = d.zone.Apply(c.edits...)
	}
	if err != nil {
		return c, fail(d.zone.Root().Name(), err)
	}
	return c, nil
}

// offer prints what a new version changes, and saves it if yes says so. New errors stop that unless force says
// otherwise; what is what the version comes from.
func (p *program) offer(doc document, c change, yes, force bool, what string) error {
	path := doc.zone.Root().Name()
	if len(c.edits) == 0 {
		p.complain(path + ": nothing to change: the zone is as the " + what + " wants it")
		return nil
	}
	if err := p.printDiff(doc.zone, c.edits); err != nil {
		return err
	}
	fresh, err := newErrors(doc.zone, c.zone)
	if err != nil {
		return err
	}
	for _, d := range fresh {
		p.complain("new: " + d.String())
	}
	switch {
	case !yes:
		p.complain(path + ": nothing was saved: add --yes to save this")
		return nil
	case len(fresh) > 0 && !force:
		return fmt.Errorf("%s: not saved, the file is untouched: the %s makes new errors: correct it, or add --force", path, what)
	}
	return p.save(doc, c, force)
}

// save puts a new version on disk and says how that ended, and what is left to do. What named would not load
// is not saved, unless it would not load what is there either, or force says so. What was printed before is
// flushed first: where that fails nothing is written.
func (p *program) save(doc document, c change, force bool) error {
	if err := p.out.Flush(); err != nil {
		return fail("standard output", err)
	}
	path := doc.zone.Root().Name()
	if refusals := p.askNamed(doc, c); len(refusals) > 0 && !force {
		return fmt.Errorf("%s: not saved, the file is untouched: named would not load this zone: correct it", path)
	}
	content := func(name string) []byte {
		if f := c.zone.File(name); f != nil {
			return f.Bytes()
		}
		return nil
	}
	results, err := disk.SaveAll(doc.set.Changes(content, disk.SaveOptions{Now: c.now}), nil)
	for _, r := range results {
		p.complain(r.Message)
		for _, note := range r.Notes {
			p.complain(note)
		}
	}
	if err != nil {
		return exit(statusFailed)
	}
	if reload := disk.ReloadCommand(string(c.zone.Origin())); reload != "" {
		p.complain("left to do: " + reload)
	}
	return nil
}

// askNamed tells what named-checkzone says of a new version and did not say of the old one, and returns it if
// named would not load the new one.
func (p *program) askNamed(doc document, c change) []string {
	ask := func(z *zonefile.Zone) disk.Opinion {
		return disk.AskNamed(string(z.Origin()), z.Root().Bytes(), doc.includeDir())
	}
	now := ask(c.zone)
	if now.Err != nil {
		p.complain("named-checkzone: " + now.Err.Error())
	}
	if len(now.Complaints) == 0 {
		return nil
	}
	fresh := now.Since(ask(doc.zone))
	for _, line := range fresh {
		p.complain("named-checkzone: " + line)
	}
	if !now.Refused {
		return nil
	}
	return fresh
}

// includeDir is where named-checkzone takes relative includes from.
func (d document) includeDir() string {
	if d.directory != "" {
		return d.directory
	}
	return filepath.Dir(d.zone.Root().Name())
}
