package ui

// Law 3 of the screen where it is small: what has no room is not lost. A message is whole, or says which key tells the rest, and that
// does; all of the form of a plan comes into sight; a name in a list of uses is not parted.

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// smallSizes are the sizes at which one pane has the screen.
var smallSizes = [][2]int{{40, 10}, {60, 15}, {40, 24}, {80, 12}}

func TestMessagesAreWhole(t *testing.T) {
	u := userAt(t, place{})
	rng := rand.New(rand.NewPCG(4, 7))
	rows := func() string { return strings.Join(u.lines(), " ") }
	cut := 0
	for _, size := range smallSizes {
		u.resized(size[0], size[1])
		for _, words := range []int{1, 9, 20, 30, 60, 120, 300} {
			var text []string
			for i := range words {
				text = append(text, fmt.Sprintf("w%d%s", i, strings.Repeat("x", rng.IntN(9))))
			}
			u.app.before, u.app.message = say{}, say{strings.Join(text, " "), levelError}
			holds := func(list []string, where string) {
				t.Helper()
				for _, w := range list {
					if !strings.Contains(where, w) {
						t.Fatalf("%dx%d: %s of %d words is lost:\n%s", size[0], size[1], w, words, where)
					}
				}
			}
			fresh := rows()
			seen := strings.Count(fresh, " w")
			if seen < words && !strings.Contains(fresh, "… f1") {
				t.Fatalf("%dx%d: %d of %d words are seen, and no key tells the rest:\n%s", size[0], size[1], seen, words, u.screen())
			}
			if room := (size[1] - 4) * (size[0] - 16); len(strings.Join(text, " ")) < room {
				holds(text, fresh)
			}
			u.types("j") // among the rows it gives way to them
			if n := len(u.app.messageLines(size[0])); n > standing {
				t.Fatalf("%dx%d: a message stands in %d rows among those that one moves in", size[0], size[1], n)
			}
			if strings.Contains(rows(), "… f1") {
				cut++
				u.types("f1")
				told := rows()
				for range words {
					u.types("down")
					told += rows()
				}
				holds(text, told)
				if u.types("home enter"); u.app.top() != nil || u.app.message.text != strings.Join(text, " ") {
					t.Fatalf("enter does not tell it again:\n%s", u.screen())
				}
			}
			u.types("g")
		}
	}
	if cut == 0 {
		t.Error("no message was cut")
	}
}

// All of the form of a plan comes into sight, whatever has the cursor, and nothing of it is cut.
func TestPlanFormIsWhole(t *testing.T) {
	for _, keys := range []string{"M", `M ctrl+u "mx2" tab ctrl+u "mx9" tab "192.0.2.99"`, `M ctrl+u "mx2" tab ctrl+u "mx2"`, `M ctrl+u "no such" tab`, `M ctrl+u tab ctrl+u enter`} {
		u := userAt(t, place{keys: keys})
		f := u.app.top().(*planForm)
		for _, size := range smallSizes {
			u.resized(size[0], size[1])
			for range f.rows() {
				u.types("tab")
				at := dialogRect(f, size[0], size[1])
				body, from, _ := f.body(size[0])
				shown := strings.Join(strings.Split(u.screen(), "\n")[at.Y+1:at.Y+at.H], "\n")
				if cursor := strings.TrimRight(ansi.Strip(body[from]), " "); !strings.Contains(shown, cursor) {
					t.Errorf("%s, %v: what has the cursor is out of sight, %q:\n%s", keys, size, cursor, u.screen())
				}
				if strings.Contains(shown, "…") {
					t.Errorf("%s, %v: something is cut:\n%s", keys, size, u.screen())
				}
				if f.sheet.more {
					for range body {
						u.types("pgup")
					}
				}
				var seen string
				for range body {
					seen += "\n" + u.screen()
					if f.sheet.more {
						u.types("pgdown")
					}
				}
				for _, l := range body {
					if l = strings.TrimRight(ansi.Strip(l), " "); !strings.Contains(seen, l) {
						t.Errorf("%s, %v: never seen: %q", keys, size, l)
					}
				}
			}
		}
	}
}

