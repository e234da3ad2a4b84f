package lint

// SPF as RFC 7208 has it, read with places: which hosts may send mail for a domain.

import (
	"net/netip"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// isSPF tells a version 1 record: the version, then a blank or nothing (RFC 7208 §4.5).
func isSPF(text string) bool {
	if len(text) < 6 || !strings.EqualFold(text[:6], "v=spf1") {
		return false
	}
	return len(text) == 6 || text[6] == ' '
}

// spfTerm is a mechanism or a modifier.
type spfTerm struct {
	qualifier  byte   // + - ~ ?
	name       string // lower case
	value      string // behind the : or =, prefix lengths included
	modifier   bool   // name=value
	text       string // lower case, without the qualifier
	start, end int    // in the text
	fault      string // what is wrong with it; "" if nothing is
	glued      string // the start of a second term that stands in it without a blank; "" if there is none
}

// spfTerms reads the terms of a record.
func spfTerms(text string) []spfTerm {
	list := make([]spfTerm, 0, strings.Count(text, " "))
	for i := 6; i < len(text); {
		if text[i] == ' ' {
			i++
			continue
		}
		end := i
		for end < len(text) && text[end] != ' ' {
			end++
		}
		t := readTerm(text[i:end], i)
		t.glued = t.second()
		t.fault = t.whatIsWrong()
		list = append(list, t)
		i = end
	}
	return list
}

// readTerm splits one term.
func readTerm(text string, at int) spfTerm {
	t := spfTerm{qualifier: '+', start: at, end: at + len(text)}
	if text != "" && strings.IndexByte("+-~?", text[0]) >= 0 {
		t.qualifier, text = text[0], text[1:]
	}
	t.text = strings.ToLower(text)
	i := strings.IndexAny(text, ":=/")
	if i < 0 {
		t.name = strings.ToLower(text)
		return t
	}
	t.name, t.modifier = strings.ToLower(text[:i]), text[i] == '='
	t.value = text[i:]
	if text[i] != '/' {
		t.value = text[i+1:]
	}
	return t
}

// looksUp tells terms that cost one of the ten look-ups (RFC 7208 §4.6.4).
func (t spfTerm) looksUp() bool {
	switch t.name {
	case "include", "a", "mx", "ptr", "exists", "redirect":
		return t.modifier == (t.name == "redirect")
	}
	return false
}

// sendsNothing tells a record that lets nobody send: no term of it passes, up to the one that ends it.
func sendsNothing(text string) bool {
	for _, t := range spfTerms(text) {
		switch {
		case t.name == "all":
			return t.qualifier != '+'
		case t.name == "redirect", !t.modifier && t.qualifier == '+':
			return false
		}
	}
	return true
}

// whatIsWrong says what is wrong with a term; "" if nothing is.
func (t spfTerm) whatIsWrong() string {
	if t.glued != "" {
		return "a blank is missing before " + quoteText(t.glued)
	}
	switch t.name {
	case "all", "ptr", "a", "mx", "include", "exists", "ip4", "ip6":
		if t.modifier {
			return "a mechanism takes a colon: write " + quoteText(t.name+":"+t.value)
		}
	case "redirect", "exp":
		if !t.modifier {
			return "write " + quoteText(t.name+"=") + " with an equals sign"
		}
		return ""
	default:
		return t.unknown()
	}
	return t.badValue()
}

// unknown says what is wrong with a term of no known name. Unknown modifiers are ignored (RFC 7208 §6).
func (t spfTerm) unknown() string {
	switch {
	case t.modifier && t.name != "":
		return ""
	case t.name == "ip" || t.name == "ipv4" || t.name == "ipv6":
		return "there is no mechanism " + quoteText(t.name) + ": write ip4 or ip6"
	}
	if _, err := netip.ParseAddr(t.name); err == nil {
		return "an address needs ip4: or ip6: before it"
	}
	return "there is no mechanism " + quoteText(t.name) + ": SPF knows all, include, a, mx, ptr, ip4, ip6 and exists"
}

// second is the start of a second term that stands in the first one without a blank; "" if there is none.
// No name of a host ends in -all, so that is always a term of its own.
func (t spfTerm) second() string {
	for _, start := range []string{"include:", "exists:", "ip4:", "ip6:", "redirect="} {
		if strings.LastIndex(t.text, start) > 0 {
			return start
		}
	}
	for _, end := range []string{"+all", "-all", "~all", "?all"} {
		if len(t.text) > len(end) && strings.HasSuffix(t.text, end) {
			return end
		}
	}
	return ""
}

// badValue says what is wrong with what stands behind a mechanism.
func (t spfTerm) badValue() string {
	switch t.name {
	case "all":
		if t.value != "" {
			return "all takes nothing behind it"
		}
	case "include", "exists":
		if t.value == "" || strings.HasPrefix(t.value, "/") {
			return t.name + " needs a domain behind a colon"
		}
	case "ip4":
		return badNetwork(t.value, true)
	case "ip6":
		return badNetwork(t.value, false)
	case "a", "mx":
		return badLengths(t.value)
	}
	return ""
}

// badNetwork says what is wrong with an address or network.
func badNetwork(value string, four bool) string {
	address, length, has := strings.Cut(value, "/")
	a, err := netip.ParseAddr(address)
	family, most := "IPv6", 128
	if four {
		family, most = "IPv4", 32
	}
	if err != nil || a.Is4() != four || a.Zone() != "" {
		return quoteText(address) + " is no " + family + " address"
	}
	if n, err := strconv.Atoi(length); has && (err != nil || n < 0 || n > most) {
		return quoteText("/"+length) + " is no prefix length of " + family + ": write a number up to " + strconv.Itoa(most)
	}
	return ""
}

// badLengths says what is wrong with the prefix lengths behind a or mx: /24, //64 or /24//64.
func badLengths(value string) string {
	_, lengths, has := strings.Cut(value, "/")
	if !has {
		return ""
	}
	four, six, dual := strings.Cut(lengths, "/")
	if dual {
		six = strings.TrimPrefix(six, "/")
	}
	if n, err := strconv.Atoi(four); four != "" && (err != nil || n < 0 || n > 32) {
		return quoteText("/"+four) + " is no prefix length of IPv4"
	}
	if n, err := strconv.Atoi(six); dual && (err != nil || n < 0 || n > 128) {
		return quoteText("//"+six) + " is no prefix length of IPv6"
	}
	return ""
}

// domain is the name behind a mechanism, or the domain itself where there is none; ok is false for macros.
func (t spfTerm) domain(self zonefile.Name) (zonefile.Name, bool) {
	name, _, _ := strings.Cut(t.value, "/")
	if name == "" {
		return self, true
	}
	if strings.Contains(name, "%") {
		return "", false
	}
	n, err := zonefile.ParseName(strings.TrimSuffix(name, ".")+".", "")
	return n, err == nil
}

// spfLimit is how many look-ups a receiver makes for one check (RFC 7208 §4.6.4).
const spfLimit = 10

// spfCounted is how many look-ups are counted: records that include each other twice would make any number.
const spfCounted = 10 * spfLimit
