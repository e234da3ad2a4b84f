package pasted

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

// Each file of testdata is a zone and texts as programs and pages print them, each with what is read of it: + is taken, ? is asked, = is
// there already, - is none. A line `or` is the other way to read the names.

var update = flag.Bool("update", false, "write anew what is read of the texts")

func TestCases(t *testing.T) {
	texts := 0
	for _, path := range cases(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			z := zonefile.Parse("zone.db", ar.Files[0].Data, zonefile.Options{Origin: "example.com."})
			got := &txtar.Archive{Comment: ar.Comment, Files: ar.Files[:1:1]}
			for _, f := range ar.Files[1:] {
				if name, ok := strings.CutPrefix(f.Name, "text "); ok {
					texts++
					items := Read(z, strings.ReplaceAll(string(f.Data), "\\r\n", "\r\n"))
					got.Files = append(got.Files, f, txtar.File{Name: "read " + name, Data: told(items)})
					adds(t, name, z, items)
				}
			}
			if *update {
				if err := os.WriteFile(path, txtar.Format(got), 0o600); err != nil {
					t.Fatal(err)
				}
			} else if want := txtar.Format(ar); !bytes.Equal(txtar.Format(got), want) {
				t.Errorf("it is read as\n%s", txtar.Format(got))
			}
		})
	}
	if texts < 30 {
		t.Errorf("only %d texts", texts)
	}
}

// cases is the files of testdata.
func cases(t testing.TB) []string {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	return paths
}

// told is items as the cases have them.
func told(items []Item) []byte {
	var b bytes.Buffer
	for _, i := range items {
		lines := fmt.Sprint(i.From)
		if i.To > i.From {
			lines += fmt.Sprintf("-%d", i.To)
		}
		for n, w := range i.Ways {
			if n > 0 {
				lines = "or"
			}
			fmt.Fprintf(&b, "%s %c", lines, "+?=-"[w.State])
			if d := w.Record; d.Type != 0 {
				data := d.RData
				if len(data) > 120 {
					data = data[:60] + fmt.Sprintf("[%d more]", len(data)-90) + data[len(data)-30:]
				}
				for _, word := range []string{d.Owner.In("example.com."), d.TTL, d.Type.String(), data, d.Comment} {
					if word != "" {
						b.WriteString(" " + word)
					}
				}
			}
			b.WriteString("\n")
			for _, text := range append([]string{w.Why}, w.Says...) {
				if text != "" {
					b.WriteString("    " + text + "\n")
				}
			}
		}
	}
	return b.Bytes()
}

// adds holds the law of what is added: the records that are on, and nothing else.
func adds(t *testing.T, name string, z *zonefile.Zone, items []Item) {
	t.Helper()
	edits, err := Edits(z, items)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	after, err := z.Apply(edits...)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	var want []string
	for _, i := range items {
		if i.On {
			d := i.Way().Record
			p := parse(strings.Join([]string{string(d.Owner), "IN", d.Type.String(), d.RData}, " "), d.Origin)
			want = append(want, says(p.record))
		}
	}
	var got []string
	_, came := z.Differing(after)
	for _, r := range came {
		if !slices.Contains(all(z), says(r)) {
			got = append(got, says(r))
		}
	}
	for r := range z.Records() {
		if !slices.Contains(all(after), says(r)) {
			t.Errorf("%s: %s is gone", name, says(r))
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: it adds\n%s\nand not\n%s", name, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	was, is := errorsOf(z), errorsOf(after)
	if len(is) > len(was) {
		t.Errorf("%s: BIND refuses the zone now: %s", name, is)
	}
}

// errorsOf is what the reader refuses of a zone.
func errorsOf(z *zonefile.Zone) (out []string) {
	for e := range z.Errors() {
		out = append(out, e.String())
	}
	return out
}

// all is what all records of a zone say.
func all(z *zonefile.Zone) (out []string) {
	for r := range z.Records() {
		out = append(out, says(r))
	}
	return out
}

// says is what a record says, in one spelling.
func says(r zonefile.Record) string {
	return fmt.Sprintf("%s %s %s", r.Owner(), r.Type(), r.CanonicalRData())
}

func FuzzRead(f *testing.F) {
	var zones []*zonefile.Zone
	for _, path := range cases(f) {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		zones = append(zones, zonefile.Parse("zone.db", ar.Files[0].Data, zonefile.Options{Origin: "example.com."}))
		for _, file := range ar.Files[1:] {
			if strings.HasPrefix(file.Name, "text ") {
				f.Add(string(file.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, z := range zones {
			items := Read(z, text)
			last := 0
			for _, i := range items {
				if i.From < last || i.To < i.From {
					t.Errorf("lines %d to %d stand behind line %d", i.From, i.To, last)
				}
				last = i.From
			}
			edits, err := Edits(z, items)
			if err != nil {
				t.Fatalf("%q: what is offered cannot be added: %v", text, err)
			}
			after, err := z.Apply(edits...)
			if err != nil {
				t.Fatal(err)
			}
			if len(errorsOf(after)) > len(errorsOf(z)) {
				t.Errorf("%q: BIND refuses what is offered: %s", text, errorsOf(after))
			}
			for i := range items {
				for range items[i].Ways {
					items[i].Turn()
				}
			}
		}
	})
}
