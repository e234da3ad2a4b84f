package lint

// What some rules count over all names is behind after an edit. They alone count again: what the others found stands.

import "slices"

// Recount is the report with what rules with a Census find now. It is the report of a full run.
func (r *Report) Recount() *Report {
	zones, opt := r.schedule.zones, r.schedule.opt
	census := slices.DeleteFunc(slices.Clone(r.schedule.rules), func(rule *Rule) bool { return !rule.Census })
	next := *r
	next.raw = make([]Diagnostic, 0, len(r.raw))
	for i := range r.raw {
		if d := &r.raw[i]; !d.Rule.Census && d.Rule.Visits != theFindings {
			next.raw = append(next.raw, *d)
		}
	}
	next.raw = merge(next.raw, newSchedule(census, zones, opt).all())
	tours := make([]*tour, len(zones))
	for i := range tours {
		tours[i] = r.schedule.tour(i, false)
	}
	next.raw = merge(next.raw, next.reviseIgnores(tours))
	next.Diagnostics = next.schedule.unsilenced(next.raw)
	return &next
}
