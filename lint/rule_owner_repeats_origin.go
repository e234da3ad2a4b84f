package lint

// Names in the first column that were meant to be absolute and lack their final dot.

import (
	"strings"

	"github.com/mailzone/mailzone/zonefile"
)

var ownerRepeatsOrigin = &Rule{
	Name:     "owner-repeats-origin",
	Severity: Warning,
	Doc: `An owner is written without a final dot and ends in the zone's name, so the zone's name stands in it
twice: "www.example.com" becomes "www.example.com.example.com.". Nobody asks for that name.`,
	Bad:    "www.example.com A 192.0.2.1",
	Good:   "www.example.com. A 192.0.2.1",
	Refs:   []string{"RFC 1035 §5.1", "RFC 1912 §2.1"},
	Visits: everyName,
	Check: func(p *Pass) {
		apex := p.Zone.Origin()
		if !twice(p.Node.Name, apex) || apex.Labels() < 2 {
			return
		}
		for _, r := range p.Node.Records {
			text := r.OwnerText()
			if text == "" || !isRelative(text) || !endsInName(text, apex) {
				continue
			}
			d := p.OnOwner(r, "owner %s lacks its final dot and becomes %s: add the dot", quoteText(text), quoted(p.Node.Name))
			d.Offer(addOwnersDot(r))
		}
	},
}

// addOwnersDot is a fix that ends an owner with its dot. The lines below that inherit the owner are meant as well.
func addOwnersDot(r zonefile.Record) Fix {
	return Fix{
		Message: "add the dot",
		Make: on(func(_ *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			text, quote := strings.CutSuffix(r.OwnerText(), `"`)
			if text += "."; quote {
				text += `"`
			}
			return now[0].Respell(text), nil
		}, r),
	}
}

// twice tells whether a name ends in a zone's name, and what stands before that does so again.
func twice(n, apex zonefile.Name) bool {
	rest := len(n) - len(apex)
	return rest >= len(apex) && n[rest:] == apex && n[:rest].Within(apex)
}

// endsInName tells whether relative text ends in the labels of a name.
func endsInName(text string, n zonefile.Name) bool {
	meant, err := zonefile.ParseName(strings.Trim(text, `"`)+".", "")
	return err == nil && meant.Within(n)
}
