package pasted

// What a name without a final dot means. A zone file reads it below the origin; programs and panels print whole names without a dot;
// people copy both. Where the text does not decide it, both are told, the likelier first.

import (
	"strings"

	"golang.org/x/net/idna"

	"github.com/mailzone/mailzone/zonefile"
)

// meaning is what a name may mean.
type meaning struct {
	whole, file zonefile.Name
	two         bool // it is not certain which
	err         error
}

// one is a name that can be read in one way.
func one(text string, origin zonefile.Name) meaning {
	n, err := zonefile.ParseName(text, origin)
	return meaning{whole: n, file: n, err: err}
}

// namer reads names for a zone.
type namer struct {
	z      *zonefile.Zone
	owners map[zonefile.Name]bool // of the text, as far as there are no two ways
}

// exists tells a name that the zone has, or will have.
func (r *namer) exists(n zonefile.Name) bool { return r.owners[n] || r.z.Exists(n) }

// read reads a name below an origin.
func (r *namer) read(text string, s style, origin zonefile.Name) meaning {
	bare := strings.TrimSuffix(text, ".")
	switch {
	case s == asWhole:
		return one(text, zonefile.Root)
	case bare != text || text == "@" || !strings.Contains(text, ".") || strings.Contains(text, `\`):
		return one(text, origin)
	}
	file, whole := one(text, origin), one(text, zonefile.Root)
	inZone := whole.whole.Within(r.z.Origin()) && r.z.Origin() != zonefile.Root
	switch {
	case whole.err != nil:
		return whole
	case file.err != nil: // too long below the origin
		return whole
	case s == asPanel && inZone:
		return whole
	case r.exists(file.whole), whole.whole == file.whole:
		return file
	case inZone || delegable(whole.whole):
		return meaning{whole: whole.whole, file: file.whole, two: true}
	}
	return file
}

// delegable tells a name that may be one of the Internet's: the label that would be registered is that of a host (_dmarc.news is none).
func delegable(n zonefile.Name) bool {
	if !zonefile.Registrable(n) {
		return false
	}
	for zonefile.Registrable(n.Parent()) {
		n = n.Parent()
	}
	return !strings.Contains(n.Label(), "_")
}

// foreign tells an owner that is outside the zone as a whole name, and a name of the zone as a zone file reads it.
func (r *namer) foreign(m meaning) bool {
	return m.two && !m.whole.Within(r.z.Origin()) && m.file.Within(r.z.Origin())
}

// NotASCII is why a name cannot be what somebody wants; "" if it can. A name of DNS is ASCII, others have a form that is (RFC 5890).
func NotASCII(text string) string {
	for _, c := range text {
		if c < 0x80 {
			continue
		}
		if ascii, err := idna.Lookup.ToASCII(strings.TrimSuffix(text, ".")); err == nil {
			return text + " is not ASCII: DNS has it as " + ascii
		}
		return text + " is not ASCII: write the name in its form for DNS, xn--..."
	}
	return ""
}

// target is read for a name in data: in a panel such a name is whole where it can be.
func (r *namer) target(text string, s style, origin zonefile.Name) meaning {
	m := r.read(text, s, origin)
	if s == asPanel && m.two {
		m.two, m.file = false, m.whole
	}
	return m
}
