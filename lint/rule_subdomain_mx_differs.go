package lint

// Names of one level that are alike but for one: most often somebody forgot it when the others were moved.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

var subdomainMXDiffers = &Rule{
	Name:     "subdomain-mx-differs",
	Severity: Info,
	Doc: `Most names of one level have the same MX records, and this one has others. It may have been forgotten when
the others were moved.`,
	Bad: `a MX 10 mx1
b MX 10 mx1
c MX 10 mx1
d MX 10 mx1
e MX 10 mx2
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Good: `a MX 10 mx1
b MX 10 mx1
c MX 10 mx1
d MX 10 mx1
e MX 10 mx1
mx1 A 192.0.2.1
mx2 A 192.0.2.2`,
	Refs:   []string{"RFC 5321 §5.1"},
	Visits: wholeZone,
	Census: true,
	Check: func(p *Pass) {
		levels := map[zonefile.Name]*level{}
		for node := range p.Zone.Nodes() {
			if node.Has(zonefile.TypeMX) && node.Name != p.Zone.Origin() {
				parent := node.Name.Parent()
				if levels[parent] == nil {
					levels[parent] = &level{sets: map[string][]zonefile.Node{}}
				}
				levels[parent].add(node)
			}
		}
		for _, l := range levels {
			l.report(p)
		}
	},
}

// level is the names with an MX directly below one name, by MX set.
type level struct {
	count int
	sets  map[string][]zonefile.Node
}

// add counts a name in.
func (l *level) add(n zonefile.Node) {
	set := setOf(n)
	l.count++
	l.sets[set] = append(l.sets[set], n)
}

// report reports the names that differ where four and four fifths of all agree.
func (l *level) report(p *Pass) {
	for common, names := range l.sets {
		if len(names) < 4 || len(names)*5 < l.count*4 {
			continue
		}
		for set, others := range l.sets {
			if set == common {
				continue
			}
			for _, n := range others {
				d := p.On(n.Of(zonefile.TypeMX)[0], "the MX of %s differs from that of %s beside it", quoted(n.Name), plural(len(names), "name"))
				d.Relate(names[0].Of(zonefile.TypeMX)[0], "what the others have")
				d.Offer(copySet(n.Of(zonefile.TypeMX), names[0].Of(zonefile.TypeMX)))
			}
		}
	}
}

// copySet gives a name with the MX records old those of another one.
func copySet(old, model []zonefile.Record) Fix {
	return Fix{
		Message: "use the MX records of the names beside it",
		Make: on(func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
			old, model := now[:len(old)], now[len(old):]
			var added []zonefile.Edit
			return zonefile.Chain(z,
				func(z *zonefile.Zone) ([]zonefile.Edit, error) {
					for _, r := range model {
						host, _ := r.Target()
						preference, _ := r.Preference()
						d := zonefile.Draft{Owner: old[0].Owner(), Type: zonefile.TypeMX, RData: decimal(uint32(preference)) + " " + string(host)}
						edits, err := z.Insert(d, zonefile.After(old[len(old)-1]))
						if err != nil {
							return nil, err
						}
						added = append(added, edits...)
					}
					return added, nil
				},
				func(z *zonefile.Zone) ([]zonefile.Edit, error) {
					var gone []zonefile.Record
					for _, r := range old {
						gone = append(gone, r.In(z, added).Record())
					}
					return z.Delete(gone...)
				})
		}, slices.Concat(old, model)...),
	}
}
