package ui

import (
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/ui/wire"
	"github.com/mailzone/mailzone/zonefile"
)

// What a key may send, at 80x24.
const (
	cursorBytes = 300
	pageBytes   = 1448 // a TCP segment
	paneBytes   = 600
	aloneBytes  = 900 // of a key that none follows, with its rest
	aloneMean   = 650
)

// hostingZone is a zone as who hosts mail has it: names of many lengths, their own hosts and a backup, keys over several
// lines, and records that lack something.
func hostingZone(customers int) []byte {
	var b strings.Builder
	b.WriteString("$TTL 1h\n@ SOA ns1 hostmaster 7 4h 15m 2w 1h\n NS ns1\nns1 A 192.0.2.53\nmx1 A 203.0.113.1\n")
	r := rand.New(rand.NewSource(1))
	words := strings.Fields("acme blue cloud delta fine green iron law north school stone tax verylongcompanyname west young zoo")
	for i := range customers {
		n := fmt.Sprintf("%s-%s%d", words[r.Intn(len(words))], words[r.Intn(len(words))], i)
		fmt.Fprintf(&b, "%s MX %d mail.%s\n MX 20 mx%d\n", n, r.Intn(12), n, r.Intn(4)+1)
		fmt.Fprintf(&b, " TXT ( \"v=spf1 ip4:192.0.2.%d \"\n\t\"-all\" ) ; split\nmail.%s A 198.51.100.%d\n", r.Intn(256), n, r.Intn(256))
		if r.Intn(3) == 0 {
			fmt.Fprintf(&b, "_dmarc.%s TXT \"v=DMARC1; p=none; rua=mailto:d@%s.example.net\"\n", n, n)
		}
	}
	return []byte(b.String())
}

// hostingApp is the editor of such a zone, in which cursors come to rest when the test says so.
func hostingApp(t testing.TB, customers int) *app {
	t.Helper()
	path := filepath.Join(t.TempDir(), "db.example.com")
	if err := os.WriteFile(path, hostingZone(customers), 0o600); err != nil {
		t.Fatal(err)
	}
	opt := Options{Path: path, Origin: "example.com.", state: t.TempDir(), rest: keyRest}
	opt.Asking.Named = func(*zonefile.Zone, string, *server.Watch) server.Opinion { return server.Opinion{} }
	a, err := openApp(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.end(nil); a.doc.Store.Close() })
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	drain(a, examine(a))
	return a
}

// line is what a program sends to a terminal, counted.
type line struct {
	t    *testing.T
	out  *wire.Writer
	file *os.File
	was  int64
}

// newLine shows the first frame.
func newLine(t *testing.T, a *app) *line {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "sent"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	l := &line{t: t, out: wire.NewWriter(f), file: f}
	if _, err := l.out.WriteString(ansi.SetModeAltScreenSaveCursor + ansi.HideCursor); err != nil {
		t.Fatal(err)
	}
	l.sends(a)
	return l
}

// sends is how many bytes show what the program shows now.
func (l *line) sends(a *app) int {
	l.t.Helper()
	frame := "\x1b[H" + strings.ReplaceAll(a.View(), "\n", "\x1b[K\r\n")
	if _, err := l.out.WriteString(frame); err != nil {
		l.t.Fatal(err)
	}
	st, err := l.file.Stat()
	if err != nil {
		l.t.Fatal(err)
	}
	n := st.Size() - l.was
	l.was = st.Size()
	return int(n)
}

// A key that is held down costs a slow line no more than a few cells, whichever pane has the keys and whatever follows: at every
// row of NAMES, where each looks different, and at many of the other lists.
func TestBytesOfAKeyThatIsHeld(t *testing.T) {
	const customers = 400
	for _, tt := range []struct {
		pane string
		keys string // that lead there
		rows int
	}{
		{"NAMES", "", 60}, {"NAMES, marked", "space space space", customers}, {"RECORDS", "j j tab", 60}, {"DELIVERY", "j j 1", 60},
		{"PROBLEMS", "2", 60}, {"PROBLEMS, all", "2 i g", 60}, {"SOURCE", "3 g", 60}, {"NAMES over SOURCE", "3 1 3 shift+tab shift+tab", 60},
	} {
		t.Run(tt.pane, func(t *testing.T) {
			a := hostingApp(t, customers)
			for _, word := range splitKeys(tt.keys) {
				for _, k := range keysOf(t, word) {
					a.Update(k)
				}
			}
			a.Update(rested{a.wake.moves})
			l := newLine(t, a)
			for _, way := range []struct {
				key   tea.KeyType
				times int
				most  int
			}{{tea.KeyDown, tt.rows, cursorBytes}, {tea.KeyUp, 60, cursorBytes}, {tea.KeyPgDown, 20, pageBytes}, {tea.KeyPgUp, 20, pageBytes}} {
				for i := range way.times {
					a.Update(tea.KeyMsg{Type: way.key})
					if n := l.sends(a); n > way.most {
						t.Fatalf("%v for the %dth time sends %d bytes:\n%s", way.key, i+1, n, ansi.Strip(a.View()))
					}
				}
			}
			if n := l.sends(a); n > 0 {
				t.Errorf("nobody presses a key, and %d bytes are sent", n)
			}
		})
	}
}

