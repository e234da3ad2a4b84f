package cli

// Help for commands that do not exist must not look like success.

import "github.com/spf13/cobra"

// helpCommand prints the help of a command. cobra's own answers an unknown command with success.
func (p *program) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Print the help of a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			of, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usagef(cmd.Root(), "no command %q", args[0])
			}
			return of.Help()
		},
	}
}
