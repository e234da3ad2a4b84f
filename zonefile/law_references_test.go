package zonefile_test

import (
	"errors"
	"flag"
	"math"
	"math/rand/v2"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// The law of names and addresses that change everywhere: what was listed has changed, as it was listed, and nothing else has.
// What is to change is found out here by another way: in the listing of a zone, where names are absolute and no line leans on
// another. BIND is asked whether the files that come out hold what their listings say.

var everyName = flag.Bool("every", false, "change every name and address of every zone file everywhere, which takes an hour and more")

// lawRename is a name or an address that becomes another.
type lawRename struct {
	t        *testing.T
	z        *zonefile.Zone
	before   []string // the listing
	list     references.List
	ask      bool                                        // BIND
	becomes  func(r zonefile.Record, line string) string // what a line of the listing is to be
	what     string
	lines    map[zonefile.Record]references.Line
	complete bool // nothing is stuck
}

func TestLawOfReferences(t *testing.T) {
	zones, whole := zonefile.LawZones(t)
	rnd := rand.New(rand.NewPCG(3, 9))
	names, addresses, records, asked, stuck := 0, 0, 0, 0, 0
	for _, lz := range zones {
		z, origin := lz.Zone, lz.Zone.Origin()
		before := zonefile.Listing(z)
		if origin == "" || len(before) > 3000 && !*everyName {
			continue
		}
		ownTTL := mixedSets(z)
		for _, from := range someOf(rnd, namesOf(z), tries(whole, 2)) {
			to := zonefile.Name([]string{"law-renamed.", "y7."}[names%2]) // longer than what is there, and shorter
			if origin != zonefile.Root {
				to += origin
			}
			list, err := references.Rename([]*zonefile.Zone{z}, from, to)
			l := lawRename{t, z, before, list, names%askEvery(whole) == 0, func(r zonefile.Record, line string) string { return renamedLine(r, line, from, to) }, string(from), nil, true}
			names++
			if l.refused(err) {
				continue
			}
			l.used(references.UsesOfName([]*zonefile.Zone{z}, from))
			records += len(list.Lines)
			stuck += len(list.Stuck)
			if len(list.Stuck) == 0 || !ownTTL[from] {
				asked += l.check(rnd, len(ownTTL) == 0)
			}
		}
		for _, from := range someOf(rnd, addressesOf(z), tries(whole, 1)) {
			to := netip.MustParseAddr([]string{"198.51.100.177", "8.0.0.8"}[addresses%2])
			if from.Is6() {
				to = netip.MustParseAddr([]string{"2001:db8:7777:8888::77", "fe::8"}[addresses%2])
			}
			list, err := references.Readdress([]*zonefile.Zone{z}, from, to)
			l := lawRename{t, z, before, list, addresses%askEvery(whole) == 0, func(r zonefile.Record, line string) string { return readdressedLine(r, line, from, to) }, from.String(), nil, true}
			addresses++
			if l.refused(err) {
				continue
			}
			l.used(references.UsesOfAddress([]*zonefile.Zone{z}, from))
			records += len(list.Lines)
			asked += l.check(rnd, true)
		}
		if t.Failed() {
			t.Fatalf("%s", lz.Path)
		}
	}
	t.Logf("%d names and %d addresses, %d records; %d stuck; BIND read %d of the zones that came out", names, addresses, records, stuck, asked)
	if names == 0 || addresses == 0 || records == 0 {
		t.Error("nothing was tried")
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

// refused wants a refusal to have a reason.
func (l *lawRename) refused(err error) bool {
	if err == nil {
		return false
	}
	if !errors.As(err, new(references.Exists)) && !strings.Contains(err.Error(), "is the name of a zone") {
		l.t.Errorf("%s: %v", l.what, err)
	}
	return true
}

// used wants who uses it to be what changes, what cannot, and what stays, and nothing else.
func (l *lawRename) used(u references.Uses) {
	want, got := map[zonefile.Row]bool{}, map[zonefile.Row]bool{}
	for _, line := range l.list.Lines {
		want[line.Record.Row()] = true
	}
	for _, k := range slices.Concat(l.list.Stuck, l.list.Kept) {
		want[k.Row] = true
	}
	for _, one := range u.List {
		if got[one.Row] {
			l.t.Errorf("%s: told twice: %s", l.what, one.Is)
		}
		got[one.Row] = true
		if !want[one.Row] {
			l.t.Errorf("%s: it uses it, and no change speaks of it: %s", l.what, one.Is)
		}
	}
	for row := range want {
		if !got[row] {
			l.t.Errorf("%s: a change speaks of it, and it is no use: %s", l.what, row.Text())
		}
	}
}

// check tries all lines, and some of them. It tells how often BIND was asked.
func (l *lawRename) check(rnd *rand.Rand, some bool) (asked int) {
	l.lines = map[zonefile.Record]references.Line{}
	for _, line := range l.list.Lines {
		l.lines[line.Record] = line
	}
	asked = l.try(l.list.Lines)
	if some && len(l.list.Lines) > 1 {
		var part []references.Line
		for _, line := range l.list.Lines {
			if rnd.IntN(2) == 0 {
				part = append(part, line)
			}
		}
		asked += l.try(part)
	}
	return asked
}

// try makes some lines' edits.
func (l *lawRename) try(part []references.Line) int {
	edits, err := references.Edits(l.z, part)
	if err != nil {
		apart := len(part) < len(l.lines) && strings.Contains(err.Error(), "changes another again") // of an RRset with several TTLs some go
		if !apart && !strings.Contains(err.Error(), "would change what another line means") && !strings.Contains(err.Error(), "longer than") {
			l.t.Errorf("%s: %v", l.what, err)
		}
		return 0
	}
	next, err := l.z.Apply(edits...)
	if err != nil {
		l.t.Errorf("%s: %v", l.what, err)
		return 0
	}
	chosen := map[zonefile.Record]bool{}
	for _, line := range part {
		chosen[line.Record] = true
	}
	var want []string
	i := 0
	for r := range l.z.Records() {
		line := joined(l.before[i])
		is := joined(l.becomes(r, l.before[i]))
		if _, broken := r.Row().Problem(); broken { // it has no meaning to keep, and none to change
			is = line
		}
		if i++; chosen[r] {
			if is == line {
				l.t.Errorf("%s: listed, and nothing to change: %s", l.what, line)
			}
			line = is
		} else if _, listed := l.lines[r]; is != line && !listed && r.Editable() == nil {
			l.t.Errorf("%s: not listed: %s", l.what, line)
		}
		want = append(want, line)
	}
	got := zonefile.Listing(next)
	for i := range got {
		got[i] = joined(got[i])
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(want, got) {
		l.t.Errorf("%s, %d of %d lines:\n%s", l.what, len(part), len(l.lines), zonefile.Differ(want, got))
	}
	zonefile.CheckSpliced(l.t, l.z, next, edits)
	if l.ask && zonefile.Witnessed(l.t, next) {
		return 1
	}
	return 0
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

// mixedSets is the names at or below which an RRset has lines of different TTLs: where some of them go, BIND serves the others
// with another.
func mixedSets(z *zonefile.Zone) map[zonefile.Name]bool {
	type set struct {
		n zonefile.Name
		t zonefile.Type
	}
	ttl, mixed := map[set]uint32{}, map[zonefile.Name]bool{}
	for r := range z.Records() {
		key := set{r.Owner(), r.Type()}
		if was, known := ttl[key]; known && was != r.TTL() {
			for n := key.n; n != ""; n = n.Parent() {
				mixed[n] = true
			}
		}
		ttl[key] = r.TTL()
	}
	for r, served := range z.Loaded() { // beside lines of a $GENERATE, too, which are no records
		for n := r.Owner(); served != r.TTL() && n != ""; n = n.Parent() {
			mixed[n] = true
		}
	}
	return mixed
}

// renamedLine is a line of a listing in which a name has become another.
func renamedLine(r zonefile.Record, line string, from, to zonefile.Name) string {
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

// splitLine is the words of a line, quoted ones whole.
func splitLine(line string) []string {
	return regexp.MustCompile(`(?s)(?:[^ "\\]|\\.|"(?:[^"\\]|\\.)*")+`).FindAllString(line, -1)
}

// renamedWord is a word that is an absolute name.
func renamedWord(word string, from, to zonefile.Name) string {
	if n := zonefile.Name(strings.ToLower(word)); strings.HasSuffix(word, ".") && n.Within(from) {
		return strings.ToLower(word[:len(word)-len(from)]) + string(to)
	}
	return word
}

// renamedTerm is a term of SPF.
func renamedTerm(term string, from, to zonefile.Name) string {
	m := regexp.MustCompile(`(?i)^([-+~?]?(?:a|mx|ptr|include|exists):|(?:redirect|exp)=)((?:.*[}%_-])?)(.*?)(\.?(?:/[0-9/]*)?)$`).FindStringSubmatch(term)
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
		if a, err := netip.ParseAddr(words[last]); err == nil && a == from && !r.IsGeneric() {
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
				m := regexp.MustCompile(`(?i)^([-+~?]?ip[46]:)([^/]*)(|/32|/128)$`).FindStringSubmatch(term)
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
