package newzone

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/merge"
	"github.com/mailzone/mailzone/zonefile/presets"
)

// Every preset makes a new zone that is clean by the rules, and brought into a zone that had mail of its own it takes that over, is clean
// as well, and changes nothing the second time. named serves all of them.
func TestPresets(t *testing.T) {
	dir, conf, made := t.TempDir(), "", map[zonefile.Name]string{}
	keep := func(n int, a Answers, text string) {
		for _, d := range lint.Run([]*zonefile.Zone{zonefile.Parse("db", []byte(text), zonefile.Options{Origin: a.Origin})}, lint.Options{}) {
			if d.Severity >= lint.Warning {
				t.Errorf("%s\n%s", d, text)
			}
		}
		path := filepath.Join(dir, fmt.Sprintf("db.%d", n))
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		conf, made[a.Origin] = conf+a.statement(path)+"\n", a.Serial
	}
	for i, p := range presets.Builtin() {
		values := presets.Values{}
		for _, q := range p.Questions {
			values[q.Key] = q.Example
		}
		a := example()
		a.Origin, a.Mail, a.Exchanges = zonefile.Name(fmt.Sprintf("new%d.zone.example.", i)), Hosted, nil
		a.Servers = []Host{{Name: "ns1." + a.Origin, Addresses: addresses("198.51.100.1")}, {Name: "ns2.example.net."}}
		list, err := p.Records(a.Origin, values)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range list {
			a.Provider = append(a.Provider, Record{r.Owner, r.Type.String(), r.RData()})
		}
		text, err := a.Text()
		if err != nil || !strings.Contains(text, "IN MX") || !strings.Contains(text, "v=spf1 include:") || !strings.Contains(text, "v=DMARC1; p=none") {
			t.Fatalf("%s: %v\n%s", p.Name, err, text)
		}
		keep(2*i, a, text)

		own := example()
		own.Origin = zonefile.Name(fmt.Sprintf("own%d.zone.example.", i))
		own.Servers = []Host{{Name: "ns1." + own.Origin, Addresses: addresses("198.51.100.1")}, {Name: "ns2.example.net."}}
		own.Exchanges = []Exchange{{own.Origin, Host{"mail." + own.Origin, addresses("198.51.100.2")}}}
		keep(2*i+1, own, mergedTwice(t, p, own, values))
	}
	served(t, dir, conf, made)
}

// mergedTwice is a zone with a preset brought in, which changes nothing the second time.
func mergedTwice(t *testing.T, p presets.Preset, a Answers, values presets.Values) string {
	text, err := a.Text()
	if err != nil {
		t.Fatal(err)
	}
	snippet, err := p.Snippet(a.Origin, values)
	if err != nil {
		t.Fatal(err)
	}
	z := zonefile.Parse("db", []byte(text), zonefile.Options{Origin: a.Origin})
	for again := range 2 {
		found, err := merge.Snippet(z, snippet, merge.Options{Replace: []zonefile.Type{zonefile.TypeMX}})
		if err != nil || found.Undecided()+found.Refused() > 0 || again == 1 && len(found.Edits) > 0 {
			t.Fatalf("%s: %v, %v, %v", p.Name, found.Outcomes, found.Edits, err)
		}
		if z, err = z.Apply(found.Edits...); err != nil {
			t.Fatal(err)
		}
	}
	after := string(z.Root().Bytes())
	if strings.Contains(after, " mail\n") || !strings.Contains(after, `"v=spf1 mx include:`) {
		t.Errorf("%s: the old MX is still there, or SPF is not one\n%s", p.Name, after)
	}
	return after
}
