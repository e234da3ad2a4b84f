package ui

// What can be done with a record, the same in every pane that has one under its cursor.

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/charmbracelet/bubbles/key"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// Reasons why a key does nothing.
const (
	whyNoRecord = "no record is under the cursor"
	whyNotMX    = "only MX records have an order"
	whySOA      = "a zone needs its SOA: named would not load it"

	whyExamining = "the zone is still being examined"
)

// recordBindings is the keys for a record; owner is the name that a new one would be at.
func (k *kit) recordBindings(r zonefile.Record, owner zonefile.Name) []binding {
	locked := k.doc.ReadOnly()
	none := locked
	if none == "" && r.IsZero() {
		none = whyNoRecord
	}
	fixed := cmp.Or(none, k.fixedRecord(r))
	gone := fixed
	if gone == "" && r.Type() == zonefile.TypeSOA {
		gone = whySOA
	}
	list := []binding{
		unless(locked, k.keys.add, func() []action { return []action{push{k.offering(k.offerAt(r, owner))}} }),
		unless(fixed, k.keys.edit, func() []action { return []action{push{newEditForm(k, r)}} }),
		unless(gone, k.keys.remove, func() []action { return k.remove(r) }),
		k.fixAt(r, none),
		k.ignoreAt(r, none).briefly("-"),
	}
	list = append(list, k.orderBindings(r, fixed)...)
	return append(list, unless(gone, k.keys.comment, func() []action { return k.commentOut(r) }),
		k.everywhereBinding(none, func() subject { return subjectOf(r) }).briefly("-"),
		unless(k.noCopy(r, none), k.keys.duplicate, func() []action { return []action{push{newCopyForm(k, r)}} }).briefly("-"))
}

// fixedRecord is why a record cannot be changed where it stands, and what can be done instead; "" if it can.
func (k *kit) fixedRecord(r zonefile.Record) string {
	if r.IsZero() || r.File().ReadOnly() == "" {
		return ""
	}
	if !r.MadeBy().IsZero() {
		return k.show("the $GENERATE of " + r.Place() + " makes it: E opens that in your own editor")
	}
	return k.show(r.File().Name() + ": not to be changed: " + r.File().ReadOnly())
}

// noCopy is why a record cannot be duplicated.
func (k *kit) noCopy(r zonefile.Record, none string) string {
	if none == "" && r.Type() == zonefile.TypeSOA {
		return "a zone has one SOA"
	}
	return none
}

// everywhereBinding is the key that changes something everywhere.
func (k *kit) everywhereBinding(none string, of func() subject) binding {
	if none == "" {
		none = k.fixed(of())
	}
	return unless(none, k.keys.rename, func() []action { return []action{askNew{of()}} })
}

// because is bindings that all do nothing for one reason, but for those of some keys.
func (k *kit) because(why string, list []binding, but ...key.Binding) []binding {
	for i, b := range list {
		if !slices.ContainsFunc(but, b.is) {
			list[i].why = why
		}
	}
	return list
}

// outBindings is the keys for a record that was commented out: it comes back, and then has all others.
func (k *kit) outBindings(list []binding, out zonefile.Row) []binding {
	list = k.because("it is commented out: c brings it back", list, k.keys.add)
	return append(without(list, k.keys.comment), k.commentBinding(out))
}

// lackBindings is the keys of a row that says what a domain has not: it is added.
func (k *kit) lackBindings(list []binding, lacks []policyKind) []binding {
	list = k.because("there is nothing yet: a adds it", list)
	adds := unless(k.doc.ReadOnly(), k.keys.add, func() []action { return []action{push{k.addPolicy(k.name, lacks)}} })
	edits := binding{Binding: k.keys.edit, why: adds.why, run: adds.run}.as("add").briefly("-")
	return append([]binding{adds, edits}, without(list, k.keys.add, k.keys.edit)...)
}

// orderBindings is the keys for the order of MX records.
func (k *kit) orderBindings(r zonefile.Record, none string) []binding {
	if none == "" && r.Type() != zonefile.TypeMX {
		none = whyNotMX
	} else if none == "" {
		none = whyOrderless(r)
	}
	edit := func(c change) func() []action {
		return func() []action {
			c.follow, c.title = r.Row(), "order of "+k.recordTitle(r)
			return []action{c}
		}
	}
	move := func(up bool) func() []action {
		return edit(change{named: k.moved, run: true, edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Reorder(r, up) }})
	}
	shift := func(by int) func() []action {
		return edit(change{named: k.shifted, run: true, edits: shiftPreference(r, by)})
	}
	join := edit(change{named: k.joined, edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Join(r) }})
	return []binding{
		unless(none, k.keys.moveDown, move(false)).briefly("J/K move"),
		unless(none, k.keys.moveUp, move(true)).briefly("-"),
		unless(none, k.keys.join, join),
		unless(none, k.keys.raise, shift(1)),
		unless(none, k.keys.lower, shift(-1)),
		unless(none, k.keys.renumber, func() []action { return []action{k.renumber(r)} }).briefly("-"),
	}
}

