package lint

// What some rules count over all names is behind after an edit. They alone count again: what the others found stands.

import "slices"

// Recount is the report with what rules with a Census find now. It is the report of a full run.
func (r *Report) Recount() *Report {
	zones, opt := r.schedule.zones, r.schedule.opt
	census := slices.DeleteFunc(slices.Clone(r.schedule.rules), func(rule *Rule) bool { return !rule.Census })
	next := *r
	next.counted = true
	next.raw = r.with(newSchedule(census, zones, opt).all())
	tours := make([]*tour, len(zones))
	for i := range tours {
		tours[i] = r.schedule.tour(i, false)
	}
	next.raw = merge(next.raw, next.reviseIgnores(tours))
	next.Diagnostics = next.schedule.unsilenced(next.raw)
	return &next
}

// with is the findings of rules without a Census, and among them those that rules with one find now, sorted. There may be very
// many: each is copied once, and there is no room for more.
func (r *Report) with(counted []Diagnostic) []Diagnostic {
	stands := func(d *Diagnostic) bool { return !d.Rule.Census && d.Rule.Visits != theFindings }
	count := len(counted)
	for i := range r.raw {
		if stands(&r.raw[i]) {
			count++
		}
	}
	out := make([]Diagnostic, 0, count)
	for i := range r.raw {
		d := &r.raw[i]
		if !stands(d) {
			continue
		}
		for len(counted) > 0 && compare(&counted[0], d) < 0 {
			out, counted = append(out, counted[0]), counted[1:]
		}
		out = append(out, *d)
	}
	return append(out, counted...)
}
