package references

import (
	"flag"
	"fmt"
	"io/fs"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/zonefile"
)

// Each file of testdata is zones, what is asked of them, and what is told then: the lines with what they would be, what cannot
// change, and the files as they are with all lines but those that are left out. The law over whole corpora stands in
// zonefile/law_references_test.go.

var update = flag.Bool("update", false, "write what is told, and the files that come out, anew")

func TestCases(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := answered(t, ar)
			switch text := txtar.Format(&txtar.Archive{Comment: ar.Comment, Files: got}); {
			case *update:
				if err := os.WriteFile(path, text, 0o600); err != nil {
					t.Fatal(err)
				}
			case string(text) != string(txtar.Format(ar)):
				t.Errorf("it comes out as\n%s", text)
			}
		})
	}
}

// answered is the sections of a case with its answers.
func answered(t *testing.T, ar *txtar.Archive) (out []txtar.File) {
	var zones []*zonefile.Zone
	for _, f := range ar.Files {
		if strings.HasPrefix(f.Name, "told ") || strings.HasPrefix(f.Name, "after ") {
			continue
		}
		out = append(out, f)
		if words := strings.Fields(f.Name); words[0] == "zone" {
			zones = append(zones, zonefile.Parse(words[2], f.Data, zonefile.Options{Origin: zonefile.Name(words[1]), Open: opens(ar)}))
		}
	}
	asked := 0
	for i := 0; i < len(out); i++ {
		words := strings.Fields(out[i].Name)
		if words[0] != "ask" {
			continue
		}
		asked++
		told, after := answer(t, zones, words[1:])
		answers := append([]txtar.File{{Name: "told " + words[1], Data: []byte(told)}}, after...)
		out = slices.Insert(out, i+1, answers...)
	}
	if asked == 0 {
		t.Error("nothing is asked")
	}
	return out
}

// opens reads the files that a zone of a case includes.
func opens(ar *txtar.Archive) func(string, *zonefile.File) (string, []byte, error) {
	return func(path string, _ *zonefile.File) (string, []byte, error) {
		for _, f := range ar.Files {
			if f.Name == "file "+path {
				return path, f.Data, nil
			}
		}
		return "", nil, fs.ErrNotExist
	}
}

// answer asks: the number of the question, rename or readdress, old and new, and the numbers of lines that are left out.
func answer(t *testing.T, zones []*zonefile.Zone, words []string) (told string, after []txtar.File) {
	var l List
	var err error
	switch words[1] {
	case "used":
		return used(zones, words[2]), nil
	case "rename":
		l, err = Among{Zones: zones}.Rename(zonefile.Name(words[2]), zonefile.Name(words[3]))
	case "readdress":
		l, err = Among{Zones: zones}.Readdress(netip.MustParseAddr(words[2]), netip.MustParseAddr(words[3]))
	}
	if err != nil {
		return "refused: " + err.Error() + "\n", nil
	}
	var b strings.Builder
	var chosen []Line
	for i, line := range l.Lines {
		fmt.Fprintf(&b, "%d %s: %s -> %s\n", i+1, line.Record.Place(), line.Is, line.Becomes)
		if !slices.Contains(words[4:], strconv.Itoa(i+1)) {
			chosen = append(chosen, line)
		}
	}
	for _, k := range l.Stuck {
		fmt.Fprintf(&b, "stuck: %s: %v\n", k.Is, k.Why)
	}
	for _, text := range l.Told() {
		fmt.Fprintf(&b, "%s\n", text)
	}
	for _, z := range zones {
		edits, err := Edits(z, chosen)
		if err != nil {
			return b.String() + "refused: " + err.Error() + "\n", nil
		}
		next, err := z.Apply(edits...)
		if err != nil {
			t.Fatal(err)
		}
		for f := range z.Files() {
			if text := next.File(f.Name()).Bytes(); string(text) != string(f.Bytes()) {
				after = append(after, txtar.File{Name: "after " + words[0] + " " + f.Name(), Data: text})
			}
		}
	}
	return b.String(), after
}

// used tells who uses a name or an address.
func used(zones []*zonefile.Zone, of string) string {
	var u Uses
	if a, err := netip.ParseAddr(of); err == nil {
		u = Among{Zones: zones}.UsesOfAddress(a)
	} else {
		u = Among{Zones: zones}.UsesOfName(zonefile.Name(of))
	}
	var b strings.Builder
	for _, one := range u.List {
		at := one.Row.File().Position(one.Row.Span().Start)
		fmt.Fprintf(&b, "%s %s:%d: %s\n", [...]string{"leads", "own", "below", one.As}[one.How], one.Row.File().Name(), at.Line, one.Is)
	}
	return b.String() + strings.Join(append(u.Unread, ""), "\n")
}

// Of lines that stay for one reason three are told, and how many more there are; another reason is told for itself.
func TestManyAlikeAreToldOnce(t *testing.T) {
	for _, n := range []int{2, 3, 4, 5000} {
		var text strings.Builder
		text.WriteString("$TTL 1h\n@ SOA ns h 1 1h 15m 1w 1h\nmail A 203.0.113.8\n")
		for i := range n {
			fmt.Fprintf(&text, "c%d TXT \"v=spf1 ip4:203.0.113.0/24 -all\"\n", i)
		}
		text.WriteString("d TXT \"v=spf1 ip4:203.0.113.0/25 -all\"\n")
		z := zonefile.Parse("db", []byte(text.String()), zonefile.Options{Origin: "example.com."})
		list, err := Among{Zones: []*zonefile.Zone{z}}.Readdress(netip.MustParseAddr("203.0.113.8"), netip.MustParseAddr("203.0.113.9"))
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, what := range list.Told() {
			if strings.Contains(what.Error(), "holds both") {
				got = append(got, what.Error())
			}
		}
		var want []string
		for i := range min(n, 3) {
			want = append(want, fmt.Sprintf("db:%d: ip4:203.0.113.0/24 holds both addresses and stays", 4+i))
		}
		if n > 3 {
			want = append(want, fmt.Sprintf("and %s: ip4:203.0.113.0/24 holds both addresses and stays", zonefile.Plural(n-3, "line more", "lines more")))
		}
		want = append(want, fmt.Sprintf("db:%d: ip4:203.0.113.0/25 holds both addresses and stays", 4+n))
		if !slices.Equal(got, want) {
			t.Errorf("%d: told\n%s\nwant\n%s", n, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if len(list.Kept) != n+1 {
			t.Errorf("%d: %d lines stay", n, len(list.Kept))
		}
	}
}
