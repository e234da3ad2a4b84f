package zonefile

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// canonicalZone has a record of every type that BIND and miekg/dns both know by name, in spellings that
// neither prints back, and lines that BIND drops.
const canonicalZone = "testdata/canonical.zone"

func TestLoadedIsWhatBINDLoads(t *testing.T) {
	needOracle(t)
	out := filepath.Join(t.TempDir(), "out")
	cmd := exec.Command("named-compilezone", "-q", "-i", "none", "-k", "ignore", "-m", "ignore", "-M", "ignore", "-n", "ignore",
		"-r", "ignore", "-S", "ignore", "-T", "ignore", "-W", "ignore", "-s", "full", "-o", out, "example.com", canonicalZone)
	if msg, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("named-compilezone: %v\n%s", err, msg)
	}
	dump, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(canonicalZone)
	if err != nil {
		t.Fatal(err)
	}
	z := Parse(canonicalZone, src, Options{Origin: "example.com."})
	var got, want []string
	for r := range z.Loaded() {
		got = append(got, folded(string(r.Owner())+" IN "+r.Type().String()+" "+r.CanonicalRData()))
	}
	for line := range strings.Lines(string(dump)) {
		if f := strings.Fields(line); len(f) > 4 && f[0] != ";" {
			want = append(want, folded(f[0]+" IN "+strings.Join(f[3:], " ")))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("record %d differs\n%s", i, strings.Join(got[min(i, len(got)):], "\n")+"\nBIND:\n"+strings.Join(want[min(i, len(want)):], "\n"))
		}
	}
}

// folded is a record without what a zone dump may choose: case, quotes, blanks inside long data.
func folded(line string) string {
	words := strings.Fields(strings.ToLower(strings.ReplaceAll(line, `"`, "")))
	return strings.Join(words[:3], " ") + " " + strings.Join(words[3:], "")
}
