package merge

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/zonefile"
)

// Each file of testdata is a zone and snippets, with the flags of the command behind the name, and behind each what becomes of it: the
// outcomes, or the faults, and the lines that go and come.
var update = flag.Bool("update", false, "write anew what becomes of the snippets")

func TestCases(t *testing.T) {
	snippets := 0
	for _, path := range cases(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			z := parse(t, string(ar.Files[0].Data))
			got := &txtar.Archive{Comment: ar.Comment, Files: ar.Files[:1:1]}
			for _, f := range ar.Files[1:] {
				if name, ok := strings.CutPrefix(f.Name, "snippet "); ok {
					snippets++
					got.Files = append(got.Files, f, txtar.File{Name: "becomes", Data: told(t, z, name, carriage(f.Data))})
				}
			}
			if *update {
				if err := os.WriteFile(path, txtar.Format(got), 0o600); err != nil {
					t.Fatal(err)
				}
			} else if !bytes.Equal(txtar.Format(got), txtar.Format(ar)) {
				t.Errorf("it becomes\n%s", txtar.Format(got))
			}
		})
	}
	if snippets < 40 {
		t.Errorf("only %d snippets", snippets)
	}
}

// cases is the files.
func cases(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	return paths
}

// carriage is a text with the carriage returns that a case writes as \r.
func carriage(data []byte) string { return strings.ReplaceAll(string(data), "\\r\n", "\r\n") }

// parse reads a zone, which has no errors.
func parse(t testing.TB, text string) *zonefile.Zone {
	t.Helper()
	z := zonefile.Parse("zone.db", []byte(carriage([]byte(text))), zonefile.Options{Origin: "example.com."})
	for e := range z.Errors() {
		t.Fatal(e)
	}
	return z
}

// flags reads what stands behind the name of a snippet, as the command does.
func flags(t testing.TB, name string) (opt Options) {
	t.Helper()
	words := strings.Fields(name)
	for i, w := range words {
		switch w {
		case "--prefer":
			opt.Prefer = map[string]Preference{"zone": TheZone, "snippet": TheSnippet}[words[i+1]]
		case "--domain":
			opt.Domain = zonefile.Name(words[i+1] + ".")
		case "--replace":
			for word := range strings.SplitSeq(words[i+1], ",") {
				typ, ok := zonefile.ParseType(word)
				if !ok {
					t.Fatal(word)
				}
				opt.Replace = append(opt.Replace, typ)
			}
		}
	}
	return opt
}

// told is what becomes of a snippet.
func told(t *testing.T, z *zonefile.Zone, name, text string) []byte {
	t.Helper()
	opt := flags(t, name)
	found, err := Snippet(z, text, opt)
	if err != nil {
		return []byte(err.Error() + "\n")
	}
	var b strings.Builder
	for _, o := range found.Outcomes {
		fmt.Fprintln(&b, o)
		if o.Action == Conflict {
			fmt.Fprintf(&b, "  %s\n  %s\n", o.Before, o.After)
		}
	}
	if found.Undecided()+found.Refused() > 0 && len(found.Edits) > 0 {
		t.Errorf("%s: edits although something is not decided", name)
	}
	next, err := z.Apply(found.Edits...)
	if err != nil {
		t.Fatal(name, err)
	}
	for _, l := range changed(t, name, source(t, z), source(t, next)) {
		fmt.Fprintln(&b, l)
	}
	holds(t, name, text, next, opt, found)
	return []byte(b.String())
}

// holds is what is so behind every merge: the zone loads, and once more changes nothing.
func holds(t *testing.T, name, text string, next *zonefile.Zone, opt Options, first Result) {
	t.Helper()
	parse(t, source(t, next))
	again, err := Snippet(next, text, opt)
	if err != nil || len(again.Edits) > 0 || again.Undecided() != first.Undecided() || again.Refused() != first.Refused() {
		t.Errorf("%s, once more: %v, %v", name, again, err)
	}
	for _, o := range again.Outcomes {
		if first.Undecided()+first.Refused() == 0 && o.Action != Same && o.Action != LeftOut {
			t.Errorf("%s, once more: %s", name, o)
		}
	}
}

