package lint

// The record by which a domain asks for reports about encrypted transport (RFC 8460).

import (
	"github.com/mailzone/mailzone/policy"
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
		checkVersion(p, "TLSRPTv1", "a TLSRPT record", "rua", policy.TLSRPTFaults)
	},
}
