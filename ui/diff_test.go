package ui

import (
	"github.com/mailzone/mailzone/document"

	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

func TestDiffTextLeavesOutWhatIsAlike(t *testing.T) {
	a := strings.Repeat("same\n", 1000) + "old\n" + strings.Repeat("same\n", 1000)
	b := strings.Repeat("same\n", 1000) + "new\n" + strings.Repeat("same\n", 1000)
	got := strings.Join(document.DiffText("f", a, b), "\n")
	want := "--- f\n+++ f\n@@ -998,7 +998,7 @@\n same\n same\n same\n-old\n+new\n same\n same\n same"
	if got != want {
		t.Errorf("got\n%s", got)
	}
}

// What edits change, seen from the edits, is what the two texts show: for any two edits of a file.
func TestEditLines(t *testing.T) {
	var src strings.Builder
	for i := range 24 {
		fmt.Fprintf(&src, "host%d A 192.0.2.%d\n", i, i)
	}
	for _, text := range []string{src.String(), strings.TrimSuffix(src.String(), "\n")} {
		z := zonefile.Parse("db", []byte(text), zonefile.Options{Origin: "example.com."})
		f := z.Root()
		for n := range 25 {
			for m := range n {
				edits := []zonefile.Edit{
					{File: f, Span: f.Line(n + 1), New: "; here\nanother A 192.0.2.99"},
					{File: f, Span: zonefile.Span{Start: f.Line(m + 1).Start, End: f.Line(m + 1).Start}, New: "new A 192.0.2.98\n"},
				}
				next, err := z.Apply(edits...)
				if err != nil {
					t.Fatal(err)
				}
				got, want := document.EditLines(z, edits), document.DiffText("", string(z.Root().Bytes()), string(next.Root().Bytes()))[2:]
				if all := document.DiffLines(z, next)[2:]; !slices.Equal(all, want) {
					t.Errorf("DiffLines says\n%s\nwant\n%s", strings.Join(all, "\n"), strings.Join(want, "\n"))
				}
				if !slices.Equal(got, want) {
					t.Fatalf("lines %d and %d: got\n%s\nwant\n%s", n+1, m+1, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			}
		}
	}
}
