package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/zonefile"
)

// changing is a list of zones whose files are there, as many as are wanted, with a name server that serves what it is told.
type changing struct {
	*zoneList
	t     *testing.T
	dir   string
	asked []string // zones that named was told to read again
	serve func(ended func() bool) (server.Served, error)
	stand document.Hindrance
}

// listToChange is such a list.
func listToChange(t *testing.T, n int) *changing {
	t.Helper()
	c := &changing{t: t, dir: t.TempDir(), serve: func(func() bool) (server.Served, error) { return server.ServesNew, nil }}
	var conf server.Configuration
	for i := range n {
		name := fmt.Sprintf("z%02d.example", i)
		const text = "$TTL 1d\n@\tSOA ns1 h 7 1h 1h 1w 1h\n@\tNS ns1\nns1\tA 192.0.2.1\n@\tMX 10 mx.old.example.\n"
		if err := os.WriteFile(filepath.Join(c.dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		conf.Zones = append(conf.Zones, server.Zone{Name: zonefile.Name(name + "."), Views: []string{""}, Kind: "primary", File: filepath.Join(c.dir, name), Path: filepath.Join(c.dir, name)})
	}
	conf.Zones = append(conf.Zones, server.Zone{Name: "sec.example.", Views: []string{""}, Kind: "secondary", Reason: "named writes this file itself"})
	asking := document.Asking{
		NamedAll: func(old, next []server.Text) []server.Judgement {
			return slices.Repeat([]server.Judgement{{Verdict: server.Loads}}, len(next))
		},
		ReloadZone: func(z server.Zone, serial uint32, ended func() bool) (server.Served, error) {
			c.asked = append(c.asked, fmt.Sprintf("%s%d", z.Name, serial))
			return c.serve(ended)
		},
	}
	now := func() time.Time { return time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC) }
	c.zoneList = newZoneList(ZonesOptions{Options: Options{Color: "never", Asking: asking}, Conf: conf, Now: now, Quiet: func(server.Zone) bool { return false },
		Examine: func(func(ZoneNews), func() bool) error { return nil },
		Change: func(zones []server.Zone, e ZonesEdit) (w ZonesWork, err error) {
			var targets []document.Target
			for _, z := range zones {
				targets = append(targets, document.Target{Path: z.File, Origin: z.Name, Hosted: z, Out: z.Reason})
			}
			w.Many = document.OpenMany(targets, document.Options{State: filepath.Join(c.dir, "state"), Asking: asking}, nil)
			w.Many.Change(now(), e.Edit)
			w.Many.Hold(document.ManyConsent{})
			w.Review, err = w.Many.Review(func(string) (lint.Options, error) { return lint.Options{}, nil }, nil, c.stand)
			return w, err
		}})
	c.utf8 = true
	c.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	return c
}

// press gives keys to the list, and carries out what follows.
func (c *changing) press(keys ...string) {
	c.t.Helper()
	for _, k := range keys {
		msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(k)}
		switch k {
		case "enter":
			msg = tea.KeyMsg{Type: tea.KeyEnter}
		case "esc":
			msg = tea.KeyMsg{Type: tea.KeyEsc}
		case " ":
			msg = tea.KeyMsg{Type: tea.KeySpace, Runes: []rune(k)}
		}
		_, cmd := c.Update(msg)
		c.carryOut(cmd)
	}
}

// carryOut does what an answer asks for, until nothing follows.
func (c *changing) carryOut(cmd tea.Cmd) {
	for cmd != nil {
		_, cmd = c.Update(cmd())
	}
}

// command types a command.
func (c *changing) command(text string) {
	c.t.Helper()
	c.press(":")
	for _, r := range text {
		c.press(string(r))
	}
	c.press("enter")
}

// screen is what is seen.
func (c *changing) screen() string { return ansi.Strip(c.View()) }

// holds counts the zone files that have a text.
func (c *changing) holds(text string) (n int) {
	c.t.Helper()
	for i := range c.zones {
		if data, err := os.ReadFile(c.zones[i].File); err == nil && strings.Contains(string(data), text) {
			n++
		}
	}
	return n
}

// wants compares a screen with texts that it has to have.
func (c *changing) wants(texts ...string) {
	c.t.Helper()
	for _, text := range texts {
		if v := c.screen(); !strings.Contains(v, text) {
			c.t.Errorf("%q is not shown:\n%s", text, v)
		}
	}
}

