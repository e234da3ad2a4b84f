package lint

// Names of one level that are alike but for one: most often somebody forgot it when the others were moved.

import (
	"iter"
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
		levels := findLevels(p)
		if !levels.agree() {
			return
		}
		levels.findModels(p)
		for i, node := range below(p) {
			if m := levels.members[i]; levels.list[m.level].differs(m.set) {
				levels.list[m.level].report(p, node)
			}
		}
	},
}

// levels is the levels of a zone, and of each name with an MX its level and its set, in the order of the zone: of a zone of a
// million names neither names nor records are held.
type levels struct {
	list    []level
	members []member
}

// member is a name with an MX.
type member struct {
	set   uint64
	level int32
}

// level is the names with an MX directly below one name. The set that most have is found by voting (Boyer and Moore), and then
// counted.
type level struct {
	names  int
	common uint64 // the set that most have, if there is such a set
	votes  int    // for it, those against it taken away

	shared int               // how many have it
	first  int               // the number of the first of them
	model  []zonefile.Record // its MX
}

// below yields the names below the zone's own that have an MX, numbered.
func below(p *Pass) iter.Seq2[int, zonefile.Node] {
	return func(yield func(int, zonefile.Node) bool) {
		i := 0
		for node := range p.Zone.NodesOf(zonefile.TypeMX) {
			if node.Name == p.Zone.Origin() {
				continue
			}
			if !yield(i, node) {
				return
			}
			i++
		}
	}
}

// findLevels goes through the zone.
func findLevels(p *Pass) (l levels) {
	numbers := map[zonefile.Name]int32{}
	for _, node := range below(p) {
		parent := node.Name.Parent()
		number, known := numbers[parent]
		if !known {
			number = int32(len(l.list))
			numbers[parent] = number
			l.list = append(l.list, level{})
		}
		set := setNumber(node)
		l.list[number].vote(set)
		l.members = append(l.members, member{set, number})
	}
	return l
}

// agree counts who has the set that most seem to have; false where no level agrees on one.
func (l levels) agree() bool {
	for i, m := range l.members {
		if of := &l.list[m.level]; m.set == of.common {
			if of.shared++; of.shared == 1 {
				of.first = i
			}
		}
	}
	return slices.ContainsFunc(l.list, level.agrees)
}

// findModels finds the records of the first that has the set of its level, of the levels that agree.
func (l levels) findModels(p *Pass) {
	missing := 0
	for _, of := range l.list {
		if of.agrees() {
			missing++
		}
	}
	for i, node := range below(p) {
		if of := &l.list[l.members[i].level]; of.agrees() && of.first == i {
			of.model = node.Of(zonefile.TypeMX)
			if missing--; missing == 0 {
				return
			}
		}
	}
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

// agrees tells a level where four and four fifths of all agree, and some do not.
func (l level) agrees() bool {
	return l.shared >= 4 && l.shared*5 >= l.names*4 && l.shared < l.names
}

// differs tells a set that is another than that of the others.
func (l level) differs(set uint64) bool { return set != l.common && l.agrees() }

// report reports a name that differs.
func (l *level) report(p *Pass, n zonefile.Node) {
	mx := n.Of(zonefile.TypeMX)
	d := p.On(mx[0], "the MX of %s differs from that of %s beside it", quoted(n.Name), plural(l.shared, "name"))
	d.Relate(l.model[0], "what the others have")
	d.Offer(copySet(mx, l.model))
}

// copySet gives a name with the MX records old those of another one.
func copySet(old, model []zonefile.Record) Fix {
	return Fix{
		Message: "use the MX records of the names beside it",
		Make: func(z *zonefile.Zone, now []zonefile.Record, _ []string) ([]zonefile.Edit, error) {
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
		},
		Of: slices.Concat(old, model),
	}
}
