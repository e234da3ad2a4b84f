package newzone

// The text of a new zone: owners in one column, the SOA with one number a line, as people write it by hand.

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// The times of a new SOA (RFC 1912 §2.2), and how long is remembered that a name does not exist (RFC 2308 §5).
const (
	refresh  = "8h"
	retry    = "2h"
	expire   = "4w"
	negative = "1h"
)

// Text is the zone file; the error is *Wrong.
func (a Answers) Text() (string, error) {
	if err := a.check(); err != nil {
		return "", err
	}
	w := writer{origin: a.Origin}
	if p := a.Present; p != nil {
		w.origin = p.Origin
	} else {
		fmt.Fprintf(&w.out, "$ORIGIN %s\n", a.Origin)
	}
	if a.Present == nil || !a.Present.TTL {
		fmt.Fprintf(&w.out, "$TTL %s\n", a.TTL)
	}
	rows := a.rows()
	for _, r := range append(rows, row{owner: a.Origin}) {
		w.width = max(w.width, min(len(r.owner.In(w.origin)), mostColumn))
	}
	w.soa(a)
	for _, r := range rows {
		w.row(r)
	}
	return w.out.String(), nil
}

// mostColumn is how wide the column of owners is at most.
const mostColumn = 24

// row is a record to be written.
type row struct {
	owner     zonefile.Name
	typ, data string
}

// writer writes rows, an owner once.
type writer struct {
	out    strings.Builder
	origin zonefile.Name
	width  int
	last   zonefile.Name
}

// soa writes the start of authority. The mailbox is the one that DNS asks for (RFC 2142 §7).
func (w *writer) soa(a Answers) {
	fmt.Fprintf(&w.out, "%-*s IN SOA %s %s (\n", w.width, a.Origin.In(w.origin), a.Servers[0].Name.In(w.origin), ("hostmaster." + a.Origin).In(w.origin))
	for i, n := range []struct{ value, what string }{
		{a.Serial, "serial"}, {refresh, "refresh"}, {retry, "retry"}, {expire, "expire"}, {negative, "negative answers"},
	} {
		end := ""
		if i == 4 {
			end = " )"
		}
		fmt.Fprintf(&w.out, "%*s %-10s ; %s\n", w.width+4, "", n.value+end, n.what)
	}
	w.last = a.Origin
}

// row writes a record.
func (w *writer) row(r row) {
	owner := ""
	if r.owner != w.last {
		owner = r.owner.In(w.origin)
	}
	w.last = r.owner
	fmt.Fprintf(&w.out, "%-*s IN %-5s %s\n", w.width, owner, r.typ, r.data)
}

// rows is all records but the SOA, those of a name one behind the other.
func (a Answers) rows() (rows []row) {
	origin := a.Origin
	if a.Present != nil {
		origin = a.Present.Origin
	}
	names := []zonefile.Name{a.Origin}
	of := map[zonefile.Name][]row{}
	add := func(owner zonefile.Name, typ, data string) {
		if !slices.Contains(names, owner) {
			names = append(names, owner)
		}
		of[owner] = append(of[owner], row{owner, typ, data})
	}
	for _, s := range a.Servers {
		if a.Present != nil && slices.Contains(a.Present.Servers, s.Name) {
			continue
		}
		add(a.Origin, "NS", s.Name.In(origin))
	}
	if a.Present != nil {
		a.addresses(add)
		return collect(names, of)
	}
	domains := a.mail(add)
	for _, r := range a.Provider {
		add(r.Owner, r.Type, r.RData)
	}
	a.addresses(add)
	if !a.leavesOut(OfSPF) {
		a.senders(domains, add)
	}
	if len(a.Web) > 0 && !a.leavesOut(OfWWW) {
		add("www."+a.Origin, "CNAME", "@")
	}
	if !a.leavesOut(OfDMARC) {
		add("_dmarc."+a.Origin, "TXT", zonefile.Quote(a.dmarc()))
	}
	return collect(names, of)
}

