//go:build linux || darwin || freebsd || netbsd

package disk

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"
	"unicode"
)

// This file puts every byte and every risky character wherever a zone file can hold some, and into names of files, and looks
// at what reaches the terminal: on the screens of the editor, and from every command. The terminal of these proofs knows what
// may come.

// An item is text that must not reach a terminal as it is, or may.
type item struct {
	text string
	seen string // what has to be shown for it; "" if nothing need be
}

// items are all of them. Those that would change how the lines after them are read come last.
func items() (list []item) {
	for r := range (runeSet{risky}).runes() {
		if r >= 0x80 {
			list = append(list, item{string(r), fmt.Sprintf("U+%04X", r)})
		}
	}
	for _, text := range []string{
		"\x1b[2J", "\x1b]0;title\a", "\x1b]52;c;aGk=\a", "\x1bP+q\x1b\\", "\x1b[?1049l", "\u009b2J", "\x9b2J", "\x1bc", "\x0e", // terminals obey these
		"\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xf0\x80\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\xe2\x80", "\xc3", // no UTF-8
		"a" + strings.Repeat("\u0301", 100), "\u0301", "a\u20dd", "漢字", "±", "é", "👩\u200d💻", "🇩🇪", "👍🏽", "\u3164", "\u2800", "ｗ",
	} {
		list = append(list, item{text: text})
	}
	last := "\n\r\"\\;$@ \t()"
	for b := range 256 {
		if !strings.Contains(last, string(rune(b))) {
			it := item{text: string([]byte{byte(b)})}
			if b < ' ' || b > '~' {
				it.seen = fmt.Sprintf(`\%03d`, b)
			}
			list = append(list, it)
		}
	}
	for _, r := range last {
		list = append(list, item{text: string(r)})
	}
	return list
}

// A runeSet is a table of characters.
type runeSet struct{ *unicode.RangeTable }

// runes yields the first of each range, and of a short one all.
func (s runeSet) runes() func(func(rune) bool) {
	return func(yield func(rune) bool) {
		for r := range rune(unicode.MaxRune + 1) {
			big := r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000
			if big && r%0x400 != 0 {
				continue
			}
			if r >= 0xe0080 && r < 0xe1000 && r%16 != 0 {
				continue
			}
			if unicode.Is(s.RangeTable, r) && !yield(r) {
				return
			}
		}
	}
}

// A place is where an item may stand.
type place struct {
	name string
	line func(item string) string
}

// places are where items stand in zone files.
func places() []place {
	return []place{
		{"owner", func(s string) string { return "x" + s + "y\tIN\tA\t192.0.2.1\n" }},
		{"owner of MX", func(s string) string { return "x" + s + "y\tIN\tMX\t10 mail\n" }},
		{"exchange", func(s string) string { return "\tIN\tMX\t10 x" + s + "y\n" }},
		{"TXT", func(s string) string { return "t\tIN\tTXT\t\"x" + s + "y\"\n" }},
		{"comment", func(s string) string { return "c\tIN\tA\t192.0.2.1 ; x" + s + "y\n" }},
		{"type and directive", func(s string) string { return "t\tIN\tX" + s + "Y\t1\n$X" + s + "Y\n" }},
		{"include", func(s string) string { return "$INCLUDE x" + s + "y\n" }},
	}
}

// zone is a zone file with every item at a place.
func (pl place) zone(list []item) string {
	var b strings.Builder
	b.WriteString(strings.TrimSuffix(startZone, ";old		IN	MX	10 mx.provider.example.\n"))
	for _, it := range list {
		b.WriteString(pl.line(it.text))
	}
	return b.String()
}

// A watch counts what reaches terminals.
type watch struct {
	trial
	bin  string
	self scene // this program, which leaves interrupted saves behind
	c    *count
}

// proveBytes looks at everything.
func proveBytes(p trial) {
	list := items()
	w := &watch{p, p.program(), p.stage(), p.count("%s of %s characters outside the list")}
	locales := []string{"C.UTF-8", "C"}
	for i, pl := range places() {
		if !*torture && i%3 != 1 {
			continue
		}
		for _, locale := range locales[:p.n(1, 2)] {
			p.part(pl.name+" "+locale, func(p trial) {
				p.atOnce()
				w := &watch{p, w.bin, w.self, w.c}
				w.screens(pl, locale, list)
			})
		}
		for _, locale := range locales[:p.n(1, 2)] {
			p.part("commands, "+pl.name+" "+locale, func(p trial) {
				p.atOnce()
				w := &watch{p, w.bin, w.self, w.c}
				w.commands(pl, locale, list)
			})
		}
	}
	p.part("names of files", func(p trial) {
		p.atOnce()
		(&watch{p, w.bin, w.self, w.c}).fileNames(list)
	})
	c := p.control("cat: %s of %s items come out as they are")
	for _, it := range list {
		if it.seen != "" {
			c.try(strings.Join(outsideOf("x"+it.text+"y\n", false), " "))
		}
	}
	if c.wrong < c.tried {
		p.Errorf("%s: the list is too long", c)
	}
}

