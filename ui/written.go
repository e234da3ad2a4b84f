package ui

// Names as people read them: as the zone writes them, and what names of other alphabets say. What is copied, searched for and
// saved is never these, but what the file has.

import (
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"github.com/mailzone/mailzone/zonefile"
)

// written is a name as the zone writes it: `@`, relative to the zone, with a final dot only outside. Octets of UTF-8, which a
// name has as numbers, are text again.
func (k *kit) written(n zonefile.Name) string { return writes(k.doc.Zone(), k.utf8)(n) }

// writes is how a zone writes names, for what is found out beside the screen.
func writes(z *zonefile.Zone, utf8 bool) func(zonefile.Name) string {
	return writesUnder(z.Origin(), utf8)
}

// writesUnder is how names are written under an origin.
func writesUnder(origin zonefile.Name, utf8 bool) func(zonefile.Name) string {
	return func(n zonefile.Name) string { return notSign(zonefile.Printable(octets(n.In(origin)), utf8)) }
}

// asWritten is a message of a rule with its names as the zone writes them, in place of whole names in quotes. One that the message
// has as the file writes it, too, stays whole: there the two are not the same.
func (k *kit) asWritten(message string) string { return asWritten(k.doc.Zone(), k.utf8, message) }

// asWritten is the same for what is found out beside the screen.
func asWritten(z *zonefile.Zone, utf8 bool, message string) string {
	const plain = "abcdefghijklmnopqrstuvwxyz0123456789-_.*"
	written, show := writes(z, utf8), func(text string) string { return zonefile.Printable(text, utf8) }
	parts := strings.Split(message, `"`)
	if len(parts)%2 == 0 || strings.Contains(message, `\`) {
		return show(message)
	}
	for i := 1; i < len(parts); i += 2 {
		name := parts[i]
		short := written(zonefile.Name(name))
		if len(name) > 1 && strings.HasSuffix(name, ".") && strings.Trim(name, plain) == "" && (short == name || !strings.Contains(message, `"`+short+`"`)) {
			parts[i] = short
		} else {
			parts[i] = `"` + show(name) + `"`
		}
	}
	for i := 0; i < len(parts); i += 2 {
		parts[i] = show(parts[i])
	}
	return strings.Join(parts, "")
}

// octets is a name with its octets beyond ASCII for the numbers that they are written as; only what is UTF-8 becomes text, the
// rest is shown as numbers again.
func octets(name string) string {
	if !strings.Contains(name, `\`) {
		return name
	}
	var b strings.Builder
	for i := 0; i < len(name); i++ {
		if name[i] != '\\' || i+1 == len(name) {
			b.WriteByte(name[i])
			continue
		}
		if n, err := strconv.ParseUint(name[i+1:min(i+4, len(name))], 10, 8); err == nil && n > 127 {
			b.WriteByte(byte(n))
			i += 3
			continue
		}
		b.WriteString(name[i : i+2]) // an octet of ASCII, or a character that is escaped
		i++
	}
	return b.String()
}

// alphabet is what a name with labels of other alphabets says (RFC 5890); "" for one without, or where the terminal has not
// their letters.
func (k *kit) alphabet(n zonefile.Name) string {
	name := n.In(k.doc.Zone().Origin())
	if !k.utf8 || !strings.Contains(name, "xn--") {
		return ""
	}
	text, err := idna.New(idna.StrictDomainName(false)).ToUnicode(name)
	if err != nil || text == name {
		return ""
	}
	return k.show(text)
}
