package ui

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// The list and the editor of a zone are one program: what was typed ahead goes to what is shown when its turn comes, and what still
// works for a zone that was left tells nobody.
func TestZonesAreOneProgram(t *testing.T) {
	c := listToChange(t, 3)
	c.opt.State = filepath.Join(c.dir, "state")
	c.opt.Edit = func(z server.Zone, readOnly bool) (Options, error) {
		if z.Name == "z02.example." {
			return Options{}, errors.New("the settings cannot be read")
		}
		return Options{Path: z.File, Origin: z.Name, ReadOnly: readOnly, Color: "never"}, nil
	}
	p := &zonesProgram{list: c.zoneList}
	var last tea.Cmd
	types := func(keys string) {
		for _, word := range splitKeys(keys) {
			for _, k := range keysOf(t, word) {
				_, last = p.Update(k)
			}
		}
		for p.zone != nil && p.zone.opening.app == nil { // a busy machine
			p.Update(stayed{p.zone, p.zone.opening.next()})
		}
	}
	shows := func(want string) {
		t.Helper()
		if v := ansi.Strip(p.View()); !strings.Contains(v, want) {
			t.Fatalf("%q is not shown:\n%s", want, v)
		}
	}
	p.Update(tea.WindowSizeMsg{Width: 100, Height: 30})
	types("enter")
	shows("[NAMES]")
	first := p.zone
	if types("esc j"); p.zone != nil || p.list.list.Cursor != 1 {
		t.Fatalf("esc leads back, and the next key is the list's: the cursor is at %d:\n%s", p.list.list.Cursor, p.View())
	}
	shows("PROBLEMS")
	types("enter")
	shows("z01.example")
	second := p.zone
	for _, late := range []tea.Msg{left{first}, stayed{first, tea.WindowSizeMsg{Width: 20, Height: 5}}} {
		if _, cmd := p.Update(late); cmd != nil || p.zone != second {
			t.Errorf("%T of a zone that was left: %v", late, cmd)
		}
	}
	p.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if v := p.View(); ansi.StringWidth(strings.Split(v, "\n")[0]) != 80 {
		t.Errorf("it is not as wide as the terminal:\n%s", v)
	}
	types("esc")
	if p.list.width != 80 {
		t.Errorf("the list is %d wide", p.list.width)
	}
	types("j enter")
	shows("the settings cannot be read")
	types("k enter q")
	var ends func(cmd tea.Cmd) bool
	ends = func(cmd tea.Cmd) bool {
		if cmd == nil {
			return false
		}
		switch m := cmd().(type) {
		case tea.QuitMsg:
			return true
		case tea.BatchMsg:
			return slices.ContainsFunc(m, ends)
		case left:
			_, next := p.Update(m)
			return ends(next)
		}
		return false
	}
	if !ends(last) || p.zone != nil {
		t.Error("q does not end the program")
	}
}

// The zones that are built in, in a real terminal: the worst comes first, a route is marked as one, enter leads into a zone, an edit
// is saved there, esc leads back, and the list knows what the edit mended. q ends all, and nothing is left behind.
func TestZonesInATerminal(t *testing.T) {
	needs.Long(t)
	dir := t.TempDir()
	w := openTerminal(t, []string{"TMPDIR=" + dir, "LC_ALL=C.UTF-8", "TERM=xterm-256color", "XDG_CONFIG_HOME=" + t.TempDir()},
		builtProgram(t)+" demo --server; echo status $?; exec sleep 60")
	w.waitFor("18 zones, 3 with errors")
	w.waitFor("▸ example.com")
	w.press(": 7 names in 7 zones", "t")
	w.press("8 marked", "g", "Space")
	w.press("Problems of 8 zones", ":", "lint", "Enter")
	w.press("t by name", "Escape")
	w.press("t by route", "t")
	w.press("▸ shop.example", "/", "shop", "Enter")
	w.press("[NAMES]", "Enter")
	w.press("[2 PROBLEMS 1]", "2")
	w.press("enter apply", "f")
	w.press("enter go", "Enter")
	w.press("Review of 1 edit", "w")
	w.press("saved, serial", "w")
	w.press("18 zones, 2 with errors", "Escape")
	w.press("[NAMES]", "Enter")
	w.press("18 zones, 2 with errors", "Escape")
	w.press("status 0", "q")
	if left, _ := filepath.Glob(filepath.Join(dir, "mailzone-demo-*")); len(left) > 0 {
		t.Errorf("the sample zones are left behind: %q", left)
	}
}

