package cli

import (
	"errors"

	"github.com/spf13/cobra"
)

// editCommand is the program without a command's name: the editor.
func (p *program) editCommand() *cobra.Command {
	return &cobra.Command{
		Use:  "mailzone ZONEFILE",
		Args: zoneArg,
		RunE: func(cmd *cobra.Command, args []string) error { return errors.New("this build has no editor: use list") },
	}
}
