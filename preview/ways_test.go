package preview_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// The way that is told of many domains is that of the whole Delivery, for every name of the zones of all tests.
func TestWays(t *testing.T) {
	paths, _ := filepath.Glob("testdata/*.txtar")
	more, _ := filepath.Glob("../lint/testdata/rules/*.txtar")
	compared := 0
	for _, path := range append(paths, more...) {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range txtar.Parse(src).Files {
			zones := []*zonefile.Zone{zonefile.Parse(f.Name, f.Data, zonefile.Options{Origin: "example.com."})}
			ways := preview.NewWays(zones, preview.Display)
			for node := range zones[0].Nodes() {
				compared++
				got, want := ways.Of(node.Name).Text(), preview.Route(zones, preview.Query{Domain: node.Name}).Way(preview.Display).Text()
				if got != want {
					t.Errorf("%s, %s, %s: %q, want %q", path, f.Name, node.Name, got, want)
				}
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
