package policy

// How one term of SPF is read, and what is wrong with it (RFC 7208 §4.6.1, §5, §6).

import "strings"

// mechanisms is what may stand behind each mechanism (RFC 7208 §5).
var mechanisms = map[string]struct {
	domain  bool // a domain
	needed  bool // there has to be one
	lengths bool // prefix lengths
}{
	"all":     {},
	"include": {domain: true, needed: true},
	"a":       {domain: true, lengths: true},
	"mx":      {domain: true, lengths: true},
	"ptr":     {domain: true},
	"ip4":     {},
	"ip6":     {},
	"exists":  {domain: true, needed: true},
}

// readTerm reads one term, which has an octet at least.
func readTerm(text string, at Span) Term {
	t := Term{Span: at, Text: at.Of(text), Qualifier: '+', Four: -1, Six: -1, valueAt: at.End}
	rest := t.Text
	hasSign := strings.IndexByte("+-~?", rest[0]) >= 0
	if hasSign {
		t.Qualifier, rest = rest[0], rest[1:]
	}
	name, colon := rest, false
	if i := separator(rest); i >= 0 {
		name, t.Modifier, colon = rest[:i], rest[i] == '=', rest[i] == ':'
		if rest[i] != '/' {
			i++
		}
		t.Value = rest[i:]
		t.valueAt = at.End - len(t.Value)
	}
	t.Name = lower(name)
	switch {
	case t.hasOtherBlank():
	case (!t.Modifier || hasSign || t.Redirects() || t.explains()) && t.holdsAnother(rest):
	case t.Modifier && hasSign && t.Meant() != "":
		t.fault("an equals sign makes it a modifier: write %s", quote(t.Meant())).Instead = t.Meant()
	case hasSign && (t.Redirects() || t.explains()):
		t.fault("a modifier takes no sign before it: take the %s away", quote(t.Text[:1])).Instead = rest
	case t.Modifier && hasSign: // without it the term would be passed over, and may be the end of the record: -allsite=abc
		t.fault("there is no mechanism with an equals sign in it, and a modifier takes no sign before it")
	case t.Modifier:
		t.readModifier()
	default:
		t.readMechanism(rest, colon)
	}
	return t
}

// separator is the place of the first octet that ends a name; -1 if there is none.
func separator(s string) int {
	for i := range len(s) {
		if c := s[i]; c == ':' || c == '=' || c == '/' {
			return i
		}
	}
	return -1
}

// otherBlanks is what looks like a blank and is none: terms are separated by the octet 32 alone (RFC 7208 §12).
var otherBlanks = []string{"\t", "\r", "\n", "\u00a0", "\u200b", "\ufeff"}

// hasOtherBlank finds what looks like a blank in the term.
func (t *Term) hasOtherBlank() bool {
	if isVisible(t.Text) { // nearly all
		return false
	}
	for _, b := range otherBlanks {
		i := strings.Index(t.Text, b)
		if i < 0 {
			continue
		}
		words := t.Text
		for _, b := range otherBlanks {
			words = strings.ReplaceAll(words, b, " ")
		}
		at := Span{t.Start + i, t.Start + i + len(b)}
		t.faultAt(at, "%s is no blank to SPF: terms are separated by blanks alone", octets(b)).Instead = strings.Join(strings.Fields(words), " ")
		return true
	}
	return false
}

