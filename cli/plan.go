package cli

// The timetable of a move to other mail hosts: what the flags ask for, and what is done with the plan that package
// preview makes of it. A step whose time has not come is not saved.

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// planCommand prints the plan of a move.
func (p *program) planCommand() *cobra.Command {
	var opt planOptions
	cmd := &cobra.Command{
		Use:   "plan [--from HOST --to HOST[=ADDRESS,...]] ZONEFILE [DOMAIN...]",
		Short: "Plan the move of mail from one host to another, step by step",
		Long: `Plan the move of mail from one host to another: the steps with their edits, what
to check after each, when the next may follow and why, and how long a way back
takes. The times come from the TTLs in the zone, and the step that the zone is
in is read from the zone. Without domains, all move whose MX leads to the old
host; --from may name the domain that all old hosts are in.

The same name at --from and --to is a host that gets another address. --add and
--remove are for one host more behind the others, and for one less. No order of
the steps loses mail: what has no such order is refused.

--step N shows one step with the difference that it makes, --diff prints a patch
of it, and --yes saves it, if its time has come. With --ptr the PTR records that
it asks for are set in the same save, where named has the reverse zone here.

A move is remembered from its first step that was saved until the last one holds
everywhere, by who saved it, in the state directory: without --from and --to the
plan is that of the move under way. --forget ends it, whatever the zone says.

A step waits for what the one before has replaced, and so for since when the
name servers serve that. That is proved by a reload (--reload), by what rndc
zonestatus tells and by a check that saw all name servers with the serial; else
the plan asks, and --since TIME answers. Where it is not known what stood there
before, that is 7 days. --done N says of an open check that it is so.

The exit status is 1 if the plan asks since when the name servers give what the
step before made.`,
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
	opt.flags(cmd, &p.where)
	return cmd
}

// plan prints the steps of a move, or makes one.
func (p *program) plan(cmd *cobra.Command, opt *planOptions, path string, domains []string) error {
	if opt.forget {
		return p.forgetMove(cmd, path)
	}
	m, err := opt.migration(cmd)
	if err != nil {
		return err
	}
	switch err := p.check(cmd, opt.agreed); {
	case err != nil:
		return err
	case (opt.agreed.yes || opt.agreed.diff) && opt.step == 0:
		return usagef(cmd, "--diff and --yes are of one step: name it by --step")
	case opt.agreed.yes && path == "-":
		return usagef(cmd, "-: --yes needs a file to save to: name one")
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
	now := p.now()
	t, err := p.timetable(cmd, opt, doc, m, now)
	if err != nil {
		return planError(cmd, err)
	}
	if opt.step != 0 {
		return p.planStep(cmd, opt, doc, t)
	}
	return p.printPlan(opt, t, now)
}

// planError is why there is no plan: most of it is wrong in what was asked for.
func planError(cmd *cobra.Command, err error) error {
	if errors.As(err, new(*preview.Unreadable)) || errors.As(err, new(usageError)) {
		return err
	}
	return usage(cmd, err)
}

// printPlan prints all steps. A plan that asks what only a human knows ends with a status of its own.
func (p *program) printPlan(opt *planOptions, t document.Timetable, now time.Time) error {
	a := array{p: p}
	if !opt.format.is("json") {
		p.printMove(t, now)
	}
	for _, s := range t.Steps {
		if !opt.format.is("json") {
			if err := p.printStep(t, s, now, p.stepChange(opt.script)); err != nil {
				return err
			}
		} else if err := a.add(newPlanStep(t, s)); err != nil {
			return err
		}
	}
	if opt.format.is("json") {
		if err := a.end(); err != nil {
			return err
		}
	}
	if t.Asks {
		return exit(statusFound)
	}
	return nil
}

// planStep shows one step as it would be saved, and saves it if the user agreed and its time has come.
func (p *program) planStep(cmd *cobra.Command, opt *planOptions, doc opened, t document.Timetable) error {
	if opt.step < 1 || opt.step >= len(t.Steps) {
		return usagef(cmd, "--step %d: the steps are 1 to %d", opt.step, len(t.Steps)-1)
	}
	s := t.Steps[opt.step]
	if err := p.showStep(opt, t, s); err != nil {
		return err
	}
	path := doc.zone.Root().Name()
	early, first := "", fmt.Sprintf("the steps before step %d come first, each with its waiting time", s.Number)
	if !s.Certain || s.Earliest > 0 {
		early = tooEarly(s, p.now())
	}
	switch {
	case s.State == preview.StepDone:
		p.tell(fmt.Sprintf("%s: step %d is done already: nothing was saved", path, s.Number))
		return nil
	case s.State == preview.StepLater && opt.agreed.looks():
		p.tell(path + ": nothing was saved: " + first)
		return nil
	case s.State == preview.StepLater:
		return usageError{refused(path, first)}
	case early != "" && opt.agreed.yes && !opt.agreed.force:
		return usageError{refused(path, early+"; --force saves it nevertheless")}
	}
	c, err := doc.change(p.now(), func(*zonefile.Zone) ([]zonefile.Edit, error) { return s.Edits, nil })
	if err != nil {
		return err
	}
	c.plan, c.shown, c.early, c.along = &t, opt.format.is("json"), early, p.pointing(doc, c, opt.ptr, namesOf(s)...)
	return p.offer(doc, c, opt.agreed, "plan")
}

// showStep shows a step before it is offered; its change and where mail goes then are told with the offer, if it is one.
func (p *program) showStep(opt *planOptions, t document.Timetable, s preview.Step) error {
	switch {
	case opt.format.is("json"):
		a := array{p: p}
		if err := a.add(newPlanStep(t, s)); err != nil {
			return err
		}
		return a.end()
	case !opt.agreed.looks():
		return nil
	}
	p.printMove(t, p.now())
	change := p.stepChange(opt.script)
	if s.State == preview.StepNow && !opt.script {
		change = nil
	}
	return p.printStep(t, s, p.now(), change)
}
