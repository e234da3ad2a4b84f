package lint

// Names that were meant to be absolute and lack their final dot, so that the origin stands behind them (RFC 1035 §5.1):
// what comes out exists nowhere, and what is written ends as absolute names do.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// dotless is a name that lacks its final dot.
type dotless struct {
	text     string
	meant    zonefile.Name
	becomes  zonefile.Name
	doubled  bool          // it ends in the zone's name, which so stands in it twice
	answered zonefile.Name // the wildcard or DNAME that answers for what it becomes; "" if nothing does
	alias    bool          // with an alias, which no exchange and no name server may be
}

// result says what has become of the name.
func (d dotless) result() string {
	switch {
	case d.answered.IsWildcard():
		return quoted(d.becomes) + ", which is a wildcard's"
	case d.answered != "":
		return quoted(d.becomes) + ", which a DNAME answers"
	}
	return quoted(d.becomes) + ", which does not exist"
}

// isRelative tells a name that the origin is appended to.
func isRelative(text string) bool {
	return text != "@" && (!strings.HasSuffix(text, ".") || strings.HasSuffix(text, `\.`))
}

// told tells whether the missing dot is told: somebody may want what a wildcard answers, but not with the zone's name
// twice.
func (d dotless) told() bool { return d.answered == "" || d.doubled }

// lacksDot tells whether a name below an origin is meant to be absolute: it is written relative, has dots, becomes one
// that does not exist, and ends in the name of its own zone or in one under which domains are registered.
func (p *Pass) lacksDot(text string, origin zonefile.Name) (d dotless, lacks bool) {
	if !isRelative(text) || !strings.Contains(text, ".") || !p.endsAsAbsolute(text) {
		return d, false
	}
	meant, err := zonefile.ParseName(text+".", "")
	name, err2 := zonefile.ParseName(text, origin)
	if err != nil || err2 != nil || p.Exists(name) || !p.looksAbsolute(meant, origin) {
		return d, false
	}
	return p.dotless(text, meant, name)
}

// mailboxLacksDot is lacksDot of a mailbox, of which the first label is no part of a host's name (RFC 1035 §8).
func (p *Pass) mailboxLacksDot(text string, origin zonefile.Name) (d dotless, lacks bool) {
	if !isRelative(text) || !strings.Contains(text, ".") || !p.endsAsAbsolute(text) {
		return d, false
	}
	meant, err := zonefile.ParseName(text+".", "")
	name, err2 := zonefile.ParseName(text, origin)
	if err != nil || err2 != nil || p.Exists(name.Parent()) || !p.looksAbsolute(meant.Parent(), origin) {
		return d, false
	}
	return p.dotless(text, meant, name)
}

// endsAsAbsolute tells a text that may be an absolute name without its dot, for those who read many: what ends neither
// as names of the zone nor in a name under which domains are registered is none.
func (p *Pass) endsAsAbsolute(text string) bool {
	if strings.ContainsAny(text, `\"`) {
		return true
	}
	end := text[strings.LastIndexByte(text[:strings.LastIndexByte(text, '.')], '.')+1:] // two labels
	last := end[strings.LastIndexByte(end, '.')+1:]
	return strings.EqualFold(last, bare(top(p.Zone.Origin()))) || underRegistry(strings.ToLower(end))
}

// dotless looks at what has become of a name, and gives it if nobody else knows more.
func (p *Pass) dotless(text string, meant, name zonefile.Name) (d dotless, lacks bool) {
	if meant == name || p.run.in.Deepest(name) == nil || p.run.mightHold(name) {
		return d, false
	}
	a := p.Lookup(name, zonefile.TypeA)
	d = dotless{text: text, meant: meant, becomes: name, doubled: p.inZone(meant), alias: a.Aliased()}
	switch {
	case a.Wildcard != "":
		d.answered = a.Wildcard
	case a.Aliased():
		d.answered = a.Via[0].Owner()
	}
	return d, a.Result != zonefile.Delegated
}

