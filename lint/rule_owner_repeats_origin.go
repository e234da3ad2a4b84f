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
twice: "www.example.com" becomes "www.example.com.example.com.". Nobody asks for that name. In a reverse zone it is
an owner that ends in the zone's numbers: "10.2.0.192" in 2.0.192.in-addr.arpa., where "10" is meant.`,
	Bad:    "www.example.com A 192.0.2.1",
	Good:   "www.example.com. A 192.0.2.1",
	Refs:   []string{"RFC 1035 §5.1", "RFC 1912 §2.1"},
	Visits: everyName,
	Check: func(p *Pass) {
		apex := p.Zone.Origin()
		if p.run.reverse {
			reportNumbersTwice(p)
		}
		if !mayHoldTwice(p.Node.Name, apex) || apex.Labels() < 2 {
			return
		}
		for _, r := range p.Node.Records {
			if !ownerLacksDot(r, apex) {
				continue
			}
			text := r.OwnerText()
			d := p.OnOwner(r, "owner %s lacks its final dot: it becomes %s, add the dot", quoteText(text), quoted(p.Node.Name))
			d.Offer(addOwnersDot(r))
		}
	},
}

// reportNumbersTwice reports owners in a reverse zone that hold the zone's numbers again. What is no longer than an
// address may be one.
func reportNumbersTwice(p *Pass) {
	numbers, most := reverseNumbers(p.Zone.Origin())
	if numbers == "" || p.Node.Name.Labels() <= most {
		return
	}
	for _, r := range p.Node.Records {
		text := strings.Trim(r.OwnerText(), `"`)
		first, ends := strings.CutSuffix("."+text, "."+numbers)
		if !ends || r.Origin() != p.Zone.Origin() {
			continue
		}
		if first = strings.TrimPrefix(first, "."); first == "" {
			first = "@"
		}
		becomes := ""
		if p.Node.Name.Within("in-addr.arpa.") { // of IPv6 it would fill the screen
			becomes = " and becomes " + quoted(p.Node.Name)
		}
		p.OnOwner(r, "the owner holds the numbers of the zone again%s: write %s", becomes, quoteText(first)).Offer(respell(r, first))
	}
}

// reverseNumbers is the labels of a reverse zone before its suffix, "" if it is none, and how many labels the names of
// addresses have there (RFC 1035 §3.5, RFC 3596 §2.5).
func reverseNumbers(apex zonefile.Name) (numbers string, most int) {
	for suffix, labels := range map[string]int{".in-addr.arpa.": 4 + 2, ".ip6.arpa.": 32 + 2} {
		if before, ok := strings.CutSuffix(string(apex), suffix); ok {
			return before, labels
		}
	}
	return "", 0
}

// respell is a fix that writes an owner otherwise. The lines below that inherit it are meant as well.
func respell(r zonefile.Record, owner string) Fix {
	return Fix{
		Message: "write " + quoteText(owner),
		Make: func(_ *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			return now[0].Respell(owner), nil
		},
		Of: []zonefile.Record{r},
	}
}

// addOwnersDot is a fix that ends an owner with its dot. The lines below that inherit the owner are meant as well.
func addOwnersDot(r zonefile.Record) Fix {
	return Fix{
		Message: "add the dot",
		Make: func(_ *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			text, quote := strings.CutSuffix(r.OwnerText(), `"`)
			if text += "."; quote {
				text += `"`
			}
			return now[0].Respell(text), nil
		},
		Of: []zonefile.Record{r},
	}
}
