package ui

// Reverse zones: their names are addresses read backwards, and are shown as the addresses that they are. What is delegated within
// a network (RFC 2317) has names that are none, which stay as they are written. Nothing is delivered to any of them.

import (
	"net/netip"
	"strings"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// reverse tells whether the zone is one of addresses read backwards that has no MX: nobody writes to its names.
func (k *kit) reverse() bool {
	return k.doc.Zone().Origin().IsBackwards() && preview.NoMail(k.doc.Zone()) != ""
}

// called is a name as the list of names has it: in a reverse zone the address, or the network, else as the zone writes it.
func (k *kit) called(n zonefile.Name) string {
	if p, ok := k.addressOf(n); ok {
		return p
	}
	return k.written(n)
}

// addressOf is the address that a name of a reverse zone is for, or the network; false of other names, and of the zone itself.
func (k *kit) addressOf(n zonefile.Name) (string, bool) { return addressIn(k.doc.Zone().Origin(), n) }

// addressIn is the same in a zone of an origin.
func addressIn(origin, n zonefile.Name) (string, bool) {
	if !origin.IsBackwards() || n == origin {
		return "", false
	}
	return backwardsText(n)
}

// backwardsText is the address that a name of a reverse zone is for, or the network; false of names that are for none.
func backwardsText(n zonefile.Name) (string, bool) {
	p, ok := n.Network()
	if p.IsSingleIP() {
		return p.Addr().String(), ok
	}
	return p.String(), ok
}

// owning is the owner of what is typed: in a reverse zone an address stands for the name that it has there.
func owning(origin zonefile.Name) func(string) string {
	return func(text string) string {
		a, err := netip.ParseAddr(strings.TrimSpace(text))
		if n := zonefile.Backwards(a.WithZone("")); err == nil && origin != n && n.Within(origin) && origin.IsBackwards() {
			return n.In(origin)
		}
		return asciiName(text)
	}
}

// listedLength is the length of a name as the list of names has it.
func listedLength(origin, n zonefile.Name) int {
	if address, ok := addressIn(origin, n); ok {
		return len(address)
	}
	return len(n) - len(origin) - 1
}

// nothingDelivered is what stands in the place of a route where no name of a zone takes mail; nil where some may.
func (k *kit) nothingDelivered(width int) []string {
	why := preview.NoMail(k.doc.Zone())
	if why == "" {
		return nil
	}
	return draw.Wrap("nothing to deliver. This is "+why, max(width, 20))
}
