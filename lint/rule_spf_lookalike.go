package lint

// Texts that are meant as SPF, and are none to receivers: they look at the first octets alone.

import (
	"github.com/mailzone/mailzone/policy"
	"github.com/mailzone/mailzone/zonefile"
)

var spfLookalike = &Rule{
	Name:     "spf-lookalike",
	Severity: Warning,
	Doc: `A TXT record looks like SPF and is none to receivers: its words are not in quotes, which joins them without
blanks, a blank or a quote stands before the version, something else than a blank behind it, or the record begins in a
second string. The domain is one without SPF.`,
	Bad:    `@ TXT v=spf1 a:out.dns.net -all`,
	Good:   `@ TXT "v=spf1 a:out.dns.net -all"`,
	Refs:   []string{"RFC 7208 §3", "RFC 7208 §3.3", "RFC 7208 §4.5"},
	Visits: txtOwners,
	Check: func(p *Pass) {
		for _, v := range p.Texts() {
			if near, ok := v.nearlySPF(); ok {
				p.reportNearly(v, near)
			}
		}
	},
}

// reportNearly speaks of a record that is meant as SPF. Beside one that counts it must not become a second one.
func (p *Pass) reportNearly(v txtValue, near policy.NearlySPF) {
	if all := p.spfRecords(); len(all) > 0 {
		p.reportBeside(v, near, all[0])
		return
	}
	d := p.AtText(v, near.At.Start, near.At.End, "no SPF record to receivers: %s", near.Text)
	switch {
	case near.Own > 0:
		d.Offer(ownRecord(v.Record, near.Own))
	case near.Instead != "":
		whole := policy.Change{Span: policy.Span{Start: 0, End: len(v.text)}, New: near.Instead}
		d.Offer(changeText("write "+quoteShort(near.Instead), false, v, whole))
	}
}

// reportBeside speaks of a record that is meant as SPF beside one that counts. What it stands behind may count for others.
func (p *Pass) reportBeside(v txtValue, near policy.NearlySPF, counts txtValue) {
	if near.Own > 0 {
		p.AtText(v, near.At.Start, near.At.End, "no SPF record to receivers: it stands behind other text; another one of the name counts, take this one away").
			Relate(counts.Record, "the record that counts")
		return
	}
	d := p.AtText(v, near.At.Start, near.At.End, "no SPF record to receivers: %s; another one of the name counts, delete this one", near.Text)
	d.Relate(counts.Record, "the record that counts")
	d.Offer(deletion("delete this record", false, v.Record))
}

// ownRecord makes a record of its own of the strings from number n on.
func ownRecord(r zonefile.Record, n int) Fix {
	return Fix{
		Message: "make it a record of its own",
		Make: func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			r := now[0]
			text := ""
			var edits []zonefile.Edit
			for i, s := range r.Strings()[n:] {
				text += s
				edits = append(edits, r.WithoutString(n+i))
			}
			return zonefile.Chain(z,
				func(*zonefile.Zone) ([]zonefile.Edit, error) { return edits, nil },
				func(z *zonefile.Zone) ([]zonefile.Edit, error) {
					d := zonefile.Draft{Owner: r.Owner(), Type: zonefile.TypeTXT, RData: zonefile.Quote(text)}
					return z.Insert(d, zonefile.After(r.In(z, edits).Record()))
				})
		},
		Of: []zonefile.Record{r},
	}
}
