package zonefile

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// oracle asks named-compilezone what a zone file holds: its records, sorted, or why BIND refuses it.
func oracle(t testing.TB, path string, origin Name) (records []string, refusal string) {
	t.Helper()
	dir, file := filepath.Split(path)
	cmd := exec.Command("named-compilezone", "-i", "none", "-k", "ignore", "-m", "ignore", "-M", "ignore", "-n", "ignore",
		"-r", "ignore", "-S", "ignore", "-T", "ignore", "-W", "ignore", "-s", "full", "-o", "-", string(origin), file)
	cmd.Dir = dir
	var out, errOut bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil {
		return nil, errOut.String()
	}
	for line := range strings.Lines(out.String()) {
		if line = strings.TrimSpace(line); line != "" && line[0] != ';' {
			records = append(records, foldRecord(line))
		}
	}
	slices.Sort(records)
	return records, ""
}

// needOracle skips where BIND is not installed.
func needOracle(t testing.TB) {
	t.Helper()
	needs.Program(t, "bind9-utils", "named-compilezone")
}

// foldRecord is a record of a dump with one blank between its first fields and its names in lower case. Its data
// is what BIND prints, octet for octet.
func foldRecord(line string) string {
	var head [4]string
	for i := range head {
		line = strings.TrimLeft(line, " \t")
		end := strings.IndexAny(line, " \t")
		if end < 0 {
			end = len(line)
		}
		head[i], line = line[:end], line[end:]
	}
	return strings.ToLower(head[0]) + " " + strings.Join(head[1:], " ") + " " + foldNames(strings.TrimLeft(line, " \t"))
}

// foldNames writes the names in printed data in lower case: the words that end in a dot and are in no quotes.
func foldNames(data string) string {
	words := strings.Split(data, " ")
	quoted := false
	for i, w := range words {
		if !quoted && strings.HasSuffix(w, ".") && !strings.HasPrefix(w, `"`) {
			words[i] = strings.ToLower(w)
		}
		quotes := strings.Count(strings.ReplaceAll(w, `\\`, ""), `"`) - strings.Count(strings.ReplaceAll(w, `\\`, ""), `\"`)
		quoted = quoted != (quotes%2 != 0)
	}
	return strings.Join(words, " ")
}

// loadedLines is what mailzone reads, in the form of the oracle.
func loadedLines(z *Zone) []string {
	var out []string
	for r, ttl := range z.Loaded() {
		out = append(out, foldRecord(fmt.Sprintf("%s %d IN %s %s", r.Owner(), ttl, r.Type(), r.CanonicalRData())))
	}
	slices.Sort(out)
	return out
}

// warnings is what BIND says of lines that it reads, and of lines that do not go with others.
var warnings = []string{"RFC1035 TTL semantics", "TTL set to prior TTL", "ignoring out-of-zone data", "signature has expired",
	"multiple RRs of singleton type", "record with inherited owner", "using SOA MINTTL instead", "old style DNSSEC", "does not end with newline", "example.com: ran out of space"}

// refusedLine is the place in what BIND says of a line.
var refusedLine = regexp.MustCompile(`^(?:[\w$]+: )?([^ :]+):(\d+): (.*)$`)

// refusedLines asks named-checkzone which lines of a file it refuses: it reads on behind most errors.
func refusedLines(t testing.TB, path string, origin Name) map[int]string {
	t.Helper()
	dir, file := filepath.Split(path)
	cmd := exec.Command("named-checkzone", "-i", "none", "-k", "ignore", "-m", "ignore", "-M", "ignore", "-n", "ignore",
		"-r", "ignore", "-S", "ignore", "-T", "ignore", "-W", "ignore", string(origin), file)
	cmd.Dir = dir
	said, _ := cmd.CombinedOutput()
	lines := map[int]string{}
	for s := range strings.Lines(string(said)) {
		m := refusedLine.FindStringSubmatch(strings.TrimSpace(s))
		if m == nil || slices.ContainsFunc(warnings, func(w string) bool { return strings.Contains(s, w) }) {
			continue
		}
		n, _ := strconv.Atoi(m[2])
		lines[n] = m[3]
	}
	return lines
}

// refusedByMeaning is why BIND refuses a zone whose every line it reads: for what records mean together.
// mailzone opens such zones, and the linter speaks of them.
var refusedByMeaning = []string{
	"CNAME and other data", "SOA records", "has no NS records", "multiple RRs of singleton type", "!= zone class 'IN'",
	"at top of zone", "consistency checks failed", "(illegal)", "disallowed (by application policy)", "bad base encoding", "ran out of space", "has no address records",
	"NSEC3", "invalid NS owner name (wildcard)", "not at top of zone", "at zone top", "out of zone", "isn't at top", "ignoring out-of-zone data",
}

func TestReadsAsBIND(t *testing.T) {
	needOracle(t)
	var same, refused, meaning, wrong int
	some, _ := needs.Share(t, corpusZones(t))
	for _, tz := range append(oneIn(ownZones(t), 3), some...) {
		want, refusal := oracle(t, tz.path, tz.origin)
		z := tz.parse()
		problem, bad := firstProblem(z)
		var diff string
		if got := loadedLines(z); refusal == "" && !bad && !slices.Equal(got, want) {
			diff = differ(want, got)
		}
		switch {
		case refusal != "" && bad:
			refused++
		case refusal != "" && isMeaning(refusal):
			meaning++
		case refusal == "" && !bad && diff == "":
			same++
		default:
			wrong++
			t.Errorf("%s %s: BIND %q, mailzone %q\n%s", tz.path, tz.origin, refusal, problem, diff)
		}
	}
	t.Logf("read the same: %d; refused by both: %d; refused by BIND for what records mean together: %d; wrong: %d",
		same, refused, meaning, wrong)
}

// isMeaning tells a refusal for what records mean together.
func isMeaning(refusal string) bool {
	return slices.ContainsFunc(refusedByMeaning, func(s string) bool { return strings.Contains(refusal, s) })
}

// firstProblem is the first thing wrong with a zone's lines.
func firstProblem(z *Zone) (string, bool) {
	for p := range z.Errors() {
		return p.String(), true
	}
	return "", false
}
