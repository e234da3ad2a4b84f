package lint

// After an edit only what the edit can reach is looked at again. A name is reached when its own records
// changed, or when a rule that visits it looks something up whose answer may have changed: see reach.go.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// Report is what a run found, with what the run after an edit needs to know. It never changes.
type Report struct {
	Diagnostics []Diagnostic // sorted by file, line and column; what comments silence is left out

	schedule *schedule
	raw      []Diagnostic // sorted; with what comments silence
	counted  bool         // rules with a Census counted over all names
}

// Counted tells the report of a full run, or of one after which rules with a Census counted again.
func (r *Report) Counted() bool { return r.counted }

// After is the report of the zones with one of them in a new version. What rules with a Census found is
// carried over: only a full run counts over all names again.
func (r *Report) After(before, after *zonefile.Zone, edits []zonefile.Edit) *Report {
	zones := slices.Clone(r.schedule.zones)
	i := slices.Index(zones, before)
	if i < 0 {
		return r // of other zones: nothing here changed
	}
	zones[i] = after
	names, ok := touched(before, after, edits)
	if !ok || r.schedule.contents.learns(before, after, names) {
		return start(r.schedule.rules, zones, r.schedule.opt)
	}
	next := &Report{schedule: r.schedule.after(i, after, edits)}
	visit, ok := next.schedule.reached(i, before, after, names)
	if !ok {
		return start(r.schedule.rules, zones, r.schedule.opt)
	}
	tours := next.revisit(visit)
	next.raw = r.carry(next.schedule.run, i, visit, edits, foundBy(tours))
	next.raw = merge(next.raw, next.reviseIgnores(tours))
	next.Diagnostics = next.schedule.unsilenced(next.raw)
	return next
}

// revisit visits names again, and runs the rules about whole zones. The tours hold what is found now.
func (r *Report) revisit(visit map[visitor]bool) []*tour {
	tours := make([]*tour, len(r.schedule.zones))
	for i := range tours {
		tours[i] = r.schedule.tour(i, true)
	}
	for v := range visit {
		t := tours[v.zone]
		if node := t.Zone.Node(v.name); len(node.Records) > 0 {
			t.visit(node)
		}
	}
	for _, t := range tours {
		t.visitZone(wholeZone)
		t.visitText(part{})
	}
	return tours
}

// foundBy is what tours found, sorted.
func foundBy(tours []*tour) (found []Diagnostic) {
	for _, t := range tours {
		found = append(found, t.found...)
	}
	slices.SortStableFunc(found, byPlace)
	return found
}

// reviseIgnores runs the rules about what was found, which is all in raw by now.
func (r *Report) reviseIgnores(tours []*tour) []Diagnostic {
	for _, t := range tours {
		t.found, t.carried = nil, r.raw
		t.visitZone(theFindings)
	}
	return foundBy(tours)
}

// carry takes over the findings that the edits cannot reach, at their places in the new version, and puts fresh ones
// among them. There may be very many: each is copied once.
func (r *Report) carry(next *run, zone int, visit map[visitor]bool, edits []zonefile.Edit, fresh []Diagnostic) []Diagnostic {
	c := carrier{next: next, zone: zone, moved: zonefile.OffsetsAfter(edits), fresh: fresh, files: map[*zonefile.File]*zonefile.File{}}
	for f := range r.schedule.zones[zone].Files() {
		c.files[f] = next.zones[zone].File(f.Name())
	}
	c.reserve(r.raw)
	for i := range r.raw {
		d := &r.raw[i]
		gone := d.owner == "" || visit[visitor{d.zone, d.owner}]
		if d.Rule.Census {
			gone = d.zone == zone && c.edited(d)
		}
		if gone {
			continue
		}
		c.carry(d)
	}
	return append(c.out, c.fresh...)
}

// carrier moves findings to a new version. There may be very many, so they share a few allocations.
type carrier struct {
	next    *run
	zone    int
	moved   zonefile.Offsets
	files   map[*zonefile.File]*zonefile.File
	out     []Diagnostic
	related []Related
	fresh   []Diagnostic // sorted: what is found now, as far as it is not in out yet
}

// reserve makes room for all of a list and for fresh findings, so that what was moved stays where it is.
func (c *carrier) reserve(list []Diagnostic) {
	related := 0
	for i := range list {
		related += len(list[i].Related)
	}
	c.out, c.related = make([]Diagnostic, 0, len(list)+len(c.fresh)), make([]Related, 0, related)
}

// edited tells whether an edit touches the row that a finding stands in.
func (c *carrier) edited(d *Diagnostic) bool {
	return c.moved.Changed(d.File, d.Zone.RowAt(d.File, d.Span.Start).Span())
}

// carry moves one finding, behind the fresh ones that stand before it.
func (c *carrier) carry(old *Diagnostic) {
	c.out = append(c.out, *old)
	d := &c.out[len(c.out)-1]
	d.File, d.Span = c.place(d.File, d.Span)
	d.Zone = c.next.zones[d.zone]
	for len(c.fresh) > 0 && compare(&c.fresh[0], d) < 0 {
		c.out = append(c.out, *d)
		*d, c.fresh = c.fresh[0], c.fresh[1:]
		d = &c.out[len(c.out)-1]
	}
	from := len(c.related)
	for _, rel := range old.Related {
		rel.File, rel.Span = c.place(rel.File, rel.Span)
		c.related = append(c.related, rel)
	}
	d.Related = c.related[from:len(c.related):len(c.related)]
}

// place is where a span of the old version stands in the new one.
func (c *carrier) place(f *zonefile.File, s zonefile.Span) (*zonefile.File, zonefile.Span) {
	now := c.files[f]
	if now == nil {
		return f, s
	}
	length := s.End - s.Start
	s.Start = c.moved.Shift(f, s.Start)
	return now, zonefile.Span{Start: s.Start, End: s.Start + length}
}

// start runs rules over all names.
func start(rules []*Rule, zones []*zonefile.Zone, opt Options) *Report {
	r := &Report{schedule: newSchedule(rules, zones, opt), counted: true}
	r.raw = r.schedule.all()
	r.Diagnostics = r.schedule.unsilenced(r.raw)
	return r
}