// A key that none follows brings, when the hands rest, what follows the cursor as well: the records of another name and the row of
// keys. That is up to half the cells of the screen, but once and not with each of many keys: it may take what two changes of pane
// take, and stays in one packet.
func TestBytesOfAKeyAndItsRest(t *testing.T) {
	for _, tt := range []struct{ pane, keys string }{
		{"NAMES", ""}, {"RECORDS", "j j tab"}, {"DELIVERY", "j j 1"}, {"PROBLEMS", "2"}, {"SOURCE", "3 g"}, {"NAMES over SOURCE", "3 1 3 shift+tab shift+tab"},
	} {
		a := hostingApp(t, 400)
		for _, word := range splitKeys(tt.keys) {
			for _, k := range keysOf(t, word) {
				a.Update(k)
			}
		}
		a.Update(rested{a.wake.moves})
		l, most, sum := newLine(t, a), 0, 0
		const times = 60
		for range times {
			a.Update(tea.KeyMsg{Type: tea.KeyDown})
			n := l.sends(a)
			a.Update(rested{a.wake.moves})
			n += l.sends(a)
			most, sum = max(most, n), sum+n
		}
		if t.Logf("%s: %d bytes, %d at most", tt.pane, sum/times, most); most > aloneBytes || sum/times > aloneMean {
			t.Errorf("%s: a key and its rest send %d bytes, %d at most; want %d, %d at most", tt.pane, sum/times, most, aloneMean, aloneBytes)
		}
	}
}

// A change of pane sends what changes: titles, marks, and the row of keys.
func TestBytesOfAChangeOfPane(t *testing.T) {
	for _, start := range []string{"", "j j j", "3 1", "2 j"} {
		a := hostingApp(t, 400)
		press := func(keys string) {
			for _, word := range splitKeys(keys) {
				for _, k := range keysOf(t, word) {
					a.Update(k)
				}
			}
		}
		press(start)
		a.Update(rested{a.wake.moves})
		l := newLine(t, a)
		for _, key := range []string{"tab", "tab", "tab", "shift+tab", "shift+tab", "shift+tab"} {
			press(key)
			a.Update(rested{a.wake.moves})
			if n := l.sends(a); n > paneBytes {
				t.Errorf("from %q: %s sends %d bytes:\n%s", start, key, n, ansi.Strip(a.View()))
			}
		}
	}
}

// What follows a cursor is there when it rests, and no movement before the last one brings it.
func TestPanesFollowAtRest(t *testing.T) {
	a := hostingApp(t, 40)
	down := tea.KeyMsg{Type: tea.KeyDown}
	a.Update(down)
	a.Update(rested{a.wake.moves})
	shows := func(what string, want bool) {
		t.Helper()
		title := " " + string(a.names.rows()[a.names.list.Cursor].Name)
		if got := strings.Contains(ansi.Strip(a.View()), "│"+title); got != want {
			t.Errorf("%s: the records are those of%s: %v\n%s", what, title, got, ansi.Strip(a.View()))
		}
	}
	shows("at the start", true)
	for range 3 {
		_, cmd := a.Update(down)
		if shows("while it moves", false); cmd == nil {
			t.Fatal("nothing is to happen at rest")
		}
	}
	a.Update(rested{a.wake.moves - 1})
	shows("after an earlier movement", false)
	a.Update(rested{a.wake.moves})
	shows("at rest", true)
	a.Update(down)
	a.Update(runeKey('e')) // says why not, of the name that the cursor is at
	shows("after another key", true)
	a.Update(down)
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	shows("after something else", true)
}
