package ui

// Law 6 of the screen: every list is searched, narrowed while one types, and can have all the room. Which lists there are is read
// from the source, so that none is forgotten.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// listPlaces is where lists are, each with a text that some row has, and one of a row that has not that.
var listPlaces = []struct {
	place
	has, lacks string
}{
	{place{"names", "home"}, "shop", "news"}, {place{"records", "home enter home"}, "mx3", "DMARC"},
	{place{"delivery", "1 home"}, "mx2", "never tried"}, {place{"problems", "2 home g"}, "final dot", "is an address"},
	{place{"source", "3 home"}, "_dmarc", "$TTL"}, {dialogPlace("rule"), "loop", "2181"}, {dialogPlace("help"), "undo", "group by route"},
	{dialogPlace("review"), "300 IN", "SOA"}, {dialogPlace("plan"), "mx9 known", "mx2 removed"},
	{dialogPlace("history"), "up: 30", "mail down"}, {dialogPlace("both sides"), "elsewhere", "SOA"}, {dialogPlace("paste"), "provider", "name server of the zone"},
	{dialogPlace("merge"), "letters", "sel"},
	{dialogPlace("world box"), "smtp", "dns"}, {dialogPlace("world"), "refused", "serial"}, {dialogPlace("said"), "seen", "state"},
	{dialogPlace("uses"), "shop", "@ "}, {dialogPlace("everywhere"), "shop", "@ "},
	{dialogPlace("search"), "mx3", "server1"},
}

// dialogPlace is the place of a dialog.
func dialogPlace(name string) place {
	for _, p := range lawDialogs {
		if p.name == name {
			return p
		}
	}
	return place{}
}

// listTypes is the types of this package that hold a list or a page of rows.
func listTypes(t *testing.T) (names []string) {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			ast.Inspect(spec.Type, func(n ast.Node) bool {
				of, ok := n.(*ast.SelectorExpr)
				if x, isName := selected(of, ok); isName && x == "draw" && (of.Sel.Name == "List" || of.Sel.Name == "Page") {
					names = append(names, spec.Name.Name)
				}
				return true
			})
			return true
		})
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// selected is what stands before the dot.
func selected(of *ast.SelectorExpr, ok bool) (string, bool) {
	if !ok {
		return "", false
	}
	x, ok := of.X.(*ast.Ident)
	if !ok {
		return "", false
	}
	return x.Name, true
}

// typesOf is the types of this package that a component is made of.
func typesOf(t reflect.Type) (names []string) {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || !strings.HasSuffix(t.PkgPath(), "/ui") || t.Name() == "kit" {
		return nil
	}
	names = append(names, t.Name())
	for i := range t.NumField() {
		if f := t.Field(i); f.Anonymous || f.Type.Kind() == reflect.Struct {
			names = append(names, typesOf(f.Type)...)
		}
	}
	return names
}

func TestEveryListIsSearchedAndNarrowed(t *testing.T) {
	lists, seen := listTypes(t), map[string]bool{}
	if len(lists) < 10 {
		t.Fatalf("only %q are lists", lists)
	}
	for _, p := range listPlaces {
		u := userAt(t, p.place)
		c, _ := u.app.listening()
		for _, name := range typesOf(reflect.TypeOf(c)) {
			seen[name] = true
		}
		t.Run(p.name, func(t *testing.T) {
			u.t = t
			u.isListed(p.place, p.has, p.lacks)
		})
	}
	for name := range zoneListPlaces { // TestZoneListsAreSearchedAndNarrowed
		seen[name] = true
	}
	for _, name := range lists {
		if !seen[name] {
			t.Errorf("nothing leads to the list %s: give it a place", name)
		}
	}
}

