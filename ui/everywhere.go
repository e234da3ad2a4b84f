package ui

// The keys that work in every pane. They stand behind the pane's own, which may have another use for one of them.

import (
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// everywhere is the keys that work in every pane, in a layout.
func (p *panes) everywhere(l draw.Layout) []binding {
	k := p.keys
	nothing := ""
	if !p.doc.Modified() {
		nothing = "nothing to save: the file has all this already"
	}
	noUndo, noRedo := "", ""
	if p.doc.At == 0 {
		noUndo = "nothing to undo"
	}
	if p.doc.At+1 == len(p.doc.Versions) {
		noRedo = "nothing to redo"
	}
	list := []binding{
		unless(noUndo, k.undo, func() []action { return []action{undo{}} }).inHelpLine(),
		does(k.search, openFinder{}).as("find in the zone and its includes").briefly("/ find").inHelpLine(),
		unless(nothing, k.review, func() []action { return []action{review{}} }).briefly("w save").inHelpLine(),
		unless(p.noSubject(), k.uses, func() []action { return []action{askUses{p.subject()}} }).briefly("-"),
		unless(noRedo, k.redo, func() []action { return []action{redo{}} }),
		unless(p.doc.ReadOnly(), k.fixAll, func() []action { return []action{fixSafe{}} }),
		unless(p.noPlan(), k.plan, func() []action { return []action{openPlan{saves}} }),
		does(k.history, openHistory{}),
		unless(p.noWorld(), k.world, func() []action {
			return []action{askWorld{kinds: []string{"dns", "smtp", "sts", "ptr"}, domains: []zonefile.Name{p.name}}}
		}),
		unless(p.doc.ReadOnly(), k.external, func() []action { return []action{external{}} }),
		does(k.saveCopy, copyText{}),
		does(k.again, findNext{}),
		does(k.back, findNext{back: true}),
		unless(p.noProblem(), k.problemNext, func() []action { return []action{nextProblem{}} }),
		unless(p.noProblem(), k.problemBefore, func() []action { return []action{nextProblem{back: true}} }),
		on(k.command, func() []action { return []action{push{newCommandPrompt(p.kit)}} }),
		on(k.next, func() []action { return []action{focus{p.neighbour(1, l)}} }),
		on(k.prev, func() []action { return []action{focus{p.neighbour(-1, l)}} }),
		unless(p.isHere(paneDelivery), k.tab1, p.to(paneDelivery)),
		unless(p.isHere(paneProblems), k.tab2, p.to(paneProblems)),
		unless(p.isHere(paneSource), k.tab3, p.to(paneSource)),
	}
	if p.focused > paneNames {
		list = append(list, on(k.Left, func() []action { return []action{focus{p.leftOf()}} }).as("pane to the left"))
	}
	if p.focused >= paneDelivery && p.focused < paneSource {
		list = append(list, does(k.tabRight, focus{p.focused + 1}))
	}
	list = append(list, does(k.suspend, suspend{}), does(k.quit, quit{}))
	if p.zoomed {
		return append(list, does(k.zoom, zoom{}).as("all panes").inHelpLine(), does(k.escape, zoom{}).as("all panes"), p.helpBinding())
	}
	one := ""
	if l.Single {
		one = "this screen shows one pane at a time"
	}
	return append(list, unless(one, k.zoom, func() []action { return []action{zoom{}} }), p.escape(), p.helpBinding())
}

// escape is the key that leads back to the list of zones, if the zone was opened from there.
func (p *panes) escape() binding {
	if p.back {
		return does(p.keys.escape, quit{back: true}).as("back to the zones")
	}
	return unless("esc does not quit: press q", p.keys.escape, nil)
}

// noPlan is why no mail is moved here.
func (p *panes) noPlan() string {
	if why := preview.NoMail(p.doc.Zone()); why != "" {
		return "no mail is moved in " + why
	}
	return ""
}

// noWorld is why the world is not asked about the name that is shown.
func (p *panes) noWorld() string {
	if p.name == "" || len(p.doc.Zone().Lookup(p.name, zonefile.TypeMX).Records) == 0 {
		return "no MX is here: L asks about a domain that has some, :check dns about the zone"
	}
	return ""
}

// to is a key's deed that gives the keys to a pane.
func (p *panes) to(n pane) func() []action { return func() []action { return []action{focus{n}} } }

// isHere is why no key leads to a pane: it has the keys.
func (p *panes) isHere(n pane) string {
	if p.focused == n {
		return "you are there: tab goes on"
	}
	return ""
}

// helpBinding is the key for help. On a problem ? tells its rule.
func (p *panes) helpBinding() binding {
	if _, ok := p.problems.row(); ok && p.focused == paneProblems {
		return does(p.keys.allKeys, showHelp{}).briefly("f1 keys").inHelpLine()
	}
	return does(p.keys.help, showHelp{}).briefly("? keys").inHelpLine()
}
