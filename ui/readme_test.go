package ui

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"

	"github.com/mailzone/mailzone/document"
)

// allBindings is every binding of the program, by its name there.
func allBindings() map[string]key.Binding {
	all := map[string]key.Binding{}
	groups := reflect.ValueOf(newKeys()).Elem()
	for g := range groups.NumField() {
		group := groups.Field(g)
		for i := range group.NumField() {
			all[group.Type().Field(i).Name] = *(*key.Binding)(group.Field(i).Addr().UnsafePointer())
		}
	}
	return all
}

// boundKeys is every key that the program knows.
func boundKeys() []string {
	var keys []string
	for _, b := range allBindings() {
		keys = append(keys, b.Keys()...)
	}
	return keys
}

// The keys of the README are the program's, and every key of the main screen is there.
func TestREADMEKeys(t *testing.T) {
	src, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(src), "| keys | |\n|---|---|\n")
	if !found {
		t.Fatal("README.md has no table of keys")
	}
	var named []string
	for line := range strings.Lines(rest) {
		if !strings.HasPrefix(line, "|") {
			break
		}
		cell := strings.Split(line, "|")[1]
		for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(cell, -1) {
			named = append(named, strings.Replace(m[1], "space", " ", 1))
		}
	}
	bound := boundKeys()
	for _, k := range named {
		if !slices.Contains(bound, k) {
			t.Errorf("README.md names the key %s, which does nothing", k)
		}
	}
	for name, b := range allBindings() {
		if inDialogs(name) {
			continue
		}
		if !slices.ContainsFunc(b.Keys(), func(k string) bool { return slices.Contains(named, k) }) {
			t.Errorf("README.md does not name the key %q (%s)", b.Keys()[0], b.Help().Desc)
		}
	}
}

// The keys that the README has for the review are keys of the review.
func TestREADMEReview(t *testing.T) {
	src, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, row, found := strings.Cut(string(src), "| `w` | review")
	row, _, _ = strings.Cut(row, "\n")
	keys := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row, -1)
	if !found || len(keys) < 8 {
		t.Fatalf("README.md has no keys of the review: %q", row)
	}
	a := hostingApp(t, 4)
	d := newReview(a.kit, document.Saving{}, nil)
	for _, m := range keys {
		if m[1] == "rndc" {
			continue
		}
		if !slices.ContainsFunc(d.bindings(), func(b binding) bool { return slices.Contains(b.Keys(), m[1]) }) {
			t.Errorf("README.md has the key %s for the review, where it does nothing", m[1])
		}
	}
}

// inDialogs tells the keys that are for dialogs alone, by their names in the program: a dialog has them in its help
// line. All others stand in the README.
func inDialogs(name string) bool {
	return slices.Contains([]string{"tab4", "tabLeft", "dismiss", "leave", "escape", "fieldNext", "fieldPrev", "complete",
		"submit", "nextType", "scrollUp", "scrollDown", "helpUp", "helpDown"}, name)
}
