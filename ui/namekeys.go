package ui

// What the keys for records do on a name: its records are changed where they stand, and what can be mended in one way only is
// mended from here.

import (
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// nameKeys is the keys for records: those that work on a name, and those that say where they do.
func (k *kit) nameKeys() []binding {
	var list []binding
	switch all := k.doc.Zone().Node(k.name).Records; len(all) {
	case 0:
		list = k.because("no record is here: a adds one", k.recordBindings(zonefile.Record{}, k.name))
	case 1:
		list = k.recordBindings(all[0], k.name)
	default:
		list = k.because("a name has several records: enter goes to them", k.recordBindings(all[0], k.name))
	}
	for i, b := range list {
		switch {
		case b.is(k.keys.edit):
			b = k.onlyRecord()
		case b.is(k.keys.remove):
			b = k.removeName()
		case b.is(k.keys.duplicate):
			b = k.copyName()
		case b.is(k.keys.rename):
			b = k.everywhereBinding("", func() subject { return subject{name: k.name} })
		}
		list[i] = b.briefly("-")
	}
	return without(list, k.keys.add, k.keys.fix)
}

// recordsToChange is the records of a name, and why none of them can be changed.
func (k *kit) recordsToChange() (all []zonefile.Record, why string) {
	all, why = k.doc.Zone().Node(k.name).Records, k.doc.ReadOnly()
	if why == "" && len(all) == 0 {
		why = whyNoRecord
	}
	return all, why
}

// onlyRecord is the key that edits the record of a name that has one.
func (k *kit) onlyRecord() binding {
	all, why := k.recordsToChange()
	switch {
	case why != "":
	case len(all) > 1:
		why = "a name has several records: enter goes to them"
	default:
		why = k.fixedRecord(all[0])
	}
	return unless(why, k.keys.edit, func() []action { return []action{push{newEditForm(k, all[0])}} })
}

// removeName is the key that deletes all records of a name.
func (k *kit) removeName() binding {
	all, why := k.recordsToChange()
	if why == "" && k.name == k.doc.Zone().Origin() {
		why = "this is the zone itself: enter goes to its records"
	}
	return unless(why, k.keys.remove, func() []action { return []action{k.deletion(k.name, all)} }).as("delete the name")
}

// copyName is the key that duplicates a name.
func (k *kit) copyName() binding {
	all, why := k.recordsToChange()
	if why == "" && len(k.doc.Zone().Copied(k.name)) == 0 {
		why = "the SOA and the NS are of the zone alone: " + zonefile.Plural(len(all), "record", "records") + ", and no other to duplicate"
	}
	return unless(why, k.keys.duplicate, func() []action { return []action{push{newCopyDialog(k)}} }).as("duplicate the name")
}

// deletion deletes records of a name, and tells of which types they were.
func (k *kit) deletion(n zonefile.Name, all []zonefile.Record) change {
	counts := map[zonefile.Type]int{}
	var types, short []string
	for _, r := range all {
		if counts[r.Type()]++; counts[r.Type()] == 1 {
			short = append(short, r.Type().String())
		}
	}
	for _, t := range short {
		typ, _ := zonefile.ParseType(t)
		if c := counts[typ]; c > 1 {
			t = itoa(c) + " " + t
		}
		types = append(types, t)
	}
	gone := "delete " + k.written(n) + ": "
	words := append(many(types, len(types)), zonefile.Plural(len(all), "record", "records"))
	for i := range words {
		words[i] = gone + words[i]
	}
	return change{title: words[0], named: func(document.Edited) []string { return words },
		edits: func(z *zonefile.Zone) ([]zonefile.Edit, error) { return z.Delete(all...) }}
}

// nothingWrong is why nothing of a name can be mended.
func (k *kit) nothingWrong() string {
	if why := k.notNow(); why != "" {
		return why
	}
	switch f := k.doc.Findings; {
	case !f.Checked:
		return whyExamining
	case f.Badges[k.name].Count == 0:
		return "nothing is wrong with this name"
	}
	return ""
}

// mendName mends the worst problem of a name where exactly one has a fix, and else says where all of them are.
func (k *kit) mendName() []action {
	var fixes []lint.Diagnostic
	all := k.doc.Findings.Of(k.name)
	for _, d := range all {
		if k.fixBinding(d, "").why == "" {
			fixes = append(fixes, d)
		}
	}
	if len(fixes) == 1 {
		return k.fixBinding(fixes[0], "").run()
	}
	return []action{say{zonefile.Plural(len(all), "problem", "problems") + " here: enter goes to the records, 2 lists them", levelInfo}}
}
