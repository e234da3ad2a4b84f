package policy

// Where reports go: the addresses in rua= and ruf= of DMARC (RFC 9989 §4.7) and of TLS reports (RFC 8460 §3). They are
// URIs, separated by commas; what is wrong with one does not touch the others.

import (
	"fmt"
	"iter"
	"strings"
)

// A Report is one address that reports go to.
type Report struct {
	Span
	Text string // as it is written
	Host string // the domain behind the @ of a mail address; "" of other addresses, and where it is not plain ASCII
	tag  Tag    // that it stands in
	last int    // where the one before it ends; where the value starts, of the first
}

// Reports yields the addresses of a tag in their order.
func (t Tag) Reports() iter.Seq[Report] {
	return func(yield func(Report) bool) {
		last := t.valueAt()
		for at, text := range t.items() {
			r := Report{Span: at, Text: text, tag: t, last: last}
			if r.Host = r.address(); !yield(r) {
				return
			}
			last = at.End
		}
	}
}

// address is the domain of a mail address that has nothing wrong.
func (r Report) address() string {
	to, ok := r.mailbox()
	_, host, found := cutLast(to, "@")
	if !ok || !found || !isPlainDomain(host) {
		return ""
	}
	return lower(host)
}

// isPlainDomain tells a domain of letters, digits, hyphens, underscores and dots.
func isPlainDomain(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlpha(c) && !isDigit(c) && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return true
}

// mailbox is who a mailto: is for, without what may stand behind it: a query (RFC 6068 §2), and the limit of size that
// RFC 7489 §6.2 knew and RFC 9989 ignores.
func (r Report) mailbox() (to string, ok bool) {
	scheme, to, ok := strings.Cut(r.Text, ":")
	if !ok || lower(scheme) != "mailto" || hasBlank(to) {
		return "", false
	}
	to, _, _ = strings.Cut(to, "?")
	to, _, _ = strings.Cut(to, "!")
	return to, true
}

// faults is what is wrong with an address.
func (r Report) faults() []Fault {
	scheme, rest, ok := strings.Cut(r.Text, ":")
	name, value, isTag := cutTag(r.Text)
	switch {
	case r.Text == "":
		return []Fault{{Span: r.tag.Span, Text: quote(r.tag.Text) + ": an address is missing, write mailto:NAME@DOMAIN"}}
	case isTag && r.Start > r.tag.valueAt():
		return r.tagFault(name)
	case hasBlank(r.Text):
		return r.blankFault()
	case isTag || strings.HasPrefix(lower(r.Text), "mailto="):
		return r.schemeFault(strings.TrimLeft(value, " \t"))
	case !ok || rest == "" || !uriScheme(scheme):
		return r.schemeFault(r.Text)
	}
	if to, is := r.mailbox(); is {
		return r.mailFaults(to)
	}
	return nil
}

// schemeFault is that of an address that does not say how to reach it.
func (r Report) schemeFault(address string) []Fault {
	f := Fault{Span: r.Span, Text: quote(r.Text) + " is no URI for reports: write mailto:NAME@DOMAIN"}
	if uri := "mailto:" + strings.TrimPrefix(address, "mailto:"); strings.Contains(uri, "@") {
		f.Text = fmt.Sprintf("%s is no URI for reports: write %s", quote(r.Text), quote(uri))
		f.Remedy = Remedy{Words: "write " + uri, Changes: []Change{{r.Span, uri}}}
	}
	return []Fault{f}
}

// tagFault is that of a tag behind a comma, as rua=mailto:a@example.com,ruf=mailto:b@example.com: to receivers it is part
// of the list of addresses.
func (r Report) tagFault(name string) []Fault {
	return []Fault{{
		Span: r.Span, Text: fmt.Sprintf("%s is read as an address: write %s", quote(r.Text), quote("; "+name+"=")),
		Remedy: Remedy{Words: "write a semicolon before " + name + "=", Changes: []Change{{Span{r.last, r.Start}, "; "}}},
	}}
}

// blankFault is that of several addresses with blanks between them, or of a blank inside one.
func (r Report) blankFault() []Fault {
	words := strings.Fields(r.Text)
	for _, w := range words {
		if scheme, _, ok := strings.Cut(w, ":"); !ok || !uriScheme(scheme) {
			return []Fault{{Span: r.Span, Text: quote(r.Text) + " has a blank in it: no address has one, take it away"}}
		}
	}
	return []Fault{{
		Span: r.Span, Text: quote(r.Text) + " is read as one address: write commas between them",
		Remedy: Remedy{Words: "write commas between the addresses", Changes: []Change{{r.Span, strings.Join(words, ",")}}},
	}}
}

// mailFaults is what is wrong with a mail address.
func (r Report) mailFaults(to string) []Fault {
	if clean := strings.Trim(strings.TrimPrefix(to, "//"), "<>"); clean != to {
		f := r.schemeFault("mailto:" + clean)
		f[0].Text = fmt.Sprintf("%s is read as the address %s: write %s", quote(r.Text), quote(to), quote("mailto:"+clean))
		return f
	}
	why := ""
	switch name, host, ok := cutLast(to, "@"); {
	case !ok:
		why = "has no @"
	case name == "":
		why = "has no name before its @"
	case strings.Trim(host, ".") == "":
		why = "has no domain behind its @"
	case strings.HasPrefix(host, ".") || strings.Contains(host, ".."):
		why = "has an empty label in its domain"
	default:
		return nil
	}
	return []Fault{{Span: r.Span, Text: fmt.Sprintf("%s %s: no report arrives, write mailto:NAME@DOMAIN", quote(r.Text), why)}}
}

// hasBlank tells a text with a blank or a tab in it.
func hasBlank(s string) bool {
	return strings.IndexByte(s, ' ') >= 0 || strings.IndexByte(s, '\t') >= 0
}

// cutLast cuts a text at the last place of another.
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// cutTag takes apart what starts as a tag does, and is no scheme with an equals sign for its colon.
func cutTag(s string) (name, value string, ok bool) {
	if name, value, ok = strings.Cut(s, "="); !ok {
		return s, "", false
	}
	name = strings.TrimRight(name, " \t")
	letters := strings.Trim(lower(name), "abcdefghijklmnopqrstuvwxyz") == ""
	return name, value, ok && name != "" && letters && !contains([]string{"mailto", "http", "https"}, name)
}

// uriScheme tells a URI's scheme (RFC 3986 §3.1).
func uriScheme(s string) bool {
	for i := range len(s) {
		if c := s[i]; !isAlpha(c) && !isDigit(c) && c != '+' && c != '-' && c != '.' {
			return false
		}
	}
	return s != ""
}
