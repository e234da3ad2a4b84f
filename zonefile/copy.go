package zonefile

// A record or a name once more: what is copied says under the new owner what it says under the old one. Data that leads to the old
// owner goes on leading there, for who copies a host wants a second one, and not the first renamed.

import (
	"fmt"

	"github.com/miekg/dns"
)

// Copy is the record as a new one of the same owner would be typed: its names are relative to the apex. The TTL is that of its line,
// "" where it inherits one.
func (r Record) Copy() (Draft, error) {
	d := Draft{Owner: r.Owner(), Type: r.Type(), RData: r.RDataText(), Origin: r.Origin(), Comment: r.Comment()}
	if ttl, stated := r.StatedTTL(); stated {
		d.TTL = FormatTTL(ttl)
	}
	if r.IsGeneric() {
		return d, nil
	}
	data, err := d.rdataFor(r.Zone(), r.Zone().Origin(), false)
	d.RData, d.Origin = data, ""
	return d, err
}

// Copied is the records of a name that a copy of it has. Signatures and what else signers write is of one name only (RFC 4034); an
// apex keeps its SOA and its NS for itself, for another name with NS would be a delegation.
func (z *Zone) Copied(n Name) (out []Record) {
	for _, r := range z.Node(n).Records {
		switch r.Type() {
		case TypeRRSIG, TypeNSEC, Type(dns.TypeNSEC3):
			continue
		case TypeSOA, TypeNS:
			if n == z.Origin() {
				continue
			}
		}
		out = append(out, r)
	}
	return out
}

// CopyName gives a new name the records of another one, with the TTLs that they are served with.
func (z *Zone) CopyName(from, to Name) ([]Edit, error) {
	switch {
	case !to.Within(z.Origin()):
		return nil, fmt.Errorf("%s is not in the zone %s", to, z.Origin())
	case len(z.Node(to).Records) > 0:
		return nil, fmt.Errorf("%s is there already, with %s: choose another name", to, Plural(len(z.Node(to).Records), "record", "records"))
	}
	all := z.Copied(from)
	if len(all) == 0 {
		return nil, fmt.Errorf("%s has no record that another name can have", from)
	}
	var steps []func(*Zone) ([]Edit, error)
	for _, r := range all {
		d, err := r.Copy()
		if err != nil {
			return nil, err
		}
		d.Owner, d.TTL = to, ""
		ttl := z.RRsetTTL(r)
		steps = append(steps, func(now *Zone) ([]Edit, error) { return now.addServed(d, ttl) })
	}
	return Chain(z, steps...)
}

// addServed adds a record that is served with a TTL: it is stated where the line would not have it from others.
func (z *Zone) addServed(d Draft, ttl uint32) ([]Edit, error) {
	edits, err := z.Add(d)
	if err != nil {
		return nil, err
	}
	next, err := z.Apply(edits...)
	if err != nil {
		return nil, err
	}
	if set := next.RRset(d.Owner, d.Type); len(set) > 0 && next.RRsetTTL(set[0]) == ttl {
		return edits, nil
	}
	d.TTL = FormatTTL(ttl)
	return z.Add(d)
}
