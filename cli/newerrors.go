package cli

// What a new version makes wrong: a command says it before it saves, and does not save an error that nobody agreed to.

import (
	"fmt"
	"slices"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// newErrors is the errors of a version that the version before did not have; what settings keep from being told of it is
// told. Of a file without an SOA, a part of a zone,
// nobody can say more than whether its lines are right.
func (p *program) newErrors(doc opened, next *zonefile.Zone, edits []zonefile.Edit) ([]lint.Diagnostic, error) {
	opt, err := p.lintSettings(doc.from.config, doc.zone.Root().Name())
	if err != nil {
		return nil, err
	}
	opt.Against = []*zonefile.Zone{doc.zone}
	p.tellUnexamined(doc.zone, next, edits, opt)
	_, whole := next.SOA()
	return slices.DeleteFunc(lint.NewErrors(doc.zone, next, edits, opt), func(d lint.Diagnostic) bool {
		return !whole && d.Rule.Name != "syntax"
	}), nil
}

// maxRerouted is how many groups of names are told whose mail goes elsewhere.
const maxRerouted = 20

// tellRerouted tells whose mail a new version sends elsewhere. A part of a zone has no routes.
func (p *program) tellRerouted(old, next *zonefile.Zone) {
	if _, whole := next.SOA(); !whole || p.quiet {
		return
	}
	changes := preview.Summarize(preview.Compare([]*zonefile.Zone{old}, []*zonefile.Zone{next}))
	for i, c := range changes {
		if i == maxRerouted {
			p.tell(fmt.Sprintf("and %d more changes of where mail goes: `mailzone preview --against` tells all", len(changes)-i))
			return
		}
		p.tell(fmt.Sprintf("mail of %s: %s", c.Names(), c.Text()))
	}
}

// tellUnexamined tells what settings keep from being told of a change.
func (p *program) tellUnexamined(old, next *zonefile.Zone, edits []zonefile.Edit, opt lint.Options) {
	for _, text := range lint.Unexamined(old, next, edits, opt) {
		p.note(text)
	}
}
