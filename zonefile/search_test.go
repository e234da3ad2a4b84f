package zonefile

import (
	"bytes"
	"flag"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/mailzone/mailzone/testdata/needs"
)

// The law of a search: it finds exactly the rows that an oracle finds, which shares nothing with it: it writes each row in every way
// in which it can be found, and looks at all of them. And what stands in a file is found by its own text.

// oracleSays is what a row says, in every way in which a text is found in it; names that are found only from their beginning on
// stand apart, each with how much of it is written.
type oracleSays struct {
	texts  []string
	names  []oracleName
	folded []string // texts, each also with its escapes resolved
}

// oracleName is a name in full.
type oracleName struct {
	full    string
	written int
}

// says is what a row says.
func (o *oracleSays) row(z *Zone, w Row) {
	o.texts = append(o.texts, string(w.Text()))
	if r := w.Record(); !r.IsZero() {
		if r.Owner() != "" {
			o.record(z, r.Owner(), r.Type(), r.RDataText())
			if words := r.OctetsSay(); words != "" {
				o.record(z, r.Owner(), r.Type(), words)
			}
		}
		switch r.Type() {
		case TypeTXT, TypeSPF:
			text, _ := r.Joined()
			o.texts = append(o.texts, text)
		default:
			if r.IsGeneric() { // its line has its names in full
				break
			}
			for _, i := range r.Type().NameFields() {
				if n, err := ParseName(r.Word(i), r.Origin()); err == nil && r.Origin() != "" {
					o.names = append(o.names, oracleName{string(n), len(strings.TrimSuffix(strings.TrimSuffix(string(n), string(r.Origin())), "."))})
				}
			}
		}
	}
	if c, ok := w.commentedBelow(func() Name { return "" }); ok {
		if c.Owner != "" {
			o.record(z, c.Owner, c.Type, c.RData)
		} else {
			o.texts = append(o.texts, " "+c.Type.String()+" "+c.RData)
		}
		o.texts = append(o.texts, c.Value)
	}
}

// record is what a record says by its owner and its line.
func (o *oracleSays) record(z *Zone, owner Name, t Type, data string) {
	short := owner.In(z.Origin())
	written := len(strings.TrimSuffix(strings.TrimSuffix(string(owner), string(z.Origin())), "."))
	o.texts = append(o.texts, " "+t.String()+" "+data)
	o.names = append(o.names, oracleName{short + " " + t.String() + " " + data, len(short)}, oracleName{string(owner) + " " + t.String() + " " + data, written})
}

// oracleFold is a text as it is compared: words with one blank between them, in small letters.
func oracleFold(text string) string {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }), " ")
	var b strings.Builder
	for len(text) > 0 {
		r, n := utf8.DecodeRuneInString(text)
		if r == utf8.RuneError {
			b.WriteString(text[:n])
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
		text = text[n:]
	}
	return b.String()
}

// lowASCII is small letters of ASCII alone.
func lowASCII(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] += 'a' - 'A'
		}
	}
	return string(b)
}

// has tells whether a text is found in what a row says.
func (o *oracleSays) has(text string) bool {
	plain := oracleFold(text)
	octets := lowASCII(Unescape(plain))
	for i, t := range o.folded {
		if i%2 == 0 && strings.Contains(t, plain) || i%2 == 1 && strings.Contains(t, octets) {
			return true
		}
	}
	for _, n := range o.names {
		full := lowASCII(Unescape(oracleFold(n.full)))
		if at := strings.Index(full, octets); at >= 0 && at < max(len(Unescape(n.full[:n.written])), 1) {
			return true
		}
	}
	return false
}

// oracleRows is the rows of a zone, the lines of a $GENERATE included, and what they say.
func oracleRows(z *Zone) (rows []Row, says []oracleSays) {
	for w := range z.Rows() {
		var o oracleSays
		o.row(z, w)
		for _, t := range o.texts {
			folded := oracleFold(t)
			o.folded = append(o.folded, folded, lowASCII(Unescape(folded)))
		}
		rows, says = append(rows, w), append(says, o)
	}
	return rows, says
}

