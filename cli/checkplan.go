package cli

// The checks of the step of a move that a zone is in, asked of the world: each with what came of it, and when the next step may be saved.

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
)

// steps is the plan of the move that a zone is in: the one that is remembered, or the one that the flags ask for.
func (p *program) steps(cmd *cobra.Command, opt *checkOptions, path string, domains []string) (t document.Timetable, doc opened, err error) {
	plan := planOptions{source: opt.source, from: opt.from, to: opt.to}
	m, err := plan.migration(cmd)
	if err != nil {
		return t, doc, err
	}
	if doc, err = p.open(cmd, &opt.source, path, document.Options{ReadOnly: true}); err != nil {
		return t, doc, err
	}
	defer doc.st.Close()
	for _, domain := range domains {
		n, err := domainName(cmd, domain, doc.zone)
		if err != nil {
			return t, doc, err
		}
		m.Domains = append(m.Domains, n)
	}
	if t, err = p.timetable(cmd, &plan, doc, m, p.now()); err != nil {
		return t, doc, planError(cmd, err)
	}
	return t, doc, nil
}

// checkPlan asks what the checks of a step want to know, and tells what came.
func (p *program) checkPlan(cmd *cobra.Command, opt *checkOptions, path string, domains []string) error {
	t, doc, err := p.steps(cmd, opt, path, domains)
	if err != nil {
		return err
	}
	s := t.StepChecks(p.now())
	c := document.Checking{Zone: doc.zone, Signed: p.asking.Signs(path), Now: p.now, TrustAD: opt.trustAD, Private: opt.private, Tell: p.tell}
	if err = opt.place(cmd, &c); err != nil {
		return err
	}
	for host := range c.At {
		if !s.Asks(host) {
			return usagef(cmd, "--at %s: no check of the step asks this host by SMTP", host)
		}
	}
	err = p.asks(cmd, opt, checkTime, func(ctx context.Context, how document.Mailing) error {
		s, _, err = t.SeenEverywhere(c.Steps(ctx, s, how), p.now())
		if err != nil {
			p.complain(err.Error())
		}
		return p.printSteps(opt, c, s)
	})
	if err == nil && !s.Holds() {
		return exit(statusFound)
	}
	return err
}

// noteSeen remembers that all name servers were seen with what a zone file says, where a move of it is remembered.
func (p *program) noteSeen(cmd *cobra.Command, opt *checkOptions, path string, c document.Checking, at time.Time) {
	if at.IsZero() || path == "-" || !document.RemembersMove(path, "") {
		return
	}
	doc, err := p.load(cmd, &opt.source, path, document.Options{ReadOnly: true})
	if err != nil {
		return // it was read before: somebody writes it
	}
	defer doc.st.Close()
	if doc.zone.Same(c.Zone) {
		if _, err := doc.st.Past(doc.zone).SeenEverywhere(at, p.now()); err != nil {
			p.complain(err.Error())
		}
	}
}

// printSteps prints the step, its checks and what came of each.
func (p *program) printSteps(opt *checkOptions, world document.Checking, s document.StepChecks) error {
	if opt.format.is("json") {
		out := array{p: p}
		for _, c := range s.Checks {
			for _, r := range c.Results {
				row := newCheckedAddress(world.Zone.Origin(), "", r)
				row.Step, row.Check = s.Step.Number, text(c.Text)
				if err := out.add(row); err != nil {
					return err
				}
			}
		}
		return out.end()
	}
	if s.Step.Number == 0 {
		p.line(0, "no step is saved yet")
	} else {
		p.line(3, fmt.Sprintf("%d  %s", s.Step.Number, p.paint(strong, p.show(s.Step.Title))))
	}
	for _, c := range s.Checks {
		p.line(13, fmt.Sprintf("   %s%s", p.paint(checkedStyle[c.State()], fmt.Sprintf("%-10s", c.State())), p.show(c.Text)))
		for _, r := range c.Results {
			p.line(15, strings.Repeat(" ", 13)+p.show(whoSays(r)))
			for i := range r.Said {
				if opt.said {
					p.line(19, strings.Repeat(" ", 17)+p.show(r.Line(i)))
				}
			}
		}
	}
	if last := s.Until(); !last.IsZero() {
		p.line(0, "it waits until "+preview.Clock(last.In(p.now().Location()), p.now()))
	}
	return nil
}

// whoSays is who was asked, and what that says.
func whoSays(r document.Result) string {
	if r.Who() == "" {
		return r.Says()
	}
	return fmt.Sprintf("%s: %s: %s", r.Who(), r.State, r.Says())
}
