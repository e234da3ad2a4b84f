package zonefile

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// syntaxCase is one thing that BIND does with a zone file. Lines stand behind an apex with SOA, NS and an
// address for it, unless the case has an SOA of its own.
type syntaxCase struct {
	name  string
	lines string
	// refused is part of what mailzone says about a file that BIND refuses; empty for one that both load.
	refused string
	// records are some of those that a file holds, for the reader of the test; the oracle compares them all.
	records []string
}

// syntaxCases follow the table of what BIND 9.18 was seen to do.
var syntaxCases = []syntaxCase{
	{name: "owner in column 0 even if it looks like a type", lines: "MX MX 10 ns\n", records: []string{"mx MX"}},
	{name: "owner in column 0 even if it looks like a class", lines: "IN IN A 192.0.2.1\n", records: []string{"in A"}},
	{name: "owner in column 0 even if it looks like a TTL", lines: "300 300 A 192.0.2.1\n", records: []string{"300 A"}},
	{name: "class before TTL", lines: "a IN 300 A 192.0.2.1\n"},
	{name: "TTL before class", lines: "a 300 IN A 192.0.2.1\n"},
	{name: "no class, no TTL", lines: "a A 192.0.2.1\n"},
	{name: "two TTLs", lines: "a 300 300 A 192.0.2.1\n", refused: "a second TTL"},
	{name: "two TTLs around the class", lines: "a 300 IN 300 A 192.0.2.1\n", refused: "a second TTL"},
	{name: "lower case", lines: "$ttl 5m\n$origin example.com.\na in a 192.0.2.1\n$generate 1-2 h$ a 192.0.2.$\n"},
	{name: "TTL units", lines: "$TTL 1w2d\na 1h30m A 192.0.2.1\nb A 192.0.2.2\n"},
	{name: "a number behind a unit", lines: "a 1h30 A 192.0.2.1\n", refused: "not a TTL"},
	{name: "SOA timers with units", lines: "@ 1h SOA ns host 1 3h 1h 1w 1d\n@ 1h NS ns\nns 1h A 192.0.2.53\n"},
	{name: "the last TTL where there is no $TTL and the SOA has one", lines: "@ 60 SOA ns host 1 2 3 4 5\n@ NS ns\nns 90 A 192.0.2.53\na A 192.0.2.1\n"},
	{name: "the SOA minimum where there is no TTL before", lines: "@ SOA ns host 1 2 3 4 5\n@ NS ns\nns 90 A 192.0.2.53\na A 192.0.2.1\n"},
	{name: "$TTL again after a TTL of a record", lines: "$TTL 77\na 300 A 192.0.2.1\nb A 192.0.2.2\n"},
	{name: "an RRset with two TTLs, together", lines: "a 100 A 192.0.2.1\na 200 A 192.0.2.2\n"},
	{name: "an RRset with two TTLs, apart", lines: "a 100 A 192.0.2.1\nb 150 A 192.0.2.9\na 200 A 192.0.2.2\n"},
	{name: "an RRset with two TTLs, another type between", lines: "a 100 A 192.0.2.1\na 150 TXT x\na 200 A 192.0.2.2\n"},
	{name: "TTL 4294967296 is read as a type", lines: "a 4294967296 A 192.0.2.1\n", refused: "the limit is 2147483647"},
	{name: "blank owner after $ORIGIN", lines: "a A 192.0.2.1\n$ORIGIN sub.example.com.\n MX 10 ns.example.com.\n"},
	{name: "blank owner after $GENERATE", lines: "a A 192.0.2.1\n$GENERATE 1-2 h$ A 192.0.2.$\n AAAA 2001:db8::1\n"},
	{name: "$GENERATE with modifiers", lines: "$GENERATE 1-5/2 h${10,3,d} A 192.0.2.${0,0,d}\n$GENERATE 1-2 x$ CNAME ${0,4,x}.${0,8,n}\n"},
	{name: "$GENERATE with TTL, class and quotes", lines: "$GENERATE 1-2 t$ 77 IN TXT \"number $\"\n"},
	{name: "$GENERATE range backwards", lines: "$GENERATE 5-1 h$ A 192.0.2.$\n", refused: "not a range"},
	{name: "$GENERATE with data of two words", lines: "$GENERATE 1-2 h$ MX 10 ns\n", refused: "stands in quotes"},
	{name: "$GENERATE with data of two words in quotes", lines: "$GENERATE 1-2 h$ MX \"10 ns\"\n"},
	{name: "$GENERATE that writes what is no address", lines: "$GENERATE 255-256 h$ A 192.0.2.$\n", refused: "it writes"},
	{name: "$DATE", lines: "$DATE 20260101000000\na A 192.0.2.1\n"},
	{name: "unknown directive", lines: "$FOO bar\n", refused: "unknown directive"},
	{name: "glued parentheses", lines: "a A(192.0.2.1)\nb MX(10 ns)\n( c A 192.0.2.1 )\n"},
	{name: "a parenthesis splits a word", lines: "foo(A)192.0.2.1\n", records: []string{"foo A"}},
	{name: "parentheses are counted", lines: "a ((( A ) 192.0.2.1 ))\n"},
	{name: "100,000 parentheses", lines: "a A " + strings.Repeat("(", 100000) + "192.0.2.1" + strings.Repeat(")", 100000) + "\n"},
	{name: "line ends in parentheses", lines: "a (\nA\n\n192.0.2.1 ; comment )\n)\nb A 192.0.2.2\n"},
	{name: "comment unless quoted or escaped", lines: "a TXT \"x;y\" x\\;y ; z\n"},
	{name: "quoted owner", lines: "\"a\" A 192.0.2.1\n"},
	{name: "quoted type", lines: "a \"A\" 192.0.2.1\n", refused: "quote"},
	{name: "newline in a quoted string", lines: "a TXT \"x\ny\"\n", refused: "never closed"},
	{name: "escaped newline in a quoted string", lines: "a TXT \"x\\\ny\"\n"},
	{name: "lone CR ends a line", lines: "a A 192.0.2.1\rb A 192.0.2.2\n", records: []string{"b A"}},
	{name: "lone CR does not end a comment", lines: "a A 192.0.2.1 ; x\rb A 192.0.2.2\n"},
	{name: "lone CR in quotes is data", lines: "a TXT \"x\ry\"\n"},
	{name: "CRLF", lines: "a A 192.0.2.1\r\n\tAAAA 2001:db8::1\r\n"},
	{name: "CR only", lines: "a A 192.0.2.1\r\tAAAA 2001:db8::1\r"},
	{name: "no final newline", lines: "a A 192.0.2.1"},
	{name: "lines of tabs, indented comments", lines: "\t\t\n   ; comment\na A 192.0.2.1\n\t; more\n AAAA 2001:db8::1\n"},
	{name: "NUL", lines: "a A 192.0.2.1\x00\n", refused: "NUL"},
	{name: "NUL in a comment", lines: "a A 192.0.2.1 ; \x00\n"},
	{name: "Ctrl-Z at the end", lines: "a A 192.0.2.1\n\x1a", refused: "no record type"},
	{name: "VT and FF are part of words", lines: "a\vb A 192.0.2.1\na\fb A 192.0.2.1\n"},
	{name: "Latin-1 and UTF-8 are bytes", lines: "caf\xe9 A 192.0.2.1\na TXT caf\xe9 \"\xc3\xa9\"\n"},
	{name: "escapes", lines: "a\\.b A 192.0.2.1\na\\065 A 192.0.2.2\na\\@ TXT \\065\\\"\n"},
	{name: "escape above 255", lines: "a TXT \\256\n", refused: "a bad escape"},
	{name: "escape above 255 in an owner", lines: "a\\256 A 192.0.2.1\n", refused: "a bad escape"},
	{name: "string of 256 octets", lines: "a TXT " + strings.Repeat("x", 256) + "\n", refused: "the limit is 255"},
	{name: "string of 255 octets", lines: "a TXT " + strings.Repeat("x", 255) + "\n"},
	{name: "label of 64 octets", lines: strings.Repeat("x", 64) + " A 192.0.2.1\n", refused: "longer than 63"},
	{name: "name of more than 255 octets", lines: strings.Repeat("x123456789.", 24) + "x A 192.0.2.1\n", refused: "longer than 255"},
	{name: "two dots", lines: "a..b A 192.0.2.1\n", refused: "two dots"},
	{name: "byte order mark", lines: "\xef\xbb\xbfa A\n", refused: "too early"},
	{name: "UTF-16", lines: "\xff\xfea\x00 \x00A\x00\n\x00", refused: "NUL"},
	{name: "more than 65,535 octets of data", lines: "a TXT" + strings.Repeat(" "+strings.Repeat("x", 255), 260) + "\n", refused: "more than 65535 octets"},
	{name: "empty data", lines: "a A\n", refused: "too early"},
	{name: "empty TXT", lines: "a TXT\n", refused: "at least one string"},
	{name: "RFC 3597 type", lines: "a TYPE65280 \\# 4 0A000001\nb A \\# 4 C0000201\n"},
	{name: "RFC 3597 with a wrong length", lines: "a TYPE65280 \\# 3 0A000001\n", refused: "hex digits"},
	{name: "unknown type", lines: "a FOO bar\n", refused: "not a record type"},
	{name: "a record that looks indented", lines: "ns2 A 192.0.2.2\n  mx A 192.0.2.3\n", refused: "starts in the first column"},
	{name: "an indented owner", lines: "  host A 192.0.2.3\n", refused: "an owner starts in the first column"},
	{name: "an unclosed parenthesis", lines: "a A ( 192.0.2.1\nb A 192.0.2.2\n", refused: "never closed"},
	{name: "a closing parenthesis alone", lines: "a A 192.0.2.1 )\n", refused: "without an opening one"},
	{name: "an IPv6 address in an A", lines: "a A 2001:db8::1\n", refused: "make it an AAAA"},
	{name: "leading zeros in an address", lines: "a A 192.0.02.1\n", refused: "not an IPv4 address"},
	{name: "a preference above 65535", lines: "a MX 65536 ns\n", refused: "0 to 65535"},
	{name: "a preference that is no number", lines: "a MX ten ns\n", refused: "0 to 65535"},
	{name: "too much data", lines: "a MX 10 ns backup\n", refused: "too much data"},
	{name: "MX with a weight", lines: "a MX 10 5 ns\n", refused: "without weight or port"},
	{name: "MX without preference", lines: "a MX ns\n", refused: "write the preference before the host"},
	{name: "MX without host", lines: "a MX 99999\n", refused: "not a number from 0 to 65535"},
	{name: "apex is the SOA's owner", lines: "$ORIGIN com.\nexample 60 SOA ns.example host.example 1 2 3 4 5\nexample NS ns.example\nns.example A 192.0.2.53\n"},
	{name: "a name outside the zone is ignored", lines: "a.example.net. A 192.0.2.1\nb A 192.0.2.2\n"},
	{name: "a 2 MB line", lines: "a TXT ( " + strings.Repeat(" ", 2<<20) + "x )\n"},
}

