package lint

// SPF records that make receivers look up more than they do for one message (RFC 7208 §4.6.4).

import (
	"slices"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// What a receiver does for one message (RFC 7208 §4.6.4).
const (
	voidLimit  = 2             // look-ups that find nothing
	spfCounted = 10 * spfLimit // are counted: records that include each other twice would make any number
)

var spfLookupLimit = &Rule{
	Name:     "spf-lookup-limit",
	Severity: Error,
	Doc: `An SPF record needs more than ten look-ups, counted through the includes that are in the loaded zones
(others count as one, and may cost more), or more than two that find nothing, or has an mx with more than ten exchanges.
Receivers stop there and take nothing of the record.`,
	Bad:    `@ TXT "v=spf1 a:a.dns.net a:b.dns.net a:c.dns.net a:d.dns.net a:e.dns.net a:f.dns.net a:g.dns.net a:h.dns.net a:i.dns.net a:j.dns.net a:k.dns.net -all"`,
	Good:   `@ TXT "v=spf1 ip4:192.0.2.0/24 include:_spf.dns.net -all"`,
	Refs:   []string{"RFC 7208 §4.6.4"},
	Visits: spfOwners,
	Check: func(p *Pass) {
		for _, v := range p.spfRecords() {
			c := spfCounter{p: p}
			c.open = append(c.few[:0], p.Node.Name)
			c.count(p.Node.Name, v)
			c.report(v)
			p.checkExchangesOf(v)
		}
	},
}

// spfCounter counts look-ups through includes.
type spfCounter struct {
	p       *Pass
	lookups int
	void    int              // of those that find nothing
	outside bool             // some includes are not in the loaded zones
	open    []zonefile.Name  // the records that are being counted, each included by the one before it
	few     [2]zonefile.Name // room for them: most include none
	loop    zonefile.Name

	depth   int          // of includes; the places are those of the record that is visited, at depth 1
	over    *policy.Term // where the limit of look-ups is passed
	lost    bool         // a host is let send there or behind it
	overNil *policy.Term // where the limit of look-ups that find nothing is passed
	nothing zonefile.Name
}

// count counts the look-ups of a record.
func (c *spfCounter) count(domain zonefile.Name, v txtValue) {
	c.depth++
	for t := range v.spf.Tested() {
		void := false
		if t.LooksUp() && c.loop == "" && c.lookups < spfCounted {
			c.lookups++
			if n, ok := spfTarget(t, domain); ok {
				void = c.look(t, n)
			}
		}
		if c.depth == 1 {
			c.mark(t, void)
		}
	}
	c.depth--
}

// mark remembers at which term of the record that is visited a limit is passed, and whether one there or behind it lets hosts
// send: a term that finds nothing does not, and all is no host.
func (c *spfCounter) mark(t *policy.Term, void bool) {
	if c.lookups > spfLimit {
		if c.over == nil {
			c.over = t
		}
		c.lost = c.lost || t.Qualifier == '+' && !t.IsAll() && !void
	}
	if c.void > voidLimit && c.overNil == nil {
		c.overNil = t
	}
}

// look looks at what a term asks for, and tells whether it surely finds nothing.
func (c *spfCounter) look(t *policy.Term, n zonefile.Name) (void bool) {
	switch t.Name {
	case "include", "redirect":
		c.enter(n)
	case "a":
		void = isNothing(c.p.Host(n).Result)
	case "mx":
		void = isNothing(c.p.mxAt(n).Result)
	case "exists":
		void = isNothing(c.p.Lookup(n, zonefile.TypeA).Result)
	}
	if void {
		if c.void++; c.void == voidLimit+1 {
			c.nothing = n
		}
	}
	return void
}

// enter counts the record that an include or a redirect leads to.
func (c *spfCounter) enter(n zonefile.Name) {
	if slices.Contains(c.open, n) {
		c.loop = n
		return
	}
	v, ok := c.p.spfAt(n)
	if !ok {
		c.outside = true
		return
	}
	c.open = append(c.open, n)
	c.count(n, v)
	c.open = c.open[:len(c.open)-1]
}

// report says which limits a record passes.
func (c *spfCounter) report(v txtValue) {
	switch {
	case c.loop != "":
		c.p.On(v.Record, "the SPF record includes itself by way of %s: receivers take nothing of it", quoted(c.loop))
	case c.over != nil:
		d := c.p.AtTerm(v, c.over, "the SPF record needs %s, receivers stop after %d: replace some by ip4 and ip6", c.needs(), spfLimit)
		if !c.lost && d.Severity == Error {
			d.Severity = Warning // all that it names may send; others are not refused
		}
	}
	if c.overNil != nil {
		c.p.AtTerm(v, c.overNil, "the third look-up that finds nothing, %s: receivers stop after %d, take terms away that lead nowhere",
			quoted(c.nothing), voidLimit)
	}
}

// needs is the number of look-ups in words.
func (c *spfCounter) needs() string {
	if c.outside || c.lookups >= spfCounted {
		return "at least " + plural(c.lookups, "look-up")
	}
	return plural(c.lookups, "look-up")
}

// checkExchangesOf looks for mx with more exchanges than receivers ask for.
func (p *Pass) checkExchangesOf(v txtValue) {
	for t := range v.spf.Tested() {
		if t.Name != "mx" || t.Modifier {
			continue
		}
		if n, ok := spfTarget(t, p.Node.Name); ok {
			if hosts := len(p.mxAt(n).Records); hosts > spfLimit {
				p.AtTerm(v, t, "%s has %d exchanges behind it, receivers stop after %d: name them by ip4 and ip6", t.Quoted(), hosts, spfLimit)
			}
		}
	}
}
