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
	d.Related = append(d.Related, Related{f, s, fmt.Sprintf(format, args...)})
}

// Offer adds a fix. What a $GENERATE makes cannot be changed one by one.
func (d *Diagnostic) Offer(f Fix) {
	if !d.made {
		d.Fixes = append(d.Fixes, f)
	}
}

// written is where a place of the zone is written: the directive, for a record that a $GENERATE makes.
func written(z *zonefile.Zone, f *zonefile.File, s zonefile.Span) (*zonefile.File, zonefile.Span, bool) {
	if f.ReadOnly() == "" || f.Size() == 0 {
		return f, s, false
	}
	r := z.RowAt(f, s.Start).Record()
	if r.IsZero() {
		return f, s, false
	}
	w := r.MadeBy()
	if w.IsZero() {
		return f, s, false
	}
	at := w.Span()
	at.End = at.Start + uint32(lineLen(w.Text()))
	return w.File(), at, true
}

// textSpan is a record's text without blanks around it and without its comment: from its first token on.
func textSpan(r zonefile.Record) zonefile.Span {
	s, text := r.Span(), r.Text()
	i := 0
	for i < len(text) && (text[i] == ' ' || text[i] == '\t' || text[i] == '(') {
		i++
	}
	s.Start += uint32(i)
	return s
}

// recordSpan is what a record says: its first token to its last.
func recordSpan(r zonefile.Record) zonefile.Span {
	s := textSpan(r)
	if data := r.RData(); len(data) > 0 {
		s.End = data[len(data)-1].Span.End
		return s
	}
	s.End = s.Start + uint32(lineLen(r.File().Slice(s)))
	return s
}

// lineLen is the length of the first line of text, comment and blanks at its end left out.
func lineLen(text []byte) int {
	n := 0
	for i, c := range text {
		if c == '\n' || c == '\r' || c == ';' {
			break
		}
		if c != ' ' && c != '\t' {
			n = i + 1
		}
	}
	return n
}

// ttlSpan is the place of the TTL that a record's line states.
func ttlSpan(r zonefile.Record) (zonefile.Span, bool) {
	if _, ok := r.StatedTTL(); !ok {
		return zonefile.Span{}, false
	}
	s, text := r.Span(), r.Text()
	for i := int(textSpan(r).Start-s.Start) + len(r.OwnerText()); i < len(text); {
		end := i
		for end < len(text) && !isBlank(text[end]) && text[end] != ';' {
			end++
		}
		if _, ok := zonefile.ParseTTL(string(text[i:end])); ok {
			return zonefile.Span{Start: s.Start + uint32(i), End: s.Start + uint32(end)}, true
		}
		i = end
		if i < len(text) && text[i] == ';' { // a comment inside parentheses
			i += lineEnd(text[i:])
		}
		for i < len(text) && isBlank(text[i]) {
			i++
		}
	}
	return zonefile.Span{}, false
}

// isBlank tells what separates the tokens before the RDATA.
func isBlank(c byte) bool {
	return c == ' ' || c == '\t' || c == '(' || c == ')' || c == '\n' || c == '\r'
}

// lineEnd is the offset of the first line end in text, or its length.
func lineEnd(text []byte) int {
	for i, c := range text {
		if c == '\n' {
			return i
		}
	}
	return len(text)
}
