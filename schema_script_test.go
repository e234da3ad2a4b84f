// Whatever a script has the program print as JSON is what docs/schema says of the command.
package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/mailzone/mailzone/cli"
)

//go:embed docs/schema/*.json
var schemas embed.FS

// statusOfSchema is the exit status of a program that printed what is not in its schema: none that the program has.
const statusOfSchema = 99

// checked is the program as scripts run it: main, and with --format json what it printed is held against the schema.
func checked() {
	runAgain()
	args := os.Args[1:]
	if len(args) == 0 || !slices.Contains(args, "json") && !slices.Contains(args, "--format=json") {
		os.Exit(cli.MainAt(scriptClock, args, os.Stdin, os.Stdout, os.Stderr))
	}
	var printed bytes.Buffer
	status := cli.MainAt(scriptClock, args, os.Stdin, io.MultiWriter(os.Stdout, &printed), os.Stderr)
	if err := valid(args[0], printed.Bytes()); err != nil && printed.Len() > 0 {
		fmt.Fprintf(os.Stderr, "docs/schema/%s.json: %v\n", args[0], err)
		status = statusOfSchema
	}
	os.Exit(status)
}

// valid holds the output of a command against its schema.
func valid(command string, output []byte) error {
	src, err := schemas.ReadFile("docs/schema/" + command + ".json")
	if err != nil {
		return errors.New("the command has no schema")
	}
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		return err
	}
	instance, err := jsonschema.UnmarshalJSON(bytes.NewReader(output))
	if err != nil {
		return err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(command, schema); err != nil {
		return err
	}
	compiled, err := c.Compile(command)
	if err != nil {
		return err
	}
	return compiled.Validate(instance)
}
