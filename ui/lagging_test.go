package ui

// Lists that are made beside the screen: no key waits for them, what comes too late is dropped, and what is shown is what is wanted.

import (
	"cmp"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/mailzone/mailzone/document"
	"github.com/mailzone/mailzone/zonefile"
)

// later is what was begun beside the screen and has not come yet.
type later struct {
	a    *app
	cmds []tea.Cmd
}

// press presses keys and does nothing of what they begin beside the screen.
func (l *later) press(t *testing.T, keys string) {
	t.Helper()
	for _, word := range splitKeys(keys) {
		for _, key := range keysOf(t, word) {
			_, cmd := l.a.Update(key)
			l.a.View()
			l.cmds = append(l.cmds, cmd)
		}
	}
}

// comes brings what was begun, the last first if so.
func (l *later) comes(lastFirst bool) {
	cmds := l.cmds
	l.cmds = nil
	if lastFirst {
		slices.Reverse(cmds)
	}
	for _, cmd := range cmds {
		drain(l.a, cmd)
	}
	l.a.View()
}

// resize gives the program another size.
func (l *later) resize(width, height int) {
	_, cmd := l.a.Update(tea.WindowSizeMsg{Width: width, Height: height})
	l.a.View()
	l.cmds = append(l.cmds, cmd)
}

// narrowedLists is the lists of panes that are narrowed beside the screen: what leads there, what they are narrowed to, an edit of
// what they have then, and their rows.
var narrowedLists = []struct {
	name, keys, text, edit string
	rows                   func(*app) []string
}{
	{"names", "1 shift+tab shift+tab", "n199", "", func(a *app) (rows []string) {
		for _, r := range a.names.rows() {
			rows = append(rows, string(r.Name))
		}
		return rows
	}},
	{"problems", "2", "gone77", "enter j c", func(a *app) (rows []string) {
		for _, d := range a.problems.shown().list {
			rows = append(rows, d.String())
		}
		return rows
	}},
	{"source", "3", "n199", "c", func(a *app) (rows []string) {
		f := a.source.text()
		for i := range a.source.rows() {
			rows = append(rows, string(f.Slice(f.Line(a.source.line(i)))))
		}
		return rows
	}},
}

// Lists of a big zone are narrowed while one types, and no letter waits for that. Until it is done the list stays as it was, and what
// comes too late is dropped. Enter waits, and esc then leaves the list as it was before. After an edit no row of before can be acted on.
func TestNarrowingABigZone(t *testing.T) {
	a := bigApp(t, 2*max(arrangedAtOnce, linesAtOnce, liveWords))
	drain(a, a.Init())
	for _, p := range narrowedLists {
		t.Run(p.name, func(t *testing.T) {
			l := &later{a: a}
			l.press(t, p.keys)
			all := len(p.rows(a))
			same := func(when string) {
				if got := len(p.rows(a)); got != all {
					t.Fatalf("%s %d of %d rows are shown", when, got, all)
				}
			}
			narrowed := func(when string) {
				rows := p.rows(a)
				if len(rows) == 0 || len(rows) == all || slices.ContainsFunc(rows, func(r string) bool { return !strings.Contains(r, p.text) }) {
					t.Fatalf("%s %d of %d rows are shown, not those with %s", when, len(rows), all, p.text)
				}
			}
			for _, lastFirst := range []bool{false, true} {
				l.press(t, `home & "`+p.text[:3]+`" "`+p.text[3:]+`"`)
				same("before it is done")
				l.comes(lastFirst)
				narrowed("when it is done")
				l.press(t, "esc")
				l.comes(lastFirst)
				same("after esc")
			}
			gate := make(chan struct{})
			l.press(t, `home & "`+p.text+`"`)
			a.held = func() { <-gate }
			l.press(t, `enter`)
			if d, waits := a.top().(*waitDialog); !waits || !strings.Contains(d.what, p.text) {
				t.Fatalf("enter does not wait:\n%s", a.View())
			}
			l.press(t, `j d esc`)
			close(gate)
			l.comes(false)
			if same("after esc"); a.top() != nil || a.doc.Modified() {
				t.Error("after esc the screen is another")
			}
			a.held = nil
			l.press(t, `home & "`+p.text+`" enter`)
			l.comes(false)
			narrowed("after enter")
			for _, key := range splitKeys(p.edit) {
				l.comes(false)
				l.press(t, key)
			}
			if p.edit != "" && !a.doc.Modified() {
				t.Errorf("%s changes nothing:\n%s", p.edit, a.View())
			}
			if p.name == "source" && len(p.rows(a)) > 0 {
				t.Error("rows of the version before an edit are shown, as if they were of this one")
			}
			l.comes(false)
			narrowed("after an edit")
			if a.doc.Modified() {
				l.press(t, "u")
				l.comes(false)
				narrowed("after undo")
			}
			l.press(t, "& enter")
			l.comes(false)
			same("in the end")
		})
	}
}

