package preview

import (
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// edited applies a script, its commands separated by semicolons.
func edited(t *testing.T, z *zonefile.Zone, script string) *zonefile.Zone {
	t.Helper()
	text := "origin " + string(z.Origin()) + "\n" + strings.ReplaceAll(script, " ; ", "\n") + "\nsend\n"
	edits, err := z.Script(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	after, err := z.Apply(edits...)
	if err != nil {
		t.Fatal(err)
	}
	return after
}

func TestCompare(t *testing.T) {
	eachCase(t, "compare", func(t *testing.T, zones []*zonefile.Zone, words []string) string {
		after := append([]*zonefile.Zone{edited(t, zones[0], strings.Join(words, " "))}, zones[1:]...)
		return renderChanges(zones, after)
	})
}

// TestCompareMissesNothing asks for every name of a zone before and after many edits: what Compare does
// not name must not have changed, if the map has it.
func TestCompareMissesNothing(t *testing.T) {
	z := parse(t, "example.com", `$TTL 300
@ SOA ns h 1 3600 600 604800 300
@ NS ns
@ MX 10 mx1
@ MX 20 mx2
ns A 192.0.2.53
mx1 A 192.0.2.1
mx2 CNAME mx3
mx3 A 192.0.2.3
* MX 10 any.pool
*.pool A 192.0.2.7
www CNAME example.com.
w3 CNAME www
shop A 192.0.2.80
deep.down A 192.0.2.81
dead MX 10 ghost
null MX 0 .
sub NS ns.sub
ns.sub A 192.0.2.54
via MX 10 mx.sub
`)
	names := []zonefile.Name{"new.example.com.", "x.down.example.com.", "down.example.com.", "ghost.example.com."}
	for node := range z.Nodes() {
		names = append(names, node.Name)
	}
	for _, n := range names {
		for _, edit := range []string{
			"update delete %s", "update add %s 300 TXT x", "update add %s 300 A 192.0.2.99", "update add %s 300 MX 5 mx3",
			"update delete %s ; update add %s 300 CNAME shop", "update delete %s ; update add %s 300 NS ns", "update add below.%s 300 TXT x",
		} {
			script := strings.ReplaceAll(edit, "%s", string(n))
			if n == z.Origin() && (strings.Contains(edit, "CNAME") || strings.Contains(edit, "NS")) {
				continue
			}
			t.Run(script, func(t *testing.T) { missesNothing(t, z, edited(t, z, script), names) })
		}
	}
}

// missesNothing compares the names that a map has one by one.
func missesNothing(t *testing.T, before, after *zonefile.Zone, names []zonefile.Name) {
	listsNothingElse(t, before, after)
	said := map[zonefile.Name]bool{}
	for _, c := range Compare([]*zonefile.Zone{before}, []*zonefile.Zone{after}) {
		said[c.Domain] = true
	}
	maps := []*mapper{newMapper(before, nil), newMapper(after, nil)}
	for _, n := range names {
		was := Route([]*zonefile.Zone{before}, Query{Domain: n})
		is := Route([]*zonefile.Zone{after}, Query{Domain: n})
		if changed := fingerprint(&was) != fingerprint(&is); changed == said[n] {
			continue
		}
		listed := false
		for _, m := range maps {
			_, ok := m.mailbox(m.z.Node(n))
			listed = listed || ok
		}
		if listed || said[n] {
			t.Errorf("%s: %s, now %s; named: %t", n, was.Text, is.Text, said[n])
		}
	}
}

// listsNothingElse holds the names that came to the map and left it against two whole maps.
func listsNothingElse(t *testing.T, before, after *zonefile.Zone) {
	t.Helper()
	has := func(z *zonefile.Zone, n zonefile.Name) bool {
		return slices.ContainsFunc(Map(z), func(m Mailbox) bool { return m.Name == n })
	}
	var left, came []zonefile.Name
	for _, m := range Map(before) {
		if !has(after, m.Name) {
			left = append(left, m.Name)
		}
	}
	for _, m := range Map(after) {
		if !has(before, m.Name) {
			came = append(came, m.Name)
		}
	}
	if h := FindHits(before, after); !slices.Equal(h.Left, left) || !slices.Equal(h.Came, came) {
		t.Errorf("left %q, came %q; the maps say %q and %q", h.Left, h.Came, left, came)
	}
}

func BenchmarkCompareOneEdit(b *testing.B) {
	z := bigZone(b, 100_000)
	edits, err := z.Script(strings.NewReader("update add d500.example.com. 300 MX 5 mx2.example.com.\n"))
	if err != nil {
		b.Fatal(err)
	}
	after, err := z.Apply(edits...)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if n := len(Compare([]*zonefile.Zone{z}, []*zonefile.Zone{after})); n != 1 {
			b.Fatal(n)
		}
	}
}

func BenchmarkCompareSharedHost(b *testing.B) {
	z := bigZone(b, 100_000)
	edits, err := z.Script(strings.NewReader("update delete mx1.example.com. A\nupdate add mx1.example.com. 300 A 192.0.2.99\n"))
	if err != nil {
		b.Fatal(err)
	}
	after, err := z.Apply(edits...)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if n := len(Compare([]*zonefile.Zone{z}, []*zonefile.Zone{after})); n < 100_000 {
			b.Fatal(n)
		}
	}
}

