package zonefile

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/testdata/needs"
)

// Every type that BIND knows, every field of its data, and some fifty words in that field's place: what BIND
// refuses has to be refused here, what it takes has to be printed as it prints it.

// fieldsFull puts two of the words into each line, not one.
var fieldsFull = flag.Bool("fields", false, "hold two wrong words in the data of every type against BIND, not one")

// goodData is data of every type that BIND reads as text.
var goodData = map[string]string{
	"A": "192.0.2.1", "NS": "ns", "CNAME": "ns", "SOA": "ns host 1 2 3 4 5", "MB": "a", "MG": "a", "MR": "a", "PTR": "a.",
	"HINFO": "pc linux", "MINFO": "a b", "MX": "10 mx", "TXT": `a "b c"`, "RP": "a b", "AFSDB": "1 a", "X25": "311061700956",
	"ISDN": "150862028003217 004", "RT": "2 a", "NSAP": "0x47.0005.80", "NSAP-PTR": "a", "SIG": "A 5 3 86400 20300101000000 20250101000000 2642 example.com. AAAA",
	"KEY": "0 3 3 AAAA", "PX": "10 a b", "GPOS": "-32.6882 116.8652 10.0", "AAAA": "2001:db8::1", "LOC": "52 22 23.000 N 4 53 32.5 E -2.00m 0.05m 10000m 10m",
	"NXT": "a A MX", "EID": "aabb cc", "NIMLOC": "aabb", "SRV": "0 5 25 a", "ATMA": "47.0005.80", "NAPTR": `100 10 "u" "E2U+sip" "!^(.*)$!sip:\\1@example.com!" .`,
	"KX": "1 a", "CERT": "PGP 1 RSASHA256 AAAA", "A6": "64 ::1 a", "DNAME": "a", "SINK": "1 2 3 AAAA", "APL": "1:192.168.32.0/21 !2:2001:db8::/32",
	"DS": "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", "SSHFP": "1 1 aabbccddeeff00112233445566778899aabbccdd",
	"IPSECKEY": "10 1 2 192.0.2.38 AQNRU3mG", "RRSIG": "A 5 3 86400 20300101000000 20250101000000 2642 example.com. AAAA",
	"NSEC": "b A MX TYPE65280", "DNSKEY": "256 3 8 AwEAAQ==", "DHCID": "AAIBY2/A uCcc", "NSEC3": "1 1 12 aabbccdd 2t7b4g4vsa5smi47k61mv5bv1a22bojr MX RRSIG",
	"NSEC3PARAM": "1 0 10 aabb", "TLSA": "3 1 1 0C72AC70", "SMIMEA": "3 0 0 aabb", "HIP": "2 200100107B1A74DF365639CC39F1D578 AwEAAbdx rvs a.",
	"NINFO": `"a" b`, "RKEY": "0 3 3 AAAA", "TALINK": "a b", "CDS": "60485 5 2 2BB183AF5F22588179A53B0A98631FAD1A2921182BB183AF5F22588179A53B0A",
	"CDNSKEY": "KSK|ZONE DNSSEC RSASHA256 AwEAAQ==", "OPENPGPKEY": "AAAA AAAA", "CSYNC": "66 3 A NS", "ZONEMD": "2018031500 1 240 FEBE3D4CE2EC2FFA4BA99D46",
	"SVCB": `1 a alpn=h2,h3 port=53 ipv4hint=192.0.2.1 ech="AAAA" key667="x\255"`, "HTTPS": `1 . mandatory=port,alpn alpn="f\\\\oo\\,bar,h2" port=443 ipv6hint=2001:db8::1,::1.2.3.4 dohpath=/q{?dns}`,
	"SPF": `"v=spf1"`, "NID": "10 0014:4fff:ff20:ee64", "L32": "10 10.1.2.0", "L64": "10 2001:0DB8:1140:1000", "LP": "10 l",
	"EUI48": "00-00-5e-00-53-2a", "EUI64": "00-00-5e-ef-10-00-00-2a", "URI": `10 1 "https://a.example/"`, "CAA": `0 issue "letsencrypt.org; x"`,
	"AVC": "a b", "DOA": `1 2 3 "text/plain" AAAA`, "AMTRELAY": "10 1 3 a", "RESINFO": "qnamemin exterr=15-17", "WALLET": "BTC x",
	"TA": "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", "DLV": "60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", "WKS": "192.0.2.1 tcp smtp 80",
	"DSYNC": "CDS NOTIFY 5353 a", "HHIT": "AAAA", "BRID": "AAAA", "KEYDATA": "20300101000000 20300101000000 20300101000000 257 3 8 AAAA",
}

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
		for _, l := range wrongLines(typ, goodData[typ], *fieldsFull) {
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
	t.Logf("%d lines of %d types", len(lines)+len(open), len(goodData))
}

// sampleTypes is the types of goodData in order; it wants one for each type whose data has fields.
func sampleTypes(t *testing.T) (types []string) {
	for n := range 1 << 16 {
		name := Type(n).String()
		if n == int(TypeKEYDATA) {
			name = "KEYDATA"
		}
		if _, ok := goodData[name]; ok != (Type(n).allFields() != nil) {
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
