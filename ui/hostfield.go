package ui

// Fields for names: what a name means in full, what the zone knows of the host, and which hosts there are. A forgotten
// dot shows beside the field while it is typed.

import (
	"strings"

	"golang.org/x/net/idna"

	"github.com/mailzone/mailzone/zonefile"
)

// takesHost makes a field one for the name of a host.
func (k *kit) takesHost(d *field, origin zonefile.Name) {
	d.check, d.note, d.finish = checkName(origin), k.hostNote(origin), asciiName
	d.hosts = k.candidatesIn(origin)
	d.typedAnew()
}

// hostNote says what a host name means in full and what the zone knows of it: a forgotten dot shows here.
func (k *kit) hostNote(origin zonefile.Name) func(string) string {
	return func(text string) string {
		n, err := zonefile.ParseName(text, origin)
		if err != nil {
			return ""
		}
		if n == zonefile.Root {
			return "no host"
		}
		if _, is := zonefile.AddressInName(n, origin); is && !k.doc.Zone().Exists(n) {
			return "an address, and not the name of a host"
		}
		return "= " + string(n) + "  " + knownOf(k.doc.Zone(), n)
	}
}

// nameNote says what a name means in full.
func nameNote(origin zonefile.Name) func(string) string {
	return func(text string) string {
		n, err := zonefile.ParseName(text, origin)
		if err != nil || string(n) == text {
			return ""
		}
		return "= " + string(n)
	}
}

// asciiName writes a name with letters of other alphabets as DNS has it (IDNA, RFC 5890): xn--mller-kva for müller.
// What is no such name stays.
func asciiName(text string) string {
	if ascii, err := idna.New(idna.MapForLookup(), idna.StrictDomainName(false), idna.Transitional(false)).ToASCII(text); err == nil && !isASCII(text) {
		return ascii
	}
	return text
}

// isASCII tells whether text is ASCII alone.
func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > 127 })
}
