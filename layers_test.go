// The order inside packages. An arrow is a pair of files of one package of which the first uses a name, method or
// field that the second declares. Arrows are to run down through layers, which testdata/house.txtar writes down, and
// never in circles: who reads a file then has to know what lies below it and nothing else. How far this does not hold
// yet is a number that only falls; `go test . -update` lowers it.
package main

import (
	"cmp"
	"fmt"
	"go/token"
	"go/types"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

// arrow is a pair of files of one package, by their names without .go.
type arrow struct{ from, to string }

// typed is every package of the house with its types, loaded once: that takes some seconds.
var typed = sync.OnceValues(func() ([]*packages.Package, error) {
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedSyntax | packages.NeedImports |
		packages.NeedTypes | packages.NeedTypesInfo
	return packages.Load(&packages.Config{Mode: mode}, "./...")
})

// packagesOf is all packages without their tests, by the path that this directory has for each.
func packagesOf(t *testing.T) map[string]*packages.Package {
	t.Helper()
	pkgs, err := typed()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*packages.Package{}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			t.Fatal(e)
		}
		out[inModule(p.PkgPath)] = p
	}
	return out
}

// inModule is the path of a package from here.
func inModule(path string) string {
	return cmp.Or(strings.TrimPrefix(strings.TrimPrefix(path, module), "/"), ".")
}

// arrowsInside finds the arrows inside each package, resolved by types.
func arrowsInside(t *testing.T) map[string][]arrow {
	t.Helper()
	out := map[string][]arrow{}
	for name, p := range packagesOf(t) {
		found := map[arrow]bool{}
		for id, obj := range p.TypesInfo.Uses {
			if obj.Pkg() == p.Types && !isLocal(obj) {
				found[arrow{fileAt(p.Fset, id.Pos()), fileAt(p.Fset, obj.Pos())}] = true
			}
		}
		for a := range found {
			if a.from != a.to {
				out[name] = append(out[name], a)
			}
		}
	}
	return out
}

// isLocal tells what is declared inside a function: no other file can use it.
func isLocal(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && !v.IsField() && v.Parent() != v.Pkg().Scope()
}

// fileAt is the file of a place, without .go.
func fileAt(fset *token.FileSet, at token.Pos) string {
	return strings.TrimSuffix(filepath.Base(fset.Position(at).Filename), ".go")
}

// reachable is the files that each file needs, directly or by others: itself, too, if it lies on a circle.
func reachable(arrows []arrow) map[string]map[string]bool {
	reach := map[string]map[string]bool{}
	for _, a := range arrows {
		if reach[a.from] == nil {
			reach[a.from] = map[string]bool{}
		}
		reach[a.from][a.to] = true
	}
	for by := range reach { // Warshall: the packages are small
		for from := range reach {
			if reach[from][by] {
				for to := range reach[by] {
					reach[from][to] = true
				}
			}
		}
	}
	return reach
}

// largestCircle is the most files of which each needs each, directly or by others; none if there is no circle.
func largestCircle(arrows []arrow) []string {
	reach := reachable(arrows)
	var largest []string
	for from := range reach {
		var circle []string
		for to := range reach[from] {
			if reach[to][from] {
				circle = append(circle, to)
			}
		}
		if len(circle) > len(largest) {
			largest = circle
		}
	}
	slices.Sort(largest)
	return largest
}

// layersOf reads the layers of a package: what stands in a line knows nothing of its neighbours and of the lines above.
func layersOf(section string) map[string]int {
	level, n := map[string]int{}, 0
	for line := range strings.Lines(section) {
		if _, files, ok := strings.Cut(line, ":"); ok {
			n++
			for _, f := range strings.Fields(files) {
				level[f] = n
			}
		}
	}
	return level
}

// back is the arrows that do not run down.
func back(arrows []arrow, level map[string]int) (out []string) {
	for _, a := range arrows {
		if level[a.to] <= level[a.from] {
			out = append(out, a.from+" > "+a.to)
		}
	}
	slices.Sort(out)
	return out
}

