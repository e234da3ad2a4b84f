package zonefile

// What tests of packages above this one take from its own: the zones that laws are tried on, how a version is listed, and
// BIND as witness.

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// LawZone is a zone that laws are tried on.
type LawZone struct {
	Path string
	Zone *Zone
}

// LawZones is the zones of TestLaw, and whether all of each is to be tried.
func LawZones(t *testing.T) (zones []LawZone, whole bool) {
	some, _ := needs.Share(t, slices.Concat(oneIn(ownZones(t), 4), corpusZones(t), oneIn(grammarZones(t), 10)))
	for _, tz := range some {
		zones = append(zones, LawZone{tz.path, tz.parse()})
	}
	return zones, *lawFull
}

// Beside tries each of many, as many beside each other as there are processors. What fails in one ends its row.
func Beside[T any](t *testing.T, all []T, try func(t *testing.T, x T)) {
	t.Helper()
	var next atomic.Int64
	t.Run("beside", func(t *testing.T) {
		for row := range runtime.GOMAXPROCS(0) {
			t.Run(fmt.Sprint(row), func(t *testing.T) {
				t.Parallel()
				for i := next.Add(1) - 1; i < int64(len(all)) && !t.Failed(); i = next.Add(1) - 1 {
					try(t, all[i])
				}
			})
		}
	})
}

// Listing is every record of a version, in the order of Records, with the TTL that it is served with.
func Listing(z *Zone) []string { return lister{}.list(z) }

// Witnessed wants BIND to read a version as mailzone does; false where BIND does not load it.
func Witnessed(t *testing.T, z *Zone) bool {
	t.Helper()
	if _, bad := firstProblem(z); bad || strings.Contains(string(z.Root().Bytes()), "$INCLUDE") {
		return false
	}
	path := filepath.Join(t.TempDir(), "zone")
	if err := os.WriteFile(path, z.Root().Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	want, refusal := oracle(t, path, z.opt.Origin)
	if refusal != "" {
		return false
	}
	if got := loadedLines(z); !slices.Equal(got, want) {
		t.Errorf("BIND reads it otherwise:\n%s", differ(want, got))
	}
	return true
}

// Differ prints what two listings do not share.
func Differ(want, got []string) string { return differ(want, got) }

// CheckSpliced wants files to be those before with edits spliced in.
func CheckSpliced(t *testing.T, z, next *Zone, edits []Edit) {
	t.Helper()
	for f := range z.Files() {
		if got := next.File(f.Name()); got == nil || !bytes.Equal(got.Bytes(), naiveSplice(f.Bytes(), editsOf(edits, f.name))) {
			t.Errorf("%s: bytes outside the edits changed", f.name)
		}
	}
}
