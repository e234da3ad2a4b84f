package ui

// A file without records has nothing that a new one could stand beside: the zone is started first.

import (
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// adding is the dialog for a new record: a form, or in an empty zone the question that starts it.
func (k *kit) adding(owner zonefile.Name, t zonefile.Type) dialog {
	for range k.doc.Zone().Records() {
		return newAddForm(k, owner, t)
	}
	return newStart(k)
}

// newStart asks for the name server that a zone begins with.
func newStart(k *kit) *entry {
	origin := k.doc.Zone().Origin()
	d := &entry{kit: k, heading: "The file has no record: start the zone " + k.show(string(origin))}
	d.details = []string{"A zone begins with its SOA and a name server. Type the server's name, and its address if it is in this zone."}
	d.field = k.newField(partData, "name server", "ns1")
	serial := firstSerial(k.doc.Now())
	d.field.check = func(text string) error { _, err := startText(origin, text, serial); return err }
	d.accept = func(text string) []action {
		return []action{pop{}, change{title: "start the zone",
			edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) { return startZone(z, text, serial) }}}
	}
	return d
}

// firstSerial is the serial that a zone begins with: today's, before its first change. The save raises it, as it does any,
// so that what is served first is YYYYMMDD01 (RFC 1912 §2.2).
func firstSerial(now time.Time) string { return now.UTC().Format("20060102") + "00" }

// startZone writes the first records behind all that the file holds.
func startZone(z *zonefile.Zone, server, serial string) ([]zonefile.Edit, error) {
	text, err := startText(z.Origin(), server, serial)
	if err != nil {
		return nil, err
	}
	f := z.Root()
	if src := f.Bytes(); len(src) > 0 && src[len(src)-1] != '\n' {
		text = "\n" + text
	}
	end := uint32(f.Size())
	edits := []zonefile.Edit{{File: f, Span: zonefile.Span{Start: end, End: end}, New: text}}
	next, err := z.Apply(edits...)
	if err != nil {
		return nil, err
	}
	if _, ok := next.SOA(); !ok {
		return nil, errors.New("what is in the file already swallows new lines, as an open parenthesis does: correct it first (E)")
	}
	return edits, nil
}

// startText is the first records of a zone: the SOA with the usual times (RFC 1912 §2.2), the name server, and its
// address. Names are absolute: an $ORIGIN may be in force at the end of the file.
func startText(origin zonefile.Name, server, serial string) (string, error) {
	words := addressWords(server)
	if len(words) == 0 || len(words) > 2 {
		return "", errors.New("a name, and an address behind it")
	}
	host, err := zonefile.ParseName(words[0], origin)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "$TTL 1d\n%[1]s\tIN\tSOA\t%[2]s %[3]s (\n\t\t\t\t%[4]s\t; serial\n\t\t\t\t8h\t; refresh\n\t\t\t\t2h\t; retry\n\t\t\t\t4w\t; expire\n\t\t\t\t1h )\t; negative answers\n\t\tIN\tNS\t%[2]s\n",
		origin, host, "hostmaster."+strings.TrimPrefix(string(origin), "."), serial)
	inside := host == origin || strings.HasSuffix(string(host), "."+strings.TrimPrefix(string(origin), "."))
	switch {
	case len(words) == 2:
		a, err := netip.ParseAddr(words[1])
		if err != nil || a.Zone() != "" {
			return "", errors.New("the address is none: write it as 192.0.2.1 or 2001:db8::1")
		}
		t := zonefile.TypeA
		if a.Is6() {
			t = zonefile.TypeAAAA
		}
		fmt.Fprintf(&b, "%s\tIN\t%s\t%s\n", host, t, a)
	case inside:
		return "", errors.New("the server is in this zone: type its address behind the name")
	}
	return b.String(), nil
}
