package cli

// The timetable of a move to other mail hosts: what the flags ask for, and what is done with the plan that package
// preview makes of it. A step whose time has not come is not saved.

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// planOptions are the flags of plan.
type planOptions struct {
	source  source
	format  choice
	agreed  consent
	from    []string
	to      []string
	add     []string
	remove  []string
	spf     []string
	notify  bool
	replace bool
	single  bool
	script  bool
	step    int
}

// planCommand prints the plan of a move.
func (p *program) planCommand() *cobra.Command {
	var opt planOptions
	cmd := &cobra.Command{
		Use:   "plan --from HOST --to HOST[=ADDRESS,...] ZONEFILE [DOMAIN...]",
		Short: "Plan the move of mail from one host to another, step by step",
		Long: `Plan the move of mail from one host to another: the steps with their edits, what
to check after each, when the next may follow and why, and how long a way back
takes. The times come from the TTLs in the zone, and the step that the zone is
in is read from the zone. Without domains, all move whose MX leads to the old
host; --from may name the domain that all old hosts are in.

The same name at --from and --to is a host that gets another address. --add and
--remove are for one host more behind the others, and for one less. No order of
the steps loses mail: what has no such order is refused.

--step N shows one step as it would be saved, and with --yes saves it, if its
time has come.

The exit status is 1 if the time of the step to do now is not certain, for the
zone does not tell since when the name servers give what the step before made.`,
		Example: `  mailzone plan --from mx.isp.example --to mx1.isp.example db.example.com
  mailzone plan --step 1 --yes --from mx.isp.example \
      --to mx1.example.com=192.0.2.1,2001:db8::1 db.example.com`,
		ValidArgsFunction: completeDomains,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usagef(cmd, "no zone file: name one")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.plan(cmd, &opt, args[0], args[1:])
		},
	}
	opt.flags(cmd)
	return cmd
}

// flags adds the flags of a plan to its command.
func (o *planOptions) flags(cmd *cobra.Command) {
	o.source.flags(cmd)
	o.source.configFlag(cmd)
	o.format.flag(cmd, "text", "json")
	f := cmd.Flags()
	f.StringArrayVar(&o.from, "from", nil, "an old `HOST`, or the domain of all old hosts; HOST=ADDRESS,... where the zone does not have its addresses")
	f.StringArrayVar(&o.to, "to", nil, "a new `HOST=ADDRESS,...`; several are tried in the order given")
	f.StringArrayVar(&o.add, "add", nil, "one more `HOST=ADDRESS,...` behind all others")
	f.StringArrayVar(&o.remove, "remove", nil, "a `HOST` less")
	f.StringArrayVar(&o.spf, "spf", nil, "a `TERM` by which a new provider sends, as include:spf.provider.example")
	f.BoolVar(&o.notify, "notify", false, "secondary name servers are told of changes at once")
	f.BoolVar(&o.replace, "replace-addresses", false, "take out the addresses that a new host has and --to does not name")
	f.BoolVar(&o.single, "no-overlap", false, "there is one machine, which changes its address: mail waits in senders' queues meanwhile")
	f.BoolVar(&o.script, "script", false, "print the changes in the syntax of nsupdate, for mailzone apply")
	f.IntVar(&o.step, "step", 0, "show step `N` alone, and with --yes save it")
	o.agreed.flags(cmd, "the step that --step names")
}

// plan prints the steps of a move, or makes one.
func (p *program) plan(cmd *cobra.Command, opt *planOptions, path string, domains []string) error {
	m, err := opt.migration(cmd)
	if err != nil {
		return err
	}
	switch err := opt.agreed.check(cmd); {
	case err != nil:
		return err
	case (opt.agreed.yes || opt.agreed.diff) && opt.step == 0:
		return usagef(cmd, "--diff and --yes are of one step: name it by --step")
	case opt.agreed.diff && !opt.format.is("text"):
		return usagef(cmd, "--diff prints a patch: leave --format %s for another run", opt.format.value)
	}
	doc, err := p.open(cmd, &opt.source, path, document.Options{ReadOnly: !opt.agreed.yes})
	if err != nil {
		return err
	}
	defer doc.st.Close()
	for _, domain := range domains {
		n, err := domainName(cmd, domain, doc.zone)
		if err != nil {
			return err
		}
		m.Domains = append(m.Domains, n)
	}
	past := preview.Past{Now: time.Now()} // of the time before, nothing is known here
	steps, err := preview.Plan(doc.zone, m, past)
	switch {
	case errors.As(err, new(*preview.Unreadable)):
		return err
	case err != nil:
		return usage(cmd, err)
	}
	if opt.step != 0 {
		return p.planStep(cmd, opt, doc, steps, m)
	}
	return p.printPlan(opt, m, steps, past.Now)
}

