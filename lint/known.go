package lint

// The labels and first words by which the records of mail policies are known, and what all of them are checked for.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// dmarcLabel is the label under which a domain has its DMARC record (RFC 9989).
const dmarcLabel = "_dmarc"

// isDMARC tells a record that starts with the version, exactly as written here (RFC 9989).
func isDMARC(text string) bool {
	if !strings.Contains(text, "DMARC1") {
		return false
	}
	first, _, _ := strings.Cut(strings.TrimLeft(text, "; \t"), ";") // empty tags do not count
	list := tags(first)
	return len(list) > 0 && list[0].name == "v" && list[0].value == "DMARC1"
}

// isSelector tells the owners of DKIM keys: SELECTOR._domainkey.DOMAIN (RFC 6376 §3.6.2.1). What starts with an
// underscore there is something else, as the policy _adsp (RFC 5617).
func isSelector(n zonefile.Name) bool {
	if !strings.Contains(string(n), "_domainkey") || n[0] == '_' { // nearly all
		return false
	}
	for p := n.Parent(); p != "" && p != zonefile.Root; p = p.Parent() {
		if p.Label() == "_domainkey" {
			return true
		}
	}
	return false
}

// stsLabel is the label under which a domain says that it has an MTA-STS policy (RFC 8461 §3.1).
const stsLabel = "_mta-sts"

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
