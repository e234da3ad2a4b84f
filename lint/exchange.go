package lint

// The MX records of the visited name, read once for all rules about them.

import (
	"net/netip"
	"slices"
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
		host, ok := r.Target()
		preference, numeric := r.Preference()
		token, _ := r.Token(int(zonefile.Exchange))
		if ok && numeric {
			p.exchanges = append(p.exchanges, exchange{r, preference, host, token})
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
	a, err := netip.ParseAddr(text)
	if err != nil {
		text = strings.TrimSuffix(text, "."+strings.TrimSuffix(string(p.Zone.Origin()), "."))
		a, err = netip.ParseAddr(text)
	}
	if err != nil || a.Zone() != "" || !a.Is4() && !strings.Contains(text, "::") && strings.Count(text, ":") != 7 {
		return netip.Addr{}, false
	}
	return a, !p.Exists(x.host)
}

// dotMissing tells whether an exchange is meant to be absolute: it is relative, has dots, does not exist,
// and ends in the name of its own zone or in a name under which domains are registered.
func (p *Pass) dotMissing(x exchange) bool {
	text := x.token.Text()
	if !x.relative() || !strings.Contains(text, ".") || p.Exists(x.host) || p.run.mightHold(x.host) {
		return false
	}
	if _, isAddress := p.address(x); isAddress {
		return false
	}
	if z := p.run.zoneOf(x.host); z == nil || p.Lookup(x.host, zonefile.TypeA).Result == zonefile.Delegated {
		return false
	}
	meant, err := zonefile.ParseName(text+".", "")
	return err == nil && (meant.Within(p.Zone.Origin()) && p.Zone.Origin() != zonefile.Root || registrable(meant))
}
