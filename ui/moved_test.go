package ui

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/zonefile"
)

// told is a number that a message tells of a host: what it was, and what it is.
var told = regexp.MustCompile(`(\S+) (\d+) → (\d+)`)

// What the message of a move tells is what the file has: each number that it names before and after the run, and of wordings
// for little room as well. One undo takes the run back.
func TestMovesAreTold(t *testing.T) {
	seeds := uint64(30)
	if testing.Short() {
		seeds = 8
	}
	for seed := range seeds {
		rng := rand.New(rand.NewPCG(seed, 16))
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Chdir(t.TempDir())
			u := newUser(t, "", randomTiers(rng))
			u.types("enter home")
			for range 12 {
				u.moveAndCompare(rng)
			}
			u.checkUndo()
		})
	}
}

// randomTiers is a zone with some MX in random tiers.
func randomTiers(rng *rand.Rand) []byte {
	var b bytes.Buffer
	b.WriteString("$TTL 1d\n@ SOA ns1 h 7 8h 2h 4w 1h\n NS ns1\nns1 A 192.0.2.1\n")
	for i := range 2 + rng.IntN(5) {
		fmt.Fprintf(&b, "@ MX %d mx%d\nmx%d A 192.0.2.%d\n", []int{0, 1, 2, 10, 11, 20, 30, 65534, 65535}[rng.IntN(9)], i, i, 10+i)
	}
	return b.Bytes()
}

// moveAndCompare presses a run of keys on one MX, and compares what is said with the file before and after.
func (u *user) moveAndCompare(rng *rand.Rand) {
	u.t.Helper()
	u.types(strings.Repeat("j ", rng.IntN(3)) + strings.Repeat("k ", rng.IntN(3)))
	before, versions := u.preferences(), u.app.doc.At
	keys := strings.Fields("J K + - =")
	key := keys[rng.IntN(len(keys))]
	u.types(key)
	if u.app.doc.At != versions+1 {
		return // it says why not, or goes on with the run before, or ends it
	}
	u.compareTold(before)
	for range rng.IntN(4) {
		if key == "=" {
			break
		}
		u.types(keys[rng.IntN(4)])
		if u.app.doc.At == versions+1 && u.app.telling.tells(u.app.message.text) {
			u.compareTold(before)
		}
	}
	if u.app.doc.At == versions+1 && rng.IntN(3) == 0 {
		if u.types("u"); u.preferences()["mx0"] != before["mx0"] || u.app.doc.At != versions {
			u.t.Errorf("one undo leads from %v to %v", before, u.preferences())
		}
	}
}

// compareTold compares all wordings of the last message with the file.
func (u *user) compareTold(before map[string]int) {
	u.t.Helper()
	now := u.preferences()
	for _, text := range u.app.telling.words {
		for _, m := range told.FindAllStringSubmatch(strings.ReplaceAll(strings.NewReplacer(": preference", "", " up:", "", " down:", "").Replace(text), ";", ""), -1) {
			was, _ := strconv.Atoi(m[2])
			is, _ := strconv.Atoi(m[3])
			if !strings.HasPrefix(m[1], "mx") {
				continue // the wording without a name
			}
			if before[m[1]] != was || now[m[1]] != is {
				u.t.Errorf("%q, but %s was %d and is %d", text, m[1], before[m[1]], now[m[1]])
			}
		}
	}
	if title := u.app.arrows(u.app.doc.Version().Title); title != u.app.telling.words[0] {
		u.t.Errorf("undo calls %q what was told as %q", title, u.app.telling.words[0])
	}
}

// preferences is the numbers of the zone's MX, by host.
func (u *user) preferences() map[string]int {
	out := map[string]int{}
	z := u.app.doc.Zone()
	for _, r := range z.RRset(z.Origin(), zonefile.TypeMX) {
		host, _ := r.Target()
		p, _ := r.Preference()
		out[host.In(z.Origin())] = int(p)
	}
	return out
}

