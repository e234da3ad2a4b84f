package ui

import (
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
)

// mendedZone has a name for each note of a route that is about a problem with one fix. Where the problem has none, or several,
// the note has no key beside it.
const mendedZone = `$TTL 1d
@ SOA ns1 hostmaster 2026112101 8h 2h 4w 1h
@ NS ns1
ns1 A 192.0.2.53
mail A 192.0.2.10
web CNAME mail
alias MX 10 web
literal MX 10 192.0.2.1.
label MX 10 mail.
twice MX 10 mail
twice MX 20 mail
null MX 0 .
null MX 10 mail
number MX 5 .
`

// Beside a sentence stands that f mends it if the problem that it is about has one fix; with the cursor there f shows that very
// fix.
func TestSentencesSayWhatMendsThem(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range []string{"alias", "literal", "label", "twice", "null", "number"} {
		t.Chdir(t.TempDir())
		u := newUser(t, "size: 100x60\n", []byte(mendedZone))
		u.app.choose(zonefile.Name(name + ".example.com."))
		u.types("1")
		for i, row := range u.app.delivery.rows {
			if row.mends == nil {
				continue
			}
			seen[row.mends.Rule.Name] = true
			u.app.delivery.list.Cursor = i
			u.types("f")
			if d, ok := u.app.top().(*fixDialog); !ok || d.problem.Rule != row.mends.Rule {
				t.Errorf("%s: f on the sentence about %s opens %T", name, row.mends.Rule.Name, u.app.top())
				continue
			}
			u.types("esc")
			if !strings.Contains(u.screen(), "f mends it") {
				t.Errorf("%s: nothing says that f mends it:\n%s", name, u.screen())
			}
		}
	}
	for note, rules := range problemsOf {
		for _, rule := range rules {
			if !seen[rule] {
				t.Errorf("%s: no sentence is about %s", note, rule)
			}
		}
	}
}
