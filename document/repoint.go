package document

// One host that receives mail gives way to another.

import (
	"fmt"

	"github.com/mailzone/mailzone/zonefile"
)

// Repointed is the edits that let all MX of a zone that lead to one host lead to another. It is an error if one of them cannot.
func Repointed(z *zonefile.Zone, from, to zonefile.Name) ([]zonefile.Edit, error) {
	a, err := z.Many(ownersOfMX(z, func(r zonefile.Record) bool {
		host, ok := r.Target()
		return ok && host == from
	})...).Repoint(from, to)
	return allOf(a, err)
}

// Retimed is the edits that give all MX of a zone a TTL.
func Retimed(z *zonefile.Zone, ttl string) ([]zonefile.Edit, error) {
	a, err := z.Many(ownersOfMX(z, func(zonefile.Record) bool { return true })...).SetTTL(zonefile.TypeMX, ttl)
	return allOf(a, err)
}

// ownersOfMX is the names of a zone that have an MX that is meant.
func ownersOfMX(z *zonefile.Zone, meant func(zonefile.Record) bool) (names []zonefile.Name) {
	seen := map[zonefile.Name]bool{}
	for r := range z.RecordsOf(zonefile.TypeMX) {
		if meant(r) && !seen[r.Owner()] {
			seen[r.Owner()] = true
			names = append(names, r.Owner())
		}
	}
	return names
}

// allOf is the edits of an act that every name has followed.
func allOf(a zonefile.Act, err error) ([]zonefile.Edit, error) {
	if err == nil && len(a.Unable) > 0 {
		err = fmt.Errorf("%s: %w", a.Unable[0].Name, a.Unable[0].Why)
	}
	return a.Edits, err
}