// isVisible tells text of visible ASCII characters alone.
func isVisible(s string) bool {
	for i := range len(s) {
		if s[i] < 0x21 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// readModifier reads what stands behind a name and an equals sign (RFC 7208 §6).
func (t *Term) readModifier() {
	if t.Redirects() || t.explains() {
		t.Domain = t.Value
		t.readDomain()
		return
	}
	if !modifierName(t.Name) {
		t.fault("%s is no name of a modifier: letters, digits, '-', '_' and '.', a letter first", quote(t.Name))
		return
	}
	t.readMacros(Span{t.valueAt, t.End}, anyMacro) // the grammar lets all letters stand there (RFC 7208 §7.1)
}

// modifierName tells a name by RFC 7208 §12.
func modifierName(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isAlpha(c) && (i == 0 || !isDigit(c) && c != '-' && c != '_' && c != '.') {
			return false
		}
	}
	return s != ""
}

// readMechanism reads what stands behind a mechanism (RFC 7208 §5). Rest is the term without its sign.
func (t *Term) readMechanism(rest string, colon bool) {
	m, known := mechanisms[t.Name]
	switch {
	case !known:
		t.unknownMechanism(rest)
	case t.Name == "all":
		if colon || t.Value != "" {
			t.fault(`all takes nothing behind it: write "all"`).Instead = t.signed("all")
		}
	case t.Name == "ip4" || t.Name == "ip6":
		t.readNetwork(colon)
	default:
		t.Domain = t.Value
		if colon && t.namesAddress() {
			return
		}
		if m.lengths {
			t.readLengths()
		}
		switch {
		case !colon && t.Domain != "":
			t.noColon(m.lengths)
		case colon || m.needed:
			t.readDomain()
		}
	}
}

// noColon says what is wrong where something that begins with a slash stands behind a name.
func (t *Term) noColon(lengths bool) {
	behind := strings.TrimLeft(t.Domain, "/")
	switch {
	case lengths:
		t.faultAt(t.domainSpan(), "%s is no prefix length: write /24, //64 or /24//64, and a domain behind a colon", quote(t.Domain))
	case strings.Trim(behind, "0123456789/") == "":
		t.faultAt(t.domainSpan(), "%s takes no prefix length: take %s away", t.Name, quote(t.Domain))
	default:
		t.faultAt(t.domainSpan(), "%s takes a domain behind a colon: write %s", t.Name, quote(t.Name+":"+behind)).Instead = t.signed(t.Name + ":" + behind)
	}
}

// unknownMechanism says what is wrong with a term whose name no mechanism has. Rest is the term without its sign.
func (t *Term) unknownMechanism(rest string) {
	network := networkTerm(rest)
	switch {
	case t.Name == "redirect" || t.Name == "exp":
		t.fault("write %s with an equals sign", quote(t.Name+"=")).Instead = t.Name + "=" + t.Value
	case t.Name == "ip" || t.Name == "ipv4" || t.Name == "ipv6":
		f := t.fault("there is no mechanism %s: write ip4 or ip6", quote(t.Name))
		if network = networkTerm(t.Value); network != "" {
			f.Instead = t.signed(network)
		}
	case network != "":
		t.fault("an address needs \"ip4:\" or \"ip6:\" before it").Instead = t.signed(network)
	case rest == "":
		t.fault("a sign stands alone: write it before a mechanism, without a blank between them")
	case strings.Contains(rest, "."):
		t.fault("there is no mechanism %s: a host takes \"a:\" before it, a domain whose SPF record counts \"include:\"", quote(t.Name))
	default:
		t.fault("there is no mechanism %s: SPF knows all, include, a, mx, ptr, ip4, ip6 and exists", quote(t.Name))
	}
}

// holdsAnother finds a second term that stands in this one without a blank before it, for strings of a TXT record are joined
// without one (RFC 7208 §3.3). The grammar takes some of them for a part of a domain; no host has such a name. Rest is the
// term without its sign.
func (t *Term) holdsAnother(rest string) bool {
	if t.isAlone(rest) { // nearly all
		return false
	}
	small := lower(rest)
	for _, start := range []string{"include:", "exists:", "ip4:", "ip6:", "redirect=", spfVersion} {
		i := strings.LastIndex(small, start)
		switch {
		case i <= 0:
		case t.Redirects() && t.Value == rest[i:]:
			t.fault("redirect= takes a domain and nothing before it").Instead = "redirect=" + rest[i+len(start):]
			return true
		case t.Value == rest[i:]:
			t.fault("%s is a term of its own: write %s", quote(rest[i:i+len(start)]), quote(rest[i:])).Instead = t.signed(rest[i:])
			return true
		default:
			t.missesBlank(len(t.Text)-len(rest)+i, start)
			return true
		}
	}
	for _, end := range []string{"+all", "-all", "~all", "?all"} { // no top-level domain ends so
		if len(small) > len(end) && strings.HasSuffix(small, end) {
			t.missesBlank(len(t.Text)-len(end), end)
			return true
		}
	}
	return false
}

// isAlone tells a term that surely has no other in it: one colon or equals sign stands in it at the most, behind a name that
// is known, and it does not end as all does.
func (t *Term) isAlone(rest string) bool {
	if n := len(rest); n > 4 && rest[n-1]|0x20 == 'l' && rest[n-2]|0x20 == 'l' && rest[n-3]|0x20 == 'a' {
		return false
	}
	i := nextSign(rest)
	if i < 0 {
		return true
	}
	_, known := mechanisms[t.Name]
	return known && i == len(t.Name) && nextSign(rest[i+1:]) < 0
}

// nextSign is the place of the first colon or equals sign; -1 if there is none.
func nextSign(s string) int {
	for i := range len(s) {
		if s[i] == ':' || s[i] == '=' {
			return i
		}
	}
	return -1
}

// missesBlank says that a term begins at an octet of this one.
func (t *Term) missesBlank(at int, start string) {
	cut := at
	if c := t.Text[at-1]; at > 1 && (c == '+' || c == '-' || c == '~' || c == '?') && isAlpha(t.Text[at]) {
		cut--
	}
	t.fault("a blank is missing before %s", quote(start)).Instead = t.Text[:cut] + " " + t.Text[cut:]
}

// Meant is what somebody had in mind who wrote a modifier with the name of a mechanism; "" of others, and where that would be
// none either.
func (t Term) Meant() string {
	m, known := mechanisms[t.Name]
	if !t.Modifier || !known {
		return ""
	}
	term := t.signed(t.Name)
	if t.Name != "all" && (t.Value != "" || !m.domain) {
		term += ":" + t.Value
	}
	if len(readTerm(term, Span{0, len(term)}).Faults) > 0 {
		return ""
	}
	return term
}
