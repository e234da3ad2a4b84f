package lint_test

// named-checkzone knows some faults of mail, too. What it says of a zone has to be said here of the same record.

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// corpusDir is where the zone files of other projects are; .ci/corpus fetches them.
var corpusDir = flag.String("corpus", "../.corpus", "zone files of Debian's source packages, as .ci/corpus fetches them")

// saying is something that named-checkzone says. (?P<line>) and (?P<owner>) in it are the place.
type saying struct {
	text  string
	rules string // of which one has to say it at that place
	why   string // why nobody has to; there are no rules then
}

// sayings is what named-checkzone 9.18 says, the first that fits. What it says of hosts elsewhere ("out of zone",
// -i full) needs DNS, which these tests have not; the rules ask it with --resolve, which has tests of its own.
var sayings = []saying{
	{text: `^zone \S+: (?P<owner>\S+)/MX '.*' is (a CNAME|below a DNAME '.*') \(illegal\)`, rules: "mx-target-cname mx-target-no-address mx-target-missing-dot"},
	{text: `^zone \S+: (?P<owner>\S+)/MX '.*' has no address records`, rules: "mx-target-no-address mx-target-missing-dot mx-target-ip mx-occluded"},
	{text: `^\S+:(?P<line>\d+): (warning: )?\S+: MX is an address`, rules: "mx-target-ip"},
	{text: `^zone \S+: (?P<owner>_(submissions?|imaps?|pop3s?)\._tcp\.\S+)/SRV '.*' (is|has) `, rules: "srv-target target-missing-dot"},
	{text: `^zone \S+: (?P<owner>\S+)/NS '.*' is (a CNAME|below a DNAME '.*') \(illegal\)`, rules: "ns-target-cname target-missing-dot"},
	{text: `^zone \S+: (?P<owner>\S+)/NS '.*' has no (REQUIRED GLUE )?address records`, rules: "ns-target-no-address target-missing-dot"},
	{text: `^zone (?P<owner>\S+)/IN: NS '.*' is (a CNAME|below a DNAME '.*') \(illegal\)`, rules: "ns-target-cname target-missing-dot"},
	{text: `^zone (?P<owner>\S+)/IN: NS '.*' has no address records`, rules: "ns-target-no-address target-missing-dot"},
	{text: `^\S+:(?P<line>\d+): NS record '.*' appears to be an address`, rules: "ns-target-no-address target-missing-dot"},
	{text: `^zone (?P<owner>\S+)/IN: has no NS records`, rules: "ns-missing"},
	{text: `^zone \S+: has 0 SOA records`, rules: "soa-missing"},
	{text: `^\S+:(?P<line>\d+): ignoring out-of-zone data`, rules: "out-of-zone"},
	{text: `^\S+:(?P<line>\d+): .*non-terminal wildcard`, rules: "wildcard-inner"},
	{text: `^\S+:(?P<line>\d+): .*bad owner name \(check-names\)`, rules: "hostname-invalid"},
	{text: `^\S+:(?P<line>\d+): .*bad name \(check-names\)`, rules: "mx-target-not-hostname hostname-invalid"},
	{text: `^zone \S+: '(?P<owner>\S+)' found type SPF record but no SPF TXT record`, rules: "spf-type-99"},
	{text: `^zone \S+: (?P<owner>\S+)/\S+ has semantically identical records`, rules: "duplicate-record"},

	{text: `^zone \S+: \S+/SRV '.*' (is|has) `, why: "a service that has nothing to do with mail"},
	{text: `^zone \S+: loaded serial |^OK$`, why: "no complaint"},
	{text: `^zone \S+: (loading from master file|not loaded)|^dns_(master_load|rdata_fromtext): |^\$GENERATE: `,
		why: "not read, or not loaded: TestLikeBIND and the tests of zonefile are about that"},
	{text: `: (class '.*' != zone class|unknown RR type|no TTL specified; zone rejected|type '.*': invalid use of a meta type|no current owner name|` +
		`isc_lex_gettoken|failed to configure|syntax error|near )`, why: "not read, as above"},
	{text: `: (no TTL specified; using SOA MINTTL instead|using RFC1035 TTL semantics|TTL set to prior TTL)`, why: "the TTL is what the file has BIND take"},
	{text: `record with inherited owner \(.*\) immediately after \$ORIGIN`, why: "BIND takes it as it is meant, and so does every rule"},
	{text: `/NS '.*' has no SIBLING GLUE`, why: "of a delegation, whose servers another delegation holds"},
	{text: `: type '.*': obsolete|: DS record at top of zone`, why: "not read, as above"},
	{text: `: file does not end with newline`, why: "nothing is lost by it"},
	{text: `DNSKEY|DNSSEC|signature has expired|(KEY|DS) deprecated|CDS|NSEC3`, why: "DNSSEC, which named checks when it signs"},
}

