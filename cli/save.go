package cli

import (
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

// save puts a new version on disk and says how that ended. What was printed before is flushed first: where
// that fails nothing is written.
func (p *program) save(doc document, c change) error {
	if err := p.out.Flush(); err != nil {
		return fail("standard output", err)
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
	return nil
}
