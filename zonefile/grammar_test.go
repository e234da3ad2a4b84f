package zonefile

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Zones made at random from the grammar of zone files, half of them with bytes changed, each read by
// named-compilezone and by mailzone: the same records, octet for octet, or refused by both.

// madeZones is how many zones are made and compared.
var madeZones = flag.Int("zones", 150, "make so many zones at random and hold them against BIND")

// firstSeed is the seed of the first of them.
var firstSeed = flag.Int("seed", 1, "the seed of the first zone of -zones")

// maker makes one zone.
type maker struct {
	rnd   *rand.Rand
	out   strings.Builder
	files map[string]string // what it includes
}

// one picks one of several texts.
func (m *maker) one(texts ...string) string { return texts[m.rnd.IntN(len(texts))] }

// often tells whether something happens that does so one time in n.
func (m *maker) often(n int) bool { return m.rnd.IntN(n) == 0 }

// blank is white space between words.
func (m *maker) blank() string { return m.one(" ", " ", "\t", "  ", " \t") }

// end ends a line.
func (m *maker) end() string {
	return m.one("\n", "\n", "\n", "\r\n", "\r", " \n", "\t; comment\n", ";x\r\n", "\n\n", "\n \t\n", " ; \"(\n")
}

// name is the text of a name.
func (m *maker) name() string {
	return m.one("@", "a", "b", "c.sub", "sub", "A.Sub", "x.example.com.", "example.com.", "*", "*.sub", "mx", "300", `a\.b`, `\065`, `\097\\x`, "under_score", "out.example.net.", "q"+fmt.Sprint(m.rnd.IntN(20)))
}

// owner is the first column.
func (m *maker) owner() string {
	switch m.rnd.IntN(12) {
	case 0, 1, 2:
		return ""
	case 3:
		if !m.often(3) {
			return m.one(`"a"`, `"b.sub"`, "IN", "MX", `\$x`, "caf\xe9", "a\vb")
		}
		return m.one(`"a"`, `"b.sub"`, "IN", "MX", `\$x`, "caf\xe9", "a\vb", "a..b", `\256`, `\[x`, ".", strings.Repeat("l", 63), strings.Repeat("l", 64))
	}
	return m.name()
}

// head is TTL and class, or a part of them.
func (m *maker) head() string {
	ttl := m.one("", "", "", "300", "600", "1h", "1h30m", "1W2d", "0", "00300", "2147483647")
	class := m.one("", "", "", "IN", "in", "CLASS1", "class1")
	if m.often(200) {
		ttl = m.one("1h30", "300 300", "99999999999", "1x", "-1", `"300"`)
	}
	if m.often(200) {
		class = m.one("CH", "ANY", "HS", "CLASS3", "NONE", "IN IN")
	}
	if m.often(2) {
		ttl, class = class, ttl
	}
	return strings.Join(strings.Fields(ttl+" "+class), m.blank())
}

// commonData is data of the types that fill zones.
var commonData = []string{"A 192.0.2.1", "A 192.0.2.2", "a 192.0.2.3", "AAAA 2001:DB8::1", "AAAA ::1.2.3.4", "MX 10 mx", "MX 010 a.Example.com.", "mx 20 @", "NS ns2", "TXT x", `TXT "a b" c\;d "\""`,
	`TXT "v=spf1 -all"`, "TXT \"caf\xc3\xa9\"", `TXT "" ""`, "CNAME a", "SRV 0 5 25 mx", "PTR a.", `CAA 0 issue "x"`, "TYPE65280 \\# 2 0aFF", "A \\# 4 C0000201", "TXT \\# x", "TYPE1 192.0.2.9", "SOA ns host 2 3 4 5 6"}

// otherTypes are in no made zone: SOA stands above, services of WKS are looked up in the files of the system, KEYDATA
// has no name when it is printed, and a dump leaves out NSEC3 that belong to no chain.
var otherTypes = []string{"SOA", "WKS", "KEYDATA", "NSEC3"}

// record is a type and its data.
func (m *maker) record() string {
	if m.often(3) {
		types := slices.Sorted(func(yield func(string) bool) {
			for t := range goodData() {
				if !slices.Contains(otherTypes, t) && !yield(t) {
					return
				}
			}
		})
		t := m.one(types...)
		data, _ := lexField(goodData()[t])
		if m.often(20) {
			data[m.rnd.IntN(len(data))] = m.one(words...)
		}
		return t + " " + strings.Join(data, " ")
	}
	return m.one(commonData...)
}