// Of a name that is new nothing is said to have bounced: nobody had an address there.
func TestTurnsOfNewNames(t *testing.T) {
	const src = "$TTL 300\n@ SOA ns h 1 3600 600 604800 300\n@ NS ns\nns A 192.0.2.53\n"
	before := parse(t, "example.com", src)
	for line, want := range map[string]string{
		"new A 192.0.2.1\n":                         "mail is now delivered to new.example.com; before, there was no such name",
		"new TXT x\nnew MX 10 gone\n":               "mail bounces: no MX host can be used; before, there was no such name",
		"new A 224.0.0.1\n":                         "mail now stays queued: no server can connect to the hosts; before, there was no such name",
		"new A 192.0.2.1\n_25._tcp.new A 192.0.2.1": "mail is now delivered to new.example.com; before, there was no such name",
	} {
		after := parse(t, "example.com", src+line)
		was := Route([]*zonefile.Zone{before}, Query{Domain: "new.example.com."})
		is := Route([]*zonefile.Zone{after}, Query{Domain: "new.example.com."})
		if said := turn(&was, &is); said != want {
			t.Errorf("%s: %s, want %s", line, said, want)
		}
		if way := was.Way(Display).Text(); way != "no such name" {
			t.Errorf("%s: the way was %s", line, way)
		}
	}
}

// TestTurns compares every outcome with every other: each has a phrase for what is, and one for what was.
func TestTurns(t *testing.T) {
	outcomes := map[Outcome]string{Delivered: "sub MX 10 a\n", Bounced: "sub MX 10 missing\n", Deferred: "sub MX 10 m\n",
		LocalOrLoop: "sub MX 10 lo\n", Unknown: "sub CNAME out.example.net.\n"}
	now := map[Outcome]string{Delivered: "mail is now delivered to ", Bounced: "mail now bounces: ", Deferred: "mail now stays queued: ",
		LocalOrLoop: "mail now comes back to the sender: ", Unknown: "mail now goes by another domain: "}
	before := map[Outcome]string{Delivered: "; before, it was delivered to ", Bounced: "; before, it bounced: ", Deferred: "; before, it stayed queued: ",
		LocalOrLoop: "; before, it came back to the sender: ", Unknown: "; before, other name servers said where it goes"}
	ask := func(o Outcome) *Delivery {
		z := parse(t, "example.com", "$TTL 300\n@ SOA ns h 1 3600 600 604800 300\n@ NS ns\nns A 192.0.2.53\na A 192.0.2.1\nm A 224.0.0.1\nlo A 127.0.0.1\n"+outcomes[o])
		d := Route([]*zonefile.Zone{z}, Query{Domain: "sub.example.com."})
		return &d
	}
	for was := range outcomes {
		for is := range outcomes {
			a, b := ask(was), ask(is)
			if a.Outcome != was || b.Outcome != is {
				t.Fatalf("%s: %s; %s: %s", was, a.Text, is, b.Text)
			}
			said := turn(a, b)
			short := is == Unknown || is == Bounced && was == Delivered // nothing is said of what was
			switch {
			case is == Bounced && was == Bounced:
				if !strings.HasPrefix(said, "mail still bounces: ") {
					t.Errorf("%s", said)
				}
			case !strings.HasPrefix(said, now[is]) || !short && !strings.Contains(said, before[was]):
				t.Errorf("from %s to %s: %s", was, is, said)
			}
			for _, twice := range []string{"bounced: bounced", "queued: queued", "bounces: bounced", "was the sender"} {
				if strings.Contains(said, twice) {
					t.Errorf("from %s to %s: %s", was, is, said)
				}
			}
		}
	}
}
