package lint

// Asterisks that are no wildcards, because they are not the first label alone.

import (
	"strings"
)

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
