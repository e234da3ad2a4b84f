package document

// How mail for a zone of the name server goes, in the words of lists: that for the zone itself as the zone calls its hosts, and
// the routes of all its names with hosts in full, so that those of many zones can be compared.

import (
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// HostedRoute is a route, and how many names of a zone have it.
type HostedRoute struct {
	Text  string
	Names int
}

// RoutesOf is the way of mail for a zone itself, and the routes of its names, in the order of the names.
func RoutesOf(z *zonefile.Zone) (own preview.Way, routes []HostedRoute) {
	at := map[string]int{}
	for _, m := range preview.Map(z) {
		if m.Name == z.Origin() {
			own = preview.WayOf(z, m.Name, m.How, func(n zonefile.Name) string { return calledIn(z, n) })
		}
		text := preview.WayOf(z, m.Name, m.How, zonefile.Name.Plain).Text()
		i, known := at[text]
		if !known {
			i = len(routes)
			at[text], routes = i, append(routes, HostedRoute{Text: text})
		}
		routes[i].Names++
	}
	return own, routes
}

// calledIn is a name as its zone calls it, and one of elsewhere without its last dot.
func calledIn(z *zonefile.Zone, n zonefile.Name) string {
	if n != z.Origin() && n.Within(z.Origin()) {
		return n.In(z.Origin())
	}
	return n.Plain()
}
