package ui

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// listOf is a list of zones by their names, at a size: those with a kind behind a slash are not primaries.
func listOf(t *testing.T, w, h int, names ...string) *zoneList {
	t.Helper()
	var conf server.Configuration
	conf.File = "/etc/bind/named.conf"
	for _, name := range names {
		name, kind, other := strings.Cut(name, "/")
		z := server.Zone{Name: zonefile.Name(name + "."), Views: []string{""}, Kind: "primary", File: "/etc/bind/db." + name}
		if other {
			z.Kind, z.Reason = kind, "named writes this file itself"
		}
		conf.Zones = append(conf.Zones, z)
	}
	m := newZoneList(ZonesOptions{Options: Options{Color: "never"}, Conf: conf, Quiet: func(z server.Zone) bool { return z.Name == "localhost." }})
	m.utf8 = true
	m.news, m.busy = &newsBox{wake: make(chan struct{}, 1)}, true
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	return m
}

// tell puts news into a list, and ends the search with the last.
func tell(m *zoneList, done bool, news ...ZoneNews) {
	b := m.news
	b.put(news, done, nil)
	m.Update(zonesFound{b})
}

// mailTo is what is known of a zone whose mail goes to hosts, with some errors.
func mailTo(zone, errors int, hosts ...string) ZoneNews {
	n := ZoneNews{Zone: zone, Serial: "1", Examined: true, Errors: errors}
	text := "$TTL 1d\n@ SOA ns1 h 1 1h 1h 1w 1h\n"
	for i, h := range hosts {
		text += fmt.Sprintf("@ MX %d0 %s.\n", i+1, h)
	}
	z := zonefile.Parse("x", []byte(text), zonefile.Options{Origin: "x.example."})
	n.Mail, n.Routes = document.RoutesOf(z)
	return n
}

// press gives keys to a list.
func pressAll(m *zoneList, keys ...string) {
	for _, k := range keys {
		msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)}
		switch k {
		case "enter":
			msg = tea.KeyMsg{Type: tea.KeyEnter}
		case "esc":
			msg = tea.KeyMsg{Type: tea.KeyEsc}
		case "down":
			msg = tea.KeyMsg{Type: tea.KeyDown}
		case "space":
			msg = tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(" ")}
		}
		m.Update(msg)
	}
}

// order is the rows of a list without their columns.
func rowNames(m *zoneList) string {
	var out []string
	for _, l := range m.rows {
		switch l.kind {
		case lineZone:
			out = append(out, m.zones[l.zone].name)
		default:
			out = append(out, l.text+l.tail)
		}
	}
	return strings.Join(out, ", ")
}

// The first frame has all zones before anything is known of their files, and what is found out leaves the cursor on its zone.
func TestZoneListFillsIn(t *testing.T) {
	m := listOf(t, 80, 24, "a.example", "b.example", "c.example/secondary", "localhost")
	if got, want := rowNames(m), "a.example, b.example, c.example, 1 zone that receives no mail"; got != want {
		t.Fatalf("before: %s, want %s", got, want)
	}
	if v := ansi.Strip(m.View()); !strings.Contains(v, "4 zones, 0 read") || !strings.Contains(v, "▸ a.example primary") {
		t.Errorf("before:\n%s", v)
	}
	pressAll(m, "down")
	tell(m, false, mailTo(0, 0, "mx.example.net"))
	if v := ansi.Strip(m.View()); !strings.Contains(v, "mx.example.net") || !strings.Contains(v, "4 zones, 1 read") {
		t.Errorf("one is read:\n%s", v)
	}
	tell(m, true, mailTo(1, 2, "mx.example.net"), mailTo(2, 0, "mx2.example.net"), ZoneNews{Zone: 3, Serial: "7"})
	if got, want := rowNames(m), "a.example, b.example, c.example, 1 zone that receives no mail"; got != want || m.zoneAt(m.list.Cursor) != 1 {
		t.Errorf("somebody moves, and the rows are %s with the cursor at %d", got, m.list.Cursor)
	}
	if pressAll(m, "o"); rowNames(m) != "b.example, a.example, c.example, 1 zone that receives no mail" || m.zoneAt(m.list.Cursor) != 1 {
		t.Errorf("the worst first: %s", rowNames(m))
	}
	still := listOf(t, 80, 24, "a.example", "b.example")
	if tell(still, true, mailTo(0, 0, "mx.example.net"), mailTo(1, 1)); rowNames(still) != "b.example, a.example" || still.list.Cursor != 0 {
		t.Errorf("nobody moves: %s, cursor %d", rowNames(still), still.list.Cursor)
	}
}

