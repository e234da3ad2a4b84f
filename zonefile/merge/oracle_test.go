package merge

import (
	"bytes"
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

func TestMain(m *testing.M) { os.Exit(needs.Main{M: m}.Run()) }

// bindReads is the records of a zone file as BIND reads them, each without its TTL and with its strings joined, but for the SOA.
func bindReads(t *testing.T, text string) (records []string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "zone")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("named-compilezone", "-q", "-i", "none", "-k", "ignore", "-n", "ignore", "-m", "ignore", "-M", "ignore", "-S", "ignore",
		"-T", "ignore", "-W", "ignore", "-r", "ignore", "-s", "full", "-o", "-", "example.com", path)
	var out, msg bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &msg
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s%s\n%s", err, out.String(), msg.String(), text)
	}
	for line := range strings.Lines(out.String()) {
		f := strings.Fields(strings.ToLower(line))
		if len(f) > 4 && f[3] != "soa" {
			records = append(records, f[0]+" "+f[3]+" "+strings.ReplaceAll(strings.Join(f[4:], " "), `" "`, ""))
		}
	}
	slices.Sort(records)
	return slices.Compact(records)
}

// What is merged loads in BIND, and where everything was added it is what BIND reads in the zone and what it reads in the snippet.
func TestMergedAsBIND(t *testing.T) {
	needs.Program(t, "bind9-utils", "named-compilezone")
	const head = "$TTL 1d\n@ IN SOA ns.invalid. h.invalid. 1 1d 1h 4w 1h\n"
	compared, loaded := 0, 0
	for _, path := range cases(t) {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		zone := string(ar.Files[0].Data)
		z := parse(t, zone)
		for _, f := range ar.Files[1:] {
			name, ok := strings.CutPrefix(f.Name, "snippet ")
			opt := flags(t, name)
			found, err := Snippet(z, carriage(f.Data), opt)
			if !ok || err != nil || len(found.Edits) == 0 {
				continue
			}
			next, err := z.Apply(found.Edits...)
			if err != nil {
				t.Fatal(err)
			}
			loaded++
			got := bindReads(t, source(t, next))
			if slices.ContainsFunc(found.Outcomes, func(o Outcome) bool { return o.Action != Added && o.Action != Same }) || hasLong(f.Data) {
				continue
			}
			compared++
			text := head + "@ IN NS ns2.example.net.\n$ORIGIN " + string(cmp.Or(opt.Domain, "example.com.")) + "\n" + carriage(f.Data)
			want := slices.Concat(bindReads(t, carriage([]byte(zone))), bindReads(t, text))
			slices.Sort(want)
			if want = sameOnce(want); !slices.Equal(got, want) {
				t.Errorf("%s, %s: BIND reads\n%s\nwant\n%s", path, name, strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		}
	}
	if loaded < 15 || compared < 6 {
		t.Errorf("%d zones loaded, %d compared", loaded, compared)
	}
}

// hasLong tells a snippet with a string that BIND refuses.
func hasLong(snippet []byte) bool {
	for line := range strings.Lines(string(snippet)) {
		if parts := strings.Split(line, `"`); slices.ContainsFunc(parts, func(p string) bool { return len(p) > zonefile.MaxString }) {
			return true
		}
	}
	return false
}

// sameOnce leaves out policies that the snippet writes with other blanks: the zone's words stay.
func sameOnce(records []string) (out []string) {
	said := map[string]bool{}
	for _, r := range slices.Compact(records) {
		key := strings.ReplaceAll(strings.ReplaceAll(r, "; ", ";"), ";\"", "\"")
		if !said[key] {
			said[key] = true
			out = append(out, r)
		}
	}
	return out
}
