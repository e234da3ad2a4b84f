package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/zonefile"
)

// Reports are asked for where somebody reads mail: a name without MX has nobody who would.
func TestReportsGoWhereMailIsRead(t *testing.T) {
	t.Chdir(t.TempDir())
	k := newUser(t, "", demoZone).app.kit
	for domain, want := range map[zonefile.Name]string{"example.com.": "postmaster@example.com", "none.example.com.": "postmaster@example.com", "branch.example.com.": "postmaster@branch.example.com"} {
		for _, kind := range []policyKind{policyDMARC, policyTLSRPT} {
			if o := k.policyOffer(kind, domain, ""); !strings.HasSuffix(o.data, "rua=mailto:"+want) {
				t.Errorf("%s of %s: %q, want %s", kind, domain, o.data, want)
			}
		}
	}
}

// The form of each type of the bar, for a new record and for one that is there, is looked at by a script at 80x24 and at 60x15.
func TestEachFormIsLookedAt(t *testing.T) {
	seen := map[string]bool{}
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		ar := txtar.Parse(data)
		size := "80x24"
		for line := range strings.Lines(string(ar.Comment)) {
			if s, ok := strings.CutPrefix(line, "size: "); ok {
				size = strings.TrimSpace(s)
			}
		}
		for _, f := range ar.Files {
			if what, ok := strings.CutPrefix(string(f.Data), "─["); ok && f.Name == "dialog" {
				words := strings.Fields(what)
				seen[size+" "+words[0]+" "+words[1]] = true
			}
		}
	}
	for _, size := range []string{"80x24", "60x15"} {
		for _, typ := range append(commonTypes(), "SOA") {
			for _, verb := range []string{"Add", "Edit"} {
				if form := size + " " + verb + " " + typ; !seen[form] && form != size+" Add SOA" { // a zone has one
					t.Errorf("no script looks at %s", form)
				}
			}
		}
	}
}