// Zones by route are folded with their counts; what is marked on a route is marked of all its zones.
func TestZoneListByRoute(t *testing.T) {
	m := listOf(t, 80, 24, "a.example", "b.example", "c.example")
	tell(m, true, mailTo(0, 0, "mx.example.net"), mailTo(1, 0, "mx2.example.net"), mailTo(2, 0, "mx.example.net"))
	pressAll(m, "t", "g")
	if got, want := rowNames(m), "mx.example.net: 2 names in 2 zones, mx2.example.net: 1 name in 1 zone"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	pressAll(m, "space")
	if got := fmt.Sprint(m.chosen()); got != "[0 2]" {
		t.Errorf("marked: %s", got)
	}
	pressAll(m, "g", "enter")
	if got, want := rowNames(m), "mx.example.net: 2 names in 2 zones, a.example, c.example, mx2.example.net: 1 name in 1 zone"; got != want {
		t.Errorf("unfolded: %s", got)
	}
	if pressAll(m, "down", "enter"); m.opens != 0 {
		t.Errorf("enter opens %d", m.opens)
	}
}

// Finding goes round, a filter narrows while one types, and esc takes it away; what has no row says why.
func TestZoneListFindsAndFilters(t *testing.T) {
	m := listOf(t, 80, 24, "a.example", "b.example", "c.example/secondary")
	tell(m, true, mailTo(0, 0, "mx.example.net"), mailTo(1, 0, "mx2.example.net"), mailTo(2, 0, "mx.example.net"))
	if pressAll(m, "/", "m", "x", "2", "enter"); m.zoneAt(m.list.Cursor) != 1 {
		t.Errorf("found: row %d", m.list.Cursor)
	}
	if pressAll(m, "n"); m.zoneAt(m.list.Cursor) != 1 {
		t.Errorf("round: row %d", m.list.Cursor)
	}
	if pressAll(m, "/", "q", "q", "enter"); m.message.text != "not found here: qq" {
		t.Errorf("said: %q", m.message.text)
	}
	if pressAll(m, "&", "s", "e", "c"); rowNames(m) != "c.example" {
		t.Errorf("while one types: %s", rowNames(m))
	}
	if pressAll(m, "x", "enter"); rowNames(m) != nothingHas {
		t.Errorf("nothing: %s", rowNames(m))
	}
	if pressAll(m, "enter"); m.message.text != "there is no zone here" || m.opens != -1 {
		t.Errorf("enter on nothing: %q, %d", m.message.text, m.opens)
	}
	if pressAll(m, "esc"); len(m.rows) != 3 {
		t.Errorf("esc: %s", rowNames(m))
	}
	if pressAll(m, "esc"); m.message.text != "esc does not quit: press q" {
		t.Errorf("esc again: %q", m.message.text)
	}
}

// `:lint` tells the problems of what is marked, and what is no command says so. The help opens what it says.
func TestZoneListCommands(t *testing.T) {
	m := listOf(t, 80, 24, "a.example", "b.example")
	if pressAll(m, ":", "l", "i", "n", "t", "enter"); m.report != nil || m.message.text != "the zones are still being examined" {
		t.Errorf("too early: %q", m.message.text)
	}
	n := mailTo(0, 1, "mx.example.net")
	n.Problems = []string{"E 3  \x1b[2Jwrong [rule]"}
	tell(m, true, n, mailTo(1, 0))
	pressAll(m, "*", ":", "l", "i", "n", "t", "enter")
	if v := m.View(); !strings.Contains(v, "Problems of 2 zones") || !strings.Contains(v, `E 3  \027[2Jwrong [rule]`) || !strings.Contains(v, "nothing is wrong") {
		t.Errorf("report:\n%s", v)
	}
	if pressAll(m, "esc", ":", "x", "enter"); m.report != nil || !strings.HasPrefix(m.message.text, "there is no command x here") {
		t.Errorf("said: %q", m.message.text)
	}
	pressAll(m, "?")
	for _, c := range "only" {
		pressAll(m, string(c))
	}
	if pressAll(m, "enter"); m.help != nil || m.prompt == nil || m.prompt.sign != "&" {
		t.Errorf("the help does not open the filter: %v %v", m.help, m.prompt)
	}
}

