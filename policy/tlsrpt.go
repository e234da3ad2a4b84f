package policy

// The record by which a domain asks for reports about TLS (RFC 8460).

import "strings"

// TLSRPTFaults is what is wrong with the tags of a record that asks for reports about TLS (RFC 8460 §3). A fault without a
// place is one of the whole record.
func TLSRPTFaults(all Tags) (found []Fault) {
	rua, ok := all.Find("rua")
	if !ok || rua.Value == "" {
		return []Fault{{Text: "a TLSRPT record without rua=: say where reports go, by \"mailto:\" or \"https:\""}}
	}
	for _, t := range all {
		if t.Name == "rua" { // there may be several
			found = append(found, uriFaults(t)...)
		}
	}
	return found
}

// uriFaults is what is wrong with the addresses of a tag.
func uriFaults(t Tag) (found []Fault) {
	for r := range t.Reports() {
		if scheme := strings.ToLower(r.Text); r.Text != "" && !strings.HasPrefix(scheme, "mailto:") && !strings.HasPrefix(scheme, "https:") {
			found = append(found, Fault{Span: r.Span, Text: quote(r.Text) + ` is neither a "mailto:" nor an "https:" address`})
			continue
		}
		found = append(found, r.faults()...)
	}
	return found
}
