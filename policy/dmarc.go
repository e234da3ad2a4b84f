package policy

// A DMARC record as RFC 9989 has it: what receivers do with mail that fails SPF and DKIM.

import (
	"fmt"
	"strings"
)

// IsDMARC tells a record that starts with the version, exactly as written here (RFC 9989).
func IsDMARC(text string) bool {
	if !strings.Contains(text, "DMARC1") {
		return false
	}
	first, _, _ := strings.Cut(strings.TrimLeft(text, "; \t"), ";") // empty tags do not count
	list := ParseTags(first)
	return len(list) > 0 && list[0].Name == "v" && list[0].Value == "DMARC1"
}

// dmarcValues are the values that tags may have; tags that are not here are free or unknown, and unknown
// ones are ignored.
var dmarcValues = map[string][]string{
	"p":     {"none", "quarantine", "reject"},
	"sp":    {"none", "quarantine", "reject"},
	"np":    {"none", "quarantine", "reject"},
	"adkim": {"r", "s"},
	"aspf":  {"r", "s"},
	"t":     {"y", "n"},
	"psd":   {"y", "n", "u"},
}

// DMARCFaults is what is wrong with the tags of a DMARC record. A fault without a place is one of the whole record.
func DMARCFaults(all Tags) (found []Fault) {
	for _, t := range all {
		values, known := dmarcValues[t.Name]
		switch {
		case t.Name == "":
			found = append(found, Fault{Span: t.Span, Text: quote(t.Value) + " is no tag: write name=value, with a semicolon after each"})
		case known && !contains(values, t.Value):
			last := len(values) - 1
			text := fmt.Sprintf("%s: a DMARC record knows the values %s and %s here", quote(t.Name+"="+t.Value), strings.Join(values[:last], ", "), values[last])
			found = append(found, Fault{Span: t.Span, Text: text})
		case t.Name == "rua" || t.Name == "ruf":
			found = append(found, reportFaults(t)...)
		}
	}
	_, policy := all.Find("p")
	_, reports := all.Find("rua")
	if !policy && !reports {
		found = append(found, Fault{Text: "a DMARC record without p= and without rua= says nothing: add p=none, p=quarantine or p=reject"})
	}
	return found
}

// contains compares as DMARC does, in any case of letters.
func contains(values []string, v string) bool {
	for _, w := range values {
		if strings.EqualFold(w, v) {
			return true
		}
	}
	return false
}

// reportFaults is what is wrong with the addresses that reports go to.
func reportFaults(t Tag) (found []Fault) {
	for at, uri := range t.items() {
		scheme, rest, ok := strings.Cut(uri, ":")
		if !ok || rest == "" || !uriScheme(scheme) {
			text := fmt.Sprintf("%s is no URI for reports: write %s", quote(uri), quote("mailto:"+strings.TrimPrefix(uri, "mailto:")))
			found = append(found, Fault{Span: at, Text: text})
		}
	}
	return found
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