// collect is the rows of names, in the order in which they were named.
func collect(names []zonefile.Name, of map[zonefile.Name][]row) (rows []row) {
	for _, n := range names {
		rows = append(rows, of[n]...)
	}
	return rows
}

// addresses adds those of hosts.
func (a Answers) addresses(add func(zonefile.Name, string, string)) {
	for _, h := range a.hosts() {
		for _, at := range h.Addresses {
			add(h.Name, zonefile.AddressType(at).String(), at.String())
		}
	}
}

// mail adds what says where mail goes, and gives the names that get mail.
func (a Answers) mail(add func(zonefile.Name, string, string)) (domains []zonefile.Name) {
	switch a.Mail {
	case None:
		add(a.Origin, "MX", "0 .") // RFC 7505
		return nil
	case Hosted:
		return nil
	}
	preference := map[zonefile.Name]int{}
	for _, x := range a.Exchanges {
		if preference[x.For] += 10; preference[x.For] == 10 {
			domains = append(domains, x.For)
		}
		add(x.For, "MX", fmt.Sprintf("%d %s", preference[x.For], x.Name.In(a.Origin)))
	}
	return domains
}

// senders adds SPF: of names that get mail, which their exchanges send, and of the exchanges, which greet by their own names (RFC 7208
// §2.3). The zone's own name sends nothing if nobody said that it gets any.
func (a Answers) senders(domains []zonefile.Name, add func(zonefile.Name, string, string)) {
	if a.Mail == Hosted {
		return
	}
	for _, n := range domains {
		add(n, "TXT", `"v=spf1 mx -all"`)
	}
	if !slices.Contains(domains, a.Origin) {
		add(a.Origin, "TXT", `"v=spf1 -all"`)
		domains = append(domains, a.Origin)
	}
	for _, x := range a.Exchanges {
		if x.Name.Within(a.Origin) && !slices.Contains(domains, x.Name) {
			domains = append(domains, x.Name)
			add(x.Name, "TXT", `"v=spf1 a -all"`)
		}
	}
}

// dmarc is the policy: of a domain that sends, reports alone, for nobody knows yet who sends in its name (RFC 7489 §7.1); of one that
// sends nothing, that all is refused.
func (a Answers) dmarc() string {
	text := "v=DMARC1; p=none"
	if a.Mail == None {
		text = "v=DMARC1; p=reject"
	}
	if a.Report != "" {
		text += "; rua=mailto:" + a.Report
	}
	return text
}

// LeftToDo is what no zone file can do, in sentences that begin so.
func (a Answers) LeftToDo() (todo []string) {
	for _, text := range a.leftToDo() {
		todo = append(todo, "left to do: "+text)
	}
	return todo
}

// leftToDo is the same without that.
func (a Answers) leftToDo() (todo []string) {
	var ptr []string
	for _, x := range a.Exchanges {
		for _, at := range x.Addresses {
			if line := fmt.Sprintf("%s PTR %s", zonefile.Backwards(at), x.Name); !slices.Contains(ptr, line) {
				ptr = append(ptr, line)
			}
		}
	}
	domain := strings.TrimSuffix(string(a.Origin), ".")
	if a.Mail != None {
		todo = append(todo, fmt.Sprintf("somebody has to read the mail of postmaster@%[1]s (RFC 5321 §4.5.1) and abuse@%[1]s (RFC 2142)", domain))
	}
	if len(ptr) > 0 {
		todo = append(todo, "the reverse zone, which is your provider's if it is not yours: "+zonefile.List(ptr, "and"))
	}
	for _, s := range a.Servers {
		if !s.Name.Within(a.Origin) {
			todo = append(todo, fmt.Sprintf("%s is another's server: it has to take the zone over, and this server has to let it", s.Name))
		}
	}
	inside := slices.DeleteFunc(slices.Clone(a.Servers), func(h Host) bool { return !h.Name.Within(a.Origin) })
	if len(inside) > 0 {
		todo = append(todo, fmt.Sprintf("the zone above has to name the servers of %s, with the addresses of those inside it", domain))
	}
	return todo
}

