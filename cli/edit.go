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

// editOptions are the flags of the editor.
type editOptions struct {
	source   source
	readonly bool
	screen   screen
}

// screen says how the editor looks, as flags have it.
type screen struct {
	ascii bool
	mouse bool
}

// flags adds the flags of a screen to a command.
func (s *screen) flags(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&s.ascii, "ascii", false, "draw lines with ASCII alone")
	cmd.Flags().BoolVar(&s.mouse, "mouse", false, "let the mouse choose")
}

// editCommand is the program without a command's name: the editor.
func (p *program) editCommand() *cobra.Command {
	var opt editOptions
	cmd := &cobra.Command{
		Use:   "mailzone ZONEFILE",
		Short: "Edit the mail side of BIND zone files",
		Long: `Edit the mail side of a BIND zone file on the terminal: who receives mail, in
which order, and what is wrong with it. Nothing is written before you have seen
what will change.

What is told as wrong follows the settings that lint follows: .mailzone.toml
beside the zone file, and mailzone/config.toml in the user's folder of settings.`,
		Example:           "  mailzone /etc/bind/db.example.com\n  mailzone demo",
		Args:              editArg,
		ValidArgsFunction: completeOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if args[0] == "-" {
				return usagef(cmd, "-: the editor needs a file: name one")
			}
			if err := p.namedConfiguration(cmd); err != nil {
				return err
			}
			origin, err := opt.source.originName(cmd, args[0])
			if err != nil {
				return err
			}
			o := p.screenOptions(opt.screen)
			o.Path, o.Origin, o.ReadOnly = args[0], origin, opt.readonly
			o.Directory = opt.source.directory
			o.IncludeDirs = p.includeDirs(opt.source.include)
			if o.Lint, err = p.lintSettings(opt.source.config, o.Path); err != nil {
				return err
			}
			o.Notes = p.notes
			doc := opened{from: &opt.source}
			o.Told = func(told zonefile.Told) { doc.told = told }
			err = p.edit(cmd, o)
			p.tellOrigin(args[0], doc) // behind the screen
			return err
		},
	}
	opt.source.flags(cmd, &p.where)
	opt.source.configFlag(cmd)
	opt.screen.flags(cmd)
	cmd.Flags().BoolVar(&opt.readonly, "readonly", false, "look, and change nothing")
	return cmd
}

// editArg is the rule for the editor's argument: several may well be a command that is misspelt.
func editArg(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return usagef(cmd, "%q is no command, and the editor takes one zone file%s", args[0], meant(args[0], commandNames(cmd), ""))
	}
	return zoneArg(cmd, args)
}

// demoCommand edits the zone that is built in.
func (p *program) demoCommand() *cobra.Command {
	var s screen
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Edit a sample zone that is built in: a copy, in a temporary directory",
		Args:  noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			o := p.screenOptions(s)
			o.Demo = true
			return p.edit(cmd, o)
		},
	}
	s.flags(cmd)
	return cmd
}

// screenOptions is a screen in the words of the editor.
func (p *program) screenOptions(s screen) ui.Options {
	o := ui.Options{Asking: p.asking, Color: "never", ASCII: s.ascii, Mouse: s.mouse}
	if p.colored() {
		o.Color = "always"
	}
	return o
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
		err = missing(err, opt.Path, commandNames(cmd)...)
	}
	if p.quiet {
		return err
	}
	if _, printed := fmt.Fprint(p.out, summary); err == nil {
		err = printed
	}
	return err
}
