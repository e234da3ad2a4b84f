// What a zone file can hold much of: the next one that somebody thinks of is a line here.
package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/testdata/shapes"
)

// construct makes a zone with n of something.
type construct struct {
	name  string
	n     int // the smallest number that is measured
	text  func(n int) string
	files func(n int) map[string]string // that the zone includes

	beside bool // lint reads example.net, too

	origin string // of the zone; "" for example.com
}

// zone is the origin without its last dot.
func (c construct) zone() string {
	if c.origin == "" {
		return "example.com"
	}
	return strings.TrimSuffix(c.origin, ".")
}

// allConstructs is every construct, and zones of every shape, those that named refuses among them.
func allConstructs() []construct {
	all := constructs
	for _, s := range shapes.Every() {
		all = append(all, construct{name: "zones like " + s.Name, n: 2000, origin: s.Origin, text: func(n int) string { return string(s.Zone(n)) }})
	}
	return all
}

// zoneHead is how the zones start.
const zoneHead = "$TTL 3600\n@ SOA ns1 h 1 3600 900 604800 300\n@ NS ns1\nns1 A 198.51.100.1\n"

// each is a text n times. In it {i} is the number, {4} and {6} an IPv4 and an IPv6 address of that number.
func each(text string) func(n int) string {
	return func(n int) string {
		var b strings.Builder
		for i := range n {
			four := fmt.Sprintf("10.%d.%d.%d", i>>16&255, i>>8&255, i&255)
			b.WriteString(strings.NewReplacer("{i}", strconv.Itoa(i), "{i+1}", strconv.Itoa(i+1), "{4}", four, "{6}", fmt.Sprintf("2001:db8::%x", i+1)).Replace(text))
		}
		return b.String()
	}
}

// records is a zone with a text n times behind its head.
func records(text string) func(n int) string {
	return func(n int) string { return zoneHead + each(text)(n) }
}

// around is a zone with a text n times between two others.
func around(before, text, after string) func(n int) string {
	return func(n int) string { return zoneHead + before + each(text)(n) + after }
}

