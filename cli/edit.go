package cli

// The editor as a command: it is what the program does when it is given a zone file and no command.

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
)

// editCommand is the program without a command's name: the editor.
func (p *program) editCommand() *cobra.Command {
	var opt editOptions
	cmd := &cobra.Command{
		Use:   "mailzone [ZONEFILE|ZONE]",
		Short: "Edit the mail side of BIND zone files",
		Long: `Edit the mail side of a BIND zone file on the terminal: who receives mail, in
which order, and what is wrong with it. Nothing is written before you have seen
what will change.

A ZONEFILE that is not there yet is a new zone: its name, or --origin, tells
which. One form asks how it gets its mail and for its servers; it is written by
the first save, and never over a file that has come to be there meanwhile.

ZONE is the name of a zone that named has on this machine, by its configuration;
a file of that name wins. Without either, all zones of named are listed, with
what is wrong with them: enter opens one, esc leads back. Of a file that is
several zones by the configuration, or whose name is numbers that may stand
either way, it is asked which zone it is to be.

What is told as wrong follows the settings that lint follows: .mailzone.toml
beside the zone file, and mailzone/config.toml in the user's folder of settings.`,
		Example:           "  mailzone /etc/bind/db.example.com\n  mailzone example.com\n  mailzone demo",
		Args:              editArg,
		ValidArgsFunction: completeOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return p.listZones(cmd, &opt)
			}
			if args[0] == "-" {
				return usagef(cmd, "-: the editor needs a file: name one")
			}
			if err := p.namedConfiguration(cmd); err != nil {
				return err
			}
			o, err := p.editing(cmd, &opt, args[0])
			if err != nil {
				return err
			}
			doc := opened{from: &opt.source}
			o.Told = func(told zonefile.Told) { doc.told = told }
			err = p.edit(cmd, o)
			if names := document.Choices(err); len(names) > 0 {
				return p.chooseZone(cmd, &opt, args[0], names)
			}
			p.tellOrigin(args[0], doc) // behind the screen
			return err
		},
	}
	opt.source.flags(cmd, &p.where)
	opt.source.configFlag(cmd)
	opt.screen.flags(cmd)
	cmd.Flags().StringVar(&opt.view, "view", "", "the zone of `VIEW`, where a zone of the name server is named that several views have")
	cmd.Flags().BoolVar(&opt.readonly, "readonly", false, "look, and change nothing")
	return cmd
}

// editArg is the rule for the editor's argument, without which the zones of the name server are listed: several may well be a
// command that is misspelt.
func editArg(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usagef(cmd, "%q is no command, and the editor takes one zone file%s", args[0], meant(args[0], commandNames(cmd), ""))
	}
	return nil
}

// demoCommand edits the zone that is built in.
func (p *program) demoCommand() *cobra.Command {
	var s screen
	ofServer := false
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Edit a sample zone that is built in: a copy, in a temporary directory",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if ofServer {
				return p.demoServer(cmd, s)
			}
			o := p.screenOptions(s)
			o.Demo = true
			return p.edit(cmd, o)
		},
	}
	s.flags(cmd)
	cmd.Flags().BoolVar(&ofServer, "server", false, "list the zones of a name server that are built in, and edit copies of them: no server runs")
	return cmd
}

// edit runs the editor, and says what it did when it is over.
func (p *program) edit(cmd *cobra.Command, opt ui.Options) error {
	opt.In, _ = p.in.(*os.File)
	opt.Out, _ = p.terminal.(*os.File)
	if opt.In == nil || opt.Out == nil {
		return usage(cmd, ui.ErrNoTerminal)
	}
	summary, err := ui.Run(opt)
	if errors.Is(err, ui.ErrNoTerminal) || errors.Is(err, zonefile.ErrNoOrigin) {
		return usage(cmd, err)
	}
	if err != nil && !opt.Demo {
		p.tellInterrupted(opt.Path, document.InterruptedAt(opt.Path))
		err = orNew(missing(err, opt.Path, commandNames(cmd)...), opt.Path)
	}
	if p.quiet {
		return err
	}
	if _, printed := fmt.Fprint(p.out, summary); err == nil {
		err = printed
	}
	return err
}
