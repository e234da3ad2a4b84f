package cli

// Completion of the command line by the shells. What can be completed, as names of rules, is asked of the packages that
// know.

import (
	"strings"

	"github.com/spf13/cobra"
)

// shells are the shells that there is completion for.
var shells = [...]string{"bash", "zsh", "fish", "powershell"}

// completionCommand prints a shell's completion script.
func (p *program) completionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Print the completion script of bash, zsh, fish or powershell",
		Long: `Print a script that teaches a shell to complete commands, flags and file names.

For bash, with the package bash-completion:
    mailzone completion bash > /etc/bash_completion.d/mailzone
For zsh, in a directory of $fpath:
    mailzone completion zsh > /usr/local/share/zsh/site-functions/_mailzone
For fish:
    mailzone completion fish > ~/.config/fish/completions/mailzone.fish`,
		ValidArgs: shells[:],
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usagef(cmd, "name one shell: %s", strings.Join(shells[:], ", "))
			}
			return nil
		},
		RunE: p.completion,
	}
}

// completion prints the script of the shell that args name.
func (p *program) completion(cmd *cobra.Command, args []string) error {
	root := cmd.Root()
	switch args[0] {
	case "bash":
		return root.GenBashCompletionV2(p.out, true)
	case "zsh":
		return root.GenZshCompletion(p.out)
	case "fish":
		return root.GenFishCompletion(p.out, true)
	case "powershell":
		return root.GenPowerShellCompletionWithDesc(p.out)
	}
	return usagef(cmd, "no completion for shell %q%s", args[0], meant(args[0], shells[:], "there is "+strings.Join(shells[:], ", ")))
}

// completeZoneFile lets the shell complete the name of a file.
func completeZoneFile(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}
