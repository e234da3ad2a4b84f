package cli

// What is wrong with zones, for people and programs. Zones that are named together are examined together: what is
// outside one may be in the next.

import (
	"iter"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
)

// lintCommand tells what is wrong with zones.
func (p *program) lintCommand() *cobra.Command {
	opt := lintOptions{source: source{tellsErrors: true, several: true}}
	cmd := &cobra.Command{
		Use:   "lint [flags] --server|ZONEFILE|DIR...",
		Short: "Tell what is wrong with the mail side of zones, and how to put it right",
		Long: `Tell what is wrong with the mail side of zones, at its line and column, and how
to put it right. Zones that are named together know each other's names; views of
one zone are each examined by themselves. What is found is printed in the order
of the zones, and summed up on standard error. "mailzone rules" lists the rules.

Of a directory, the files that named.conf names are read, or else those that
hold an SOA record; what programs leave beside zones is left out and counted.
With --server, all zones are read that named has on this machine and people
edit; zones of a view know each other. What is about files goes without it.

What --disable and --severity say can stand in .mailzone.toml beside each zone,
and in mailzone/config.toml in the user's folder of settings: [lint]
disable, severity, ttl-floor. One that belongs to somebody else, or that
somebody else can write, is not read; --config names one that is.

With --fix, the fixes that guess nothing, ask nothing and change no route that
works are made, and the difference is printed; with --yes, too, it is saved, as
the editor saves. What is told is what is left then.

With --resolve, DNS is asked about what is outside the zones: addresses of
exchanges, and the names that addresses lead back to, at most 16 addresses of a
host and 256 questions for a zone. What was asked is told, and what a limit left
over; what was not asked or not answered is not claimed to be missing. With
--cert, or lint.certs in your own settings, the TLSA records of a host are held
against the certificate that it shows, or its key.

The exit status is 1 if something was found that --fail-on asks for, 3 if a zone
could not be read or saved; the others are examined all the same. ZONEFILE - is
standard input.`,
		Example: `  mailzone lint db.example.com
  mailzone lint --disable mx-ttl-low zones/*.db
  mailzone lint --cert mx1.example.com=fullchain.pem db.example.com`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 && opt.changed == "" && !opt.server {
				return usagef(cmd, "no zone file: name one or several")
			}
			return nil
		},
		ValidArgsFunction: completeZoneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opt.checkServer(cmd, args); err != nil {
				return err
			}
			if opt.server {
				return p.lintServer(cmd, &opt)
			}
			if len(args) == 0 {
				args = []string{"."}
			}
			return p.lint(cmd, &opt, args)
		},
	}
	opt.flags(cmd, &p.where)
	return cmd
}

// lint prints what is wrong with zones.
func (p *program) lint(cmd *cobra.Command, opt *lintOptions, paths []string) error {
	if err := p.check(cmd, opt.agreed); err != nil {
		return err
	}
	to, err := p.targets(cmd, opt.exclude, paths)
	if err != nil {
		return err
	}
	if err := opt.check(cmd, to.paths); err != nil {
		return err
	}
	rules, err := p.rules(cmd, opt, to.first())
	if err != nil {
		return err
	}
	bar := ui.StartProgress(p.watched)
	defer bar.Stop()
	all := to.zonesOnly(p.openAll(cmd, opt, to.paths, bar))
	docs := readable(all, &rules)
	defer collectOften(zonesOf(docs))()
	if err := p.locally(opt, &rules, docs); err != nil {
		return err
	}
	old, err := p.readAgainst(cmd, opt, docs)
	if err != nil {
		return err
	}
	oldLocally(&rules, old, docs)
	rules.Progress, rules.Against, rules.Was = bar, old.zones, old.of
	asked, err := p.askOutside(cmd, opt, docs, &rules)
	if err != nil {
		return err
	}
	status := statusDone
	if opt.fix {
		bar.Stop()
		status = p.fix(cmd, opt, docs, rules)
	}
	if opt.agreed.diff {
		return ended(max(status, p.tellUnread(to, all)))
	}
	if opt.resolve || len(opt.certs) > 0 || len(unreadOf(all)) > 0 {
		bar.Stop() // it would stand in the middle of what is told
	}
	p.tellAsked(asked)
	status = max(status, p.tellUnread(to, all))
	p.tellCertificates(opt, zonesOf(docs))
	x := p.examine(opt, old, zonesOf(docs), rules)
	if p.columns > 0 {
		x.begin = bar.Stop
	}
	if err := p.printFindings(opt.format.value, unreadOf(all), x.told(), nil); err != nil {
		return err
	}
	bar.Stop()
	if opt.format.is("text") {
		p.tellSummary(x.sum)
	}
	return ended(max(status, opt.status(x.sum)))
}

// examine is what is wrong with zones. Notes take time, and are counted only for who sits before a terminal.
func (p *program) examine(opt *lintOptions, old older, zones []*zonefile.Zone, rules lint.Options) *examination {
	hide := !rules.Info && opt.format.is("text") && ui.IsTerminal(p.watched)
	rules.Info = rules.Info || hide
	return &examination{found: since(old, zones, rules), hide: hide, sum: newSummary(len(zones))}
}

// since is what is wrong with zones, and was not with the old versions if there are some.
func since(old older, zones []*zonefile.Zone, rules lint.Options) iter.Seq[*lint.Diagnostic] {
	if len(old.zones) == 0 {
		return lint.Each(zones, rules)
	}
	found := lint.Run(zones, rules)
	rules.Against, rules.Was = nil, nil
	fresh := old.since(lint.Run(old.zones, rules), found)
	return func(yield func(*lint.Diagnostic) bool) {
		for i := range fresh {
			if !yield(&fresh[i]) {
				return
			}
		}
	}
}

// readAgainst reads the older versions. The name of a copy says little about its origin: where there is one
// zone only, it has that one's.
func (p *program) readAgainst(cmd *cobra.Command, opt *lintOptions, docs []opened) (old older, err error) {
	if opt.changed != "" {
		return p.readPast(cmd, opt, docs)
	}
	s := &opt.source
	if len(docs) == 1 {
		s = s.like(docs[0].zone)
	}
	for _, path := range opt.against {
		z, err := p.read(cmd, s, path)
		if err != nil {
			return old, err
		}
		old.zones = append(old.zones, z)
	}
	return old, nil
}