// isListed holds the law of one list.
func (u *user) isListed(p place, has, lacks string) {
	_, typed := u.app.top().(interface{ takesText() }) // what is typed narrows
	all := u.listed()
	if !strings.Contains(all, lacks) {
		u.t.Errorf("%q is not there:\n%s", lacks, all)
	}
	if !typed {
		u.zooms(p)
		u = userAt(u.t, p)
		u.types("&")
	}
	u.types(`"` + has + `"`)
	if screen := u.listed(); !strings.Contains(screen, has) || strings.Contains(screen, lacks) {
		u.t.Errorf("narrowed to %q, while one types, it is\n%s", has, screen)
	}
	u.types(`ctrl+u "zeppelin"`)
	if screen := u.listed(); !strings.Contains(screen, "contain") && !strings.Contains(screen, "no key, command or rule") {
		u.t.Errorf("narrowed to what there is not, it says nothing:\n%s", screen)
	}
	u.types("ctrl+u")
	if !typed {
		u.types("enter")
	}
	if got := u.listed(); got != all {
		u.t.Errorf("not narrowed any more, it is\n%s\nwant\n%s", got, all)
	}
	u.types(`/ "` + has + `" enter`)
	if screen := u.listed(); !typed && (!strings.Contains(screen, has) || strings.Contains(u.app.message.text, "not found")) {
		u.t.Errorf("%q is not found: %q\n%s", has, u.app.message.text, screen)
	}
}

// zooms tells whether z gives a list all the room, and takes it back; or says that it has it.
func (u *user) zooms(p place) {
	u.app.message = say{}
	before := u.app.View()
	u.types("z")
	if told := u.app.message.text; told != "" {
		if !strings.Contains(told, "all the room") {
			u.t.Errorf("z says %q", told)
		}
		return
	}
	if u.app.View() == before {
		u.t.Error("z does nothing")
	}
	if u.types("z"); u.app.View() != before {
		u.t.Errorf("z takes nothing back:\n%s", u.screen())
	}
}

// listed is the rows of the list that has the keys.
func (u *user) listed() string {
	lines := strings.Split(ansi.Strip(u.app.View()), "\n")
	if d := u.dialogUnder(); d != nil {
		at := dialogRect(d, u.app.width, u.app.height)
		return strings.ReplaceAll(strings.Join(lines[at.Y+1:at.Y+at.H], "\n"), u.app.Glyphs.Mark, " ")
	}
	at := u.app.where(u.app.layout(), u.app.focused)
	if u.app.focused <= paneRecords {
		at.Y, at.H = at.Y+1, at.H-1 // the title
	}
	var out []string
	for _, l := range lines[at.Y : at.Y+at.H] {
		out = append(out, ansi.Cut(l, at.X, at.X+at.W))
	}
	return strings.ReplaceAll(strings.Join(out, "\n"), u.app.Glyphs.Mark, " ")
}

// dialogUnder is the dialog on top, under a line in which something is typed; nil if there is none.
func (u *user) dialogUnder() dialog {
	for _, d := range slices.Backward(u.app.dialogs) {
		if d.title() != "" {
			return d
		}
	}
	return nil
}

// Law 7: what is alike is said once, with how many there are and whose they are; enter shows each, and folds them again.
func TestAlikeIsSaidOnce(t *testing.T) {
	for n := 2; n < 40; n += 5 {
		zone := lawZone
		for i := range n {
			zone += "same" + itoa(i+10) + " IN MX 10 gone\n"
		}
		for _, size := range paneSizes {
			t.Chdir(t.TempDir())
			u := newUser(t, "size: "+size+"\n", []byte(zone))
			u.types(`2 g / "gone" enter`)
			screen := u.screen()
			if said := strings.Count(screen, "gone does not exist"); said < 1 || said > 2 || !strings.Contains(screen, itoa(n)+" alike") {
				t.Errorf("%s: of %d alike it is said %d times:\n%s", size, n, said, screen)
			}
			if !strings.Contains(screen, "same10") || n > 20 && !strings.Contains(screen, " +") {
				t.Errorf("%s: whose the %d are, and how many more, is not said:\n%s", size, n, screen)
			}
			folded := u.app.problems.shown().count()
			if u.types("enter"); u.app.problems.shown().count() != folded+n {
				t.Errorf("%s: enter shows %d rows, of %d", size, u.app.problems.shown().count(), folded+n)
			}
			for range n {
				u.types("j")
			}
			if d, _ := u.app.problems.row(); !strings.Contains(string(d.Owner()), "same"+itoa(n+9)) {
				t.Errorf("%s: the last of %d is %s", size, n, d)
			}
			u.types(`/ "each" esc 2 g / "gone" enter enter`)
			if got := u.app.problems.shown().count(); got != folded {
				t.Errorf("%s: folded again there are %d rows, not %d", size, got, folded)
			}
		}
	}
}
