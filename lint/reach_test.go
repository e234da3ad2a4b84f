package lint_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/testdata/shapes"
	"github.com/mailzone/mailzone/zonefile"
)

// watched counts what visits looked up.
type watched struct{ edits, known, readers int }

// Every name whose visit looked up what an edit changed, before it or after, is among those that the edit is said to reach.
func TestReached(t *testing.T) {
	few, n := 6, watched{}
	if testing.Short() {
		few = 1
	}
	files, _ := needs.Share(t, caseFiles(t))
	casesIn(t, files, func(t *testing.T, c *testCase, z *zonefile.Zone) {
		c.opt.Info = true
		n.chain(t, append([]*zonefile.Zone{z}, c.beside...), c.opt, few)
	})
	others := otherZones(t)
	paths, _ := needs.Share(t, slices.Sorted(maps.Keys(others)))
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil || len(src) > 20_000 {
			continue
		}
		n.chain(t, []*zonefile.Zone{zonefile.Parse(path, src, zonefile.Options{Origin: others[path]})}, lint.Options{Info: true}, few)
	}
	for _, s := range shapes.Every() {
		z := zonefile.Parse(s.Name, s.Zone(300), zonefile.Options{Origin: zonefile.Name(s.Origin)})
		n.chain(t, []*zonefile.Zone{z}, lint.Options{Info: true}, 4*few)
	}
	if n.known < n.edits/3 || n.readers < n.known {
		t.Errorf("little was looked at: %+v", n)
	}
	t.Logf("%+v", n)
}

// editOfLooked is an edit of a name that visits of others look up: its records go, or it gets one more. Names with few types of
// records are as often looked up for it as those with many.
func editOfLooked(rng *rand.Rand, zones []*zonefile.Zone, i int, opt lint.Options) (what string, edits []zonefile.Edit) {
	looked := lint.LooksForTests(zones, i, opt)
	types := slices.Sorted(maps.Keys(looked))
	if len(types) == 0 {
		return "", nil
	}
	t := oneOf(rng, types...)
	n, z := oneOf(rng, looked[t]...), zones[i]
	err := error(nil)
	if gone := z.Node(n).Records; len(gone) > 0 && rng.IntN(2) == 0 {
		what = fmt.Sprintf("delete all of %s, which names with %s look up", n, t)
		edits, err = z.Delete(gone...)
	} else {
		what = fmt.Sprintf("add an address to %s, which names with %s look up", n, t)
		edits, err = z.Add(zonefile.Draft{Owner: n, Type: zonefile.TypeA, RData: "192.0.2.99"})
	}
	if err != nil {
		return "", nil
	}
	return what, edits
}

// otherZones is zones with their origins that were not made for the rules.
func otherZones(t *testing.T) map[string]zonefile.Name {
	all := map[string]zonefile.Name{}
	clean, _ := filepath.Glob("testdata/clean/*.zone")
	for _, path := range clean {
		all[path] = "example.com."
	}
	corpus, err := filepath.EvalSymlinks("../.corpus")
	if err != nil {
		t.Log("without the corpus: .ci/corpus brings it")
		return all
	}
	_ = filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && filepath.Ext(path) != ".origin" {
			origin, err := os.ReadFile(path + ".origin")
			all[path] = zonefile.Name(bytes.TrimSpace(origin))
			if err != nil {
				all[path] = "example.com."
			}
		}
		return nil
	})
	return all
}

// chain makes a chain of random edits.
func (n *watched) chain(t *testing.T, zones []*zonefile.Zone, opt lint.Options, steps int) {
	t.Helper()
	for round := range *rounds {
		zones := zones
		rng := rand.New(rand.NewPCG(uint64(zones[0].Root().Size()), uint64(99+round)))
		for range steps {
			i := min(rng.IntN(2*len(zones)), len(zones)-1)
			what, edits := editOfLooked(rng, zones, i, opt)
			if edits == nil || rng.IntN(3) == 0 {
				what, edits = randomEdit(rng, zones[i])
			}
			next, err := zones[i].Apply(edits...)
			if err != nil {
				continue
			}
			n.edits++
			missed, readers, known := lint.MissedForTests(zones, i, next, edits, opt)
			if n.readers += readers; known {
				n.known++
			}
			for _, m := range missed {
				t.Errorf("%s: %s", what, m)
			}
			if len(missed) > 0 {
				var b bytes.Buffer
				_, _ = zones[i].WriteTo(&b)
				t.Fatalf("the zone %s was:\n%s", zones[i].Origin(), b.String())
			}
			zones = append(append([]*zonefile.Zone{}, zones...)[:i:i], append([]*zonefile.Zone{next}, zones[i+1:]...)...)
		}
	}
}
