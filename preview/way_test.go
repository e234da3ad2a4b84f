package preview

import (
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/mailzone/mailzone/zonefile"
)

// The way of a name in ever less room: nothing is cut, and what is left out is counted.
func TestWayFits(t *testing.T) {
	z := zonefile.Parse("z", []byte("$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n NS ns1\n MX 10 mail\n MX 20 mx2\n MX 20 mx3\n MX 90 mx.isp.example.\n"+
		"one MX 5 mx.isp.example.\nnumber MX 5 192.0.2.1\nnull MX 0 .\nown A 192.0.2.7\nwww CNAME own\n_dmarc TXT \"v=DMARC1; p=none\"\nmail A 192.0.2.1\n AAAA 2001:db8::1\n"),
		zonefile.Options{Origin: "example.com."})
	for _, tt := range []struct {
		name  zonefile.Name
		how   How
		width int
		want  string
	}{
		{"example.com.", ByMX, 40, "mail > mx2 = mx3 > mx.isp.example."},
		{"example.com.", ByMX, 30, "mail>mx2=mx3>mx.isp.example."},
		{"example.com.", ByMX, 24, "mail > mx2 = mx3 > +1"},
		{"example.com.", ByMX, 23, "mail>mx2=mx3>+1"},
		{"example.com.", ByMX, 16, "mail>mx2=mx3>+1"},
		{"example.com.", ByMX, 12, "mail>mx2=+2"},
		{"example.com.", ByMX, 9, "mail>+3"},
		{"example.com.", ByMX, 7, "mail>+3"},
		{"example.com.", ByMX, 6, ""},
		{"one.example.com.", ByMX, 15, "mx.isp.example."},
		{"one.example.com.", ByMX, 14, "1 host"},
		{"number.example.com.", ByMX, 14, "192.0.2.1"},
		{"null.example.com.", ByNull, 20, "no mail: null MX"},
		{"null.example.com.", ByNull, 9, "no mail"},
		{"own.example.com.", ByAddress, 20, "own address"},
		{"www.example.com.", ByAlias, 20, "alias of own"},
		{"www.example.com.", ByAlias, 11, "alias own"},
		{"www.example.com.", ByAlias, 8, "alias"},
		{"_dmarc.example.com.", 0, 8, "TXT"},
		{"mail.example.com.", 0, 8, "A AAAA"},
		{"mail.example.com.", 0, 3, "A"},
	} {
		show := func(n zonefile.Name) string { return n.In("example.com.") }
		if got := WayOf(z, tt.name, tt.how, show).Fit(tt.width, utf8.RuneCountInString); got != tt.want {
			t.Errorf("%s in %d: %q, want %q", tt.name, tt.width, got, tt.want)
		}
	}
}

// All owners are those of mail and the others, in one order, and each says where in the file it is.
func TestOwnersOf(t *testing.T) {
	z := zonefile.Parse("z", []byte("$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n NS ns1\nz TXT x\nns1 A 192.0.2.1\na MX 1 ns1\n_dmarc.a TXT y\noutside. TXT no\n"), zonefile.Options{Origin: "example.com."})
	o := OwnersOf(z, true, nil)
	var got []string
	for _, m := range o.All {
		got = append(got, m.Name.In(z.Origin()), m.How.String())
	}
	if want := "[@  a mx _dmarc.a  ns1  z ]"; o.Count != 5 || len(o.Mail) != 1 || fmt.Sprint(got) != want {
		t.Errorf("%d of %d: %v, want %v", len(o.Mail), o.Count, got, want)
	}
	if o.All[0].Place != 1 || o.All[4].Place != 2 {
		t.Errorf("the places are %v", o.All)
	}
	z = zonefile.Parse("z", []byte("$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n NS ns1\nns1 A 192.0.2.1\n;m MX 1 ns1\nz MX 1 ns1\n"), zonefile.Options{Origin: "example.com."})
	o = OwnersOf(z, true, nil)
	if m := o.All[1]; o.Count != 3 || len(o.Mail) != 1 || len(o.All) != 4 || m.Name != "m.example.com." || !m.Out || m.How != 0 || m.Place != 2 {
		t.Errorf("with a name that is commented out: %d of %d: %v", len(o.Mail), o.Count, o.All)
	}
}
