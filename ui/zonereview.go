package ui

// The review of a change of many zones: what is alike is said once, and nothing is saved that was not shown here. It is a page as
// that of their problems is.

import (
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// reviewOf is the review of a change.
func (m *zoneList) reviewOf(c *zoneChange) *zoneReport {
	many, rv := c.work.Many, &c.work.Review
	changed := many.In(document.Changed)
	counts := fmt.Sprintf("%s, %d left out, %d not touched", zonefile.Plural(len(changed), "zone changed", "zones changed"),
		len(many.In(document.LeftOut))+len(many.In(document.Refused)), len(many.In(document.Unchanged)))
	if len(changed) > 0 {
		counts += "; named-checkconf: " + namedSays(rv)
	}
	d := &zoneReport{kit: m.kit, heading: "REVIEW of " + c.Did, texts: []reportText{{counts, false}}}
	part := func(title string, texts []string) {
		if len(texts) == 0 {
			return
		}
		d.texts = append(d.texts, reportText{title, true})
		for _, t := range texts {
			d.texts = append(d.texts, reportText{m.show(t), false})
		}
	}
	alike := func(one, more string, list []document.Alike) (texts []string) {
		for _, of := range list {
			texts = append(texts, fmt.Sprintf("%s: %s: %s", zonefile.Plural(len(of.Zones), one, more), of.Text, strings.Join(of.Zones, ", ")))
		}
		return texts
	}
	if rv.Against.Why != "" {
		part("NOT YET", []string{rv.Against.Why})
	}
	part("DELIVERY", alike("name", "names", rv.Routes))
	part("PROBLEMS that are new", m.newProblems(rv))
	part("LEFT OUT", alike("zone", "zones", slices.Concat(rv.Refused, rv.Failed, rv.Out)))
	part("NOTES", slices.Concat(rv.Notes, rv.Unexamined))
	for _, mem := range changed {
		d.texts = append(d.texts, m.textOf(mem)...)
	}
	return d
}

// textOf is the lines of a zone that change, each with its number, file by file.
func (m *zoneList) textOf(mem *document.Member) (texts []reportText) {
	diff := strings.Split(strings.TrimSuffix(document.EditsPatch(mem.Before, mem.Edits, m.utf8), "\n"), "\n")
	lines := document.NumberedDiff(diff)
	digits := 1
	for _, l := range lines {
		digits = max(digits, len(itoa(l.Number)))
	}
	for _, l := range lines {
		switch {
		case l.Sign == "":
			texts = append(texts, reportText{"TEXT  " + m.show(l.Text), true})
		case l.Sign != "@" && l.Sign != " ":
			texts = append(texts, reportText{m.FitRight(itoa(l.Number), digits) + " " + l.Sign + " " + m.show(expandTabs(l.Text)), false})
		}
	}
	return texts
}

// namedSays is what named-checkconf says, in a word.
func namedSays(rv *document.ManyReview) string {
	switch {
	case len(rv.Blocked) > 0:
		return "no"
	case rv.Unchecked:
		return "not installed"
	case len(rv.Named) > 0:
		return "complains"
	}
	return "OK"
}

// newProblems is what the change makes wrong.
func (m *zoneList) newProblems(rv *document.ManyReview) (texts []string) {
	for _, d := range rv.Errors {
		texts = append(texts, d.String())
	}
	texts = append(texts, rv.Wrong...)
	for _, l := range rv.Named {
		texts = append(texts, "named-checkconf: "+l)
	}
	return append(texts, rv.Blocked...)
}
