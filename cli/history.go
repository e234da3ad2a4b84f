package cli

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// historyOptions are the flags of history.
type historyOptions struct {
	source  source
	show    int
	restore int
	yes     bool
	force   bool
}

// historyCommand lists what a zone file held before its saves, and brings it back.
func (p *program) historyCommand() *cobra.Command {
	var opt historyOptions
	cmd := &cobra.Command{
		Use:   "history [--show N | --restore N [--yes]] ZONEFILE",
		Short: "List the undo copies of a zone file, and bring one back",
		Long: `List the undo copies of a zone file: what it held before each of its last saves, the newest first, with
number, time and size. --show prints what has changed since a copy, up to the file as it is now.

--restore prints what bringing a copy back would change, and with --yes does it as the editor saves: the
serial is raised above the one of now, and a copy with errors that the zone does not have is refused.
What the file holds now becomes an undo copy in its turn.`,
		Example:           "  mailzone history db.example.com\n  mailzone history --restore 1 --yes db.example.com",
		Args:              zoneArg,
		ValidArgsFunction: completeZoneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "-" {
				return usagef(cmd, "-: standard input has no history: name a zone file")
			}
			return p.history(cmd, &opt, args[0])
		},
	}
	opt.source.flags(cmd)
	cmd.Flags().IntVar(&opt.show, "show", 0, "print what has changed since copy `N`")
	cmd.Flags().IntVar(&opt.restore, "restore", 0, "bring copy `N` back")
	cmd.Flags().BoolVar(&opt.yes, "yes", false, "save what --restore changes")
	cmd.Flags().BoolVar(&opt.force, "force", false, "save even if the zone has new errors, or named would not load it")
	return cmd
}

// history does what the flags ask for.
func (p *program) history(cmd *cobra.Command, opt *historyOptions, path string) error {
	flags := cmd.Flags()
	if flags.Changed("show") && flags.Changed("restore") {
		return usagef(cmd, "--show and --restore: one of them at a time")
	}
	copies, err := disk.History(path, disk.Options{})
	if err != nil {
		return err
	}
	switch {
	case flags.Changed("show"):
		c, err := copyNumber(cmd, copies, opt.show)
		if err != nil {
			return err
		}
		return p.showCopy(cmd, opt, path, c)
	case flags.Changed("restore"):
		c, err := copyNumber(cmd, copies, opt.restore)
		if err != nil {
			return err
		}
		return p.restoreCopy(cmd, opt, path, c)
	case opt.yes || opt.force:
		return usagef(cmd, "--yes and --force save what --restore N brings back: add it")
	}
	return p.listCopies(path, copies)
}

// copyNumber is copy n as the list counts them, from 1.
func copyNumber(cmd *cobra.Command, copies []disk.Copy, n int) (disk.Copy, error) {
	if n < 1 || n > len(copies) {
		return disk.Copy{}, usagef(cmd, "no undo copy %d: there are %d", n, len(copies))
	}
	return copies[n-1], nil
}

// listCopies prints the list.
func (p *program) listCopies(path string, copies []disk.Copy) error {
	if len(copies) == 0 {
		p.complain(path + ": no undo copy: mailzone has not saved this file yet")
		return nil
	}
	for i, c := range copies {
		_, err := fmt.Fprintf(p.out, "%3d  %s  %9d bytes\n", i+1, c.Time.Local().Format(time.RFC3339), c.Size)
		if err != nil {
			return fail("standard output", err)
		}
	}
	return nil
}

// showCopy prints the way from a copy to the file.
func (p *program) showCopy(cmd *cobra.Command, opt *historyOptions, path string, c disk.Copy) error {
	doc, err := p.open(cmd, &opt.source, path, disk.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer doc.set.Close()
	old, err := c.Read()
	if err != nil {
		return err
	}
	before := zonefile.Parse(path, old, zonefile.Options{Origin: doc.zone.Origin()})
	return p.printDiff(before, lineEdits(before.Root(), doc.zone.Root().Bytes()))
}

// restoreCopy prints what bringing a copy back changes, and saves it if that was asked for.
func (p *program) restoreCopy(cmd *cobra.Command, opt *historyOptions, path string, c disk.Copy) error {
	doc, err := p.open(cmd, &opt.source, path, disk.Options{ReadOnly: !opt.yes})
	if err != nil {
		return err
	}
	defer doc.set.Close()
	old, err := c.Read()
	if err != nil {
		return err
	}
	next, err := doc.change(time.Now(), func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		return lineEdits(z.Root(), old), nil
	})
	if err != nil {
		return err
	}
	return p.offer(doc, next, opt.yes, opt.force, "copy")
}
