package lint

// The MX records of the visited name, read once for all rules about them.

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// exchange is one MX record.
type exchange struct {
	zonefile.Record
	preference uint16
	host       zonefile.Name
	token      zonefile.Token // the exchange as written
}

// null tells a null MX: the domain accepts no mail (RFC 7505 §3).
func (x exchange) null() bool { return x.host == zonefile.Root }

// relative tells whether the exchange is written without a final dot.
func (x exchange) relative() bool { return isRelative(x.token.Text()) }

// isRelative tells a name that the origin is appended to.
func isRelative(text string) bool {
	return text != "@" && (!strings.HasSuffix(text, ".") || strings.HasSuffix(text, `\.`))
}

// Exchanges is the MX records of the visited name that can be read.
func (p *Pass) Exchanges() []exchange {
	if p.asked {
		return p.exchanges
	}
	p.asked = true
	for _, r := range p.Node.Records {
		if r.Type() != zonefile.TypeMX {
			continue
		}
		data := r.RData()
		if len(data) < 2 {
			continue
		}
		host, err := zonefile.ParseName(data[1].Text(), r.Origin())
		preference, err2 := strconv.ParseUint(data[0].Raw, 10, 16)
		if err == nil && err2 == nil {
			p.exchanges = append(p.exchanges, exchange{r, uint16(preference), host, data[1]})
		}
	}
	return p.exchanges
}

// real is the exchanges that mail can go to: without null MX.
func (p *Pass) real() []exchange {
	all := p.Exchanges()
	if !slices.ContainsFunc(all, exchange.null) {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), exchange.null)
}

// AtExchange reports at the exchange of an MX.
func (p *Pass) AtExchange(x exchange, format string, args ...any) *Diagnostic {
	return p.Report(x.File(), x.token.Span, format, args...)
}

// address is the IP address that stands in the exchange's place. A relative one counts only where no such
// name exists: strange as it is, somebody may have made it.
func (p *Pass) address(x exchange) (netip.Addr, bool) {
	text := strings.Trim(strings.TrimSuffix(x.token.Text(), "."), "[]")
	if text == "" || !isDigit(text[0]) && !strings.Contains(text, ":") {
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(text)
	if err != nil {
		text = strings.TrimSuffix(text, "."+bare(p.Zone.Origin()))
		a, err = netip.ParseAddr(text)
	}
	if err != nil || a.Zone() != "" {
		return netip.Addr{}, false
	}
	return a, !p.Exists(x.host)
}

// dotMissing tells whether an exchange is meant to be absolute: it is relative, has dots, does not exist,
// and ends in the name of its own zone or in a name under which domains are registered.
func (p *Pass) dotMissing(x exchange) bool {
	text := x.token.Text()
	if !x.relative() || !strings.Contains(text, ".") || p.isPlain(x.host) || !p.looksAbsolute(text) {
		return false
	}
	if _, isAddress := p.address(x); isAddress || p.Exists(x.host) || p.run.mightHold(x.host) {
		return false
	}
	return p.run.zoneOf(x.host) != nil && p.Lookup(x.host, zonefile.TypeA).Result != zonefile.Delegated
}

// isPlain tells a name that surely exists: it has addresses of its own.
func (p *Pass) isPlain(n zonefile.Name) bool {
	h := p.Host(n)
	return len(h.records) > 0 && !h.Aliased() && h.Wildcard == ""
}

// looksAbsolute tells relative text that ends as absolute names do.
func (p *Pass) looksAbsolute(text string) bool {
	meant, err := zonefile.ParseName(text+".", "")
	apex := p.Zone.Origin()
	return err == nil && (meant.Within(apex) && apex != zonefile.Root || registrable(meant))
}
