package ui

// A host that a record leads to and that the zone does not know yet: the form asks for its addresses of both families, and all
// is one change. A name that is probably mistaken is asked for nothing.

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// addressParts is the fields for the addresses of a new host: what is typed into one goes to that of its family.
var addressParts = []struct {
	part  part
	label string
}{{partIPv4, "its A"}, {partIPv6, "its AAAA"}}

// hostPart is the field of the host that the record leads to; 0 is the first of the data, and none has to be one.
func (f *formFields) hostPart() (p part, ok bool) {
	switch f.typ {
	case zonefile.TypeMX:
		return part(zonefile.Exchange), true
	case zonefile.TypeNS:
		return part(zonefile.Target), true
	}
	if f.as.on {
		for i, p := range f.as.kind.Fields() {
			if p.Host {
				return partPolicy - part(i), true
			}
		}
	}
	return 0, false
}

// askAddress adds fields for the addresses of a host in the zone that has none, and takes them away again where they are not
// needed.
func (f *formFields) askAddress() {
	after, ok := f.hostPart()
	if !ok {
		return
	}
	host, needed := f.addressless()
	at := f.index(partIPv4)
	switch {
	case needed && at < 0:
		f.insertAddresses(f.index(after)+1, host)
	case !needed && at >= 0:
		f.fields = slices.Delete(f.fields, at, at+len(addressParts))
		if f.at > at {
			f.at = max(f.at-len(addressParts), at)
		}
	}
}

// insertAddresses puts the fields for addresses at a place.
func (f *formFields) insertAddresses(at int, host zonefile.Name) {
	for i, a := range addressParts {
		d := f.newField(a.part, a.label, "")
		d.check = checkAddresses
		if i == 0 {
			d.note = func(string) string { return "of " + f.written(host) + ": empty adds none" }
		}
		f.fields = slices.Insert(f.fields, at+i, d)
	}
	if f.at >= at {
		f.at += len(addressParts)
	}
}

// addressless is the host that the record leads to, if it is a name of this zone without an address.
func (f *formFields) addressless() (zonefile.Name, bool) {
	p, ok := f.hostPart()
	d := f.field(p)
	if c, all := f.everywhere(); all && c.from.name.Within(f.doc.Zone().Origin()) { // it takes its addresses with it
		return "", false
	}
	if !ok || d == nil || d.err() != nil {
		return "", false
	}
	n, err := zonefile.ParseName(d.value(), f.origin())
	if err != nil || n == zonefile.Root {
		return "", false
	}
	a := f.doc.Zone().Addresses(n)
	missing := a.Result == zonefile.NoName || a.Result == zonefile.NoData
	return n, missing && !f.mistaken() && !a.Aliased()
}

// mistaken tells whether the host is probably no name of this zone: an address, or one that lacks its last dot.
func (f *formFields) mistaken() bool {
	return f.value(partIPv4)+f.value(partIPv6) == "" && f.doubtful
}

// newAddresses is the addresses of the new host, as they were typed: those of IPv4 first.
func (f *formFields) newAddresses() (words [2][]string) {
	for _, a := range addressParts {
		for _, word := range addressWords(f.value(a.part)) {
			i := 0
			if a, err := netip.ParseAddr(word); err == nil && !a.Is4() {
				i = 1
			}
			words[i] = append(words[i], word)
		}
	}
	return words
}

// sortAddresses puts addresses into the field of their family.
func (f *formFields) sortAddresses() {
	v4, v6 := f.field(partIPv4), f.field(partIPv6)
	if v4 == nil || v6 == nil || v4.err() != nil || v6.err() != nil {
		return
	}
	words := f.newAddresses()
	v4.set(strings.Join(words[0], " "))
	v6.set(strings.Join(words[1], " "))
}

// addressDrafts is the address records that come with the record.
func (f *formFields) addressDrafts() (list []zonefile.Draft) {
	host, needed := f.addressless()
	if !needed {
		return nil
	}
	for i, words := range f.newAddresses() {
		for _, word := range words {
			list = append(list, zonefile.Draft{Owner: host, Type: []zonefile.Type{zonefile.TypeA, zonefile.TypeAAAA}[i], RData: word})
		}
	}
	return list
}
