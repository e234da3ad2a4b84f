package cli

// This file is `lint --changed`: what a change in a repository brings, in the files that differ and in others that go by them.

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// older is the older versions of zones.
type older struct {
	zones []*zonefile.Zone
	of    map[string]*zonefile.Zone // by the name of the newer one's file, where the repository tells; nil: their origins tell
}

// since is the findings that were not there before: each zone's against those of what it was, where that is known.
func (o older) since(before, now []lint.Diagnostic) (fresh []lint.Diagnostic) {
	if o.of == nil {
		return lint.Since(before, now)
	}
	had, has := map[*zonefile.Zone][]lint.Diagnostic{}, map[*zonefile.Zone][]lint.Diagnostic{}
	for _, d := range before {
		had[d.Zone] = append(had[d.Zone], d)
	}
	var zones []*zonefile.Zone
	for _, d := range now {
		if has[d.Zone] == nil {
			zones = append(zones, d.Zone)
		}
		has[d.Zone] = append(has[d.Zone], d)
	}
	for _, z := range zones {
		fresh = append(fresh, lint.Since(had[o.of[z.Root().Name()]], has[z])...)
	}
	return fresh
}

// readPast reads zones as they were in a version of the repository; those of which no file differs are what they are.
func (p *program) readPast(cmd *cobra.Command, opt *lintOptions, docs []opened) (old older, err error) {
	old.of = map[string]*zonefile.Zone{}
	if len(docs) == 0 {
		return old, nil
	}
	past, err := document.PastOf(filepath.Dir(docs[0].zone.Root().Name()), opt.changed)
	if err != nil {
		return old, fmt.Errorf("--changed: %w", err)
	}
	defer func() {
		if closed := past.Close(); err == nil && closed != nil {
			err = closed
		}
	}()
	differ := 0
	for _, doc := range docs {
		z, changed, err := p.readPastOf(cmd, opt, doc, past)
		if err != nil {
			return old, err
		}
		if changed {
			differ++
		}
		if z != nil {
			old.zones, old.of[doc.zone.Root().Name()] = append(old.zones, z), z
		}
	}
	if differ == 0 {
		p.tell("no zone differs from " + opt.changed)
	}
	return old, nil
}

// readPastOf reads one zone as it was; nil if its file is new.
func (p *program) readPastOf(cmd *cobra.Command, opt *lintOptions, doc opened, past *document.Past) (z *zonefile.Zone, changed bool, err error) {
	for f := range doc.zone.Files() {
		if path := doc.st.PathOf(f.Name()); path != "" {
			changed = changed || past.Changed(path)
		}
	}
	if !changed {
		return doc.zone, false, nil
	}
	path, err := past.File(doc.zone.Root().Name())
	if err != nil || path == "" {
		return nil, true, err
	}
	s := opt.source.like(doc.zone)
	if s.directory != "" {
		s.directory = past.Dir(s.directory)
	}
	s.include = nil
	for _, dir := range p.includeDirs(opt.source.include) {
		s.include = append(s.include, past.Dir(dir))
	}
	z, err = p.read(cmd, s, path)
	return z, true, err
}

// oldLocally gives older versions of zones the settings of the newer ones.
func oldLocally(rules *lint.Options, old older, docs []opened) {
	of := map[zonefile.Name]*lint.Local{}
	for _, doc := range docs {
		of[doc.zone.Origin()] = rules.Local[doc.zone.Root().Name()]
	}
	for name, z := range old.of {
		if l := rules.Local[name]; l != nil {
			rules.Local[z.Root().Name()] = l
		}
	}
	for _, z := range old.zones {
		if l := of[z.Origin()]; l != nil && rules.Local[z.Root().Name()] == nil {
			rules.Local[z.Root().Name()] = l
		}
	}
}
