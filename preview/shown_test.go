package preview

// Who shows names in a way of his own finds no other in what is said of a delivery.

import (
	"regexp"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// bracketed is a name in a way that no sentence has of itself.
func bracketed(n zonefile.Name) string { return "<" + Display(n) + ">" }

// A sentence that shows names in brackets is the plain one but for the brackets, and has no name outside of them.
func checkShown(t *testing.T, zones []*zonefile.Zone, q Query) {
	t.Helper()
	plain := said(Route(zones, q))
	q.Show = bracketed
	d := Route(zones, q)
	hosts := []zonefile.Name{d.Domain, d.Owner}
	for h := range d.hosts() {
		hosts = append(hosts, h.Name, h.Canonical)
	}
	for _, x := range d.Excluded {
		hosts = append(hosts, x.Name)
	}
	for i, text := range said(d) {
		if got := strings.NewReplacer("<", "", ">", "").Replace(text); got != plain[i] {
			t.Errorf("%q is said of %q", text, plain[i])
		}
		rest := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, "")
		for _, h := range hosts {
			if n := Display(h); strings.Contains(n, ".example") && strings.Contains(rest, n) {
				t.Errorf("%q has the name %s in another way", text, n)
			}
		}
	}
	for i := range d.Tiers {
		when := d.When(i)
		if strings.Contains(when, "down") && !strings.Contains(when, "<") && !strings.Contains(when, "above") {
			t.Errorf("%q names a host in another way", when)
		}
	}
}

// said is all sentences of a delivery.
func said(d Delivery) []string {
	texts := []string{d.Text}
	for _, x := range d.Excluded {
		texts = append(texts, x.Text())
	}
	for _, n := range d.Notes {
		texts = append(texts, n.Text)
	}
	return texts
}
