package ui

// All names that can receive mail, as a tree, by route or the worst first. Only those in sight are drawn, however many
// there are.

import (
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// names is the pane of all names that can receive mail.
type names struct {
	*kit
	list   draw.List
	marked marks       // for what is done to many names
	by     arrangement // the list that is wanted
	shown  lagging[nameBasis, arranged]
	ptrs   pointing

	byRoute  routeList
	unfolded map[string]bool // routes whose names are shown, by how their mail goes
	turns    int             // how often one was folded or unfolded
	head     int             // how many lines stand above the names

	gone, instead zonefile.Name // the name that was shown and went, and the one that is shown since
}

// routes is the rows by route as they are unfolded now; nil in another order.
func (p *names) routes() *routeList {
	a := p.arranged()
	if p.shown.basis.by.order != grouped || len(a.rows) == 0 {
		return nil
	}
	if !p.byRoute.is(a, p.turns) {
		p.byRoute = routesOf(a, p.turns, func(r document.NameRow) bool { return len(p.unfolded) > 0 && p.unfolded[p.routeText(r)] })
	}
	return &p.byRoute
}

// routeText is how mail for the names of a route goes, in full.
func (p *names) routeText(r document.NameRow) string { return routeText(p.doc.Zone(), r, p.called) }

// rows is what the pane shows.
func (p *names) rows() []document.NameRow {
	if l := p.routes(); l != nil {
		return l.rows
	}
	return p.arranged().rows
}

// standsFor is how many names the row under the cursor stands for, while the pane has the keys; 0 of a name.
func (p *names) standsFor() int {
	if p.focused != paneNames {
		return 0
	}
	return p.routes().at(p.list.Cursor).size()
}

// ofRoute is the names of the route under the cursor; none where a name is there.
func (p *names) ofRoute() (list []zonefile.Name) {
	s := p.routes().at(p.list.Cursor)
	for _, r := range p.arranged().rows[s.from:s.to] {
		list = append(list, r.Name)
	}
	return list
}

// rowOf is the row of a name, or of its route where that is folded; -1 without one.
func (p *names) rowOf(n zonefile.Name) int {
	if l := p.routes(); l != nil {
		return l.rowOf(n)
	}
	return slices.IndexFunc(p.rows(), func(r document.NameRow) bool { return r.Name == n })
}

// arranged is the names that are listed, and how wide they are; by route those of folded ones, too.
func (p *names) arranged() *arranged { return p.shown.look(p.by.recipe(p.doc.Findings)) }

// showsAll tells whether all names are shown, and not only those of mail.
func (p *names) showsAll() bool { return p.by.showsAll(p.doc.Findings) }

// catchUp makes the list that is wanted beside the screen, if it is another than the one in sight. Who narrows it gets a name of it;
// else the user stays where he is.
func (p *names) catchUp() tea.Cmd {
	r, follows := p.by.recipe(p.doc.Findings), p.settled
	if r.basis.by == p.shown.basis.by {
		follows = func() []action { return []action{selectName{p.nearest()}} }
	}
	return p.shown.catchUp(r, follows)
}

// nearest puts the cursor where it was, and is the name that is shown then: the one there, if the zone has nothing of the one that was
// shown. That one was deleted, or the zone has another name now; when it comes back before the cursor moved, it is shown again.
func (p *names) nearest() zonefile.Name {
	has := func(n zonefile.Name) bool { return n != "" && len(p.doc.Zone().Node(n).Records) > 0 }
	if p.kit.name == p.instead && has(p.gone) {
		p.kit.name, p.gone = p.gone, ""
	}
	p.find(p.kit.name)
	rows := p.rows()
	if has(p.kit.name) || p.list.Cursor >= len(rows) || p.comesBack(p.kit.name) {
		return p.kit.name
	}
	p.gone, p.instead = p.kit.name, rows[p.list.Cursor].Name
	return p.instead
}

// comesBack tells whether the same key takes back what took the last record of a name: c, or one that was done to many names.
func (p *names) comesBack(n zonefile.Name) bool {
	z, v := p.doc.Zone(), p.doc.Version()
	if len(z.CommentedOut(n)) > 0 {
		return true
	}
	f := z.File(v.Now.File) // of a big zone nobody knows where all comments are
	if v.Stay || f == nil {
		return v.Stay
	}
	c, ok := z.RowAt(f, v.Now.Off).Commented()
	return ok && c.Owner == n
}

// making is how the list that is wanted is made; nil where it is there.
func (p *names) making() func(*pace) func() { return p.shown.made(p.by.recipe(p.doc.Findings)) }

// settled puts the cursor where it was, and shows the records of another name if that one is not in the list.
func (p *names) settled() []action {
	p.find(p.kit.name)
	return p.chosen()
}

// arrange shows the names in another arrangement, and then does what follows.
func (p *names) arrange(by arrangement, then func() []action) []action {
	was := p.by
	p.by = by
	back := func() []action {
		p.by = was
		return nil
	}
	follows := func() []action {
		p.find(p.kit.name)
		if then == nil {
			return nil
		}
		return then()
	}
	return []action{makeList{p, "putting " + zonefile.Plural(len(by.base(p.doc.Findings)), "name", "names") + " in order", follows, back}}
}

// sort puts the names in the next order: a tree, as in the file, the worst first.
func (p *names) sort() []action {
	by := p.by
	by.order = by.order.next()
	return p.arrange(by, nil)
}

// group orders the names by route, or as a tree again.
func (p *names) group() []action {
	by := p.by
	if by.order != grouped {
		by.order = grouped
	} else {
		by.order = asTree
	}
	return p.arrange(by, nil)
}

// toggleAll shows all names, or those of mail again.
func (p *names) toggleAll() []action {
	by := p.by
	by.all = !by.all
	shows := func() []action {
		return p.arrange(by, func() []action { return append(p.chosen(), p.sayAll()) })
	}
	if by.all && len(p.doc.Findings.All) == 0 {
		return []action{wholeZone{shows}}
	}
	return shows()
}

// sayAll says which names are shown now.
func (p *names) sayAll() action {
	f := p.doc.Findings
	if p.showsAll() {
		text := "all " + zonefile.Plural(f.Owners, "name", "names")
		if out := len(f.All) - f.Owners; out > 0 {
			text += ", and " + itoa(out) + " commented out"
		}
		return say{text, levelInfo}
	}
	return say{zonefile.Plural(len(f.Names), "name", "names") + " of mail", levelInfo}
}

// noOthers is why all names are shown already.
func (p *names) noOthers() string {
	f := p.doc.Findings
	switch {
	case f.Zone == nil:
		return "the zone is still being read"
	case len(f.Names) == f.Owners && len(f.All) <= len(f.Names):
		return "these are all names: each receives mail"
	case len(f.Names) == 0:
		return "these are all names: none receives mail"
	}
	return ""
}

// narrowing is what the names are narrowed to.
func (p *names) narrowing() string { return p.by.only }

// narrow shows the names that contain a text, and those whose hosts do; all without one.
func (p *names) narrow(text string) []action {
	p.by.only = text
	return p.settled()
}

// update moves the cursor; the other panes follow it.
func (p *names) update(m tea.KeyMsg) []action {
	if p.list.Move(m, &p.keys.Moving, len(p.rows())) {
		return p.chosen()
	}
	return nil
}

// chosen shows the name under the cursor.
func (p *names) chosen() []action {
	if rows := p.rows(); p.list.Cursor < len(rows) {
		return []action{selectName{rows[p.list.Cursor].Name}}
	}
	return nil
}

// find puts the cursor at a name if the list has it.
func (p *names) find(n zonefile.Name) {
	rows := p.rows()
	if c := p.list.Cursor; c < len(rows) && rows[c].Name == n {
		return
	}
	i := p.rowOf(n)
	if i < 0 {
		i = min(p.list.Cursor, max(len(rows)-1, 0))
	}
	p.list.Cursor = i
}

// reveal puts the cursor at a name, and shows all names for that, or takes a filter away, where they hide it. False if no list has it.
func (p *names) reveal(n zonefile.Name) bool {
	was := p.by
	for _, by := range []arrangement{was, {order: was.order}, {order: was.order, all: true}} {
		if p.by = by; by.lists(p.doc.Findings, n) {
			p.find(n)
			return true
		}
	}
	p.by = was
	p.find(p.kit.name)
	return false
}

// bindings is what can be done with a name.
func (p *names) bindings() []binding {
	order, byRoute := "group by route", "t by route"
	if p.by.order == grouped {
		order, byRoute = "as a tree", "t as a tree"
	}
	if p.reverse() {
		byRoute = "-"
	}
	all := "all names"
	if p.by.all {
		all = "names of mail"
	}
	adds := p.offerAt(zonefile.Record{}, p.kit.name)
	list := []binding{
		does(p.keys.open, focus{paneRecords}).as("its records").briefly("enter records"),
		unless(p.doc.ReadOnly(), p.keys.add, func() []action {
			return []action{push{p.offering(adds)}}
		}).as("add " + adds.called()).briefly("a add"),
		unless(p.nothingWrong(), p.keys.fix, p.mendName).briefly("-"), // the row of keys stays the same from name to name
		on(p.keys.mark, p.mark),
		unless(p.noRoutes(), p.keys.group, p.group).as(order).briefly(byRoute),
		on(p.keys.sort, p.sort).as(p.by.order.next().does()),
		on(p.keys.filter, p.filterBinding(p).run),
		on(p.keys.markAll, p.markAll),
		unless(p.noOthers(), p.keys.all, p.toggleAll).as(all),
	}
	list = append(list, p.nameKeys()...)
	switch s := p.routes().at(p.list.Cursor); {
	case len(p.marked) > 0 && s.size() > 0:
		return append([]binding{does(p.keys.open, turnRoute{p}).as("unfold or fold")}, without(p.actBindings(list, "marked"), p.keys.open)...)
	case len(p.marked) > 0:
		return p.actBindings(list, "marked")
	case s.size() > 0:
		return p.routeBindings(list, s)
	}
	if rows := p.rows(); p.list.Cursor < len(rows) && rows[p.list.Cursor].Out {
		list = append([]binding{p.backBinding(rows[p.list.Cursor].Name)}, without(list, p.keys.comment)...)
	}
	return list
}

// noRoutes is why names have no routes that they could be grouped by.
func (p *names) noRoutes() string {
	if p.reverse() {
		return "a reverse zone has no routes of mail to group by: o is the next order"
	}
	return ""
}

// backBinding is the key that brings back what a name has, all of which is commented out.
func (p *names) backBinding(n zonefile.Name) binding {
	out := p.doc.Zone().CommentedOut(n)
	if len(out) == 1 {
		return p.commentBinding(out[0])
	}
	return unless(zonefile.Plural(len(out), "record is", "records are")+" commented out: enter goes to them", p.keys.comment, nil)
}

// mark marks the name under the cursor, or takes the mark away, and goes on to the next.
func (p *names) mark() []action {
	rows := p.rows()
	if len(rows) == 0 {
		return nil
	}
	if p.marked == nil {
		p.marked = marks{}
	}
	if all := p.ofRoute(); len(all) > 0 {
		p.marked.toggleAll(all)
	} else {
		p.marked.toggle(rows[p.list.Cursor].Name)
	}
	p.list.To(p.list.Cursor+1, 1, len(rows))
	return append(p.chosen(), p.marked.say())
}

// markAll marks all names that are shown, or takes their marks away where all have one.
func (p *names) markAll() []action {
	marked := marks{}
	maps.Copy(marked, p.marked)
	for _, r := range p.arranged().rows {
		marked[r.Name] = true
	}
	if len(marked) == len(p.marked) {
		for _, r := range p.arranged().rows {
			delete(marked, r.Name)
		}
	}
	p.marked = marked
	return []action{p.marked.say()}
}

// selected is the names that an act is for.
func (p *names) selected() chosen {
	if len(p.marked) == 0 {
		if all := p.ofRoute(); len(all) > 0 {
			return chosen{names: all, alike: true}
		}
		return chosen{names: []zonefile.Name{p.kit.name}}
	}
	shows := "A shows them"
	if p.by.only != "" {
		shows = "& shows them"
	}
	return p.marked.among(p.doc.Zone(), p.arranged().rows, shows)
}

// turnRoute unfolds the route under the cursor, or folds it.
type turnRoute struct{ of *names }

func (a turnRoute) do(stage) tea.Cmd {
	p := a.of
	s := p.routes().at(p.list.Cursor)
	if p.unfolded == nil {
		p.unfolded = map[string]bool{}
	}
	p.unfolded[p.routeText(p.arranged().rows[s.from])] = !s.open
	p.turns++
	return nil
}

// routeBindings is the keys of the row of a route: those that change records are for all its names.
func (p *names) routeBindings(list []binding, s routeSpan) []binding {
	does, brief := "unfold", "enter unfold"
	if s.open {
		does, brief = "fold", "enter fold"
	}
	why := "this row stands for " + zonefile.Plural(s.size(), "name", "names") + ": enter shows them"
	keep := []binding{on(p.keys.open, func() []action { return []action{turnRoute{p}} }).as(does).briefly(brief)}
	list = without(list, p.keys.open)
	list = p.because(why, list, p.keys.mark, p.keys.group, p.keys.sort, p.keys.filter, p.keys.markAll, p.keys.all)
	return append(keep, p.actBindings(list, "of this route")...)
}
