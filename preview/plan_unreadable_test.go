package preview

import (
	"errors"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// A record that nobody can read is not written anew by a move: it has no preference that could be kept, and no address. At
// names that do not move it is no hindrance, and one whose TTL alone is wrong says what it says.
func TestPlanRefusesWhatNobodyReads(t *testing.T) {
	for name, c := range map[string]struct{ lines, from, to, refused string }{
		"no number":               {"@ MX 10 mx.isp.test.\n@ MX ten mx3\n", "mx.isp.test", "mx1.example.com=192.0.2.1", "db.example.com:5:6: not a number from 0 to 65535: put this MX record of example.com right or comment it out"},
		"the old host's":          {"@ MX -1 mx.isp.test.\n@ MX 20 mx3\n", "mx.isp.test", "mx1.example.com=192.0.2.1", "db.example.com:4:6: "},
		"no name":                 {"@ MX 10 mx.isp.test.\n@ MX 20 a..b\n", "mx.isp.test", "mx1.example.com=192.0.2.1", "db.example.com:5:9: "},
		"a word more":             {"@ MX 10 mx.isp.test.\n@ MX 20 mx3 5\n", "mx.isp.test", "mx1.example.com=192.0.2.1", "db.example.com:5:13: "},
		"of a backup that comes":  {"@ MX 10 mx3\n@ MX ten mx3\n", "-", "mx1.example.com=192.0.2.1", "db.example.com:5:6: "},
		"of a backup that goes":   {"@ MX 10 mx3\n@ MX ten mx3\n@ MX 20 mx.isp.test.\n", "mx.isp.test", "-", "db.example.com:5:6: "},
		"an address":              {"@ MX 10 mx3\nmx3 A 192.0.2\n", "mx3.example.com", "mx3.example.com=192.0.2.1", "db.example.com:5:7: "},
		"an address of the other": {"@ MX 10 mx3\nmx3 AAAA 2001:db8::x\n", "mx3.example.com", "mx3.example.com=192.0.2.1", "db.example.com:5:10: "},
		"elsewhere":               {"@ MX 10 mx.isp.test.\nfar MX ten mx.isp.test\n", "mx.isp.test", "mx1.example.com=192.0.2.1", ""},
		"the TTL alone":           {"@ 3000000000 MX 10 mx.isp.test.\n", "mx.isp.test", "mx1.example.com=192.0.2.1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			text := "$TTL 1d\n@ SOA ns1.example.net. h 2026112801 3600 600 604800 3600\n@ NS ns1.example.net.\n" + c.lines + "mx3 A 192.0.2.3\n"
			z := zonefile.Parse("db.example.com", []byte(text), zonefile.Options{Origin: "example.com."})
			_, err := Plan(z, migration(t, []string{c.from, c.to}), Past{})
			var unread *Unreadable
			switch {
			case c.refused == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.refused != "" && (!errors.As(err, &unread) || !strings.HasPrefix(err.Error(), c.refused)):
				t.Errorf("%v, not %s...", err, c.refused)
			}
		})
	}
}