// wrapped puts parentheses and line ends between the words of a line.
func (m *maker) wrapped(line string) string {
	list := strings.Split(line, " ")
	var b strings.Builder
	open := 0
	for i, w := range list {
		if i > 0 {
			b.WriteString(m.blank())
		}
		if m.often(3) && i > 0 {
			b.WriteString("(")
			open++
		}
		if open > 0 && m.often(3) {
			b.WriteString(m.one("\n", "\r\n", " ; in (\n", "\n\n\t", "\r"))
		}
		b.WriteString(w)
		if open > 0 && m.often(3) {
			b.WriteString(m.one(")", " )", "\n)"))
			open--
		}
	}
	b.WriteString(strings.Repeat(")", open))
	return b.String()
}

// line writes a record's line.
func (m *maker) line() {
	words := strings.TrimLeft(m.head()+" "+m.record(), " ")
	if m.often(4) && strings.Count(words, `"`) == 0 {
		words = m.wrapped(words)
	}
	m.out.WriteString(m.owner() + m.blank() + words + m.end())
}

// directive writes a directive's line.
func (m *maker) directive() {
	switch m.rnd.IntN(9) {
	case 0, 1:
		m.out.WriteString(m.one("$TTL", "$ttl", `"$TTL"`) + m.blank() + m.one("300", "1h", "77", "1w2d", "0", "2147483647"))
	case 2, 3:
		m.out.WriteString(m.one("$ORIGIN", "$origin", `"$ORIGIN"`) + m.blank() + m.one("example.com.", "sub", "sub.example.com.", "@", "com.", "."))
	case 4, 5, 6:
		m.generate()
	case 7:
		name := fmt.Sprintf("inc%d", len(m.files))
		inc := &maker{rnd: m.rnd, files: map[string]string{"": ""}}
		for range 1 + m.rnd.IntN(3) {
			inc.line()
		}
		if m.often(3) {
			inc.out.WriteString(m.one("$TTL 55\n", "$ORIGIN deep\n", "$TTL 66", "b A 192.0.2.7"))
		}
		m.files[name] = inc.out.String()
		m.out.WriteString(m.one("$INCLUDE", "$include") + " " + m.one(name, `"`+name+`"`) + m.one("", "", " sub", " sub.example.com.", "", " ; x"))
	case 8:
		if m.often(3) {
			m.out.WriteString(m.one("$DATE 20301301000000", "$FOO x", "$TTL", "$ORIGIN a b", "$DATE 1", "$TTL x", `$TTL "5"`, "$ORIGIN a..b", `$ORIGIN "sub"`))
		} else {
			m.out.WriteString("$DATE 20260101000000")
		}
	}
	m.out.WriteString(m.end())
}

// generate writes a $GENERATE.
func (m *maker) generate() {
	span := m.one("1-3", "0-2", "2-8/3", "5-5", "1-3x", "10-12", "7-9")
	owner := m.one("h$", "h${3}", "h${1,3,d}-$", "$", "${0,2,x}.sub", "h${-1}", "$$x$", `h\$$`, "*.h$", "h${0,3,n}", "h${0,3,X}", "a", "@")
	if m.often(5) {
		span, owner = m.one("3-1", "1-3/0", "253-256", "1-3/", "1"), m.one("h${,1}", "h${0,3,q}", "h${", "h$")
	}
	data := m.one("A 192.0.2.$", "A 192.0.2.${1}", "AAAA 2001:db8::$", `MX "10 mx$"`, `TXT "n $"`, `TXT "\"a $\" b"`, "CNAME h$.sub", "PTR ${0,4,x}", "A 192.0.2.$ ; c", "TXT $;x", `TXT "a;b$"`)
	if m.often(6) {
		data = m.one(`A (192.0.2.$)`, `"A" 192.0.2.$`, "MX 10 mx", "A 999.$", `TXT "("`)
	}
	m.out.WriteString(m.one("$GENERATE", "$generate") + " " + span + m.blank() + owner + " " + strings.TrimLeft(m.head()+" "+data, " "))
}

// zone makes a whole zone.
func (m *maker) zone() string {
	switch m.rnd.IntN(5) {
	case 0:
		m.out.WriteString("@ 60 SOA ns host 1 3600 600 604800 300\n@ NS ns\nns A 192.0.2.53\n")
	case 1:
		m.out.WriteString("@ IN SOA ns host ( 1 1h 10m 1w 5m )\n\tNS ns\nns 90 A 192.0.2.53\n")
	case 2:
		m.out.WriteString("$ORIGIN com.\n$TTL 1h\nexample SOA ns.example host.example 1 2 3 4 5\n NS ns.example\nns.example A 192.0.2.53\n$ORIGIN example.com.\n")
	default:
		m.out.WriteString(apexLines)
	}
	for range 1 + m.rnd.IntN(7) {
		if m.often(7) {
			m.directive()
		} else {
			m.line()
		}
	}
	text := m.out.String()
	if m.often(4) {
		text = m.changed(text)
	}
	if m.often(20) {
		text = strings.TrimRight(text, "\r\n")
	}
	return text
}

