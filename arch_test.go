// The arrows of the house: who may import whom, read from the sources. What a package may not import it
// cannot come to depend on.
package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/mailzone/mailzone"

// arrows is what each package may import of the others: never upwards, never sideways. A name that ends
// in /... covers all packages from there on down.
var arrows = map[string][]string{
	".":             {"cli"},
	"cli":           {"ui", "lint", "preview", "zonefile/disk", "zonefile"},
	"ui":            {"ui/...", "lint", "preview", "zonefile/disk", "zonefile"},
	"ui/term":       {},
	"ui/wire":       {},
	"lint":          {"zonefile"},
	"preview":       {"zonefile"},
	"zonefile/disk": {"zonefile"},
	"zonefile":      {},
	"docs/...":      {"cli"},
}

// owners is the third-party code that only some packages may know.
var owners = map[string][]string{
	"github.com/charmbracelet/":   {"ui", "ui/..."},
	"github.com/muesli/":          {"ui", "ui/..."},
	"github.com/spf13/":           {"cli", "docs/..."},
	"github.com/miekg/dns":        {"zonefile", "lint"},
	"github.com/aymanbagabas/go-": {"cli", "ui", "lint"},
	"github.com/owenrumney/":      {"lint"},
}

// matches tells whether a package is among names.
func matches(names []string, pkg string) bool {
	return slices.ContainsFunc(names, func(n string) bool {
		base, all := strings.CutSuffix(n, "/...")
		return n == pkg || all && strings.HasPrefix(pkg, base+"/")
	})
}

// allowed is what a package may import; ok is false for one that nobody has placed.
func allowed(pkg string) (names []string, ok bool) {
	if names, ok = arrows[pkg]; ok {
		return names, true
	}
	for key, names := range arrows {
		if matches([]string{key}, pkg) {
			return names, true
		}
	}
	return nil, false
}

// sources yields every Go file of the program itself: neither tests nor the programs that tests run.
func sources(t *testing.T, visit func(pkg string, file *ast.File, fset *token.FileSet)) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "testdata" || d.Name() == "dist" || strings.HasPrefix(d.Name(), ".") && name != "."):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution|parser.ParseComments)
		if err == nil {
			visit(path.Dir(filepath.ToSlash(name)), file, fset)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportsPointDownwards(t *testing.T) {
	seen := map[string]bool{}
	sources(t, func(pkg string, file *ast.File, fset *token.FileSet) {
		seen[pkg] = true
		may, ok := allowed(pkg)
		if !ok {
			t.Errorf("package %s has no place in the house: give it one in arrows", pkg)
			return
		}
		for _, spec := range file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if problem := refuse(pkg, may, imported); problem != "" {
				t.Errorf("%s: %s", fset.Position(spec.Pos()), problem)
			}
		}
	})
	for pkg := range arrows {
		if !strings.HasSuffix(pkg, "/...") && !seen[pkg] {
			t.Errorf("arrows names package %s, which does not exist", pkg)
		}
	}
}

// refuse says what is wrong with an import, "" if nothing is.
func refuse(pkg string, may []string, imported string) string {
	if own, ok := strings.CutPrefix(imported, module+"/"); ok {
		if !matches(may, own) {
			return pkg + " may not import " + own
		}
		return ""
	}
	for prefix, names := range owners {
		if strings.HasPrefix(imported, prefix) && !matches(names, pkg) {
			return pkg + " may not import " + imported
		}
	}
	return ""
}

func TestRefuse(t *testing.T) {
	for _, tt := range []struct{ pkg, imported string }{
		{"zonefile", module + "/ui"},
		{"zonefile", module + "/zonefile/disk"},
		{"lint", module + "/preview"},
		{"preview", module + "/lint"},
		{"ui", module + "/cli"},
		{"cli", module + "/ui/wire"},
		{"cli", "github.com/charmbracelet/bubbletea"},
		{"ui", "github.com/spf13/cobra"},
	} {
		if may, _ := allowed(tt.pkg); refuse(tt.pkg, may, tt.imported) == "" {
			t.Errorf("%s may import %s", tt.pkg, tt.imported)
		}
	}
}

// Only ui/term has an init: what runs before main is hard to see and hard to test.
func TestOneInit(t *testing.T) {
	var found []string
	sources(t, func(pkg string, file *ast.File, _ *token.FileSet) {
		for _, decl := range file.Decls {
			if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == "init" {
				found = append(found, pkg)
			}
		}
	})
	if !slices.Equal(found, []string{"ui/term"}) {
		t.Errorf("packages with an init: %v, want ui/term alone", found)
	}
}
