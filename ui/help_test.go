package ui

// Help is found from everywhere, finds what one calls a thing, and does what it says.

import (
	"slices"
	"strings"
	"testing"
)

// In every pane and dialog there is help, with the keys of that place first, each once.
func TestHelpEverywhere(t *testing.T) {
	panes := []place{{"names", "home"}, {"records", "home enter home"}, {"delivery", "1 home"}, {"problems", "2 home"}, {"source", "3 home"}, {"review", "home enter home J w"}}
	for _, p := range append(panes, lawDialogs...) {
		if p.name == "help" {
			continue
		}
		u := userAt(t, p)
		c, _ := u.app.listening()
		u.types("f1")
		h, ok := u.app.top().(*helpScreen)
		if !ok {
			t.Errorf("%s: f1 opens no help:\n%s", p.name, u.screen())
			continue
		}
		var first []string
		for _, k := range h.lists[0].keys {
			first = append(first, k.key)
		}
		for _, b := range c.bindings() {
			if !slices.Contains(first, b.Help().Key) {
				t.Errorf("%s: %q is not among the keys here: %q", p.name, b.Help().Key, first)
			}
		}
		seen := map[string]bool{}
		for _, l := range h.lists {
			for _, k := range l.keys {
				if at := k.key + " " + k.does; seen[at] {
					t.Errorf("%s: %q is told twice", p.name, at)
				} else {
					seen[at] = true
				}
			}
		}
	}
}

// What people call things finds something, in the panes.
func TestHelpFinds(t *testing.T) {
	words := []string{"rename", "spf", "history", "reload", "duplicate", "bulk", "comment", "backup", "/undo", "mx-target-cname", ":ttl"}
	for w := range synonyms() {
		words = append(words, w)
	}
	h := userAt(t, place{keys: "?"}).app.top().(*helpScreen)
	for _, w := range words {
		h.filter.input.SetValue(w)
		if len(h.found()) == 0 {
			t.Errorf("%s finds nothing", w)
		}
	}
	if h.filter.input.SetValue("zeppelin"); len(h.found()) > 0 {
		t.Error("what there is not is found")
	}
}

// Enter does what the entry says, or why not.
func TestHelpActs(t *testing.T) {
	for _, tt := range []struct{ keys, shows string }{
		{`home enter home J ? "undo" enter`, "undone: mail down"},
		{`? "undo" enter`, "nothing to undo"},
		{`? "mx-target-cname" enter`, "Rule mx-target-cname"},
		{`? ":ttl" enter`, "\n:ttl"},
		{`? "show information" enter`, "▸ i  7"},
		{`? "zeppelin" enter`, "nothing is found"},
		{`home enter home a f1 "another type" enter`, "▸ type         [MX]"},
		{`home enter home a f1 "undo" enter`, "esc leaves this first"},
		{`? f1`, "this is the help"},
	} {
		u := userAt(t, place{keys: tt.keys})
		if screen := u.screen(); !strings.Contains(screen, tt.shows) && !strings.Contains(strings.ToLower(screen), tt.shows) {
			t.Errorf("%s shows\n%s", tt.keys, screen)
		}
	}
}

// A command is completed, remembered, and one that is none is answered with the one that was meant.
func TestCommandLine(t *testing.T) {
	zone := lawZone + "deep.aspmx.hosting MX 10 ns1\naspmx.hosting A 192.0.2.99\n"
	for _, tt := range []struct{ keys, shows string }{
		{`:`, "repoint OLD NEW: another host"},
		{`: "re" tab`, ":repoint"},
		{`: "repoint asp" tab`, ":repoint aspmx.hosting"},
		{`: "rule mx-target-cn" tab enter`, "Rule mx-target-cname"},
		{`: "rule singletons" tab`, ":rule singletons"},
		{`: "rule mx-singl" enter`, "did you mean mx-single?"},
		{`: "repiont" enter`, "did you mean :repoint?"},
		{`: "zeppelin" enter`, "there is :w :wq"},
		{`: "w db." tab`, ":w db.example.com"},
		{`: "plan s" tab`, ":plan since"},
		{`: "ttl x" enter : up`, ":ttl x"},
		{`: "ttl x" enter : "fix" enter enter : up up`, ":ttl x"},
		{`: "ttl x" enter : "fix" enter enter : up up down`, ":fix"},
		{`: up`, "nothing was entered before that"},
		{`/ "mx2" enter / up`, "/mx2"},
		{`: "zeppelin" tab`, "nothing to complete"},
	} {
		t.Chdir(t.TempDir())
		u := newUser(t, "", []byte(zone))
		u.types(tt.keys)
		if screen := u.screen(); !strings.Contains(screen, tt.shows) {
			t.Errorf("%s shows no %q:\n%s", tt.keys, tt.shows, screen)
		}
	}
}

// The lines of a session that are remembered have a bound.
func TestEnteredIsBounded(t *testing.T) {
	u := userAt(t, place{})
	for i := range mostEntered + 20 {
		u.types(`: "` + itoa(i+1) + `" enter`)
	}
	if n := len(u.app.entered[":"]); n != mostEntered {
		t.Errorf("%d lines are remembered", n)
	}
}
