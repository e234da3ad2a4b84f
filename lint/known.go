package lint

// The labels and first words by which the records of mail policies are known, so that rules visit no other TXT.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// dmarcLabel is the label under which a domain has its DMARC record (RFC 9989).
const dmarcLabel = "_dmarc"

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
