package zonefile

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// manyAct is an act on many names, with what becomes of the MX of one: its model knows nothing of how the text is changed.
type manyAct struct {
	name  string
	do    func(m Many) (Act, error)
	model func(have []modelMX) []modelMX
	whole bool // it takes the names with all that they have
}

// modelMX is an MX as the model has it.
type modelMX struct {
	preference int
	host       Name
	ttl        uint32
}

// modelOf is the MX of a name, each once, by preference.
func modelOf(z *Zone, n Name) (out []modelMX) {
	for _, r := range z.RRset(n, TypeMX) {
		host, _ := r.Target()
		out = append(out, modelMX{rank(r), host, z.RRsetTTL(r)})
	}
	return sortedModel(out)
}

// sortedModel puts equal records together and leaves one of them.
func sortedModel(list []modelMX) []modelMX {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b modelMX) int {
		return cmp.Or(cmp.Compare(a.preference, b.preference), cmp.Compare(a.host, b.host))
	})
	return slices.CompactFunc(list, func(a, b modelMX) bool { return a.preference == b.preference && a.host == b.host })
}

// manyActs is every act, on a host that names lead to.
func manyActs(host Name) []manyAct {
	set := func(ttl uint32, more ...modelMX) []modelMX {
		for i := range more {
			more[i].ttl = ttl
		}
		return more
	}
	ttlOf := func(have []modelMX) uint32 {
		if len(have) == 0 {
			return 4242
		}
		return have[0].ttl
	}
	mapped := func(one func(modelMX) modelMX) func([]modelMX) []modelMX {
		return func(have []modelMX) (out []modelMX) {
			for _, x := range have {
				out = append(out, one(x))
			}
			return out
		}
	}
	none := func([]modelMX) []modelMX { return nil }
	return []manyAct{
		{"add", func(m Many) (Act, error) { return m.Add(Draft{TTL: "4242", Type: TypeMX, RData: "77 act.test."}) },
			func(have []modelMX) []modelMX {
				return set(4242, append(slices.Clone(have), modelMX{preference: 77, host: "act.test."})...)
			}, false},
		{"replace", func(m Many) (Act, error) {
			return m.Replace(TypeMX, Draft{TTL: "4242", Type: TypeMX, RData: "10 act1.test."}, Draft{TTL: "4242", Type: TypeMX, RData: "20 act2.test."})
		}, func(have []modelMX) []modelMX {
			return set(ttlOf(have), modelMX{preference: 10, host: "act1.test."}, modelMX{preference: 20, host: "act2.test."})
		}, false},
		{"repoint", func(m Many) (Act, error) { return m.Repoint(host, "act.test.") }, mapped(func(x modelMX) modelMX {
			if x.host == host {
				x.host = "act.test."
			}
			return x
		}), false},
		{"ttl", func(m Many) (Act, error) { return m.SetTTL(TypeMX, "4242") }, mapped(func(x modelMX) modelMX { x.ttl = 4242; return x }), false},
		{"delete", Many.Delete, none, true},
		{"comment out", Many.CommentOut, none, true},
		{"renumber", Many.Renumber, func(have []modelMX) []modelMX {
			last, n := -1, 0
			return mapped(func(x modelMX) modelMX {
				if x.preference != last {
					last, n = x.preference, n+10
				}
				x.preference = n
				return x
			})(have)
		}, false},
	}
}

// sharedZone is a zone in which names lead to the same few hosts, in lines of many kinds.
func sharedZone(seed uint64) testZone {
	pick := rand.New(rand.NewPCG(seed, 17))
	var b strings.Builder
	if pick.IntN(2) == 0 {
		b.WriteString("$TTL 1h\n")
	}
	b.WriteString("@ 1d IN SOA ns1 hostmaster 1 8h 2h 4w 1h\n@ IN NS ns1\nns1 IN A 192.0.2.1\nwww IN CNAME ns1\n")
	for i := range 12 {
		owner := fmt.Sprintf("c%d", i)
		for j, h := range pick.Perm(4)[:1+pick.IntN(4)] {
			if j > 0 && pick.IntN(3) > 0 {
				owner = ""
			}
			ttl := []string{"", "5m ", "7200 "}[pick.IntN(3)]
			host := []string{"mx", "mx1.example.net.", "MX2.shared.test.", "mx2"}[h]
			fmt.Fprintf(&b, "%s\t%sIN MX %d %s\n", owner, ttl, 10*pick.IntN(4), host)
		}
	}
	return testZone{fmt.Sprintf("shared-%d", seed), []byte(b.String()), "shared.test."}
}