// refusedCases are what named does not load and was once read here in silence.
var refusedCases = []syntaxCase{
	{name: "class CH", lines: "a CH A 192.0.2.1\n", refused: "class CH in a zone of class IN"},
	{name: "class ANY", lines: "a ANY NS ns\n", refused: "class ANY in a zone of class IN"},
	{name: "class CH behind a TTL", lines: "a 300 CLASS3 TXT \"x\"\n", refused: "class CLASS3"},
	{name: "class IN by its number", lines: "a CLASS1 A 192.0.2.1\n"},
	{name: "class and type by numbers with a sign and VT", lines: "a CLASS\v1 TYPE+1 192.0.2.1\n"},
	{name: "a type of no zone", lines: "a MD ns\n", refused: "write MX"},
	{name: "HINFO with one string", lines: "a HINFO a\n", refused: "a string is missing"},
	{name: "X25 of one digit", lines: "a X25 \"1\"\n", refused: "a number of four digits"},
	{name: "NSAP of no octets", lines: "a NSAP 0x\n", refused: "an address in hex"},
	{name: "a type without text", lines: "a TYPE103 ^# mail 00\n", refused: "one form only"},
	{name: "CAA with a word more", lines: "a CAA 0 issue x y\n", refused: "too much data"},
	{name: "a quoted number in a DNSKEY", lines: "a DNSKEY 256 \"3\" 8 AwEAAQ==\n", refused: "quotes do not belong here"},
	{name: "a control byte in hex", lines: "a DS 1 8 2 \x01B\n", refused: "not hex"},
	{name: "a control byte in a number", lines: "a MX 1\x020 ns\n", refused: "0 to 65535"},
	{name: "SVCB whose mandatory key is not there", lines: "a SVCB 1 . mandatory=alpn\n", refused: "mandatory names alpn, which is not there"},
	{name: "HTTPS whose mandatory key is not there", lines: "a HTTPS 0 . mandatory=port alpn=h2\n", refused: "mandatory names port"},
	{name: "NAPTR without its third delimiter", lines: "a NAPTR 1 1 u E2U+sip \"!^.*$!sip:a@example.com\" .\n", refused: "three delimiters"},
	{name: "NAPTR with a group that is not there", lines: "a NAPTR 1 1 u E2U+sip \"!^(.*)$!sip:\\\\2@example.com!\" .\n", refused: `\2 stands for a group`},
	{name: "$GENERATE with a quoted type", lines: "$GENERATE 1-3 h$ \"A\" 192.0.2.$\n", refused: "remove them"},
	{name: "$GENERATE with data in parentheses", lines: "$GENERATE 1-3 h$ A (192.0.2.$)\n", refused: "a parenthesis around the data"},
	{name: "$GENERATE with parentheses before its data", lines: "$GENERATE ( 1-3 h$ ) A 192.0.2.$\n"},
	{name: "$GENERATE of another class", lines: "$GENERATE 1-3 h$ CH A 192.0.2.$\n", refused: "class CH"},
	{name: "$GENERATE of a type of queries", lines: "$GENERATE 1-3 h$ AXFR 192.0.2.$\n", refused: "queries only"},
	{name: "$GENERATE with two classes", lines: "$GENERATE 1-3 h$ IN IN A 192.0.2.$\n", refused: "not a record type"},
	{name: "$GENERATE with quotes in its data", lines: "$GENERATE 1-3 h$ TXT \"\\\"a b\\\"\"\n"},
	{name: "$GENERATE with words behind its range", lines: "$GENERATE 1-3x h$ A 192.0.2.$\n"},
	{name: "$GENERATE with a slash without step", lines: "$GENERATE 1-3/ h$ A 192.0.2.$\n", refused: "not a range"},
	{name: "$GENERATE whose offset goes on", lines: "$GENERATE 1-3 h${3}-$ A 192.0.2.$\n"},
	{name: "$GENERATE below zero", lines: "$GENERATE 1-3 h${-5,0,x}-${-5} A 192.0.2.$\n"},
	{name: "$GENERATE of names with a dollar sign", lines: "$GENERATE 1-3 $$x$ A 192.0.2.$\n"},
	{name: "$GENERATE that is too wide", lines: "$GENERATE 1-3 h${0,128} A 192.0.2.$\n", refused: "a bad modifier"},
	{name: "a quoted directive", lines: "\"$TTL\" 77\na A 192.0.2.1\n\"$ORIGIN\" sub\nb A 192.0.2.1\n", records: []string{"b.sub A"}},
	{name: "a quoted name that starts with a dollar sign", lines: "\"$x\" A 192.0.2.1\n", refused: "unknown directive"},
	{name: "$ORIGIN with a quoted name", lines: "$ORIGIN \"sub\"\n", refused: "quotes around a word"},
	{name: "$DATE that is none", lines: "$DATE 20261301000000\n", refused: "not a date"},
	{name: "$DATE beyond its clock", lines: "$DATE 21070101000000\n", refused: "not a date"},
	{name: "$TTL without a line end", lines: "a A 192.0.2.1\n$TTL 77", refused: "without a line end"},
	{name: "$ORIGIN without a line end", lines: "a A 192.0.2.1\n$ORIGIN sub", refused: "without a line end"},
	{name: "a label of bits", lines: "\\[x1 A 192.0.2.1\n", refused: "labels of bits"},
	{name: "ISDN with one string", lines: "a ISDN \"150862028003217\"\n"},
}