// The list knows all zones, the editor of one this alone: where they tell of other problems, the editor says so.
func TestEditorOfAListedZoneSaysWhatTheListHas(t *testing.T) {
	l := listToChange(t, 1)
	if err := os.WriteFile(l.zones[0].File, []byte("$TTL 1d\n@\tSOA ns1 h 7 1h 1h 1w 1h\n@\tNS ns1\nns1\tA 192.0.2.1\n@\tMX 10 gone\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	l.opt.State = filepath.Join(l.dir, "state")
	l.opt.Edit = func(z server.Zone, readOnly bool) (Options, error) {
		return Options{Path: z.File, Origin: z.Name, ReadOnly: readOnly, Color: "never"}, nil
	}
	opened := func(in ZoneNews) (view string, alone [lint.Error + 1]int) {
		l.zones[0].ZoneNews = &in
		p := &zonesProgram{list: l.zoneList}
		p.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		p.Update(tea.KeyMsg{Type: tea.KeyEnter})
		for p.zone != nil && p.zone.opening.app == nil { // a busy machine
			p.Update(stayed{p.zone, p.zone.opening.next()})
		}
		defer p.zone.end(nil)
		return ansi.Strip(p.View()), p.zone.opening.app.doc.Findings.Counts
	}
	const says = "the list has E4 W8: it knows all zones of the server, the editor this one"
	view, alone := opened(ZoneNews{Examined: true, Errors: 4, Warnings: 8})
	if alone[lint.Error] == 0 || !strings.Contains(view, says) {
		t.Errorf("alone it has %d:\n%s", alone, view)
	}
	for _, in := range []ZoneNews{{Examined: true, Errors: alone[lint.Error], Warnings: alone[lint.Warning]}, {Errors: 4, Warnings: 8}} {
		if view, _ := opened(in); strings.Contains(view, "the list has") {
			t.Errorf("%+v:\n%s", in, view)
		}
	}
}

// Nothing is found out before the list is shown, and a frame costs what it shows, not what there is.
func TestFirstFrameOfManyZones(t *testing.T) {
	begun := make(chan struct{}, 1)
	lists := map[int]*zoneList{}
	for _, n := range []int{100, 10_000} {
		var conf server.Configuration
		for i := range n {
			conf.Zones = append(conf.Zones, server.Zone{Name: zonefile.Name("z" + itoa(i) + ".example."), View: "in", Views: []string{"in"}, Kind: "primary", File: "/none"})
		}
		m := newZoneList(ZonesOptions{Options: Options{Color: "never"}, Conf: conf, Quiet: func(server.Zone) bool { return false },
			Examine: func(func(ZoneNews), func() bool) error { begun <- struct{}{}; return nil }})
		lists[n] = m
		m.Init()
		m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		if v := m.View(); !strings.Contains(v, "z10.example") || !strings.Contains(v, itoa(n)+" zones, 0 read") {
			t.Errorf("the list is\n%s", v)
		}
		select {
		case <-begun:
			t.Error("files are read before the list is shown")
		default:
		}
		m.Update(zonesShown{})
		<-begun
	}
	least := map[int]time.Duration{}
	for range 20 { // in turns: others may be at work
		for n, m := range lists {
			before := time.Now()
			_ = m.View()
			if took := time.Since(before); least[n] == 0 || took < least[n] {
				least[n] = took
			}
		}
	}
	if least[10_000] > 3*least[100] {
		t.Errorf("a frame of 10,000 zones takes %v, of 100 zones %v", least[10_000], least[100])
	}
	t.Log(least)
}
