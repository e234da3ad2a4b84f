package lint

// The labels and first words by which the records of mail policies are known, so that rules visit no other TXT, and those of
// the names at which hosts have certificates.

import (
	"strconv"
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

// tlsaName is the owner of a TLSA record taken apart.
type tlsaName struct {
	port int
	host zonefile.Name
}

// splitTLSA takes _25._tcp.HOST apart (RFC 6698 §3).
func splitTLSA(n zonefile.Name) (t tlsaName, ok bool) {
	port, isPort := strings.CutPrefix(n.Label(), "_")
	t.port, _ = strconv.Atoi(port)
	proto := n.Parent()
	t.host = proto.Parent()
	known := proto.Label() == "_tcp" || proto.Label() == "_udp" || proto.Label() == "_sctp"
	isPort = isPort && t.port > 0 && t.port < 1<<16 && port[0] != '0'
	return t, isPort && known || n.Label() == "*" && known
}
