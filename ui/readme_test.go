package ui

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"
)

// boundKeys is every key that the program knows.
func boundKeys() []string {
	var keys []string
	v := reflect.ValueOf(newKeys()).Elem()
	for i := range v.NumField() {
		b := *(*key.Binding)(v.Field(i).Addr().UnsafePointer())
		keys = append(keys, b.Keys()...)
	}
	return keys
}

// The keys of the README are the program's, and those that change a zone are all there.
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
			named = append(named, m[1])
		}
	}
	bound := boundKeys()
	for _, k := range named {
		if !slices.Contains(bound, k) {
			t.Errorf("README.md names the key %s, which does nothing", k)
		}
	}
	k := newKeys()
	for _, b := range []key.Binding{
		k.open, k.add, k.edit, k.remove, k.comment, k.fix, k.fixAll, k.moveUp, k.moveDown, k.join, k.raise, k.lower,
		k.undo, k.redo, k.review, k.search, k.help, k.command, k.quit, k.hostDown, k.allUp, k.family,
	} {
		if !slices.Contains(named, b.Keys()[0]) {
			t.Errorf("README.md does not name the key %s (%s)", b.Keys()[0], b.Help().Desc)
		}
	}
}
