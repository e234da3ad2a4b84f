package cli

import (
	"context"
	"fmt"
	"net/netip"
	"time"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// This file asks DNS for `lint --resolve`, and tells what it asked.

// Limits of --resolve.
const (
	resolveTime = 30 * time.Second // for all questions
	resolveShow = 5                // how many questions without an answer are named
)

// systemResolver is where the system keeps the servers to ask.
const systemResolver = "/etc/resolv.conf"

// askDNS asks what the rules need to know about names outside the zones.
func (p *program) askDNS(cmd *cobra.Command, opt *lintOptions, zones []*zonefile.Zone, rules lint.Options) (*lint.Outside, error) {
	r, err := opt.servers(cmd)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), resolveTime)
	defer cancel()
	outside, asked := r.Resolve(ctx, zones, rules)
	p.tellAsked(r, asked)
	return outside, nil
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

// tellAsked tells whom it asked how much, and which questions nobody answered.
func (p *program) tellAsked(r lint.Resolver, asked lint.Asked) {
	if len(asked.Questions) == 0 {
		p.complain("DNS was not asked: nothing leads out of these zones")
		return
	}
	p.complain(fmt.Sprintf("asked DNS at %s: questions %d, answered %d", r.Servers[0], len(asked.Questions), len(asked.Questions)-len(asked.Failed)))
	shown := 0
	for _, q := range asked.Questions {
		err := asked.Failed[q]
		if err == nil {
			continue
		}
		if shown++; shown > resolveShow {
			p.complain(fmt.Sprintf("and %d more without an answer", len(asked.Failed)-resolveShow))
			return
		}
		p.complain(fmt.Sprintf("no answer to %s: %v", q, err))
	}
}