// found is all rows that a search finds.
func found(z *Zone, text string, before *Finds) ([]Row, *Finds) {
	f := z.Find(NewSearch(text), Row{}, before).Look(func(int, int) bool { return false })
	var out []Row
	for n := range f.Count() {
		out = append(out, f.At(n))
	}
	return out, f
}

// indexed makes the index of all chunks of a zone, however small they are.
func indexed(z *Zone) {
	for f := range z.allFiles() {
		for ci, c := range f.chunks {
			c.found.Store(newTextIndex(Row{Record{z, f, int32(ci), 0}}))
		}
	}
}

// TestFindsWhatTheOracleFinds types texts that zones have, and texts that they have not, letter by letter.
func TestFindsWhatTheOracleFinds(t *testing.T) {
	zones, _ := needs.Share(t, slices.Concat(ownZones(t), corpusZones(t), oneIn(grammarZones(t), 20)))
	for seed := range uint64(*searchRounds) {
		findsAsOracle(t, zones, rand.New(rand.NewPCG(17+seed, 17)))
	}
}

// searchRounds is how often each zone is searched for texts of its own.
var searchRounds = flag.Int("searches", 2, "how many rounds of searches TestFindsWhatTheOracleFinds makes")

// findsAsOracle looks in zones for what they say, letter by letter.
func findsAsOracle(t *testing.T, zones []testZone, rng *rand.Rand) {
	searches, hits := 0, 0
	for _, tz := range zones {
		if len(tz.src) > 1<<16 {
			continue
		}
		z := tz.parse()
		if rng.IntN(2) == 0 {
			indexed(z)
		}
		rows, says := oracleRows(z)
		if len(rows) == 0 {
			continue
		}
		for range 1 + 600/(len(rows)+200) {
			text := []rune(oracleText(rng, says))
			var before *Finds
			for n := 1; n <= len(text); n++ {
				typed := string(text[:n])
				if NewSearch(typed).IsEmpty() || NewSearch(typed).net.IsValid() {
					continue
				}
				var want []Row
				for i, w := range rows {
					if says[i].has(typed) {
						want = append(want, w)
					}
				}
				var got []Row
				got, before = found(z, typed, before)
				searches, hits = searches+1, hits+len(want)
				if n == len(text) { // at once, too
					if whole, _ := found(z, typed, nil); !slices.Equal(whole, want) {
						t.Fatalf("%s: %q at once finds %d rows, want %d%s", tz.path, typed, len(whole), len(want), differing(whole, want))
					}
				}
				if !slices.Equal(got, want) {
					t.Fatalf("%s: %q finds %d rows, want %d%s", tz.path, typed, len(got), len(want), differing(got, want))
				}
			}
		}
	}
	t.Logf("%d searches, %d rows found", searches, hits)
}

// TestFindsWordsOfLines types the line of each record whose owner, type or data is written otherwise, from each of its words on.
func TestFindsWordsOfLines(t *testing.T) {
	const below = `example.com. IN MX 10 mail
	3600 TYPE15 ( 20
		mail ) ; twice
mail	300 IN A 192.0.2.1
		A 192.0.2.2
mail.example.com.	AAAA 2001:db8::1
web	300 IN A 192.0.2.9
	300 IN MX ( 30
		host )
;bb TYPE15 30 host
;@ 3600 MX 30 mx1
;example.com. MX 40 mx1
;mail 300 IN TYPE1 192.0.2.3
;mail.example.com. A 192.0.2.4
; mail	A
$ORIGIN mail.example.com.
@ TXT "a b" ; of mail
www A 192.0.2.5
	TYPE28 \# 16 20010db8000000000000000000000099
	MX ( \# 9
		000a 046d6131 00 ) ; octets
;www A 192.0.2.6
;www A \# 4 c0000263
;@ A 192.0.2.7
`
	const above = `$ORIGIN com.
example MX 50 mail.example
	CNAME "mail.example"
mail A 192.0.2.8
$ORIGIN example.com.
"mail" TXT key="a value" c
b\ c TXT a
`
	for _, text := range []string{below, below + above} {
		findsLines(t, Parse("db", []byte("$TTL 1d\n@ SOA ns1 h 1 2 3 4 5\n"+text), Options{Origin: "example.com."}))
	}
}

