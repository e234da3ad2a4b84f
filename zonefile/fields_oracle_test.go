package zonefile

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// Every type that BIND knows, every field of its data, and some fifty words in that field's place: what BIND
// refuses has to be refused here, what it takes has to be printed as it prints it.

// fieldsFull puts two of the words into each line, not one.
var fieldsFull = flag.Bool("fields", false, "hold two wrong words in the data of every type against BIND, not one")

// goodData is data of every type that BIND reads as text, by types. The editor's tests add a record of each.
var goodData = sync.OnceValue(func() map[string]string {
	list := map[string]string{}
	text, err := os.ReadFile("testdata/types.txt")
	if err != nil {
		panic(err)
	}
	for line := range strings.Lines(string(text)) {
		if typ, data, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " "); ok && typ != "#" {
			list[typ] = data
		}
	}
	return list
})

// words are put in the place of each field. None ends a line or leaves one open.
var words = []string{"0", "1", "2", "3", "4", "8", "128", "129", "255", "256", "65535", "65536", "4294967295", "4294967296", "99999999999999999999", "-1", "+1", "007",
	"1x", "0x1f", "1.5", `"3"`, `""`, `"x y"`, `"a"`, ".", "@", "name", "Name.Example.", "a..b", `\256`, `\`, `a\.b.`, `\[x`, `1\065`, "192.0.2.1", "192.0.2", "192.0.2.01", "2001:db8::1",
	"::1.2.3.4", "::ffff:1.2.3.4", "fe80::1%eth0", "AAAA", "AAA=", "AAB=", "AA=A", "AAA", "aa", "aaa", "AAAA=", "a\x01b", "1\x01", "aa\xff", "\x7f", "-", "A", "MX",
	"any", "TYPE300", "TYPE0", "NOTATYPE", "1h30m", "20300101000000", "20301301000000", "2030010100000", "20300101006060", "!a!b!", "!a!b", "!a!b!x", "1a1b1",
	"10m", "-5m", "5.m", ".5", "1.2.3", "N", "E", "S", "alpn=h2", "alpn=", "alpn", "alpn=a,,b", "alpn=\"h2,h3\"", "\"alpn=h2\"", "mandatory=alpn", "mandatory=port,port", "mandatory=key1",
	"no-default-alpn", "no-default-alpn=x", "port=x", "port=65536", "port=\"25\"", "ipv4hint=192.0.2.1,", "ipv6hint=192.0.2.1", "ech=A", "key667", "key0667=x", "key65536=x", "key4=abcd", "key4=abc",
	"dohpath=/{dns}", "dohpath=x{?dns}", "dohpath=/{?x,dns:3}", "x=y", "#", `\#`, "1:192.0.2.0/24", "1:192.0.2.0/33", "2:::/0", "3:00/1", "!1:0.0.0.0/0", "1:192.0.2.0", "*", "a-b", "KSK", "ZONE|KSK", "SHA-256", "RSASHA256",
	"PKIX", "NOTIFY", "tcp", "smtp", "0x47", "0x4", "47..00", "+4700", "+47x", "00-00-5e-00-53", "0-0-5e-0-53-2a", "1:2:3:4", "1:2:3:4:", "1:2:3", "12345:1:1:1",
	strings.Repeat("x", 255), strings.Repeat("x", 256), strings.Repeat("a", 64), strings.Repeat("ab", 20), strings.Repeat("ab", 32), strings.Repeat("ab", 48), strings.Repeat("ab", 64), strings.Repeat("AAAA", 30), strings.Repeat("0", 32)}

// regexps are put in the place of a NAPTR's: BIND reads a parenthesis in quotes that it does not expect as one.
var regexps = []string{`"!(a)!\\2!"`, `"!(a)!\\1!i"`, `"!a!b!ii"`, `"!a!\\0!"`, `"!(a!b!"`, `"!a|!b!"`, `"!a{2,1}!b!"`, `"!a{2,}!b!"`, `"![a!b!"`, `"![[:alpha:]-z]!b!"`, `"![[:alpha:]z]*!b!"`, `"![]a]!b!"`, `"![z-a]!b!"`, `"!**!b!"`, `"!()!b!"`, `"!(a)\\1!b!"`, `"!!b!"`, `"!(a)!\\\\1\\\\2!"`, `"!(a)(b)!\\\\1\\\\2!"`, `"!\\\\!a!b!"`,
	`"!a!b\\\\"`, `"!a\\000!b!"`, `"!a!b!i"`, `"ia!b!"`, `"1a1b1"`, `"!a|b|!c!"`, `"!(|a)!c!"`, `"!a)!c!"`, `"![^]a]!c!"`, `"![a-]!c!"`, `"![-a]!c!"`, `"![a-c-e]!c!"`,
	`"![[.a.]-c]!c!"`, `"![[=a=]]!c!"`, `"![[:foo:]]!c!"`, `"!a{1}{2}!c!"`, `"!a{256}!c!"`, `"!{1}!c!"`, `"!{a}!c!"`, `"!a{,2}!c!"`, `"!^*!c!"`, `"!a^b$c!d!"`, `"![]!c!"`, `"![[]!c!"`, `"![a-[:alpha:]]!c!"`, `"!()!c!"`, `"!(())!c!"`, `"!(a|)!c!"`, `"!.!!"`}

// otherWords are lines that are taken or printed otherwise than BIND does, by what they hold, and why.
var otherWords = []struct{ typ, word, why string }{}

func TestFieldsAsBIND(t *testing.T) {
	needs.Long(t)
	needOracle(t)
	var lines, open []string
	for _, typ := range sampleTypes(t) {
		for _, l := range wrongLines(typ, goodData()[typ], *fieldsFull) {
			if strings.Count(l, "(") == strings.Count(l, ")") {
				lines = append(lines, l)
			} else {
				open = append(open, l)
			}
		}
	}
	const most = 200_000 // lines that one named-checkzone is asked about
	for chunk := range slices.Chunk(lines, most) {
		compareLines(t, chunk)
	}
	for _, l := range open { // BIND reads on in the text that it refuses, and what is open there takes the lines below
		compareLines(t, []string{l})
	}
	t.Logf("%d lines of %d types", len(lines)+len(open), len(goodData()))
}

// sampleTypes is the types of goodData in order; it wants one for each type whose data has fields.
func sampleTypes(t *testing.T) (types []string) {
	for n := range 1 << 16 {
		name := Type(n).String()
		if n == int(TypeKEYDATA) {
			name = "KEYDATA"
		}
		if _, ok := goodData()[name]; ok != (Type(n).allFields() != nil) {
			t.Errorf("type %s: data in the table: %v, fields: %v", name, ok, !ok)
		} else if ok {
			types = append(types, name)
		}
	}
	return types
}

// wrongLines is a type's data, that data cut off behind each field, with a word more, with each word in each
// field's place, and if pairs, with two of them beside each other.
func wrongLines(typ, data string, pairs bool) (lines []string) {
	good, _ := lexField(data)
	add := func(fields ...string) { lines = append(lines, typ+" "+strings.Join(fields, " ")) }
	for i := range len(good) + 1 {
		add(good[:i]...)
		for _, w := range words {
			if i == len(good) {
				add(append(slices.Clone(good), w)...)
				continue
			}
			changed := slices.Clone(good)
			changed[i] = w
			add(changed...)
			for _, v := range words {
				if !pairs || i+1 >= len(good) {
					break
				}
				changed[i+1] = v
				add(changed...)
			}
		}
	}
	for _, w := range regexps {
		if typ == "NAPTR" {
			add(append(slices.Clone(good[:4]), w, ".")...)
		}
	}
	return append(lines, genericLines(typ, data)...)
}

// genericLines is a type's data in the form of RFC 3597, whole, cut off and longer, and with octets changed.
func genericLines(typ, data string) (lines []string) {
	tt, _ := ParseType(typ)
	wire, err := rdataWire(tt, data, "example.com.")
	if err != nil {
		return []string{typ + " " + data}
	}
	add := func(octets []byte) { lines = append(lines, fmt.Sprintf(`%s \# %d %x`, typ, len(octets), octets)) }
	for i := range len(wire) + 1 {
		add(wire[:i])
		for _, c := range []byte{0, 1, 2, 0x80, 0xff} {
			changed := slices.Clone(wire)
			if i < len(wire) {
				changed[i] = c
			} else {
				changed = append(changed, c)
			}
			add(changed)
		}
	}
	return lines
}

// compareLines asks BIND about lines, each with an owner of its own.
func compareLines(t *testing.T, lines []string) {
	head := "$TTL 3600\n@ SOA ns host 1 3600 600 604800 300\n@ NS ns\nns A 192.0.2.53\n"
	var b strings.Builder
	b.WriteString(head)
	for i, l := range lines {
		if strings.HasPrefix(l, "SOA ") {
			fmt.Fprintf(&b, "@ %s\n", l)
		} else {
			fmt.Fprintf(&b, "n%d %s\n", i, l)
		}
	}
	path := filepath.Join(t.TempDir(), "zone")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	refused := refusedLines(t, path, "example.com.")
	z := Parse("zone", []byte(b.String()), Options{Origin: "example.com."})
	told := map[int]string{}
	for p := range z.Errors() {
		told[p.File.Position(p.Span.Start).Line] = p.Message
	}
	b.Reset()
	b.WriteString(head)
	for i, l := range lines {
		n := i + 1 + strings.Count(head, "\n")
		bind, ours := refused[n], told[n]
		if (bind == "") != (ours == "") && !isOther(l) {
			t.Errorf("%q: BIND %q, mailzone %q", l, bind, ours)
		}
		if bind == "" && !strings.HasPrefix(l, "SOA ") { // a zone has one
			fmt.Fprintf(&b, "n%d %s\n", i, l)
		}
	}
	comparePrinted(t, b.String(), lines)
}

// isOther tells a named exception.
func isOther(line string) bool {
	for _, o := range otherWords {
		if (o.typ == "" || strings.HasPrefix(line, o.typ+" ")) && strings.Contains(line, o.word) {
			return true
		}
	}
	return false
}

// comparePrinted wants the same records from BIND and mailzone, octet for octet.
func comparePrinted(t *testing.T, src string, lines []string) {
	path := filepath.Join(t.TempDir(), "zone")
	if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	want, refusal := oracle(t, path, "example.com.")
	if refusal != "" {
		t.Fatalf("BIND refuses what it took: %.2000s", refusal)
	}
	got := loadedLines(Parse("zone", []byte(src), Options{Origin: "example.com."}))
	line := func(record string) string {
		var n int
		if _, err := fmt.Sscanf(record, "n%d.", &n); err != nil {
			return ""
		}
		return lines[n]
	}
	missing := map[string]bool{}
	for _, g := range got {
		missing[g] = true
	}
	for _, w := range want {
		if !missing[w] && !isOther(line(w)) {
			owner, _, _ := strings.Cut(w, " ")
			at := slices.IndexFunc(got, func(g string) bool { return strings.HasPrefix(g, owner+" ") })
			ours := "no record"
			if at >= 0 {
				ours = got[at]
			}
			t.Errorf("%q:\nBIND     %s\nmailzone %s", line(w), w, ours)
		}
	}
}
