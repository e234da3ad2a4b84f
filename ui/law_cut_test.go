package ui

// Law 3 of the screen: nothing important is cut. On random zones, at random sizes from 80 columns on, no name, address or number
// of a zone whose names have up to 30 octets loses a part, no two columns touch, and whatever a name is made of, nothing is drawn
// beyond its pane.

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/testdata/needs"
	"github.com/mailzone/mailzone/zonefile"
)

// cutYet is the parts of the screen where something important is cut yet, and how. It only shrinks.
var cutYet = map[string]string{}

// cutRuns is how many random zones are drawn.
const cutRuns = 60

// A zoneMaker makes random zones, and remembers the words of them that have to be whole.
type zoneMaker struct {
	*rand.Rand
	hostile bool
	words   map[string]bool
}

// name is a name of up to 30 octets, relative to the zone; a hostile one may be of anything a name can have.
func (m *zoneMaker) name() string {
	if m.hostile && m.IntN(3) == 0 {
		return m.hostileName()
	}
	text := ""
	for len(text) < 3 || len(text) < 20 && m.IntN(3) == 0 {
		n := min(2+m.IntN(28), 30-len(text))
		label := make([]byte, n)
		for i := range label {
			label[i] = "abcdefghijklmnopqrstuvwxyz"[m.IntN(26)]
		}
		text += string(label) + "."
	}
	text = strings.TrimSuffix(text[:min(len(text), 30)], ".")
	if m.IntN(8) == 0 && len(text) < 16 {
		text = "xn--" + text[:min(len(text), 5)] + "-kva"
	}
	m.words[text], m.words[text+".example.com."] = true, true
	return text
}

// hostileName is a name of up to 180 octets, with controls, bytes that are no text, and wide or joined characters.
func (m *zoneMaker) hostileName() string {
	parts := []string{`\000`, `\027[31m`, `\226\128\174`, "\u202e", "\u200d", "漢字", "👩\u200d👩", `\.`, `\"`, "\x9b", "\xff", "\xe4", "ä", "e\u0301", "\u0301", "a"}
	var b strings.Builder
	for b.Len() < 3+m.IntN(170) {
		b.WriteString(parts[m.IntN(len(parts))])
		if m.IntN(12) == 0 {
			b.WriteString(".x")
		}
	}
	return b.String()
}

// address is a random address of a family, and one of the words.
func (m *zoneMaker) address(six bool) string {
	text := fmt.Sprintf("%d.%d.%d.%d", 1+m.IntN(223), m.IntN(256), m.IntN(256), m.IntN(256))
	if six {
		text = fmt.Sprintf("2001:db8:%x:%x:%x:%x:%x:%x", 1+m.IntN(65535), 1+m.IntN(65535), 1+m.IntN(65535), 1+m.IntN(65535), 1+m.IntN(65535), 1+m.IntN(65535))
	}
	m.words[text] = true
	return text
}

// zone is a random zone.
func (m *zoneMaker) zone() []byte {
	var b strings.Builder
	b.WriteString("$TTL 1d\n@ IN SOA ns1 hostmaster 2026112101 8h 2h 4w 1h\n@ NS ns1\nns1 A 192.0.2.1\n")
	var hosts []string
	for range 2 + m.IntN(6) {
		h := m.name()
		hosts = append(hosts, h)
		fmt.Fprintf(&b, "%s A %s\n", h, m.address(false))
		if m.IntN(2) == 0 {
			fmt.Fprintf(&b, "%s AAAA %s\n", h, m.address(true))
		}
	}
	host := func() string { return hosts[m.IntN(len(hosts))] }
	for _, owner := range []string{"@", m.name(), m.name(), m.name()} {
		for range 1 + m.IntN(4) {
			fmt.Fprintf(&b, "%s %d MX %d %s\n", owner, m.number(1<<20), m.number(1<<16), host())
		}
		b.WriteString(owner + " " + [...]string{"TXT \"v=spf1 mx -all\"", "CAA 0 issue \"ca.example\"", "TXT x", "NS ns1"}[m.IntN(4)] + "\n")
	}
	fmt.Fprintf(&b, "%s MX %d %s.\n%s CNAME %s\n_sip._tcp SRV %d 5 5060 %s\n", m.name(), m.number(1<<16), m.name(), m.name(), host(), m.number(1<<16), host())
	return []byte(b.String())
}

// joined reports whether a text on the screen is two words or more that touch.
func (m *zoneMaker) joined(token string) bool {
	return len(token) >= 6 && !m.words[token] && m.made(token)
}

// made reports whether a text is made of words, with nothing between.
func (m *zoneMaker) made(token string) bool {
	for i := 1; i < len(token); i++ {
		if m.words[token[:i]] && (m.words[token[i:]] || m.made(token[i:])) {
			return true
		}
	}
	return false
}

// number is a random number below a limit, and one of the words: as the file has it, and as a TTL is shown.
func (m *zoneMaker) number(limit int) int {
	n := m.IntN(limit)
	m.words[itoa(n)], m.words[zonefile.FormatTTL(uint32(n))] = true, true
	return n
}

