package cli

import (
	"bufio"
	"strings"
	"testing"

	"github.com/clipperhouse/displaywidth"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// widthZone has a cluster, a shared address, what is never tried, and what is not known.
const widthZone = `$TTL 300
@ SOA ns1 h 1 3600 600 604800 300
@ NS ns1
ns1 A 192.0.2.53
@ MX 10 mx1
@ MX 10 mx5
@ MX 20 a-host-with-a-long-name
@ MX 30 mx.isp.example.
@ MX 40 mc
mx1 A 192.0.2.1
mx5 A 192.0.2.1
mc A 224.0.0.1
a-host-with-a-long-name A 192.0.2.11
a-host-with-a-long-name A 192.0.2.12
a-host-with-a-long-name A 192.0.2.13
a-host-with-a-long-name AAAA 2001:db8:1234:5678:9abc:def0:1234:5678
a-host-with-a-long-name AAAA 2001:db8:1234:5678:9abc:def0:1234:5679
`

// printed is a delivery as a terminal of a width shows it.
func printed(t *testing.T, columns int) string {
	t.Helper()
	z := zonefile.Parse("db", []byte(widthZone), zonefile.Options{Origin: "example.com."})
	var b strings.Builder
	p := &program{out: bufio.NewWriter(&b), utf8: true, look: look{columns: columns}}
	if err := p.printDelivery(preview.Route([]*zonefile.Zone{z}, preview.Query{Domain: "example.com."})); err != nil {
		t.Fatal(err)
	}
	p.out.Flush()
	return b.String()
}

// TestDeliveryFitsTheTerminal wants no line to be wider than the terminal, and all words to be there at every width.
func TestDeliveryFitsTheTerminal(t *testing.T) {
	whole := strings.Fields(strings.ReplaceAll(printed(t, 0), ",", ""))
	for _, columns := range []int{60, 72, 80, 100, 120, 132, 160, 200} {
		text := printed(t, columns)
		for line := range strings.Lines(text) {
			if w := displaywidth.String(strings.TrimSuffix(line, "\n")); w > columns {
				t.Errorf("%d columns of %d: %s", w, columns, line)
			}
		}
		if got := strings.Fields(strings.ReplaceAll(text, ",", "")); len(got) != len(whole) {
			t.Errorf("%d columns: %d words, want %d:\n%s", columns, len(got), len(whole), text)
		}
	}
	if text := printed(t, 120); !strings.Contains(text, "192.0.2.11") || strings.Contains(text, "192.0.2.11, ") {
		t.Errorf("the addresses of a host are not on lines of their own:\n%s", text)
	}
}