// apexLines are what a case stands behind.
const apexLines = "$TTL 3600\n@ SOA ns host 1 3600 600 604800 300\n@ NS ns\nns A 192.0.2.53\n"

func TestSyntax(t *testing.T) {
	for _, c := range oneIn(append(syntaxCases, refusedCases...), 4) {
		t.Run(strings.ReplaceAll(c.name, " ", "_"), func(t *testing.T) {
			src := c.lines
			if !strings.Contains(src, "SOA") {
				src = apexLines + src
			}
			z := Parse("zone", []byte(src), Options{Origin: "example.com."})
			problem, bad := firstProblem(z)
			if bad != (c.refused != "") || !strings.Contains(problem, c.refused) {
				t.Errorf("mailzone says %q, want %q", problem, c.refused)
			}
			for _, want := range c.records {
				owner, typ, _ := strings.Cut(want, " ")
				if typ, _ := ParseType(typ); len(z.RRset(Name(owner+".example.com."), typ)) == 0 {
					t.Errorf("no record %s", want)
				}
			}
			syntaxOracle(t, z, src, c.refused != "")
		})
	}
}

// syntaxOracle wants BIND to load the same records, or to refuse the file too.
func syntaxOracle(t *testing.T, z *Zone, src string, refused bool) {
	needOracle(t)
	path := filepath.Join(t.TempDir(), "zone")
	if err := os.WriteFile(path, []byte(src), 0o600); err != nil {
		t.Fatal(err)
	}
	want, refusal := oracle(t, path, "example.com.")
	if (refusal != "") != refused {
		t.Fatalf("BIND refuses it: %v (%s)", refusal != "", refusal)
	}
	if got := loadedLines(z); !refused && !slices.Equal(got, want) {
		t.Errorf("BIND reads it otherwise:\n%s", differ(want, got))
	}
}

