package ui

// All names that can receive mail, as a tree, by route or the worst first. Only those in sight are drawn, however many
// there are.

import (
	"maps"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/ui/draw"
	"github.com/mailzone/mailzone/zonefile"
)

// names is the pane of all names that can receive mail.
type names struct {
	*kit
	list   draw.List
	marked map[zonefile.Name]bool // for :repoint and :ttl
	by     arrangement
	shown  arranged
}

// rows is what the pane shows.
func (p *names) rows() []document.NameRow {
	f := p.doc.Findings
	all := f.Names
	if p.by == (arrangement{}) || len(all) == 0 {
		return all
	}
	var told *lint.Report // what the order goes by
	if p.by.worst {
		told = f.Report
	}
	s := &p.shown
	if len(s.of) != len(all) || &s.of[0] != &all[0] || s.told != told || s.by != p.by {
		*s = arranged{all, told, p.by, p.by.arrange(f)}
	}
	return s.rows
}

// sort puts the worst first, or orders the names as a tree again.
func (p *names) sort() []action {
	p.by.grouped, p.by.worst = false, !p.by.worst
	p.find(p.kit.name)
	return nil
}

// group orders the names by route, or as a tree again.
func (p *names) group() []action {
	p.by.grouped, p.by.worst = !p.by.grouped, false
	p.find(p.kit.name)
	return nil
}

// askFilter asks which names to show.
func (p *names) askFilter() []action {
	ask := &prompt{kit: p.kit, sign: "&", field: p.newField(partData, "", ""), takesNothing: true}
	ask.done = p.filter
	return []action{push{ask}}
}

