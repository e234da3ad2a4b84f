package zonefile

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// The zones here are made by a grammar, from a seed: with and without $TTL, TTLs that differ within an RRset, blank
// owners, names in capitals and with escapes, glue, $GENERATE, $INCLUDE, $ORIGIN, parentheses, comments, each kind
// of line end. BIND loads them all. They are full of what lines have from one another, because that is what an
// edit must hand down.

// grammar writes a zone and what it includes.
type grammar struct {
	rnd    *rand.Rand
	out    strings.Builder
	files  map[string]string // by the name that $INCLUDE has
	eol    string
	ttls   []string
	named  bool // a line above has an owner that a blank one may take
	suffix string
	only   int // owners of CNAME, which have nothing else
	depth  int
}

// grammarOrigin is the zone that the grammar writes.
const grammarOrigin Name = "example.com."

// grammarZone makes a zone: its text, and the files that it includes.
func grammarZone(seed uint64) (string, map[string]string) {
	g := &grammar{rnd: rand.New(rand.NewPCG(7, seed)), files: map[string]string{}}
	g.eol = g.pick("\n", "\n", "\n", "\r\n")
	g.ttls = strings.Fields(g.pick("300 600 3600", "5m 1h 1d", "300", "0 60 86400 1h30m"))
	g.head()
	for range 3 + g.rnd.IntN(14) {
		g.item()
	}
	if g.rnd.IntN(6) == 0 { // BIND wants a directive to end in a line end, and a record not
		g.out.WriteString("last A 192.0.2.99")
	}
	return g.out.String(), g.files
}

// pick is one of some texts.
func (g *grammar) pick(texts ...string) string { return texts[g.rnd.IntN(len(texts))] }

// line writes a line.
func (g *grammar) line(parts ...string) { g.out.WriteString(strings.Join(parts, "") + g.eol) }

// gap is the white space between two fields.
func (g *grammar) gap() string { return g.pick(" ", " ", "\t", "  ", "\t\t") }

// head writes the default TTL, if there is one, and the apex.
func (g *grammar) head() {
	if g.rnd.IntN(5) < 2 {
		g.line("$TTL ", g.pick("3600", "1d", "300"))
	}
	soa := g.pick("", "86400 ", "1h ", "86400 IN ")
	if g.rnd.IntN(3) == 0 {
		g.line("@ ", soa, "SOA ns1 h 2026010101 3600 900 604800 ", g.pick("300", "1h"))
	} else {
		g.line("@\t", soa, "SOA\tns1 hostmaster (")
		g.line("\t\t\t2026010101 ; serial")
		g.line("\t\t\t1h 15m 1w ", g.pick("300", "1h"), " )")
	}
	g.line(g.pick("@", "", "example.com."), g.gap(), "NS ns1")
	g.line("ns1 ", g.ttl(), "A 192.0.2.53")
	g.named = true
}

// ttl is a TTL with the blank behind it, or nothing.
func (g *grammar) ttl() string {
	if g.rnd.IntN(3) > 0 {
		return ""
	}
	return g.pick(g.ttls...) + g.gap()
}

// item writes something: most often a record.
func (g *grammar) item() {
	switch n := g.rnd.IntN(40); {
	case n < 26:
		g.record()
	case n < 28:
		g.line(g.pick("; a comment", "", "\t; indented", ";mail 77 A 192.0.2.77"))
	case n < 29:
		g.line("$TTL ", g.pick(g.ttls...))
	case n < 33:
		g.generate()
	case n < 34:
		g.origin()
	case n < 35 && g.depth < 2 && len(g.files) < 3:
		g.include()
	case n < 37:
		g.delegation()
	case n < 38:
		g.only++
		g.line(fmt.Sprintf("alias%d", g.only), g.gap(), g.ttl(), "CNAME www")
		g.named = false
	default:
		g.block()
	}
}

