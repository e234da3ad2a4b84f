package cli

// What the world serves of a zone, asked on request: where, before anything is sent; then what came, and what it means for mail.

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
)

// checkHelp is what it does at length.
const checkHelp = `Ask the name servers of a zone what they serve, and its mail servers whether
they take mail, and tell what that means. ZONE is the name of a zone that the
name server of this machine has, or one that DNS is asked for. Nothing is asked
without one of these flags; without any it is told what could be asked, and
where:

    --dns           each address of each name server, by UDP and TCP: its serial,
                    and the records that mail for the DOMAINs depends on (else
                    for all names that have MX); and two servers of the parent,
                    to whom they refer
    --smtp          port 25 of each address of each host that takes mail of the
                    DOMAINs: banner, EHLO, STARTTLS and the certificate, whether
                    the postmaster of each domain is a recipient, and whether
                    everybody is. No message is sent, but the host may log it
    --sts           the policy of each of the DOMAINs that has an MTA-STS record,
                    by HTTPS: whether senders can fetch and read it, and whether
                    it names every host that takes mail
    --ptr           the names of each address of these hosts, and whether they lead
                    back to it
    --cache ADDR    what a cache at this address keeps of their MX records and of
                    the addresses of their hosts, and until when
    --relay         whether these hosts take mail of a domain that nobody has; it
                    is asked of hosts alone whose addresses are in the zone
    --all           --dns, --smtp, --sts and --ptr
    --plan          what the checks of the step want to know that a move is in, as
                    plan has them: the move that is remembered, or --from and --to
    --until-served  the serial alone, again and again until every name server
                    has that of the file

Each destination is printed on standard error before the first packet to it.
Addresses that the zone does not know are asked for at the system's resolver, or
at --resolver. --at HOST=ADDRESS goes to a host where DNS does not lead yet.
Private and other special addresses, and those of this machine, are not asked
unless a name server here has the zone, or with --private: a zone of somebody
else is not to knock at doors of this network.

A line for each address has the host, the address, a state and what it means:

    ok         as in the file; the host takes mail
    differs    the file is older than what is served, or the parent says other
               name servers; an address has no name that leads back to it
    waits      a serial behind that of the file, or what a cache keeps, and until
               when; a host that says later, or whose certificate ends soon
    bad        the zone is not served there, or not by TCP, or other records have
               the same serial, or the parent has a DS record that no signature
               fits; a host that takes no mail, or everybody's
    unknown    no answer came: that says nothing
    not-asked  and why

With --server all zones are asked about in one run that named has here and
people edit: --all, --dns, --smtp, --sts, --ptr and --cache. What limits how
much is asked holds for each zone; 16 addresses are asked at once, one question
after the other each. Each is tried by TCP once, is greeted as at most 20 hosts,
with 10 domains of all zones as recipients, and is let alone when it has left
three questions in a row without an answer. What is not ok stands behind the
names of its zones, what is the same of several once; then how many there are of
each state at each address.

A ZONE of which there is no file here is taken from DNS, by the resolver, and
judged as far as that goes: its name servers are compared with each other. That
goes without --plan, --until-served, --cache and --relay.

The line of a host is for senders that verify nothing. One with TLSA records has
a line for DANE besides: whether they are signed, as the resolver says, and
match the certificate. With --sts it has one for each policy: whether the host
does what that demands. Without --sts that is not judged, and that is said.

A host whose MX or address has a comment as "lint:ignore mx-backup nolisting" is
meant to be closed: that it refuses is ok.

With --plan each check of the step stands above what came of it, with the worst
of the states; what only a person sees is listed, until plan --done says that it
is so. The exit status is 0 only if every check is ok and the hour of the next
step has come: then it may be saved. That all name servers were seen with the
serial is remembered, so that plan asks nobody since when. --from and --to name
a move that is not remembered.

The exit status is 1 if a state is differs, waits or bad, with --until-served
or --plan also if it is unknown, and 3 if nothing could be asked or nobody
answered.`

