package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/nameserver"
)

// lintResolve runs `lint --resolve` on a zone against a server on this machine, and is the status and what it prints and
// says.
func lintResolve(t *testing.T, world, records string) (at string, status int, out, says string) {
	t.Helper()
	at = nameserver.Start(t, world).At.String()
	zone := filepath.Join(t.TempDir(), "db.example.com")
	src := "$TTL 1d\n@ SOA ns1.example.net. hostmaster 41 4h 1h 2w 1h\n@ NS ns1.example.net.\n@ NS ns2.example.org.\n" +
		"@ TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\n" + records
	if err := os.WriteFile(zone, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	status = Main([]string{"lint", "--resolve", "--resolver", at, zone}, strings.NewReader(""), &stdout, &stderr)
	return at, status, stdout.String(), strings.ReplaceAll(stderr.String(), zone, "db.example.com")
}

// What DNS says is found as what the zone says, and what was asked is told.
func TestLintResolve(t *testing.T) {
	at, got, out, says := lintResolve(t, "mx.provider.net. A 62.96.4.1\n1.4.96.62.in-addr.arpa. PTR mx.provider.net.\n",
		"@ MX 10 mx.provider.net.\n@ MX 20 gone.provider.net.\n")
	if got != statusFound || strings.Count(out, "error: ") != 1 ||
		!strings.Contains(out, `:8:9: error: exchange "gone.provider.net." does not exist`) {
		t.Errorf("status %d: %s", got, out)
	}
	if want := "mailzone: ask " + strings.Replace(at, ":", " port ", 1) + ": names outside the zones\nmailzone: asked DNS at " + at + ": questions 5, answered 5\n"; says != want {
		t.Errorf("it says %q, want %q", says, want)
	}
}

// What was not asked for a limit is told, and where.
func TestLintResolveLimits(t *testing.T) {
	var world, records strings.Builder
	for i := range 17 {
		fmt.Fprintf(&world, "mx.provider.net. A 62.96.4.%d\n", i)
	}
	records.WriteString("@ MX 10 mx.provider.net.\n")
	for i := range 150 {
		fmt.Fprintf(&records, "c%d MX 10 z%d.provider.net.\n", i, i)
	}
	at, _, _, says := lintResolve(t, world.String(), records.String())
	want := "mailzone: ask " + strings.Replace(at, ":", " port ", 1) + ": names outside the zones\nmailzone: asked DNS at " + at + `: questions 256, answered 256
mailzone: db.example.com: not asked, for a zone has at most 256 questions to DNS: questions 62; what they are about was not checked
mailzone: mx.provider.net. has 17 addresses: for the way back at most 16 of a host are asked about
`
	if says != want {
		t.Errorf("it says\n%s, want\n%s", says, want)
	}
}