// constructs is what is known to be a danger, and what stands beside it.
var constructs = []construct{
	// Many records at one name.
	{name: "MX at one name", n: 2000, text: records("@ MX 10 m{i}.example.net.\n")},
	{name: "MX of other preferences at one name", n: 2000, text: records("@ MX {i} m{i}.example.net.\n")},
	{name: "MX hosts of the zone", n: 1000, text: records("@ MX {i} m{i}\nm{i} A {4}\n")},
	{name: "MX hosts with one address", n: 1000, text: records("@ MX {i} m{i}\nm{i} A 10.0.0.1\n")},
	{name: "MX that leads nowhere", n: 1000, text: records("@ MX 10 m{i}\n")},
	{name: "MX without its dot", n: 1000, text: records("@ MX 10 m{i}.example.net\n")},
	{name: "MX that is an alias", n: 1000, text: records("@ MX 10 m{i}\nm{i} CNAME ns1\n")},
	{name: "MX that is an address", n: 1000, text: records("@ MX 10 {4}\n")},
	{name: "equal MX hosts of both families", n: 500, text: records("@ MX 10 m{i}\nm{i} A {4}\nm{i} AAAA {6}\n")},
	{name: "equal MX hosts with one address", n: 1000, text: records("@ MX 10 m{i}\nm{i} A 10.0.0.1\n")},
	{name: "MX that is no host name", n: 1000, text: records("@ MX 10 m\\.{i}\n")},
	{name: "MX that nobody can connect to", n: 1000, text: records("@ MX {i} m{i}\nm{i} AAAA fe80::{i}\n")},
	{name: "MX of private addresses", n: 1000, text: records("@ MX {i} m{i}\nm{i} A {4}\nm{i} A 192.168.1.1\n")},
	{name: "MX of one host", n: 2000, text: records("@ MX {i} ns1\n")},
	{name: "null MX", n: 1000, text: records("@ MX {i} .\n")},
	{name: "backups before", n: 1000, text: records("@ MX 10 backup{i}\n@ MX 20 mail{i}\n")},
	{name: "A at one name", n: 2000, text: records("a A {4}\n")},
	{name: "A of an MX", n: 2000, text: around("@ MX 10 a\n@ MX 20 b\n", "a A {4}\nb A {4}\n", "")},
	{name: "AAAA at one name", n: 2000, text: records("a AAAA {6}\n")},
	{name: "TXT at one name", n: 2000, text: records("a TXT \"text {i}\"\n")},
	{name: "NS at one name", n: 2000, text: records("@ NS ns{i}.example.net.\n")},
	{name: "NS of the zone", n: 1000, text: records("@ NS n{i}\nn{i} A {4}\n")},
	{name: "NS of a delegation", n: 1000, text: records("sub NS n{i}.sub\nn{i}.sub A {4}\n")},
	{name: "SRV at one name", n: 2000, text: records("_smtp._tcp SRV 10 {i} 25 m{i}\n")},
	{name: "CNAME at one name", n: 1000, text: records("a CNAME b{i}\n")},
	{name: "PTR at one name", n: 2000, text: records("a PTR b{i}\n")},
	{name: "TLSA at one name", n: 500, text: records("_25._tcp.a TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789ab{i}\n")},
	{name: "RRSIG at one name", n: 500, text: records("a RRSIG A 8 2 {i} 20300101000000 20200101000000 1 example.com. AAAA\n")},
	{name: "CAA at one name", n: 500, text: records("a CAA 0 issue \"ca{i}.example\"\n")},
	{name: "TYPE65280 at one name", n: 1000, text: records("a TYPE65280 \\# 4 {i}\n")},
	{name: "types at one name", n: 1000, text: records("a TYPE6{i} \\# 1 00\n")},
	{name: "SPF at one name", n: 1000, text: records("@ TXT \"v=spf1 ip4:{4} -all\"\n")},
	{name: "SPF at a name with many MX", n: 1000, text: records("@ MX 10 m{i}.example.net.\n@ TXT \"v=spf1 mx ip4:{4} -all\"\n")},
	{name: "DMARC at one name", n: 1000, text: records("_dmarc TXT \"v=DMARC1; p=none; rua=mailto:a{i}@example.com\"\n")},
	{name: "DKIM at one name", n: 1000, text: records("s._domainkey TXT \"v=DKIM1; p=\"\ns._domainkey TXT \"v=DKIM1; k=rsa; p={i}\"\n")},
	{name: "A before TXT before A at one name", n: 1000, text: records("a A {4}\na TXT \"{i}\"\n")},
	{name: "A of two names by turns", n: 1000, text: records("a A {4}\nb A {4}\n")},

	// Equal lines.
	{name: "equal MX", n: 2000, text: records("@ MX 10 a\n")},
	{name: "equal A", n: 2000, text: records("a A 10.0.0.1\n")},
	{name: "equal TXT", n: 2000, text: records("a TXT \"v=spf1 -all\"\n")},
	{name: "equal TXT in two spellings", n: 1000, text: records("a TXT \"a b\"\na TXT \"\\097 b\"\n")},
	{name: "equal SOA", n: 500, text: records("@ SOA ns1 h 1 3600 900 604800 300\n")},
	{name: "equal CNAME", n: 1000, text: records("a CNAME ns1\n")},
	{name: "equal CAA", n: 500, text: records("a CAA 0 issue \"ca.example\"\n")},

	// TTLs.
	{name: "TTLs that differ in an RRset", n: 1000, text: records("a {i} A {4}\n")},
	{name: "TTLs that differ in an MX RRset", n: 1000, text: records("@ 1{i} MX 10 m{i}.example.net.\n")},
	{name: "TTLs that differ in an RRset by turns", n: 1000, text: records("a {i} A {4}\nb A {4}\n")},
	{name: "TTLs that differ at names", n: 1000, text: records("a{i} 60 A {4}\na{i} 70 A 10.9.9.9\n")},
	{name: "TTLs too large", n: 1000, text: records("a 3000000000 A {4}\n")},
	{name: "$TTL", n: 1000, text: records("$TTL {i}\na{i} A {4}\n")},
	{name: "no $TTL", n: 1000, text: func(n int) string { return strings.TrimPrefix(zoneHead, "$TTL 3600\n") + each("a{i} A {4}\n")(n) }},
	{name: "SOA with other data", n: 500, text: records("@ SOA ns1 h {i} 3600 900 604800 300\n")},

	// Many names.
	{name: "names", n: 2000, text: records("a{i} A {4}\n")},
	{name: "names with MX", n: 1000, text: records("a{i} MX 10 ns1\n")},
	{name: "names with MX of their own", n: 1000, text: records("a{i} MX 10 m{i}\nm{i} A {4}\n")},
	{name: "names with MX that differ from most", n: 500, text: records("a{i} MX 10 ns1\nb{i} MX 10 ns1\nc{i} MX 10 ns1\nd{i} MX 10 ns1\ne{i} MX 10 ns1\nf{i} MX {i+1} ns1\n")},
	{name: "names with MX to no host", n: 1000, text: records("a{i} MX 10 missing{i}\n")},
	{name: "names with MX to hosts without their last dot", n: 1000, text: records("a{i} MX 10 m{i}.example.com\n")},
	{name: "names with MX to top-level names", n: 1000, text: records("a{i} MX 10 m{i}.\nm{i} A {4}\n")},
	{name: "names with two tiers of MX", n: 500, text: records("a{i} MX 10 m{i}\na{i} MX 20 n{i}\nm{i} A {4}\nn{i} A {4}\n")},
	{name: "exchanges without their last dot", n: 1000, text: records("@ MX 10 m{i}.example.net\n")},
	{name: "exchanges that are top-level names", n: 1000, text: records("@ MX {i} m{i}.\n")},
	{name: "exchanges called backups", n: 1000, text: records("@ MX {i} backup{i}.example.net.\n")},
	{name: "targets without their last dot", n: 500, text: records("a{i} CNAME b{i}.example.com\n_imap._tcp.a{i} SRV 0 0 143 b{i}.example.net\nc{i} NS ns{i}.example.com\n")},
	{name: "names that send and have no MX", n: 500, text: records("a{i} A {4}\n_dmarc.a{i} TXT \"v=DMARC1; p=none\"\nk._domainkey.a{i} TXT \"p=AAAA\"\n")},
	{name: "texts too long for a string", n: 200, text: records("a{i} TXT \"" + strings.Repeat("x", 300) + "\"\n")},
	{name: "signatures of transfers", n: 1000, text: records("k{i}. 0 ANY TSIG hmac-sha256. 1 300 0 1 NOERROR 0\n")},
	{name: "names with SPF", n: 1000, text: records("a{i} MX 10 ns1\na{i} TXT \"v=spf1 mx a:ns1.example.com -all\"\n")},
	{name: "names with two SPF", n: 500, text: records("a{i} TXT \"v=spf1 mx -all\"\na{i} TXT \"v=spf1 a -all\"\n")},
	{name: "names with includes in a chain", n: 500, text: records("a{i} TXT \"v=spf1 include:a{i+1}.example.com -all\"\n")},
	{name: "names that include one with many TXT", n: 500, text: around("@ TXT \"v=spf1 -all\"\n", "a{i} TXT \"v=spf1 include:example.com -all\"\n@ TXT \"text {i}\"\n", "")},
	{name: "names with one mx of many exchanges", n: 500, text: records("a{i} TXT \"v=spf1 mx:m.example.com -all\"\nm MX 10 m{i}.example.net.\n")},
	{name: "names with MX and addresses of their own that SPF does not have", n: 300, text: records("@ MX {i} a{i}\na{i} A {4}\na{i} MX 10 a{i}\na{i} TXT \"v=spf1 ip4:192.0.2.1 -all\"\n")},
	{name: "names with what looks like SPF", n: 1000, text: records("a{i} MX 10 ns1\na{i} TXT v=spf1 mx -all\n")},
	{name: "names with DKIM", n: 500, text: records("s._domainkey.a{i} TXT \"v=DKIM1; p=AAAA\"\n")},
	{name: "names with DMARC", n: 500, text: records("_dmarc.a{i} TXT \"v=DMARC1; p=none\"\n")},
	{name: "names whose DMARC reports go to one other organisation", n: 1000, text: records("_dmarc.a{i} TXT \"v=DMARC1; rua=mailto:r@example.net\"\n"), beside: true},
	{name: "names whose DMARC reports go to many names of another organisation", n: 500, text: records("_dmarc.a{i} TXT \"v=DMARC1; rua=mailto:r@h{i}.example.net\"\n"), beside: true},
	{name: "addresses of one DMARC record", n: 500, text: around("_dmarc TXT (\"v=DMARC1; rua=mailto:r@example.net\"", " \",mailto:r@h{i}.example.net, a{i}@example.net\"", ")\n"), beside: true},
	{name: "equal tags of one DKIM key", n: 1000, text: around("s._domainkey TXT (\"v=DKIM1;\"", " \"t=s;\"", " \"p=\")\n")},
	{name: "names with two DKIM keys", n: 500, text: records("s._domainkey.a{i} TXT \"v=DKIM1; p=\"\ns._domainkey.a{i} TXT \"k=rsa; p=\"\n")},
	{name: "names with MTA-STS", n: 500, text: records("_mta-sts.a{i} TXT \"v=STSv1; id=1\"\na{i} MX 10 ns1\n")},
	{name: "names of one address", n: 1000, text: records("a{i} A 10.0.0.1\n")},
	{name: "names with blank owners", n: 1000, text: records("a{i} A {4}\n AAAA {6}\n MX 10 ns1\n")},
	{name: "blank owners", n: 2000, text: around("a A 10.1.1.1\n", " A {4}\n", "")},
	{name: "deep names", n: 500, text: records("a{i}" + strings.Repeat(".x", 100) + " A {4}\n")},
	{name: "names below names", n: 30, text: func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "h%s A 10.0.0.%d\n", strings.Repeat(".x", min(i, 110)), i&255)
		}
		return zoneHead + b.String()
	}},
	{name: "long names", n: 500, text: records("a{i}" + strings.Repeat("."+strings.Repeat("x", 60), 3) + " A {4}\n")},
	{name: "names with escapes", n: 1000, text: records("a\\.{i} A {4}\n")},
	{name: "names outside the zone", n: 1000, text: records("a{i}.example.org. A {4}\n")},
	{name: "names with the origin twice", n: 1000, text: records("a{i}.example.com A {4}\n")},
	{name: "names that are no host names", n: 1000, text: records("a_{i} A {4}\n")},
	{name: "wildcards", n: 1000, text: records("*.a{i} MX 10 ns1\n")},
	{name: "wildcards with names below", n: 500, text: records("*.a{i} MX 10 ns1\nb.a{i} A {4}\n")},
	{name: "names beside a wildcard", n: 1000, text: around("* MX 10 ns1\n", "a{i} A {4}\n", "")},
	{name: "delegations", n: 1000, text: records("a{i} NS ns.example.net.\n")},
	{name: "delegations with glue", n: 500, text: records("a{i} NS ns.a{i}\nns.a{i} A {4}\n")},
	{name: "names below a delegation", n: 1000, text: around("sub NS ns.example.net.\n", "a{i}.sub A {4}\na{i}.sub MX 10 a{i}.sub\n", "")},
	{name: "names below a DNAME", n: 1000, text: around("sub DNAME example.net.\n", "a{i}.sub A {4}\n", "")},
	{name: "DNAME", n: 1000, text: records("a{i} DNAME example.net.\n")},
	{name: "aliases of the root", n: 1000, text: records("a{i} CNAME .\n")},
	{name: "aliases", n: 1000, text: records("a{i} CNAME ns1\n")},
	{name: "aliases in a chain", n: 500, text: records("a{i} CNAME a{i+1}\n")},
	{name: "aliases in a ring", n: 500, text: around("", "a{i} CNAME a{i+1}\na{i+1} CNAME a{i}\n", "")},
	{name: "aliases with others", n: 500, text: records("a{i} CNAME ns1\na{i} TXT \"x\"\n")},
	{name: "an alias with others", n: 1000, text: around("a CNAME ns1\n", "a TXT \"x{i}\"\n", "")},
	{name: "MX to aliases in a chain", n: 500, text: records("a{i} MX 10 b{i}\nb{i} CNAME b{i+1}\n")},
	{name: "PTR of addresses", n: 1000, text: records("{i}.2.0.192.in-addr.arpa. PTR a{i}.example.com.\n")},

	// Text that is no record.
	{name: "comments", n: 4000, text: records("; a comment of some length {i}\n")},
	{name: "comments behind records", n: 1000, text: records("a{i} A {4} ; a comment of some length {i}\n")},
	{name: "blank lines", n: 20000, text: records("\n")},
	{name: "lines of blanks", n: 4000, text: records(" \t \n")},
	{name: "records commented out", n: 1000, text: records(";a{i} A {4}\n")},
	{name: "records commented out that do not end", n: 1000, text: records(";a{i} A (\n")},
	{name: "lint:ignore", n: 500, text: records("; lint:ignore mx-target-no-address moved {i}\na{i} MX 10 missing\n")},
	{name: "lint:ignore behind records", n: 500, text: records("a{i} MX 10 missing ; lint:ignore mx-target-no-address moved {i}\n")},
	{name: "lint:ignore one above the other", n: 500, text: around("", "; lint:ignore mx-target-no-address moved {i}\n", "a MX 10 missing\n")},
	{name: "lint:ignore of nothing", n: 500, text: records("; lint:ignore mx-single {i}\na{i} TXT \"x\"\n")},
	{name: "lint:ignore-file", n: 300, text: records("; lint:ignore-file mx-target-no-address {i}\na{i} MX 10 missing\n")},
	{name: "lint:ignore-file of nothing", n: 300, text: records("; lint:ignore-file mx-target-ip {i}\na{i} MX 10 missing\n")},
	{name: "lint:ignore of many rules", n: 1000, text: func(n int) string {
		return zoneHead + "; lint:ignore mx-single" + strings.Repeat(",mx-single", n) + "\na MX 10 missing\n"
	}},

	// Directives.
	{name: "$ORIGIN", n: 1000, text: records("$ORIGIN a{i}.example.com.\nb A {4}\n")},
	{name: "$ORIGIN without a record", n: 2000, text: records("$ORIGIN a{i}.example.com.\n")},
	{name: "$ORIGIN below itself", n: 30, text: records("$ORIGIN a\nb A {4}\n")},
	{name: "$GENERATE", n: 300, text: records("$GENERATE 1-4 a{i}-$ A 10.0.0.$\n")},
	{name: "$GENERATE of many", n: 1000, text: func(n int) string { return zoneHead + fmt.Sprintf("$GENERATE 1-%d a$ A 10.0.0.1\n", n) }},
	{name: "$GENERATE of MX to no host", n: 500, text: func(n int) string { return zoneHead + fmt.Sprintf("$GENERATE 1-%d a$ MX \"10 missing$\"\n", n) }},
	{name: "$GENERATE of one name", n: 1000, text: func(n int) string { return zoneHead + fmt.Sprintf("$GENERATE 1-%d a A 10.0.0.$\n", n) }},
	{name: "$GENERATE between records", n: 300, text: records("a A {4}\n$GENERATE 1-2 b{i}-$ A 10.0.0.$\n")},
	{name: "$GENERATE that is too large", n: 500, text: records("$GENERATE 1-2000000 a{i}-$ A 10.0.0.$\n")},
	{name: "$GENERATE that is broken", n: 500, text: records("$GENERATE 1-2 a{i}-${0,x A 10.0.0.$\n")},
	{name: "$INCLUDE", n: 100, text: records("$INCLUDE f{i}\n"), files: func(n int) map[string]string {
		files := map[string]string{}
		for i := range n {
			files[fmt.Sprintf("f%d", i)] = fmt.Sprintf("i%d A 10.0.0.1\ni%d MX 10 missing\n", i, i)
		}
		return files
	}},
	{name: "$INCLUDE of one file", n: 200, text: records("$INCLUDE f o{i}\n"), files: func(int) map[string]string {
		return map[string]string{"f": "a A 10.0.0.1\nb MX 10 missing\n"}
	}},
	{name: "$INCLUDE of no file", n: 500, text: records("$INCLUDE none{i}\n")},

	// Lines that are broken.
	{name: "broken lines", n: 1000, text: records("a{i} AA {4}\n")},
	{name: "bad data", n: 1000, text: records("a A {i}\n")},
	{name: "bad names", n: 1000, text: records("a..{i} A {4}\n")},
	{name: "parentheses never closed", n: 1000, text: records("a{i} A ( {4}\n")},
	{name: "parentheses never opened", n: 1000, text: records("a{i} A {4} )\n")},
	{name: "quotes never closed", n: 1000, text: records("a{i} TXT \"x\n")},
	{name: "classes other than IN", n: 1000, text: records("a CH A {4}\n")},
	{name: "blank owners before any", n: 1000, text: func(n int) string { return "$TTL 60\n" + each(" A {4}\n")(n) }},
	{name: "NUL bytes", n: 1000, text: records("a{i} A \x00\n")},

	// Long lines, and one record over many.
	{name: "nested parentheses", n: 20000, text: func(n int) string {
		return zoneHead + "a A " + strings.Repeat("(", n) + "10.0.0.1" + strings.Repeat(")", n) + "\n"
	}},
	{name: "opening parentheses", n: 10000, text: func(n int) string { return zoneHead + "a A " + strings.Repeat("(", n) + "\nb A 10.0.0.1\n" }},
	{name: "one long comment", n: 100000, text: func(n int) string { return zoneHead + ";" + strings.Repeat("x", n) + "\na A 10.0.0.1\n" }},
	{name: "one long line of blanks", n: 100000, text: func(n int) string { return zoneHead + "a A " + strings.Repeat(" ", n) + "10.0.0.1\n" }},
	{name: "one long word", n: 100000, text: func(n int) string { return zoneHead + "a A " + strings.Repeat("1", n) + "\n" }},
	{name: "one long string", n: 100000, text: func(n int) string { return zoneHead + "a TXT \"" + strings.Repeat("x", n) + "\"\n" }},
	{name: "one long owner", n: 100000, text: func(n int) string { return zoneHead + strings.Repeat("x.", n/2) + " A 10.0.0.1\n" }},
	{name: "one long line without an end", n: 100000, text: func(n int) string { return zoneHead + "a TXT \"" + strings.Repeat("x", n) }},
	{name: "strings of one TXT", n: 1000, text: around("a TXT", " \"text {i}\"", "\n")},
	{name: "strings of one TXT over lines", n: 1000, text: around("a TXT (", " \"text {i}\" ; comment\n", ")\n")},
	{name: "words of one record", n: 2000, text: around("a A", " {4}", "\n")},
	{name: "terms of one SPF", n: 1000, text: around("@ TXT (\"v=spf1", " ip4:{4}\" \"", " -all\")\n")},
	{name: "bad terms of one SPF", n: 1000, text: around("@ TXT (\"v=spf1", " ip:{4}\" \"", " -all\")\n")},
	{name: "names in one SPF", n: 500, text: around("@ TXT (\"v=spf1", " a:h{i}.example.com\" \"", " -all\")\n")},
	{name: "addresses where SPF has domains", n: 1000, text: around("@ TXT (\"v=spf1", " a:{4}\" \"", " -all\")\n")},
	{name: "terms behind all of one SPF", n: 1000, text: around("@ TXT (\"v=spf1 -all", " ip4:{4} -all\" \"", "\")\n")},
	{name: "one long term of SPF", n: 20000, text: func(n int) string {
		return zoneHead + "@ TXT (\"v=spf1 a:\"" + strings.Repeat(" \""+strings.Repeat("%{i}.", 40)+"\"", n/200) + " \" -all\")\n"
	}},
	{name: "SPF behind other text", n: 1000, text: around("@ TXT (\"other\"", " \"v=spf1 ip4:{4} -all\"", ")\n")},
	{name: "words of SPF without quotes", n: 1000, text: around("@ TXT (v=spf1", " ip4:{4}", " -all)\n")},
	{name: "tags of one DMARC", n: 1000, text: around("_dmarc TXT (\"v=DMARC1; p=none;", " x{i}=1;\" \"", "\")\n")},
	{name: "octets of one DKIM key", n: 20000, text: func(n int) string {
		return zoneHead + "s._domainkey TXT (\"v=DKIM1; p=" + strings.Repeat("\"\""+strings.Repeat("A", 200), n/200) + "\")\n"
	}},
	{name: "combining characters", n: 1000, text: func(n int) string { return zoneHead + "a MX 10 missing ; a" + strings.Repeat("\u0301", n) + "\n" }},
	{name: "octets beyond ASCII", n: 2000, text: records("a{i} TXT \"\xe9\xff\x1b\"\n")},
	{name: "lone CRs", n: 1000, text: records("a{i} A {4}\r")},
	{name: "CRs and LFs", n: 1000, text: records("a{i} A {4}\r\n")},
	{name: "findings in one line", n: 500, text: records("a{i} MX 10 missing\r")},
}