// checkCommand asks the name servers of a zone what they serve.
func (p *program) checkCommand() *cobra.Command {
	var opt checkOptions
	cmd := &cobra.Command{
		Use:   "check {--all | --dns | --smtp | --sts | --ptr | --cache ADDR | --relay | --until-served | --plan} --server|ZONEFILE|ZONE [DOMAIN...]",
		Short: "Ask the name servers and the mail servers of a zone",
		Long:  checkHelp,
		Example: `  mailzone check --dns db.example.com
  mailzone check --until-served --limit 5m db.example.com`,
		ValidArgsFunction: completeOneFile,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := opt.check(cmd, args); err != nil {
				return err
			}
			if opt.server {
				return p.checkServer(cmd, &opt)
			}
			return p.checkWorld(cmd, &opt, args[0], args[1:])
		},
	}
	opt.source.flags(cmd, &p.where)
	cmd.Flags().BoolVar(&opt.server, "server", false, "ask about all zones that named has here and people edit, in one run")
	opt.zonesOptions.flags(cmd, "with --server, ")
	opt.format.flag(cmd, "text", "json")
	f := cmd.Flags()
	f.BoolVar(&opt.dns, "dns", false, "ask name servers for the serial and the records of mail")
	f.BoolVar(&opt.smtp, "smtp", false, "ask hosts that take mail, by SMTP and without a message")
	f.BoolVar(&opt.sts, "sts", false, "fetch MTA-STS policies by HTTPS")
	f.BoolVar(&opt.ptr, "ptr", false, "ask for the names of the addresses of hosts that take mail")
	several(f, &opt.cache, "cache", "ask the cache at `ADDRESS` or ADDRESS:PORT what it keeps; with --plan instead of the resolver")
	f.BoolVar(&opt.relay, "relay", false, "ask hosts of the zone whether they take the mail of others")
	f.BoolVar(&opt.all, "all", false, "as --dns --smtp --sts --ptr")
	several(f, &opt.at, "at", "ask a host by SMTP there: `HOST=ADDRESS,...`, as before DNS has it")
	f.BoolVar(&opt.plan, "plan", false, "ask what the checks of the step want to know that a move is in")
	several(f, &opt.from, "from", "with --plan: an old `HOST`, as of plan; without it the move that is remembered")
	several(f, &opt.to, "to", "with --plan: a new `HOST=ADDRESS,...`, as of plan")
	f.StringVar(&opt.helo, "helo", "", "the `NAME` that this machine says EHLO with (default: its own)")
	f.DurationVar(&opt.patience, "patience", 30*time.Second, "how long a mail server may be silent before its banner")
	f.BoolVar(&opt.said, "dialogue", false, "print what was said to mail servers, and what they said")
	f.BoolVar(&opt.served, "until-served", false, "ask name servers for the serial until all have that of the file")
	f.BoolVar(&opt.trustAD, "trust-ad", false, "believe a resolver elsewhere that it has validated what it calls authentic: the way to it is safe")
	f.BoolVar(&opt.private, "private", false, "ask private and other special addresses too")
	f.StringVar(&opt.resolver, "resolver", "", "the server to ask for addresses that the zone does not know, `ADDRESS` or ADDRESS:PORT (default: the system's)")
	f.DurationVar(&opt.limit, "limit", 0, "stop after so long, as 90s (default 1m, with --until-served 15m)")
	return cmd
}