// printPlan prints all steps. A plan that asks what only a human knows ends with a status of its own.
func (p *program) printPlan(opt *planOptions, m preview.Migration, steps []preview.Step, now time.Time) error {
	a := array{p: p}
	if !opt.format.is("json") {
		p.printMove(m, steps)
	}
	asks := false
	for _, s := range steps {
		asks = asks || len(s.Questions) > 0
		if !opt.format.is("json") {
			if err := p.printStep(s, now, opt.script); err != nil {
				return err
			}
		} else if err := a.add(newPlanStep(s)); err != nil {
			return err
		}
	}
	if opt.format.is("json") {
		if err := a.end(); err != nil {
			return err
		}
	}
	if asks {
		return exit(statusFound)
	}
	return nil
}

// planStep shows one step as it would be saved, and saves it if the user agreed and its time has come.
func (p *program) planStep(cmd *cobra.Command, opt *planOptions, doc opened, steps []preview.Step, m preview.Migration) error {
	if opt.step < 1 || opt.step >= len(steps) {
		return usagef(cmd, "--step %d: the steps are 1 to %d", opt.step, len(steps)-1)
	}
	s := steps[opt.step]
	path := doc.zone.Root().Name()
	switch {
	case opt.format.is("json"):
		a := array{p: p}
		if err := a.add(newPlanStep(s)); err != nil {
			return err
		}
		if err := a.end(); err != nil || !opt.agreed.yes {
			return err
		}
	case !opt.agreed.yes && !opt.agreed.diff:
		p.printMove(m, steps)
		return p.printStep(s, time.Now(), opt.script)
	}
	switch {
	case s.State == preview.StepDone:
		p.tell(fmt.Sprintf("%s: step %d is done already: nothing was saved", path, s.Number))
		return nil
	case s.State == preview.StepLater:
		return usageError{refused(path, fmt.Sprintf("the steps before step %d come first, each with its waiting time", s.Number))}
	case (!s.Certain || s.Earliest > 0) && opt.agreed.yes && !opt.agreed.force:
		return usageError{refused(path, tooEarly(s, time.Now())+"; --force saves it nevertheless")}
	}
	c, err := doc.change(time.Now(), func(*zonefile.Zone) ([]zonefile.Edit, error) { return s.Edits, nil })
	if err != nil {
		return err
	}
	return p.offer(doc, c, opt.agreed, "plan")
}

// migration is what the flags ask for.
func (o *planOptions) migration(cmd *cobra.Command) (m preview.Migration, err error) {
	switch {
	case len(o.add)+len(o.remove) > 0 && len(o.from)+len(o.to) > 0, len(o.add) > 0 && len(o.remove) > 0:
		return m, usagef(cmd, "--add and --remove stand alone: one host more or less is no move")
	case len(o.add)+len(o.remove) == 0 && (len(o.from) == 0 || len(o.to) == 0):
		return m, usagef(cmd, "name the old host by --from and the new one by --to")
	}
	m.Notify, m.Replace, m.Single, m.SPF = o.notify, o.replace, o.single, o.spf
	if m.From, err = planHosts(cmd, "from", append(o.from, o.remove...)); err == nil {
		m.To, err = planHosts(cmd, "to", append(o.to, o.add...))
	}
	return m, err
}

// planHosts reads hosts with their addresses.
func planHosts(cmd *cobra.Command, flag string, words []string) ([]preview.MailHost, error) {
	var out []preview.MailHost
	for _, word := range words {
		host, addrs, given := strings.Cut(word, "=")
		n, err := zonefile.ParseName(host, zonefile.Root)
		if err != nil {
			return nil, usagef(cmd, "--%s %q: %w", flag, word, err)
		}
		h := preview.MailHost{Name: n}
		for text := range strings.SplitSeq(addrs, ",") {
			if !given {
				break
			}
			ip, err := netip.ParseAddr(text)
			if err != nil || ip.Zone() != "" {
				return nil, usagef(cmd, "--%s %q: %q is no address: write mx1.example.com=192.0.2.1,2001:db8::1", flag, word, text)
			}
			h.Addrs = append(h.Addrs, ip)
		}
		out = append(out, h)
	}
	return out, nil
}
