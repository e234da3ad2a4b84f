package ui

// A record by its fields. The line that will be written stands under them, checked by the same rules as the file,
// before there is an edit.

import (
	"slices"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// form is the dialog that adds or edits one record, by fields. Under the fields stands the line as it
// will be written and the route as it will be.
type form struct {
	formFields
	trial  trial
	keyed  int    // how often a key was typed: only after the last the form rests
	width  int    // of the last picture: up and down move in the rows that are seen
	failed string // why the last attempt to finish failed, or what was not taken from a paste
}

// newAddForm is a form for a new record of a type.
func newAddForm(k *kit, owner zonefile.Name, t zonefile.Type) *form {
	f := &form{formFields: formFields{formRecord: formRecord{kit: k, typ: t}}}
	f.fields = f.newFields(owner.In(k.doc.Zone().Origin()))
	f.at = f.firstData()
	f.try()
	return f
}

// newEditForm is a form for a record that exists.
func newEditForm(k *kit, r zonefile.Record) *form {
	f := &form{formFields: formFields{formRecord: formRecord{kit: k, record: r, typ: r.Type()}}}
	f.fields = f.editFields()
	f.askRaise()
	f.countOthers()
	f.at = f.firstData()
	if i := slices.IndexFunc(f.fields, func(d field) bool { return d.label == k.lastFields[f.called()] }); i >= 0 && !f.idle(i) {
		f.at = i
	}
	f.try()
	return f
}

// begin fills the data of a new record with what it starts with, the cursor behind it, or in the first of its fields.
func (f *form) begin(data string) {
	f.beginWith(data)
	f.at = f.firstData()
	f.try()
}

// firstData is the field that is typed into first: that of the data. Of an MX it is the exchange: a new one's number is
// most often right, and an old one's has keys of its own. Of a policy it is the first that has to be said and is not.
func (f *form) firstData() int {
	if i := f.index(part(zonefile.Exchange)); i >= 0 && f.typ == zonefile.TypeMX {
		return i
	}
	lacks := func(d field) bool { return d.part.ofPolicy() && d.value() == "" && d.err() != nil }
	if i := slices.IndexFunc(f.fields, lacks); i >= 0 {
		return i
	}
	return slices.IndexFunc(f.fields, func(d field) bool {
		return d.part.ofPolicy() || d.part >= 0 || d.part == partData || d.part == partText
	})
}

// takesText says that a question mark is typed here.
func (*form) takesText() {}

// title says what the form is for.
func (f *form) title() string {
	switch {
	case !f.like.IsZero():
		return "Duplicate " + f.called() + " of " + f.kit.written(f.like.Owner())
	case f.record.IsZero():
		return "Add " + f.called() + " to " + f.show(string(f.owner()))
	}
	return "Edit " + f.called() + " of " + f.show(string(f.record.Owner()))
}

// update types into the field that has the cursor.
func (f *form) update(m tea.KeyMsg) []action {
	if f.fields[f.at].choices != nil {
		return []action{say{"space chooses, tab goes on", levelInfo}}
	}
	if f.inBar() {
		f.typeInTheBar()
	} else if f.fields[f.at].part != partOwner {
		f.typed = true
	}
	f.failed = f.typeInto(&f.fields[f.at], m)
	f.fields[f.at].typedAnew()
	if f.doc.Small() {
		f.try()
		return nil
	}
	f.keyed++
	return []action{settling{f, f.keyed}}
}

// bindings is the keys of a form.
func (f *form) bindings() []binding {
	list := []binding{
		f.submitBinding(),
		on(f.keys.fieldNext, func() []action { return f.turn(1) }),
		on(f.keys.fieldPrev, func() []action { return f.turn(-1) }).briefly("-"),
	}
	list = append(list, f.hostBindings()...)
	if f.record.IsZero() {
		list = append(list, on(f.keys.nextType, f.openBar))
	}
	if f.fields[f.at].choices != nil || f.inBar() && f.fields[f.at].fresh {
		choose := func(by int) func() []action { return func() []action { return f.choose(by) } }
		list = append([]binding{on(f.keys.choose, choose(1)), on(f.keys.chooseBack, choose(-1)).briefly("-")}, list...)
	}
	if _, ok := f.kindHere(); ok {
		list = append(list, f.toggleBinding())
	}
	list = append(f.rowBindings(), list...)
	if f.fields[f.at].suggestion() != "" {
		complete := on(f.keys.complete, func() []action { f.fields[f.at].complete(); f.try(); return nil })
		list = append([]binding{complete}, list...)
	}
	return append(list, does(f.keys.dismiss, pop{}).as("change nothing"))
}

// hostBindings is the keys that take a host of the list.
func (f *form) hostBindings() []binding {
	if f.fields[f.at].hosts == nil {
		return nil
	}
	takes := func(by int) func() []action {
		return func() []action { f.fields[f.at].takes(by); f.typed = true; f.try(); return []action{lookAhead{f}} }
	}
	return []binding{
		on(f.keys.foundNext, takes(1)).as("the next host").briefly("^n/^p host"),
		on(f.keys.foundPrev, takes(-1)).as("the host before").briefly("-"),
	}
}

// rowBindings is the keys that move in a text of several rows, where there is a row above or below.
func (f *form) rowBindings() (list []binding) {
	for _, m := range []struct {
		key key.Binding
		by  int
	}{{f.keys.scrollUp, -1}, {f.keys.scrollDown, 1}} {
		if d := f.fields[f.at]; d.moveRow(m.by, f.width) {
			list = append(list, on(m.key, func() []action { f.fields[f.at].moveRow(m.by, f.width); return nil }).as("move in the text").briefly("-"))
		}
	}
	return list
}

// submitBinding makes the change; in the bar it takes the type.
func (f *form) submitBinding() binding {
	b := on(f.keys.submit, f.submit)
	if f.inBar() {
		return b.as("take the type")
	}
	if _, ok := f.everywhere(); ok {
		return b.as("the lines that change").briefly("enter the lines")
	}
	return b
}

// toggleBinding is the key that shows the same record in the other way.
func (f *form) toggleBinding() binding {
	toggle := func(to func()) func() []action {
		return func() []action {
			f.leave()
			to()
			f.at = f.firstData()
			f.try()
			return []action{lookAhead{f}}
		}
	}
	if f.as.on {
		return on(f.keys.oneText, toggle(f.toText))
	}
	return unless(f.whyNoFields(), f.keys.oneText, toggle(f.toFields)).as("as fields")
}

// turn goes to another field. Fields that depend on the one that is left appear and vanish here.
func (f *form) turn(step int) []action {
	here, was := f.fields[f.at].part, f.offered
	f.leave()
	if step > 0 && (here == partType && f.field(partType).err() == nil || f.offered != was) {
		f.at = f.firstData()
	} else {
		at := max(f.index(here), 0)
		for first := true; first || f.idle(at); first = false {
			at = (at + step + len(f.fields)) % len(f.fields)
		}
		f.at = at
	}
	f.fields[f.at].input.CursorEnd()
	f.fields[f.at].fresh = f.inBar()
	return []action{lookAhead{f}}
}

// leave takes the field that is left as it stands, with all that follows from it.
func (f *form) leave() {
	f.fields[f.at].leave()
	f.sortAddresses()
	f.follow()
	if f.try(); f.adapt() {
		f.try()
	}
}

// choose takes another choice of the field that has the cursor, or another type.
func (f *form) choose(by int) []action {
	if f.inBar() {
		f.chooseType(by)
	} else {
		f.fields[f.at].choose(by)
		switch f.fields[f.at].part {
		case partRaise:
			f.turnID()
		case partEverywhere:
			f.askAddress()
		}
		f.typed = true
	}
	f.follow()
	f.try()
	return []action{lookAhead{f}}
}

// inBar tells whether the cursor is in the bar of types.
func (f *form) inBar() bool { return f.fields[f.at].part == partType }

// openBar goes to the bar of types, and from there to the next type.
func (f *form) openBar() []action {
	if f.inBar() {
		return f.choose(1)
	}
	f.leave()
	f.at = f.index(partType)
	f.fields[f.at].fresh = true
	return []action{lookAhead{f}}
}

// submit makes the change if every field is right.
func (f *form) submit() []action {
	inBar := f.inBar()
	if f.leave(); inBar { // it is taken, and the record is still to be written
		f.at = f.firstData()
		return []action{lookAhead{f}}
	}
	f.at = min(f.at, len(f.fields)-1)
	for i := range f.fields {
		if f.fields[i].err() != nil {
			seen := f.at == i && f.fields[i].left
			if f.at, f.fields[i].left = i, true; seen {
				return f.notYet()
			}
			return nil
		}
	}
	if f.trial.err != nil {
		seen := f.failed == f.trial.err.Error()
		if f.failed = f.trial.err.Error(); seen {
			return f.notYet()
		}
		return nil
	}
	if f.asksForAddress() {
		return nil
	}
	f.remember()
	if c, ok := f.everywhere(); ok {
		c.besides = f.still().editsOf
		return []action{changeEverywhere{c}}
	}
	c := change{title: f.changeTitle(), about: f.owner(), edits: f.edits, follow: f.record.Row()}
	if f.record.IsZero() {
		c.then, c.find = []action{selectName{f.owner()}}, f.written
	}
	return []action{pop{}, c}
}

// notYet answers who presses enter again though what stands in the way is on the screen.
func (f *form) notYet() []action {
	return []action{say{"not done: what stands in the way is said above; esc changes nothing", levelInfo}}
}

// remember keeps which field of the type was edited, of several the one with the cursor or the last: the next e starts there.
func (f *form) remember() {
	if f.record.IsZero() {
		return
	}
	for i, d := range f.fields {
		if last := f.fields[f.at]; d.value() != d.was && (i <= f.at || last.value() == last.was) {
			f.kit.lastFields[f.called()] = d.label
		}
	}
}

// written finds the new record: the last one of its owner and type with the form's data.
func (f *form) written(z *zonefile.Zone) (found zonefile.Record) {
	want := f.rdata()
	for _, r := range z.RRset(f.owner(), f.typ) {
		if text := r.RDataText(); text == want || found.IsZero() {
			found = r
		}
	}
	return found
}

// asksForAddress goes to the field for the address of an exchange that has none, once: without one the MX
// is written all the same.
func (f *form) asksForAddress() bool {
	d := f.field(partIPv4)
	if d == nil || f.value(partIPv4)+f.value(partIPv6) != "" || d.left {
		return false
	}
	f.at, d.left = f.index(partIPv4), true
	return true
}

// changeTitle is what undo calls the change.
func (f *form) changeTitle() string {
	verb, data := "edit ", f.value(part(zonefile.Exchange))
	if f.record.IsZero() {
		verb = "add "
	}
	if f.typ != zonefile.TypeMX {
		data = f.ownerText()
	}
	return verb + f.called() + " " + f.show(data)
}

// tried is what the form would do.
func (f *form) tried() *trial { return &f.trial }

// typings is how often something was typed.
func (f *form) typings() int { return f.keyed }

// try finds out what the form would do, and puts it under the fields.
func (f *form) try() {
	f.askEverywhere()
	f.trial = f.attempt()
	f.doubtful = slices.ContainsFunc(f.trial.brought.Came, func(d lint.Diagnostic) bool {
		return d.Rule.Name == "mx-target-ip" || d.Rule.Name == "mx-target-missing-dot" || d.Rule.Name == "target-missing-dot"
	})
}
