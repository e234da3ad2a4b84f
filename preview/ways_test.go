package preview_test

import (
	"bytes"
	"fmt"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// zonesOfTests is the zones of the tests of routes and of rules, each under the names of its files.
func zonesOfTests() iter.Seq[*zonefile.Zone] {
	return func(yield func(*zonefile.Zone) bool) {
		paths, _ := filepath.Glob("testdata/*.txtar")
		more, _ := filepath.Glob("../lint/testdata/rules/*.txtar")
		for _, path := range append(paths, more...) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				panic(err)
			}
			for _, f := range archive.Files {
				if !yield(zonefile.Parse(path+": "+f.Name, f.Data, zonefile.Options{Origin: "example.com."})) {
					return
				}
			}
		}
	}
}

// The way that is told of many domains is that of the whole Delivery, for every name of the zones of all tests.
func TestWays(t *testing.T) {
	compared := 0
	for z := range zonesOfTests() {
		zones := []*zonefile.Zone{z}
		ways := preview.NewWays(zones, preview.Display)
		for node := range z.Nodes() {
			compared++
			got, want := ways.Of(node.Name).Text(), preview.Route(zones, preview.Query{Domain: node.Name}).Way(preview.Display).Text()
			if got != want {
				t.Errorf("%s, %s: %q, want %q", z.Root().Name(), node.Name, got, want)
			}
		}
	}
	if compared < 500 {
		t.Errorf("only %d names", compared)
	}
}

// Of records that cannot be read nothing is said that nobody wrote: a number is no host, and 192.0.2.300 no address that a server
// might pass over.
func TestUnreadableRecords(t *testing.T) {
	z := zonefile.Parse("db", []byte("$TTL 1h\n@ SOA ns h 1 1h 1h 1w 1h\n@ NS ns\nns A 192.0.2.53\n@ MX 10 mail\nmail A 192.0.2.300\n"+
		"alias CNAME mail\na MX 10 alias\nb MX 10\nb MX 20 ns\nc MX 10\nd MX ten ns\ne MX 10 a..b\n"), zonefile.Options{Origin: "example.com."})
	for name, want := range map[zonefile.Name]struct{ way, reason string }{
		"example.com.":   {"mail.example.com", "no-address"},
		"a.example.com.": {"alias.example.com", "no-address"},
		"b.example.com.": {"no host > ns.example.com", ""},
		"c.example.com.": {"no host", ""},
		"d.example.com.": {"ns.example.com", ""},
		"e.example.com.": {"a..b", ""},
	} {
		if got := preview.WayOf(z, name, preview.ByMX, preview.Display).Text(); got != want.way {
			t.Errorf("%s: %q, want %q", name, got, want.way)
		}
		d := preview.Route([]*zonefile.Zone{z}, preview.Query{Domain: name})
		if want.reason != "" && (len(d.Excluded) != 1 || string(d.Excluded[0].Reason) != want.reason) {
			t.Errorf("%s: %+v, want %s", name, d.Excluded, want.reason)
		}
	}
}

// An address that cannot be read, as 192.0.2.300, is none: of all names that is said which is said where another record stands in its
// place, for every address of the zones of all tests.
func TestUnreadableAddresses(t *testing.T) {
	compared := 0
	for z := range zonesOfTests() {
		parse := func(text []byte) *zonefile.Zone {
			return zonefile.Parse(z.Root().Name(), text, zonefile.Options{Origin: z.Origin()})
		}
		for r := range z.RecordsOf(zonefile.TypeA, zonefile.TypeAAAA) {
			if data, ok := r.Token(0); ok && r.File() == z.Root() && r.Row().Record() == r && r.MadeBy().IsZero() {
				with := func(typ, text string) *zonefile.Zone {
					line := r.Text()
					at := bytes.LastIndex(line[:int(data.Span.Start)-int(r.Span().Start)], []byte(r.Type().String()))
					if at < 0 {
						return nil
					}
					begin := int(r.Span().Start) + at
					return parse(slices.Concat(z.Root().Bytes()[:begin], []byte(typ+" "+text), z.Root().Bytes()[data.Span.End:]))
				}
				broken, without := with(r.Type().String(), "192.0.2.300"), with("TXT", "x")
				if broken == nil {
					continue
				}
				compared++
				got, want := told(broken), told(without)
				for i := range max(len(got), len(want)) {
					if i >= len(got) || i >= len(want) || got[i] != want[i] {
						t.Fatalf("%s: %s: told is\n%s\nwant\n%s", r.Place(), r.Text(), strings.Join(got, "\n"), strings.Join(want, "\n"))
					}
				}
			}
		}
	}
	if compared < 200 {
		t.Errorf("only %d addresses", compared)
	}
}

// told is what is said of the names of a zone: which receive mail and how, and what becomes of a message.
func told(z *zonefile.Zone) (out []string) {
	for _, m := range preview.Map(z) {
		out = append(out, fmt.Sprint(m.Name, m.How, m.Leads, m.Route))
	}
	for node := range z.Nodes() {
		d := preview.Route([]*zonefile.Zone{z}, preview.Query{Domain: node.Name})
		out = append(out, fmt.Sprint(node.Name, d.Source, d.Outcome, d.Text, d.Way(preview.Display).Text()))
	}
	return out
}
