package preview

// What an edit means for mail, in one clause: only what both routes show, and nothing where they are the same or the outcome
// is not a delivery before and after.

import (
	"fmt"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Effect says what becomes of mail for a name whose records were edited; "" where there is nothing short to say. Who prints it
// says how it shows a name.
func Effect(before, after []*zonefile.Zone, n zonefile.Name, show func(zonefile.Name) string) string {
	was, is := Route(before, Query{Domain: n}), Route(after, Query{Domain: n})
	if was.Outcome != Delivered || is.Outcome != Delivered || fingerprint(&was) == fingerprint(&is) {
		return ""
	}
	if !slices.Equal(was.Tiers[0].sorted(), is.Tiers[0].sorted()) {
		return "mail " + fateOf(&was, &is).Text(show)
	}
	if w, i := was.byName(), is.byName(); len(w.without(i))+len(i.without(w)) == 0 {
		return ""
	}
	var hosts []string
	for i := range is.Tiers {
		for _, h := range is.Tiers[i].names() {
			hosts = append(hosts, show(h))
		}
	}
	switch n := len(hosts); {
	case n == 1:
		return "mail waits when " + hosts[0] + " is down"
	case n > 3:
		return fmt.Sprintf("mail waits when all %d hosts are down", n)
	}
	return "mail waits when " + zonefile.List(hosts, "and") + " are down"
}
