package cli

// This file asks DNS for `lint --resolve`, and tells what it asked.

import (
	"context"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// Limits of --resolve, beside document.MaxQuestions and lint.MaxReverse.
const (
	resolveTime = 30 * time.Second // for all questions
	resolveShow = 5                // how many questions without an answer are named, and how many zones at their limit
)

// question is which servers DNS was asked at, and what came of it. The zero value: it was not.
type question struct {
	servers []netip.AddrPort
	document.Probed
}

// askDNS asks what the rules need to know about names outside the zones.
func (p *program) askDNS(cmd *cobra.Command, opt *lintOptions, zones []*zonefile.Zone, rules lint.Options) (q question, err error) {
	if q.servers, err = opt.servers(cmd); err != nil {
		return q, err
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), resolveTime)
	defer cancel()
	q.Probed = document.AskDNS(ctx, q.servers, zones, rules, p.tell)
	return q, nil
}

// servers is the servers to ask.
func (o *lintOptions) servers(cmd *cobra.Command) ([]netip.AddrPort, error) {
	if o.resolver == "" {
		servers, err := document.SystemServers()
		if err != nil {
			return nil, fmt.Errorf("%w: name a server with --resolver", fail(document.SystemResolver, err))
		}
		return servers, nil
	}
	s, err := serverFlag(cmd, "resolver", o.resolver)
	return []netip.AddrPort{s}, err
}

// serverFlag is the server that a flag names.
func serverFlag(cmd *cobra.Command, flag, said string) (netip.AddrPort, error) {
	if at, err := netip.ParseAddrPort(said); err == nil {
		return at, nil
	}
	a, err := netip.ParseAddr(said)
	if err != nil {
		return netip.AddrPort{}, usagef(cmd, "--%s %s: not an address: write one, as 192.0.2.53 or [2001:db8::53]:5353", flag, said)
	}
	return netip.AddrPortFrom(a, 53), nil
}

// shorten is the beginning of a text of somebody else.
func shorten(text string) string {
	const most = 1 << 10
	if len(text) <= most {
		return text
	}
	return text[:most-3] + "..."
}

// askOutside asks DNS about what is outside the zones, where that is wanted, and lets the rules know.
func (p *program) askOutside(cmd *cobra.Command, opt *lintOptions, docs []opened, rules *lint.Options) (asked question, err error) {
	if !opt.resolve {
		return asked, nil
	}
	if asked, err = p.askDNS(cmd, opt, zonesOf(docs), *rules); err == nil {
		rules.Outside = asked.Outside
	}
	return asked, err
}

// tellAsked tells whom it asked how much, what it did not ask and why, and which questions nobody answered.
func (p *program) tellAsked(q question) {
	if len(q.servers) == 0 {
		return
	}
	if len(q.Asked) == 0 && len(q.Late) == 0 {
		p.tell("DNS was not asked: nothing leads out of these zones")
		return
	}
	p.tell(fmt.Sprintf("asked DNS at %s: questions %d, answered %d", q.servers[0], len(q.Asked), len(q.Asked)-len(q.Failed)))
	p.tellNotAsked(q)
	for i, open := range slices.DeleteFunc(slices.Clone(q.Asked), func(o lint.Question) bool { return q.Failed[o] == nil }) {
		if i == resolveShow {
			p.tell(fmt.Sprintf("and %d more without an answer", len(q.Failed)-resolveShow))
			return
		}
		p.tell(fmt.Sprintf("no answer to %s: %s", open, shorten(q.Failed[open].Error())))
	}
}

// tellNotAsked tells which limits left questions over: whatever depends on them was not checked.
func (p *program) tellNotAsked(q question) {
	if n := len(q.Late); n > 0 {
		p.tell(fmt.Sprintf("not asked, for the %s were over: questions %d; name fewer zones, or a faster server by --resolver", resolveTime, n))
	}
	for i, b := range q.Beyond {
		if i == resolveShow {
			p.tell(fmt.Sprintf("and %d more zones with questions that were not asked", len(q.Beyond)-resolveShow))
			break
		}
		p.tell(fmt.Sprintf("%s: not asked, for a zone has at most %d questions to DNS: questions %d; what they are about was not checked",
			b.Zone.Root().Name(), document.MaxQuestions, b.Questions))
	}
	for _, host := range slices.Sorted(maps.Keys(q.Crowded)) {
		p.tell(fmt.Sprintf("%s has %d addresses: for the way back at most %d of a host are asked about", host, q.Crowded[host], lint.MaxReverse))
	}
}
