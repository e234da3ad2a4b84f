package lint

// Where the terms of SPF lead among the loaded zones. What a record says is package policy's to tell.

import (
	"strings"

	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

// spfTarget is the name that a term leads to: self where it names none. Ok is false for macros, and where a fault
// is.
func spfTarget(t *policy.Term, self zonefile.Name) (n zonefile.Name, ok bool) {
	name, ok := t.Target()
	if !ok || name == "" || len(t.Faults) > 0 {
		return self, ok && len(t.Faults) == 0
	}
	n, err := zonefile.ParseName(literal(strings.TrimSuffix(name, "."))+".", "")
	return n, err == nil
}

// literal is a name of SPF as a zone file has it: SPF knows no escapes.
func literal(name string) string { return strings.ReplaceAll(name, `\`, `\\`) }