// source is the text of a zone.
func source(t *testing.T, z *zonefile.Zone) string {
	t.Helper()
	var b strings.Builder
	if _, err := z.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// changed is the lines that go and those that come; all others stay in their order.
func changed(t *testing.T, name, old, now string) (out []string) {
	t.Helper()
	was, is := strings.Split(old, "\n"), strings.Split(now, "\n")
	count := map[string]int{}
	for _, l := range is {
		count[l]++
	}
	var stays []string
	for _, l := range was {
		if count[l] > 0 {
			count[l]--
			stays = append(stays, l)
		} else {
			out = append(out, "-"+strings.ReplaceAll(l, "\r", `\r`))
		}
	}
	at := 0
	for _, l := range is {
		if at < len(stays) && l == stays[at] {
			at++
		} else {
			out = append(out, "+"+strings.ReplaceAll(l, "\r", `\r`))
		}
	}
	if at < len(stays) {
		t.Errorf("%s: lines have another order, from %q on", name, stays[at])
	}
	return out
}

// What cannot be read may be a private key: of no line a fault has the text, whatever is wrong with it.
func TestFaultsShowNothing(t *testing.T) {
	const secret = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3vVpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g"
	z := parse(t, "$TTL 1d\n@ IN SOA ns1 h 1 1d 1h 4w 1h\n@ IN NS ns1\nns1 IN A 192.0.2.1\n")
	shapes := []string{"%s", " %s", "%s IN A 192.0.2.1 x", "@ %s", "@ IN %s", "@ IN A %s", "@ IN MX %s", "@ IN MX 10 %s x", "@ IN TXT \"%s",
		"@ IN TXT ( %s", "%s %s", "@ IN TLSA 3 1 1 %s", "@ IN SRV 1 %s 2 a.", "@ %s IN A 192.0.2.1", "$ORIGIN ..%s", "$TTL %s", "@ IN CAA 0 %s",
		"-----BEGIN PRIVATE KEY-----\n%s", "@ IN CNAME a..%s", "@ IN TYPE65 \\# 3 %s", "@ IN DS 1 2 3 %s", "@ IN A\u00a0%s", "<td>%s", "@ IN TXT \u201c%s", "update add %s"}
	for _, shape := range shapes {
		text := strings.ReplaceAll(shape, "%s", secret)
		_, err := Snippet(z, text, Options{})
		if err == nil {
			t.Errorf("%s: it is read", shape)
		} else if strings.Contains(strings.ToLower(err.Error()), strings.ToLower(secret[:12])) {
			t.Errorf("%s: %v", shape, err)
		}
	}
}

// The bounds are told, and nothing is taken of what is beyond them.
func TestBounds(t *testing.T) {
	z := parse(t, "$TTL 1d\n@ IN SOA ns1 h 1 1d 1h 4w 1h\n@ IN NS ns1\nns1 IN A 192.0.2.1\n")
	if _, err := Snippet(z, strings.Repeat("; a comment\n", MostText/12+1), Options{}); err == nil {
		t.Error("more octets than the bound are read")
	}
	var b strings.Builder
	for i := range MostRecords {
		fmt.Fprintf(&b, "h%d A 192.0.2.1\n", i)
	}
	found, err := Snippet(z, b.String(), Options{})
	if err != nil || len(found.Outcomes) != MostRecords || slices.ContainsFunc(found.Outcomes, func(o Outcome) bool { return o.Action != Added }) {
		t.Errorf("%d outcomes, %v", len(found.Outcomes), err)
	}
	if _, err := Snippet(z, b.String()+"more A 192.0.2.1\n", Options{}); err == nil {
		t.Error("more records than the bound are read")
	}
}
