package ui

// Who uses a name or an address: every line of the zone and its includes that speaks of it, and what was not looked in.

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/references"
)

// askUses tells who uses something.
type askUses struct{ of subject }

func (a askUses) do(s stage) tea.Cmd {
	k := s.tools()
	z := k.doc.Zone()
	work := func(p *pace) result { return usesFound{a.of, findUses(p.among(z), z, a.of)} }
	return longWork{"asking who uses " + k.calls(a.of), work}.do(s)
}

// users is who uses something: it, and the addresses or hosts by which it is used, too.
type users struct {
	references.Uses
	through []detour
	n       int
}

// detour is who uses something by a host or an address of it.
type detour struct {
	way  subject
	list []references.Use
}

// findUses finds who uses something in a zone.
func findUses(in references.Among, z *zonefile.Zone, of subject) (u users) {
	if of.isAddress() {
		u.Uses = in.UsesOfAddress(of.address)
	} else {
		u.Uses = in.UsesOfName(of.name)
	}
	u.n = len(u.List)
	seen := map[zonefile.Row]bool{}
	for _, one := range u.List {
		seen[one.Row] = true
	}
	for _, way := range ways(z, of, u.List) {
		by := detour{way: way}
		for _, one := range usesOf(in, way) {
			if !seen[one.Row] {
				by.list, seen[one.Row] = append(by.list, one), true
			}
		}
		u.through = append(u.through, by)
		u.n += len(by.list)
	}
	return u
}

// mostWaysRound is how many hosts of one address are asked about: more share it than lead anywhere by it.
const mostWaysRound = 4

// ways is by what else something is used: a host by its addresses, an address by the hosts that have it.
func ways(z *zonefile.Zone, of subject, list []references.Use) (out []subject) {
	add := func(s subject) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	if !of.isAddress() {
		for _, r := range z.Node(of.name).Records {
			if a, ok := r.Addr(); ok {
				add(subject{address: a})
			}
		}
		return out
	}
	for _, one := range list {
		if a, ok := one.Row.Record().Addr(); ok && a == of.address {
			add(subject{name: one.Row.Owner()})
		}
		if len(out) > mostWaysRound {
			return nil
		}
	}
	return out
}

// usesOf is who uses something itself, and not by what it is besides.
func usesOf(in references.Among, of subject) []references.Use {
	if of.isAddress() {
		return in.UsesOfAddress(of.address).List
	}
	list := in.UsesOfName(of.name).List
	return slices.DeleteFunc(list, func(one references.Use) bool { return one.How != references.Leads })
}

// usesFound brings who uses something.
type usesFound struct {
	of    subject
	users users
}

func (m usesFound) take(s stage) tea.Cmd {
	d := &usedDialog{lineList: lineList{kit: s.tools()}, of: m.of, users: m.users}
	d.filled(d.rowsOf)
	s.push(d)
	return nil
}

// usedDialog is the list of who uses something.
type usedDialog struct {
	lineList
	of    subject
	users users
}

func (d *usedDialog) title() string { return "Who uses " + d.calls(d.of) }

// aside is how many lines there are, or what they are narrowed to.
func (d *usedDialog) aside(int) string {
	if d.only != "" {
		return "&" + d.show(d.only)
	}
	return zonefile.Plural(d.users.n, "line", "lines")
}

func (d *usedDialog) lines(width int) int { return d.tall(width) }

func (d *usedDialog) bindings() []binding {
	goes := func() []action { return []action{pop{}, visit{d.spot()}} }
	next := func() []action { return []action{askUses{d.subject()}} }
	line := d.nowhere()
	if line == "" && d.under().row.Record().IsZero() {
		line = "this line is no record: enter goes there"
	}
	list := []binding{
		unless(d.nowhere(), d.keys.submit, goes).as("go there").briefly("enter go"),
		unless(d.fixed(d.of), d.keys.rename, func() []action { return []action{pop{}, askNew{d.of}} }).as("change it everywhere").briefly("R everywhere"),
		unless(line, d.keys.uses, next).as("who uses what is under the cursor").briefly("U its users"),
	}
	list = append(list, d.moving()...)
	return append(list, does(d.keys.dismiss, pop{}).as("close"), does(d.keys.leave, pop{}).as("close").briefly("-"))
}

// subject is what the line under the cursor is of: its owner, for whom it is that uses the other.
func (d *usedDialog) subject() subject { return subject{name: d.under().row.Owner()} }

// rowsOf makes the rows.
func (d *usedDialog) rowsOf(m *lineMaker) {
	list := slices.Clone(d.users.List)
	for _, by := range d.users.through {
		list = append(list, by.list...)
	}
	m.measure(len(list), func(i int) (zonefile.Row, string) { return list[i].Row, list[i].Is })
	d.grouped(m, d.users.List)
	for _, by := range d.users.through {
		if by.way.isAddress() {
			m.titled("have its address "+by.way.address.String(), by.list)
		} else {
			m.titled("lead to "+d.calls(by.way)+", which has it", by.list)
		}
	}
	if len(m.rows) == 0 {
		m.say("Nobody: no line of the zone and of what it includes speaks of " + d.calls(d.of))
	}
	if len(d.users.Unread) > 0 {
		m.title("not looked in")
	}
	for _, text := range d.users.Unread {
		m.say(text)
	}
}

// grouped adds lines by how they use it.
func (d *usedDialog) grouped(m *lineMaker, list []references.Use) {
	titles := map[references.Way]string{references.Leads: "lead there", references.Own: "its own records", references.Below: "below it",
		references.Mention: "have it where no change writes it"}
	if d.of.isAddress() {
		titles[references.Leads] = "have it"
	}
	for from := 0; from < len(list); {
		to := from
		for to < len(list) && list[to].How == list[from].How {
			to++
		}
		m.titled(titles[list[from].How], list[from:to])
		from = to
	}
}

// titled adds lines under a title.
func (m *lineMaker) titled(title string, list []references.Use) {
	if len(list) > 0 {
		m.title(title)
	}
	for _, one := range list {
		m.line(lineRow{row: one.Row}, one.Is)
	}
}

// view draws the list.
func (d *usedDialog) view(width, height int) string { return d.draw(width, height, nil) }
