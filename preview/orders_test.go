package preview_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// The order that the map shows is that of the whole Delivery, for every name of the zones of all tests.
func TestOrders(t *testing.T) {
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
			orders := preview.NewOrders(zones)
			for node := range zones[0].Nodes() {
				compared++
				got, want := orders.Of(node.Name, preview.Display), preview.Route(zones, preview.Query{Domain: node.Name}).Order(preview.Display)
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
