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
	t := parseTag(first, 0)
	return t.Name == "v" && t.Value == "DMARC1"
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
func DMARCFaults(all Tags) []Fault {
	found := all.faults()
	for _, t := range all {
		values, known := dmarcValues[t.Name]
		switch {
		case t.Name == "":
			found = append(found, noTag(t))
		case known && !contains(values, t.Value):
			if f, ok := joined(t, values); ok {
				found = append(found, f)
				continue
			}
			last := len(values) - 1
			text := fmt.Sprintf("%s: a DMARC record knows the values %s and %s here", quote(t.Name+"="+t.Value), strings.Join(values[:last], ", "), values[last])
			found = append(found, Fault{Span: t.Span, Text: text})
		case t.Name == "fo":
			found = append(found, failureFaults(t)...)
		case t.Name == "rua" || t.Name == "ruf":
			for r := range t.Reports() {
				found = append(found, r.faults()...)
			}
		}
	}
	_, policy := all.Find("p")
	_, reports := all.Find("rua")
	if !policy && !reports {
		found = append(found, Fault{Text: "a DMARC record without p= and without rua= says nothing: add p=none, p=quarantine or p=reject"})
	}
	return found
}

// joined is the fault of a tag whose value is followed by another tag without a semicolon between them.
func joined(t Tag, values []string) (f Fault, ok bool) {
	value, rest, _ := strings.Cut(t.Value, " ")
	name, _, isTag := cutTag(strings.TrimLeft(rest, " \t"))
	if !isTag || !contains(values, value) {
		return f, false
	}
	at := t.valueAt() + len(value)
	return Fault{
		Span: t.Span, Text: quote(t.Text) + ": a semicolon is missing before " + name + "=",
		Remedy: Remedy{Words: "write a semicolon before " + name + "=", Changes: []Change{{Span{at, at}, ";"}}},
	}, true
}

// noTag is the fault of what stands between semicolons and is no tag.
func noTag(t Tag) Fault {
	remedy := "write name=value, with a semicolon after each"
	if strings.HasPrefix(lower(t.Value), "mailto:") {
		remedy = "if it is another address for reports, write a comma before it"
	}
	return Fault{Span: t.Span, Text: quote(t.Value) + " is no tag: " + remedy}
}

// failureFaults is what is wrong with fo=, which says about which mail one wants reports (RFC 9989 §4.7).
func failureFaults(t Tag) []Fault {
	for option := range strings.SplitSeq(t.Value, ":") {
		if !contains([]string{"0", "1", "d", "s"}, strings.Trim(option, " \t")) {
			return []Fault{{Span: t.Span, Text: quote(t.Text) + ": write 0, 1, d or s, and colons between them"}}
		}
	}
	return nil
}
