package zonefile

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Of every record a twin is written as octets (RFC 3597 §5): who asks what it says hears the same, and a field that is changed
// says the same in both.
func TestOctetsSayWhatWordsSay(t *testing.T) {
	for _, tt := range []struct {
		typ, words string
		set        map[Field]string
	}{
		{"MX", "10 mx2", map[Field]string{Preference: "25", Exchange: "mx9"}},
		{"MX", "0 .", map[Field]string{Preference: "7"}},
		{"MX", `65535 a\.b.mx.example.net.`, nil},
		{"A", "192.0.2.7", map[Field]string{0: "192.0.2.9"}},
		{"AAAA", "2001:db8::7", map[Field]string{0: "2001:db8::9"}},
		{"NS", "ns2", map[Field]string{0: "ns9.example.net."}},
		{"CNAME", "www", nil},
		{"PTR", "mx2.example.net.", nil},
		{"SRV", "0 5 587 mx2", map[Field]string{3: "mx9"}},
		{"TXT", `"v=spf1 mx a:mail.example.com -all"`, nil},
		{"TXT", `"two" "str\"ings\000\255"`, nil},
	} {
		read := func(data string) (*Zone, Record) {
			z := Parse("z", []byte("$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n NS ns1\nns1 A 192.0.2.1\nx "+tt.typ+" "+data+" ; kept\n"), Options{Origin: "example.com."})
			rs := z.Node("x.example.com.").Records
			if len(rs) != 1 || !rs[0].Sound() {
				t.Fatalf("%s %s is not read", tt.typ, data)
			}
			return z, rs[0]
		}
		_, plain := read(tt.words)
		wire, _ := plain.wire()
		octets := fmt.Sprintf(`\# %d %x`, len(wire), wire)
		for _, data := range []string{octets, fmt.Sprintf("( \\#\n %d %X ; half\n %x )", len(wire), wire[:len(wire)/2], wire[len(wire)/2:]), strings.Replace(octets, `\#`, "\t\\#", 1)} {
			z, r := read(data)
			if got, want := says(r), says(plain); got != want {
				t.Errorf("%s %s:\n%s\nwant\n%s", tt.typ, data, got, want)
			}
			if at := r.StringsAt(); len(at) > 0 && at[0].Len() > 0 && !strings.HasPrefix(string(r.File().Slice(at[0].At(at[0].Len()-1))), `\#`) {
				t.Errorf("%s: the last byte stands at %q", data, r.File().Slice(at[0].At(at[0].Len()-1)))
			}
			for f, text := range tt.set {
				edits, err := z.Set(r, f, text)
				if err != nil {
					t.Errorf("%s: %v", data, err)
					continue
				}
				edited := func(z *Zone, edits []Edit) Record {
					after, err := z.Apply(edits...)
					if err != nil {
						t.Fatal(err)
					}
					return after.Node("x.example.com.").Records[0]
				}
				after := edited(z, edits)
				z, p := read(tt.words)
				edits, _ = z.Set(p, f, text)
				want := edited(z, edits)
				if after.CanonicalRData() != want.CanonicalRData() || after.Comment() != "; kept" {
					t.Errorf("%s, field %d is %s: %s, want %s", data, f, text, after.Text(), want.Text())
				}
			}
		}
	}
}

// says is what a record tells who asks.
func says(r Record) string {
	p, ok1 := r.Preference()
	to, ok2 := r.Target()
	appended, _ := r.AppendTarget(nil)
	ip, ok3 := r.Addr()
	text, list := "", []string(nil)
	if r.Type() == TypeTXT {
		text, _ = r.Joined()
		list = r.Strings()
	}
	var hosts []string
	for o := range r.Zone().Concerned([]Name{to}, nil) {
		hosts = append(hosts, string(o.Owner()))
	}
	slices.Sort(hosts)
	return fmt.Sprintf("%d %v %s %v %s %v %v %v %q %q %v", p, ok1, to, ok2, appended, r.IsNullMX(), ip, ok3, text, list, slices.Compact(hosts))
}

// Octets that are none of the type's lead nowhere: the sign before them was taken for a host.
func TestOctetsOfNoTypeLeadNowhere(t *testing.T) {
	z := Parse("zone", []byte("@ NS \\# 0\n@ MX \\# 1 00\n@ SRV \\# 2 0000\n@ CNAME \\# 1 05\n@ PTR \\# x\n"), Options{Origin: "example.com."})
	n := 0
	for w := range z.Rows() {
		if r := w.Record(); !r.IsZero() {
			n++
			if to, ok := r.Target(); ok {
				t.Errorf("%s leads to %s", w.Text(), to)
			}
		}
	}
	if n != 5 {
		t.Errorf("%d of 5 lines are records", n)
	}
}