// A key of the list of names costs no more where names are in another order, in a big zone, and neither does an edit there.
func TestOrderOfABigZone(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const limit = 8 * time.Millisecond
	slow := keysOfOrders(t, limit)
	for try := 0; try < 2 && len(slow) > 0; try++ { // the least of some: others may be at work
		again := keysOfOrders(t, limit)
		maps.DeleteFunc(slow, func(key string, _ time.Duration) bool { return again[key] == 0 })
	}
	for key, took := range slow {
		t.Errorf("%s takes %v of CPU", key, took)
	}
}

// keysOfOrders presses keys that put names in other orders, and is those that take more than a limit.
func keysOfOrders(t *testing.T, limit time.Duration) (slow map[string]time.Duration) {
	a := bigApp(t, 60_000)
	slow = map[string]time.Duration{}
	for i, keys := range []string{`home`, `o`, `o`, `o`, `t`, `t`, `A`, `o`, `A`, `& "n7" enter`, `o`, `tab c shift+tab`, `& enter`} {
		for _, word := range splitKeys(keys) {
			for _, key := range keysOf(t, word) {
				began := threadTime(t)
				_, cmd := a.Update(key)
				if took := threadTime(t) - began; took > limit && key.String() != "home" {
					slow[fmt.Sprintf("%s, of %s (%d),", key, keys, i)] = took
				}
				drain(a, cmd)
			}
		}
		if r := a.names.by.recipe(a.doc.Findings); a.names.shown.lags(r) {
			t.Errorf("after %s the list is not as it is wanted", keys)
		}
	}
	return slow
}

// The orders of names are those that sorting makes.
func TestArrange(t *testing.T) {
	a := bigApp(t, 1_200)
	drain(a, a.Init())
	f := a.doc.Findings
	for o := asTree; o <= grouped; o++ {
		for _, only := range []string{"", "n1", "gone7", "nothing"} {
			by := arrangement{order: o, only: only}
			got := by.arrange(f, &pace{})
			want := slices.Clone(f.Names)
			want = slices.DeleteFunc(want, func(r document.NameRow) bool { return !rowHas(f.Zone, r, only) })
			slices.SortStableFunc(want, sortedBy(o, f, want))
			if !slices.Equal(got.rows, want) {
				t.Errorf("%s, narrowed to %q: %d names, not the %d that sorting makes", o.does(), only, len(got.rows), len(want))
			}
			if o != asTree || only != "" {
				ended := &pace{}
				ended.stopped.Store(true)
				by.arrange(f, ended)
				if n := ended.done.Load(); n > 3 {
					t.Errorf("%s, narrowed to %q: %d names are looked at where nobody waits", o.does(), only, n)
				}
			}
		}
	}
}

// rowHas tells whether a name, or a host that its mail goes to, has a text.
func rowHas(z *zonefile.Zone, r document.NameRow, text string) bool {
	hosts := strings.Contains(string(r.Name), text)
	for _, mx := range z.RRset(r.Name, zonefile.TypeMX) {
		to, _ := mx.Target()
		hosts = hosts || strings.Contains(string(to), text)
	}
	return hosts
}

// sortedBy compares names for an order.
func sortedBy(o order, f document.Findings, rows []document.NameRow) func(a, b document.NameRow) int {
	size := map[int32]int{}
	for _, r := range rows {
		size[r.Route]++
	}
	return func(a, b document.NameRow) int {
		x, y := f.Badges[a.Name], f.Badges[b.Name]
		switch o {
		case asFile:
			return cmp.Compare(placeOf(a), placeOf(b))
		case byWorstFirst:
			return cmp.Or(cmp.Compare(y.Worst, x.Worst), cmp.Compare(y.Count, x.Count))
		case grouped:
			return cmp.Or(cmp.Compare(size[b.Route], size[a.Route]), cmp.Compare(a.Route, b.Route))
		}
		return 0
	}
}

