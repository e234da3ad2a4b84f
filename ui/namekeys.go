package ui

// What the keys for records do on a name: its records are changed where they stand, and what can be mended in one way only is
// mended from here.

import (
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// nameKeys is the keys for records that say where they work.
func (k *kit) nameKeys() []binding {
	list := k.because("a name has several records: enter goes to them", k.recordBindings(zonefile.Record{}, k.name))
	for i, b := range list {
		list[i] = b.briefly("-")
	}
	return without(list, k.keys.add, k.keys.fix)
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