// unlike is what named-checkzone says of zones of other projects and is not said here.
var unlike = map[string]string{
	"bad-svcb-servername.db:17: warning: _underscore.example: bad name (check-names)": "the target of an SVCB",
	"bad-nsec3owner-padded.db:18: CPNMU===.example.com: bad owner name (check-names)": "the owner of an NSEC3",
	"a.db:13: NS record '127.0.0.1' appears to be an address":                         "the zone has an address for the name 127.0.0.1.example.com., so it works",
	"aaaa.db:13: NS record '::1' appears to be an address":                            "as above; it is called no host name",
}

// TestCheckzone compares with what named-checkzone says of zones that were not written for this.
func TestCheckzone(t *testing.T) {
	w := newWitness(t)
	seen := map[string]bool{}
	paths, whole := zonePaths(t, "testdata/clean"), true
	if !testing.Short() {
		some, all := needs.Share(t, zonePaths(t, *corpusDir))
		paths, whole = append(paths, some...), all
	}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		told, err := zonefile.GuessOrigin(path, src)
		if err != nil {
			told.Origin = "example.com."
		}
		for _, r := range w.unsaid(t, path, told.Origin, src) {
			if seen[r.text] = true; unlike[r.text] == "" {
				t.Errorf("%s, origin %s: named-checkzone says %q, and nothing is found", path, told.Origin, r.text)
			}
		}
	}
	if testing.Short() {
		t.Skip("only our own zones were compared: others take their time")
	}
	if _, err := os.Stat(*corpusDir); err != nil {
		needs.Other("the zone files of other projects (.ci/corpus fetches them)")
		t.Skipf("only our own zones were compared: %v: .ci/corpus fetches others", err)
	}
	for text := range unlike {
		if !seen[text] && whole {
			t.Errorf("not true any more, or never was: %s", text)
		}
	}
	w.sum(t)
}

