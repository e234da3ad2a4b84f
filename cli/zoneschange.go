package cli

// A change of zones from their list on the screen: what it would do is worked out as for commands.

import (
	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/ui"
	"github.com/mailzone/mailzone/zonefile"
)

// changeListed works out a change of some zones of a configuration. Undo copies are kept in a directory, if one is named.
func (p *program) changeListed(conf server.Configuration, config, state string, zones []server.Zone, e ui.ZonesEdit) (w ui.ZonesWork, err error) {
	to := p.targetsIn(conf)
	to.addHosted(zones)
	many := document.OpenMany(to.list, document.Options{IncludeDirs: p.includeDirs(nil), Asking: p.asking, State: state}, to.rest)
	many.Change(p.now(), e.Edit)
	stands := p.against(to)
	if why := many.TooFewFiles(); why != "" {
		stands = document.Hindrance{Why: why}
	} else {
		many.Hold(document.ManyConsent{})
	}
	var wrong []string
	if e.Host != zonefile.Name("") {
		wrong = p.addressless(to, e.Host, many)
	}
	w.Many = many
	w.Review, err = many.Review(func(path string) (lint.Options, error) { return p.lintSettings(config, path) }, wrong, stands)
	if err != nil {
		many.Close()
		w.Many = nil
	}
	return w, err
}
