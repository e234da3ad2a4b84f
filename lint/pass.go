package lint

// A Pass is a rule's window on the zones: the name it visits, look-ups, and the way to say what is wrong.

import (
	"github.com/mailzone/mailzone/zonefile"
)

// pass is a new pass over zone i. Views of one zone have the same origin: to the other zones it is the first.
func (r *run) pass(i int) *Pass {
	if z := r.zones[i]; z.Origin() != "" && r.in.Deepest(z.Origin()) != z {
		view := *r
		view.in = r.in.From(z)
		r = &view
	}
	p := &Pass{Zone: r.zones[i], zone: i, run: r, hosts: hosts{fields: map[zonefile.Type][]int{}}}
	if r.watch != nil {
		p.seen.tell = func(n zonefile.Name) {
			if !p.ofZone { // those about the whole zone look after every edit
				r.watch(visitor{i, p.Node.Name}, n)
			}
		}
	}
	return p
}

// look is how rules look at the zone; nil where none do.
func (p *Pass) look() *look {
	if p.run.looks == nil {
		return nil
	}
	return p.run.looks[p.zone]
}

// turn turns to another name.
func (p *Pass) turn(node zonefile.Node) {
	p.Node = node
	p.texts.reset()
	p.mx.reset()
	p.hosts.reset()
}

// Report says that something is wrong at a place. What it returns may be given related places and fixes,
// until the next Report. Of a name's line that is not read it says nothing: syntax does.
func (p *Pass) Report(f *zonefile.File, s zonefile.Span, format string, args ...any) *Diagnostic {
	return p.report(p.Zone.RowAt(f, s.Start), f, s, format, args...)
}

// In reports at a place in a record, which needs not be looked for.
func (p *Pass) In(r zonefile.Record, s zonefile.Span, format string, args ...any) *Diagnostic {
	return p.report(r.Row(), r.File(), s, format, args...)
}

// report says that something is wrong at a place in a row. What is wrong with a record that a $GENERATE makes is told of that.
func (p *Pass) report(row zonefile.Row, f *zonefile.File, s zonefile.Span, format string, args ...any) *Diagnostic {
	made := row.MadeBy()
	if !made.IsZero() {
		row, f, s = made, made.File(), made.Words()
	}
	p.found = append(p.found, Diagnostic{}) // filled in where it stays: a zone may have hundreds of thousands
	d := &p.found[len(p.found)-1]
	d.Rule, d.Severity, d.Zone, d.File, d.Span, d.row = p.rule.Rule, p.rule.severity, p.Zone, f, s, row
	p.words = appendSentence(p.words[:0], format, args)
	d.Message = string(p.words)
	d.zone, d.order, d.made = p.zone, p.orderOf(f), !made.IsZero()
	if o := p.run.opt.Outside; o != nil {
		d.outside = o.zone
	}
	if !p.rule.Visits.names() || p.ofZone {
		return d
	}
	d.owner = p.Node.Name
	if p.isUnread(row) {
		silent := *d
		silent.made = true // nothing is offered
		p.found = p.found[:len(p.found)-1]
		return &silent
	}
	return d
}

// orderOf is the number of a file.
func (p *Pass) orderOf(f *zonefile.File) int {
	if p.looked.file != f {
		p.looked.file, p.looked.order = f, p.run.order[f]
	}
	return p.looked.order
}

// isUnread tells whether a row is not read.
func (p *Pass) isUnread(row zonefile.Row) bool {
	if p.looked.row != row {
		p.looked.row, p.looked.unread = row, row.Unread()
	}
	return p.looked.unread
}

// At reports at token n of a record's RDATA.
func (p *Pass) At(r zonefile.Record, n int, format string, args ...any) *Diagnostic {
	return p.onField(r, zonefile.Field(n), format, args...)
}

// On reports on a record as a whole.
func (p *Pass) On(r zonefile.Record, format string, args ...any) *Diagnostic {
	return p.In(r, r.Words(), format, args...)
}

// OnTTL reports at the TTL that a record's line states, or on the record if it inherits its TTL.
func (p *Pass) OnTTL(r zonefile.Record, format string, args ...any) *Diagnostic {
	return p.onField(r, zonefile.FieldTTL, format, args...)
}

// OnOwner reports at the owner that a record's line states, or on the record if it is blank.
func (p *Pass) OnOwner(r zonefile.Record, format string, args ...any) *Diagnostic {
	return p.onField(r, zonefile.FieldOwner, format, args...)
}

// onField reports at a field that a record's line states, or on the record.
func (p *Pass) onField(r zonefile.Record, f zonefile.Field, format string, args ...any) *Diagnostic {
	if s, ok := r.FieldSpan(f); ok {
		return p.In(r, s, format, args...)
	}
	return p.On(r, format, args...)
}

// Relate adds a record that has to do with the finding. One that DNS told of stands in no file.
func (d *Diagnostic) Relate(r zonefile.Record, message string) {
	if r.Zone() == d.outside {
		return
	}
	at := r.Row()
	if made := r.MadeBy(); !made.IsZero() {
		at = made
	}
	d.Related = append(d.Related, Related{at.File(), at.Words(), message, r})
}

// Offer adds a fix, which is right as long as the records are there that the finding speaks of. What a $GENERATE makes
// cannot be changed one by one.
func (d *Diagnostic) Offer(f Fix) {
	if d.made {
		return
	}
	if r := d.row.Record(); !r.IsZero() {
		f = f.since(r)
	}
	for i := range d.Related {
		f = f.since(d.Related[i].record)
	}
	d.Fixes = append(d.Fixes, f)
}
