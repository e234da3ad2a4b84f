package cli

import (
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
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
	var opt lintOptions
	cmd := &cobra.Command{
		Use:   "lint [flags] ZONEFILE...",
		Short: "Tell what is wrong with the mail side of zones, and how to put it right",
		Long: `Tell what is wrong with the mail side of zones, at its line and column, and how to put it right.
Zones that are named together know each other's names. "mailzone rules" lists the rules.

What --disable and --severity say can stand in .mailzone.toml beside the first zone or above it, and in
mailzone/config.toml in the user's folder of settings: [lint] disable, severity, ttl-floor.

With --fix, the fixes that guess nothing, ask nothing and change no route that works are made and saved,
as the editor saves; what is told is what is left then.

With --resolve, DNS is asked about what is outside the zones: addresses of exchanges, and the names that
addresses lead back to. What was asked is told; what is not answered is not claimed to be missing.

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
	rules, err := opt.rules(cmd, paths[0])
	if err != nil {
		return err
	}
	if len(paths) > 1 && opt.source.origin != "" {
		return usagef(cmd, "--origin is for one zone file, not %d: each needs its own", len(paths))
	}
	if opt.resolver != "" && !opt.resolve {
		return usagef(cmd, "--resolver goes with --resolve: add it")
	}
	if opt.fix && !opt.format.is("text") {
		return usagef(cmd, "--fix prints a difference: leave --format %s for a second run", opt.format.value)
	}
	docs, err := p.openAll(cmd, opt, paths)
	defer closeAll(docs)
	if err != nil {
		return err
	}
	old, err := p.readAgainst(cmd, opt, docs)
	if err != nil {
		return err
	}
	if opt.resolve {
		if rules.Outside, err = p.askDNS(cmd, opt, zonesOf(docs), rules); err != nil {
			return err
		}
	}
	rules.Against = old
	for _, doc := range docs {
		rules.Journals = append(rules.Journals, doc.set.Journals()...)
	}
	if opt.fix {
		if err := p.fix(docs, rules); err != nil {
			return err
		}
	}
	found := lint.Run(zonesOf(docs), rules)
	if len(old) > 0 {
		before := rules
		before.Against = nil
		found = lint.Since(lint.Run(old, before), found)
	}
	if err := p.printFindings(opt.format.value, found); err != nil {
		return err
	}
	return opt.status(found)
}

// openAll opens zone files, for writing if they are to be fixed.
func (p *program) openAll(cmd *cobra.Command, opt *lintOptions, paths []string) (docs []document, err error) {
	for _, path := range paths {
		if path == "-" && opt.fix {
			return docs, usagef(cmd, "-: --fix needs a file to save to: name one")
		}
		doc, err := p.open(cmd, &opt.source, path, disk.Options{ReadOnly: !opt.fix})
		if err != nil {
			return docs, err
		}
		docs = append(docs, doc)
	}
	return docs, nil
}

// closeAll closes documents.
func closeAll(docs []document) {
	for _, doc := range docs {
		doc.set.Close()
	}
}

// zonesOf is the zones of documents.
func zonesOf(docs []document) []*zonefile.Zone {
	zones := make([]*zonefile.Zone, len(docs))
	for i, doc := range docs {
		zones[i] = doc.zone
	}
	return zones
}

// readAgainst reads the older versions. The name of a copy says little about its origin: where there is one
// zone only, it has that one's.
func (p *program) readAgainst(cmd *cobra.Command, opt *lintOptions, docs []document) ([]*zonefile.Zone, error) {
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

// fix makes the safe fixes in each document and saves it. The documents become the new versions.
func (p *program) fix(docs []document, rules lint.Options) error {
	for i, doc := range docs {
		beside := slices.Delete(zonesOf(docs), i, i+1)
		fixed := 0
		c, err := doc.change(time.Now(), func(z *zonefile.Zone) (edits []zonefile.Edit, err error) {
			edits, fixed, err = lint.FixAll(z, beside, rules)
			return edits, err
		})
		if err != nil {
			return err
		}
		if fixed == 0 {
			p.complain(doc.zone.Root().Name() + ": nothing that is safe to fix")
			continue
		}
		if err := p.printDiff(doc.zone, c.edits); err != nil {
			return err
		}
		if err := p.save(doc, c, false); err != nil {
			return err
		}
		docs[i].zone = c.zone
	}
	return nil
}

// rules is what the settings for the first zone file and the flags say about the rules.
func (o *lintOptions) rules(cmd *cobra.Command, path string) (lint.Options, error) {
	opt, err := lintSettings(path)
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
