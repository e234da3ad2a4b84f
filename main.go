// Mailzone is a terminal editor for the mail side of BIND zone files.
package main

import (
	"os"

	"github.com/mailzone/mailzone/cli"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }
