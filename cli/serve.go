package cli

// The name server reads what a command has saved, if the user wants that: the command ends when it serves the new version, or
// says why it does not.

import (
	"fmt"

	"github.com/mailzone/mailzone/zonefile"
)

// letServe makes named read a saved zone, and tells what comes of it.
func (p *program) letServe(doc opened, z *zonefile.Zone) error {
	if _, ok := z.Serial(); !ok {
		return fmt.Errorf("%s: saved, but not reloaded: without a serial nobody could tell whether named serves the new zone", doc.zone.Root().Name())
	}
	for r, told := doc.st.Reload(z), ""; ; {
		now := r.Step()
		if now.Done && now.Served {
			p.tell(now.Text)
			return nil
		}
		if now.Done {
			p.complain(now.Text)
			return exit(statusFailed)
		}
		if told == "" { // the first step is worth a line, the waiting is not
			told = now.Text
			p.tell(told)
		}
	}
}
