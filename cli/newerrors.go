package cli

// What a new version makes wrong: a command says it before it saves, and does not save an error that nobody agreed to.

import (
	"slices"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// newErrors is the errors of a version that the version before did not have; what settings keep from being told of it is
// told. Of a file without an SOA, a part of a zone,
// nobody can say more than whether its lines are right.
func (p *program) newErrors(doc opened, next *zonefile.Zone) ([]lint.Diagnostic, error) {
	opt, err := p.lintSettings(doc.from.config, doc.zone.Root().Name())
	if err != nil {
		return nil, err
	}
	opt.Against = []*zonefile.Zone{doc.zone}
	p.tellUnexamined(doc.zone, next, opt)
	fresh := lint.Since(lint.Run(opt.Against, opt), lint.Run([]*zonefile.Zone{next}, opt))
	_, whole := next.SOA()
	return slices.DeleteFunc(fresh, func(d lint.Diagnostic) bool {
		return d.Severity < lint.Error || !whole && d.Rule.Name != "syntax"
	}), nil
}

// tellUnexamined tells what settings keep from being told of a change.
func (p *program) tellUnexamined(old, next *zonefile.Zone, opt lint.Options) {
	for _, text := range lint.Unexamined(old, next, opt) {
		p.note(text)
	}
}
