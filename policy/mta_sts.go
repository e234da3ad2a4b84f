package policy

// The record by which a domain says that it has a policy for encrypted transport (RFC 8461).

// MTASTSFaults is what is wrong with the tags of an MTA-STS record (RFC 8461 §3.1). A fault without a place is one of the
// whole record.
func MTASTSFaults(all Tags) []Fault {
	id, ok := all.Find("id")
	switch {
	case !ok:
		return []Fault{{Text: "an MTA-STS record without id=: senders take it as none, add one and change it with the policy"}}
	case len(id.Value) == 0 || len(id.Value) > 32 || !alphanumeric(id.Value):
		return []Fault{{Span: id.Span, Text: "id " + quote(id.Value) + ": write 1 to 32 letters and digits"}}
	}
	return nil
}

// alphanumeric tells text of ASCII letters and digits.
func alphanumeric(s string) bool {
	for i := range len(s) {
		if !isAlpha(s[i]) && !isDigit(s[i]) {
			return false
		}
	}
	return true
}