// check tells what flags and arguments do not go together.
func (o *checkOptions) check(cmd *cobra.Command, args []string) error {
	if err := o.checkServerFlags(cmd, args); err != nil {
		return err
	}
	kinds := o.kinds()
	named := kinds
	named.Cache = false // a plan takes it for a place
	switch {
	case len(args) == 0 && !o.server:
		return usagef(cmd, "which zone file?")
	case o.plan && (named != document.Kinds{} || o.served):
		return usagef(cmd, "--plan asks what the step wants to know: leave other kinds for another run")
	case !o.plan && len(o.from)+len(o.to) > 0:
		return usagef(cmd, "--from and --to are of --plan")
	case kinds != document.Kinds{} && o.served:
		return usagef(cmd, "--until-served asks for the serial alone: leave other kinds for another run")
	case strings.ContainsFunc(o.helo, func(c rune) bool { return c <= ' ' || c > '~' }):
		return usagef(cmd, "--helo %q: write the name of a host, as mail.example.com", o.helo)
	case o.patience <= 0:
		return usagef(cmd, "--patience %s: no time is left for a banner", o.patience)
	case o.limit < 0:
		return usagef(cmd, "--limit %s: no time is left to ask", o.limit)
	case len(args) > 1 && o.served:
		return usagef(cmd, "--until-served asks for the serial alone: leave the names out")
	}
	return nil
}

// checkWorld asks, and tells what came.
func (p *program) checkWorld(cmd *cobra.Command, opt *checkOptions, path string, domains []string) error {
	kinds := opt.kinds()
	path, own, err := p.fileOf(cmd, &opt.source, path)
	if err != nil {
		return err
	}
	opt.private = opt.private || own
	if name, ok := opt.onlyName(path); ok {
		return p.checkName(cmd, opt, name, domains)
	}
	if opt.plan {
		return p.checkPlan(cmd, opt, path, domains)
	}
	z, err := p.read(cmd, &opt.source, path)
	if err != nil {
		return err
	}
	c := document.Checking{Zone: z, Signed: p.asking.Signs(path), Now: p.now, TrustAD: opt.trustAD, Private: opt.private, Pause: pauseFor(servedWait)}
	if c.Domains, err = domainsIn(cmd, z.Origin(), domains); err != nil {
		return err
	}
	if kinds == (document.Kinds{}) && !opt.served {
		return p.offerCheck(cmd, c)
	}
	if _, ok := z.Serial(); !ok && (kinds.DNS || opt.served) {
		return fail(path, errors.New("the file has no serial that could be compared: correct its SOA record"))
	}
	if err = opt.place(cmd, &c); err != nil {
		return err
	}
	if err = mayAsk(cmd, c, kinds); err != nil {
		return err
	}
	return p.ask(cmd, opt, path, c)
}

// offerCheck tells what could be asked, and where. Nothing is sent.
func (p *program) offerCheck(cmd *cobra.Command, c document.Checking) error {
	for _, o := range askables(c) {
		p.line(2, p.show(o.where+o.of))
	}
	hosts, _ := c.Exchanges()
	strangers := c.Strangers()
	for _, e := range hosts {
		if !slices.Contains(strangers, e.Host) {
			p.line(2, p.show(fmt.Sprintf("--relay  port 25 of %s", e.Host)))
		}
	}
	return usagef(cmd, "nothing was asked: say what, by --all, --dns, --smtp, --sts, --ptr, --cache, --relay, --plan or --until-served")
}

// pauseFor waits some time, or until a context ends.
func pauseFor(d time.Duration) func(context.Context) {
	return func(ctx context.Context) {
		select {
		case <-ctx.Done():
		case <-time.After(d):
		}
	}
}

// ask asks, until all is known, the time is over or somebody presses ctrl+c.
func (p *program) ask(cmd *cobra.Command, opt *checkOptions, path string, c document.Checking) error {
	limit := checkTime
	if opt.served {
		limit = servedTime
	}
	c.Tell = p.tell
	c.Heard = func(who, state, says string) { p.tell(who + ": " + state + ": " + says) }
	return p.asks(cmd, opt, limit, func(ctx context.Context, how document.Mailing) error {
		found := askKinds(ctx, opt, c, how)
		p.noteSeen(cmd, opt, path, c, found.Everywhere)
		return p.printFound(opt, c, found)
	})
}

// askKinds asks the kinds that are wanted.
func askKinds(ctx context.Context, opt *checkOptions, c document.Checking, how document.Mailing) document.Checked {
	if opt.served {
		return c.Serial(ctx)
	}
	return c.Ask(ctx, opt.kinds(), how)
}
