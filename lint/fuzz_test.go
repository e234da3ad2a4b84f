package lint_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// FuzzRun wants no panic, places inside the file, and fixes that fail with an error or can be applied.
func FuzzRun(f *testing.F) {
	paths, _ := filepath.Glob("testdata/rules/*.txtar")
	for _, path := range paths {
		ar, err := txtar.ParseFile(path)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range ar.Files {
			f.Add(file.Data)
		}
	}
	clean, _ := filepath.Glob("testdata/clean/*.zone")
	for _, path := range clean {
		src, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("a TYPE308 \\# 0\n_25._tcp TYPE564 \\# 1 00\n@ MX\n@ MX 1\n- A\n-. MX 1 -.\n"))
	opened := zonefile.Parse("db", []byte("@ SOA a b 1 1 1 1 1\n@ 1d MX 10 gone\n_mta-sts TXT \"v=STSv1; id=1\"\n"), zonefile.Options{Origin: "example.com."})
	f.Fuzz(func(t *testing.T, src []byte) {
		z := zonefile.Parse("db", src, zonefile.Options{Origin: "example.com."})
		opt := lint.Options{Info: true, Against: []*zonefile.Zone{opened}, CutOver: 1}
		for _, d := range lint.Start([]*zonefile.Zone{z}, opt).Diagnostics {
			if d.Span.Start > d.Span.End || int(d.Span.End) > d.File.Size() || d.Message == "" {
				t.Fatalf("%s: %v in %d bytes", d, d.Span, d.File.Size())
			}
			_ = d.GitHub(d.File.Name())
			for _, fix := range d.Fixes {
				if len(fix.Needs) > 0 {
					_, _ = fix.Edits(z, "mx1")
					continue
				}
				if edits, err := fix.Edits(z); err == nil {
					if _, err := z.Apply(edits...); err != nil {
						t.Fatalf("%s: %s: %v", d, fix.Message, err)
					}
				}
			}
		}
	})
}
