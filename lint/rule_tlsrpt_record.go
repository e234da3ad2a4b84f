package lint

// The record by which a domain asks for reports about encrypted transport (RFC 8460).

import (
	"strings"
)

var tlsrptRecord = &Rule{
	Name:     "tlsrpt-record",
	Severity: Error,
	Doc: `The record at _smtp._tls is not what senders can read: it does not start with v=TLSRPTv1, there are two, or
no rua= says where reports go. No report will come.`,
	Bad:    `_smtp._tls TXT "v=TLSRPTv1"`,
	Good:   `_smtp._tls TXT "v=TLSRPTv1; rua=mailto:tls@example.com"`,
	Refs:   []string{"RFC 8460 §3"},
	Visits: tlsrptOwners,
	Check: func(p *Pass) {
		checkVersion(p, "TLSRPTv1", "a TLSRPT record", "rua", checkTLSRPT)
	},
}

// checkTLSRPT checks where reports go.
func checkTLSRPT(p *Pass, v txtValue) {
	rua, ok := findTag(v.tags(), "rua")
	switch {
	case cutOff(v):
		p.On(v.Record, "the record ends at a semicolon that is not quoted, the rest is a comment: quote the text").Offer(quoteAll(v.Record))
	case !ok || rua.value == "":
		p.On(v.Record, "a TLSRPT record without rua=: say where reports go, by mailto: or https:")
	default:
		for at, uri := range rua.items() {
			if scheme := strings.ToLower(uri); !strings.HasPrefix(scheme, "mailto:") && !strings.HasPrefix(scheme, "https:") {
				p.AtText(v, at, at+len(uri), "%s is neither a mailto: nor an https: address", quoteText(uri))
			}
		}
	}
}
