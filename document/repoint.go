package document

// One host that receives mail gives way to another.

import (
	"fmt"

	"github.com/mailzone/mailzone/zonefile"
)

// Repointed is the edits that let all MX of a zone that lead to one host lead to another. It is an error if one of them cannot.
func Repointed(z *zonefile.Zone, from, to zonefile.Name) ([]zonefile.Edit, error) {
	var names []zonefile.Name
	seen := map[zonefile.Name]bool{}
	for r := range z.RecordsOf(zonefile.TypeMX) {
		if host, ok := r.Target(); ok && host == from && !seen[r.Owner()] {
			seen[r.Owner()] = true
			names = append(names, r.Owner())
		}
	}
	a, err := z.Many(names...).Repoint(from, to)
	if err == nil && len(a.Unable) > 0 {
		err = fmt.Errorf("%s: %w", a.Unable[0].Name, a.Unable[0].Why)
	}
	return a.Edits, err
}
