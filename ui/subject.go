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

// readSubject reads an address, or a name as it stands under an origin.
func readSubject(text string, origin zonefile.Name, address bool) (subject, error) {
	if address {
		a, err := netip.ParseAddr(text)
		return subject{address: a}, err
	}
	n, err := zonefile.ParseName(text, origin)
	return subject{name: n}, err
}

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

// free is what stands against a change, as far as it is seen without a look at all lines.
func (k *kit) free(of, to subject) error {
	zones := []*zonefile.Zone{k.doc.Zone()}
	if of.isAddress() {
		return references.FreeAddress(of.address, to.address)
	}
	return references.FreeName(zones, of.name, to.name)
}

// replacement is a name or an address that becomes another everywhere.
type replacement struct {
	from, to subject
	besides  func(*zonefile.Zone, []references.Line) ([]zonefile.Edit, error) // changes the lines, and what a form changes besides; nil: the lines alone
}

// finds finds the lines.
func (a replacement) finds(in references.Among) (references.List, error) {
	if a.from.isAddress() {
		return in.Readdress(a.from.address, a.to.address)
	}
	return in.Rename(a.from.name, a.to.name)
}

// edits is the change of some lines, while somebody waits for it.
func (a replacement) edits(goesOn func() bool, z *zonefile.Zone, lines []references.Line) ([]zonefile.Edit, error) {
	if a.besides != nil && len(lines) > 0 {
		return a.besides(z, lines)
	}
	return references.EditsWhile(goesOn, z, lines)
}