// filter shows the names that contain a text, and those whose hosts do; all without one.
func (p *names) filter(text string) []action {
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

// match finds the next row whose name contains a text, from the cursor on.
func (p *names) match(text string, back bool) bool {
	rows := p.rows()
	i, ok := nextMatch(len(rows), p.list.Cursor, back, func(i int) bool { return contains(string(rows[i].Name), text) })
	if ok {
		p.list.Cursor = i
	}
	return ok
}

// bindings is what can be done with a name.
func (p *names) bindings() []binding {
	order := "group by route"
	if p.by.grouped {
		order = "as a tree"
	}
	sorting := "the worst first"
	if p.by.worst {
		sorting = "as a tree"
	}
	const first = "a name has several records: press enter to go to them"
	return []binding{
		does(p.keys.open, focus{paneRecords}).as("its records"),
		unless(p.doc.ReadOnly(), p.keys.add, func() []action {
			return []action{push{p.adding(p.kit.name, zonefile.TypeMX)}}
		}).as("add MX"),
		on(p.keys.mark, p.mark),
		on(p.keys.group, p.group).as(order),
		on(p.keys.sort, p.sort).as(sorting),
		on(p.keys.filter, p.askFilter),
		on(p.keys.markAll, p.markAll),
		unless(first, p.keys.edit, nil),
		unless(first, p.keys.remove, nil),
	}
}

// mark marks the name under the cursor, or takes the mark away, and goes on to the next.
func (p *names) mark() []action {
	rows := p.rows()
	if len(rows) == 0 {
		return nil
	}
	if p.marked == nil {
		p.marked = map[zonefile.Name]bool{}
	}
	n := rows[p.list.Cursor].Name
	if p.marked[n] = !p.marked[n]; !p.marked[n] {
		delete(p.marked, n)
	}
	p.list.To(p.list.Cursor+1, 1, len(rows))
	return append(p.chosen(), p.sayMarked())
}

// markAll marks all names that are shown, or takes their marks away where all have one.
func (p *names) markAll() []action {
	rows := p.rows()
	marked := map[zonefile.Name]bool{}
	maps.Copy(marked, p.marked)
	for _, r := range rows {
		marked[r.Name] = true
	}
	if len(marked) == len(p.marked) {
		for _, r := range rows {
			delete(marked, r.Name)
		}
	}
	p.marked = marked
	return []action{p.sayMarked()}
}

// sayMarked says how many names are marked, and what for.
func (p *names) sayMarked() action {
	return say{zonefile.Plural(len(p.marked), "name is", "names are") + " marked: :repoint OLD NEW and :ttl TIME change them", levelInfo}
}

// view draws the names that can be seen.
func (p *names) view(width, height int) string {
	rows := p.rows()
	count := p.list.More(len(rows))
	if count == "" {
		count = itoa(len(rows))
	}
	head := p.Line(width, false, p.title("NAMES", p.has(paneNames), p.Styles.Plain), draw.Ink(p.Fit(p.heading(), width-7-len(count)-2), p.Styles.Head), draw.Ink(p.FitRight(count, len(count)+1), p.Styles.Dim))
	if height < 2 {
		return head
	}
	if len(rows) == 0 {
		lines := append([]string{head}, p.emptyLines(width)...)
		return draw.Block(lines, width, height)
	}
	return head + "\n" + p.list.View(width, height-1, len(rows), func(i int, _ bool) string {
		return p.row(rows[i], width)
	})
}

// heading is the pane's title: with what is shown only, and how many names are marked.
func (p *names) heading() string {
	text := ""
	if p.by.only != "" {
		text += " &" + p.show(p.by.only)
	}
	if len(p.marked) > 0 {
		text += " +" + itoa(len(p.marked))
	}
	return text
}

// emptyLines says why there is no name.
func (p *names) emptyLines(width int) []string {
	text := "No name here receives mail. Press a to add an MX."
	switch {
	case p.doc.Findings.Zone == nil:
		text = "reading the zone..."
	case p.by.only != "":
		text = "No name and no host contains this. Press & and enter for all."
	case preview.NoMail(p.doc.Findings.Zone) != "":
		text = "This is " + preview.NoMail(p.doc.Findings.Zone) + "."
	}
	var out []string
	for _, l := range draw.Wrap(text, width-2) {
		out = append(out, p.Line(width, false, draw.Ink(" "+l, p.Styles.Dim)))
	}
	return out
}

// need is how wide the pane has to be for its names.
func (p *names) need() int { return 0 }

// row draws one name.
func (p *names) row(r document.NameRow, width int) string {
	here := r.Name == p.kit.name
	mark := "  "
	if here && p.has(paneNames) {
		mark = p.Glyphs.Mark + " "
	}
	if p.marked[r.Name] {
		mark = mark[:len(mark)-1] + "+"
	}
	badge, style := "", p.Styles.Dim
	if b := p.doc.Findings.Badges[r.Name]; b.Count > 0 {
		badge, style = b.Worst.Letter()+itoa(b.Count), p.severity(b.Worst)
	}
	const howWidth, badgeWidth = 9, 4
	how := r.How.Word()
	if p.by.grouped {
		if how = "#" + itoa(r.Route) + " " + how; len(how) > howWidth {
			how = "#" + itoa(r.Route)
		}
	}
	nameWidth, to := width-2-howWidth-badgeWidth-1, ""
	const least = 16
	if nameWidth >= 2*least { // a wide screen says where mail goes first
		to = p.firstHosts(r.Name)
	}
	toWidth := max(nameWidth-max(least, ansi.StringWidth(p.short(r.Name))+2), 0)
	if to == "" {
		toWidth = 0
	}
	nameStyle := p.Styles.Plain
	if here {
		nameStyle = p.Styles.Name
	}
	first := p.Under(here && p.has(paneNames),
		draw.Ink(mark, p.Styles.Key), draw.Ink(p.Fit(p.short(r.Name), nameWidth-toWidth), nameStyle))
	return p.Line(width, false, append(first,
		draw.Ink(p.Fit(to, toWidth), p.Styles.Dim),
		draw.Ink(p.FitRight(badge, badgeWidth), style),
		draw.Ink(p.FitRight(how, howWidth), p.Styles.Dim))...)
}

// firstHosts is the hosts that mail for a name goes to first; "" for a name without MX.
func (p *names) firstHosts(n zonefile.Name) string {
	tiers := p.doc.Zone().Tiers(n)
	if len(tiers) == 0 || tiers[0][0].IsNullMX() {
		return ""
	}
	var hosts []zonefile.Name
	for _, r := range tiers[0] {
		if host, ok := r.Target(); ok {
			hosts = append(hosts, host)
		}
	}
	return p.Glyphs.Arrow + " " + preview.Equals(hosts, p.short)
}

func (p *names) click(y int) []action {
	if p.list.Click(y-1, len(p.rows())) {
		return p.chosen()
	}
	return nil
}
