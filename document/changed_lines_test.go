package document

import (
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// Each line that is shown without those around it can be told whose it is.
func TestChangedLinesNameTheirOwner(t *testing.T) {
	const before = "$ORIGIN example.com.\n$TTL 1d\n@ SOA ns1 h 1 2 3 4 5\n  NS ns1\n  MX 10 mx1\n  MX 20 mx2\nns1 A 192.0.2.53\ntxt TXT ( \"a\"\n\t\"b\" )\nlast A 192.0.2.9\n"
	parse := func(text string) *zonefile.Zone {
		return zonefile.Parse("db", []byte(text), zonefile.Options{Origin: "example.com."})
	}
	for _, c := range []struct{ old, new, want string }{
		{"  MX 20 mx2\n", "  MX 30 mx2\n", "@@ example.com|-  MX 20 mx2|+  MX 30 mx2"},
		{"  MX 20 mx2\n", "", "@@ example.com|-  MX 20 mx2"},
		{"  MX 20 mx2\n", "  MX 20 mx2\n  MX 30 mx3\n", "@@ example.com|+  MX 30 mx3"},
		{"@ SOA ns1 h 1 2 3 4 5\n  NS ns1\n", "@ SOA ns1 h 2 2 3 4 5\n  NS ns2\n", "-@ SOA ns1 h 1 2 3 4 5|-  NS ns1|+@ SOA ns1 h 2 2 3 4 5|+  NS ns2"},
		{"\t\"b\" )\n", "\t\"c\" )\n", "@@ txt.example.com|-\t\"b\" )|+\t\"c\" )"},
		{"last A 192.0.2.9\n", "last A 192.0.2.9\n\tAAAA 2001:db8::9\n", "@@ last.example.com|+\tAAAA 2001:db8::9"},
		{"last A", "new A 192.0.2.8\nlast A", "+new A 192.0.2.8"},
		{"$ORIGIN", "  \n$ORIGIN", "+  "},
	} {
		after := strings.Replace(before, c.old, c.new, 1)
		want := strings.Split(c.want, "|")
		lines, z := ChangedLines(parse(before), parse(after)), parse(before)
		if got := EditedLines(z, z.Between(parse(after))); !slices.Equal(got, want) {
			t.Errorf("%q for %q\ngot  %q\nwant %q", c.new, c.old, got, want)
		}
		for _, l := range lines { // each stands where it says
			text := map[string]string{"-": before, "+": after}[l.Sign]
			if stands := strings.Split(text, "\n")[l.Number-1]; stands != l.Text {
				t.Errorf("%q for %q: line %d is %q, not %q", c.new, c.old, l.Number, stands, l.Text)
			}
		}
	}
}
