package ui

// The one question of a plan that only a human can answer: since when the name servers have what the zone file says. Nobody has
// to know it: then the step asks whether it is to be made early.

import (
	"fmt"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/preview"
)

// newSinceDialog asks since when the zone is served, before the step under the cursor is made. An answer is remembered, and again
// is done; of none unknown says what is done.
func newSinceDialog(d *planView, unknown func() []action, again action) *entry {
	s, now := d.step(), d.doc.Now()
	details := []string{
		d.show(fmt.Sprintf("When did the name server load what %s says? Step %d has to wait %s from then on.",
			d.doc.Zone().Root().Name(), s.Number, preview.Duration(s.Elapsed))),
		"Empty: nobody knows.",
	}
	field, offered := d.newField(partData, "", ""), d.table.Offered
	field.label = "loaded"
	if !offered.IsZero() && !offered.After(now) {
		text := preview.Clock(offered.In(now.Location()), now) + offered.Format(":05")
		field = d.newField(partData, "loaded", text)
		field.note = func(now string) string {
			if now == text {
				return "when the file was written"
			}
			return ""
		}
	}
	field.check = func(text string) error {
		if text == "" {
			return nil
		}
		_, err := document.ParseSince(text, d.doc.Now())
		return err
	}
	return &entry{kit: d.kit, heading: "Since when is step " + itoa(s.Number-1) + " loaded", details: details, field: field,
		accept: func(text string) []action {
			if text == "" {
				return append([]action{pop{}}, unknown()...)
			}
			since, err := document.ParseSince(text, d.doc.Now())
			if err == nil {
				err = d.past.Tell(d.table.Request, since, d.doc.Now())
			}
			if err != nil {
				return []action{say{d.show(err.Error()), levelError}}
			}
			return []action{pop{}, again}
		}}
}