// changed changes a few bytes behind the apex.
func (m *maker) changed(text string) string {
	b := []byte(text)
	for range 1 + m.rnd.IntN(2) {
		i := 60 + m.rnd.IntN(max(len(b)-60, 1))
		i = min(i, len(b)-1)
		c := []byte(m.one("\"", "(", ")", ";", "\\", "$", " ", "\t", "\n", "\r", "\x00", "@", ".", "0", "9", "a", "Z", "\xff", "=", ",", "\v", "-", ":", "/", "#", "\\1", "\r\n"))
		switch m.rnd.IntN(3) {
		case 0:
			b = slices.Insert(b, i, c...)
		case 1:
			b = slices.Delete(b, i, i+1)
		case 2:
			b = slices.Replace(b, i, i+1, c...)
		}
	}
	return string(b)
}

// madeOtherwise is what is refused in zones that are made and BIND takes: what is said, a pattern that the zone has, and why.
var madeOtherwise = []struct{ said, src, why string }{
	{"above the limit of 2147483647 seconds", "", "BIND takes such a TTL as 0, which nobody means"},
	{"class CLASS0 in a zone", "", "BIND takes class 0 as no class"},
	{"$GENERATE", `\$origin`, "BIND does not look at the data of names that are outside the zone"},
	{"it writes ", `\$origin`, "the same"},
	{"an $INCLUDE without a line end, and the included file starts with a blank", `\$include`, "BIND takes the TTL, class or type of that file's first line as an owner"},
	{"a closing parenthesis without an opening one", `txt[\s()]*\\#[\s()]*\)`, `BIND overlooks what is wrong with the word behind TXT \#, which may be a number`},
}

func TestMadeZonesAsBIND(t *testing.T) {
	needOracle(t)
	var sum tally
	var next sync.Mutex
	seed, n := *firstSeed, *madeZones
	if testing.Short() {
		n /= 10
	}
	end := seed + n
	var all sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		all.Go(func() {
			dir := t.TempDir()
			for {
				next.Lock()
				n := seed
				seed++
				next.Unlock()
				if n >= end {
					return
				}
				outcome, report := compareMade(t, dir, n)
				next.Lock()
				sum.add(outcome)
				next.Unlock()
				if report != "" {
					t.Errorf("seed %d: %s", n, report)
				}
			}
		})
	}
	all.Wait()
	t.Logf("%s", sum)
}

// tally counts outcomes.
type tally map[string]int

func (s *tally) add(outcome string) {
	if *s == nil {
		*s = tally{}
	}
	(*s)[outcome]++
}

// String lists what was counted.
func (s tally) String() string {
	var out []string
	for k, n := range s {
		out = append(out, fmt.Sprintf("%s: %d", k, n))
	}
	slices.Sort(out)
	return strings.Join(out, "; ")
}

// compareMade makes the zone of a seed and compares how it is read; report is what differs.
func compareMade(t *testing.T, dir string, seed int) (outcome, report string) {
	m := &maker{rnd: rand.New(rand.NewPCG(uint64(seed), 7)), files: map[string]string{}}
	src := m.zone()
	path := filepath.Join(dir, "zone")
	m.files["zone"] = src
	for name, text := range m.files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, refusal := oracle(t, path, "example.com.")
	z := testZone{path, []byte(src), "example.com."}.parse()
	problem, bad := firstProblem(z)
	if !bad {
		for p := range z.Refusals() {
			problem, bad = p.String(), true
			break
		}
	}
	differs := ""
	if got := loadedLines(z); refusal == "" && !bad && !slices.Equal(got, want) {
		differs = differ(want, got)
	}
	switch {
	case slices.ContainsFunc(madeOtherwise, func(o struct{ said, src, why string }) bool {
		return bad && refusal == "" && strings.Contains(problem, o.said) && regexp.MustCompile("(?i)"+o.src).MatchString(src)
	}):
		return "named exception", ""
	case refusal != "" && bad:
		return "refused by both", ""
	case refusal != "" && isMeaning(refusal):
		return "refused by BIND for what records mean together", ""
	case refusal == "" && !bad && differs == "":
		return "read the same", ""
	}
	return "different", fmt.Sprintf("BIND %q, mailzone %q\n%s\n%q %q", refusal, problem, differs, src, m.files)
}
