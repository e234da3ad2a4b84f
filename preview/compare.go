package preview

// Before and after an edit: whose mail goes elsewhere, in the words of those who run it.

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// Change is a name whose mail goes elsewhere after an edit.
type Change struct {
	Domain    zonefile.Name
	Sentences []string // what changes
	Fate      Fate     // the same in a few words
	Stale     Stale    // how long senders with an old answer go by it

	before, after []*zonefile.Zone
	show          func(zonefile.Name) string // how the sentences have names
}

// Before is the route before the edit.
func (c Change) Before() Delivery { return Route(c.before, Query{Domain: c.Domain, Show: c.show}) }

// After is the route after the edit.
func (c Change) After() Delivery { return Route(c.after, Query{Domain: c.Domain, Show: c.show}) }

// Text is all that changes, on one line.
func (c Change) Text() string { return strings.Join(c.Sentences, "; ") }

// Summary is what an edit changes for all names of which the same can be said.
type Summary struct {
	Change  // of the first of them
	Domains []zonefile.Name
}

// Names is the names in words; of many the first and how many there are besides.
func (s Summary) Names() string { return list(s.Domains, "and") }

// Summarize puts changes of which the same is said together, in the order of the first of each.
func Summarize(changes []Change) []Summary {
	var out []Summary
	at := map[string]int{}
	for _, c := range changes {
		said := c.Text() + "\n" + c.Stale.Text
		i, known := at[said]
		if !known {
			i = len(out)
			at[said] = i
			out = append(out, Summary{Change: c})
		}
		out[i].Domains = append(out[i].Domains, c.Domain)
	}
	return out
}

// Compare finds every name whose route an edit changes, also those that only inherit: names that a
// wildcard covers, aliases, names without MX. Names are those of Map, before or after; a name that the
// wildcard covers on one side only is one as well.
func Compare(before, after []*zonefile.Zone) []Change {
	return slices.Collect(Changes(before, after, nil))
}

// Changes is Compare for who may not wait for all of them. Its sentences have names as show writes them; nil: as Query has it.
func Changes(before, after []*zonefile.Zone, show func(zonefile.Name) string) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		findAffected(before, after).changes(show, yield)
	}
}

// changes yields the names whose route is another; sentences have names as show writes them.
func (a *affected) changes(show func(zonefile.Name) string, yield func(Change) bool) {
	c := comparer{affected: a, show: show, said: map[string]Change{}}
	for _, n := range a.order {
		if ch, ok := c.change(n); ok && !yield(ch) {
			return
		}
	}
}

// comparer compares the routes of single names. Names with the same hosts before and the same hosts after
// are compared once.
type comparer struct {
	*affected
	show func(zonefile.Name) string
	maps []*mapper // made when the first name needs them
	said map[string]Change
}

// change compares the routes of a name; ok is false if they are the same, or the name is a mere server.
func (c *comparer) change(n zonefile.Name) (ch Change, ok bool) {
	ch = Change{Domain: n, before: c.zones[0], after: c.zones[1], show: c.show}
	key := c.key(n)
	if same, ok := c.said[key]; ok && key != "" {
		ch.Sentences, ch.Fate, ch.Stale = same.Sentences, same.Fate, same.Stale
		return ch, len(ch.Sentences) > 0
	}
	was, is := ch.Before(), ch.After()
	said := differences(&was, &is)
	covered := (was.Source == FromWildcard || is.Source == FromWildcard) && !isService(n)
	if len(said) > 0 && (covered || c.listed(n)) {
		ch.Sentences, ch.Fate, ch.Stale = said, fateOf(&was, &is), stale(&was, &is)
	}
	c.said[key] = ch
	return ch, len(ch.Sentences) > 0
}

// listed tells whether the map has the name, before or after.
func (c *comparer) listed(n zonefile.Name) bool {
	if c.maps == nil {
		for _, side := range c.zones {
			for _, z := range side {
				c.maps = append(c.maps, newAsker(z, side))
			}
		}
	}
	return slices.ContainsFunc(c.maps, func(m *mapper) bool {
		_, ok := m.mailbox(m.z.Node(n))
		return ok
	})
}

// key stands for all names with the same MX records before and the same after; "" for other names.
func (c *comparer) key(n zonefile.Name) string {
	key := ""
	for _, zones := range c.zones {
		w := newWorld(zones, nil)
		z := w.Deepest(n)
		if z == nil {
			return ""
		}
		mx := z.RRset(n, zonefile.TypeMX)
		if a := w.lookup(n, zonefile.TypeMX); len(mx) == 0 || a.Aliased() || a.Result != zonefile.Found {
			return ""
		}
		key += fmt.Sprintf("%s|%d|", new(tiers).write(nil, mx, zonefile.TypeMX), z.RRsetTTL(mx[0]))
	}
	return key
}