// whyOrderless says why an MX has no place in an order that could change.
func whyOrderless(r zonefile.Record) string {
	if _, ok := r.Preference(); !ok {
		return "its preference cannot be read: e edits it"
	}
	return ""
}

// renumber numbers the MX beside a record by tens.
func (k *kit) renumber(r zonefile.Record) change {
	return change{title: "renumber the MX of " + k.written(r.Owner()) + " by tens", follow: r.Row(), about: r.Owner(),
		edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) {
			a, err := z.Many(r.Owner()).Renumber()
			if err == nil && len(a.Unable) > 0 {
				err = a.Unable[0].Why
			}
			return a.Edits, err
		}}
}

// shiftPreference adds to the preference of an MX, within what 16 bits hold.
func shiftPreference(r zonefile.Record, by int) func(*zonefile.Zone) ([]zonefile.Edit, error) {
	return func(z *zonefile.Zone) ([]zonefile.Edit, error) {
		p, _ := r.Preference() // whyOrderless: it has one
		n := min(max(int(p)+by, 0), 1<<16-1)
		return z.Set(r, zonefile.Preference, strconv.Itoa(n))
	}
}

// remove deletes a record at once: undo brings it back.
func (k *kit) remove(r zonefile.Record) []action {
	title := "delete " + k.recordTitle(r)
	return []action{change{title: title, about: r.Owner(), edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Delete(r) }}}
}

// commentOut turns a record into a comment.
func (k *kit) commentOut(r zonefile.Record) []action {
	title := "comment out " + k.recordTitle(r)
	return []action{change{title: title, follow: r.Row(), about: r.Owner(), edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.CommentOut(r) }}}
}

// commentBinding turns the record of a row into a comment, and a row that was turned so back.
func (k *kit) commentBinding(row zonefile.Row) binding {
	b := k.keys.comment
	switch r := row.Record(); {
	case r.IsZero():
	case r.Type() == zonefile.TypeSOA:
		return unless(whySOA, b, nil)
	default:
		return unless(cmp.Or(k.doc.ReadOnly(), k.fixedRecord(r)), b, func() []action { return k.commentOut(r) })
	}
	c, ok := row.Commented()
	if !ok {
		return unless("neither a record nor one that was commented out", b, nil)
	}
	title := "bring back " + c.Type.String() + " " + k.show(c.RData)
	return unless(k.doc.ReadOnly(), b, func() []action {
		return []action{change{title: title, follow: row, about: c.Owner, edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Uncomment(row) }}}
	}).as("bring back")
}

// fixAt is the key that mends the worst problem of a record that has a fix.
func (k *kit) fixAt(r zonefile.Record, none string) binding {
	if none != "" {
		return unless(none, k.keys.fix, nil)
	}
	if k.doc.Stale() || !k.doc.Findings.Checked {
		return unless(whyExamining, k.keys.fix, nil)
	}
	why := "nothing is wrong with this record"
	for _, d := range k.doc.Findings.At(r) {
		if len(d.Fixes) > 0 || startsZone(d) {
			return k.fixBinding(d, "")
		}
		why = "this has to be mended by hand: " + k.asWritten(d.Message)
	}
	return unless(why, k.keys.fix, nil)
}

// ignoreAt is the key that silences the worst problem of a record.
func (k *kit) ignoreAt(r zonefile.Record, none string) binding {
	if none != "" {
		return unless(none, k.keys.ignore, nil)
	}
	if k.doc.Stale() || !k.doc.Findings.Checked {
		return unless(whyExamining, k.keys.ignore, nil)
	}
	list := k.doc.Findings.At(r)
	if len(list) == 0 {
		return unless("nothing is wrong with this record", k.keys.ignore, nil)
	}
	return k.ignoreBinding(list[0], "")
}

// notNow is why no problem can be mended or ignored at the moment; "" if it can.
func (k *kit) notNow() string {
	why := k.doc.ReadOnly()
	if why == "" && k.doc.Stale() {
		why = whyExamining
	}
	return why
}

// ignoreBinding is the key that silences a problem.
func (k *kit) ignoreBinding(d lint.Diagnostic, why string) binding {
	switch why = cmp.Or(why, k.notNow()); {
	case why != "":
	case d.Ignorable() != nil:
		why = k.show(d.Ignorable().Error())
	}
	return unless(why, k.keys.ignore, func() []action { return []action{push{newIgnoreDialog(k, d)}} })
}

// fixBinding is the key that mends a problem.
func (k *kit) fixBinding(d lint.Diagnostic, why string) binding {
	switch why = cmp.Or(why, k.notNow()); {
	case why != "":
	case d.File.ReadOnly() != "":
		why = k.show(d.File.Name() + ": not to be changed: " + d.File.ReadOnly())
	case startsZone(d):
		return on(k.keys.fix, func() []action { return []action{push{newStartForm(k)}} })
	case len(d.Fixes) == 0:
		why = "no fix is sure here: it has to be mended by hand"
	}
	return unless(why, k.keys.fix, func() []action { return []action{push{newFixDialog(k, d)}} })
}
