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

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// Limits of --resolve.
const (
	resolveTime = 30 * time.Second // for all questions
	resolveShow = 5                // how many questions without an answer are named
)

// systemResolver is where the system keeps the servers to ask.
const systemResolver = "/etc/resolv.conf"

// question is what DNS was asked, and what came of it. The zero value: it was not.
type question struct {
	of      lint.Resolver
	asked   lint.Asked
	outside *lint.Outside
}

// askDNS asks what the rules need to know about names outside the zones.
func askDNS(cmd *cobra.Command, opt *lintOptions, zones []*zonefile.Zone, rules lint.Options) (q question, err error) {
	if q.of, err = opt.servers(cmd); err != nil {
		return q, err
	}
	q.of.Progress = rules.Progress
	ctx, cancel := context.WithTimeout(cmd.Context(), resolveTime)
	defer cancel()
	q.outside, q.asked = q.of.Resolve(ctx, zones, rules)
	return q, nil
}

// servers is the servers to ask.
func (o *lintOptions) servers(cmd *cobra.Command) (lint.Resolver, error) {
	if o.resolver == "" {
		r, err := lint.SystemResolver(systemResolver)
		if err != nil {
			return r, fmt.Errorf("%w: name a server with --resolver", fail(systemResolver, err))
		}
		return r, nil
	}
	if at, err := netip.ParseAddrPort(o.resolver); err == nil {
		return lint.Resolver{Servers: []string{at.String()}}, nil
	}
	a, err := netip.ParseAddr(o.resolver)
	if err != nil {
		return lint.Resolver{}, usagef(cmd, "--resolver %s: not an address: write one, as 192.0.2.53 or [2001:db8::53]:5353", o.resolver)
	}
	return lint.Resolver{Servers: []string{netip.AddrPortFrom(a, 53).String()}}, nil
}

// shorten is the beginning of a text from outside.
func shorten(text string) string {
	const most = 1 << 10
	if len(text) <= most {
		return text
	}
	return text[:most-3] + "..."
}

// tellAsked tells whom it asked how much, and which questions nobody answered.
func (p *program) tellAsked(q question) {
	if len(q.of.Servers) == 0 {
		return
	}
	asked := q.asked
	if len(asked.Questions) == 0 && len(asked.Unasked) == 0 {
		p.complain("DNS was not asked: nothing leads out of these zones")
		return
	}
	p.complain(fmt.Sprintf("asked DNS at %s: questions %d, answered %d", q.of.Servers[0], len(asked.Questions), len(asked.Questions)-len(asked.Failed)))
	if n := len(asked.Unasked); n > 0 {
		p.complain(fmt.Sprintf("not asked, for the %s were over: questions %d; name fewer zones, or a faster server by --resolver", resolveTime, n))
	}
	for _, host := range slices.Sorted(maps.Keys(asked.Crowded)) {
		p.complain(fmt.Sprintf("%s has %d addresses: DNS was asked about the way back from 16 of them", host, asked.Crowded[host]))
	}
	shown := 0
	for _, open := range asked.Questions {
		err := asked.Failed[open]
		if err == nil {
			continue
		}
		if shown++; shown > resolveShow {
			p.complain(fmt.Sprintf("and %d more without an answer", len(asked.Failed)-resolveShow))
			return
		}
		p.complain(fmt.Sprintf("no answer to %s: %s", open, shorten(err.Error())))
	}
}