// A word is parted only where it is wider than the screen.
func TestNamesInListsAreNotParted(t *testing.T) {
	t.Chdir(t.TempDir())
	zone := strings.Replace(lawZone, "ns1 hostmaster", "ns1.internal.provider-of-names.example. hostmaster.department.example.com.", 1)
	if zone == lawZone {
		t.Fatal("the zone has no such SOA")
	}
	u := newUser(t, "", []byte(zone))
	u.types(`: "used @" enter`)
	for _, size := range smallSizes {
		u.resized(size[0], size[1])
		u.types("g")
		text := strings.Join(u.lines(), "\n")
		for range 20 {
			u.types("j")
			text += "\n" + strings.Join(u.lines(), "\n")
		}
		for _, r := range u.app.top().(*usedDialog).rows {
			if says := strings.TrimSpace(r.text()); !strings.Contains(text, says) {
				t.Errorf("%v: %q never comes into sight", size, says)
			}
		}
		for _, name := range []string{"ns1.internal.provider-of-names.example.", "hostmaster.department.example.com."} {
			if size[0] > len(name)+6 && !strings.Contains(text, name) {
				t.Errorf("%v: %s is parted:\n%s", size, name, u.screen())
			}
		}
	}
}

// What is offered in the row of keys can be done, where a list is empty.
func TestNothingIsOfferedOfAnEmptyList(t *testing.T) {
	u := userAt(t, place{keys: "H"})
	for _, offered := range []string{"PgDn", "diff", "bring", "find", "copy", "zoom", "only"} {
		if last := u.lines()[u.height-1]; strings.Contains(last, offered) {
			t.Errorf("where nothing was saved: %q", last)
		}
	}
	for _, p := range []struct{ keys, offered string }{{`/ "no such text"`, "enter go"}, {`/ "no such text"`, "choose"}} {
		u := userAt(t, place{keys: p.keys})
		if last := u.lines()[u.height-1]; strings.Contains(last, p.offered) {
			t.Errorf("%s: %q", p.keys, last)
		}
		if u.types("ctrl+u \"mx2\""); !strings.Contains(u.lines()[u.height-1], p.offered) {
			t.Errorf("where something is found %q is not offered", p.offered)
		}
	}
}

// A fix is seen whole before it is made, however long the lines are that it changes.
func TestFixesAreWhole(t *testing.T) {
	t.Chdir(t.TempDir())
	words := strings.Fields(strings.Repeat("word ", 120))
	for i := range words {
		words[i] += fmt.Sprint(i)
	}
	u := newUser(t, "", []byte(lawZone+"long TXT \""+strings.Join(words, " ")+"\"\n"))
	for _, keys := range []string{`2 / "255" enter f`, "F"} {
		u.types(keys)
		for _, size := range smallSizes {
			u.resized(size[0], size[1])
			text := ""
			for range 40 {
				text += strings.Join(u.lines(), " ")
				u.types("j pgdown")
			}
			for _, w := range words {
				if strings.Count(text, w) == 0 {
					t.Fatalf("%s, %v: %s is never seen:\n%s", keys, size, w, u.screen())
				}
			}
			u.types(strings.Repeat("pgup ", 40) + "g")
		}
		u.types("esc")
	}
}

// What a command does is told whole beside its name, and those that have no room are counted.
func TestOffersAreWhole(t *testing.T) {
	u := userAt(t, place{keys: ":"})
	more := 0
	for _, size := range append([][2]int{{80, 24}, {120, 40}, {41, 11}}, smallSizes...) {
		u.resized(size[0], size[1])
		p := u.app.top().(*prompt)
		for _, c := range append(commands(), command{}) {
			p.write(c.name)
			list, rows := p.offered(), ansi.Strip(strings.Join(p.menu(size[0], size[1]-3), "\n"))
			told, others, cut := strings.Cut(rows, "…")
			shown := strings.Count(told, " :")
			if _, _, again := strings.Cut(others, "…"); again || cut && strings.TrimSpace(others) != itoa(len(list)-shown)+" more" || !cut && shown != len(list) {
				t.Fatalf("%dx%d: of %d commands %d are shown:\n%s", size[0], size[1], len(list), shown, rows)
			}
			words := strings.Join(strings.Fields(told), " ")
			for _, o := range list[:shown] {
				if !strings.Contains(words, o.does) {
					t.Fatalf("%dx%d: %q is cut:\n%s", size[0], size[1], o.does, rows)
				}
			}
			more += len(list) - shown
		}
	}
	if more == 0 {
		t.Error("all had room")
	}
}