// Lists of the zones keep law 6: they are searched, narrowed while one types, and have all the room.
func TestZoneListsAreSearchedAndNarrowed(t *testing.T) {
	for name, keys := range zoneListPlaces {
		m := listOf(t, 80, 24, "alpha.example", "beta.example")
		first, second := mailTo(0, 1, "mx.example.net"), mailTo(1, 1, "mx2.example.net")
		first.Problems, second.Problems = []string{"E 3  elm [rule]"}, []string{"E 4  oak [rule]"}
		tell(m, true, first, second)
		pressAll(m, keys...)
		all := ansi.Strip(m.View())
		if !strings.Contains(all, "alpha") || !strings.Contains(all, "beta") {
			t.Fatalf("%s:\n%s", name, all)
		}
		pressAll(m, "&", "b", "e", "t", "a")
		if v := ansi.Strip(m.View()); strings.Contains(v, "alpha") || !strings.Contains(v, "beta.example") {
			t.Errorf("%s, while one types:\n%s", name, v)
		}
		if pressAll(m, "x"); !strings.Contains(ansi.Strip(m.View()), nothingHas) {
			t.Errorf("%s, narrowed to nothing:\n%s", name, ansi.Strip(m.View()))
		}
		if pressAll(m, "esc"); ansi.Strip(m.View()) != all {
			t.Errorf("%s, not narrowed any more:\n%s", name, ansi.Strip(m.View()))
		}
		for keys, said := range map[string]string{"beta": "", "zeppelin": "not found here: zeppelin"} {
			pressAll(m, "/")
			for _, k := range keys {
				pressAll(m, string(k))
			}
			if pressAll(m, "enter"); m.message.text != said {
				t.Errorf("%s, find %s: %q", name, keys, m.message.text)
			}
		}
		if pressAll(m, "z"); m.message.text != "this has all the room already" {
			t.Errorf("%s, zoom: %q", name, m.message.text)
		}
	}
	m := listOf(t, 40, 10, "alpha.example", "beta.example")
	n := mailTo(0, 1)
	for i := range 40 {
		n.Problems = append(n.Problems, fmt.Sprintf("E %d  elm %d [rule]", i, i))
	}
	tell(m, true, n, mailTo(1, 0))
	pressAll(m, "*", ":", "l", "i", "n", "t", "enter")
	m.View()
	pressAll(m, "/", "e", "l", "m", "space", "3", "9", "enter")
	if v := ansi.Strip(m.View()); !strings.Contains(v, "elm 39") {
		t.Errorf("found far below, it is not in sight:\n%s", v)
	}
}

// zoneListPlaces is the lists of the zones, each with the keys that lead there.
var zoneListPlaces = map[string][]string{"zoneList": nil, "zoneReport": {"*", ":", "l", "i", "n", "t", "enter"}}