// findsLines looks for what the rows of a zone say, letter by letter.
func findsLines(t *testing.T, z *Zone) {
	rows, says := oracleRows(z)
	n := 0
	for _, o := range says {
		texts := slices.Clone(o.texts)
		for _, name := range o.names {
			texts = append(texts, name.full)
		}
		for _, text := range texts {
			words := strings.Fields(strings.ToValidUTF8(text, "?"))
			for i := range words {
				line := strings.Join(words[i:], " ")
				for to := 1; to <= len(line); to++ {
					typed := line[:to]
					if NewSearch(typed).net.IsValid() {
						continue
					}
					var want []Row
					for i, w := range rows {
						if says[i].has(typed) {
							want = append(want, w)
						}
					}
					n++
					if got, _ := found(z, typed, nil); !slices.Equal(got, want) {
						t.Fatalf("%q finds %d rows, want %d%s", typed, len(got), len(want), differing(got, want))
					}
				}
			}
		}
	}
	t.Logf("%d texts", n)
}

// What a record says is found where the file has it in octets (RFC 3597 §5), too, commented out or not.
func TestFindsOctets(t *testing.T) {
	z := Parse("db", []byte(`$TTL 1d
@ SOA ns1 h 1 2 3 4 5
a A \# 4 c0000207
b TYPE28 \# 16 20010db8000000000000000000000007
c MX \# 24 000a 036d7839 07657861 6d706c65 03636f6d 00 0000
d MX \# 19 000a 036d7839 07657861 6d706c65 03636f6d 00
e SPF \# 11 0a763d73706631206d782d
;f A \# 4 c0000207
`), Options{Origin: "example.com."})
	indexed(z)
	for text, want := range map[string]string{
		"192.0.2.7": "a f", "0.2.7": "a f", "192.0.2.0/29": "a", "a A 192": "a", "2001:DB8:0::7": "b", "b AAAA 2001:d": "b", "c0000207": "a f",
		"mx9": "d", "mx9.example": "d", "MX 10 mx9": "d", "v=spf1 mx": "e", "192.0.2.8": "", "19.example": "",
	} {
		var got []string
		rows, _ := found(z, text, nil)
		for _, w := range rows {
			got = append(got, strings.Fields(strings.TrimPrefix(string(w.Text()), ";"))[0])
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q is found at %q, want %q", text, got, want)
		}
	}
}

// differing is the first row that one of two lists has alone.
func differing(got, want []Row) string {
	for _, w := range got {
		if !slices.Contains(want, w) {
			return ": too many, as " + strings.TrimSpace(string(w.Text()))
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			return ": not " + strings.TrimSpace(string(w.Text()))
		}
	}
	return ": in another order"
}

// oracleText is a part of what some row says, or of nothing, in letters of any case.
func oracleText(rng *rand.Rand, says []oracleSays) string {
	o := says[rng.IntN(len(says))]
	texts := slices.Clone(o.texts)
	for _, n := range o.names {
		texts = append(texts, n.full, strings.TrimSuffix(n.full, "."))
	}
	text := strings.ToValidUTF8(texts[rng.IntN(len(texts))], "?")
	runes := []rune(strings.Join(strings.Fields(text), " "))
	from := 0
	if len(runes) > 1 && rng.IntN(3) > 0 {
		from = rng.IntN(len(runes))
	}
	runes = runes[from:min(len(runes), from+1+rng.IntN(24))]
	switch rng.IntN(6) {
	case 0:
		return strings.ToUpper(string(runes))
	case 1:
		return string(runes) + "~"
	case 2:
		return strings.Replace(string(runes), ".", `\046`, 1)
	}
	return string(runes)
}

