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

// The keys of docs/editor.md are the program's, and every key is there: those of dialogs may stand in their table alone.
func TestPageKeys(t *testing.T) {
	src, err := os.ReadFile("../docs/editor.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(src), "| keys | |\n|---|---|\n")
	main, rest, more := strings.Cut(rest, "| in | keys |\n|---|---|\n")
	if !found || !more {
		t.Fatal("docs/editor.md has not two tables of keys")
	}
	dialogs, _, _ := strings.Cut(rest, "\n\n")
	var named []string
	for line := range strings.Lines(main) {
		if cells := strings.Split(line, "|"); len(cells) > 1 {
			named = append(named, keysIn(cells[1])...)
		}
	}
	bound := boundKeys()
	for _, f := range fieldDoes {
		bound = append(bound, strings.Fields(f.key)...)
	}
	for _, k := range named {
		if !slices.Contains(bound, k) {
			t.Errorf("docs/editor.md names the key %s, which does nothing", k)
		}
	}
	named = append(named, keysIn(dialogs)...)
	for _, b := range allBindings() {
		if !slices.ContainsFunc(b.Keys(), func(k string) bool { return slices.Contains(named, k) }) {
			t.Errorf("docs/editor.md does not name the key %q (%s)", b.Keys()[0], b.Help().Desc)
		}
	}
}

// The keys that docs/editor.md has for the review are keys of the review.
func TestPageReview(t *testing.T) {
	src, err := os.ReadFile("../docs/editor.md")
	if err != nil {
		t.Fatal(err)
	}
	_, row, found := strings.Cut(string(src), "| `w` | review")
	row, _, _ = strings.Cut(row, "\n")
	keys := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row, -1)
	if !found || len(keys) < 8 {
		t.Fatalf("docs/editor.md has no keys of the review: %q", row)
	}
	a := hostingApp(t, 4)
	d := newReview(a.kit, document.Saving{}, nil)
	for _, m := range keys {
		if m[1] == "rndc" {
			continue
		}
		if !slices.ContainsFunc(d.bindings(), func(b binding) bool { return slices.Contains(b.Keys(), m[1]) }) {
			t.Errorf("docs/editor.md has the key %s for the review, where it does nothing", m[1])
		}
	}
}

// keysIn is the keys that stand in a text.
func keysIn(text string) (keys []string) {
	for _, m := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(text, -1) {
		keys = append(keys, strings.Replace(m[1], "space", " ", 1))
	}
	return keys
}
