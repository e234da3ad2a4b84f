package cli

// One host that receives mail gives way to another, in many zones at once.

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// repointCommand lets the MX of many zones lead to another host.
func (p *program) repointCommand() *cobra.Command {
	var opt manyOptions
	var from, to string
	cmd := &cobra.Command{
		Use:   "repoint --from OLD --to NEW {--server | ZONEFILE...} [--yes]",
		Short: "Let the MX records of many zones lead to another host",
		Long: `Let all MX records that lead to host OLD lead to host NEW instead, in zone files
or, with --server, in all zones that named has on this machine and that people
edit. Preferences, TTLs and comments stay; where an MX leads to NEW with the
same preference already, it stays alone. The serial of each changed zone is
raised.

Printed are the difference of all zones, whose mail goes elsewhere, the errors
that this makes, and which zones are left out: those that named writes itself,
whose file several zones read, or of which not all can be read. An included file
that zones share is changed once, if all of them are changed; else those that
would change it are left out.

Nothing is saved without --yes. All zones are saved, or none: named-checkconf is
asked about all of them first, by the checks of named.conf, and all are staged
before the first is put in its place. A save that is killed half-way is finished
or undone as a whole by "mailzone history --finish" or "--undo" with any of its
files.

With --reload named reads each zone again, one after the other and by its name
("rndc reload" alone would read named.conf again, too), and each is waited for
until named serves the new serial. Ctrl+C ends the waiting: zones that named was
not told of by then are left to do.`,
		Example: `  mailzone repoint --from mx.isp.example --to mx1.example.com --server
  mailzone repoint --from mx.isp.example --to mx1.example.com --diff db.*`,
		ValidArgsFunction: completeZoneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			old, err := hostFlag(cmd, "from", from)
			if err != nil {
				return err
			}
			host, err := newHostFlag(cmd, "to", to)
			if err != nil {
				return err
			}
			return p.repoint(cmd, &opt, args, old, host)
		},
	}
	cmd.Flags().StringVar(&from, "from", "", "the host `OLD` that MX records lead to")
	cmd.Flags().StringVar(&to, "to", "", "the host `NEW` that they are to lead to")
	opt.flags(cmd, &p.where, "the change of all zones")
	return cmd
}

// hostFlag reads a host: a whole name, with or without its last dot.
func hostFlag(cmd *cobra.Command, flag, said string) (zonefile.Name, error) {
	if said == "" {
		return "", usagef(cmd, "no --%s: say a host, as --%s mx1.example.com", flag, flag)
	}
	host, err := zonefile.ParseName(said, zonefile.Root)
	switch {
	case err != nil:
		return "", usagef(cmd, "--%s %s: %w", flag, said, err)
	case !strings.Contains(strings.TrimSuffix(said, "."), "."):
		return "", usagef(cmd, "--%s %s: say the whole name of the host, as %s.example.com", flag, said, strings.TrimSuffix(said, "."))
	}
	return host, nil
}

// newHostFlag reads a host that a record is to lead to.
func newHostFlag(cmd *cobra.Command, flag, said string) (zonefile.Name, error) {
	host, err := hostFlag(cmd, flag, said)
	if a, is := zonefile.AddressInName(host, zonefile.Root); err == nil && is {
		return "", usagef(cmd, "--%s %s: %s is an address: name the host that has it", flag, said, a)
	}
	return host, err
}

// repoint does what the command says.
func (p *program) repoint(cmd *cobra.Command, opt *manyOptions, paths []string, from, to zonefile.Name) error {
	if err := p.check(cmd, opt.agreed); err != nil {
		return err
	}
	if err := opt.check(cmd, paths); err != nil {
		return err
	}
	if from == to {
		return usagef(cmd, "--from and --to are the same host")
	}
	targets, err := p.targetsOf(cmd, opt, paths)
	if err != nil {
		return err
	}
	edit := func(z *zonefile.Zone) ([]zonefile.Edit, error) { return document.Repointed(z, from, to) }
	wrong := func(many *document.Many) []string { return p.addressless(targets, to, many) }
	return p.changeMany(opt, targets, "mailzone repoint", edit, wrong)
}
