package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// lintOptions are the flags of lint.
type lintOptions struct {
	source     source
	format     choice
	failOn     choice
	info       bool
	disable    []string
	severities []string
}

// lintCommand tells what is wrong with zones.
func (p *program) lintCommand() *cobra.Command {
	var opt lintOptions
	cmd := &cobra.Command{
		Use:   "lint [flags] ZONEFILE...",
		Short: "Tell what is wrong with the mail side of zones, and how to put it right",
		Long: `Tell what is wrong with the mail side of zones, at its line and column, and how to put it right.
Zones that are named together know each other's names. "mailzone rules" lists the rules.

The exit status is 1 if something was found that --fail-on asks for, 3 if a zone could not be read.
ZONEFILE - is standard input.`,
		Example: `  mailzone lint db.example.com
  mailzone lint --disable mx-ttl-low --severity duplicate-record=error zones/*.db`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef(cmd, "no zone file: name one or several")
			}
			return nil
		},
		ValidArgsFunction: completeZoneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.lint(cmd, &opt, args)
		},
	}
	opt.flags(cmd)
	return cmd
}

// flags adds the flags to a command.
func (o *lintOptions) flags(cmd *cobra.Command) {
	o.source.flags(cmd)
	o.format.flag(cmd, "text", "json")
	o.failOn.named(cmd, "fail-on", "the least severity that makes the exit status 1", lint.Warning.String(), lint.Error.String(), lint.Info.String())
	f := cmd.Flags()
	f.BoolVar(&o.info, "info", false, "tell also what is merely worth knowing")
	f.StringSliceVar(&o.disable, "disable", nil, "do not run `RULE`")
	f.StringSliceVar(&o.severities, "severity", nil, "`RULE=SEVERITY`: another severity (error, warning, info) than the rule's own")
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return ruleNames(), cobra.ShellCompDirectiveNoFileComp
	}
	_ = cmd.RegisterFlagCompletionFunc("disable", complete) // fails only for a flag that does not exist
}

// lint prints what is wrong with zones.
func (p *program) lint(cmd *cobra.Command, opt *lintOptions, paths []string) error {
	rules, err := opt.rules(cmd)
	if err != nil {
		return err
	}
	if len(paths) > 1 && opt.source.origin != "" {
		return usagef(cmd, "--origin is for one zone file, not %d: each needs its own", len(paths))
	}
	var zones []*zonefile.Zone
	for _, path := range paths {
		z, err := p.read(cmd, &opt.source, path)
		if err != nil {
			return err
		}
		zones = append(zones, z)
	}
	found := lint.Run(zones, rules)
	if err := p.printFindings(opt.format.is("json"), found); err != nil {
		return err
	}
	return opt.status(found)
}

// rules is what the flags say about the rules.
func (o *lintOptions) rules(cmd *cobra.Command) (lint.Options, error) {
	opt := lint.Options{Today: time.Now(), Disable: o.disable, Severity: map[string]lint.Severity{}}
	opt.Info = o.info || o.format.is("json") || o.failOn.is(lint.Info.String())
	for _, text := range o.severities {
		name, word, _ := strings.Cut(text, "=")
		s, err := lint.ParseSeverity(word)
		if err != nil {
			return opt, usagef(cmd, "--severity %s: %w", text, err)
		}
		opt.Severity[name] = s
	}
	if err := opt.Validate(); err != nil {
		return opt, usage(cmd, err)
	}
	return opt, nil
}

// status is the exit status of some findings.
func (o *lintOptions) status(found []lint.Diagnostic) error {
	least, err := lint.ParseSeverity(o.failOn.value)
	if err != nil {
		return err
	}
	for _, d := range found {
		if d.Severity >= least {
			return exit(statusFound)
		}
	}
	return nil
}

// printFindings prints findings in a format.
func (p *program) printFindings(json bool, found []lint.Diagnostic) error {
	if json {
		a := array{p: p}
		for _, d := range found {
			if err := a.add(newFinding(d)); err != nil {
				return err
			}
		}
		return a.end()
	}
	for _, d := range found {
		if err := p.printFinding(d); err != nil {
			return err
		}
	}
	return nil
}

// printFinding prints one finding, its source line with a marker, what has to do with it, and its fixes.
func (p *program) printFinding(d lint.Diagnostic) error {
	fmt.Fprintln(p.out, p.show(d.String()))
	p.printExcerpt(d.File, d.Span)
	for _, r := range d.Related {
		at := r.File.Position(r.Span.Start)
		fmt.Fprintf(p.out, "   see %s\n", p.show(fmt.Sprintf("%s:%d:%d: %s", r.File.Name(), at.Line, at.Column, r.Message)))
	}
	for _, f := range d.Fixes {
		fmt.Fprintf(p.out, "   fix: %s\n", p.show(f.Message))
	}
	_, err := fmt.Fprintln(p.out)
	return err
}

// The types below are the JSON of findings: a stable interface.

// finding is a finding in JSON. Lines and columns count from 1, columns in bytes; the end is exclusive.
type finding struct {
	region
	Severity string       `json:"severity"`
	Rule     string       `json:"rule"`
	Message  text         `json:"message"`
	Related  []related    `json:"related"`
	Fixes    []findingFix `json:"fixes"`
}

// region is a place in JSON.
type region struct {
	File      text `json:"file"`
	Line      int  `json:"line"`
	Column    int  `json:"column"`
	EndLine   int  `json:"endLine"`
	EndColumn int  `json:"endColumn"`
}

// related is another place that a finding speaks of, in JSON.
type related struct {
	region
	Message text `json:"message"`
}

// findingFix is a fix in JSON. A safe one guesses nothing and asks nothing.
type findingFix struct {
	Message text `json:"message"`
	Safe    bool `json:"safe"`
}

// newRegion is a span as JSON has it.
func newRegion(f *zonefile.File, s zonefile.Span) region {
	from, to := f.Position(s.Start), f.Position(s.End)
	return region{text(f.Name()), from.Line, from.Column, to.Line, to.Column}
}

// newFinding is a finding as JSON has it: lists are never null.
func newFinding(d lint.Diagnostic) finding {
	out := finding{
		region: newRegion(d.File, d.Span), Severity: d.Severity.String(), Rule: d.Rule.Name, Message: text(d.Message),
		Related: []related{}, Fixes: []findingFix{},
	}
	for _, r := range d.Related {
		out.Related = append(out.Related, related{newRegion(r.File, r.Span), text(r.Message)})
	}
	for _, f := range d.Fixes {
		out.Fixes = append(out.Fixes, findingFix{text(f.Message), f.Safe})
	}
	return out
}
