package ui

import (
	"github.com/mailzone/mailzone/document"

	"github.com/mailzone/mailzone/ui/draw"

	"cmp"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/server"
	"github.com/mailzone/mailzone/ui/wire"
	"github.com/mailzone/mailzone/zonefile"
	"github.com/mailzone/mailzone/zonefile/disk"
)

// The scripts in testdata are what a user does and sees: keys, and after them the part of the screen that the step is
// about (see regions), or all of it. `go test -update` writes them anew; what has changed is then in the diff.

var update = flag.Bool("update", false, "write anew what the tests expect; git diff shows what has changed")

// scriptTime is when scripts run: the day after the sample zone's serial.
func scriptTime() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC) }

func TestScripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) { runScript(t, f) })
	}
}

// runScript plays one script. Its comment may hold lines of settings: "size: 60x15", "set: ascii" or
// "set: readonly" or "set: hard link" or "set: new file", "disable: RULE".
func runScript(t *testing.T, path string) {
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, f := range ar.Files { // files that are there before the program starts
		if name, ok := strings.CutPrefix(f.Name, "beside "); ok {
			if err := os.WriteFile(name, f.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	u := newUser(t, string(ar.Comment), zoneOf(ar))
	script := strings.TrimSuffix(filepath.Base(path), ".txtar")
	for i, f := range ar.Files {
		name, arg, _ := strings.Cut(f.Name, " ")
		switch want := string(f.Data); name {
		case "zone", "beside":
		case "world": // what the world answers from now on
			u.world = playWorld(t, want)
		case "keys":
			u.types(want)
		case "clock": // so much time goes by
			d, err := time.ParseDuration(arg)
			if err != nil {
				t.Fatal(err)
			}
			u.clock = u.clock.Add(d)
		case "again": // the program is ended and started anew
			u.reopen()
		case "ended":
			if !u.quit {
				t.Errorf("the program has not ended:\n%s", u.screen())
			}
		case "screen":
			if !slices.Contains(wholeScreens, script) {
				t.Errorf("a whole screen: name the part that the step is about, of %s", strings.Join(regions, ", "))
			}
			ar.Files[i].Data = []byte(u.compare("screen", want, u.screen()))
		case "file":
			ar.Files[i].Data = []byte(u.compare("file", want, u.file(arg)))
		case "hangup":
			u.hangUp()
		case "next": // what a save is to write that is killed
			if u.next == nil {
				u.next = map[string]string{}
			}
			u.next[arg] = want
		case "killed":
			u.killed()
		case "write": // another program writes the file, or one that it includes
			if err := os.WriteFile(cmp.Or(arg, "db.example.com"), f.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		case "look": // it is time to look at the files
			u.send(timeToLook{})
		case "shell":
			ar.Files[i].Data = []byte(u.compare("shell", want, strings.ReplaceAll(u.app.summary(u.opt, u.app.end(nil)).String(), u.dir, "DIR")))
		default:
			if name == "records" && !slices.Contains(columnScripts, script) {
				t.Error("the columns of the records: look at the rows, so that a new column rewrites few scripts")
			}
			ar.Files[i].Data = []byte(u.compare(f.Name, want, u.region(f.Name)))
		}
	}
	if *update {
		if err := os.WriteFile(path, txtar.Format(ar), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// zoneOf is the zone that a script starts with: its own, or the sample zone.
func zoneOf(ar *txtar.Archive) []byte {
	for _, f := range ar.Files {
		if f.Name == "zone" {
			return f.Data
		}
	}
	return demoZone
}

// user sits before a program without a terminal.
type user struct {
	t    *testing.T
	app  *app
	dir  string
	opt  Options
	quit bool
	away int               // how often another program was given the terminal; it is not run here
	next map[string]string // texts by files, of the save that is to be killed

	width, height int
	utf8          bool
	step          int

	clock time.Time // what the program takes for now
	world []document.Result
	files fileClock
}

// newUser opens a zone.
func newUser(t *testing.T, settings string, zone []byte) *user {
	if _, err := os.Stat("script_test.go"); err == nil { // nothing is written among the sources
		t.Chdir(t.TempDir())
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("db.example.com", zone, 0o600); err != nil {
		t.Fatal(err)
	}
	isNew := strings.Contains(settings, "set: new file\n")
	if isNew {
		os.Remove("db.example.com")
	}
	opt := Options{New: isNew, Path: "db.example.com", Origin: "example.com.", Color: "never", state: filepath.Join(dir, "state")}
	opt.Asking.Named = func(*zonefile.Zone, string, *server.Watch) server.Opinion { return server.Opinion{} } // screens are the same without BIND
	width, height, utf8 := 80, 24, true
	for line := range strings.Lines(settings) {
		if size, ok := strings.CutPrefix(line, "size: "); ok {
			if _, err := fmt.Sscanf(size, "%dx%d", &width, &height); err != nil {
				t.Fatal(err)
			}
		}
		if strings.TrimSpace(line) == "set: hard link" {
			if err := os.Link("db.example.com", "other"); err != nil {
				t.Fatal(err)
			}
		}
		if rule, ok := strings.CutPrefix(line, "disable: "); ok {
			opt.Lint.Disable = append(opt.Lint.Disable, strings.TrimSpace(rule))
		}
		if rule, ok := strings.CutPrefix(line, "off in a file: "); ok {
			rule = strings.TrimSpace(rule)
			opt.Lint.Disable = append(opt.Lint.Disable, rule)
			opt.Lint.SetIn = map[string]string{rule: "/etc/bind/.mailzone.toml"}
		}
		if said, ok := strings.CutPrefix(strings.TrimSpace(line), "checker: "); ok {
			opt.Asking.Named = playChecker(t, said)
		}
		utf8 = utf8 && strings.TrimSpace(line) != "set: ascii"
		if strings.TrimSpace(line) == "coloured" {
			opt.Color = "always"
		}
		opt.ReadOnly = opt.ReadOnly || strings.TrimSpace(line) == "set: readonly"
		if said, ok := strings.CutPrefix(strings.TrimSpace(line), "named: "); ok {
			playNamed(t, &opt, said)
		}
	}
	if _, err := os.Stat("named.conf"); err == nil { // other zones of the name server stand beside
		opt.Asking.Zones = func() (server.Configuration, error) { return server.ReadConfiguration("named.conf", "") }
		opt.Asking.ReloadZone = playReloadZone
		opt.Asking.NamedAll = func(old, _ []server.Text) []server.Judgement { return make([]server.Judgement, len(old)) }
	}
	u := &user{t: t, dir: dir, opt: opt, width: width, height: height, utf8: utf8, clock: scriptTime(), world: playWorld(t, lawWorld)}
	u.opt.now = func() time.Time { return u.clock }
	u.opt.stamp = func(path string) (disk.Stamp, error) { return u.files.stamp(path, u.clock) }
	u.open()
	return u
}

// playChecker plays a named-checkzone. What comes of real ones is tested in package disk, and by the commands.
func playChecker(t *testing.T, said string) func(z *zonefile.Zone, dir string, w *server.Watch) server.Opinion {
	bad := server.Opinion{Asked: true, Refused: true, Complaints: []string{"db.example.com:17: bad owner name \x1b", "not loaded due to errors."}}
	opinions := map[string][2]server.Opinion{ // of a text with the old serial, and of others
		"loads":    {{Asked: true}, {Asked: true}},
		"refuses":  {{Asked: true}, bad},
		"refused":  {bad, bad},
		"no child": {{Asked: true}, {Err: errors.New("named-checkzone: fork/exec: too many open files")}},
	}
	of, ok := opinions[said]
	if !ok {
		t.Fatalf("no such checker: %q", said)
	}
	return func(z *zonefile.Zone, _ string, _ *server.Watch) server.Opinion {
		if n, _ := z.Serial(); n == 2026112101 {
			return of[0]
		}
		return of[1]
	}
}

// fileClock makes the file system go by the clock of a script: what is seen of a file for the first time was written then.
type fileClock struct{ seen map[string][2]disk.Stamp }

// stamp is the stamp of a file, with its hours by a clock.
func (c *fileClock) stamp(path string, now time.Time) (disk.Stamp, error) {
	is, err := disk.StampOf(path)
	if err != nil {
		return is, err
	}
	if c.seen == nil {
		c.seen = map[string][2]disk.Stamp{}
	}
	if c.seen[path][0] != is {
		moved := is
		moved.Mtime, moved.Ctime = now.UnixNano(), now.UnixNano()
		c.seen[path] = [2]disk.Stamp{is, moved}
	}
	return c.seen[path][1], nil
}

// open starts the program.
func (u *user) open() {
	st, z, err := document.Open(u.opt.document())
	if err != nil {
		u.t.Fatal(err)
	}
	u.t.Cleanup(st.Close)
	k := newKit(document.NewSession(z, st), u.opt)
	k.utf8, k.Glyphs = u.utf8, draw.NewGlyphs(u.utf8)
	u.answersFor(k)
	u.app, u.quit = newApp(k, func() time.Time { return u.clock }), false
	u.app.begin()
	u.t.Cleanup(func() { u.app.doc.Journal.Close() })
	u.drain(u.app.Init())
	u.send(tea.WindowSizeMsg{Width: u.width, Height: u.height})
	u.app.View() // a user sees the screen before typing
}

// hangUp closes the terminal under the program, and opens the zone in another.
func (u *user) hangUp() {
	u.send(wire.ClosingMsg{Signal: syscall.SIGHUP})
	if !u.quit {
		u.t.Fatal("a closed terminal did not end the program")
	}
	u.reopen()
}

// reopen starts the program again after it has ended.
func (u *user) reopen() {
	u.app.end(nil)
	u.app.doc.Store.Close()
	u.open()
}

// send gives the program a message and carries out the commands that come of it, at once and in order.
func (u *user) send(msg tea.Msg) {
	_, cmd := u.app.Update(msg)
	u.drain(cmd)
}

// drain runs a command and all that follow from it.
func (u *user) drain(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, c := range msg {
			u.drain(c)
		}
	case tea.QuitMsg:
		u.quit = true
	case tea.SuspendMsg:
	default:
		if fmt.Sprintf("%T", msg) == "tea.execMsg" { // the library keeps the type to itself
			u.away++
			return
		}
		u.send(msg)
	}
}

// types presses keys: names of keys between blanks, and text in double quotes.
func (u *user) types(keys string) {
	for _, word := range splitKeys(keys) {
		if u.quit {
			u.t.Fatalf("the program has ended before %q", word)
		}
		if word == "another-program-writes" {
			u.rewrites()
			continue
		}
		if u.clicks(word) {
			continue
		}
		for _, k := range keysOf(u.t, word) {
			u.send(k)
			u.app.View()
		}
	}
}

// rewrites is another program that adds a record to the file.
func (u *user) rewrites() {
	if err := os.WriteFile("db.example.com", []byte(u.file("")+"elsewhere A 192.0.2.200\n"), 0o600); err != nil {
		u.t.Fatal(err)
	}
}

// clicks does what a word like click:30,4 or wheel:2,3 says: a column and a line, counted from 0.
func (u *user) clicks(word string) bool {
	var x, y int
	m := tea.MouseMsg{Button: tea.MouseButtonLeft, Action: tea.MouseActionPress}
	if n, _ := fmt.Sscanf(word, "click:%d,%d", &x, &y); n != 2 {
		if n, _ := fmt.Sscanf(word, "wheel:%d,%d", &x, &y); n != 2 {
			return false
		}
		m.Button = tea.MouseButtonWheelDown
	}
	m.X, m.Y = x, y
	u.send(m)
	u.app.View()
	return true
}

// splitKeys splits at blanks outside quotes.
func splitKeys(text string) []string {
	quoted := false
	return strings.FieldsFunc(text, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return !quoted && (r == ' ' || r == '\n')
	})
}

// keysOf is what a word presses.
func keysOf(t testing.TB, word string) []tea.KeyMsg {
	if text, ok := strings.CutPrefix(word, `paste:"`); ok {
		text = strings.ReplaceAll(strings.TrimSuffix(text, `"`), `\n`, "\n")
		return []tea.KeyMsg{{Type: tea.KeyRunes, Runes: []rune(strings.ReplaceAll(text, `\e`, "\x1b")), Paste: true}}
	}
	if text, ok := strings.CutPrefix(word, `"`); ok {
		var out []tea.KeyMsg
		for _, r := range strings.TrimSuffix(text, `"`) {
			out = append(out, runeKey(r))
		}
		return out
	}
	name, alt := strings.CutPrefix(word, "alt+")
	if len([]rune(name)) == 1 {
		return []tea.KeyMsg{{Type: tea.KeyRunes, Runes: []rune(name), Alt: alt}}
	}
	if name == "space" {
		return []tea.KeyMsg{runeKey(' ')}
	}
	for k := tea.KeyType(-100); k < 128; k++ {
		if (tea.Key{Type: k}).String() == name {
			return []tea.KeyMsg{{Type: k, Alt: alt}}
		}
	}
	t.Fatalf("no key is named %q", word)
	return nil
}

// runeKey is the key of a character, as bubbletea reads it.
func runeKey(r rune) tea.KeyMsg {
	if r == ' ' {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{r}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
}

// screen is what the user sees, without colours and blanks at the ends of lines.
func (u *user) screen() string {
	if u.quit {
		u.t.Fatal("the program has ended")
	}
	lines := u.lines()
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

// lines is the lines of the screen without colours; the time of day is not always the same.
func (u *user) lines() []string {
	text := regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`).ReplaceAllString(ansi.Strip(u.app.View()), "YYYY-MM-DD HH:MM:SS")
	text = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d`).ReplaceAllString(text, "YYYY-MM-DD HH:MM")
	lines := strings.Split(text, "\n")
	if len(lines) != u.app.height {
		u.t.Errorf("the screen has %d lines, not %d", len(lines), u.app.height)
	}
	for i, l := range lines {
		if w := ansi.StringWidth(l); w > u.app.width {
			u.t.Errorf("line %d is %d cells wide: %q", i+1, w, l)
		}
	}
	return lines
}

// file is what is on disk.
func (u *user) file(name string) string {
	src, err := os.ReadFile(cmp.Or(name, "db.example.com"))
	if err != nil {
		u.t.Fatal(err)
	}
	return string(src)
}

// compare reports a difference, and returns what a rewritten script has.
func (u *user) compare(what, want, got string) string {
	u.step++
	if !*update && got != want {
		u.t.Errorf("part %d: %s is\n%s\nwant\n%s", u.step, what, got, want)
	}
	return got
}
