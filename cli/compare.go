package cli

import (
	"fmt"

	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// This file prints what `preview --against` finds: whose mail goes elsewhere.

// rerouted is a name whose mail goes elsewhere, in JSON: a stable interface.
type rerouted struct {
	Domain text     `json:"domain"`
	Before delivery `json:"before"`
	After  delivery `json:"after"`
	Text   text     `json:"text"`
}

// printComparison prints whose mail goes elsewhere from one version of some zones to another: names of which
// the same is said stand together.
func (p *program) printComparison(json bool, before, after []*zonefile.Zone) error {
	changes := preview.Compare(before, after)
	if json {
		a := array{p: p}
		for _, c := range changes {
			if err := a.add(rerouted{text(c.Domain), newDelivery(c.Before()), newDelivery(c.After()), text(c.Text())}); err != nil {
				return err
			}
		}
		return a.end()
	}
	for _, c := range preview.Summarize(changes) {
		for _, n := range c.Domains {
			p.line(2, p.paint(strong, p.show(preview.Display(n))))
		}
		for _, s := range c.Sentences {
			p.line(4, "  "+p.show(s))
		}
		if c.Stale.Text != "" {
			p.line(4, "  "+p.show(c.Stale.Text))
		}
	}
	if len(changes) == 0 {
		fmt.Fprintln(p.out, "all mail goes where it went before")
	}
	return nil
}
