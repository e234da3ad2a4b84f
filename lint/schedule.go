package lint

// Which rules look at zones: those that the options let run, each with its severity. The rules are given to it, so that
// neither a rule nor what runs it needs the list of all.

import "github.com/mailzone/mailzone/zonefile"

// schedule is a run and the rules that look.
type schedule struct {
	*run
	rules  []*Rule // those that do not run, too
	active []active
}

// newSchedule prepares a run of rules over zones.
func newSchedule(rules []*Rule, zones []*zonefile.Zone, opt Options) *schedule {
	s := &schedule{run: newRun(zones, opt), rules: rules}
	for _, rule := range rules {
		severity := rule.severityIn(opt)
		s.severities[rule.Name] = severity
		if severity != 0 {
			s.active = append(s.active, active{rule, severity})
		}
	}
	return s
}

// after is the same rules over the zones with zone i in a new version, in which no directive changed.
func (s *schedule) after(i int, z *zonefile.Zone, edits []zonefile.Edit) *schedule {
	next := *s
	next.run = s.run.after(i, z, edits)
	return &next
}