// TestAllIsFoundByItsOwnText looks for every owner, all data, every comment and every line of every zone file.
func TestAllIsFoundByItsOwnText(t *testing.T) {
	n := 0
	for _, tz := range append(ownZones(t), corpusZones(t)...) {
		z := tz.parse()
		indexed(z)
		rows := slices.Collect(z.Rows())
		step := 1 + len(rows)/6
		for i := 0; i < len(rows); i += step {
			for _, text := range ownTexts(rows[i]) {
				if NewSearch(text).IsEmpty() {
					continue
				}
				n++
				if got, _ := found(z, text, nil); !slices.Contains(got, rows[i]) {
					t.Fatalf("%s: %q finds %d rows, and not %q", tz.path, text, len(got), rows[i].Text())
				}
			}
		}
	}
	t.Logf("%d texts", n)
}

// ownTexts is the texts that a row is found by.
func ownTexts(w Row) (texts []string) {
	texts = append(texts, string(w.Text()))
	if r := w.Record(); !r.IsZero() && !strings.HasSuffix(string(r.Owner()), "..") {
		texts = append(texts, string(r.Owner()), strings.ToUpper(strings.TrimSuffix(string(r.Owner()), ".")), r.OwnerText(), r.RDataText(), r.Comment())
		if to, ok := r.Target(); ok {
			texts = append(texts, string(to))
		}
		if a, ok := r.Addr(); ok && !r.IsGeneric() { // octets are found as they are written
			texts = append(texts, a.String(), a.StringExpanded(), string(Backwards(a)))
		}
		if r.Type() == TypeTXT {
			text, _ := r.Joined()
			texts = append(texts, text)
		}
	}
	if c, ok := w.Commented(); ok {
		texts = append(texts, c.RData, c.Type.String()+" "+c.RData)
	}
	if strings.HasPrefix(string(w.Text()), ";") {
		texts = append(texts, strings.TrimLeft(string(bytes.TrimSpace(w.Text())), "; "))
	}
	return texts
}

// TestFindsAddresses wants an address to be found in any spelling.
func TestFindsAddresses(t *testing.T) {
	z := Parse("db", []byte(`$TTL 1d
@ SOA ns1 h 1 2 3 4 5
a A 192.0.2.11
b A 192.0.2.110
c AAAA 2001:DB8::10
d AAAA 2001:0db8:0:0:0:0:0:10
e AAAA 2001:db8::100
f TXT "v=spf1 ip4:192.0.2.0/28 -all"
g TXT "v=spf1 ip6:2001:db8::/64 -all"
h TXT "v=spf1 ip4:192.0" ".2.0/28 ip6:2001:" "db8::10 -all"
i TXT "v=spf1 ip4:192.0.2.64/28 ip6:2001:db8:1::/64 -all"
j HTTPS 1 . ipv6hint=2001:db8:0::10
;k AAAA 2001:db8::0:10
; l: 192.0.2.11, and 2001:db8:0:0::10.
$ORIGIN 2.0.192.in-addr.arpa.
11 PTR m.example.
110 PTR n.example.
111.2.0.192.in-addr.arpa. PTR o.example.
11.2.0.192.in-addr.arpa. PTR p.example.
$ORIGIN 0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.
0.1.0.0 PTR q.example.
0.0.1.0 PTR r.example.
`), Options{Origin: "example."})
	findsAddresses(t, z)
	indexed(z)
	findsAddresses(t, z)
}

