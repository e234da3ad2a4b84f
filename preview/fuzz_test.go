package preview

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
	"golang.org/x/tools/txtar"
)

// FuzzZone asks all questions about any zone: none may panic, and what is drawn must be among the tiers.
func FuzzZone(f *testing.F) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, section := range ar.Files {
			if !strings.HasPrefix(section.Name, "?") {
				f.Add(section.Data, "www."+section.Name+".", uint64(0))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text []byte, domain string, seed uint64) {
		z := zonefile.Parse("db", text, zonefile.Options{Origin: "example.com."})
		d, err := zonefile.ParseName(domain, "example.com.")
		if err != nil {
			return
		}
		names := []zonefile.Name{d}
		for _, b := range Map(z) {
			names = append(names, b.Name)
		}
		for i, n := range names[:min(len(names), 20)] {
			q := Query{Domain: n, Sender: Sender{Profile: Profiles()[(int(seed%6)+i)%len(Profiles())]}, Faults: Faults{}}
			if seed%3 == 0 {
				q.Faults[everything] = Refused
			}
			r := Route([]*zonefile.Zone{z}, q)
			for _, a := range r.Draw(seed) {
				if a.Tier >= len(r.Tiers) || r.byName().tierOf(a.Host) != a.Tier {
					t.Errorf("%s: drew %s from tier %d", n, a.Host, a.Tier)
				}
			}
		}
		less, err := z.Apply(zonefile.Edit{File: z.Root(), Span: zonefile.Span{Start: uint32(len(text) / 2), End: uint32(len(text))}})
		if err == nil {
			Compare([]*zonefile.Zone{z}, []*zonefile.Zone{less})
			Propagate(z, less, false)
		}
		m := Migration{From: mailHosts(t, "isp.net"), To: mailHosts(t, "mx1.example.com=192.0.2.1")}
		if steps, err := Plan(z, m, Past{}); err == nil && len(steps) != 1+len(steps[0].Kind.phases()) {
			t.Errorf("%d steps", len(steps))
		}
	})
}
