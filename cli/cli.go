// Package cli is the command line: one file per command. A command reads its flags, calls the packages that
// know, and prints what they say; it decides nothing about zones itself, and nothing in here ends the process.
//
// Text of a zone file, and everything that may hold some (names of files, messages that quote), leaves by
// two doors only: program.show, which prints it for the locale, and the type text of JSON, which is ASCII.
package cli

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/crash"
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui"
)

// newProgram makes a run.
func newProgram(stdin io.Reader, stdout, stderr io.Writer) *program {
	p := &program{in: stdin, terminal: stdout, out: bufio.NewWriterSize(stdout, 1<<16), watched: stderr, utf8: ui.LocaleIsUTF8(),
		look: look{columns: ui.Columns(stdout), errColumns: ui.Columns(stderr)}, now: time.Now}
	p.asking = document.ThisMachine(&p.where)
	p.err = afterwards{p.out, stderr}
	p.ownSettings = sync.OnceValue(p.readOwnSettings)
	p.colored = sync.OnceValue(p.wantsColor)
	return p
}

// Main runs the command line and returns the exit status.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	return MainAt(time.Now, args, stdin, stdout, stderr)
}

// MainAt is Main by another clock.
func MainAt(now func() time.Time, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := newProgram(stdin, stdout, stderr)
	p.now = now
	root := p.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(p.out)
	root.SetErr(p.err)
	var err error
	if failed := crash.Try(func() { err = root.Execute() }); failed != nil {
		err = failed
	}
	if flushed := p.out.Flush(); flushed != nil && (err == nil || errors.As(err, new(exit))) {
		err = fail("standard output", flushed)
	}
	return p.report(err)
}

// Command is the tree of commands, for those who describe it in other forms.
func Command() *cobra.Command {
	return newProgram(strings.NewReader(""), io.Discard, io.Discard).root()
}

// root is the command that all others are under: with a zone file alone it is the editor.
func (p *program) root() *cobra.Command {
	root := p.editCommand()
	root.SilenceErrors, root.SilenceUsage = true, true
	root.SetUsageFunc(printUsage)
	p.versionFlag(root)
	p.outputFlags(root)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error { return usage(cmd, unknownFlag(cmd, err)) })
	root.AddCommand(p.demoCommand(), p.listCommand(), p.lintCommand(), p.previewCommand(), p.planCommand(), p.applyCommand(), p.historyCommand(),
		p.rulesCommand(), p.zonesCommand(), p.repointCommand(), p.mergeCommand(), p.checkCommand(), p.newCommand(), p.tlsaCommand(), p.dkimCommand(), p.completionCommand(), p.versionCommand())
	root.SetHelpCommand(p.helpCommand())
	completes(root)
	return root
}
