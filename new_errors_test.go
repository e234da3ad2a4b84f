// The new errors that apply tells of a script are those that lint finds in the zone behind it, and not in the zone before: the
// one looks at what the script reaches, the other at all of both.
package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/cli"
	"github.com/mailzone/mailzone/testdata/shapes"
	"github.com/mailzone/mailzone/zonefile"
)

// mixedZone is a zone with much that others of its names go by.
const mixedZone = `$TTL 1d
@ SOA ns1 hostmaster 2026010101 4h 1h 2w 1h
@ NS ns1
@ NS ns2.example.net.
@ MX 10 mx1
@ TXT "v=spf1 mx include:_spf.example.com -all"
_spf TXT "v=spf1 a:out.example.com " "a:old.example.com -all"
_dmarc TXT "v=DMARC1; p=none; rua=mailto:a@dept.example.com"
example.com._report._dmarc.dept TXT "v=DMARC1"
_mta-sts TXT "v=STSv1; id=1"
mta-sts A 192.0.2.7
_imap._tcp SRV 0 1 143 mx1
_25._tcp.mx1 TLSA 3 1 1 ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB
*.shop MX 20 mx2
dept MX 10 mail.dept ; lint:ignore mx-target-no-address
mail.dept CNAME mx1
mx1 A 192.0.2.1
mx1 AAAA 2001:db8::1
mx2 A 192.0.2.2
ns1 A 192.0.2.3
out A 192.0.2.4
old A 192.0.2.5
sub NS ns.sub
ns.sub A 192.0.2.6
www CNAME shop
shop A 192.0.2.8
`

// TestNewErrorsOfAScript makes random scripts.
func TestNewErrorsOfAScript(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	dir := t.TempDir()
	t.Chdir(dir)
	zones := map[string][]byte{"example.com.": []byte(mixedZone)}
	for _, s := range shapes.All {
		if !s.ReadOnly {
			zones[s.Origin] = s.Zone(60)
		}
	}
	rounds := 8
	if testing.Short() {
		rounds = 2
	}
	changed, told := 0, 0
	for origin, src := range zones {
		rng := rand.New(rand.NewPCG(7, uint64(len(src))))
		for range rounds {
			lines := scripts{rng, zonefile.Parse("zone", src, zonefile.Options{Origin: zonefile.Name(origin)})}.lines()
			old := src
			put(t, "old", string(old))
			put(t, "zone", string(old))
			_, said := mailzone(lines, "apply", "--quiet", "--yes", "--force", "--origin", origin, "zone")
			now, err := os.ReadFile(filepath.Join(dir, "zone"))
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Equal(old, now) {
				continue // refused, or nothing to change
			}
			changed++
			fresh := after(said, "new: ", "")
			found, _ := mailzone("", "lint", "--quiet", "--against", "old", "--origin", origin, "zone")
			if want := after(found, "", ": error: "); !slices.Equal(fresh, want) {
				t.Errorf("%s: apply tells\n%s\nlint finds\n%s\nscript:\n%s\nzone:\n%s", origin, strings.Join(fresh, "\n"), strings.Join(want, "\n"), lines, old)
			}
			told += len(fresh)
			src = now
		}
	}
	if changed < 4*rounds || told < rounds {
		t.Errorf("only %d scripts changed their zone, and brought %d errors", changed, told)
	}
	t.Logf("%d scripts, %d errors", changed, told)
}

// mailzone is what a command prints.
func mailzone(in string, args ...string) (out, errs string) {
	var printed, said bytes.Buffer
	cli.Main(args, strings.NewReader(in), &printed, &said)
	return printed.String(), said.String()
}

// after is the sorted rest of those lines that hold a word and another text.
func after(text, word, also string) (out []string) {
	for line := range strings.Lines(text) {
		if _, rest, found := strings.Cut(line, word); found && strings.Contains(line, also) {
			out = append(out, strings.TrimSpace(rest))
		}
	}
	slices.Sort(out)
	return out
}

// scripts writes random lines about the names of a zone.
type scripts struct {
	*rand.Rand
	zone *zonefile.Zone
}

// one is one of some texts.
func (s scripts) one(all ...string) string { return all[s.IntN(len(all))] }

// lines is a script.
func (s scripts) lines() string {
	var b strings.Builder
	for range 1 + s.IntN(3) {
		switch s.IntN(4) {
		case 0:
			fmt.Fprintf(&b, "update delete %s %s\n", s.known(), s.one("", "", "A", "MX", "TXT", "CNAME", "NS"))
		default:
			fmt.Fprintf(&b, "update add %s %s %s\n", s.name(), s.one("300", "86400"), s.data())
		}
	}
	return b.String()
}

// known is a name that the zone has, or that its records lead to.
func (s scripts) known() string {
	records := slices.Collect(s.zone.Records())
	r := records[s.IntN(len(records))]
	if to, ok := r.Target(); ok && s.IntN(2) == 0 && to.Within(s.zone.Origin()) {
		return string(to)
	}
	return string(r.Owner())
}

// name is a known name, or one near to it.
func (s scripts) name() string {
	if s.IntN(2) == 0 {
		return s.known()
	}
	return s.one("*.", "new.", "_dmarc.", "_spf.", "_25._tcp.", "_imap._tcp.", "mta-sts.", "mx1.", "k._domainkey.") + s.known()
}

// data is a type with data.
func (s scripts) data() string {
	switch s.IntN(8) {
	case 0, 1:
		return fmt.Sprintf("MX %d %s", 10*s.IntN(3), s.name())
	case 2:
		return fmt.Sprintf("A 192.0.2.%d", s.IntN(9))
	case 3:
		return "CNAME " + s.name()
	case 4:
		return "NS " + s.name()
	case 5:
		return "TXT " + s.one(`"v=spf1 mx -all"`, `"v=spf1 ip4:192.0.2.1 +all x"`, `"v=DMARC1; p=none"`, `"v=spf1 include:`+strings.TrimSuffix(s.known(), ".")+` -all"`)
	case 6:
		return "SRV 0 1 143 " + s.name()
	}
	return "TLSA 3 1 1 " + strings.Repeat("AB", 31+s.IntN(2))
}