// TestTTLAboveTheLimit is where mailzone refuses what BIND loads: it would silently become 0.
func TestTTLAboveTheLimit(t *testing.T) {
	z := Parse("zone", []byte(apexLines+"a 4294967295 A 192.0.2.1\n"), Options{Origin: "example.com."})
	if problem, _ := firstProblem(z); !strings.Contains(problem, "above the limit of 2147483647 seconds") {
		t.Errorf("mailzone says %q", problem)
	}
}

// includeCase reads a zone with included files from memory.
func includeCase(files map[string]string) *Zone {
	return Parse("zone", []byte(files["zone"]), Options{Origin: "example.com.", Open: func(path string, _ *File) (string, []byte, error) {
		s, ok := files[path]
		if !ok {
			return "", nil, os.ErrNotExist
		}
		return path, []byte(s), nil
	}})
}

func TestIncludes(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"$TTL leaks, $ORIGIN does not": {"zone": apexLines + "$INCLUDE b\nafter A 192.0.2.9\n", "b": "$TTL 77\n$ORIGIN sub.example.com.\nx A 192.0.2.1\n"},
		"the owner before stays":       {"zone": apexLines + "a A 192.0.2.1\n$INCLUDE b\n AAAA 2001:db8::1\n", "b": "x A 192.0.2.1\n"},
		"with an origin":               {"zone": apexLines + "$INCLUDE b sub\n", "b": "x MX 10 x\n"},
		"nested":                       {"zone": apexLines + "$INCLUDE b\n", "b": "$INCLUDE c\nx A 192.0.2.1\n", "c": "y A 192.0.2.2\n"},
		"a blank owner at the start":   {"zone": apexLines + "a A 192.0.2.1\n$INCLUDE b\n", "b": " AAAA 2001:db8::1\n"},
		"the include has no line end":  {"zone": apexLines + "a A 192.0.2.1\n$INCLUDE b", "b": "x A 192.0.2.1\n AAAA 2001:db8::1"},
		"a comment stands between":     {"zone": apexLines + "a A 192.0.2.1\n$INCLUDE b", "b": " ; c\n AAAA 2001:db8::1\n"},
		"an empty line stands between": {"zone": apexLines + "a A 192.0.2.1\n$INCLUDE b", "b": "\t\r AAAA 2001:db8::1\n"},
		"a CR ends the include":        {"zone": apexLines + "a A 192.0.2.1\n$INCLUDE b\r", "b": " AAAA 2001:db8::1\n"},
		"the included file has no end": {"zone": apexLines + "a A 192.0.2.1\n$INCLUDE b\n AAAA 2001:db8::1\n", "b": "x A 192.0.2.1"},
		"nor has one inside it":        {"zone": apexLines + "a A 192.0.2.1\n$INCLUDE b\n AAAA 2001:db8::1\n", "b": "$INCLUDE c", "c": "x A 192.0.2.1 ; \r"},
	} {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			z := includeCase(files)
			if problem, bad := firstProblem(z); bad {
				t.Fatal(problem)
			}
			askBIND(t, z, files)
		})
	}
}