// findsAddresses looks for some addresses in the zone of TestFindsAddresses.
func findsAddresses(t *testing.T, z *Zone) {
	t.Helper()
	v4, v6 := "a f h ;l 11 11.", "c d g h j ;k ;l 0.1.0.0"
	for text, want := range map[string]string{
		"192.0.2.11":              v4 + " b", // the text is that of 192.0.2.110, too
		"11.2.0.192.in-addr.arpa": v4 + " 111.", "11.2.0.192.IN-ADDR.ARPA.": v4 + " 111.",
		"2001:db8::10": v6 + " e", "2001:db8:0::10": v6, "2001:DB8:0:0:0:0:0:10": v6, "2001:0db8:0000:0000:0000:0000:0000:0010": v6,
		"0.1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.": v6,
		"192.0.2.8/29": "a f h ;l", "192.0.2.0/24": "a b f h i ;l", "2001:db8::/96": "c d e g h j ;k ;l",
	} {
		var names []string
		got, _ := found(z, text, nil)
		for _, w := range got {
			names = append(names, strings.TrimRight(strings.Fields(strings.Replace(string(w.Text()), "; ", ";", 1))[0], ":"))
		}
		for i, n := range names {
			if full, ok := strings.CutSuffix(n, ".2.0.192.in-addr.arpa."); ok {
				names[i] = full + "."
			}
		}
		wanted := strings.Fields(want)
		slices.Sort(names)
		slices.Sort(wanted)
		if !slices.Equal(names, wanted) {
			t.Errorf("%q finds\n%q, want\n%q", text, names, wanted)
		}
		if _, err := netip.ParseAddr(text); err == nil {
			for _, w := range got {
				if from, to := NewSearch(text).In(string(w.Text())); from == to && !strings.HasPrefix(string(w.Text()), "h ") {
					t.Errorf("%q is found in %q, and not shown there", text, w.Text())
				}
			}
		}
	}
}

// TestFindsShorterTextsAgain takes letters back: what was found of the shorter text is known, without a look.
func TestFindsShorterTextsAgain(t *testing.T) {
	z := Parse("db", []byte("@ SOA ns1 h 1 2 3 4 5\n"+strings.Repeat("mail MX 10 mailhost\nmai A 192.0.2.1\nma A 192.0.2.2\n", 4000)), Options{Origin: "example."})
	const text = "mailhost"
	var f *Finds
	counts := make([]int, len(text)+1)
	for n := 1; n <= len(text); n++ {
		_, f = found(z, text[:n], f)
		counts[n] = f.Count()
	}
	for n := len(text) - 1; n > 0; n-- {
		if f = z.Find(NewSearch(text[:n]), Row{}, f); !f.All() || f.Count() != counts[n] {
			t.Errorf("%q: %d parts are looked at again, and %d rows found, want none and %d", text[:n], f.Left(), f.Count(), counts[n])
		}
	}
	if f = z.Find(NewSearch("other"), Row{}, f); f.Left() == 0 {
		t.Errorf("another text is not looked for")
	}
}

// TestFindsInAnotherVersion looks again in a version that an edit made, from what was found before.
func TestFindsInAnotherVersion(t *testing.T) {
	for _, tz := range ownZones(t) {
		z := tz.parse()
		for w := range z.Rows() {
			if w.Record().IsZero() {
				continue
			}
			s := w.Span()
			next, err := z.Apply(Edit{File: w.File(), Span: s, New: "found0 3600 IN MX 10 found1\n" + string(w.Text())})
			if err != nil {
				continue
			}
			for _, text := range []string{"found", "mx", "a"} {
				_, before := found(z, text, nil)
				want, _ := found(next, text, nil)
				if got, _ := found(next, text, before); !slices.Equal(got, want) {
					t.Fatalf("%s: %q finds %d rows, want %d%s", tz.path, text, len(got), len(want), differing(got, want))
				}
			}
			break
		}
	}
}
