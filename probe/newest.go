package probe

// What name servers are compared with where there is no file: the newest version that one of them serves. It depends on the answers alone.

import (
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Newest is the newest version of a zone that name servers serve, as the first of them has it that does; ok is false where none serves any.
func Newest(zone zonefile.Name, all []Served) (by Standard, ok bool) {
	var newest uint32
	for _, s := range all {
		serial, _, has := serialOf(zone, s.SOA)
		if s.SOA.Err != nil || !s.SOA.Authoritative || !has || ok && !zonefile.SerialLess(newest, serial) {
			continue
		}
		newest, ok = serial, true
		by = Standard{Zone: s.zone(zone), Server: s.Host}
	}
	return by, ok
}

// zone is all that an address of a name server served of a zone.
func (s Served) zone(origin zonefile.Name) *zonefile.Zone {
	answers := []Answer{s.SOA.Answer}
	for _, a := range s.Sets {
		answers = append(answers, a.Answer)
	}
	return ZoneOf(origin, answers)
}

// ZoneOf is a zone that has the records of answers, as far as they are in it, each once, in an order that does not depend on that in which
// servers give them.
func ZoneOf(origin zonefile.Name, answers []Answer) *zonefile.Zone {
	var text []string
	for _, a := range answers {
		for _, line := range a.Records {
			owner, _, _ := strings.Cut(line, "\t")
			if n, err := zonefile.ParseName(owner, zonefile.Root); err == nil && n.Within(origin) {
				text = append(text, line+"\n")
			}
		}
	}
	slices.Sort(text)
	return zonefile.Parse("DNS", []byte(strings.Join(slices.Compact(text), "")), zonefile.Options{Origin: origin})
}
