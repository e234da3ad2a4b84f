package ui

// Which rows the list of zones has: the zones in an order, or by route, narrowed to those that have a text. Zones in which no name
// can receive mail stand at the end, behind one row.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// quietKey is the key of the fold of zones without mail: no route is called so.
const quietKey = "\x00quiet"

// arrange makes the rows, and leaves the cursor on a zone, or near where it was.
func (m *zoneList) arrange(on int) {
	key := ""
	if c := m.list.Cursor; on < 0 && c < len(m.rows) {
		key = m.rows[c].key
	}
	shown, quiet := make([]int, 0, len(m.zones)), []int(nil)
	for i := range m.zones {
		switch {
		case m.only != "" && !m.has(i, m.only):
		case m.zones[i].quiet:
			quiet = append(quiet, i)
		default:
			shown = append(shown, i)
		}
	}
	m.rows = m.rows[:0]
	switch m.order {
	case zonesByRoute:
		m.addRoutes(shown)
	case zonesWorstFirst:
		slices.SortStableFunc(shown, func(a, b int) int { return m.zones[a].worse(&m.zones[b]) })
		m.addZones(shown, false)
	default:
		m.addZones(shown, false)
	}
	if len(quiet) > 0 {
		m.addFold(zoneLine{key: quietKey, text: zonefile.Plural(len(quiet), "zone that receives no mail", "zones that receive no mail"), of: quiet})
	}
	if len(m.rows) == 0 {
		m.rows = append(m.rows, zoneLine{kind: lineNote, text: m.nothing()})
	}
	if i := m.rowOf(on, key); i >= 0 {
		m.list.Cursor = i
	}
	m.list.Cursor = max(min(m.list.Cursor, len(m.rows)-1), 0)
}

// nothing is why the list is empty.
func (m *zoneList) nothing() string {
	if m.only != "" {
		return nothingHas
	}
	return "the configuration has no zone that could be listed"
}

// rowOf is where a zone stands, or the fold of a key; -1 if nowhere.
func (m *zoneList) rowOf(zone int, key string) int {
	if zone >= 0 {
		return slices.IndexFunc(m.rows, func(l zoneLine) bool { return l.kind == lineZone && l.zone == zone })
	}
	return slices.IndexFunc(m.rows, func(l zoneLine) bool { return key != "" && l.kind == lineFold && l.key == key })
}

// worse orders zones: what cannot be read first, then by errors and by warnings.
func (z *listedZone) worse(other *listedZone) int {
	unread := func(z *listedZone) int {
		if z.Err != "" {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(unread(z), unread(other)), cmp.Compare(other.Errors, z.Errors), cmp.Compare(other.Warnings, z.Warnings))
}

// addZones adds the rows of zones.
func (m *zoneList) addZones(zones []int, inside bool) {
	m.rows = slices.Grow(m.rows, len(zones)+1)
	for _, i := range zones {
		m.rows = append(m.rows, zoneLine{kind: lineZone, zone: i, inside: inside})
	}
}

// addFold adds a row that stands for zones, and their own where it is unfolded.
func (m *zoneList) addFold(l zoneLine) {
	l.kind = lineFold
	m.rows = append(m.rows, l)
	if m.open[l.key] {
		m.addZones(l.of, true)
	}
}

// addRoutes adds the zones by route, that of most names first. A zone stands under each route that its names have.
func (m *zoneList) addRoutes(zones []int) {
	at := map[string]int{}
	var routes []zoneLine
	var without []int
	for _, i := range zones {
		for _, r := range m.zones[i].Routes {
			n, known := at[r.Text]
			if !known {
				n = len(routes)
				at[r.Text], routes = n, append(routes, zoneLine{key: r.Text})
			}
			routes[n].of, routes[n].names = append(routes[n].of, i), routes[n].names+r.Names
		}
		if len(m.zones[i].Routes) == 0 {
			without = append(without, i)
		}
	}
	slices.SortStableFunc(routes, func(a, b zoneLine) int { return cmp.Compare(b.names, a.names) })
	for _, l := range routes {
		l.text, l.tail = m.show(l.key), fmt.Sprintf(": %s in %s", zonefile.Plural(l.names, "name", "names"), zonefile.Plural(len(l.of), "zone", "zones"))
		m.addFold(l)
	}
	if len(without) > 0 {
		m.addFold(zoneLine{key: "\x00none", text: "no route is known: " + zonefile.Plural(len(without), "zone", "zones"), of: without})
	}
}

// has tells whether a zone has a text: in its name, view, kind, file, how its mail goes, or a problem.
func (m *zoneList) has(i int, text string) bool {
	z := &m.zones[i]
	if contains(z.name, text) || contains(z.Kind, text) || contains(m.show(z.File), text) || contains(z.Mail.Text(), text) ||
		contains(m.show(strings.Join(z.Views, " ")), text) {
		return true
	}
	return slices.ContainsFunc(z.Routes, func(r document.HostedRoute) bool { return contains(m.show(r.Text), text) })
}

// narrowing is what the list is narrowed to.
func (m *zoneList) narrowing() string { return m.only }

// narrow shows the zones that have a text; all without one.
func (m *zoneList) narrow(text string) []action {
	m.only = text
	m.arrange(m.zoneAt(m.list.Cursor))
	return nil
}

// find goes to the next row with a text.
func (m *zoneList) find(text string, back bool) {
	if text != "" {
		m.wanted = text
	}
	if m.wanted == "" {
		m.message = say{"nothing was searched for yet: press /", levelInfo}
		return
	}
	seek := m.seek
	if m.report != nil {
		seek = m.report.seek
	}
	if !seek(m.wanted, back) {
		m.message = say{"not found here: " + m.show(m.wanted), levelInfo}
	}
}

// seek goes to the next row that has a text; false if none has.
func (m *zoneList) seek(text string, back bool) bool {
	i, ok := nextMatch(len(m.rows), m.list.Cursor, back, func(i int) bool {
		switch l := m.rows[i]; l.kind {
		case lineZone:
			return m.has(l.zone, text)
		case lineFold:
			return contains(l.text+l.tail, text)
		}
		return false
	})
	if ok {
		m.list.Cursor = i
	}
	return ok
}
