package ui

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/testdata/contrast"
	"github.com/mailzone/mailzone/zonefile"
)

// A user who types anything, anywhere: the program must neither fail nor draw beyond the screen, undo must
// lead back to the first byte, and nothing may be sent that is not on the list of what may be shown.
func TestRandomKeys(t *testing.T) {
	zones := map[string][]byte{
		"sample":  demoZone,
		"broken":  []byte("$TTL 1d\n@ SOA ns1 h 7 8h 2h 4w 1h\n NS ns1\n MX ten mx\n MX 20 \x1b[31m\nmx A 1.2.3\n)(\n$INCLUDE x\n"),
		"nothing": nil,
		"binary":  []byte("\x01\x02\xff\xfe \" ( \n\x9b31m MX 1 \xe2\x80\xae\n"),
	}
	rounds := 500
	if testing.Short() {
		rounds = 100
	}
	for name, zone := range zones {
		for seed := range uint64(4) {
			t.Run(name, func(t *testing.T) { typeAnything(t, zone, seed, rounds) })
		}
	}
}

// typeAnything presses random keys, then undoes all.
func typeAnything(t *testing.T, zone []byte, seed uint64, rounds int) {
	t.Chdir(t.TempDir())
	u := newUser(t, "", zone)
	rng := rand.New(rand.NewPCG(seed, 1))
	sizes := []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 60, Height: 15}, {Width: 40, Height: 10}, {Width: 120, Height: 40}, {Width: 8, Height: 3}}
	for i := range 16 {
		sizes = append(sizes, tea.WindowSizeMsg{Width: i % 4, Height: i / 4})
	}
	keys := strings.Fields("a e d c f F I f1 J K = + - x X 4 6 u ctrl+r w / n N ? : 1 2 3 i tab shift+tab enter esc esc up down left right h j k l g G pgup pgdown home end ctrl+t backspace delete alt+up alt+down M p s o y r @ space X 5 0 . @ z t * & q")
	var log []string
	defer func() {
		if t.Failed() {
			t.Logf("keys: %s", strings.Join(log, " "))
		}
	}()
	for range rounds {
		if rng.IntN(40) == 0 {
			size := sizes[rng.IntN(len(sizes))]
			u.width, u.height = size.Width, size.Height
			u.send(size)
		}
		key := keys[rng.IntN(len(keys))]
		log = append(log, key)
		u.types(key)
		if u.quit {
			u.reopen()
			continue
		}
		u.checkScreen()
		if t.Failed() {
			return
		}
	}
	u.checkUndo()
}

// checkScreen looks for what must not be on a screen.
//
// Whatever is drawn can be read on light grounds and on dark ones: in two colours of the sixteen, and on no ground but the terminal's.
func (u *user) checkScreen() {
	view := u.app.View()
	lines := strings.Split(view, "\n")
	if u.width == 0 || u.height == 0 {
		if view != "" {
			u.t.Errorf("on %d columns and %d rows: %q", u.width, u.height, view)
		}
		return
	}
	if len(lines) != u.height {
		u.t.Errorf("%d lines, not %d", len(lines), u.height)
	}
	for _, m := range setting.FindAllStringSubmatch(view, -1) {
		if r, where := contrast.Least(m[1]); r < 3 || grounds.MatchString(m[1]) {
			u.t.Errorf("SGR %s has a contrast of %.1f: %s", m[1], r, where)
		}
	}
	for _, l := range lines {
		text := ansi.Strip(l)
		if w := ansi.StringWidth(l); w > u.width {
			u.t.Errorf("%d cells, not %d: %q", w, u.width, text)
		}
		if shown := zonefile.Printable(text, true); shown != text {
			u.t.Errorf("on the screen: %q", text)
		}
		if strings.Contains(text, `\009`) { // no zone here has one that is written so
			u.t.Errorf("a tab is shown by its number: %q", text)
		}
	}
}

var (
	setting = regexp.MustCompile(`\x1b\[([0-9;:]*)m`)
	grounds = regexp.MustCompile(`(^|[;:])(4[0-8]|10[0-7]|38)([;:]|$)`) // and the colours that are none of the sixteen
)

// checkUndo closes all dialogs, undoes every change and compares with what is on disk.
func (u *user) checkUndo() {
	for len(u.app.dialogs) > 0 {
		u.types("esc")
	}
	for u.app.doc.At > 0 {
		u.types("u")
	}
	if first := u.app.doc.Versions[0].Zone; u.app.doc.Zone() != first {
		u.t.Error("undo does not lead back to the first version")
	}
	for len(u.app.doc.Versions) > u.app.doc.At+1 {
		u.types("ctrl+r")
	}
}
