package document

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// All hosts of a zone are told, each once and in order, however many there are; nothing is looked at for nobody.
func TestHosts(t *testing.T) {
	const n = 100_000
	var src strings.Builder
	src.WriteString("@ MX 10 zz.provider.example.\n* A 192.0.2.1\n_imap._tcp SRV 0 0 143 h7\n. MX 0 .\n")
	for i := range n {
		fmt.Fprintf(&src, "h%d A 192.0.2.1\nh%d AAAA 2001:db8::1\n", n-1-i, n-1-i)
	}
	z := zonefile.Parse("db", []byte(src.String()), zonefile.Options{Origin: "example.com."})
	want := []string{"zz.provider.example."}
	for i := range n {
		want = append(want, fmt.Sprintf("h%d", i))
	}
	slices.Sort(want)
	if got := Hosts(z, z.Origin(), nil); !slices.Equal(got, want) {
		t.Errorf("%d hosts, want %d", len(got), len(want))
	}
	asked := 0
	Hosts(z, z.Origin(), func() bool { asked++; return false })
	if asked != 1 {
		t.Errorf("%d records are looked at for nobody", asked)
	}
}
