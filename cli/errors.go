package cli

// Errors become exit statuses here and nowhere else, so that scripts can rely on them.

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/crash"
)

// exit is the error of a command that has said everything already: only its status is left to return.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

// ended is the end with a status.
func ended(status int) error {
	if status == statusDone {
		return nil
	}
	return exit(status)
}

// usageError is an error in the command line.
type usageError struct{ error }

// Unwrap is what is wrong.
func (e usageError) Unwrap() error { return e.error }

// usage makes a usage error that names the command whose help helps.
func usage(cmd *cobra.Command, err error) error {
	return usageError{fmt.Errorf("%w: see `%s --help`", err, cmd.CommandPath())}
}

// usagef is usage with a text.
func usagef(cmd *cobra.Command, format string, args ...any) error {
	return usage(cmd, fmt.Errorf(format, args...))
}

// fail puts a place before an error, in the place of the operation and the path that os writes.
func fail(place string, err error) error {
	if p := new(fs.PathError); errors.As(err, &p) {
		err = p.Err
	}
	return fmt.Errorf("%s: %w", place, err)
}

// report tells an error on standard error and turns it into the exit status.
func (p *program) report(err error) int {
	var told exit
	switch {
	case err == nil:
		return statusDone
	case errors.As(err, &told):
		return int(told)
	}
	if failed := new(crash.Error); errors.As(err, &failed) {
		p.trace(failed) // first: what the user needs stands on the last line
	}
	p.complain(err.Error())
	if errors.As(err, new(usageError)) {
		return statusUsage
	}
	return statusFailed
}

// trace writes where the program failed, line by line.
func (p *program) trace(failed *crash.Error) {
	fmt.Fprintln(p.err, "mailzone: it failed here; please report these lines")
	for line := range strings.Lines(string(failed.Stack)) {
		indent := strings.Repeat("    ", strings.Count(line, "\t"))
		fmt.Fprintf(p.err, "  %s%s\n", indent, p.show(strings.Trim(line, "\t\n")))
	}
}

// complain writes one message to standard error.
func (p *program) complain(message string) {
	const name = "mailzone: "
	for _, l := range broken(name+p.show(message), p.errColumns, len(name)) {
		fmt.Fprintln(p.err, l)
	}
}

// tell writes what is good to know and is neither an error nor asked for, unless the user wants to be left alone.
func (p *program) tell(message string) {
	if !p.quiet {
		p.complain(message)
	}
}

// zoneArg is the rule for commands that take one zone file and nothing else.
func zoneArg(cmd *cobra.Command, args []string) error {
	switch {
	case len(args) == 0:
		return usagef(cmd, "no zone file: name one")
	case len(args) > 1:
		return usagef(cmd, "one zone file at a time, not %d", len(args))
	}
	return nil
}

// noArgs is the rule for commands that take no arguments.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usagef(cmd, "%q: no argument belongs here", args[0])
	}
	return nil
}

// refused is a save that was not tried.
func refused(path, why string) error {
	return fmt.Errorf("%s: not saved, the file is untouched: %s", path, why)
}

// note tells something that does not stop the command, once.
func (p *program) note(text string) {
	if !slices.Contains(p.notes, text) {
		p.notes = append(p.notes, text)
		p.tell(text)
	}
}
