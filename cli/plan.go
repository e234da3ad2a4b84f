package cli

// The timetable of a move to another mail host, printed: the plan itself is made by package preview.

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// planOptions are the flags of plan.
type planOptions struct {
	source source
	format choice
	from   string
	to     string
	notify bool
}

// planCommand prints the plan of a migration.
func (p *program) planCommand() *cobra.Command {
	var opt planOptions
	cmd := &cobra.Command{
		Use:   "plan --from HOST --to HOST[=ADDRESS,...] ZONEFILE [DOMAIN...]",
		Short: "Plan the move of mail from one host to another, step by step",
		Long: `Plan the move of mail from one host to another: the steps with their edits, what to check after each,
when the next may follow and why, and how long a way back takes. The times come from the TTLs in the
zone, and the step that the zone is in is read from the zone. Without domains, all move whose MX leads
to the old host; --from may name the domain that all old hosts are in.

The edits of a step are a script for "mailzone apply".`,
		Example:           "  mailzone plan --from mx.isp.example --to mx1.example.com=192.0.2.1,2001:db8::1 db.example.com",
		ValidArgsFunction: completeZoneFile,
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
	opt.source.flags(cmd)
	opt.format.flag(cmd, "text", "json")
	cmd.Flags().StringVar(&opt.from, "from", "", "the old `HOST`, or the domain of all old hosts")
	cmd.Flags().StringVar(&opt.to, "to", "", "the new `HOST=ADDRESS,...`")
	cmd.Flags().BoolVar(&opt.notify, "notify", false, "secondary name servers are told of changes at once")
	return cmd
}

// plan prints the steps of a migration.
func (p *program) plan(cmd *cobra.Command, opt *planOptions, path string, domains []string) error {
	m, err := opt.migration(cmd)
	if err != nil {
		return err
	}
	z, err := p.read(cmd, &opt.source, path)
	if err != nil {
		return err
	}
	for _, domain := range domains {
		n, err := domainName(cmd, domain, z)
		if err != nil {
			return err
		}
		m.Domains = append(m.Domains, n)
	}
	steps, err := preview.Plan(z, m)
	if err != nil {
		return usage(cmd, err)
	}
	if opt.format.is("json") {
		a := array{p: p}
		for _, s := range steps {
			if err := a.add(newPlanStep(s)); err != nil {
				return err
			}
		}
		return a.end()
	}
	now := time.Now()
	for _, s := range steps {
		p.printStep(s, now)
	}
	return nil
}

// migration is what the flags ask for.
func (o *planOptions) migration(cmd *cobra.Command) (m preview.Migration, err error) {
	if o.from == "" || o.to == "" {
		return m, usagef(cmd, "name the old host by --from and the new one by --to")
	}
	m.Notify = o.notify
	if m.From, err = zonefile.ParseName(o.from, zonefile.Root); err != nil {
		return m, usagef(cmd, "--from %q: %w", o.from, err)
	}
	host, addrs, given := strings.Cut(o.to, "=")
	if m.To, err = zonefile.ParseName(host, zonefile.Root); err != nil {
		return m, usagef(cmd, "--to %q: %w", o.to, err)
	}
	if !given {
		return m, nil
	}
	for text := range strings.SplitSeq(addrs, ",") {
		ip, err := netip.ParseAddr(text)
		if err != nil {
			return m, usagef(cmd, "--to %q: %q is no address: write mx1.example.com=192.0.2.1,2001:db8::1", o.to, text)
		}
		m.Addrs = append(m.Addrs, ip)
	}
	return m, nil
}

// printStep prints a step for people.
func (p *program) printStep(s preview.Step, now time.Time) {
	fmt.Fprintf(p.out, "%d  %s [%s]\n", s.Number, p.show(s.Title), s.State)
	for _, item := range s.Items {
		fmt.Fprintf(p.out, "     %s: %s (%s)\n", p.show(item.Record.Place()), p.show(item.Text), item.Kind)
	}
	if s.Script == "" {
		if s.Number > 0 && s.State != preview.StepDone {
			fmt.Fprintln(p.out, "   nothing is to be changed")
		}
		return
	}
	fmt.Fprintf(p.out, "   %s\n", when(s, now))
	for line := range strings.Lines(s.Script) {
		fmt.Fprintf(p.out, "     %s\n", p.show(strings.TrimRight(line, "\n")))
	}
	for _, c := range preview.Summarize(s.Changes()) {
		fmt.Fprintf(p.out, "   mail of %s: %s\n", p.show(c.Names()), p.show(c.Text()))
	}
	for _, check := range s.Checks {
		fmt.Fprintf(p.out, "   check: %s\n", p.show(check))
	}
	if s.Wait > 0 {
		fmt.Fprintf(p.out, "   then wait %s: %s\n", zonefile.FormatTTL(s.Wait), p.show(s.Why))
	}
	fmt.Fprintf(p.out, "   the way back takes %s\n", zonefile.FormatTTL(s.Rollback))
}

// when says from when on a step may be saved. Of the one to do now it depends on when the one before was saved,
// which the zone does not tell.
func when(s preview.Step, now time.Time) string {
	const clock = "2006-01-02 15:04 MST"
	if s.Elapsed == 0 {
		return "not before " + now.Add(time.Duration(s.Earliest)*time.Second).Format(clock)
	}
	saved := now.Add(-time.Duration(s.Elapsed) * time.Second)
	text := fmt.Sprintf("now, if step %d was saved before %s (%s ago)", s.Number-1, saved.Format(clock), zonefile.FormatTTL(s.Elapsed))
	if s.Beyond != "" {
		text += ", and since then " + s.Beyond + " has passed"
	}
	return text
}

// planStep is a step in JSON: a stable interface. Times are in seconds, earliest from now.
type planStep struct {
	Step     int        `json:"step"`
	Title    text       `json:"title"`
	State    string     `json:"state"`
	Script   lines      `json:"script"`
	Edits    []planEdit `json:"edits"`
	Before   []delivery `json:"before"`
	After    []delivery `json:"after"`
	Items    []planItem `json:"items"`
	Checks   []text     `json:"checks"`
	Earliest uint32     `json:"earliest"`
	Wait     uint32     `json:"wait"`
	Why      text       `json:"why"`
	Rollback uint32     `json:"rollback"`
	Elapsed  uint32     `json:"elapsed"`
	Beyond   text       `json:"beyond"`
}

// planEdit is a change of text in JSON. Of a later step it counts in the file as the steps before leave it.
type planEdit struct {
	region
	New lines `json:"new"`
}

// lines is text of whole lines in JSON: their ends and tabs are kept, so that it can be used as it is.
type lines string

// MarshalJSON writes the lines as ASCII.
func (l lines) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	for len(l) > 0 {
		n := strings.IndexAny(string(l), "\n\r\t")
		if n < 0 {
			n = len(l)
		}
		b.WriteString(zonefile.Printable(string(l[:n]), false))
		end := min(n+1, len(l))
		b.WriteString(string(l[n:end]))
		l = l[end:]
	}
	return plainJSON(b.String())
}

