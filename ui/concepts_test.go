package ui

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// The keys of docs/concepts.md are pressed, on the zone of that page, and show what is expected of them. The commands
// of the page are run by package main.
func TestConceptKeys(t *testing.T) {
	path, err := filepath.Abs("../testdata/concepts.txtar")
	if err != nil {
		t.Fatal(err)
	}
	ar, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pressed := 0
	for _, f := range ar.Files[1:] {
		keys, ok := strings.CutPrefix(f.Name, "keys ")
		if !ok {
			continue
		}
		pressed++
		t.Run(keys, func(t *testing.T) {
			t.Chdir(t.TempDir())
			u := newUser(t, "", ar.Files[0].Data)
			u.types(keys)
			screen := strings.Join(strings.Fields(u.screen()), " ")
			if len(f.Data) == 0 {
				t.Error("nothing is expected")
			}
			for line := range strings.Lines(string(f.Data)) {
				if !strings.Contains(screen, strings.Join(strings.Fields(line), " ")) {
					t.Errorf("does not show: %s\n%s", line, u.screen())
				}
			}
		})
	}
	if pressed == 0 {
		t.Error("no keys")
	}
}