// A wording fits in the row, at the smallest screen too, and never cuts a name.
func TestWordingsFit(t *testing.T) {
	t.Chdir(t.TempDir())
	u := newUser(t, "size: 40x10\n", demoZone)
	u.types("enter home J")
	for width := 10; width < 100; width++ {
		text := u.app.telling.wording(u.app.message.text, width)
		if last := u.app.telling.wordings(); ansi.StringWidth(text) > width && text != last[len(last)-1] {
			t.Errorf("%d columns: %q", width, text)
		}
	}
}

// What became what is told with an arrow; data that looks as one is data.
func TestArrowsOfData(t *testing.T) {
	for _, tt := range []struct{ was, is, told string }{
		{`"a -> b"`, `"a -> c"`, `TXT of x: "a -> b" → "a -> c"`},
		{`"a\" -> b"`, `"a -> \\"`, `TXT of x: "a\" -> b" → "a -> \\"`},
		{`a`, `"-> b"`, `TXT of x: a → "-> b"`},
		{`"->" b`, `"b" c`, `TXT of x: "->" b → "b" c`},
		{`a -> b`, `b`, `TXT of x: another text`},
	} {
		a := newUser(t, "", []byte(lawZone)).app
		record := func(data string) zonefile.Record {
			z := zonefile.Parse("db", []byte("$TTL 1h\nx TXT "+data+"\n"), zonefile.Options{Origin: "example.com."})
			return z.RRset("x.example.com.", zonefile.TypeTXT)[0]
		}
		if got := a.arrows(a.turnText(turn{record(tt.was), record(tt.is)})); got != tt.told {
			t.Errorf("%s, and then %s, is told as %s, want %s", tt.was, tt.is, got, tt.told)
		}
	}
}

// A name that could be taken for a sign of the program begins with a backslash wherever it is shown, so that an arrow between what was
// and what is, a > between tiers and a +2 behind hosts are the program's; other names are as the zone writes them.
func TestNamesThatLookLikeSigns(t *testing.T) {
	a := newUser(t, "", []byte(lawZone)).app
	for text, want := range map[string]string{
		"->": `\->`, ">": `\>`, "=": `\=`, "+2": `\+2`, "-": `\-`, "--": `\--`, "->.sub": "->.sub", "mx-1": "mx-1", "_dmarc": "_dmarc", "*": "*", "*.a": "*.a", "1": "1", "7.a": "7.a",
	} {
		n, err := zonefile.ParseName(text, "example.com.")
		if err != nil {
			t.Fatal(err)
		}
		if got := a.written(n); got != want {
			t.Errorf("%s is written %s, want %s", text, got, want)
		}
		if back, err := zonefile.ParseName(a.written(n), "example.com."); err != nil || back != n {
			t.Errorf("what is shown of %s is read as %s, %v", text, back, err)
		}
	}
	if got := a.written("example.com."); got != "@" {
		t.Errorf("the zone itself is written %s", got)
	}
	for _, tt := range []struct{ was, is, told string }{
		{"-> MX 10 ->", "-> MX 20 ->", `MX of \->: \-> 10 → 20`},
		{"-> A 192.0.2.1", "x A 192.0.2.1", `A 192.0.2.1: \-> → x`},
		{"x MX -> mx", "x MX 5 mx", `MX of x: mx \-> → 5`},
	} {
		record := func(line string) zonefile.Record {
			z := zonefile.Parse("db", []byte("$TTL 1h\n"+line+"\n"), zonefile.Options{Origin: "example.com."})
			for r := range z.Records() {
				return r
			}
			return zonefile.Record{}
		}
		if got := a.arrows(a.turnText(turn{record(tt.was), record(tt.is)})); got != tt.told {
			t.Errorf("%s, and then %s, is told as %s, want %s", tt.was, tt.is, got, tt.told)
		}
	}
}
