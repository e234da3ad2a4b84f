package lint

// What may stand in a host name, and the rules that ask.

import (
	"fmt"
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

// labels is the labels of a name, in canonical text, the root's left out.
func labels(n zonefile.Name) []string {
	var out []string
	for ; n != zonefile.Root && n != ""; n = n.Parent() {
		out = append(out, n.Label())
	}
	return out
}

// notHostname says what keeps a name from being that of a host (RFC 952, RFC 1123 §2.1); "" if nothing does.
func notHostname(n zonefile.Name) string {
	if isHostname(string(n)) {
		return ""
	}
	for _, l := range labels(n) {
		if why := notHostLabel(l); why != "" {
			return why
		}
	}
	return ""
}

// isHostname is notHostname for the names that nothing is wrong with, without any allocation.
func isHostname(n string) bool {
	edge := true // at the start of a label
	for i := 0; i < len(n); i++ {
		c := n[i]
		switch {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
			edge = false
		case c == '-':
			if edge || n[i+1] == '.' {
				return false
			}
		case c == '.':
			edge = true
		default:
			return false
		}
	}
	return true
}

// notHostLabel says what is wrong with one label.
func notHostLabel(l string) string {
	for i := 0; i < len(l); i++ {
		switch c := l[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-':
		case c == '\\' && i+1 < len(l):
			return fmt.Sprintf("%s holds an escaped character", quoteText(l))
		default:
			return fmt.Sprintf("%s holds %s", quoteText(l), quoteText(string(c)))
		}
	}
	if strings.HasPrefix(l, "-") || strings.HasSuffix(l, "-") {
		return fmt.Sprintf("%s starts or ends in a hyphen", quoteText(l))
	}
	return ""
}

// numericTop tells a name whose last label is all digits: no top-level domain is (RFC 1123 §2.1).
func numericTop(n zonefile.Name) bool {
	if len(n) < 2 || !isDigit(n[len(n)-2]) { // nearly all
		return false
	}
	all := labels(n)
	return strings.Trim(all[len(all)-1], "0123456789") == ""
}

var mxTargetNotHostname = &Rule{
	Name:     "mx-target-not-hostname",
	Severity: Error,
	Doc: `The exchange of an MX is no host name: it holds an underscore or another character that is no letter,
digit or hyphen, or a label starts or ends in a hyphen. BIND refuses the zone, and senders refuse the name.`,
	Bad: `@ MX 10 mx_1
mx_1 TXT hello`,
	Good: `@ MX 10 mx-1
mx-1 A 192.0.2.1`,
	Refs:   []string{"RFC 952", "RFC 1123 §2.1", "RFC 5321 §2.3.5"},
	Visits: mxOwners,
	Check: eachExchange(func(p *Pass, x *exchange) {
		if x.address.IsValid() {
			return
		}
		why := notHostname(x.host)
		if why == "" && numericTop(x.host) {
			why = "its last label is a number"
		}
		if why != "" {
			p.AtExchange(x, "exchange %s is no host name: %s; take letters, digits and hyphens", quoted(x.host), why)
		}
	}),
}

var hostnameInvalid = &Rule{
	Name:     "hostname-invalid",
	Severity: Error,
	Doc: `The owner of an A, AAAA or MX record, or the host that an NS, SRV or SOA names, is no host name: it holds an
underscore or another character that is no letter, digit or hyphen. named refuses the zone unless check-names says
otherwise.`,
	Bad:    "web_1 A 192.0.2.1",
	Good:   "web-1 A 192.0.2.1",
	Refs:   []string{"RFC 952", "RFC 1123 §2.1", "BIND: check-names"},
	Visits: addressOwners | mxOwners | nsOwners | srvOwners | soaOwners,
	Check: func(p *Pass) {
		n := p.Node.Name
		if n.IsWildcard() { // a wildcard stands for host names (BIND: check-names, RFC 4592 §2.1.1)
			n = n.Parent()
		}
		why := notHostname(n)
		if activeDirectory(n) {
			why = ""
		}
		for _, r := range p.Node.Records {
			switch r.Type() {
			case zonefile.TypeA, zonefile.TypeAAAA, zonefile.TypeMX:
				if why != "" {
					p.OnOwner(r, "owner %s is no host name: %s; named refuses the zone, write letters, digits and hyphens", quoted(p.Node.Name), why)
					why = "" // once for a name
				}
			case zonefile.TypeNS, zonefile.TypeSOA:
				p.checkNamed(r, 0)
			case zonefile.TypeSRV:
				p.checkNamed(r, 3)
			}
		}
	},
}

// checkNamed looks at the host that token n of a record's RDATA names. That of an MX has a rule of its own.
func (p *Pass) checkNamed(r zonefile.Record, n int) {
	t, ok := r.Token(n)
	if !ok {
		return
	}
	host, err := zonefile.ParseName(t.Text(), r.Origin())
	if err != nil {
		return
	}
	if why := notHostname(host); why != "" {
		p.At(r, n, "%s is no host name: %s; named refuses the zone, write letters, digits and hyphens", quoted(host), why)
	}
}

// activeDirectory tells the names that BIND excepts: gc._msdcs of a forest, and the zones below it.
func activeDirectory(n zonefile.Name) bool {
	rest, ok := strings.CutPrefix(string(n), "gc._msdcs.")
	return ok && notHostname(zonefile.Name(rest)) == ""
}

var wildcardInner = &Rule{
	Name:     "wildcard-inner",
	Severity: Warning,
	Doc: `An asterisk stands in an owner where it is no wildcard: only a first label that is an asterisk alone stands
for other names. "a.*.example.com" is a name that nobody asks for.`,
	Bad: `mail.* CNAME web
web A 192.0.2.1`,
	Good: `*.mail CNAME web
web A 192.0.2.1`,
	Refs:   []string{"RFC 4592 §2.1.1"},
	Visits: everyName,
	Check: func(p *Pass) {
		n := string(p.Node.Name)
		if !strings.Contains(n, ".*.") {
			return
		}
		for _, r := range p.Node.Records {
			if r.OwnerText() != "" {
				p.OnOwner(r, "the asterisk in %s is no wildcard: only a first label stands for other names, move it to the front", quoted(p.Node.Name))
			}
		}
	},
}
