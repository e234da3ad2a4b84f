package policy

// The domain-spec of RFC 7208 §7 and §12: a name in which macros may stand. It ends in a macro, or in a dot and a top label
// that is not all digits, so that a host of one label and an address are faults.

import (
	"fmt"
	"net/netip"
	"strings"
)

// domainSpan is where the domain of a term stands in the record.
func (t *Term) domainSpan() Span { return Span{t.valueAt, t.valueAt + len(t.Domain)} }

// DomainIn is where the domain of a term stands in the term.
func (t *Term) DomainIn() Span { return Span{t.valueAt - t.Start, t.valueAt - t.Start + len(t.Domain)} }

// readDomain finds what is wrong with the domain of a term.
func (t *Term) readDomain() {
	if t.Domain == "" {
		t.fault("%s needs a domain behind it", quote(t.head()))
		return
	}
	if !t.readMacros(t.domainSpan(), domainMacro) {
		return
	}
	why := badEnd(t.Domain)
	if why == "" && !strings.Contains(t.Domain, "%") {
		why = badLabels(t.Domain)
	}
	if why != "" {
		t.faultAt(t.domainSpan(), "%s %s", quote(t.Domain), why)
	}
}

// head is the name of the term with the sign behind it.
func (t *Term) head() string {
	if t.Modifier {
		return t.Name + "="
	}
	return t.Name + ":"
}

// The letters of macros (RFC 7208 §7.2): c, r and t may stand only in the text that exp= leads to.
const (
	domainMacro = "slodiphv"
	anyMacro    = domainMacro + "crt"
)

// readMacros finds the first fault of a macro-string (RFC 7208 §7.1): an octet that may not stand there, or a percent sign
// that begins no macro. Of macros some letters are allowed. It tells whether nothing is wrong.
func (t *Term) readMacros(in Span, letters string) bool {
	text := t.Text[in.Start-t.Start : in.End-t.Start]
	for i := 0; i < len(text); i++ {
		c, at := text[i], in.Start+i
		if c < 0x21 || c > 0x7e {
			t.faultAt(Span{at, at + 1}, "the octet %s may not stand in SPF: only visible ASCII characters", octets(text[i:i+1]))
			return false
		}
		if c != '%' {
			continue
		}
		n, why := macroLength(text[i:], letters)
		if why != "" {
			t.faultAt(Span{at, at + n}, "%s %s", quote(text[i:i+n]), why)
			return false
		}
		i += n - 1
	}
	return true
}

// octets is octets in words: zone files write them so.
func octets(text string) string {
	var b strings.Builder
	for i := range len(text) {
		fmt.Fprintf(&b, `\%03d`, text[i])
	}
	return b.String()
}

// macroLength is how long the macro is that s begins with, and what is wrong with it.
func macroLength(s, letters string) (n int, why string) {
	if len(s) < 2 {
		return len(s), "is a lone percent sign: write %%"
	}
	switch s[1] {
	case '%', '_', '-':
		return 2, ""
	case '{':
	default:
		return 2, "is no macro: write %% for a percent sign"
	}
	end := strings.IndexByte(s, '}')
	if end < 0 {
		return len(s), "is a macro without its closing brace"
	}
	return end + 1, badMacro(s[2:end], letters)
}

// badMacro says what is wrong with what stands in the braces of a macro: a letter, digits, r, delimiters (RFC 7208 §7.1).
func badMacro(in, letters string) string {
	if in == "" {
		return "names no macro: a letter of s l o d i p h v is needed"
	}
	switch letter := in[0] | 0x20; {
	case !isAlpha(in[0]) || strings.IndexByte(anyMacro, letter) < 0:
		return "is no macro: SPF knows s l o d i p h v"
	case strings.IndexByte(letters, letter) < 0:
		return "may stand only in the text that exp= leads to" // RFC 7208 §7.2
	}
	digits := 1
	for digits < len(in) && isDigit(in[digits]) {
		digits++
	}
	if digits > 1 && strings.Trim(in[1:digits], "0") == "" {
		return "keeps no label: the number is at least 1" // RFC 7208 §7.3
	}
	rest := in[digits:]
	if rest != "" && rest[0]|0x20 == 'r' {
		rest = rest[1:]
	}
	if strings.Trim(rest, ".-+,/_=") != "" {
		return "is no macro: behind the letter stand digits, r and delimiters . - + , / _ ="
	}
	return ""
}

// badEnd says what is wrong with the end of a domain-spec without faults in its macros; "" if nothing is.
func badEnd(spec string) string {
	if endsInMacro(spec) {
		return ""
	}
	if _, err := netip.ParseAddr(spec); err == nil {
		return "is an address: a domain has to stand there"
	}
	if strings.Contains(spec, "://") {
		return "is the address of a page: write the domain alone"
	}
	body := strings.TrimSuffix(spec, ".")
	i := strings.LastIndexByte(body, '.')
	if i < 0 {
		return "has one label: write the full name"
	}
	if top := body[i+1:]; !topLabel(top) {
		return fmt.Sprintf("does not end in a top-level domain: %s is none", quote(top))
	}
	return ""
}

// endsInMacro tells a spec whose last characters are a macro.
func endsInMacro(spec string) bool {
	ends := false
	for i := 0; i < len(spec); {
		n := 1
		if ends = spec[i] == '%'; ends {
			n, _ = macroLength(spec[i:], anyMacro)
		}
		i += n
	}
	return ends
}

// topLabel tells a top label by RFC 7208 §12: letters, digits and inner hyphens, not all digits.
func topLabel(s string) bool {
	all := true
	for i := range len(s) {
		c := s[i]
		if !isAlpha(c) && !isDigit(c) && (c != '-' || i == 0 || i == len(s)-1) {
			return false
		}
		all = all && isDigit(c)
	}
	return s != "" && !all
}

// badLabels says what keeps a domain without macros from being asked for: receivers treat it as a name that does not exist
// (RFC 7208 §4.3), so it is found here, where it can be mended.
func badLabels(spec string) string {
	name := strings.TrimSuffix(spec, ".")
	if len(name) > 253 {
		return "is longer than a domain name may be (253 octets)"
	}
	for label := range strings.SplitSeq(name, ".") {
		switch {
		case label == "":
			return "has an empty label"
		case len(label) > 63:
			return "has a label of more than 63 octets"
		}
	}
	return ""
}