func TestIncludesThatFail(t *testing.T) {
	for want, files := range map[string]map[string]string{
		"includes itself": {"zone": apexLines + "$INCLUDE b\n", "b": "$INCLUDE c\n", "c": "$INCLUDE b\n"},
		"below a $DATE":   {"zone": apexLines + "$DATE 20260101000000\n$INCLUDE b\n", "b": "x A 192.0.2.1\n"},
		"below a $DATE,":  {"zone": apexLines + "$INCLUDE b\n$INCLUDE c\n", "b": "$DATE 20260101000000\n", "c": "x A 192.0.2.1\n"},
		"zone:5:10: the last line of the file is an $INCLUDE":         {"zone": apexLines + "$INCLUDE b", "b": " IN A 192.0.2.1\n"},
		"zone:5:10: the last line of the file is an $INCLUDE without": {"zone": apexLines + "$INCLUDE b ; c\r", "b": "\t( A 192.0.2.1 )\n"},
		"b:1:10: the last line of the file is an $INCLUDE":            {"zone": apexLines + "$INCLUDE b\n", "b": "$INCLUDE c", "c": " A 192.0.2.1\n"},
		"file does not exist": {"zone": apexLines + "$INCLUDE missing\n"},
		"$INCLUDE takes":      {"zone": apexLines + "$INCLUDE\n"},
	} {
		if problem, _ := firstProblem(includeCase(files)); !strings.Contains(problem, want) {
			t.Errorf("%q, want %q", problem, want)
		}
	}
}
