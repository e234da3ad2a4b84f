package ui

// Laws 5 and 12 of the screen: who has the keys can be seen without colours, and editing stays where one edits.

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// paneSizes is the sizes at which the screen is another.
var paneSizes = []string{"80x24", "120x40", "200x50", "60x15", "40x10"}

// titled is a title as the part that has the keys has it: in brackets, and bold. Brackets that are not bold are none.
var titled = regexp.MustCompile(`\x1b\[1m\[[^\x1b]+\]\x1b`)

// titlesYet is where the law does not hold yet, and why. It only shrinks.
var titlesYet = map[string]string{}

// Exactly one title is in brackets: that of the pane or the dialog that has the keys. Only there a row has the mark.
func TestOneTitleInBrackets(t *testing.T) {
	panes := []place{{"names", "home"}, {"records", "home enter home"}, {"delivery", "1 home"}, {"problems", "2 home"}, {"source", "3 home"}}
	wrong := map[string]bool{}
	for _, size := range paneSizes {
		for _, p := range append(panes, lawDialogs...) {
			u := sizedAt(t, p, size)
			view := u.app.View()
			if n := len(titled.FindAllString(view, -1)); n != 1 && u.titleExpected() {
				wrong[size+" "+p.name] = true
			}
			if n := strings.Count(ansi.Strip(view), u.app.Glyphs.Mark); n > 1 {
				t.Errorf("%s, %s: %d marks:\n%s", size, p.name, n, u.screen())
			}
		}
	}
	holdExceptions(t, wrong, titlesYet, "it has not one title in brackets", !testing.Short())
}

// What is said beside titles gives way before the titles' words do: at every width of two panes, the one of the problems says so.
func TestTitlesHaveWords(t *testing.T) {
	for w := 100; w <= 130; w += 5 {
		u := sizedAt(t, place{"names", "home"}, fmt.Sprintf("%dx30", w))
		if !strings.Contains(u.screen(), "2 PROB") {
			t.Errorf("%d columns: the problems have no title:\n%s", w, u.screen())
		}
	}
}

// titleExpected is false where something is typed on the last line: that has the keys, and no title.
func (u *user) titleExpected() bool { return u.app.top() == nil || u.app.top().title() != "" }

// sizedAt is a user at a place on a screen of some size.
func sizedAt(t *testing.T, p place, size string) *user {
	t.Helper()
	t.Chdir(t.TempDir())
	u := newUser(t, "size: "+size+"\n", p.zone())
	u.types(p.keys)
	return u
}

// No key that changes records does so in DELIVERY, where d is pressed for "down": each says where that is done.
func TestDeliveryEditsNothing(t *testing.T) {
	for _, key := range []string{"a", "e", "d", "delete", "c", "J", "K", "alt+up", "alt+down", "=", "+", "-"} {
		for _, row := range []string{"", " j", " j j", " G"} {
			u := userAt(t, place{keys: "1 home" + row})
			u.types(key)
			if u.app.doc.At > 0 || u.app.top() != nil {
				t.Errorf("%s edits in DELIVERY", key)
			}
			if told := u.app.message.text; !strings.Contains(told, "enter") && !strings.Contains(told, "tab") {
				t.Errorf("%s in DELIVERY says %q, and not where records are edited", key, told)
			}
		}
	}
}

// What an edit did stays on the screen while one goes to another pane, until the next act says something else.
func TestMessageStaysInOtherPanes(t *testing.T) {
	u := userAt(t, place{keys: "home enter home c"})
	did := u.app.message.text
	if !strings.Contains(did, "commented out") {
		t.Fatalf("the edit says %q", did)
	}
	for _, key := range []string{"tab", "2", "3", "shift+tab", "tab"} {
		if u.types(key); u.app.message.text != did {
			t.Errorf("after %s it says %q", key, u.app.message.text)
		}
	}
	if u.types("u"); !strings.HasPrefix(u.app.message.text, "undone: ") {
		t.Errorf("u says %q", u.app.message.text)
	}
}
