package zonefile

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/testdata/needs"
)

// What TTL a record has is BIND's to say. testdata/ttl.txtar is the table of what named-compilezone 9.18 made of each
// corner; where it is installed it is asked again.

// TestTTLAsBIND: each zone of the table is read as the table says, and as BIND says.
func TestTTLAsBIND(t *testing.T) {
	for name, files := range ttlCases(t) {
		t.Run(name, func(t *testing.T) {
			tz := zoneOf(t, files)
			var got []string
			for _, line := range slices.Compact(loadedLines(tz.parse())) {
				f := strings.Fields(line)
				if f[3] != "SOA" && f[3] != "NS" && f[0] != "ns1.example.com." {
					got = append(got, strings.TrimSuffix(f[0], ".example.com.")+" "+strings.Join(append(f[1:2], f[3:]...), " "))
				}
			}
			want := strings.Split(strings.TrimSpace(files["want"]), "\n")
			slices.Sort(want)
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s\ngot\n%s\nwant\n%s", files["zone"], strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
			readsAsBIND(t, tz)
		})
	}
}

// ttlCases reads the table: cases parted by a file that is called `case NAME`, which holds the zone. A zone without $TTL
// gets an SOA that has a TTL before it, unless it has its own.
func ttlCases(t *testing.T) map[string]map[string]string {
	ar, err := txtar.ParseFile("testdata/ttl.txtar")
	if err != nil {
		t.Fatal(err)
	}
	cases := map[string]map[string]string{}
	var now map[string]string
	for _, f := range ar.Files {
		text := string(f.Data)
		if name, ok := strings.CutPrefix(f.Name, "case "); ok {
			if now = map[string]string{}; !strings.Contains(text, "SOA") {
				text = "@ 86400 SOA ns1 h 1 3600 900 604800 300\n@ NS ns1.example.com.\nns1 A 192.0.2.53\n" + text
			}
			cases[name], now["zone"] = now, text
			continue
		}
		now[f.Name] = text
	}
	return cases
}

// zoneOf writes files for BIND, and is the zone that they are.
func zoneOf(t *testing.T, files map[string]string) testZone {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return testZone{filepath.Join(dir, "zone"), []byte(files["zone"]), grammarOrigin}
}

// readsAsBIND wants BIND to load a zone, with the records and TTLs that mailzone reads.
func readsAsBIND(t *testing.T, tz testZone) {
	t.Helper()
	needOracle(t)
	want, refusal := oracle(t, tz.path, tz.origin)
	if got := slices.Compact(loadedLines(tz.parse())); refusal != "" || !slices.Equal(got, want) {
		t.Errorf("BIND reads it otherwise: %s\n%s\n%s", refusal, differ(want, got), tz.src)
	}
}

// TestGrammarAsBIND: zones of the grammar are read as BIND reads them.
func TestGrammarAsBIND(t *testing.T) {
	needs.Long(t)
	needOracle(t)
	zones := 60
	if *lawFull {
		zones = 2000
	}
	Beside(t, needs.Seeds(t, zones), func(t *testing.T, seed uint64) { // most of the time is that of BIND's processes
		text, files := grammarZone(seed)
		files["zone"] = text
		if readsAsBIND(t, zoneOf(t, files)); t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	})
}