func TestLayers(t *testing.T) {
	house := readHouse(t)
	arrows := arrowsInside(t)
	for _, pkg := range sortedKeys(arrows) {
		house.atMost(t, "files on one circle of "+pkg, largestCircle(arrows[pkg]))
		section, ok := house.section("layers of " + pkg)
		if !ok {
			continue
		}
		level := layersOf(section)
		for f := range filesOf(t, pkg) {
			if level[f] == 0 {
				t.Errorf("%s.go has no place in the layers of %s: give it one in %s", path.Join(pkg, f), pkg, houseFile)
			}
			level[f] = max(level[f], 1)
		}
		for f := range level {
			if !filesOf(t, pkg)[f] {
				t.Errorf("the layers of %s name %s, which does not exist: take it out of %s", pkg, f, houseFile)
			}
		}
		found := back(arrows[pkg], level)
		t.Logf("%s: %d of %d arrows run back", pkg, len(found), len(arrows[pkg]))
		house.atMost(t, "arrows that run back in "+pkg, found)
	}
	house.write(t)
}

// behindDocument is what the faces of the program reach through document alone, so that a zone is opened, judged, saved and
// served in one way. They may name its types and print them by String; they call nothing else of it.
var behindDocument = []string{"zonefile/disk", "server", "probe"}

// How far cli and ui still call what document is to call for them is a list that only shrinks.
func TestFacesCallDocument(t *testing.T) {
	found := map[string]bool{}
	for _, face := range []string{"cli", "ui"} {
		for _, obj := range packagesOf(t)[face].TypesInfo.Uses {
			f, ok := obj.(*types.Func)
			if ok && f.Pkg() != nil && slices.Contains(behindDocument, inModule(f.Pkg().Path())) && f.Name() != "String" {
				found[face+":"+called(f)] = true
			}
		}
	}
	h := readHouse(t)
	h.except(t, "calls past document", sortedKeys(found))
	h.write(t)
}

// called is a function or method as its package's users write it.
func called(f *types.Func) string {
	name := f.Pkg().Name() + "."
	if recv := f.Signature().Recv(); recv != nil {
		of := recv.Type()
		if p, ok := of.(*types.Pointer); ok {
			of = p.Elem()
		}
		if n, ok := of.(*types.Named); ok {
			name += n.Obj().Name() + "."
		}
	}
	return name + f.Name()
}

// filesOf is the files of a package, without .go. What doc.go says of the package has no layer.
func filesOf(t *testing.T, pkg string) map[string]bool {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(pkg, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for _, f := range all {
		if !strings.HasSuffix(f, "_test.go") && filepath.Base(f) != "doc.go" {
			out[strings.TrimSuffix(filepath.Base(f), ".go")] = true
		}
	}
	return out
}

func TestLargestCircle(t *testing.T) {
	for _, tt := range []struct{ arrows, want string }{
		{"", ""},
		{"a>b b>c a>c", ""},
		{"a>b b>a", "a b"},
		{"a>b b>c c>a d>a d>e e>d", "a b c"},
		{"a>b b>c c>d d>b", "b c d"},
	} {
		var arrows []arrow
		for _, w := range strings.Fields(tt.arrows) {
			from, to, _ := strings.Cut(w, ">")
			arrows = append(arrows, arrow{from, to})
		}
		if got := strings.Join(largestCircle(arrows), " "); got != tt.want {
			t.Errorf("%s: the largest circle is %q, want %q", tt.arrows, got, tt.want)
		}
	}
}

func TestBack(t *testing.T) {
	level := layersOf("top: a b\nbottom: c\n")
	got := fmt.Sprint(back([]arrow{{"a", "c"}, {"c", "b"}, {"a", "b"}}, level))
	if got != "[a > b c > b]" {
		t.Errorf("arrows that run back: %s", got)
	}
}
