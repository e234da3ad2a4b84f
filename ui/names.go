package ui

// All names that can receive mail, as a tree, by route or the worst first. Only those in sight are drawn, however many
// there are.

import (
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// names is the pane of all names that can receive mail.
type names struct {
	*kit
	list   draw.List
	marked marks // for what is done to many names
	by     arrangement
	shown  arranged
	head   int // how many lines stand above the names
}

// rows is what the pane shows.
func (p *names) rows() []document.NameRow { return p.arranged().rows }

// list_ is what the pane shows, and how wide its names are.
func (p *names) arranged() *arranged {
	f := p.doc.Findings
	var told *lint.Report // what the order goes by
	if p.by.order == byWorstFirst {
		told = f.Report
	}
	by := p.by
	by.all = p.showsAll()
	of := by.base(f)
	s := &p.shown
	if len(s.of) != len(of) || len(of) > 0 && &s.of[0] != &of[0] || s.told != told || s.by != by {
		rows := by.arrange(f)
		*s = arranged{of: of, told: told, by: by, rows: rows, longest: p.longest(rows), there: present(rows), ptrOf: s.ptrOf, ptr: s.ptr}
	}
	return s
}

// showsAll tells whether all names are shown, and not only those of mail: so it is wanted, or there are no others.
func (p *names) showsAll() bool {
	f := p.doc.Findings
	return len(f.All) > 0 && (p.by.all || len(f.Names) == 0)
}

// sort puts the names in the next order: a tree, as in the file, the worst first.
func (p *names) sort() []action {
	p.by.order = p.by.order.next()
	p.find(p.kit.name)
	return nil
}

// group orders the names by route, or as a tree again.
func (p *names) group() []action {
	if p.by.order != grouped {
		p.by.order = grouped
	} else {
		p.by.order = asTree
	}
	p.find(p.kit.name)
	return nil
}

// toggleAll shows all names, or those of mail again.
func (p *names) toggleAll() []action {
	p.by.all = !p.by.all
	if p.by.all && len(p.doc.Findings.All) == 0 {
		return []action{wholeZone{}}
	}
	p.find(p.kit.name)
	return append(p.chosen(), p.sayAll())
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

// wholeZone has all names listed of a zone that has very many.
type wholeZone struct{}

func (wholeZone) do(s stage) tea.Cmd {
	doc := s.tools().doc
	doc.Whole, doc.Findings.Surveyed = true, false
	s.tell(say{"listing all names...", levelInfo})
	return examine(s)
}

// noOthers is why all names are shown already.
func (p *names) noOthers() string {
	f := p.doc.Findings
	switch {
	case len(f.Names) == f.Owners && len(f.All) <= len(f.Names):
		return "these are all names: each receives mail"
	case len(f.Names) == 0:
		return "these are all names: none receives mail"
	}
	return ""
}

// askFilter asks which names to show.
func (p *names) askFilter() []action {
	ask := newFilterPrompt(p.kit, p.by.only, p.narrow)
	if len(p.by.base(p.doc.Findings)) > liveRows {
		ask.live = nil
	}
	return []action{push{ask}}
}

// narrowing is what the names are narrowed to.
func (p *names) narrowing() string { return p.by.only }

// narrow shows the names that contain a text, and those whose hosts do; all without one.
func (p *names) narrow(text string) []action {
	p.by.only = text
	p.find(p.kit.name)
	return p.chosen()
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
	i := slices.IndexFunc(rows, func(r document.NameRow) bool { return r.Name == n })
	if i < 0 {
		i = min(p.list.Cursor, max(len(rows)-1, 0))
	}
	p.list.Cursor = i
}

// reveal puts the cursor at a name, and shows all names for that, or takes a filter away, where they hide it. False if no list has it.
func (p *names) reveal(n zonefile.Name) bool {
	was := p.by
	for _, by := range []arrangement{was, {order: was.order}, {order: was.order, all: true}} {
		p.by = by
		p.find(n)
		if rows := p.rows(); p.list.Cursor < len(rows) && rows[p.list.Cursor].Name == n {
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
	add, typ := "add MX", zonefile.TypeMX
	if p.reverse() {
		add, typ = "add PTR", zonefile.TypePTR
	}
	list := []binding{
		does(p.keys.open, focus{paneRecords}).as("its records").briefly("enter records"),
		unless(p.doc.ReadOnly(), p.keys.add, func() []action {
			return []action{push{p.adding(p.kit.name, typ)}}
		}).as(add).briefly("a add"),
		unless(p.nothingWrong(), p.keys.fix, p.mendName).briefly("-"), // the row of keys stays the same from name to name
		on(p.keys.mark, p.mark),
		unless(p.noRoutes(), p.keys.group, p.group).as(order).briefly(byRoute),
		on(p.keys.sort, p.sort).as(p.by.order.next().does()),
		on(p.keys.filter, p.askFilter),
		on(p.keys.markAll, p.markAll),
		unless(p.noOthers(), p.keys.all, p.toggleAll).as(all),
	}
	list = append(list, p.nameKeys()...)
	if len(p.marked) > 0 {
		return p.actBindings(list)
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
	p.marked.toggle(rows[p.list.Cursor].Name)
	p.list.To(p.list.Cursor+1, 1, len(rows))
	return append(p.chosen(), p.marked.say())
}

// markAll marks all names that are shown, or takes their marks away where all have one.
func (p *names) markAll() []action {
	marked := marks{}
	maps.Copy(marked, p.marked)
	for _, r := range p.rows() {
		marked[r.Name] = true
	}
	if len(marked) == len(p.marked) {
		for _, r := range p.rows() {
			delete(marked, r.Name)
		}
	}
	p.marked = marked
	return []action{p.marked.say()}
}

// selected is the names that an act is for.
func (p *names) selected() chosen {
	if len(p.marked) == 0 {
		return chosen{names: []zonefile.Name{p.kit.name}}
	}
	shows := "A shows them"
	if p.by.only != "" {
		shows = "& shows them"
	}
	return p.marked.among(p.doc.Zone(), p.rows(), shows)
}
