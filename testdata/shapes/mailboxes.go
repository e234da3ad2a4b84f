package shapes

// A mail hoster's zone as several people have kept it by hand: each writes columns, TTLs and classes in another order, texts
// stand over several lines with comments between them, names are relative, absolute or below an $ORIGIN. One name in
// eight has a fault.

import "fmt"

// relays is how many relays all customers share.
const relays = 6

// mailboxes makes the zone.
func mailboxes(g *generator, n int) { customers(g, n, "post.example.") }

// undotted makes the zone as it is where the last dot of its $ORIGIN was forgotten: what is written below it is another name.
func undotted(g *generator, n int) { customers(g, n, "post.example") }

// customers makes the zone below an $ORIGIN. Only below one with its dot have customers one of their own.
func customers(g *generator, n int, origin string) {
	g.line("; post.example: customers' mail. Changes: see the ticket\n$TTL 2h\n$ORIGIN %s\n", origin)
	g.line("@ 1D IN SOA ns-a.post.example. dns.post.example. (\n\t2026113001\t; serial\n\t6h\t; refresh\n\t30M\t; retry\n\t3w\t; expire\n\t90m\t; negative\n)\n")
	g.line("  NS ns-a\n  NS ns-b\n  MX 10 in1\n  TXT \"v=spf1 mx -all\"\n_dmarc TXT \"v=DMARC1; p=reject\"\nns-a A 192.0.2.2\nns-b A 203.0.113.2\n")
	g.records = 8
	for i := 1; i <= relays; i++ {
		g.record("in%d   A    198.51.100.%d\n", i, i)
		g.record("      AAAA 2001:db8:25::%x\n", i)
	}
	for i := 0; g.records < n; i++ {
		m := mailbox{g: g, name: fmt.Sprintf("%s-%s%d", g.one("alder", "birch", "cedar", "elm", "hazel", "larch"), g.one("press", "bakery", "clinic", "garage", "yoga"), i)}
		m.own = i%20 == 19 && origin == "post.example."
		m.write()
	}
}

// mailbox is one customer's names.
type mailbox struct {
	g    *generator
	name string
	own  bool // below an $ORIGIN of its own
}

// write writes them.
func (m mailbox) write() {
	g := m.g
	if g.often(4) {
		g.line("\n;; %s, contract %d, since 20%02d\n", m.name, g.rnd.IntN(1e6), 10+g.rnd.IntN(16))
	}
	if m.own {
		g.line("$ORIGIN %s.post.example.\n", m.name)
	}
	m.exchanges()
	g.record("%s TXT %s\n", m.blank(), m.spf())
	g.record("%s A 198.51.%d.%d\n", m.owner("smtp"), g.rnd.IntN(256), g.rnd.IntN(256))
	if g.often(2) {
		g.record("%s AAAA 2001:db8:%x:%x::25\n", m.blank(), g.rnd.IntN(65536), g.rnd.IntN(65536))
	}
	g.record("%s TXT \"v=DMARC1; p=%s; rua=mailto:reports@%s.post.example\"\n", m.owner("_dmarc"), g.one("none", "quarantine", "reject"), m.name)
	m.key()
	if g.often(3) {
		g.record("%s CNAME %s\n", m.owner("autodiscover"), m.host("smtp"))
	}
	if g.often(6) {
		g.record("%s SRV 0 1 993 %s\n", m.owner("_imaps._tcp"), m.host("smtp"))
	}
	if m.own {
		g.line("$ORIGIN post.example.\n")
	}
}

// exchanges writes the MX records: its own host before relays, and at one name in eight one that leads nowhere.
func (m mailbox) exchanges() {
	g := m.g
	ttl := m.fields()
	first := m.host("smtp")
	if g.often(8) {
		first = g.one("old."+m.name+".post.example.", "smtp."+m.name+".post.example", "198.51.100.9")
	}
	g.record("%-24s %s MX %d %s ; first\n", m.apex(), ttl, 5*g.rnd.IntN(3), first)
	from := g.rnd.IntN(relays)
	for k := range 1 + g.rnd.IntN(2) {
		g.record("%-24s %s MX %d in%d.post.example.\n", "", ttl, 20+10*k, 1+(from+k)%relays)
	}
}

// spf is an SPF record's text.
func (m mailbox) spf() string {
	switch m.g.rnd.IntN(3) {
	case 0:
		return `"v=spf1 mx -all"`
	case 1:
		return fmt.Sprintf(`"v=spf1 mx a:smtp.%s.post.example ip4:198.51.100.0/24 ~all"`, m.name)
	}
	return "(\t\"v=spf1 ip4:198.51.100.0/24 \" ; relays\n\t\t\"ip6:2001:db8:25::/64 \"\t; the same\n\t\t\"mx -all\"\n\t)"
}

// key writes a DKIM key over several lines, or a short one.
func (m mailbox) key() {
	g := m.g
	if g.often(3) {
		g.record("%s TXT \"v=DKIM1; k=ed25519; p=%s\"\n", m.owner("ed._domainkey"), g.octets(32))
		return
	}
	key := g.dkimKey()
	g.record("%s TXT (\n\t\"v=DKIM1; k=rsa; \"\n\t\"p=%s\"\n\t\"%s\"\n\t\"%s\"\n\t) ; key of %s\n", m.owner("k1._domainkey"), key[:120], key[120:250], key[250:], m.name)
}

// fields is a TTL and a class in one of the orders in which people write them.
func (m mailbox) fields() string {
	return m.g.one("", "", "IN", "IN", "1h IN", "IN 1D", "30m", "86400", "2H IN")
}

// apex is the customer's own name.
func (m mailbox) apex() string {
	if m.own {
		return "@"
	}
	return m.name
}

// owner is the start of a line for a name below it.
func (m mailbox) owner(label string) string {
	if m.own {
		return fmt.Sprintf("%-24s %s", label, m.fields())
	}
	return fmt.Sprintf("%-24s %s", label+"."+m.name, m.fields())
}

// blank is the start of a line that has the owner above.
func (m mailbox) blank() string { return "\t\t\t" + m.fields() }

// host is a name below it as data has it: relative or absolute.
func (m mailbox) host(label string) string {
	switch {
	case m.g.often(3):
		return label + "." + m.name + ".post.example."
	case m.own:
		return label
	}
	return label + "." + m.name
}
