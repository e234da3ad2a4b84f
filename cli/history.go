package cli

// What a file held before its last saves, and the way back. A version is brought back by a save like any other, which
// can be undone too.

import (
	"cmp"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// historyOptions are the flags of history.
type historyOptions struct {
	endOptions
	format  choice
	show    int
	restore int
	finish  bool
	undo    bool
	forget  bool
}

// historyCommand lists what a zone file held before its saves, and brings it back.
func (p *program) historyCommand() *cobra.Command {
	opt := historyOptions{endOptions: endOptions{source: source{fragment: true}}}
	cmd := &cobra.Command{
		Use:   "history [--show N | --restore N | --finish | --undo | --forget] [--file INCLUDED] ZONEFILE",
		Short: "List the undo copies of a zone file, bring one back, end an interrupted save",
		Long: `List the undo copies of a zone file: what it held before each of its last saves,
the newest first, with number, time and size, and of the save that replaced it
the serial that it wrote and the names of its edits, as far as they are noted;
then those of the files that it includes. --file is for the copies of such a
file, and a file that only others include can be named in the place of a zone
file as well.

--show prints what has changed since a copy, up to the file as it is now.

--restore prints what bringing a copy back would change, and with --yes does it
as the editor saves: the serial is raised above the one of now, and a copy with
errors that the zone does not have is refused. What the file holds now becomes
an undo copy in its turn.

A save that was interrupted half-way is listed first. --finish makes all its
files new, --undo all old: both print the difference, and save with --yes only.
What somebody else has changed since is left alone. --forget makes undo copies
of both versions of every file, writes to no zone file, and the save counts as
ended.`,
		Example:           "  mailzone history db.example.com\n  mailzone history --restore 1 --yes db.example.com\n  mailzone history --restore 1 --yes --file hosts.inc db.example.com",
		Args:              zoneArg,
		ValidArgsFunction: completeOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "-" {
				return usagef(cmd, "-: standard input has no history: name a zone file")
			}
			return p.history(cmd, &opt, args[0])
		},
	}
	opt.source.flags(cmd, &p.where)
	opt.source.configFlag(cmd)
	opt.format.flag(cmd, "text", "json")
	cmd.Flags().IntVar(&opt.show, "show", 0, "print what has changed since copy `N`")
	cmd.Flags().IntVar(&opt.restore, "restore", 0, "bring copy `N` back")
	cmd.Flags().BoolVar(&opt.finish, "finish", false, "finish a save that was interrupted")
	cmd.Flags().BoolVar(&opt.undo, "undo", false, "undo a save that was interrupted")
	cmd.Flags().BoolVar(&opt.forget, "forget", false, "make undo copies of both versions of an interrupted save, and forget it")
	cmd.Flags().StringVar(&opt.file, "file", "", "copies of this `FILE`, which the zone includes, not of the zone file")
	opt.agreed.flags(cmd, "what --restore, --finish or --undo changes")
	return cmd
}

// history does what the flags ask for.
func (p *program) history(cmd *cobra.Command, opt *historyOptions, path string) error {
	show, restore := cmd.Flags().Changed("show"), cmd.Flags().Changed("restore")
	asked := 0
	for _, set := range []bool{show, restore, opt.finish, opt.undo, opt.forget} {
		if set {
			asked++
		}
	}
	if err := p.check(cmd, opt.agreed); err != nil {
		return err
	}
	switch {
	case opt.format.is("json") && asked > 0:
		return usagef(cmd, "--format json is for the list alone")
	case asked > 1:
		return usagef(cmd, "--show, --restore, --finish, --undo, --forget: one of them at a time")
	case opt.agreed != consent{} && !restore && !opt.finish && !opt.undo:
		return usagef(cmd, "--diff, --yes, --force, --in-place and --reload are for what --restore N, --finish or --undo changes: add one")
	case opt.finish:
		return p.endSave(cmd, &opt.endOptions, path, disk.Finish)
	case opt.undo:
		return p.endSave(cmd, &opt.endOptions, path, disk.Undo)
	case opt.forget:
		return p.forget(cmd, &opt.endOptions, path)
	case !show && !restore:
		return p.listHistory(cmd, opt, path)
	}
	doc, err := p.open(cmd, &opt.source, path, document.Options{ReadOnly: !opt.agreed.yes})
	if err != nil {
		return err
	}
	defer doc.st.Close()
	f, err := doc.file(cmp.Or(opt.file, path))
	if err != nil {
		return err
	}
	old, err := copyNumber(cmd, doc.st.PathOf(f.Name()), max(opt.show, opt.restore))
	if err != nil {
		return err
	}
	if show {
		before := zonefile.Parse(f.Name(), old, zonefile.Options{Origin: doc.zone.Origin()})
		p.printDiff(before, document.LineEdits(before.Root(), string(f.Bytes())))
		return nil
	}
	c, err := doc.change(p.now(), func(*zonefile.Zone) ([]zonefile.Edit, error) { return document.LineEdits(f, string(old)), nil })
	if err != nil {
		return err
	}
	return p.offer(doc, c, opt.agreed, "copy")
}

// copyNumber is what undo copy n of a file holds, as the list counts them, from 1.
func copyNumber(cmd *cobra.Command, path string, n int) ([]byte, error) {
	copies, err := document.Copies(path)
	if err != nil {
		return nil, err
	}
	if n < 1 || n > len(copies) {
		return nil, usagef(cmd, "no undo copy %d: there are %d", n, len(copies))
	}
	return document.CopyText(copies[n-1])
}

// listHistory prints the undo copies of a zone file, and of what it includes. The file itself may be gone.
func (p *program) listHistory(cmd *cobra.Command, opt *historyOptions, path string) error {
	names := []string{path}
	doc, err := p.findInterrupted(cmd, &opt.endOptions, path)
	if errors.As(err, new(usageError)) {
		return err
	}
	if err == nil {
		defer doc.st.Close()
		for f := range doc.zone.Files() {
			if doc.st.PathOf(f.Name()) != "" && !slices.Contains(names, f.Name()) {
				names = append(names, f.Name())
			}
		}
	}
	if opt.file != "" {
		names = []string{opt.file}
	}
	kept := history{interrupted: doc.interrupted.Saves, path: path}
	for _, name := range names {
		copies, err := document.NotedCopies(name)
		if err != nil {
			return err
		}
		if len(copies) > 0 {
			kept.files = append(kept.files, fileHistory{name, copies})
		}
	}
	if opt.format.is("json") {
		return p.historyJSON(kept)
	}
	p.historyText(kept, names[0])
	return nil
}
