package ui

// The laws of the screen, each with the tests that hold it.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// laws is the laws of the screen in their order, each with its tests, here or in the package that is named.
var laws = []struct{ law, tests string }{
	{"a key is never silent", "TestNoKeyIsSilent TestRowOfKeys TestNothingIsOfferedOfAnEmptyList"},
	{"a free row belongs to the sentence above it", "TestFreeRowsBelongToSentences TestWhyNothingIsShownIsWhole TestBordersMove"},
	{"nothing important is cut", "TestNothingIsCut TestHostileZonesInDialogs TestMessagesAreWhole TestPlanFormIsWhole TestNamesInListsAreNotParted TestFixesAreWhole TestOffersAreWhole TestTitlesHaveWords"},
	{"names are written as the zone writes them", "TestNamesAreAsTheZoneWritesThem TestArrowsOfData TestNamesThatLookLikeSigns TestDialogsOfMessyZones"},
	{"the pane with the keys has its title in brackets, and it alone a mark; no meaning is in a colour alone", "TestOneTitleInBrackets TestDialogsOfMessyZones draw.TestStylesWithoutColour draw.TestStylesCanBeRead"},
	{"every list can be zoomed, narrowed and searched", "TestEveryListIsSearchedAndNarrowed TestNarrowingABigReview TestNarrowedReviewKeepsThePlace"},
	{"what is alike is said once", "TestAlikeIsSaidOnce"},
	{"who is hit by an edit is said", "TestWhoIsHitIsSaid TestWhoIsHitInABigZone TestWhoIsHitByVeryManyEdits"},
	{"times are remembered, not guessed", "../document.TestNeverTooEarly ../document.TestEvidence ../document.TestEvidenceIsRemembered"},
	{"what takes long shows progress, and esc ends it; no screen opens under moving fingers", "TestWhatTakesLongEnds TestEndedWorkStops TestNothingOpensAfterEsc"},
	{"a message names what changed", "TestBulkNamesWhatChanged TestMessageStaysInOtherPanes"},
	{"editing stays where one edits", "TestDeliveryEditsNothing"},
}

// testsIn is the tests of a package.
func testsIn(t *testing.T, dir string) map[string]bool {
	t.Helper()
	paths, _ := filepath.Glob(filepath.Join(dir, "*_test.go"))
	found := map[string]bool{}
	for _, path := range paths {
		src, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, src, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil {
				found[f.Name.Name] = true
			}
		}
	}
	return found
}

func TestEachLawIsATest(t *testing.T) {
	all := map[string]map[string]bool{}
	for _, l := range laws {
		if l.tests == "" {
			t.Errorf("no test holds that %s", l.law)
		}
		for _, name := range strings.Fields(l.tests) {
			dir := "."
			if i := strings.LastIndexByte(name, '.'); i >= 0 {
				dir, name = name[:i], name[i+1:]
			}
			if all[dir] == nil {
				all[dir] = testsIn(t, dir)
			}
			if !all[dir][name] {
				t.Errorf("%s: there is no %s in %s", l.law, name, dir)
			}
		}
	}
}

// Law 4 of the screen: names are written as the zone writes them. No pane and no dialog tells of a name of the zone in whole and in
// quotes, as rules say it.
func TestNamesAreAsTheZoneWritesThem(t *testing.T) {
	whole := regexp.MustCompile(`"([a-z0-9_*-]+\.)*example\.com\."`)
	places := append([]place{{"names", "A"}, {"records", "home enter"}, {"delivery", "1"}, {"problems", "2 i"}, {"problems by rule", "2 i t"}, {"all of a problem", "2 i z"},
		{"review of many", "home * d w"}, {"form of an unknown host", `home enter home a ctrl+u "nowhere"`}}, lawDialogs...)
	for _, p := range places {
		u := userAt(t, p)
		for _, size := range [][2]int{{80, 24}, {120, 40}} {
			u.resized(size[0], size[1])
			for range 3 {
				text := strings.Join(strings.Fields(ansi.Strip(u.app.View())), " ")
				for _, name := range whole.FindAllString(text, -1) {
					if short := strings.TrimSuffix(name, `.example.com."`) + `"`; !strings.Contains(text, short) { // else the two are told apart
						t.Fatalf("%s, %dx%d: %s is whole:\n%s", p.name, size[0], size[1], name, u.screen())
					}
				}
				u.types("down down down")
			}
			u.types("home")
		}
	}
}
