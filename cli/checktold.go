package cli

// What all ways of asking the world share: what could be asked and what is not, how what came is told, and the exit status.

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// mayAsk refuses what is not asked of hosts of others, and places for hosts that take no mail.
func mayAsk(cmd *cobra.Command, c document.Checking, kinds document.Kinds) error {
	hosts, _ := c.Exchanges()
	for host := range c.At {
		if !slices.ContainsFunc(hosts, func(e document.Exchange) bool { return e.Host == host }) {
			return usagef(cmd, "--at %s: no MX record that is asked about has this host", host)
		}
	}
	if strangers := c.Strangers(); kinds.Relay && len(strangers) > 0 {
		return usagef(cmd, "--relay: the address of %s is not in the zone: whether hosts of others relay is not asked: name domains whose mail your own hosts take", strangers[0])
	}
	return nil
}

// domainsIn is the names of a zone that a command line has, absolute or below the origin.
func domainsIn(cmd *cobra.Command, origin zonefile.Name, names []string) (out []zonefile.Name, err error) {
	for _, name := range names {
		n, err := zonefile.ParseName(name, zonefile.Root)
		if err == nil && !n.Within(origin) {
			n, err = zonefile.ParseName(name, origin)
		}
		if err != nil {
			return nil, usagef(cmd, "%s: %w", name, err)
		}
		if !n.Within(origin) {
			return nil, usagef(cmd, "%s: not in the zone %s", name, origin)
		}
		out = append(out, n)
	}
	return out, nil
}

// askable is what could be asked, and where.
type askable struct{ where, of string }

// askables is what could be asked about a zone.
func askables(c document.Checking) (list []askable) {
	add := func(of, format string, args ...any) { list = append(list, askable{fmt.Sprintf(format, args...), of}) }
	known, unknown := c.Places()
	for _, t := range known {
		add("", "--dns  port 53 of %s, %s", t.Host, t.Address)
	}
	for _, host := range unknown {
		add("", "--dns  port 53 of %s, whose address DNS is asked for", host)
	}
	hosts, _ := c.Exchanges()
	for _, e := range hosts {
		add(", for "+zonefile.Plural(len(e.Domains), "domain", "domains"), "--smtp  port 25 of %s", e.Host)
	}
	for _, e := range hosts {
		add("", "--ptr  names of the addresses of %s, by the resolver", e.Host)
	}
	policies, _ := c.Policies()
	for _, e := range policies {
		add("", "--sts  port 443 of %s", e.Host)
	}
	return list
}

// printFound prints what came.
func (p *program) printFound(opt *checkOptions, c document.Checking, found document.Checked) error {
	p.tellBeyond(found, "name some of the domains")
	if err := p.printChecked(opt, c, found); err != nil {
		return err
	}
	return exitOf(found, opt.served)
}

// tellBeyond tells what limits left over.
func (p *program) tellBeyond(found document.Checked, remedy string) {
	if found.Hosts > 0 {
		p.tell(fmt.Sprintf("not asked: %d more hosts: %s", found.Hosts, remedy))
	}
	if found.Beyond > 0 {
		p.tell(fmt.Sprintf("not asked about: %d more sets of records: %s", found.Beyond, remedy))
	}
}

// printChecked prints the results.
func (p *program) printChecked(opt *checkOptions, c document.Checking, found document.Checked) error {
	if opt.format.is("json") {
		out := array{p: p}
		for _, r := range found.Results {
			if err := out.add(newCheckedAddress(c.Zone.Origin(), "", r)); err != nil {
				return err
			}
		}
		return out.end()
	}
	for _, r := range found.Results {
		p.printResult(opt, "", r)
	}
	return nil
}

// printResult prints a result, behind what it is about where that is not said already.
func (p *program) printResult(opt *checkOptions, about string, r document.Result) {
	state := string(r.State)
	p.line(2, p.show(about+r.Who())+": "+p.paint(checkedStyle[state], state)+": "+p.show(r.Says()))
	for i := range r.Said {
		if opt.said {
			p.line(6, "    "+p.show(r.Line(i)))
		}
	}
}

// exitOf is the exit status of what was found.
func exitOf(found document.Checked, every bool) error {
	heard, status := false, statusDone
	for _, r := range found.Results {
		switch r.State {
		case "ok":
			heard = true
		case "unknown", "not-asked":
			if every {
				status = statusFound
			}
		default:
			heard, status = true, statusFound
		}
	}
	if !heard {
		return exit(statusFailed)
	}
	return ended(status)
}