// owner is an owner, as some lines write it: blank, in capitals, absolute, with an escape.
func (g *grammar) owner() string {
	if g.named && g.rnd.IntN(3) == 0 {
		return ""
	}
	g.named = true
	if g.suffix != "" {
		return g.pick("@", "mail", "www", "mail.example.com.", "host."+g.suffix+".example.com.")
	}
	return g.pick("mail", "mail", "mail", "MAIL", "www", "www", "@", "a.b", "dhcp1", "mail.example.com.", `m\097il`, "ns1", "*")
}

// record writes a record.
func (g *grammar) record() {
	owner, comment := g.owner(), g.pick("", "", "", " ; why")
	g.line(owner, g.gap(), g.ttl(), g.pick("", "", "", "IN "), g.data(), comment)
}

// data is a type and its data.
func (g *grammar) data() string {
	n := g.rnd.IntN(4)
	switch g.rnd.IntN(8) {
	case 0, 1, 2:
		return fmt.Sprintf("A 192.0.2.%d", n)
	case 3:
		return fmt.Sprintf("%s 2001:db8::%d", g.pick("AAAA", "aaaa"), n)
	case 4:
		return fmt.Sprintf("MX %d0 %s", n, g.pick("mail", "mail.example.com.", "mx.example.net."))
	case 5:
		return fmt.Sprintf("TXT ( \"one %d\"%s\t\t\"two\" )", n, g.eol)
	case 6:
		return fmt.Sprintf("SRV 0 %d 25 mail", n)
	}
	return fmt.Sprintf("TXT \"text %d; with\" word", n)
}

// block writes some lines of one owner, in the columns of one hand.
func (g *grammar) block() {
	owner := fmt.Sprintf("cust%d", g.rnd.IntN(3))
	for range 2 + g.rnd.IntN(3) {
		g.line(owner, "\t", g.ttl(), "IN\t", g.data())
		owner = ""
	}
	g.named = true
}

// generate writes a $GENERATE, at times of names that lines have too.
func (g *grammar) generate() {
	name := g.pick("dhcp$", "dhcp$", "h${0,2,d}", "mail", "www", "$")
	ttl := ""
	if g.rnd.IntN(3) == 0 {
		ttl = g.pick(g.ttls...) + " "
	}
	g.line("$GENERATE 1-", g.pick("2", "3", "5/2"), " ", name, " ", ttl, g.pick("", "IN "), g.pick("A 192.0.2.$", "A 192.0.2.$", "TXT \"gen $\""))
}

// origin sets another origin, or goes back.
func (g *grammar) origin() {
	if g.suffix != "" {
		g.suffix = ""
		g.line("$ORIGIN example.com.")
		return
	}
	g.suffix = g.pick("sub", "cust1")
	g.line("$ORIGIN ", g.suffix, g.pick("", ".example.com."))
}

// delegation writes NS records with glue between them.
func (g *grammar) delegation() {
	if g.suffix != "" {
		return
	}
	zone := g.pick("deleg", "other")
	g.line(zone, " ", g.ttl(), "NS ns.", zone)
	if g.rnd.IntN(2) == 0 {
		g.line("ns.", zone, " ", g.ttl(), "A 192.0.2.8")
		if g.rnd.IntN(2) == 0 {
			g.line("\t", g.ttl(), "AAAA 2001:db8::8")
		}
		g.line(zone, " ", g.ttl(), "NS ns1.example.net.")
	}
	g.line("ns.", zone, " ", g.ttl(), "A 192.0.2.9")
	g.named = false
}

// include writes a file of its own and the line that reads it.
func (g *grammar) include() {
	inner := &grammar{rnd: g.rnd, files: g.files, eol: g.eol, ttls: g.ttls, named: g.named, only: 100 * (len(g.files) + 1), depth: g.depth + 1}
	name := fmt.Sprintf("part%d", len(g.files))
	g.files[name] = ""
	inner.suffix = g.suffix
	for range 1 + g.rnd.IntN(4) {
		inner.item()
	}
	g.files[name] = inner.out.String()
	g.line("$INCLUDE ", name)
}
