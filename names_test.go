// Names of the house mean one thing: what the glossary of CONTRIBUTING.md says of words stands there for people to keep;
// what a machine can see is held here.
package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// vague is names that no file has: they tell what somebody was thinking of, and not what the file holds.
var vague = strings.Fields(`common facts fragment helper helpers misc opening phase raise shift since special stale standin
	touched transport unseen util utils words`)

// A file is found by what it holds.
func TestFileNames(t *testing.T) {
	sources(t, func(_ string, file *ast.File, fset *token.FileSet) {
		name := fset.Position(file.Pos()).Filename
		if slices.Contains(vague, strings.TrimSuffix(filepath.Base(name), ".go")) {
			t.Errorf("%s: name it after what it holds", name)
		}
	})
}

// No name is a keyword with something behind it, or one that Go has given a meaning: where new is a file, the reader who
// knows new reads twice, and the one who needs it cannot have it.
func TestNamesAreNotThoseOfGo(t *testing.T) {
	for _, p := range packagesOf(t) {
		for id, obj := range p.TypesInfo.Defs {
			if v, ok := obj.(*types.Var); ok && v.Embedded() {
				continue
			}
			if obj != nil && isOfGo(id.Name) {
				t.Errorf("%s: %s is a word of Go", p.Fset.Position(id.Pos()), id.Name)
			}
		}
	}
}

// isOfGo tells the words of the language, also where they hide behind an underscore.
func isOfGo(name string) bool {
	word := strings.TrimRight(name, "_")
	return word != "" && (token.IsKeyword(word) || types.Universe.Lookup(word) != nil)
}

func TestIsOfGo(t *testing.T) {
	for name, want := range map[string]bool{"new": true, "type_": true, "any": true, "uint16": true, "_": false, "now": false, "newFile": false} {
		if isOfGo(name) != want {
			t.Errorf("%s: want %t", name, want)
		}
	}
}
