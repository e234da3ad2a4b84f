package ui

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// routeActs is what is done on the row of a route, and the same for one name.
var routeActs = []struct {
	keys string
	one  func(m zonefile.Many) (zonefile.Act, error)
}{
	{`: "ttl 2h" enter`, func(m zonefile.Many) (zonefile.Act, error) { return m.SetTTL(zonefile.TypeMX, "2h") }},
	{"#", zonefile.Many.Renumber},
	{"c", zonefile.Many.CommentOut},
	{"d", zonefile.Many.Delete},
	{`a ctrl+u "MX 77 extra" enter`, func(m zonefile.Many) (zonefile.Act, error) {
		return m.Add(zonefile.Draft{Type: zonefile.TypeMX, RData: "77 extra"})
	}},
	{`e ctrl+u "5 extra, 6 other" enter`, func(m zonefile.Many) (zonefile.Act, error) {
		return m.Replace(zonefile.TypeMX, zonefile.Draft{Type: zonefile.TypeMX, RData: "5 extra"}, zonefile.Draft{Type: zonefile.TypeMX, RData: "6 other"})
	}},
	{`: "repoint shared1 extra" enter`, func(m zonefile.Many) (zonefile.Act, error) {
		return m.Repoint("shared1.example.com.", "extra.example.com.")
	}},
	{`: "like like" enter`, func(m zonefile.Many) (zonefile.Act, error) {
		return m.Replace(zonefile.TypeMX, zonefile.Draft{Type: zonefile.TypeMX, RData: "3 extra"})
	}},
}

// routesZone is a random zone of few routes.
func routesZone(r *rand.Rand) []byte {
	text := "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n@ NS ns1\nns1 A 192.0.2.1\nlike MX 3 extra\nextra A 192.0.2.2\nother A 192.0.2.3\n"
	for n := range 3 + r.IntN(20) {
		for i := range 1 + r.IntN(2) {
			text += fmt.Sprintf("n%d MX %d shared%d\n", n, 10*(i+1)+r.IntN(2), r.IntN(2))
		}
	}
	return []byte(text + "shared0 A 192.0.2.10\nshared1 A 192.0.2.11\n")
}

// What is done on the row of a route is what is done on its names one by one, and one undo; the cursor stays at its name.
func TestRouteActs(t *testing.T) {
	done := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 31))
		t.Chdir(t.TempDir())
		u := newUser(t, "", routesZone(r))
		u.types("home t g")
		for range r.IntN(4) {
			u.types([]string{"j", "enter j"}[r.IntN(2)])
			u.types("1 shift+tab shift+tab")
		}
		checkRouteRows(t, u.app.names)
		names, was, act := u.app.names.ofRoute(), u.app.doc.Zone(), routeActs[int(seed)%len(routeActs)]
		if len(names) == 0 || u.app.names.by.order != grouped {
			continue
		}
		at := u.app.name
		u.types(act.keys)
		if len(u.app.dialogs) > 0 {
			u.types("o")
		}
		want := was
		for _, n := range names {
			a, err := act.one(want.Many(n))
			if err != nil {
				t.Fatal(err)
			}
			if want, err = want.Apply(a.Edits...); err != nil {
				t.Fatal(err)
			}
		}
		if got := u.app.doc.Zone(); !slices.Equal(listed(got), listed(want)) {
			t.Errorf("seed %d: %s on a route of %d names gives\n%v\nand not\n%v", seed, act.keys, len(names), listed(got), listed(want))
		} else if got != was {
			done++
			if u.app.name != at {
				t.Errorf("seed %d: after %s the cursor is at %s, not at %s", seed, act.keys, u.app.name, at)
			}
			if u.types("u"); u.app.doc.Zone() != was {
				t.Errorf("seed %d: %s is more than one undo", seed, act.keys)
			}
		}
		checkRouteRows(t, u.app.names)
	}
	if done < 20 {
		t.Errorf("only %d acts changed anything", done)
	}
}

// checkRouteRows wants each name once, by itself or in its route, and the cursor at the name that is shown.
func checkRouteRows(t *testing.T, p *names) {
	t.Helper()
	count, rows := map[zonefile.Name]int{}, p.rows()
	for i, r := range rows {
		s := p.routes().at(i)
		if s.size() == 0 {
			count[r.Name]++
		}
		if got, want := p.arranged().badgeOf(s.from), worstOf(p, p.arranged().rows[s.from:s.to]); s.size() > 0 && got != want {
			t.Errorf("the route of %s is told %v, want %v", r.Name, got, want)
		}
		for _, in := range p.arranged().rows[s.from:s.to] {
			if in.Route != r.Route {
				t.Errorf("%s is in the row of another route", in.Name)
			}
			if !s.open {
				count[in.Name]++
			}
		}
	}
	for _, r := range p.arranged().rows {
		if count[r.Name] != 1 {
			t.Errorf("%s is there %d times", r.Name, count[r.Name])
		}
		if i := p.rowOf(r.Name); i < 0 || p.routes().at(i).size() == 0 && rows[i].Name != r.Name {
			t.Errorf("%s is not where its row is said to be", r.Name)
		}
	}
}

// worstOf is what is wrong with names together: how many problems are as bad as the worst of them.
func worstOf(p *names, rows []document.NameRow) (sum document.Badge) {
	for _, r := range rows {
		sum.Worst = max(sum.Worst, p.doc.Findings.Badges[r.Name].Worst)
	}
	for _, r := range rows {
		if b := p.doc.Findings.Badges[r.Name]; b.Worst == sum.Worst {
			sum.Count += b.Count
		}
	}
	return sum
}

// listed is the records of a zone in words, in no order.
func listed(z *zonefile.Zone) (out []string) {
	for r := range z.Records() {
		out = append(out, fmt.Sprint(r.Owner(), " ", z.RRsetTTL(r), " ", r.Type(), " ", r.CanonicalRData()))
	}
	slices.Sort(out)
	return out
}