// Marked zones are changed by one command, one review and one save, and each is read again by the name server.
func TestZoneListChangesZones(t *testing.T) {
	c := listToChange(t, 3)
	c.press("*")
	c.command("repoint mx.old.example mx.new.test")
	c.wants("REVIEW of :repoint", "3 zones changed, 1 left out, 0 not touched; named-checkconf: OK", "3 names: mx.new.test now gets all the mail; mail no longer reaches",
		"1 zone: named writes this file itself: sec.example", "5 + @       MX 10 mx.new.test.", "w write  r write and reload")
	for w := 1; w <= 130; w++ {
		c.Update(tea.WindowSizeMsg{Width: w, Height: 12})
		for i, l := range strings.Split(c.screen(), "\n") {
			if ansi.StringWidth(l) > w || i >= 12 {
				t.Errorf("%d columns, line %d: %q", w, i, l)
			}
		}
	}
	c.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if n := c.holds("mx.old"); n != 3 {
		t.Fatalf("%d files are as before the save", n)
	}
	if c.press("esc"); c.change != nil || c.report != nil || c.holds("mx.old") != 3 {
		t.Fatalf("esc: %v", c.change)
	}
	c.command("repoint mx.old.example mx.new.test")
	c.press("w")
	c.wants("saved: 3 zones; left to do: rndc reload z00.example and 2 more")
	if c.holds("mx.new.test.") != 3 || c.holds("h 8 ") != 3 || len(c.asked) > 0 {
		t.Errorf("saved: %d, serials: %d, told %q", c.holds("mx.new.test."), c.holds("h 8 "), c.asked)
	}
	c.command("ttl 2h")
	c.press("r")
	c.wants("saved: 3 zones; 3 served, 0 old, 0 without data, 0 not asked")
	if c.holds("@\t2h\tMX 10") != 3 || fmt.Sprint(c.asked) != "[z00.example.9 z01.example.9 z02.example.9]" {
		t.Errorf("told: %q", c.asked)
	}
	if c.command("ttl 2h"); c.change == nil || c.report == nil {
		c.wants("nothing to change")
	}
	c.wants("0 zones changed, 1 left out, 3 not touched")
	c.press("w")
	c.wants("there is nothing to save")
}

// Many zones are saved when their number is typed, those with something wrong by the word, and what nobody may lift not at all.
func TestZoneListAsksBeforeManyAreSaved(t *testing.T) {
	for _, tt := range []struct {
		zones       int
		stand       document.Hindrance
		wrong, sign string
		right       string
	}{
		{21, document.Hindrance{}, "20", "type 21 to save: ", "21"},
		{2, document.Hindrance{Why: "it is wrong", Lifted: true}, "2", "type save to save: ", "save"},
	} {
		c := listToChange(t, tt.zones)
		c.stand = tt.stand
		c.press("*")
		c.command("repoint mx.old.example mx.new.test")
		c.wants(tt.stand.Why)
		if c.press("w"); c.prompt == nil || c.prompt.sign != tt.sign || c.holds("mx.new") > 0 {
			t.Fatalf("%d zones: %v, saved %d", tt.zones, c.prompt, c.holds("mx.new"))
		}
		c.press(tt.wrong, "enter")
		c.wants("nothing was saved: " + tt.right + " was not typed")
		c.press("w", tt.right, "enter")
		if n := c.holds("mx.new"); n != tt.zones {
			t.Errorf("%d of %d are saved", n, tt.zones)
		}
	}
	c := listToChange(t, 2)
	c.stand = document.Hindrance{Why: "not all can be read"}
	c.press("*")
	c.command("repoint mx.old.example mx.new.test")
	c.press("w")
	c.wants("cannot be saved: not all can be read")
	if c.prompt != nil || c.holds("mx.new") > 0 {
		t.Errorf("prompt %v, saved %d", c.prompt, c.holds("mx.new"))
	}
}

// Esc ends the waiting for the name server: what it was not told is left to do. Zones that it does not serve are told by name.
func TestZoneListEndsTheWaiting(t *testing.T) {
	c := listToChange(t, 3)
	c.serve = func(ended func() bool) (server.Served, error) {
		switch len(c.asked) {
		case 1:
			return server.ServesOld, fmt.Errorf("named still serves serial 7")
		case 2: // as while the second is waited for
			c.press("esc")
			c.wants("named reads zone 2 of 3 again: z01.example", "esc end the waiting")
			if !ended() {
				t.Error("the waiting goes on")
			}
		}
		return server.ServesNew, nil
	}
	c.press("*")
	c.command("repoint mx.old.example mx.new.test")
	c.press("r")
	c.wants("saved: 3 zones; 1 served, 1 old, 0 without data, 1 not asked; left to do: rndc", "Zones that named does not serve as saved", "named still serves serial 7", "--restore 1 --yes")
	if len(c.asked) != 2 {
		t.Errorf("told: %q", c.asked)
	}
	if notes := strings.Join(c.after.Notes, "\n"); !strings.Contains(notes, "left to do: rndc reload z02.example") || strings.Contains(notes, "reload z00") {
		t.Errorf("behind the screen: %s", notes)
	}
}

// What is typed wrong is told, and nothing begins.
func TestZoneListRefusesChanges(t *testing.T) {
	c := listToChange(t, 1)
	for command, said := range map[string]string{
		"repoint a.example":            ":repoint OLD NEW points",
		"repoint a b.example":          "a: say the whole name of the host",
		"repoint a.example 192.0.2.1":  "192.0.2.1 is an address: name the host that has it",
		"repoint a.example A.example.": "both are the same host",
		"ttl":                          ":ttl TIME sets",
		"ttl soon":                     ":ttl TIME sets",
	} {
		c.command(command)
		if c.change != nil || !strings.HasPrefix(c.message.text, said) {
			t.Errorf("%s: %q", command, c.message.text)
		}
	}
}
