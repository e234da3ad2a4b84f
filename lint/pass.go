package lint

// A Pass is a rule's window on the zones: the name it visits, look-ups, and the way to say what is wrong.

import (
	"fmt"

	"github.com/mailzone/mailzone/zonefile"
)

// Pass is what a rule sees while it visits one owner name. It is valid during Check only.
type Pass struct {
	Zone *zonefile.Zone
	Node zonefile.Node // the name that is visited; of a rule for the whole zone: the apex

	run       *run
	zone      int // number of Zone in the run
	rule      *active
	due       map[kinds][]*active // rules by what a name is
	mx        mxRecords           // of Node
	texts     []txtValue          // the TXT records of Node; made when a rule first asks
	spf       []txtValue          // those of them that are SPF records
	dmarc     []txtValue          // those of them that are DMARC records
	read      bool                // texts are made
	readings  map[string]*reading // of texts that were read
	buffer    []byte              // room for the text that is read
	written   spelling            // of the text that was last spoken of
	keys      []dkimKey           // the DKIM keys of Node; made when a rule first asks
	keysRead  bool
	beside    []zonefile.Node // names that stand close to Node in the zone, itself among them
	at        int             // which of them is Node
	nearHosts []host          // those near Node
	serving   serving         // the name that was last asked about
	hosts     map[zonefile.Name]*host
	reads     []zonefile.Name // what the visit of Node looked up
	kept      []dependence    // what earlier visits looked up
	found     []Diagnostic
	carried   []Diagnostic // after an edit: what was found before it and still stands
	partial   bool         // not all names are visited: rules with a Census do not run
}

// visit lets every rule that cares about a name look at it.
func (p *Pass) visit(node zonefile.Node) {
	if node.Name == "" { // lines above every owner: syntax speaks of them
		return
	}
	p.turn(node)
	for _, a := range p.dueFor(p.kinds()) {
		p.rule = a
		a.Check(p)
	}
}

// dueFor is the rules that visit a name that is of some kinds. Few sets of them occur, so each is worked out once.
func (p *Pass) dueFor(is kinds) []*active {
	due, known := p.due[is]
	if known {
		return due
	}
	for i := range p.run.active {
		if a := &p.run.active[i]; a.Visits&is != 0 && !(a.Census && p.partial) {
			due = append(due, a)
		}
	}
	p.due[is] = due
	return due
}

// maxHosts is how many hosts a Pass remembers: those that one name leads to, and those that many do.
const maxHosts = 256

// turn turns to another name.
func (p *Pass) turn(node zonefile.Node) {
	p.Node = node
	p.mx.reset()
	p.nearHosts = p.nearHosts[:0]
	p.texts, p.spf, p.dmarc, p.read = p.texts[:0], p.spf[:0], p.dmarc[:0], false
	p.keys, p.keysRead = p.keys[:0], false
	if len(p.hosts) > maxHosts {
		clear(p.hosts)
	}
}

// visitZone lets the rules look that are about the zone, or about what was found.
func (p *Pass) visitZone(about kinds) {
	apex := p.Zone.Node(p.Zone.Origin())
	for i := range p.run.active {
		if a := &p.run.active[i]; a.Visits == about && !(a.Census && p.partial) {
			p.turn(apex)
			p.rule = a
			a.Check(p)
		}
	}
}

// Report says that something is wrong at a place. What it returns may be given related places and fixes,
// until the next Report.
func (p *Pass) Report(f *zonefile.File, s zonefile.Span, format string, args ...any) *Diagnostic {
	f, s, made := written(p.Zone, f, s)
	d := Diagnostic{
		Rule: p.rule.Rule, Severity: p.rule.severity, Zone: p.Zone, File: f, Span: s,
		Message: fmt.Sprintf(format, args...),
		zone:    p.zone, order: p.run.order[f], made: made,
	}
	if o := p.run.opt.Outside; o != nil {
		d.outside = o.zone
	}
	if p.rule.Visits.names() {
		d.owner = p.Node.Name
	}
	p.found = append(p.found, d)
	return &p.found[len(p.found)-1]
}

// At reports at token n of a record's RDATA.
func (p *Pass) At(r zonefile.Record, n int, format string, args ...any) *Diagnostic {
	if t, ok := r.Token(n); ok {
		return p.Report(r.File(), t.Span, format, args...)
	}
	return p.On(r, format, args...)
}

// On reports on a record as a whole.
func (p *Pass) On(r zonefile.Record, format string, args ...any) *Diagnostic {
	return p.Report(r.File(), recordSpan(r), format, args...)
}

// OnTTL reports at the TTL that a record's line states, or on the record if it inherits its TTL.
func (p *Pass) OnTTL(r zonefile.Record, format string, args ...any) *Diagnostic {
	if s, ok := ttlSpan(r); ok {
		return p.Report(r.File(), s, format, args...)
	}
	return p.On(r, format, args...)
}

// OnOwner reports at the owner that a record's line states, or on the record if it is blank.
func (p *Pass) OnOwner(r zonefile.Record, format string, args ...any) *Diagnostic {
	if n := len(r.OwnerText()); n > 0 {
		start := textSpan(r).Start
		return p.Report(r.File(), zonefile.Span{Start: start, End: start + uint32(n)}, format, args...)
	}
	return p.On(r, format, args...)
}

// Relate adds a record that has to do with the finding. One that DNS told of stands in no file.
func (d *Diagnostic) Relate(r zonefile.Record, format string, args ...any) {
	if r.Zone() == d.outside {
		return
	}
	f, s, _ := written(r.Zone(), r.File(), recordSpan(r))
	d.Related = append(d.Related, Related{f, s, fmt.Sprintf(format, args...), r})
}

// Offer adds a fix, which is right as long as the records are there that the finding speaks of. What a $GENERATE makes
// cannot be changed one by one.
func (d *Diagnostic) Offer(f Fix) {
	if d.made {
		return
	}
	var spoken []zonefile.Record
	if r := d.Zone.RowAt(d.File, d.Span.Start).Record(); !r.IsZero() {
		spoken = append(spoken, r)
	}
	for _, rel := range d.Related {
		spoken = append(spoken, rel.record)
	}
	d.Fixes = append(d.Fixes, f.since(spoken...))
}
