package policy

// The record by which a domain says that it has a policy for encrypted transport (RFC 8461).

import "strings"

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

// NextID is an id that follows another one: its last number counts on. It is "" where there is none, or no room for it.
func NextID(id string) string {
	end := strings.LastIndexFunc(id, func(r rune) bool { return r >= '0' && r <= '9' }) + 1
	start := end
	for start > 0 && isDigit(id[start-1]) {
		start--
	}
	digits := []byte("0" + id[start:end])
	for i := len(digits) - 1; ; i-- {
		if digits[i]++; digits[i] <= '9' {
			break
		}
		digits[i] = '0'
	}
	if digits[0] == '0' {
		digits = digits[1:]
	}
	if next := id[:start] + string(digits) + id[end:]; start < end && len(next) <= 32 && alphanumeric(next) {
		return next
	}
	return ""
}
