package cli

// The flags of lint, and what they say about the rules. All files of the command go by them.

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// lintOptions are the flags of lint.
type lintOptions struct {
	source     source
	format     choice
	failOn     choice
	info       bool
	fix        bool
	agreed     consent // to what --fix saves
	against    []string
	changed    string // a version of the repository; "" if git is not asked
	exclude    []string
	disable    []string
	choose     []string // rules that run alone
	severities []string
	certs      []string // HOST=FILE
	resolve    bool
	resolver   string
	server     bool
	zonesOptions
}

// flags adds the flags to a command.
func (o *lintOptions) flags(cmd *cobra.Command, where *server.Where) {
	o.source.flags(cmd, where)
	cmd.Flags().BoolVar(&o.server, "server", false, "examine all zones that named has here, those of a view together")
	o.zonesOptions.flags(cmd, "with --server, ")
	o.source.configFlag(cmd)
	o.format.flag(cmd, "text", "json", "sarif", "github")
	o.failOn.named(cmd, "fail-on", "the least severity that makes the exit status 1", severityNames()...)
	f := cmd.Flags()
	f.BoolVar(&o.fix, "fix", false, "make the safe fixes, and print the difference")
	o.agreed.flags(cmd, "what --fix makes")
	several(f, &o.against, "against", "tell only what `OLDFILE`, an older version of a zone, did not have, and what a change from it needs")
	f.StringVar(&o.changed, "changed", "", "tell only what is new since version `REF` of the git repository (HEAD if none is named); without a zone file, of all zones here and below")
	f.Lookup("changed").NoOptDefVal = "HEAD"
	f.BoolVar(&o.info, "info", false, "tell also what is merely worth knowing")
	words(f, &o.disable, "disable", "do not run `RULE`")
	words(f, &o.choose, "select", "run `RULE` alone, whatever settings say, and syntax, without which nothing is known of a zone")
	several(f, &o.exclude, "exclude", "leave out files and directories whose path or name fits `GLOB`")
	words(f, &o.severities, "severity", "`RULE=SEVERITY`: another severity (error, warning, info) than the rule's own")
	several(f, &o.certs, "cert", "`HOST=FILE`: hold the TLSA records of a host against the certificate that it shows at port 25, or its key")
	f.BoolVar(&o.resolve, "resolve", false, "ask DNS about hosts that are in none of the zones")
	f.StringVar(&o.resolver, "resolver", "", "with --resolve, the server to ask, `ADDRESS` or ADDRESS:PORT (default: the system's)")
}

// check tells what flags and arguments do not go together.
func (o *lintOptions) check(cmd *cobra.Command, paths []string) error {
	if err := o.source.checkOrigins(cmd, paths); err != nil {
		return err
	}
	if err := o.checkChanged(cmd, paths); err != nil {
		return err
	}
	switch {
	case o.resolver != "" && !o.resolve:
		return usagef(cmd, "--resolver goes with --resolve: add it")
	case o.agreed != consent{} && !o.fix:
		return usagef(cmd, "--diff, --yes, --force, --in-place and --reload go with --fix: add it")
	case o.fix && !o.format.is("text"):
		return usagef(cmd, "--fix prints a difference: leave --format %s for a second run", o.format.value)
	case o.fix && slices.Contains(paths, "-"):
		return usagef(cmd, "-: --fix needs a file to save to: name one")
	}
	return nil
}

// checkChanged tells what does not go with --changed.
func (o *lintOptions) checkChanged(cmd *cobra.Command, paths []string) error {
	switch {
	case !cmd.Flags().Changed("changed"):
		return nil
	case o.changed == "":
		return usagef(cmd, "--changed= names no version: write one, as --changed=main")
	case len(o.against) > 0:
		return usagef(cmd, "--changed and --against both name older versions: leave one of them out")
	case o.fix:
		return usagef(cmd, "--changed tells what a change brings, and --fix mends: leave one of them out")
	case slices.Contains(paths, "-"):
		return usagef(cmd, "-: git does not know what is on standard input: name a file")
	}
	return nil
}

// status is the exit status of what was found.
func (o *lintOptions) status(found summary) int {
	least, _ := zonefile.ParseSeverity(o.failOn.value) // the flag takes nothing else
	for severity, n := range found.of {
		if n > 0 && severity >= least {
			return statusFound
		}
	}
	return statusDone
}

// severityNames is the words for severities, the usual one of --fail-on first.
func severityNames() []string {
	return []string{lint.Warning.String(), lint.Error.String(), lint.Info.String()}
}

// rules is what the settings for the first zone file and the flags say about the rules.
func (p *program) rules(cmd *cobra.Command, o *lintOptions, path string) (lint.Options, error) {
	names := slices.Concat(o.disable, o.choose)
	for _, text := range o.severities {
		name, word, _ := strings.Cut(text, "=")
		if _, err := zonefile.ParseSeverity(word); err != nil {
			return lint.Options{}, usagef(cmd, "--severity %s: %w%s", text, err, meant(word, severityNames(), ""))
		}
		names = append(names, name)
	}
	for _, name := range names {
		if lint.Find(name) == nil {
			return lint.Options{}, usagef(cmd, "there is no rule %q%s", name, meantRule(name))
		}
	}
	opt, err := p.lintSettings(o.source.config, path)
	if err != nil {
		return opt, err
	}
	o.apply(&opt)
	return opt, o.certificates(cmd, &opt)
}

// apply puts what the flags say over settings.
func (o *lintOptions) apply(opt *lint.Options) {
	opt.Info = o.info || o.format.is("json") || o.failOn.is(lint.Info.String()) || len(o.choose) > 0
	if len(o.choose) > 0 {
		opt.Disable = slices.DeleteFunc(ruleNames(), func(name string) bool { return name == "syntax" || slices.Contains(o.choose, name) })
		opt.SetIn = map[string]string{}
	}
	opt.Disable = append(opt.Disable, o.disable...)
	for _, text := range o.severities {
		name, word, _ := strings.Cut(text, "=")
		opt.Severity[name], _ = zonefile.ParseSeverity(word)
		delete(opt.SetIn, name)
	}
}

// locally gives each zone the settings that stand beside its file. What is read once counts for all zones there.
func (p *program) locally(o *lintOptions, rules *lint.Options, docs []opened) error {
	known, names := map[string]*lint.Local{}, map[string]*lint.Local{}
	for _, doc := range docs {
		name := doc.zone.Root().Name()
		dir := filepath.Dir(name)
		if known[dir] == nil {
			opt, err := p.lintSettings(o.source.config, name)
			if err != nil {
				return err
			}
			o.apply(&opt)
			known[dir] = &lint.Local{Disable: opt.Disable, Severity: opt.Severity, SetIn: opt.SetIn, TTLFloor: opt.TTLFloor}
		}
		names[name] = known[dir]
	}
	if len(known) > 1 {
		rules.Local = names
	}
	return nil
}

// certificates is those of the flags, beside what settings say.
func (o *lintOptions) certificates(cmd *cobra.Command, opt *lint.Options) error {
	for _, text := range o.certs {
		h, err := parseHostFile(text)
		if err != nil {
			return usagef(cmd, "--cert %s: %w", text, err)
		}
		c, err := h.certificate()
		if err != nil {
			return fail(h.file, err)
		}
		opt.Certs = append(opt.Certs, c)
	}
	return nil
}
