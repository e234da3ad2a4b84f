package cli

// Help fits a page of 80 columns, wherever it goes. Help for commands that do not exist must not look like success.

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// pageWidth is how wide pages are that are read as a whole.
const pageWidth = 80

// helpCommand prints the help of a command. cobra's own answers an unknown command with success.
func (p *program) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Print the help of a command",
		ValidArgsFunction: func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			return helpWords(cmd.Root(), args), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			of, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usagef(cmd.Root(), "no command %q%s", args[0], meant(args[0], commandNames(cmd), ""))
			}
			return of.Help()
		},
	}
}

// printUsage prints how a command is called. cobra's own is as wide as its longest line.
func printUsage(cmd *cobra.Command) error {
	w := cmd.OutOrStderr()
	fmt.Fprintln(w, "Usage:")
	for _, l := range broken("  "+cmd.UseLine(), pageWidth, 6) {
		fmt.Fprintln(w, l)
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(w, "  %s COMMAND\n", cmd.CommandPath())
	}
	if cmd.HasExample() {
		fmt.Fprintf(w, "\nExamples:\n%s\n", cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		printCommands(w, cmd)
	}
	printFlags(w, "Flags", cmd.LocalFlags())
	printFlags(w, "Flags of every command", cmd.InheritedFlags())
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(w, "\n\"%s help COMMAND\" tells more about a command.\n", cmd.CommandPath())
	}
	return nil
}

// printCommands prints what commands a command has.
func printCommands(w io.Writer, cmd *cobra.Command) {
	fmt.Fprintln(w, "\nCommands:")
	for _, c := range cmd.Commands() {
		if !c.IsAvailableCommand() {
			continue
		}
		for _, l := range hanging(fmt.Sprintf("  %-*s", cmd.NamePadding()+1, c.Name()), c.Short, pageWidth) {
			fmt.Fprintln(w, l)
		}
	}
}

// printFlags prints flags under a title, if there are some.
func printFlags(w io.Writer, title string, flags *pflag.FlagSet) {
	if text := flags.FlagUsagesWrapped(pageWidth); text != "" {
		fmt.Fprintf(w, "\n%s:\n%s", title, strings.TrimLeft(text, "\n"))
	}
}

// helpWords is the commands that help may be asked about, with what each is for; behind one there are none.
func helpWords(root *cobra.Command, args []string) (out []string) {
	for _, c := range root.Commands() {
		if len(args) == 0 && c.IsAvailableCommand() {
			out = append(out, c.Name()+"\t"+c.Short)
		}
	}
	return out
}
