package cli

// This file is `lint --changed`: what a change in a repository brings, in the files that differ and in others that go by them.

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// readPast reads zones as they were in a version of the repository; those of which no file differs are what they are.
func (p *program) readPast(cmd *cobra.Command, opt *lintOptions, docs []opened) (old []*zonefile.Zone, err error) {
	if len(docs) == 0 {
		return nil, nil
	}
	past, err := document.PastOf(filepath.Dir(docs[0].zone.Root().Name()), opt.changed)
	if err != nil {
		return nil, fmt.Errorf("--changed: %w", err)
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
			return nil, err
		}
		if changed {
			differ++
		}
		if z != nil {
			old = append(old, z)
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
