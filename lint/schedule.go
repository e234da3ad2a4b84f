package lint

// Which rules look at zones: those that the options let run, each with its severity. The rules are given to it, so that
// neither a rule nor what runs it needs the list of all.

import "github.com/mailzone/mailzone/zonefile"

// batch is how many names a worker takes at a time.
const batch = 512

// schedule is a run and the rules that look.
type schedule struct {
	*run
	rules  []*Rule // those that do not run, too
	active [][]active

	batchSize int // how many names a worker takes at a time

	wanted func(zonefile.Name) bool // which names without an MX are visited; nil: all are
}

// entwined tells whether what is found at one name decides what is told of others.
func (s *schedule) entwined() bool {
	for i, z := range s.zones {
		if len(s.ignores[i]) > 0 {
			return true
		}
		for f := range z.Files() {
			for w := range z.Inclusions(f) {
				if w.Kind() == zonefile.RowGenerate {
					return true
				}
			}
		}
	}
	return false
}

// visitsName tells whether a name is visited.
func (s *schedule) visitsName(n zonefile.Node) bool {
	return s.wanted == nil || n.Has(zonefile.TypeMX) || s.wanted(n.Name)
}

// newSchedule prepares a run of rules over zones.
func newSchedule(rules []*Rule, zones []*zonefile.Zone, opt Options) *schedule {
	return scheduleOf(newRun(zones, opt), rules)
}

// scheduleOf is rules that look in a run.
func scheduleOf(r *run, rules []*Rule) *schedule {
	s := &schedule{run: r, rules: rules, batchSize: batch}
	opt := r.opt
	first := map[*Local]int{} // of nil: where zones have no settings of their own
	for i, z := range r.zones {
		local := opt.Local[z.Root().Name()]
		if at, known := first[local]; known {
			s.looks, s.active = append(s.looks, s.looks[at]), append(s.active, s.active[at])
			continue
		}
		first[local] = i
		s.add(opt.For(z))
	}
	return s
}

// add adds the rules that run over one more zone under options.
func (s *schedule) add(opt Options) {
	l := &look{severities: map[string]Severity{}, floor: opt.floor()}
	var runs []active
	for _, rule := range s.rules {
		severity := rule.severityIn(opt)
		l.severities[rule.Name] = severity
		if severity != 0 {
			runs = append(runs, active{rule, severity})
		}
	}
	s.looks, s.active = append(s.looks, l), append(s.active, runs)
}

// after is the same rules over the zones with zone i in a new version, in which no directive changed.
func (s *schedule) after(i int, z *zonefile.Zone, edits []zonefile.Edit) *schedule {
	next := *s
	next.run = s.run.after(i, z, edits)
	return &next
}