// The ways in which a serial counts, by the names that a command has for them.
const (
	ByDate = "date"      // YYYYMMDDnn
	ByOne  = "increment" // 1, 2, 3
	ByUnix = "unix"      // seconds since 1970
)

// FirstSerial is the serial that a zone begins with.
func FirstSerial(way string, now time.Time) string {
	switch way {
	case ByOne:
		return "1"
	case ByUnix:
		return fmt.Sprint(now.Unix())
	}
	return now.UTC().Format("20060102") + "01" // RFC 1912 §2.2
}

// Statement is what named.conf has to say for the zone to be served from a file.
func (a Answers) Statement(path string) string {
	return "left to do: in named.conf, then rndc reconfig: " + a.statement(path)
}

// statement is that statement alone.
func (a Answers) statement(path string) string {
	return fmt.Sprintf("zone %q { type primary; file %s; };", strings.TrimSuffix(string(a.Origin), "."), zonefile.Quote(path))
}

// Addresses reads addresses between commas.
func Addresses(text string) (list []netip.Addr, err error) {
	for word := range strings.SplitSeq(text, ",") {
		a, err := netip.ParseAddr(strings.TrimSpace(word))
		if err != nil || a.Zone() != "" {
			return nil, fmt.Errorf("%s is no address: write it as 192.0.2.1 or 2001:db8::1", strings.TrimSpace(word))
		}
		list = append(list, a.Unmap())
	}
	return list, nil
}

// ReadHost reads HOST or HOST=ADDRESS,...: a name without its final dot is whole if it ends in the zone's, or if it has dots and no
// addresses, for then it is another's; else it is relative to the zone.
func ReadHost(text string, origin zonefile.Name) (h Host, err error) {
	name, addresses, given := strings.Cut(strings.TrimSpace(text), "=")
	name = strings.TrimSpace(name)
	if given {
		if h.Addresses, err = Addresses(addresses); err != nil {
			return h, err
		}
	}
	whole, err := zonefile.ParseName(name, zonefile.Root)
	switch dotted := strings.Contains(strings.TrimSuffix(name, "."), "."); {
	case err != nil || name == "":
		return h, fmt.Errorf("%q is no name of a host", name)
	case strings.HasSuffix(name, "."), dotted && whole.Within(origin), dotted && !given:
		h.Name = whole
		return h, nil
	}
	h.Name, err = zonefile.ParseName(name, origin)
	return h, err
}

// ReadHosts reads hosts one behind the other, each with its addresses behind it, between blanks or commas.
func ReadHosts(text string, origin zonefile.Name) (list []Host, err error) {
	var texts []string
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' }) {
		switch last := len(texts) - 1; {
		case !isAddress(word) || last < 0:
			texts = append(texts, word)
		case strings.Contains(texts[last], "="):
			texts[last] += "," + word
		default:
			texts[last] += "=" + word
		}
	}
	for _, one := range texts {
		h, err := ReadHost(one, origin)
		if err != nil {
			return nil, err
		}
		list = append(list, h)
	}
	return list, nil
}

// isAddress tells an address.
func isAddress(word string) bool {
	_, err := netip.ParseAddr(word)
	return err == nil
}

// ReadExchange reads [DOMAIN:]HOST[=ADDRESS,...]: without a domain it is the zone's own name. A domain is relative to the zone, unless it
// ends in the zone's name or in a dot.
func ReadExchange(text string, origin zonefile.Name) (x Exchange, err error) {
	domain, host, of := strings.Cut(text, ":")
	if !of || strings.Contains(domain, "=") { // a colon of an IPv6 address
		domain, host = "@", text
	}
	if x.Host, err = ReadHost(host, origin); err != nil {
		return x, err
	}
	x.For, err = zonefile.ParseName(domain, origin)
	if whole, bad := zonefile.ParseName(domain, zonefile.Root); bad == nil && whole.Within(origin) {
		x.For, err = whole, nil
	}
	if err != nil {
		err = fmt.Errorf("%s: %w", domain, err)
	}
	return x, err
}
