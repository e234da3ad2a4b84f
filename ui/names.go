package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// names is the pane of all names that can receive mail.
type names struct {
	*kit
	list    list
	marked  map[zonefile.Name]bool // for :repoint and :ttl
	grouped bool                   // by route, the outliers first
	worst   bool                   // the worst problems first
	sorted  struct {               // the rows in that order, and what they were made from
		of    []nameRow
		worst bool
		rows  []nameRow
	}
}

// rows is what the pane shows.
func (p *names) rows() []nameRow {
	all := p.doc.findings.names
	if !p.grouped && !p.worst || len(all) == 0 {
		return all
	}
	s := &p.sorted
	if len(s.of) != len(all) || &s.of[0] != &all[0] || s.worst != p.worst {
		s.of, s.worst = all, p.worst
		if s.rows = byWorst(all); !p.worst {
			s.rows = byRoute(all)
		}
	}
	return s.rows
}

// sort puts the worst first, or orders the names as a tree again.
func (p *names) sort() []action {
	p.grouped, p.worst = false, !p.worst
	p.find(p.kit.name)
	return nil
}

// group orders the names by route, or as a tree again.
func (p *names) group() []action {
	p.grouped, p.worst = !p.grouped, false
	p.find(p.kit.name)
	return nil
}

// update moves the cursor; the other panes follow it.
func (p *names) update(msg tea.Msg) ([]action, tea.Cmd) {
	if m, ok := msg.(tea.KeyMsg); ok && p.list.move(m, p.keys, len(p.rows())) {
		return p.chosen(), nil
	}
	return nil, nil
}

// chosen shows the name under the cursor.
func (p *names) chosen() []action {
	if rows := p.rows(); p.list.cursor < len(rows) {
		return []action{selectName{rows[p.list.cursor].name}}
	}
	return nil
}

// find puts the cursor at a name if the list has it.
func (p *names) find(n zonefile.Name) {
	for i, r := range p.rows() {
		if r.name == n {
			p.list.cursor = i
		}
	}
}

// match finds the next row whose name contains a text, from the cursor on.
func (p *names) match(text string, back bool) bool {
	rows := p.rows()
	i, ok := nextMatch(len(rows), p.list.cursor, back, func(i int) bool { return contains(string(rows[i].name), text) })
	if ok {
		p.list.cursor = i
	}
	return ok
}

// bindings is what can be done with a name.
func (p *names) bindings() []binding {
	order := "group by route"
	if p.grouped {
		order = "as a tree"
	}
	sorting := "the worst first"
	if p.worst {
		sorting = "as a tree"
	}
	const first = "a name has several records: press enter to go to them"
	return []binding{
		does(p.keys.open, focus{paneRecords}).as("its records"),
		unless(p.doc.readOnly(), p.keys.add, func() []action {
			return []action{push{p.adding(p.kit.name, zonefile.TypeMX)}}
		}).as("add MX"),
		on(p.keys.mark, p.mark),
		on(p.keys.group, p.group).as(order),
		on(p.keys.sort, p.sort).as(sorting),
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
	n := rows[p.list.cursor].name
	if p.marked[n] = !p.marked[n]; !p.marked[n] {
		delete(p.marked, n)
	}
	p.list.to(p.list.cursor+1, 1, len(rows))
	return append(p.chosen(), say{plural(len(p.marked), "name is", "names are") + " marked: :repoint OLD NEW and :ttl TIME change them", levelInfo})
}

// view draws the names that can be seen.
func (p *names) view(width, height int) string {
	rows := p.rows()
	count := p.list.more(len(rows))
	if count == "" {
		count = itoa(len(rows))
	}
	head := p.line(width, false, span{p.fit(" NAMES", width-16), p.styles.head}, span{p.fitRight(count, 15), p.styles.dim})
	if height < 2 {
		return head
	}
	if len(rows) == 0 {
		lines := append([]string{head}, p.emptyLines(width)...)
		return block(lines, width, height)
	}
	return head + "\n" + p.list.view(width, height-1, len(rows), func(i int, _ bool) string {
		return p.row(rows[i], width)
	})
}

// emptyLines says why there is no name.
func (p *names) emptyLines(width int) []string {
	text := "No name here receives mail. Press a to add an MX."
	if p.doc.findings.zone == nil {
		text = "reading the zone..."
	}
	var out []string
	for _, l := range wrap(text, width-2) {
		out = append(out, p.line(width, false, span{" " + l, p.styles.dim}))
	}
	return out
}

// row draws one name.
func (p *names) row(r nameRow, width int) string {
	here := r.name == p.kit.name
	mark := "  "
	if here {
		mark = p.glyphs.mark + " "
	}
	if p.marked[r.name] {
		mark = mark[:len(mark)-1] + "+"
	}
	badge, style := "", p.styles.dim
	if r.worst > lint.Info {
		badge, style = letter(r.worst)+itoa(r.count), p.severity(r.worst)
	}
	const howWidth, badgeWidth = 9, 4
	how := r.how
	if p.grouped {
		if how = "#" + itoa(r.route) + " " + how; len(how) > howWidth {
			how = "#" + itoa(r.route)
		}
	}
	nameWidth, to := width-2-howWidth-badgeWidth-1, ""
	const least = 16
	if nameWidth >= 2*least { // a wide screen says where mail goes first
		to = p.firstHosts(r.name)
	}
	toWidth := max(nameWidth-max(least, ansi.StringWidth(p.short(r.name))+2), 0)
	if to == "" {
		toWidth = 0
	}
	nameStyle := p.styles.plain
	if here {
		nameStyle = p.styles.name
	}
	first := p.under(here && p.focused == paneNames,
		span{mark, p.styles.key}, span{p.fit(p.short(r.name), nameWidth-toWidth), nameStyle})
	return p.line(width, false, append(first,
		span{p.fit(to, toWidth), p.styles.dim},
		span{p.fitRight(badge, badgeWidth), style},
		span{p.fitRight(how, howWidth), p.styles.dim})...)
}

// firstHosts is the hosts that mail for a name goes to first; "" for a name without MX.
func (p *names) firstHosts(n zonefile.Name) string {
	tiers := p.doc.zone().Tiers(n)
	if len(tiers) == 0 || tiers[0][0].IsNullMX() {
		return ""
	}
	var out []string
	for _, r := range tiers[0] {
		if host, ok := r.Target(); ok {
			out = append(out, p.short(host))
		}
	}
	return p.glyphs.arrow + " " + strings.Join(out, " = ")
}

// severity is the style of a severity.
func (k *kit) severity(s lint.Severity) lipgloss.Style {
	switch s {
	case lint.Error:
		return k.styles.err
	case lint.Warning:
		return k.styles.warn
	}
	return k.styles.info
}

// howText is how a name receives mail, in a word.
func howText(h preview.How) string {
	switch h {
	case preview.ByMX:
		return "MX"
	case preview.ByNull:
		return "no mail"
	}
	return string(h)
}

// contains tells whether text holds part, whatever the case.
func contains(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

// nextMatch finds the next of n rows for which ok holds, beginning beside row from and going round.
func nextMatch(n, from int, back bool, ok func(int) bool) (int, bool) {
	step := 1
	if back {
		step = n - 1
	}
	for i, left := (from+step)%max(n, 1), n; left > 0; i, left = (i+step)%n, left-1 {
		if ok(i) {
			return i, true
		}
	}
	return 0, false
}