// zonePaths is all files below a folder; none if there is no such folder.
func zonePaths(t *testing.T, dir string) (paths []string) {
	t.Helper()
	if dir, err := filepath.EvalSymlinks(dir); err == nil {
		err = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				paths = append(paths, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return paths
}

// witness asks named-checkzone, and counts what it says.
type witness struct {
	patterns []*regexp.Regexp
	said     map[string]int
	zones    int
}

// newWitness skips where named-checkzone is not here.
func newWitness(t *testing.T) *witness {
	t.Helper()
	needs.Program(t, "bind9-utils", "named-checkzone")
	w := &witness{said: map[string]int{}}
	for _, s := range sayings {
		w.patterns = append(w.patterns, regexp.MustCompile(s.text))
	}
	return w
}

// remark is one line that named-checkzone said.
type remark struct {
	saying
	text  string
	line  int           // 0 if it names none
	owner zonefile.Name // "" if it names none
}

// ask is what named-checkzone says of a zone.
func (w *witness) ask(t *testing.T, path string, origin zonefile.Name) (remarks []remark) {
	t.Helper()
	cmd := exec.Command("named-checkzone", "-i", "local", "-k", "warn", "-m", "warn", "-M", "warn", "-n", "warn", "-r", "warn", "-S", "warn", "-T", "warn", "-W", "warn",
		string(origin), filepath.Base(path))
	cmd.Dir = filepath.Dir(path)
	out, _ := cmd.CombinedOutput() // its status says nothing more
	for line := range strings.Lines(string(out)) {
		if line = strings.TrimSpace(line); line != "" {
			remarks = append(remarks, w.remark(t, path, line))
		}
	}
	w.zones++
	return remarks
}

// remark reads a line of named-checkzone.
func (w *witness) remark(t *testing.T, path, line string) remark {
	t.Helper()
	i := slices.IndexFunc(w.patterns, func(p *regexp.Regexp) bool { return p.MatchString(line) })
	if i < 0 {
		t.Errorf("%s: named-checkzone says something that is in no table: %q", path, line)
		return remark{}
	}
	p, r := w.patterns[i], remark{saying: sayings[i], text: line}
	m := p.FindStringSubmatch(line)
	if n := p.SubexpIndex("line"); n >= 0 {
		r.line, _ = strconv.Atoi(m[n])
	}
	if n := p.SubexpIndex("owner"); n >= 0 {
		r.owner, _ = zonefile.ParseName(m[n], zonefile.Root)
	}
	return r
}

// unsaid is what named-checkzone says of a zone file and no rule does. Of a file without an SOA, which is no
// zone, no rule says more than that.
func (w *witness) unsaid(t *testing.T, path string, origin zonefile.Name, src []byte) (out []remark) {
	t.Helper()
	z := zonefile.Parse(path, src, zonefile.Options{Origin: origin, Open: besideIt(path)})
	found := lint.Run([]*zonefile.Zone{z}, lint.Options{Info: true})
	_, isZone := z.SOA()
	for _, r := range w.ask(t, path, origin) {
		if r.rules == "" || !isZone && r.rules != "soa-missing" {
			continue
		}
		if w.said[r.saying.text]++; !slices.ContainsFunc(found, r.saidBy) {
			out = append(out, r)
		}
	}
	return out
}

// saidBy tells whether a finding says of the same record what named-checkzone says.
func (r remark) saidBy(d lint.Diagnostic) bool {
	if !slices.Contains(strings.Fields(r.rules), d.Rule.Name) {
		return false
	}
	if d.File.Size() == 0 {
		return r.line == 0
	}
	row := d.Zone.RowAt(d.File, d.Span.Start)
	first, last := d.File.Position(row.Span().Start).Line, d.File.Position(row.Span().End).Line
	return (r.line == 0 || first <= r.line && r.line <= last) && (r.owner == "" || row.Owner() == r.owner)
}

// sum tells how much was compared.
func (w *witness) sum(t *testing.T) {
	t.Helper()
	n := 0
	for _, s := range sayings {
		if s.rules != "" {
			n += w.said[s.text]
			t.Logf("%4d %s", w.said[s.text], s.text)
		}
	}
	t.Logf("%d remarks on %d zones", n, w.zones)
}

// hosts are the names that mutations lead to.
const hosts = `
zz-host 1d A 62.96.4.77
zz-alias 1d CNAME zz-host
zz-dname 1d DNAME zz-target
zz_bad 1d TXT "no host"
`

// mutations are faults that are put into zones: another target of an MX, NS or SRV, or another line.
var mutations = []struct{ target, line string }{
	{target: "zz-alias"}, {target: "zz-gone"}, {target: "zz-host.zz-dname"}, {target: "192.0.2.7"}, {target: "zz_bad"}, {target: "zz-.example.org."},
	{line: "zz_host 1d A 62.96.4.77"},
	{line: "zz-.a 1d MX 10 zz-host"},
	{line: "a.*.zz 1d TXT x"},
	{line: "zz.invalid. 1d A 62.96.4.77"},
	{line: `zz 1d SPF "v=spf1 -all"`},
	{line: "zz 1d NS 192.0.2.7"},
	{line: "zz 1d NS ns.zz"},
	{line: "* 1d MX 10 zz-gone"},
	{line: "_imaps._tcp 1d SRV 0 1 993 zz-alias"},
	{line: "_submission._tcp 1d SRV 0 1 587 zz-gone"},
	{line: "_pop3s._tcp 1d SRV 0 1 995 zz-host.zz-dname"},
}

// TestCheckzoneMutated compares zones into which faults were put, each alone: every one of them is something that
// named-checkzone sees.
func TestCheckzoneMutated(t *testing.T) {
	needs.Long(t)
	w := newWitness(t)
	path := filepath.Join(t.TempDir(), "zone")
	included, err := filepath.Abs("testdata/clean/split")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(included, filepath.Join(filepath.Dir(path), "split")); err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("testdata/clean/*.zone")
	if err != nil {
		t.Fatal(err)
	}
	some, _ := needs.Share(t, paths)
	for _, clean := range some {
		src, err := os.ReadFile(clean)
		if err != nil {
			t.Fatal(err)
		}
		z := zonefile.Parse(clean, src, zonefile.Options{Origin: "example.com."})
		for name, mutant := range mutants(z, string(src)) {
			if err := os.WriteFile(path, []byte(mutant), 0o600); err != nil {
				t.Fatal(err)
			}
			before := w.complaints()
			for _, r := range w.unsaid(t, path, z.Origin(), []byte(mutant)) {
				t.Errorf("%s: %s: named-checkzone says %q, and nothing is found", clean, name, r.text)
			}
			if w.complaints() == before {
				t.Errorf("%s: %s: named-checkzone sees nothing", clean, name)
			}
		}
	}
	w.sum(t)
}

// complaints is how many complaints there were.
func (w *witness) complaints() (n int) {
	for _, count := range w.said {
		n += count
	}
	return n
}

// mutants is a zone with each mutation alone, by name: each new target in the first MX, NS and mail SRV, each new line at the end.
func mutants(z *zonefile.Zone, src string) map[string]string {
	out := map[string]string{}
	tail := fmt.Sprintf("\n$ORIGIN %s%s", z.Origin(), hosts)
	for _, m := range mutations {
		if m.line != "" {
			out[m.line] = src + tail + m.line + "\n"
			continue
		}
		for kind, at := range map[zonefile.Type]int{zonefile.TypeMX: 1, zonefile.TypeNS: 0} {
			for r := range z.Records() {
				target, ok := r.Token(at)
				if r.Type() != kind || !ok || !r.MadeBy().IsZero() {
					continue
				}
				out[fmt.Sprintf("%s of %s leads to %s", kind, r.Owner(), m.target)] = src[:target.Span.Start] + m.target + src[target.Span.End:] + tail
				break
			}
		}
	}
	return out
}