// outsideOf is what text, which is not drawn on a screen, has that is not on the list. Lines end; nothing else is controlled.
func outsideOf(text string, ascii bool) []string {
	d := newDisplay(ascii)
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if i := strings.IndexAny(line, "\x1b\r\b"); i >= 0 {
			d.note(fmt.Sprintf("%q", line[i:]))
		}
		d.write([]byte(line + "\r\n"))
	}
	if len(d.rest) > 0 {
		d.note(fmt.Sprintf("%q", d.rest))
	}
	return d.outside
}

// hold counts what was sent: so many characters, of which some are outside.
func (w *watch) hold(what string, characters int, outside []string) {
	w.c.mu.Lock()
	defer w.c.mu.Unlock()
	w.c.tried += characters
	w.c.wrong += len(outside)
	if len(outside) > 0 {
		slices.Sort(outside)
		outside = slices.Compact(outside)
		w.Errorf("%s: %d outside: %s", what, len(outside), outside[:min(len(outside), 12)])
	}
}

// commands runs every command on a zone file, in pipes and on a terminal.
func (w *watch) commands(pl place, locale string, list []item) {
	for _, f := range []face{w.inPipes, w.onTerminal} {
		at := w.workplace(w.bin, pl.zone(list))
		at.locale = locale
		old := filepath.Join(at.dir, "old")
		if err := os.WriteFile(old, []byte(startZone), 0o644); err != nil {
			w.Fatal(err)
		}
		for _, args := range [][]string{
			{"list"}, {"list", "--format", "json"}, {"lint"}, {"lint", "--format", "json"}, {"lint", "--format", "github"}, {"lint", "--format", "sarif"},
			{"lint", "--against", old}, {"preview"}, {"preview", "--format", "json"}, {"preview", "--against", old},
			{"plan", "--from", "mail.example.com", "--to", "new.example.com=192.0.2.5"}, {"plan", "--from", "mail.example.com", "--to", "new.example.com", "--format", "json"},
		} {
			f(at, "", append(args, zoneName)...)
		}
		for _, args := range [][]string{{"apply"}, {"apply", "--diff"}, {"apply", "--yes", "--force"}, {"lint", "--fix"}, {"history"}} {
			f(at, edits, append(args, zoneName)...)
		}
		for _, it := range list {
			if pl.name == "owner" && locale == "C" { // each by itself: one mistake stops a script
				f(at, fmt.Sprintf("update add x%sy.example.com. 300 TXT \"x%sy\"\n", it.text, it.text), "apply", zoneName)
			}
		}
		at = w.workplace(w.bin, pl.zone(writable(list)))
		at.locale = locale
		w.changes(at, f)
	}
}

// writable is the items without those that make a file read-only.
func writable(list []item) []item {
	return slices.DeleteFunc(slices.Clone(list), func(it item) bool { return strings.Contains(it.text, "\x00") })
}

// screens goes through the screens of the editor.
func (w *watch) screens(pl place, locale string, list []item) {
	list = writable(list)
	at := w.workplace(w.bin, pl.zone(list))
	at.locale = locale
	s, err := at.start()
	if err != nil {
		w.Fatal(err)
	}
	defer s.end()
	if err := s.opened(); err != nil {
		w.Fatal(err)
	}
	s.display.clip = true // y is pressed
	shown := w.tour(s, w.n(15, 120))
	if err := by(syscall.SIGTERM)(s); err != nil {
		w.Fatal(err)
	}
	if _, err := s.gone(); err != nil {
		w.Error(err)
	}
	<-s.drained
	w.hold("screens, "+pl.name+" "+locale, s.display.printed, s.outside())
	if pl.name == "comment" && locale == "C.UTF-8" && *torture {
		for _, it := range list {
			if it.seen != "" && !strings.Contains(shown, it.seen) {
				w.Errorf("%q was never shown as %s", it.text, it.seen)
			}
		}
	}
	w.again(at)
}

// again starts the program after it was ended, and looks at what it offers.
func (w *watch) again(at workplace) {
	s, err := at.start()
	if err != nil {
		w.Fatal(err)
	}
	defer s.end()
	if err := s.opened(); err != nil {
		w.Fatal(err)
	}
	if !strings.Contains(s.screen(), "An earlier session") {
		w.Errorf("nothing is offered:\n%s", s.screen())
	}
	s.stroke("r")
	s.stroke(":e!\r")
	w.hold("recovery", s.display.printed, s.outside())
}

// stroke presses keys and waits until something changes, or for a time in which it would have.
func (s *sitting) stroke(keys string) string {
	_ = s.press(keys)
	select {
	case <-s.changed:
	case <-s.drained:
	case <-time.After(50 * time.Millisecond):
	}
	return s.screen()
}

