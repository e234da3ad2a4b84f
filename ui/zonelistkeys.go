package ui

// What the keys of the list of zones do.

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// bindings is the keys of the list.
func (m *zoneList) bindings() []binding {
	leads := func(cmd tea.Cmd) func() []action {
		return func() []action { m.ending = cmd; return nil }
	}
	byRoute, brief := "zones by route", "t by route"
	if m.order == zonesByRoute {
		byRoute, brief = "zones by name", "t by name"
	}
	esc := unless("esc does not quit: press q", m.keys.escape, nil)
	if m.only != "" {
		esc = on(m.keys.escape, func() []action { return m.narrow("") }).as("all zones")
	}
	return slices.Concat([]binding{m.openBinding()}, m.looking(m), []binding{
		on(m.keys.mark, m.mark),
		on(m.keys.group, m.group).as(byRoute).briefly(brief),
		on(m.keys.command, m.ask(":", m.command)),
		on(m.keys.help, m.showHelp),
		on(m.keys.quit, leads(tea.Quit)),
		on(m.keys.sort, m.sort).as(m.order.does()).briefly("-"),
		on(m.keys.markAll, m.markAll).briefly("-"),
		on(m.keys.suspend, leads(tea.Suspend)).briefly("-"),
		esc.briefly("-"),
	})
}

// looking is the keys by which something is found in what is on the screen, or that is narrowed.
func (m *zoneList) looking(at narrower) []binding {
	return []binding{
		on(m.keys.search, m.ask("/", func(text string) []action { m.find(text, false); return nil })).briefly("/ find"),
		on(m.keys.filter, func() []action { m.prompt = newFilterPrompt(m.kit, at); return nil }).as("only zones with").briefly("& filter"),
		on(m.keys.again, func() []action { m.find("", false); return nil }).briefly("-"),
		on(m.keys.back, func() []action { m.find("", true); return nil }).briefly("-"),
		unless("this has all the room already", m.keys.zoom, nil).briefly("-"),
	}
}

// openBinding is the key that opens what is under the cursor.
func (m *zoneList) openBinding() binding {
	if m.list.Cursor >= len(m.rows) || m.rows[m.list.Cursor].kind == lineNote {
		return unless("there is no zone here", m.keys.open, nil).briefly("enter open")
	}
	l := m.rows[m.list.Cursor]
	if l.kind == lineFold {
		does := "unfold"
		if m.open[l.key] {
			does = "fold"
		}
		return on(m.keys.open, func() []action {
			m.open[l.key] = !m.open[l.key]
			m.arrange(-1)
			return nil
		}).as(does).briefly("enter " + does)
	}
	z := &m.zones[l.zone]
	why := ""
	if z.File == "" {
		why = z.Reason
	} else if z.Err != "" && z.Reason != "" {
		why = m.show(z.Err)
	}
	return unless(why, m.keys.open, func() []action { return m.enter(l.zone) }).briefly("enter open")
}

// enter opens a zone: one whose file is a stranger's when the key is pressed again.
func (m *zoneList) enter(zone int) []action {
	if uid, is := document.Stranger(*m.zones[zone].Zone); is && m.doubted != zone {
		m.doubted = zone
		return []action{say{fmt.Sprintf("its file belongs to user %d, neither to root nor to the owner of its directory: enter again opens it", uid), levelError}}
	}
	m.opens = zone
	return nil
}

// ask begins a line at the bottom.
func (m *zoneList) ask(sign string, done func(string) []action) func() []action {
	return func() []action {
		m.prompt = &prompt{kit: m.kit, sign: sign, field: m.newField(partData, "", ""), done: done}
		return nil
	}
}

// mark marks the zones of the row under the cursor, or takes the marks away, and goes on.
func (m *zoneList) mark() []action {
	if m.list.Cursor >= len(m.rows) {
		return nil
	}
	zones := m.rows[m.list.Cursor].zones()
	m.turn(zones)
	m.list.To(m.list.Cursor+1, 1, len(m.rows))
	return m.sayMarked()
}

// turn marks zones, or takes their marks away where all have one.
func (m *zoneList) turn(zones []int) {
	off := !slices.ContainsFunc(zones, func(i int) bool { return !m.marked[i] })
	for _, i := range zones {
		if delete(m.marked, i); !off {
			m.marked[i] = true
		}
	}
}

// markAll marks all zones that are shown.
func (m *zoneList) markAll() []action {
	var all []int
	for _, l := range m.rows {
		if l.kind != lineFold || l.key != quietKey {
			all = append(all, l.zones()...)
		}
	}
	m.turn(all)
	return m.sayMarked()
}

// sayMarked says how many are marked.
func (m *zoneList) sayMarked() []action {
	return []action{say{zonefile.Plural(len(m.marked), "zone is", "zones are") + " marked", levelInfo}}
}

// group shows the zones by route, or by name again.
func (m *zoneList) group() []action {
	m.turns(zonesByRoute, zonesByName)
	if m.order == zonesByRoute && m.busy {
		return []action{say{"zone files are still being read: there will be more names", levelInfo}}
	}
	return nil
}

// sort shows the zones by name, or the worst first.
func (m *zoneList) sort() []action {
	m.turns(zonesByName, zonesWorstFirst)
	return nil
}

// turns shows the zones in an order, or in the other one if that is theirs. The cursor stays on its zone.
func (m *zoneList) turns(to, other zoneOrder) {
	on := m.zoneAt(m.list.Cursor)
	if m.order == to {
		to = other
	}
	m.order = to
	m.arrange(on)
}

// command does what was typed behind the colon.
func (m *zoneList) command(text string) []action {
	switch word, arg, _ := strings.Cut(strings.TrimSpace(text), " "); word {
	case "lint":
		return m.lint()
	case "repoint":
		return m.repoint(arg)
	case "ttl":
		return m.setTTL(arg)
	case "q", "quit":
		m.ending = tea.Quit
		return nil
	case "help":
		return m.showHelp()
	default:
		return []action{say{"there is no command " + m.show(word) + " here: repoint, ttl, lint, help, quit", levelError}}
	}
}

// lint lists what is wrong with the zones that are marked, else with that under the cursor.
func (m *zoneList) lint() []action {
	if m.busy {
		return []action{say{"the zones are still being examined", levelInfo}}
	}
	which := m.chosen()
	m.report = &zoneReport{kit: m.kit, heading: "Problems of " + zonefile.Plural(len(which), "zone", "zones")}
	for _, i := range which {
		m.report.texts = append(m.report.texts, m.reported(&m.zones[i])...)
	}
	return nil
}

// reported is what a report says of a zone.
func (m *zoneList) reported(z *listedZone) (texts []reportText) {
	say := func(text string) { texts = append(texts, reportText{text, false}) }
	texts = append(texts, reportText{z.name + "  " + m.show(z.File), true})
	switch {
	case z.Err != "":
		say(m.show(z.Err))
	case !z.Examined:
		say("not examined: its records are made elsewhere, or no name of it can receive mail")
	case len(z.Problems) == 0:
		say("nothing is wrong")
	}
	for _, p := range z.Problems {
		say(m.show(p))
	}
	return texts
}

// showHelp lists the keys.
func (m *zoneList) showHelp() []action {
	m.help = newHelpScreen(m.kit, []helpList{helpOf("in the list of zones", m.bindings())})
	return nil
}