// manyZones is zones of all hands that can be acted on, with names of them and a host that some lead to.
func manyZones(t *testing.T, each func(tz testZone, z *Zone, names []Name, host Name)) {
	pick := rand.New(rand.NewPCG(17, 4))
	zones, _ := needs.Share(t, slices.Concat(oneIn(ownZones(t), 2), corpusZones(t), oneIn(grammarZones(t), 3)))
	for seed := range 20 {
		zones = append(zones, sharedZone(uint64(seed)))
		src := seededZone(50, uint64(seed))
		zones = append(zones, testZone{fmt.Sprintf("made-%d", seed), src, "big.example."})
	}
	for _, tz := range zones {
		z := tz.parse()
		if _, bad := firstProblem(z); bad || z.Origin() == Root || z.Entries() > 500 {
			continue
		}
		var names []Name
		uses := map[Name]int{"nowhere.test.": 0}
		for n := range z.Nodes() {
			if n.Name.Within(z.Origin()) && pick.IntN(3) > 0 {
				names = append(names, n.Name)
			}
			for _, r := range z.RRset(n.Name, TypeMX) {
				if h, ok := r.Target(); ok && h != Root {
					uses[h]++
				}
			}
		}
		if len(names) > 0 {
			hosts := slices.SortedFunc(maps.Keys(uses), func(a, b Name) int { return cmp.Or(cmp.Compare(uses[b], uses[a]), cmp.Compare(a, b)) })
			each(tz, z, names, hosts[min(pick.IntN(4), len(hosts)-1)/2])
		}
	}
}

// others is what a zone has at other names than some, and of these what is not an MX unless all of them is meant.
func others(z *Zone, names []Name, whole bool) (out []string) {
	in := map[Name]bool{}
	for _, n := range names {
		in[n] = true
	}
	for r, ttl := range z.Loaded() {
		if !in[r.Owner()] || !whole && r.Type() != TypeMX || whole && (r.Type() == TypeSOA || r.Type() == TypeNS) && r.Owner() == z.Origin() {
			out = append(out, foldRecord(fmt.Sprintf("%s %d IN %s %s", r.Owner(), ttl, r.Type(), r.CanonicalRData())))
		}
	}
	slices.Sort(out)
	return out
}

// TestManyNames: after an act on many names each of them has what a model of the act says, no other has lost or gained
// anything, and those that cannot follow are told and have a reason.
func TestManyNames(t *testing.T) {
	tried, refused, unable := map[string]int{}, 0, 0
	manyZones(t, func(tz testZone, z *Zone, names []Name, host Name) {
		for _, act := range manyActs(host) {
			got, err := act.do(z.Many(names...))
			if err != nil {
				refused++
				if !errors.Is(err, errMeaning) {
					t.Errorf("%s: %s: %v", tz.path, act.name, err)
				}
				continue
			}
			tried[act.name]++
			unable += len(got.Unable)
			checkTold(t, tz, act.name, z, names, got)
			next := mustApply(t, z, got.Edits)
			for _, n := range got.Done {
				want := sortedModel(act.model(modelOf(z, n)))
				if has := modelOf(next, n); !slices.Equal(has, want) {
					t.Errorf("%s: %s: %s has %v, not %v", tz.path, act.name, n, has, want)
				}
			}
			if was, is := others(z, got.Done, act.whole), others(next, got.Done, act.whole); !slices.Equal(was, is) {
				t.Errorf("%s: %s on %v: other records changed:\n%s", tz.path, act.name, got.Done, differ(was, is))
			}
			checkKept(t, tz, act, z, next, got)
			if strings.HasPrefix(act.name, "comment out") {
				checkBack(t, tz, act.name, z, next, got)
			}
		}
	})
	t.Logf("%v, refused %d, %d names could not follow", tried, refused, unable)
	if tried["comment out"] < 50 || refused*20 > tried["add"]*9 || unable == 0 {
		t.Error("too few")
	}
}

// checkTold wants every name to be told once, and those that cannot follow for a reason that there is.
func checkTold(t *testing.T, tz testZone, name string, z *Zone, names []Name, got Act) {
	told := slices.Concat(got.Done, got.Same)
	for _, u := range got.Unable {
		told = append(told, u.Name)
		node := z.Node(u.Name)
		guarded := slices.ContainsFunc(node.Records, func(r Record) bool { return r.Editable() != nil })
		if cut := z.Lookup(u.Name, TypeMX).Result == Delegated; !guarded && !cut && !node.Has(TypeCNAME) && u.Name != z.Origin() {
			t.Errorf("%s: %s: %s could follow: %v", tz.path, name, u.Name, u.Why)
		}
	}
	slices.Sort(told)
	if !slices.Equal(told, slices.Sorted(slices.Values(names))) {
		t.Errorf("%s: %s: of %v it tells %v", tz.path, name, names, told)
	}
}