// All words of a big zone are offered behind a command, wherever they stand in the alphabet, and no letter waits for them.
func TestWordsOfABigZone(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var src strings.Builder
	src.WriteString("$TTL 1d\n@ SOA ns1 hostmaster 7 8h 2h 4w 1h\n NS ns1\n MX 10 zz-last\n")
	for i := range 100_000 {
		fmt.Fprintf(&src, "h%d A 10.%d.%d.%d\n", i, i>>16, i>>8&0xff, i&0xff)
	}
	src.WriteString("zz-last A 192.0.2.99\n")
	a := appOf(t, src.String())
	l := &later{a: a}
	for _, c := range []struct{ typed, want string }{
		{"used h9999", "used h9999 h99990"}, {"used zz", "used zz-last"}, {"repoint -LAST", "repoint zz-last"}, {"readdress 192", "readdress 192.0.2.99"},
		{"like @", "like @"}, {"add zz", "add zz-last"}, {"add TLS", "add TLSA"}, {"used 99999", "used h99999"},
	} {
		l.press(t, ":")
		p := a.top().(*prompt)
		for _, letter := range keysOf(t, `"`+c.typed+`"`) {
			began := threadTime(t)
			_, cmd := a.Update(letter)
			a.View()
			if took := threadTime(t) - began; took > 60*time.Millisecond {
				t.Errorf("%s of %q takes %v of CPU", letter, c.typed, took)
			}
			l.cmds = append(l.cmds, cmd)
		}
		l.comes(false)
		var offered []string
		for _, o := range p.offered() {
			offered = append(offered, o.line)
		}
		first := strings.Fields(c.want)[0]
		for _, w := range strings.Fields(c.want)[1:] {
			if !slices.Contains(offered, first+" "+w) {
				t.Errorf("%s: %s is not offered, but %q", c.typed, w, offered)
			}
		}
		l.press(t, "esc")
	}
	if len(a.words.list.hosts) != 100_001 { // ns1 has no address
		t.Errorf("%d hosts are known", len(a.words.list.hosts))
	}
}

// All hosts of a big zone may be chosen in a form, and complete what is typed in that of a plan; no letter waits for them.
func TestHostsOfABigZone(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	var src strings.Builder
	src.WriteString("$TTL 1d\n@ SOA ns1 hostmaster 7 8h 2h 4w 1h\n NS ns1\n MX 10 zz-last\n MX 20 gone\n")
	const hosts = 100_000
	for i := range hosts {
		fmt.Fprintf(&src, "h%d A 10.%d.%d.%d\n", i, i>>16, i>>8&0xff, i&0xff)
	}
	src.WriteString("zz-last A 192.0.2.99\n")
	a := appOf(t, src.String())
	l := &later{a: a}
	types := func(text string) {
		for _, letter := range keysOf(t, `"`+text+`"`) {
			began := threadTime(t)
			l.press(t, `"`+letter.String()+`"`)
			if took := threadTime(t) - began; took > 60*time.Millisecond {
				t.Errorf("%s of %q takes %v of CPU", letter, text, took)
			}
		}
	}
	l.press(t, "home enter home a")
	f := a.top().(*form)
	if n := len(f.fields[f.at].hosts.matching()); n != 0 {
		t.Errorf("%d hosts are known before anybody looked", n)
	}
	l.comes(false)
	for typed, want := range map[string]string{"h9999": "h9999 h99990", "zz": "zz-last", "-LAST": "zz-last", "99999": "h99999"} {
		l.press(t, "ctrl+u")
		types(typed)
		l.comes(false)
		var offered []string
		for _, h := range f.fields[f.at].hosts.matching() {
			offered = append(offered, f.fields[f.at].hosts.text(h))
		}
		for _, w := range strings.Fields(want) {
			if !slices.Contains(offered, w) && len(offered) <= hosts {
				t.Errorf("%s: %s is not offered, but %q", typed, w, offered)
			}
		}
	}
	l.press(t, "ctrl+u ctrl+n")
	if got := f.fields[f.at].value(); got != "zz-last" {
		t.Errorf("the host that is used most is %s", got)
	}
	if _, all := f.fields[f.at].hosts.of(); len(all) != hosts+1 { // gone is not there, and ns1 has no address
		t.Errorf("%d hosts are offered", len(all))
	}
	l.press(t, "esc esc M ctrl+u")
	l.comes(false)
	types("h9999")
	if got := a.top().(*planForm).from.suggestion(); got != "h9999" && got != "h99990" && got != "" {
		t.Errorf("h9999 is completed to %q", got)
	}
	types("9")
	if got := a.top().(*planForm).from.suggestion(); got != "" {
		t.Errorf("a whole name is completed to %q", got)
	}
	l.press(t, `ctrl+u "zz"`)
	if got := a.top().(*planForm).from.suggestion(); got != "zz-last" {
		t.Errorf("zz is completed to %q", got)
	}
}
