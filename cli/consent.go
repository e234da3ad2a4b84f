package cli

// What the editor asks on its screen a command must be told by flags: nothing is saved on a guess.

import (
	"github.com/spf13/cobra"
)

// consent is what a user agrees to when a command saves, as flags have it. Without any of it nothing is saved that the
// editor would ask about.
type consent struct {
	diff    bool // print the patch and nothing else
	yes     bool // save
	force   bool // in spite of new errors, of what named says, and of another editor
	inPlace bool // into the old file, where no new one can take its place
	reload  bool // and let named read it
}

// flags adds the flags to a command; what is what --yes saves.
func (c *consent) flags(cmd *cobra.Command, what string) {
	f := cmd.Flags()
	f.BoolVar(&c.diff, "diff", false, "print a patch of "+what+", for patch -p0 or git apply -p0, and nothing else; the exit status is 1 if it is not empty")
	f.BoolVar(&c.yes, "yes", false, "save "+what)
	f.BoolVar(&c.force, "force", false, "save even if the zone has new errors, named would not load it or could not be asked, or another editor has the file open")
	f.BoolVar(&c.inPlace, "in-place", false, "where no new file can take the place of the old one (hard links, a bind mount, a directory that is not yours), write into the old one: less safe if the power fails")
	f.BoolVar(&c.reload, "reload", false, "after the save, make named read the zone again (rndc reload), and wait until it serves the new serial")
}

// looks tells that the user only wants to see what would change.
func (c consent) looks() bool { return !c.diff && !c.yes }

// check tells what flags do not go together, and keeps that a patch is all that is to be printed.
func (p *program) check(cmd *cobra.Command, c consent) error {
	if c.diff && c.yes {
		return usagef(cmd, "--diff saves nothing and --yes saves: leave one of them out")
	}
	p.patch = c.diff
	return nil
}

// offered is how a command ends that has shown what it would change and must not save it; saves is that it may. Why is what
// speaks against --yes alone, "" if nothing does.
func (p *program) offered(path string, agreed consent, why string) (saves bool, err error) {
	switch {
	case agreed.diff:
		return false, exit(statusFound)
	case !agreed.yes && why != "":
		p.tell(path + ": nothing was saved: " + why + "; --yes --force saves it nevertheless")
		return false, nil
	case !agreed.yes:
		p.tell(path + ": nothing was saved: add --yes to save this")
		return false, nil
	}
	return true, nil
}

// allowed is why a document must not be saved, whatever its new version is: a signer or named writes the file, or, unless
// the user agrees, another editor has it open.
func (d opened) allowed(agreed consent) error {
	path := d.zone.Root().Name()
	d.st.Hosting = d.st.AskHosting(d.zone)
	if why := d.st.Forbidden(d.zone); why != "" {
		return refused(path, why)
	}
	if others := d.st.Editors(); len(others) > 0 && !agreed.force {
		return refused(path, others[0].String()+"; --force saves all the same")
	}
	return nil
}