// tour looks at all panes and dialogs, n lines or pages of each, and returns what was shown.
func (w *watch) tour(s *sitting, n int) string {
	const down, page = "j", "\x1b[6~"
	paste := func(text string) string { return "\x1b[200~x" + text + "y\x1b[201~" }
	hostile := "\u202e\u009b\u200b\x9bé漢"
	var shown strings.Builder
	press := func(keys ...string) {
		for _, k := range keys {
			shown.WriteString(s.stroke(k))
		}
	}
	pages := func(key string) { press(slices.Repeat([]string{key}, n)...) }
	for _, pane := range []string{toNames, toRecords, "1", "2", toSource} {
		press(calm + pane)
		pages(page)
		pages(down)
		press("G", "y", "\r", calm, "e", "\t", "\t", calm, "i", calm, "f", calm, calm+"g")
	}
	press(calm+"?", page, page, "/", paste(hostile), calm, "/", paste(hostile), "\r", "n", calm+":", paste(hostile), "\r")
	press(calm+toNames+"G", "\t", "a", "\x15", paste(hostile), "\t", paste(hostile), "\t", paste(hostile), "\r", "\r", calm)
	press(calm+"M", paste(hostile), "\t", paste(hostile), "\r", calm)
	for _, pane := range []string{toNames + "G\t", toSource + "G"} {
		press(calm+pane, "d", "u", "c", "u", "d", "k", "d", "k", "c")
	}
	if s.stroke(calm + "w"); w.reviewed(s) {
		for _, tab := range []string{"1", "2", "3", "4"} {
			press(tab)
			pages(page)
		}
		w.conflict(s, press, paste(hostile))
	}
	return shown.String()
}

// reviewed waits for the review.
func (w *watch) reviewed(s *sitting) bool {
	found, err := s.shows(regexp.MustCompile("Review of|not saved|nothing to save|read-only"))
	if err != nil {
		w.Error(err)
	}
	return found == "Review of"
}

// conflict lets another program change the file while the review is shown, and goes through what is asked then.
func (w *watch) conflict(s *sitting, press func(...string), name string) {
	text, err := os.ReadFile(s.path())
	if err == nil {
		err = os.WriteFile(s.path(), append([]byte("; x\u202e\x1b[2Jy\n"), text...), 0o644)
	}
	if err != nil {
		w.Error(err)
	}
	press("w")
	said, err := s.shows(regexp.MustCompile("type save|another program has changed|not saved"))
	if said == "type save" {
		press("save\r")
		_, err = s.shows(regexp.MustCompile("another program has changed"))
	}
	if err != nil {
		w.Error(err)
	}
	press("s", name, "\r", calm, "w") // what another program has written is looked for before a review, and asked at once
	if _, err := s.shows(regexp.MustCompile("another program has changed")); err != nil {
		w.Error(err)
	}
	press("t", calm)
}

// fileNames names files as no administrator would.
func (w *watch) fileNames(list []item) {
	for _, locale := range []string{"C.UTF-8", "C"} {
		at := w.workplace(w.bin, startZone)
		at.locale = locale
		name := ""
		for i, it := range list {
			if !strings.ContainsAny(it.text, "/\x00") {
				name += it.text
			}
			if len(name) > 200 || i == len(list)-1 {
				w.fileName(at, "x"+name[:min(len(name), 240)]+"y")
				name = ""
			}
		}
		toml := filepath.Join(at.dir, ".mailzone.toml")
		for _, it := range list {
			for _, text := range []string{"[lint]\ndisable = [\"x" + it.text + "y\"]\n", "\"x" + it.text + "y\" = 1\n", "x" + it.text + "\n", "[lint]\nseverity = {\"x" + it.text + "\" = \"x" + it.text + "\"}\n"} {
				if err := os.WriteFile(toml, []byte(text), 0o644); err != nil {
					w.Fatal(err)
				}
				if w.n(0, 1) == 1 || len(it.text) == 1 && it.text[0]%16 == 11 {
					w.inPipes(at, "", "lint", zoneName)
				}
			}
		}
		if err := os.Remove(toml); err != nil {
			w.Fatal(err)
		}
	}
}

// fileName names a file so: one that is not there, one that is, and a directory.
func (w *watch) fileName(at workplace, name string) {
	for _, args := range [][]string{{"list", name}, {name}, {"lint", name, zoneName}, {"list", "--" + name, zoneName}, {"preview", zoneName, name}, {"rules", name}, {"lint", "--disable", name, zoneName}, {"history", name}} {
		w.inPipes(at, "", args...)
	}
	path := filepath.Join(at.dir, name)
	if err := os.WriteFile(path, []byte(startZone), 0o644); err != nil {
		w.Fatal(err)
	}
	for _, cmd := range []string{"list", "lint", "preview"} {
		w.inPipes(at, "", cmd, "--origin", "example.com", name)
	}
	for _, f := range []face{w.inPipes, w.onTerminal} {
		f(at, "update add new.example.com. 300 TXT x\n", "apply", "--origin", "example.com", name)
	}
	if err := os.Remove(path); err != nil {
		w.Fatal(err)
	}
}
