package cli

// Completion of the command line by the shells. What can be completed, as names of rules, is asked of the packages that
// know.

import (
	"bytes"
	"io"
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
		return p.anchored(root.GenZshCompletion)
	case "fish":
		return p.anchored(func(w io.Writer) error { return root.GenFishCompletion(w, true) })
	case "powershell":
		return root.GenPowerShellCompletionWithDesc(p.out)
	}
	return usagef(cmd, "no completion for shell %q%s", args[0], meant(args[0], shells[:], "there is "+strings.Join(shells[:], ", ")))
}

// anchored prints a script of cobra's, which takes whatever has a dash and a "=" for a flag with its value: mx-ttl-low=info,
// the value of a flag, is none.
func (p *program) anchored(generate func(io.Writer) error) error {
	var script bytes.Buffer
	if err := generate(&script); err != nil {
		return err
	}
	_, err := p.out.Write(bytes.ReplaceAll(script.Bytes(), []byte("'-.*='"), []byte("'^-.*='")))
	return err
}
