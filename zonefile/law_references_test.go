package zonefile_test

import (
	"flag"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"net/netip"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// The law of names and addresses that change everywhere: what was listed has changed, as it was listed, and nothing else has.
// What is to change is found out here by another way: in the listing of a zone, where names are absolute and no line leans on
// another. BIND is asked whether the files that come out hold what their listings say.

var everyName = flag.Bool("every", false, "change every name and address of every zone file everywhere, which takes an hour and more")

// referencesTried counts what was tried.
type referencesTried struct {
	mu                                      sync.Mutex
	names, addresses, records, asked, stuck int
}

func TestLawOfReferences(t *testing.T) {
	zones, whole := zonefile.LawZones(t)
	var sum referencesTried
	zonefile.Beside(t, zones, func(t *testing.T, lz zonefile.LawZone) {
		z := lz.Zone
		before := zonefile.Listing(z)
		if z.Origin() == "" || len(before) > 3000 && !*everyName {
			return
		}
		seed := fnv.New64()
		seed.Write([]byte(filepath.Base(lz.Path)))
		x := lawOfZone{t, z, before, memo{}, whole, rand.New(rand.NewPCG(3, seed.Sum64()))}
		x.names(&sum)
		x.addresses(&sum)
		if t.Failed() {
			t.Fatalf("%s", lz.Path)
		}
	})
	t.Logf("%d names and %d addresses, %d records; %d stuck; BIND read %d of the zones that came out", sum.names, sum.addresses, sum.records, sum.stuck, sum.asked)
	if sum.names == 0 || sum.addresses == 0 || sum.records == 0 {
		t.Error("nothing was tried")
	}
}

// lawOfZone is the law in one zone.
type lawOfZone struct {
	t      *testing.T
	z      *zonefile.Zone
	before []string // the listing
	said   memo
	whole  bool
	rnd    *rand.Rand
}

// names renames some names.
func (x lawOfZone) names(sum *referencesTried) {
	zones, origin := []*zonefile.Zone{x.z}, x.z.Origin()
	for i, from := range someOf(x.rnd, namesOf(x.z), tries(x.whole, 2)) {
		to := zonefile.Name([]string{"law-renamed.", "y7."}[i%2]) // longer than what is there, and shorter
		if origin != zonefile.Root {
			to += origin
		}
		if below, some := nameBelow(x.z, from); some && i%3 == 2 {
			to = below // which moves, too, so that what is chosen may meet what stays
		}
		list, err := references.Among{Zones: zones}.Rename(from, to)
		l := lawRename{x.t, x.z, x.before, x.said, list, x.rnd.IntN(askEvery(x.whole)) == 0, func(r zonefile.Record, line string) string { return renamedLine(r, line, from, to) }, string(from), nil, true}
		asked := 0
		if refused := l.refused(err); !refused {
			l.used(references.Among{Zones: zones}.UsesOfName(from))
			asked = l.check(x.rnd, true)
		}
		sum.mu.Lock()
		sum.names, sum.records, sum.stuck, sum.asked = sum.names+1, sum.records+len(list.Lines), sum.stuck+len(list.Stuck), sum.asked+asked
		sum.mu.Unlock()
	}
}

// addresses changes some addresses.
func (x lawOfZone) addresses(sum *referencesTried) {
	zones := []*zonefile.Zone{x.z}
	for i, from := range someOf(x.rnd, addressesOf(x.z), tries(x.whole, 1)) {
		to := netip.MustParseAddr([]string{"198.51.100.177", "8.0.0.8"}[i%2])
		if from.Is6() {
			to = netip.MustParseAddr([]string{"2001:db8:7777:8888::77", "fe::8"}[i%2])
		}
		list, err := references.Among{Zones: zones}.Readdress(from, to)
		l := lawRename{x.t, x.z, x.before, x.said, list, x.rnd.IntN(askEvery(x.whole)) == 0, func(r zonefile.Record, line string) string { return readdressedLine(r, line, from, to) }, from.String(), nil, true}
		asked := 0
		if refused := l.refused(err); !refused {
			l.used(references.Among{Zones: zones}.UsesOfAddress(from))
			asked = l.check(x.rnd, true)
		}
		sum.mu.Lock()
		sum.addresses, sum.records, sum.asked = sum.addresses+1, sum.records+len(list.Lines), sum.asked+asked
		sum.mu.Unlock()
	}
}

// tries is how many names of a zone are changed: some, four times as many with -law, all with -every.
func tries(whole bool, some int) int {
	switch {
	case *everyName:
		return math.MaxInt
	case whole:
		return 4 * some
	}
	return some
}

// askEvery is for how many names BIND is asked once: of all it reads a part without -law.
func askEvery(whole bool) int {
	if whole {
		return 4
	}
	return 16
}

// someOf is all, or some of them.
func someOf[T any](rnd *rand.Rand, all []T, n int) []T {
	if len(all) <= n {
		return all
	}
	rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all[:n]
}

// namesOf is every name that records of a zone have or lead to, and some above them.
func namesOf(z *zonefile.Zone) (out []zonefile.Name) {
	seen := map[zonefile.Name]bool{}
	add := func(n zonefile.Name) {
		if _, err := zonefile.ParseName(string(n), ""); err == nil && !seen[n] && n != zonefile.Root {
			seen[n] = true
			out = append(out, n)
		}
	}
	for r := range z.Records() {
		if _, broken := r.Row().Problem(); broken {
			continue
		}
		if r.Owner().Within(z.Origin()) { // BIND passes over others
			add(r.Owner())
		}
		if t, ok := r.Target(); ok && !r.IsGeneric() {
			add(t)
		}
	}
	return out
}

// addressesOf is every address of a zone.
func addressesOf(z *zonefile.Zone) (out []netip.Addr) {
	for r := range z.RecordsOf(zonefile.TypeA, zonefile.TypeAAAA) {
		if _, broken := r.Row().Problem(); broken {
			continue
		}
		if a, ok := r.Addr(); ok && !slices.Contains(out, a) && len(out) < 500 {
			out = append(out, a)
		}
	}
	return out
}

// nameBelow is a name one label below another that has records; false if none has.
func nameBelow(z *zonefile.Zone, n zonefile.Name) (zonefile.Name, bool) {
	for r := range z.Records() {
		if r.Owner().Parent() == n && r.Owner() != n {
			return r.Owner(), true
		}
	}
	return "", false
}

// renamedLine is a line of a listing in which a name has become another. One that holds no such name stays as it is, which spares the
// law the time of reading thousands of lines for each of thousands of names.
func renamedLine(r zonefile.Record, line string, from, to zonefile.Name) string {
	if !strings.Contains(strings.ToLower(line), strings.TrimSuffix(string(from), ".")) {
		return line
	}
	words := splitLine(line)
	origin := r.Zone().Origin()
	if n := zonefile.Name(words[0]); n.Within(origin) {
		words[0] = renamedWord(words[0], from, to)
	}
	at := 3
	if words[2] == "foreign" {
		at = 4
	}
	switch t := words[at-1]; {
	case r.IsGeneric(), slices.Contains([]string{"NSEC", "NXT", "SIG", "RRSIG", "IPSECKEY", "AMTRELAY", "HIP"}, t):
	case t == "TXT" || t == "SPF":
		text, ok := zonefile.Unquote(strings.Join(words[at:], " "))
		if lower := strings.ToLower(text); ok && (lower == "v=spf1" || strings.HasPrefix(lower, "v=spf1 ")) {
			terms := strings.Split(text, " ")
			for i, term := range terms {
				terms[i] = renamedTerm(term, from, to)
			}
			words = append(words[:at], zonefile.Quote(strings.Join(terms, " ")))
		}
	default:
		for i := at; i < len(words); i++ {
			mailbox := t == "SOA" && i == at+1 || t == "RP" && i == at || t == "MINFO"
			if mailbox && zonefile.Name(words[i]) == from {
				continue
			}
			words[i] = renamedWord(words[i], from, to)
		}
	}
	return strings.Join(words, " ")
}

// What lines are made of.
var (
	lineWord    = regexp.MustCompile(`(?s)(?:[^ "\\]|\\.|"(?:[^"\\]|\\.)*")+`)
	nameTerm    = regexp.MustCompile(`(?i)^([-+~?]?(?:a|mx|ptr|include|exists):|(?:redirect|exp)=)((?:.*[}%_-])?)(.*?)(\.?(?:/[0-9/]*)?)$`)
	addressTerm = regexp.MustCompile(`(?i)^([-+~?]?ip[46]:)([^/]*)(|/32|/128)$`)
)

// splitLine is the words of a line, quoted ones whole.
func splitLine(line string) []string { return lineWord.FindAllString(line, -1) }

// renamedWord is a word that is an absolute name.
func renamedWord(word string, from, to zonefile.Name) string {
	if n := zonefile.Name(strings.ToLower(word)); strings.HasSuffix(word, ".") && n.Within(from) {
		return strings.ToLower(word[:len(word)-len(from)]) + string(to)
	}
	return word
}

// renamedTerm is a term of SPF.
func renamedTerm(term string, from, to zonefile.Name) string {
	m := nameTerm.FindStringSubmatch(term)
	if m == nil {
		return term
	}
	if i := strings.LastIndexByte(m[2], '}'); i >= 0 || !strings.Contains(m[2], "%") {
		m[2], m[3] = m[2][:i+1], m[2][i+1:]+m[3]
	}
	name, dot := m[3], ""
	if strings.HasSuffix(m[2], "}") {
		name, dot = strings.TrimPrefix(name, "."), "."
		if !strings.HasPrefix(m[3], ".") {
			return term
		}
	}
	if n := zonefile.Name(strings.ToLower(name) + "."); name != "" && n.Within(from) {
		return m[1] + m[2] + dot + name[:len(name)-len(from)+1] + strings.TrimSuffix(string(to), ".") + m[4]
	}
	return term
}

// readdressedLine is a line of a listing in which an address has become another.
func readdressedLine(r zonefile.Record, line string, from, to netip.Addr) string {
	words := splitLine(line)
	if n := r.Owner(); n == zonefile.Backwards(from) && r.Type() == zonefile.TypePTR {
		words[0] = string(zonefile.Backwards(to))
	}
	switch last := len(words) - 1; words[2] {
	case "A", "AAAA":
		if a, err := netip.ParseAddr(words[last]); err == nil && a == from {
			words[last] = to.String()
		}
	case "HTTPS", "SVCB":
		for i, w := range words {
			if strings.HasPrefix(w, "ipv4hint=") || strings.HasPrefix(w, "ipv6hint=") {
				list := strings.Split(w[9:], ",")
				for j, a := range list {
					list[j] = map[bool]string{true: to.String(), false: a}[a == from.String()]
				}
				words[i] = w[:9] + strings.Join(list, ",")
			}
		}
	case "TXT", "SPF":
		text, ok := zonefile.Unquote(strings.Join(words[3:], " "))
		if ok && strings.HasPrefix(strings.ToLower(text), "v=spf1 ") {
			terms := strings.Split(text, " ")
			for i, term := range terms {
				m := addressTerm.FindStringSubmatch(term)
				if m == nil {
					continue
				}
				if a, err := netip.ParseAddr(m[2]); err == nil && a == from && (m[3] == "" || m[3] == "/"+strconv.Itoa(a.BitLen())) {
					terms[i] = m[1] + to.String() + m[3]
				}
			}
			words = append(words[:3], zonefile.Quote(strings.Join(terms, " ")))
		}
	}
	return strings.Join(words, " ")
}

// memo is lines joined, each once: of a zone in which one name changes nearly all lines are as they were.
type memo map[string]string

// joined is joined of a line.
func (m memo) joined(line string) string {
	is, known := m[line]
	if !known {
		is = joined(line)
		m[line] = is
	}
	return is
}

// joined is a line of a listing with one blank between words, and with the strings of an SPF record as one text: where one is
// cut means nothing.
func joined(line string) string {
	words := splitLine(line)
	if words[2] == "TXT" || words[2] == "SPF" {
		text, ok := zonefile.Unquote(strings.Join(words[3:], " "))
		if ok && strings.HasPrefix(strings.ToLower(text), "v=spf1") {
			words = append(words[:3], zonefile.Quote(text))
		}
	}
	return strings.Join(words, " ")
}
