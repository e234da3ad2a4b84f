package lint

// Rules about the names in the first column.

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
			d.Offer(insertText("add the dot", false, r.File(), textSpan(r).Start+uint32(len(text)), "."))
		}
	},
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

var outOfZone = &Rule{
	Name:     "out-of-zone",
	Severity: Warning,
	Doc: `A record belongs to a name that is not in the zone. BIND ignores it: whoever wrote it meant another name, or
another file.`,
	Bad:    "www.example.net. A 192.0.2.1",
	Good:   "www.example.com. A 192.0.2.1",
	Refs:   []string{"RFC 1035 §5.2", "BIND: ignoring out-of-zone data"},
	Visits: everyName,
	Check: func(p *Pass) {
		if p.Node.Name.Within(p.Zone.Origin()) {
			return
		}
		if _, isZone := p.Zone.SOA(); !isZone {
			return
		}
		for _, r := range p.Node.Records {
			if strings.HasSuffix(string(p.Node.Name), "..") {
				return // a name that does not parse: syntax
			}
			p.OnOwner(r, "%s is not in the zone %s: BIND ignores the record", quoted(p.Node.Name), quoted(p.Zone.Origin())).
				Offer(deletion(p.Zone, "delete the record", false, r))
		}
	},
}