// planItem is a record of the inventory in JSON.
type planItem struct {
	File text   `json:"file"`
	Line int    `json:"line"`
	Kind string `json:"kind"`
	Text text   `json:"text"`
}

// newPlanStep is a step as JSON has it: lists are never null.
func newPlanStep(s preview.Step) planStep {
	out := planStep{
		Step: s.Number, Title: text(s.Title), State: string(s.State), Script: lines(s.Script), Edits: []planEdit{},
		Before: []delivery{}, After: []delivery{}, Items: []planItem{}, Checks: []text{},
		Earliest: s.Earliest, Wait: s.Wait, Why: text(s.Why), Rollback: s.Rollback, Elapsed: s.Elapsed, Beyond: text(s.Beyond),
	}
	for _, e := range s.Edits {
		out.Edits = append(out.Edits, planEdit{newRegion(e.File, e.Span), lines(e.New)})
	}
	for _, c := range s.Changes() {
		out.Before = append(out.Before, newDelivery(c.Before()))
		out.After = append(out.After, newDelivery(c.After()))
	}
	for _, item := range s.Items {
		out.Items = append(out.Items, planItem{text(item.Record.File().Name()), item.Record.Position().Line, item.Kind, text(item.Text)})
	}
	for _, check := range s.Checks {
		out.Checks = append(out.Checks, text(check))
	}
	return out
}
