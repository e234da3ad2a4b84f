package zonefile

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// corpusDir is where the zone files of other projects are; .ci/corpus fetches them.
var corpusDir = flag.String("corpus", "../.corpus", "zone files of Debian's source packages, as .ci/corpus fetches them")

// testZone is a zone file of the tests.
type testZone struct {
	path   string
	src    []byte
	origin Name
}

// parse reads a test zone, with what it includes: relative to its folder, as named-compilezone is started
// there.
func (tz testZone) parse() *Zone {
	dir := filepath.Dir(tz.path)
	return Parse(tz.path, tz.src, Options{Origin: tz.origin, Open: func(path string, _ *File) (string, []byte, error) {
		name := filepath.Join(dir, path)
		if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
			return "", nil, fs.ErrNotExist
		}
		src, err := os.ReadFile(name)
		return name, src, err
	}})
}

// ownZones is the zones in testdata/zones.
func ownZones(t testing.TB) []testZone {
	paths, err := filepath.Glob("testdata/zones/*.zone")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no zones in testdata/zones: %v", err)
	}
	return readZones(t, paths)
}

// corpusZones is the zone files of other projects; none where they were not fetched.
func corpusZones(t testing.TB) []testZone {
	var paths []string
	root, err := filepath.EvalSymlinks(*corpusDir)
	if err != nil {
		return nil
	}
	filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && !strings.HasSuffix(path, ".origin") {
			paths = append(paths, path)
		}
		return nil
	})
	return readZones(t, oneIn(paths, 10))
}

// oneIn is all of the cases, and every nth of them under -short: while somebody types, a part of each proof has to do.
func oneIn[T any](all []T, n int) []T {
	if !testing.Short() {
		return all
	}
	var some []T
	for i := 0; i < len(all); i += n {
		some = append(some, all[i])
	}
	return some
}

// readZones reads test zones and finds their origins.
func readZones(t testing.TB, paths []string) []testZone {
	var zones []testZone
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		told, err := GuessOrigin(path, src)
		if err != nil {
			told.Origin = "example.com."
		}
		zones = append(zones, testZone{path, src, told.Origin})
	}
	return zones
}

// lister lists every record as it is served, equal ones kept: `owner ttl type rdata`. It remembers the canonical form of data that it has seen: most versions of a zone hold the same.
type lister map[string]string

// list is every record of a version.
func (l lister) list(z *Zone) []string {
	var out []string
	served := z.several(nil).served
	for r := range z.Records() {
		ttl, differs := served[r]
		if !differs {
			ttl = r.TTL()
		}
		class := ""
		if r.Foreign() {
			class = "foreign "
		}
		out = append(out, strings.Join([]string{string(r.Owner()), FormatTTL(ttl), class + r.Type().String(), l.data(r)}, " "))
	}
	return out
}

// data is the canonical data of a record.
func (l lister) data(r Record) string {
	key := r.Type().String() + " " + string(r.Origin()) + " " + r.RDataText()
	data, ok := l[key]
	if !ok {
		data = r.CanonicalRData()
		l[key] = data
	}
	return data
}
