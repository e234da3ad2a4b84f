// Man writes the manual pages of the command line into a directory: `go run ./docs/man DIR`.
package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra/doc"

	"github.com/mailzone/mailzone/cli"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./docs/man DIR")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// write writes one page for each command.
func write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	cmd := cli.Command()
	cmd.DisableAutoGenTag = true // pages of equal sources are equal
	return doc.GenManTree(cmd, &doc.GenManHeader{Section: "1", Source: "mailzone", Manual: "User commands"}, dir)
}
