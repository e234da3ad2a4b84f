package ui

// The laws of the screen where zones are as people leave them: other character sets, line ends of another system, control characters
// that a terminal obeys, columns of tabs, texts of other alphabets. Every dialog is opened on them, at three sizes.

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/testdata/needs"
)

// messyZones is what stands in lawZone besides: lines of its own, in which none is the last, and what becomes of all of it.
var messyZones = []struct {
	name, lines string
	text        func(string) string
}{
	{"Latin-1", "b\xfcro\tMX 10 mx2 ; B\xfcro\n\tTXT \"Gr\xfc\xdfe aus K\xf6ln\"\nstra\xdfe A 192.0.2.77\n", func(s string) string {
		return strings.Replace(s, "our own", "unser \xe4ltester \xb0", 1)
	}},
	{"ESC", "a\x1bb\tMX 10 mx2 ; \x1b[31mred\x1b]0;title\a\x9b2J\n\tTXT \"\x1b[2J\x1bP1$r\x1b\\\\\"\nx\\027c A 192.0.2.77\n", func(s string) string {
		return strings.Replace(s, "our own", "\x1b[?1049l our own \x1b[8m", 1)
	}},
	{"CR", "cr\tMX 10 mx2 ; a lone \r in it\n\tTXT \"one\\013two\"\n", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }},
	{"NUL", "nul\tMX 10 mx2 ; \x00 in it\n\tTXT \"a\x00b\" \"\\000\"\nn\\000l A 192.0.2.77\n", func(s string) string {
		return strings.Replace(s, "our own", "our\x00own", 1)
	}},
	{"tabs", "tabs\t\t\t\t\t\t\t\tIN\t\t\tMX\t\t\t\t\t10\t\t\tmx2\t\t\t\t;\t\tfar\taway\n\t\tIN TXT (\t\"one\"\n\t\t\t\"two\" ; " + strings.Repeat("long ", 60) + "\n\t)\n",
		func(s string) string { return strings.ReplaceAll(s, "IN\t", "\t\tIN\t\t\t") }},
	{"wide", "\u6f22\u5b57\tMX 10 mx2 ; \u202eright to left\u202c e\u0301\u0301\u0301 \U0001f469\u200d\U0001f469\u200d\U0001f467\n\tTXT \"\u5bbf\u9928 \u05e9\u05dc\u05d5\u05dd\"\nxn--bcher-kva A 192.0.2.77\n",
		func(s string) string { return strings.Replace(s, "our own", "\u4e2d\u6587\u8a3b\u91cb", 1) }},
	{"signs", "->\tMX 10 mx2\n>\tMX 10 ->\n=\tMX 20 >\n+2\tMX 10 =\n-\tA 192.0.2.77\n->.sub\tTXT \"a -> b\" ->\n", strings.Clone},
	{"broken", "far\tA 192.0.2.300\nfar6\tAAAA 2001:db8::g\nnowhere\tCNAME a..b\ndel\tNS x..y\nnum\tMX ten mx2\n\tMX 10\nport\tSRV 0 5 x mx2\nspf\tTXT \"v=spf1 ip4:300.1.1.1 -all\n\" (\n", strings.Clone},
}

// messySizes are those at which the screen is another: one pane at a time, a few columns, two panes side by side.
var messySizes = [][2]int{{80, 24}, {40, 10}, {120, 40}}

// messy is lawZone in such a shape.
func messy(i int) []byte {
	m := messyZones[i]
	at := strings.Index(lawZone, "broken\t")
	return []byte(m.text(lawZone[:at] + m.lines + lawZone[at:]))
}

// wholeName is a name of the zone in whole and in quotes: law 4 wants it as the zone writes it.
var wholeName = regexp.MustCompile(`"([a-z0-9_*-]+\.)*example\.com\."`)

// No dialog breaks a law on them, whatever is typed to move in it, and esc leaves it with nothing changed that u does not undo.
func TestDialogsOfMessyZones(t *testing.T) {
	type messyCase struct {
		zone int
		place
	}
	var all []messyCase
	for n, p := range lawDialogs {
		for i := n % 2; i < len(messyZones); i += 2 { // each dialog on half of them, its neighbour on the others
			all = append(all, messyCase{i, p})
		}
	}
	tried, whole := needs.Share(t, all)
	kinds, opened := map[string]bool{}, map[string]bool{}
	for n, c := range tried {
		rng := rand.New(rand.NewPCG(uint64(n), 12))
		t.Chdir(t.TempDir())
		zone := messy(c.zone)
		if c.place.zone() == nil {
			zone = nil
		}
		u := newUser(t, "", zone)
		u.types(c.keys)
		if u.quit {
			continue
		}
		if d := u.app.top(); d != nil {
			opened[fmt.Sprintf("%T", d)] = true
		}
		for _, size := range messySizes {
			u.resized(size[0], size[1])
			where := fmt.Sprintf("%s, %s, %dx%d", messyZones[c.zone].name, c.name, size[0], size[1])
			for range 3 {
				u.lawful(where)
				u.types([]string{"down", "pgdown", "tab", "up"}[rng.IntN(4)])
			}
			if t.Failed() {
				t.Fatalf("%s:\n%s", where, u.screen())
			}
		}
		if n := len(u.app.dialogs); n > 0 {
			for range n + 3 { // what was typed may be asked about first
				u.types("esc")
			}
			if len(u.app.dialogs) > 0 {
				t.Fatalf("%s, %s: esc does not leave it:\n%s", messyZones[c.zone].name, c.name, u.screen())
			}
		}
		u.checkUndo()
	}
	if !whole {
		return
	}
	for _, p := range lawDialogs {
		kinds[fmt.Sprintf("%T", userAt(t, p).app.top())] = true
	}
	for kind := range kinds {
		if !opened[kind] {
			t.Errorf("no %s was opened on a messy zone", kind)
		}
	}
}

// lawful holds what is seen to the laws that need no more than that.
func (u *user) lawful(where string) {
	u.t.Helper()
	u.checkScreen()
	view := u.app.View()
	if n := len(titled.FindAllString(view, -1)); n != 1 && u.titleExpected() {
		u.t.Errorf("%s: %d titles are in brackets", where, n)
	}
	plain := ansi.Strip(view)
	if n := strings.Count(plain, u.app.Glyphs.Mark); n > 1 {
		u.t.Errorf("%s: %d rows have the mark", where, n)
	}
	for _, name := range wholeName.FindAllString(strings.Join(strings.Fields(plain), " "), -1) {
		if short := strings.TrimSuffix(name, `.example.com."`) + `"`; !strings.Contains(plain, short) { // else the two are told apart
			u.t.Errorf("%s: %s is whole", where, name)
		}
	}
}
