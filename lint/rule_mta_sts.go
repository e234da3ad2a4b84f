package lint

// Rules about the records by which a domain asks for encrypted transport: MTA-STS and reports about it.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// versionRecords is the TXT records of a name that start with a version, as v=STSv1.
func versionRecords(n zonefile.Node, version string) []txtValue {
	var out []txtValue
	for _, r := range n.Of(zonefile.TypeTXT) {
		v := readTXT(r)
		if rest, ok := strings.CutPrefix(v.text, "v="+version); ok && (rest == "" || strings.HasPrefix(strings.TrimLeft(rest, " \t"), ";")) {
			out = append(out, v)
		}
	}
	return out
}

// stsLabel is the label under which a domain says that it has an MTA-STS policy (RFC 8461 §3.1).
const stsLabel = "_mta-sts"

var mtaSTSRecord = &Rule{
	Name:     "mta-sts-record",
	Severity: Error,
	Doc: `The record at _mta-sts is not what senders can read: it does not start with v=STSv1, there are two, or its
id is missing or not 1 to 32 letters and digits. Senders take the domain as one without MTA-STS.`,
	Bad: `_mta-sts TXT "v=STSv1; id=2026-01-01"
mta-sts A 192.0.2.1`,
	Good: `_mta-sts TXT "v=STSv1; id=20260101"
mta-sts A 192.0.2.1`,
	Refs:   []string{"RFC 8461 §3.1"},
	Visits: stsOwners,
	Check: func(p *Pass) {
		checkVersion(p, "STSv1", "an MTA-STS record", "id", checkSTS)
	},
}

// checkVersion checks the records of a version at the visited name: one there has to be, which check looks into.
func checkVersion(p *Pass, version, what, needs string, check func(*Pass, txtValue)) {
	all := versionRecords(p.Node, version)
	if len(all) == 0 {
		p.On(p.Node.Of(zonefile.TypeTXT)[0], "not %s: senders want it to start with v=%s; and to have %s=", what, version, needs)
		return
	}
	_, what, _ = strings.Cut(what, " ")
	for _, v := range all[1:] {
		p.On(v.Record, "a second %s: senders take neither, delete one", what).Relate(all[0].Record, "the first one")
	}
	check(p, all[0])
}

// checkSTS checks the id of a record.
func checkSTS(p *Pass, v txtValue) {
	id, ok := findTag(v.tags(), "id")
	switch {
	case cutOff(v):
		p.On(v.Record, "the record ends at a semicolon that is not quoted, the rest is a comment: quote the text").Offer(quoteAll(v.Record))
	case !ok:
		p.On(v.Record, "an MTA-STS record without id=: senders take it as none, add one and change it with the policy")
	case len(id.value) == 0 || len(id.value) > 32 || !alphanumeric(id.value):
		p.AtText(v, id.start, id.end, "id %s: write 1 to 32 letters and digits", quoteText(id.value))
	}
}

// alphanumeric tells text of ASCII letters and digits.
func alphanumeric(s string) bool {
	return strings.Trim(strings.ToLower(s), "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}

var mtaSTSNoHost = &Rule{
	Name:     "mta-sts-no-host",
	Severity: Warning,
	Doc: `A domain says that it has an MTA-STS policy, and the host that would serve it, mta-sts.DOMAIN, has no
address. Senders find no policy.`,
	Bad: `_mta-sts TXT "v=STSv1; id=20260101"`,
	Good: `_mta-sts TXT "v=STSv1; id=20260101"
mta-sts A 192.0.2.1`,
	Refs:   []string{"RFC 8461 §3.3"},
	Visits: stsOwners,
	Check: func(p *Pass) {
		host := "mta-sts." + p.Node.Name.Parent()
		for _, v := range versionRecords(p.Node, "STSv1") {
			if h := p.Host(host); h.missing() {
				d := p.On(v.Record, "%s has no address: senders find no policy, add the host that serves it", quoted(host))
				if !h.elsewhere {
					d.Offer(addAddress(p.Zone, v.Record, host))
				}
				return
			}
		}
	},
}

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
