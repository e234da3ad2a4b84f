package lint

// The certificates that rules are told of: no rule reads a file, and none asks a host.

import (
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// Certificate is what a host shows at port 25, as the user says.
type Certificate struct {
	Host zonefile.Name
	File string // that it was read from
	policy.Identity
}

// Owner is the name of the records about it (RFC 7672 §2.2.2).
func (c Certificate) Owner() zonefile.Name { return "_25._tcp." + c.Host }
