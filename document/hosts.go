package document

// The hosts that a zone speaks of, for whoever offers them: fields of the editor, and the shell.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Hosts is the names that an exchange may be, as one writes them where an origin is in force: hosts with an address, and
// what other records point to. A big zone offers its first thousands.
func Hosts(z *zonefile.Zone, origin zonefile.Name) []string {
	const most = 4096
	var out []string
	seen := map[zonefile.Name]bool{}
	add := func(n zonefile.Name) {
		if !seen[n] && n != zonefile.Root && !n.IsWildcard() {
			seen[n] = true
			out = append(out, n.In(origin))
		}
	}
	for r := range z.Records() {
		switch r.Type() {
		case zonefile.TypeA, zonefile.TypeAAAA:
			add(r.Owner())
		case zonefile.TypeMX:
			if n, ok := r.Target(); ok {
				add(n)
			}
		}
		if len(out) >= most {
			break
		}
	}
	slices.Sort(out)
	return out
}
