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
		levels := levels{}
		for node := range p.Zone.NodesOf(zonefile.TypeMX) {
			if node.Name != p.Zone.Origin() {
				levels.add(node)
			}
		}
		if !levels.judge() {
			return
		}
		for node := range p.Zone.NodesOf(zonefile.TypeMX) {
			if l := levels[node.Name.Parent()]; l != nil && node.Name != p.Zone.Origin() {
				l.report(p, node)
			}
		}
	},
}

// levels is the levels of a zone, by the name that they are below.
type levels map[zonefile.Name]*level

// level is the names with an MX directly below one name, by MX set.
type level struct {
	count int
	sets  map[uint64]*sharers

	common uint64 // the set that most have
}

// sharers is names of one MX set.
type sharers struct {
	first zonefile.Node
	count int
}

// add counts a name in.
func (l levels) add(n zonefile.Node) {
	parent := n.Name.Parent()
	if l[parent] == nil {
		l[parent] = &level{sets: map[uint64]*sharers{}}
	}
	l[parent].add(n)
}

// add counts a name in.
func (l *level) add(n zonefile.Node) {
	set := setNumber(n)
	if l.sets[set] == nil {
		l.sets[set] = &sharers{first: n}
	}
	l.sets[set].count++
	l.count++
}

// judge keeps the levels where four and four fifths of all agree, and some do not; false if there are none.
func (l levels) judge() bool {
	for parent, level := range l {
		for set, names := range level.sets {
			if names.count >= 4 && names.count*5 >= level.count*4 && names.count < level.count {
				level.common = set
			}
		}
		if level.common == 0 {
			delete(l, parent)
		}
	}
	return len(l) > 0
}

// report reports a name that differs.
func (l *level) report(p *Pass, n zonefile.Node) {
	if setNumber(n) == l.common {
		return
	}
	others := l.sets[l.common]
	model := others.first.Of(zonefile.TypeMX)
	mx := n.Of(zonefile.TypeMX)
	d := p.On(mx[0], "the MX of %s differs from that of %s beside it", quoted(n.Name), plural(others.count, "name"))
	d.Relate(model[0], "what the others have")
	d.Offer(copySet(mx, model))
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