// checkKept wants the line of every record of other names to be what it was, unless it says now what it had from another line: BIND gives
// the records of a set that stand apart the TTL of the last of them, and to those that come together that of the first.
func checkKept(t *testing.T, tz testZone, act manyAct, z, next *Zone, got Act) {
	places, served := arrange(nil), map[Record]uint32{}
	for r, ttl := range z.Loaded() {
		served[r] = ttl
	}
	for f := range z.Files() {
		places = arrange(editsOf(got.Edits, f.name))
		for r := range z.Records() {
			if r.file != f || slices.Contains(got.Done, r.Owner()) {
				continue
			}
			is := r.now(next, places).Record()
			if is.IsZero() {
				t.Errorf("%s: %s: %q is gone", tz.path, act.name, r.Text())
				continue
			}
			stated, had := r.StatedTTL()
			states, has := is.StatedTTL()
			if had && has && stated != states && states == served[r] {
				continue
			}
			if !sameLine(r, is) && (r.OwnerText() == "") == (is.OwnerText() == "") && had == has {
				t.Errorf("%s: %s: another name's line %q became %q", tz.path, act.name, r.Text(), is.Text())
			}
		}
	}
}

// checkBack brings back what was commented out, one after the other: the zone says what it said.
func checkBack(t *testing.T, tz testZone, name string, z, next *Zone, got Act) {
	now, edits := next, got.Edits
	for r := range z.Records() {
		w := r.In(now, edits)
		if r.file.made || w.IsZero() || w.Kind() != RowBlank {
			continue
		}
		back, err := now.Uncomment(w)
		if err != nil {
			t.Errorf("%s: %s: %q does not come back: %v", tz.path, name, r.Text(), err)
			return
		}
		now, edits = mustApply(t, now, back), z.Compose(edits, back)
	}
	if was, is := loadedLines(z), loadedLines(now); !slices.Equal(was, is) {
		t.Errorf("%s: %s: what comes back is another zone:\n%s", tz.path, name, differ(was, is))
	}
}

// TestActsMakeFewVersions: an act on a name of every hundred records writes the zone a few times at the most, whatever it hands down:
// each time costs all bytes of the chunks that it changes, which are nearly all.
func TestActsMakeFewVersions(t *testing.T) {
	src := seededZone(40_000, 1)
	z := loadAll(src)
	var names []Name
	for r := range z.RecordsOf(TypeMX) {
		if n := r.Owner(); len(names) == 0 || n != names[len(names)-1] {
			names = append(names, n)
		}
	}
	for i := range 400 {
		names[i] = names[i*len(names)/400]
	}
	names = names[:400]
	acts := append(manyActs("mx1.big.example."), manyAct{name: "add without a TTL", do: func(m Many) (Act, error) {
		return m.Add(Draft{Type: TypeMX, RData: "77 act.test."})
	}})
	for _, act := range acts {
		most := 6.0
		if act.name == "add" {
			most = 7 // a TTL is a step more, and the version that it ends with is the one of the act
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		got, err := act.do(z.Many(names...))
		if err != nil {
			t.Fatal(act.name, err)
		}
		runtime.ReadMemStats(&after)
		times := float64(after.TotalAlloc-before.TotalAlloc) / float64(len(src))
		t.Logf("%s: %d of %d names changed: %.1f times the bytes of the zone", act.name, len(got.Done), len(names), times)
		if times > most {
			t.Errorf("%s of %d names takes the memory of %.1f zones", act.name, len(names), times)
		}
	}
}

// BenchmarkMany is acts on ten thousand names.
func BenchmarkMany(b *testing.B) {
	var text strings.Builder
	text.WriteString("$TTL 1d\n@ IN SOA ns1 hostmaster 1 8h 2h 4w 1h\n@ IN NS ns1\nns1 IN A 192.0.2.1\n")
	var names []Name
	for i := range 10000 {
		fmt.Fprintf(&text, "c%d\tIN\tMX\t10 mx1\n\tIN\tMX\t20 mx2\n", i)
		names = append(names, Name(fmt.Sprintf("c%d.many.test.", i)))
	}
	z := Parse("db", []byte(text.String()), Options{Origin: "many.test."})
	for _, act := range manyActs("mx1.many.test.") {
		b.Run(act.name, func(b *testing.B) {
			for b.Loop() {
				if got, err := act.do(z.Many(names...)); err != nil || len(got.Done)+len(got.Same) != len(names) {
					b.Fatal(len(got.Done), err)
				}
			}
		})
	}
}
