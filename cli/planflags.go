package cli

// The flags of a plan: what they ask for, before a zone is looked at.

import (
	"net/netip"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/server"
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
	since   string
	done    []int
	forget  bool
	ptr     bool // PTR records follow a step
}

// flags adds the flags of a plan to its command.
func (o *planOptions) flags(cmd *cobra.Command, where *server.Where) {
	o.source.flags(cmd, where)
	o.source.configFlag(cmd)
	o.format.flag(cmd, "text", "json")
	f := cmd.Flags()
	several(f, &o.from, "from", "an old `HOST`, or the domain of all old hosts; HOST=ADDRESS,... where the zone does not have its addresses")
	several(f, &o.to, "to", "a new `HOST=ADDRESS,...`; several are tried in the order given")
	several(f, &o.add, "add", "one more `HOST=ADDRESS,...` behind all others")
	several(f, &o.remove, "remove", "a `HOST` less")
	several(f, &o.spf, "spf", "a `TERM` by which a new provider sends, as include:spf.provider.example")
	f.BoolVar(&o.notify, "notify", false, "secondary name servers are told of changes at once")
	f.BoolVar(&o.replace, "replace-addresses", false, "take out the addresses that a new host has and --to does not name")
	f.BoolVar(&o.single, "no-overlap", false, "there is one machine, which changes its address: mail waits in senders' queues meanwhile")
	f.BoolVar(&o.script, "script", false, "print the changes in the syntax of nsupdate, for mailzone apply")
	f.IntVar(&o.step, "step", 0, "show step `N` alone, or with --yes save it")
	f.StringVar(&o.since, "since", "", "the name servers have what the zone says since `TIME`: 19:19, 2026-11-28 19:19, now, or as RFC 3339 has it")
	f.IntSliceVar(&o.done, "done", nil, "check `N` is done; said again, it is not")
	f.BoolVar(&o.forget, "forget", false, "forget the move that is under way")
	ptrFlag(cmd, &o.ptr)
	o.agreed.flags(cmd, "the step that --step names")
}

// migration is what the flags ask for; without hosts, the move that is under way.
func (o *planOptions) migration(cmd *cobra.Command) (m preview.Migration, err error) {
	switch {
	case len(o.add)+len(o.remove) > 0 && len(o.from)+len(o.to) > 0, len(o.add) > 0 && len(o.remove) > 0:
		return m, usagef(cmd, "--add and --remove stand alone: one host more or less is no move")
	case len(o.add)+len(o.remove) == 0 && (len(o.from) == 0) != (len(o.to) == 0):
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
