package cli

// What the editor asks on its screen a command must be told by flags: nothing is saved on a guess.

import (
	"github.com/spf13/cobra"
)

// consent is what a user agrees to when a command saves, as flags have it. Without any of it nothing is saved that the
// editor would ask about.
type consent struct {
	yes     bool // save
	force   bool // in spite of new errors, of what named says, and of another editor
	inPlace bool // into the old file, where no new one can take its place
	reload  bool // and let named read it
}

// flags adds the flags to a command; what is what --yes saves.
func (c *consent) flags(cmd *cobra.Command, what string) {
	f := cmd.Flags()
	f.BoolVar(&c.yes, "yes", false, "save "+what)
	f.BoolVar(&c.force, "force", false, "save even if the zone has new errors, named would not load it\nor could not be asked, or another editor has the file open")
	f.BoolVar(&c.inPlace, "in-place", false, "where no new file can take the place of the old one (hard links, a bind mount,\na directory that is not yours), write into the old one: less safe if the power fails")
	f.BoolVar(&c.reload, "reload", false, "after the save, make named read the zone again (rndc reload),\nand wait until it serves the new serial")
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
