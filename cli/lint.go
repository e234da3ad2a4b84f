package cli

// What is wrong with zones, for people and programs. Zones that are named together are examined together: what is
// outside one may be in the next.

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
)

// lintOptions are the flags of lint.
type lintOptions struct {
	source     source
	format     choice
	failOn     choice
	info       bool
	fix        bool
	against    []string
	disable    []string
	severities []string
	resolve    bool
	resolver   string
}

// lintCommand tells what is wrong with zones.
func (p *program) lintCommand() *cobra.Command {
	opt := lintOptions{source: source{tellsErrors: true}}
	cmd := &cobra.Command{
		Use:   "lint [flags] ZONEFILE...",
		Short: "Tell what is wrong with the mail side of zones, and how to put it right",
		Long: `Tell what is wrong with the mail side of zones, at its line and column, and how to put it right.
Zones that are named together know each other's names; views of one zone are each examined by themselves.
What is found is printed in the order of the zones, and summed up on standard error. "mailzone rules" lists the rules.

What --disable and --severity say can stand in .mailzone.toml beside the first zone, and in mailzone/config.toml
in the user's folder of settings: [lint] disable, severity, ttl-floor. One that belongs to somebody else, or that
somebody else can write, is not read; --config names one that is.

With --fix, the fixes that guess nothing, ask nothing and change no route that works are made and saved,
as the editor saves; what is told is what is left then.

With --resolve, DNS is asked about what is outside the zones: addresses of exchanges, and the names that
addresses lead back to, at most 16 addresses of a host and 256 questions for a zone. What was asked is told, and
what a limit left over; what was not asked or not answered is not claimed to be missing.

The exit status is 1 if something was found that --fail-on asks for, 3 if a zone could not be read or saved; the
others are examined all the same.
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
	o.source.configFlag(cmd)
	o.format.flag(cmd, "text", "json", "sarif", "github")
	o.failOn.named(cmd, "fail-on", "the least severity that makes the exit status 1", lint.Warning.String(), lint.Error.String(), lint.Info.String())
	f := cmd.Flags()
	f.BoolVar(&o.fix, "fix", false, "make the safe fixes, print the difference and save")
	f.StringArrayVar(&o.against, "against", nil, "tell only what `OLDFILE`, an older version of a zone, did not have,\nand what a change from it needs")
	f.BoolVar(&o.info, "info", false, "tell also what is merely worth knowing")
	f.StringSliceVar(&o.disable, "disable", nil, "do not run `RULE`")
	f.StringSliceVar(&o.severities, "severity", nil, "`RULE=SEVERITY`: another severity (error, warning, info) than the rule's own")
	f.BoolVar(&o.resolve, "resolve", false, "ask DNS about hosts that are in none of the zones")
	f.StringVar(&o.resolver, "resolver", "", "with --resolve, the server to ask, `ADDRESS` or ADDRESS:PORT (default: the system's)")
	complete := func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return ruleNames(), cobra.ShellCompDirectiveNoFileComp
	}
	_ = cmd.RegisterFlagCompletionFunc("disable", complete) // fails only for a flag that does not exist
}

// lint prints what is wrong with zones.
func (p *program) lint(cmd *cobra.Command, opt *lintOptions, paths []string) error {
	paths = onceEach(paths)
	if err := opt.check(cmd, paths); err != nil {
		return err
	}
	rules, err := p.rules(cmd, opt, paths[0])
	if err != nil {
		return err
	}
	bar := ui.StartProgress(p.err)
	defer bar.Stop()
	all := p.openAll(cmd, opt, paths, bar)
	docs := readable(all, &rules)
	old, err := p.readAgainst(cmd, opt, docs)
	if err != nil {
		return err
	}
	rules.Progress, rules.Against = bar, old
	var asked question
	if opt.resolve {
		if asked, err = askDNS(cmd, opt, zonesOf(docs), rules); err != nil {
			return err
		}
		rules.Outside = asked.Outside
	}
	status := statusDone
	if opt.fix {
		bar.Stop()
		status = p.fix(cmd, opt, docs, rules)
	}
	found, notes := p.examine(opt, old, zonesOf(docs), rules)
	bar.Stop()
	p.tellAsked(asked)
	status = max(status, p.tellUnread(all), opt.status(found))
	if err := p.printFindings(opt.format.value, found); err != nil {
		return err
	}
	if opt.format.is("text") {
		p.tellSummary(sumUp(len(docs), found, notes))
	}
	if status == statusDone {
		return nil
	}
	return exit(status)
}

// check tells what flags and arguments do not go together.
func (o *lintOptions) check(cmd *cobra.Command, paths []string) error {
	switch {
	case len(paths) > 1 && o.source.origin != "":
		return usagef(cmd, "--origin is for one zone file, not %d: each needs its own", len(paths))
	case o.resolver != "" && !o.resolve:
		return usagef(cmd, "--resolver goes with --resolve: add it")
	case o.fix && !o.format.is("text"):
		return usagef(cmd, "--fix prints a difference: leave --format %s for a second run", o.format.value)
	case o.fix && slices.Contains(paths, "-"):
		return usagef(cmd, "-: --fix needs a file to save to: name one")
	}
	return nil
}

// examine is what is wrong with zones, and how many notes there are beside it. These take time, and are counted only for
// who sits before a terminal.
func (p *program) examine(opt *lintOptions, old, zones []*zonefile.Zone, rules lint.Options) (found []lint.Diagnostic, notes int) {
	count := !rules.Info && opt.format.is("text") && ui.IsTerminal(p.err)
	rules.Info = rules.Info || count
	all := since(old, zones, rules)
	if !count {
		return all, 0
	}
	found = slices.DeleteFunc(slices.Clone(all), func(d lint.Diagnostic) bool { return d.Severity == lint.Info })
	return found, len(all) - len(found)
}

// since is what is wrong with zones, and was not with the old versions if there are some.
func since(old, zones []*zonefile.Zone, rules lint.Options) []lint.Diagnostic {
	found := lint.Run(zones, rules)
	if len(old) == 0 {
		return found
	}
	rules.Against = nil
	return lint.Since(lint.Run(old, rules), found)
}

// readAgainst reads the older versions. The name of a copy says little about its origin: where there is one
// zone only, it has that one's.
func (p *program) readAgainst(cmd *cobra.Command, opt *lintOptions, docs []opened) ([]*zonefile.Zone, error) {
	s := opt.source
	if len(docs) == 1 {
		s.origin = string(docs[0].zone.Origin())
	}
	var old []*zonefile.Zone
	for _, path := range opt.against {
		z, err := p.read(cmd, &s, path)
		if err != nil {
			return nil, err
		}
		old = append(old, z)
	}
	return old, nil
}

// rules is what the settings for the first zone file and the flags say about the rules.
func (p *program) rules(cmd *cobra.Command, o *lintOptions, path string) (lint.Options, error) {
	opt, err := p.lintSettings(&o.source, path)
	if err != nil {
		return opt, err
	}
	opt.Disable = append(opt.Disable, o.disable...)
	opt.Info = o.info || o.format.is("json") || o.failOn.is(lint.Info.String())
	for _, text := range o.severities {
		name, word, _ := strings.Cut(text, "=")
		s, err := lint.ParseSeverity(word)
		if err != nil {
			return opt, usagef(cmd, "--severity %s: %w", text, err)
		}
		opt.Severity[name] = s
		delete(opt.SetIn, name)
	}
	if err := opt.Validate(); err != nil {
		return opt, usage(cmd, err)
	}
	return opt, nil
}

// status is the exit status of some findings.
func (o *lintOptions) status(found []lint.Diagnostic) int {
	least, _ := lint.ParseSeverity(o.failOn.value) // the flag takes nothing else
	for _, d := range found {
		if d.Severity >= least {
			return statusFound
		}
	}
	return statusDone
}
