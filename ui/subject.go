package ui

// What a question about the whole zone is about: the host, the name or the address under the cursor.

import (
	"net/netip"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// subject is a name, or an address.
type subject struct {
	name    zonefile.Name
	address netip.Addr // if it is one
}

// isAddress tells an address.
func (s subject) isAddress() bool { return s.address.IsValid() }

// calls is the subject as the zone writes it.
func (k *kit) calls(s subject) string {
	if s.isAddress() {
		return s.address.String()
	}
	return k.written(s.name)
}

// subjectOf is what a record is about: the address that it has, or the host that it leads to, or its owner.
func subjectOf(r zonefile.Record) subject {
	if a, ok := r.Addr(); ok {
		return subject{address: a}
	}
	if n, ok := r.Target(); ok && n != zonefile.Root {
		return subject{name: n}
	}
	return subject{name: r.Owner()}
}

// fixed is why something cannot change everywhere.
func (k *kit) fixed(of subject) string {
	if why := k.doc.ReadOnly(); why != "" || of.isAddress() {
		return why
	}
	if err := references.Fixed([]*zonefile.Zone{k.doc.Zone()}, of.name); err != nil {
		return k.show(err.Error())
	}
	return ""
}