// At no size a line is wider than the screen, columns do not touch, and the zone's name has its ends.
func TestZoneListSizes(t *testing.T) {
	long := strings.Repeat("very-long-", 5) + "name.example"
	m := listOf(t, 80, 24, "a.example", long, "c.example/secondary", "localhost")
	m.zones[0].View, m.zones[0].Views = "inside", []string{"inside", "outside"}
	tell(m, true, mailTo(0, 12, "mx.example.net", "mx2.example.net"), mailTo(1, 0, long), ZoneNews{Zone: 2, Err: "cannot be opened: " + long})
	for w := 1; w <= 200; w += 3 {
		for _, h := range []int{1, 8, 10, 15, 24} {
			for _, keys := range [][]string{nil, {"t"}, {"t", "?"}, {"esc", ":", "l", "i", "n", "t", "enter"}, {"esc", "&"}, {"esc"}} {
				m.Update(tea.WindowSizeMsg{Width: w, Height: h})
				pressAll(m, keys...)
				lines := strings.Split(m.View(), "\n")
				if len(lines) > h {
					t.Errorf("%dx%d %q: %d lines", w, h, keys, len(lines))
				}
				for _, l := range lines {
					if n := ansi.StringWidth(l); n > w {
						t.Errorf("%dx%d %q: %d columns: %q", w, h, keys, n, ansi.Strip(l))
					}
				}
			}
		}
	}
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if v := ansi.Strip(m.View()); !strings.Contains(v, "ame.example ") || !strings.Contains(v, "E12") || !strings.Contains(v, "E unread") {
		t.Errorf("80x24:\n%s", v)
	}
}

// Root opens a file of which neither root nor the owner of its directory is the owner when enter is pressed again, and by no other key between.
func TestStrangersFileIsOpenedOnAKeyMore(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Skip("for another user than root no file is a stranger's")
	}
	m := listOf(t, 80, 24, "own.example", "strange.example")
	dir := t.TempDir()
	const own, stranger = 65533, 65534
	for i, uid := range []int{own, stranger} {
		m.zones[i].File = filepath.Join(dir, m.zones[i].name)
		if err := errors.Join(os.WriteFile(m.zones[i].File, nil, 0o644), os.Chown(m.zones[i].File, uid, -1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chown(dir, own, -1); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		keys  string
		opens int
	}{{"enter", 0}, {"down enter", -1}, {"enter", 1}, {"enter", -1}, {"space", -1}, {"enter", -1}, {"enter", 1}} {
		m.opens = -1
		pressAll(m, strings.Fields(x.keys)...)
		if asked := strings.Contains(m.View(), "belongs to user 65534"); m.opens != x.opens || asked != (x.opens < 0 && x.keys != "space") {
			t.Errorf("after %s: opens %d, want %d, asked %v", x.keys, m.opens, x.opens, asked)
		}
	}
}

// Law 1 of the screen holds in the list of zones, too: on every kind of row, and in all that stands over it, each key that is bound
// anywhere changes the picture or says something.
func TestNoKeyOfTheListIsSilent(t *testing.T) {
	made := func(keys ...string) func() *zoneList {
		return func() *zoneList {
			m := listOf(t, 80, 24, "a.example", "b.example", "c.example/secondary", "d.example", "localhost")
			tell(m, true, mailTo(0, 0, "mx.example.net"), mailTo(1, 2, "mx.example.net"), mailTo(2, 0, "mx2.example.net"), ZoneNews{Zone: 3, Err: "no such file"}, ZoneNews{Zone: 4, Serial: "7"})
			pressAll(m, keys...)
			return m
		}
	}
	places := map[string]func() *zoneList{
		"a zone that was not read": func() *zoneList { return listOf(t, 80, 24, "a.example", "b.example") },
		"no zone":                  func() *zoneList { return listOf(t, 80, 24) },
		"routes":                   made("t", "g"), "an unfolded route": made("t", "g", "enter"), "marked": made("*", "g"), "narrowed": made("&", "b", "enter"),
		"narrowed to nothing": made("&", "q", "q", "enter"), "a search": made("/"), "a filter": made("&"), "a command": made(":"), "help": made("?"),
		"problems": made("*", ":", "l", "i", "n", "t", "enter"),
	}
	for i := range 5 {
		keys := []string{"g"}
		for range i {
			keys = append(keys, "down")
		}
		places[fmt.Sprint("row ", i)] = made(keys...)
	}
	pressed := 0
	for name, at := range places {
		for _, key := range lawKeys() {
			m := at()
			m.View()
			m.message = say{}
			before := m.picture()
			_, cmd := m.Update(keysOf(t, key)[0])
			if m.View(); cmd == nil && m.opens < 0 && m.message.text == "" && m.picture() == before {
				t.Errorf("%s: %s is silent", name, key)
			}
			pressed++
		}
	}
	t.Logf("%d keys in %d places: %d pressed", len(lawKeys()), len(places), pressed)
}
