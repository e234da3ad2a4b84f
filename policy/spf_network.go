package policy

// Addresses and prefix lengths of SPF: ip4, ip6, and what stands behind a and mx (RFC 7208 §5.3, §5.6, §12).

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

// family is what RFC 7208 says of addresses of one kind.
type family struct {
	name string // of the mechanism
	of   string // in words
	most int    // the longest prefix
}

// The two families.
var (
	familyFour = family{"ip4", "IPv4", 32}
	familySix  = family{"ip6", "IPv6", 128}
)

// readNetwork reads an address with or without a prefix length (RFC 7208 §5.6).
func (t *Term) readNetwork(colon bool) {
	f := familySix
	if t.Name == "ip4" {
		f = familyFour
	}
	text, length, has := strings.Cut(t.Value, "/")
	if !colon || text == "" {
		t.fault("%s needs an %s address behind a colon", t.Name, f.of)
		return
	}
	a, err := netip.ParseAddr(text)
	if err != nil || a.Is4() != (t.Name == "ip4") || a.Zone() != "" {
		t.noAddress(text, f)
		return
	}
	bits := f.most
	if has {
		if bits = prefixLength(length, f.most); bits < 0 {
			t.faultAt(Span{t.valueAt + len(text), t.End}, "%s", badLength("/"+length, f))
			return
		}
	}
	t.Network = netip.PrefixFrom(a, bits)
}

// noAddress says what is wrong where an address of a family should stand.
func (t *Term) noAddress(text string, f family) {
	at := Span{t.valueAt, t.valueAt + len(text)}
	switch term := networkTerm(t.Value); {
	case term != "":
		name, _, _ := strings.Cut(term, ":")
		t.faultAt(at, "%s is no %s address: write %s:", quote(text), f.of, name).Instead = t.signed(term)
	case badEnd(text) == "" && badLabels(text) == "":
		t.faultAt(at, "%s is no %s address: a host takes \"a:\" before it", quote(text), f.of).Instead = t.signed("a:" + t.Value)
	default:
		t.faultAt(at, "%s is no %s address", quote(text), f.of)
	}
}

// networkTerm is the mechanism for an address with or without a prefix length; "" where text is none.
func networkTerm(text string) string {
	address, length, has := strings.Cut(text, "/")
	a, err := netip.ParseAddr(address)
	f := familySix
	if a.Is4() {
		f = familyFour
	}
	if err != nil || a.Zone() != "" || has && prefixLength(length, f.most) < 0 {
		return ""
	}
	return f.name + ":" + text
}

// namesAddress finds an address where a domain should stand: a:192.0.2.1.
func (t *Term) namesAddress() bool {
	text := strings.Replace(t.Value, "//", "/", 1) // lengths of IPv6 have two slashes there
	address, _, _ := strings.Cut(text, "/")
	if address == "" || !isDigit(address[0]) && !strings.Contains(address, ":") { // nearly all
		return false
	}
	if _, err := netip.ParseAddr(address); err != nil || strings.Contains(address, "%") {
		return false
	}
	at := Span{t.valueAt, t.valueAt + len(address)}
	if term := networkTerm(text); term != "" {
		t.faultAt(at, "%s is an address: write %s", quote(address), quote(term)).Instead = t.signed(term)
	} else {
		t.faultAt(at, "%s is an address: write \"ip4:\" or \"ip6:\" before it", quote(address))
	}
	return true
}

// prefixLength reads a number without a leading zero, up to most; -1 if it is none (RFC 7208 §12).
func prefixLength(digits string, most int) int {
	if digits == "" || len(digits) > 3 || digits[0] == '0' && len(digits) > 1 {
		return -1
	}
	for i := range len(digits) {
		if !isDigit(digits[i]) {
			return -1
		}
	}
	if n, _ := strconv.Atoi(digits); n <= most {
		return n
	}
	return -1
}

// badLength says what is wrong with a prefix length.
func badLength(text string, f family) string {
	return fmt.Sprintf("%s is no prefix length of %s: write a number up to %d, without a leading zero", quote(text), f.of, f.most)
}

// readLengths takes the prefix lengths off the end of what stands behind a or mx: /24, //64 or /24//64 (RFC 7208 §5.3). What
// is no number stays in the domain, in which a slash may stand too.
func (t *Term) readLengths() {
	cut := len(t.Domain)
	for cut > 0 && (isDigit(t.Domain[cut-1]) || t.Domain[cut-1] == '/') {
		cut--
	}
	i := strings.IndexByte(t.Domain[cut:], '/')
	if i < 0 {
		return
	}
	cut += i
	lengths := t.Domain[cut:]
	at := Span{t.valueAt + cut, t.End}
	t.Domain = t.Domain[:cut]
	four, six, dual := strings.Cut(lengths, "//")
	if four != "" {
		if t.Four = prefixLength(four[1:], familyFour.most); t.Four < 0 {
			t.badFour(at, four)
		}
	}
	if dual {
		if t.Six = prefixLength(six, familySix.most); t.Six < 0 {
			t.faultAt(at, "%s", badLength("//"+six, familySix))
		}
	}
}

// badFour says what is wrong with the first of two prefix lengths.
func (t *Term) badFour(at Span, text string) {
	four, six, two := strings.Cut(text[1:], "/")
	if two && prefixLength(four, familyFour.most) >= 0 && prefixLength(six, familySix.most) >= 0 {
		right := "/" + four + "//" + six
		t.faultAt(at, "the prefix length of IPv6 takes two slashes: write %s", quote(right)).Instead = strings.TrimSuffix(t.Text, text) + right
		return
	}
	t.faultAt(at, "%s", badLength(text, familyFour))
}
