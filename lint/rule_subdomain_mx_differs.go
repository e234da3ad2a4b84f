package lint

// Names of one level that are alike but for one: most often somebody forgot it when the others were moved.

import (
	"maps"
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
		levels.each(p, func(l *level, n zonefile.Node) { l.vote(setNumber(n)) }, true)
		if !levels.keep(func(l *level) bool { return l.mayAgree() }) {
			return
		}
		levels.each(p, func(l *level, n zonefile.Node) { l.count(n) }, false)
		if !levels.keep(func(l *level) bool { return l.agrees() }) {
			return
		}
		levels.each(p, func(l *level, n zonefile.Node) { l.report(p, n) }, false)
	},
}

// levels is the levels of a zone, by the name that they are below.
type levels map[zonefile.Name]*level

// level is the names with an MX directly below one name. A zone may have a million of them with as many MX sets, and none
// is held: a set that most have is found by voting (Boyer and Moore), and then counted.
type level struct {
	names  int
	common uint64 // the set that most have, if there is such a set
	votes  int    // for it, those against it taken away

	first  zonefile.Node // that has it
	shared int           // how many have it
}

// each goes through the names of the visited zone that have an MX and are of a level; all makes the levels.
func (l levels) each(p *Pass, do func(l *level, n zonefile.Node), all bool) {
	for node := range p.Zone.NodesOf(zonefile.TypeMX) {
		if node.Name == p.Zone.Origin() {
			continue
		}
		parent := node.Name.Parent()
		of := l[parent]
		if of == nil && all {
			of = &level{}
			l[parent] = of
		}
		if of != nil {
			do(of, node)
		}
	}
}

// keep keeps some levels; false if there are none.
func (l levels) keep(some func(*level) bool) bool {
	maps.DeleteFunc(l, func(_ zonefile.Name, of *level) bool { return !some(of) })
	return len(l) > 0
}

// vote counts a name's set for or against the one that most seem to have.
func (l *level) vote(set uint64) {
	l.names++
	switch {
	case l.votes == 0:
		l.common, l.votes = set, 1
	case l.common == set:
		l.votes++
	default:
		l.votes--
	}
}

// mayAgree tells a level in which four fifths may have one set, and some do not: if they have, three fifths of the votes
// are left.
func (l *level) mayAgree() bool { return l.votes < l.names && l.votes*5 >= l.names*3 }

// count counts a name that has the set.
func (l *level) count(n zonefile.Node) {
	if setNumber(n) != l.common {
		return
	}
	if l.shared++; l.shared == 1 {
		l.first = n
	}
}

// agrees tells a level where four and four fifths of all agree, and some do not.
func (l *level) agrees() bool {
	return l.shared >= 4 && l.shared*5 >= l.names*4 && l.shared < l.names
}

// report reports a name that differs.
func (l *level) report(p *Pass, n zonefile.Node) {
	if setNumber(n) == l.common {
		return
	}
	model := l.first.Of(zonefile.TypeMX)
	mx := n.Of(zonefile.TypeMX)
	d := p.On(mx[0], "the MX of %s differs from that of %s beside it", quoted(n.Name), plural(l.shared, "name"))
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
