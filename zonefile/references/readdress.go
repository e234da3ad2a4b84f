package references

// An address becomes another everywhere: in address records, in what HTTPS and SVCB records hint at, in the terms of SPF that
// name it alone, and at the name that it has backwards, where its PTR record is.

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// Readdress lists what changes in the zones where an address becomes another of its family.
func (a Among) Readdress(from, to netip.Addr) (List, error) {
	if err := FreeAddress(from, to); err != nil {
		return List{}, err
	}
	c := readdressing{a.newCollector(), from, to}
	if err := c.gather(c.free); err != nil {
		return List{}, err
	}
	if err := c.freeBackwards(); err != nil {
		return List{}, err
	}
	c.backwards()
	if len(c.Lines)+len(c.Stuck)+len(c.Kept) == 0 {
		return List{}, fmt.Errorf("%s: no record speaks of this address", from)
	}
	c.finish()
	return c.List, nil
}

// FreeAddress is why an address cannot become a certain other, whatever zones say of the two; nil if it can.
func FreeAddress(from, to netip.Addr) error {
	switch {
	case from.Zone() != "" || to.Zone() != "":
		return errors.New("an address of a zone file has no %")
	case from == to:
		return fmt.Errorf("%s: the old address and the new one are the same", to)
	case from.Is4() != to.Is4():
		return fmt.Errorf("%s and %s are of two families: add the new address, and delete the old one when nobody uses it", from, to)
	}
	return nil
}

// gather finds what speaks of the address; a record that does is looked at before it is taken.
func (c *readdressing) gather(fits func(alteration) error) error {
	for _, z := range c.Zones {
		for r := range z.RecordsOf(zonefile.TypeA, zonefile.TypeAAAA, zonefile.TypeTXT, zonefile.TypeSPF, typeSVCB, typeHTTPS) {
			if c.ended() {
				return nil
			}
			a := c.of(r)
			if err := fits(a); err != nil {
				return err
			}
			c.add(a)
		}
	}
	return nil
}

// free is the refusal where the host of an address record has the new address already.
func (c *readdressing) free(a alteration) error {
	if _, is := a.record.Addr(); !is || a.none() {
		return nil
	}
	if twins := c.twins(a.record); len(twins) > 0 {
		return Exists{zonefile.Name(c.to.String()), twins}
	}
	return nil
}

// finish says what was not looked in, and what stays.
func (c *readdressing) finish() {
	c.reverseOf(c.from, "its PTR record may stand there")
	if c.to != c.from {
		c.reverseOf(c.to, "a PTR record for the new address belongs there")
	}
	c.unread()
	c.mentions(soughtAddr{c.from})
}

// readdressing is an address that becomes another.
type readdressing struct {
	*collector
	from, to netip.Addr
}

// twins is the records of a record's RRset that have the new address already.
func (c *readdressing) twins(r zonefile.Record) (out []zonefile.Record) {
	for _, o := range r.Zone().RRset(r.Owner(), r.Type()) {
		if a, ok := o.Addr(); ok && a == c.to {
			out = append(out, o)
		}
	}
	return out
}

// of is what becomes of a record; what holds the address among others is told.
func (c *readdressing) of(r zonefile.Record) alteration {
	a := alteration{record: r}
	switch r.Type() {
	case typeSVCB, typeHTTPS:
		a.words = c.hints(r)
	case zonefile.TypeTXT, zonefile.TypeSPF:
		if text, is := spfText(r); is {
			a.terms = c.terms(r, policy.ParseSPF(text))
		}
	default:
		if is, ok := r.Addr(); ok && is == c.from && r.IsGeneric() {
			a.words = inOctets(r, c.to)
		} else if ok && is == c.from {
			a.words = map[int]string{0: c.to.String()}
		}
	}
	return a
}

// inOctets is the words of an address that is written as octets (RFC 3597 §5: \# length hex) for another one: each word of hex has as
// many digits as it had.
func inOctets(r zonefile.Record, to netip.Addr) map[int]string {
	const hexFrom = 2
	words, digits := map[int]string{}, hex.EncodeToString(to.AsSlice())
	for n, t := range r.RData() {
		if n >= hexFrom {
			k := min(len(t.Raw), len(digits))
			words[n], digits = digits[:k], digits[k:]
		}
	}
	return words
}

// terms is what becomes of the terms of an SPF record. A network that holds the old address stays: others may need it.
func (c *readdressing) terms(r zonefile.Record, spf policy.SPF) []policy.Change {
	changes := spf.Readdress(c.from, c.to)
	for _, t := range spf.Terms {
		switch {
		case !t.Holds(c.from) || t.Network.IsSingleIP():
		case t.Holds(c.to):
			c.keep(r, fmt.Sprintf("%s holds both addresses and stays", t.Text))
		default:
			c.keep(r, fmt.Sprintf("%s holds %s and stays, but does not hold %s: add what lets it send", t.Text, c.from, c.to))
		}
	}
	return changes
}

// hints is the words of a record that hint at the address. What stands in quotes behind the = is a word of its own.
func (c *readdressing) hints(r zonefile.Record) map[int]string {
	words, hinted := map[int]string{}, false
	for n, t := range r.RData() {
		key, value, _ := strings.Cut(t.Raw, "=")
		if hinted && t.Quoted {
			key, value = "", t.Text()
		} else if hinted = strings.EqualFold(key, "ipv4hint") || strings.EqualFold(key, "ipv6hint"); !hinted {
			continue
		}
		list := strings.Split(value, ",")
		for i, text := range list {
			if a, err := netip.ParseAddr(text); err == nil && a == c.from {
				list[i] = c.to.String()
				words[n] = strings.Replace(t.Raw, value, strings.Join(list, ","), 1)
			}
		}
	}
	return words
}

// freeBackwards is the refusal where the new address has records backwards, and the old one too.
func (c *readdressing) freeBackwards() error {
	from, to := zonefile.Backwards(c.from), zonefile.Backwards(c.to)
	if z := c.asked.Deepest(from); z != nil && len(z.Node(from).Records) > 0 {
		if there := z.Node(to).Records; len(there) > 0 {
			return Exists{to, there}
		}
	}
	return nil
}

// backwards moves the PTR records of the old address to the name of the new one.
func (c *readdressing) backwards() {
	from, to := zonefile.Backwards(c.from), zonefile.Backwards(c.to)
	z := c.asked.Deepest(from)
	if z == nil {
		return
	}
	for _, r := range z.Node(from).Records {
		switch {
		case r.Type() == zonefile.TypeCNAME:
			c.stick(r, r.Refuse(fmt.Errorf("the PTR record of %s stands where this alias leads to: change both by hand", c.from)))
		case r.Type() != zonefile.TypePTR:
		case c.asked.Deepest(to) != z:
			c.stick(r, r.Refuse(fmt.Errorf("%s is not in this zone: delete the PTR record here, and add one there", c.to)))
		default:
			text, ok := r.Renamed(r.OwnerText(), from, to)
			if !ok {
				text = to.In(r.Origin())
			}
			c.add(alteration{record: r, owner: text})
		}
	}
}
