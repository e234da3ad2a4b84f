package cli

// The version is what the Go command wrote into the program: nobody has to remember to raise a constant.

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// versionCommand prints the version.
func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArgs,
		RunE:  p.printVersion,
	}
}

// versionFlag lets -V and --version print what the command version prints. cobra's own way takes a template, which makes
// the program a third larger.
func (p *program) versionFlag(root *cobra.Command) {
	asked := root.Flags().BoolP("version", "V", false, "print the version")
	args, run := root.Args, root.RunE
	root.Args = func(cmd *cobra.Command, words []string) error {
		if *asked {
			return nil
		}
		return args(cmd, words)
	}
	root.RunE = func(cmd *cobra.Command, words []string) error {
		if *asked {
			return p.printVersion(cmd, nil)
		}
		return run(cmd, words)
	}
}

// printVersion prints the version, and what the program was built for.
func (p *program) printVersion(*cobra.Command, []string) error {
	_, err := fmt.Fprintf(p.out, "mailzone %s %s/%s %s\n", version(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	return err
}

// version is what the Go command recorded in the program: the tag it was built from, or the revision.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(unknown)"
}
