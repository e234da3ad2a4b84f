package policy

// What makes a text an SPF record is its first octets and nothing else (RFC 7208 §3.3, §4.5).

import "strings"

// spfVersion is what an SPF record starts with (RFC 7208 §4.5).
const spfVersion = "v=spf1"

// IsSPF tells a version 1 record: the version, then a blank or nothing (RFC 7208 §4.5).
func IsSPF(text string) bool {
	n := len(spfVersion)
	return len(text) >= n && strings.EqualFold(text[:n], spfVersion) && (len(text) == n || text[n] == ' ')
}
