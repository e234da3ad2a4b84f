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
