package cli

// The name server of this machine, as a command that saves asks it: what it does with the zone file, whether it would load
// the new version, and whether it serves it then.

import (
	"fmt"
	"path/filepath"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// hosting asks what named does with the zone file of a document.
func (d opened) hosting() server.Hosting {
	if d.set.Root() == nil {
		return server.Hosting{}
	}
	return server.AskHosting(string(d.zone.Name()), d.set.Root().Path())
}

// opinion is what named-checkzone says of a version of a document.
func (d opened) opinion(z *zonefile.Zone) server.Opinion {
	return server.AskNamed(z, d.includeDir())
}

// includeDir is where named-checkzone takes relative includes from.
func (d opened) includeDir() string {
	if d.from.directory != "" {
		return d.from.directory
	}
	return filepath.Dir(d.zone.Root().Name())
}

// letServe makes named read a saved zone, and tells what comes of it.
func (p *program) letServe(doc opened, z *zonefile.Zone, h server.Hosting) error {
	serial, ok := z.Serial()
	if !ok {
		return fmt.Errorf("%s: saved, but not reloaded: without a serial nobody could tell whether named serves the new zone", doc.zone.Root().Name())
	}
	check := func() server.Opinion { return doc.opinion(z) }
	for r, told := server.NewReload(h, serial, check), ""; ; {
		now := r.Step()
		if now.Done && now.Served {
			p.complain(now.Text)
			return nil
		}
		if now.Done {
			p.complain(now.Text)
			return exit(statusFailed)
		}
		if told == "" { // the first step is worth a line, the waiting is not
			told = now.Text
			p.complain(told)
		}
	}
}