func TestNothingIsCut(t *testing.T) {
	runs := cutRuns
	if testing.Short() {
		runs = 10
	}
	found := map[string]string{}
	for seed := range uint64(runs) {
		m := &zoneMaker{rand.New(rand.NewPCG(seed, 3)), seed%3 == 2, map[string]bool{}}
		t.Chdir(t.TempDir())
		u := newUser(t, "", m.zone())
		for range 3 {
			u.width, u.height = 80+m.IntN(121), 20+m.IntN(31)
			u.send(tea.WindowSizeMsg{Width: u.width, Height: u.height})
			u.types([]string{"1", "2", "3"}[m.IntN(3)] + []string{"", " tab", " tab tab"}[m.IntN(3)] + strings.Repeat(" j", m.IntN(4)))
			if u.checkScreen(); !m.hostile {
				u.findCut(m, found)
			}
		}
	}
	for what, line := range found {
		if _, ok := cutYet[what]; !ok {
			t.Errorf("%s: %s", what, line)
		}
	}
	for what, how := range cutYet {
		if found[what] == "" && !testing.Short() {
			t.Errorf("%s (%s) is no exception any more: take it from the list", what, how)
		}
	}
}

// findCut looks in every part of the main screen for words that are cut or that touch.
func (u *user) findCut(m *zoneMaker, found map[string]string) {
	for _, name := range []string{"names", "records", "lower", "right", "corner"} {
		at, err := u.app.region(name)
		source := u.app.where(u.app.layout(), paneSource)
		if err != nil || source.H > 0 && at.Holds(source.X, source.Y) {
			continue // the file's own lines are scrolled
		}
		for _, l := range strings.Split(ansi.Strip(u.app.View()), "\n")[at.Y : at.Y+at.H] {
			part := ansi.Cut(l, at.X, at.X+at.W)
			if strings.Contains(part, u.app.Glyphs.More) {
				found[name+" cut"] = part
			}
			if slices.ContainsFunc(regexp.MustCompile(`[ ,│]+`).Split(part, -1), m.joined) {
				found[name+" join"] = part
			}
		}
	}
}

// Whatever a zone is made of, every pane and dialog draws no more than it has room for, and nothing that is not printable.
func TestHostileZonesInDialogs(t *testing.T) {
	zones := 12
	if testing.Short() {
		zones = 2
	}
	panes := []string{"1 shift+tab shift+tab home", "1 shift+tab home", "1 home", "2 home", "3 home"} // wherever the keys before were
	opened := map[string]bool{}
	tried := needs.Seeds(t, zones)
	for _, seed := range tried {
		m := &zoneMaker{rand.New(rand.NewPCG(seed, 9)), true, map[string]bool{}}
		t.Chdir(t.TempDir())
		u := newUser(t, "", m.zone())
		for range 40 {
			w := []int{40, 60, 80, 80, 120, 200}[m.IntN(6)]
			u.resized(w, w/4+m.IntN(10))
			keys := panes[m.IntN(len(panes))] + strings.Repeat(" j", m.IntN(8)) + " " + hostileKeys[m.IntN(len(hostileKeys))]
			u.types(keys)
			if u.quit {
				u.reopen()
				continue
			}
			if d := u.app.top(); d != nil {
				opened[fmt.Sprintf("%T", d)] = true
			}
			if u.checkScreen(); t.Failed() {
				t.Fatalf("seed %d, %dx%d, %s:\n%s", seed, u.width, u.height, keys, u.screen())
			}
			for len(u.app.dialogs) > 0 {
				u.types("esc")
			}
		}
	}
	if len(tried) < 12 {
		return
	}
	for _, p := range lawDialogs {
		kind := fmt.Sprintf("%T", userAt(t, p).app.top())
		if !opened[kind] && kind != "*ui.bothSides" && kind != "*ui.entry" && kind != "*ui.startForm" { // these ask for another program, a host outside, or an empty file
			t.Errorf("no %s was drawn of a hostile zone", kind)
		}
	}
}

// hostileKeys open dialogs and go on in them.
var hostileKeys = []string{"a", "e", "e tab tab", `a "a" right tab`, "f", "I", "I tab", "? j", "?", "f1 pgdown", `/ "a"`, `/ "x" enter n`, "&", `: "repoint "`,
	`: "used "`, "J q", "U", "R", `R ctrl+u "mx7" enter`, `D "mx7"`, `D "\u6f22" enter`, pastedKeys, mergedKeys, mergedKeys + " space j space j space", "c w", "d w enter", "F", "F j j", "F", "]", "t enter",
	"J w tab enter j j enter", "e tab ctrl+u \"5\" enter w 3 j enter", "J w w H j enter", "M", "M tab tab",
	`M tab ctrl+u "mx9" tab "192.0.2.99" enter j`, "x", "X", "@", "i", "o", "space *", "t", "z", "p", "s", "F", "F j j z", "2 t f",
	"U", "U j j U", "R", `R ctrl+u "mx9" enter j j j`, "D", "U R", `R ctrl+u "192.0.2.77" enter j space`, `paste:"a\u200db A 192.0.2.1\n\u001b[31mx MX 10 y\nz\u0085 TXT \"\u6f22\""`,
	`: "check dns smtp" enter`, `: "check dns" enter enter`, `: "check smtp" enter enter enter`, `: "check dns smtp" enter enter G k enter`,
	`: "add x\u0301 MX 10 y" enter`}