// looksAbsolute tells a name that ends as absolute ones do. What ends in a name that exists below the origin, as the
// host of a department "it", need not be one.
func (p *Pass) looksAbsolute(meant, origin zonefile.Name) bool {
	return p.inZone(meant) || zonefile.Registrable(meant) && !p.Exists(top(meant)+origin)
}

// inZone tells whether a name is in the zone that is visited; of the root's all are.
func (p *Pass) inZone(n zonefile.Name) bool {
	apex := p.Zone.Origin()
	return n.Within(apex) && apex != zonefile.Root
}

// leadsOn tells whether a name surely is better than one that leads nowhere. A host has to have an address.
func (p *Pass) leadsOn(meant zonefile.Name, toHost bool) bool {
	h := p.Host(meant)
	return !h.missing() || !toHost && !h.Aliased()
}

// nameFields is which fields of a type's data are names.
func (p *Pass) nameFields(t zonefile.Type) []int {
	fields, known := p.hosts.fields[t]
	if !known {
		fields = t.NameFields()
		p.hosts.fields[t] = fields
	}
	return fields
}

// hasDotless tells whether target-missing-dot speaks of a host, name n of a record's data.
func (p *Pass) hasDotless(r zonefile.Record, n int) bool {
	if !r.IsRelative(n) { // nearly all
		return false
	}
	d, lacks := p.lacksDot(r.Word(n), r.Origin())
	return lacks && d.told()
}

// lacksDotOf tells whether an exchange is meant to be absolute.
func (p *Pass) lacksDotOf(x *exchange) (d dotless, lacks bool) {
	if x.found.plain() || x.address.IsValid() {
		return d, false
	}
	d, lacks = p.lacksDot(x.token.Text(), x.Origin())
	return d, lacks && notHostname(d.meant) == "" // with its dot it would be no host either: mx-target-not-hostname
}

// hasOneLabel tells an exchange that is a top-level name and in no zone here. What DNS says counts: a few are hosts.
func (p *Pass) hasOneLabel(x *exchange) bool {
	return x.host.Parent() == zonefile.Root && x.host != "localhost." && !x.address.IsValid() &&
		p.run.in.Deepest(x.host) == nil && x.found.Result != zonefile.Found && notHostname(x.host) == "" && !numericTop(x.host)
}

// misspelt tells an exchange that lacks its final dot or has one too many: what it leads to is not what is meant, and
// nothing else is said of that.
func (p *Pass) misspelt(x *exchange) bool {
	_, lacks := p.lacksDotOf(x)
	return lacks || p.hasOneLabel(x)
}

// ownerLacksDot tells a record whose own first column ends in the zone's name, without the dot that it means.
func ownerLacksDot(r zonefile.Record, apex zonefile.Name) bool {
	text := r.OwnerText()
	other := r.Origin() != apex && notHostname(r.Origin()) != "" // names of others may stand below _report._dmarc
	return text != "" && isRelative(text) && endsInName(text, apex) && !other
}

// ownerTold tells whether owner-repeats-origin speaks of a record of the visited name: what is at the name follows from that.
func (p *Pass) ownerTold(r zonefile.Record) bool {
	apex := p.Zone.Origin()
	return p.look().runs("owner-repeats-origin") && mayHoldTwice(p.Node.Name, apex) && apex.Labels() > 1 && ownerLacksDot(r, apex)
}

// mayHoldTwice tells whether a zone's name may stand in a name twice: at the end of what was written, and of the zone. Its
// no is sure.
func mayHoldTwice(n, apex zonefile.Name) bool {
	rest, inside := strings.CutSuffix(string(n), string(apex))
	return inside && strings.Contains(rest, string(apex))
}

// endsInName tells whether relative text ends in the labels of a name.
func endsInName(text string, n zonefile.Name) bool {
	meant, err := zonefile.ParseName(strings.Trim(text, `"`)+".", "")
	return err == nil && meant.Within(n)
}
