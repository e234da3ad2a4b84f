package cli

// This file is `lint --fix`. Zones may share a file that they include: what was fixed in it for the first of them is
// on disk when the next one's turn comes, and that one's serial has to be raised all the same.

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// fixes makes the safe fixes of a zone, and counts them.
type fixes func(*zonefile.Zone) (edits []zonefile.Edit, fixed int, err error)

// fixing is one run of --fix.
type fixing struct {
	cmd    *cobra.Command
	opt    *lintOptions
	rules  lint.Options
	shared disk.Shared
	shown  map[string]bool // edits that a diff of this run has
}

// unseen is those of some edits that no diff of this run has yet: zones may share a file that they include.
func (x *fixing) unseen(edits []zonefile.Edit) (out []zonefile.Edit) {
	for _, e := range edits {
		key := fmt.Sprintf("%d %d %s\x00%s", e.Start, e.End, fullPath(e.File.Name()), e.New)
		if !x.shown[key] {
			out = append(out, e)
		}
		x.shown[key] = true
	}
	return out
}

// fix makes the safe fixes in each document, and saves it if the user agreed. The documents become the new versions;
// the status is 3 if one of them could not be saved.
func (p *program) fix(cmd *cobra.Command, opt *lintOptions, docs []opened, rules lint.Options) (status int) {
	x := fixing{cmd: cmd, opt: opt, rules: rules, shown: map[string]bool{}}
	fixer, none := lint.NewFixer(zonesOf(docs), rules), true
	written := map[string]bool{} // paths
	for i := range docs {
		before, find := docs[i].zone, fixes(fixer.Fix)
		if docs[i].includes(written) {
			if err := p.reopen(&x, &docs[i]); err != nil {
				status = max(status, p.report(err))
				continue
			}
			beside := slices.Delete(zonesOf(docs), i, i+1)
			find = func(z *zonefile.Zone) ([]zonefile.Edit, int, error) { return lint.FixAll(z, beside, rules) }
		}
		edits, err := p.fixOne(&x, &docs[i], before, find)
		for _, e := range edits {
			written[fullPath(e.File.Name())] = opt.agreed.yes
		}
		status = max(status, p.report(err))
		none = none && len(edits) == 0 && err == nil
	}
	switch {
	case x.opt.agreed.diff:
	case none && len(docs) == 1:
		p.tell(docs[0].zone.Root().Name() + ": nothing that is safe to fix")
	case none && len(docs) > 1:
		p.tell(fmt.Sprintf("%d zones: nothing that is safe to fix", len(docs)))
	}
	return status
}

// fixOne makes the safe fixes in a document, with a serial above that of the zone as it was before this run, and saves
// it if the user agreed. It returns what the fixes are.
func (p *program) fixOne(x *fixing, doc *opened, before *zonefile.Zone, find fixes) ([]zonefile.Edit, error) {
	now := p.now()
	fix := func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		edits, _, err := find(z)
		return edits, err
	}
	raise := func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		if z.Same(before) {
			return nil, nil
		}
		return z.RaiseSerial(before, zonefile.SerialAuto, now)
	}
	c, err := doc.change(now, func(z *zonefile.Zone) ([]zonefile.Edit, error) { return zonefile.Chain(z, fix, raise) })
	if err != nil || len(c.edits) == 0 {
		return nil, err
	}
	p.printDiff(doc.zone, x.unseen(c.edits))
	if !x.opt.agreed.diff {
		p.tellRerouted(doc.zone, c.zone)
	}
	if saves, err := p.offered(doc.zone.Root().Name(), x.opt.agreed, ""); !saves {
		doc.zone = c.zone
		return c.edits, err
	}
	if err := p.openToFix(x, doc); err != nil {
		return nil, err
	}
	defer doc.st.Close()
	p.tellUnexamined(doc.zone, c.zone, c.edits, x.rules.For(doc.zone))
	c.did = "mailzone lint --fix"
	if err := p.save(*doc, c, x.opt.agreed); err != nil {
		return nil, err
	}
	doc.zone = c.zone
	return c.edits, nil
}

// includes tells whether one of the document's files is among paths.
func (d opened) includes(paths map[string]bool) bool {
	for f := range d.zone.Files() {
		if paths[fullPath(f.Name())] {
			return true
		}
	}
	return false
}

// reopen reads a document's files again.
func (p *program) reopen(x *fixing, doc *opened) error {
	next, err := p.load(x.cmd, &x.opt.source, doc.zone.Root().Name(), document.Options{ReadOnly: true})
	if err == nil {
		next.st.Close()
		*doc = next
	}
	return err
}

// openToFix opens a document's files for writing. They have to be as they were when they were read.
func (p *program) openToFix(x *fixing, doc *opened) error {
	path := doc.zone.Root().Name()
	next, err := p.open(x.cmd, &x.opt.source, path, document.Options{Shared: &x.shared})
	if err != nil {
		return err
	}
	for f := range doc.zone.Files() {
		if now := next.zone.File(f.Name()); now == nil || !bytes.Equal(now.Bytes(), f.Bytes()) {
			next.st.Close()
			return refused(path, f.Name()+" was changed by another program after it was read: run the command again")
		}
	}
	doc.st = next.st
	return nil
}
