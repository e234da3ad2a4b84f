// What there is many of lies on no circle of files: a pane, a dialog, a rule, a command. Each is read, changed and taken out
// by who knows what lies below it, and nothing else of its package. They are found by what they are, so that a new one is
// held to this too; what they share may be a circle, which has a ceiling (layers_test.go).
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"slices"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/mailzone/mailzone/cli"
	"github.com/mailzone/mailzone/lint"
)

func TestNoneOfManyLiesOnACircle(t *testing.T) {
	pkgs, arrows := packagesOf(t), arrowsInside(t)
	const panes = 5
	for _, kind := range []struct {
		pkg, what string
		files     map[string][]string // the files of each, by its name
		known     int                 // how many there are at least: who finds none proves nothing
	}{
		{"ui", "pane", implementing(pkgs["ui"], "component", "dialog"), panes},
		{"ui", "dialog", implementing(pkgs["ui"], "dialog", ""), panes},
		{"lint", "rule", variables(pkgs["lint"], "Rule"), len(lint.All)},
		{"cli", "command", returning(pkgs["cli"], "github.com/spf13/cobra.Command"), len(cli.Command().Commands())},
	} {
		if len(kind.files) < kind.known {
			t.Errorf("%s: %d of kind %s were found, there are %d or more: this test looks for them wrongly", kind.pkg, len(kind.files), kind.what, kind.known)
		}
		reach := reachable(arrows[kind.pkg])
		for _, name := range sortedKeys(kind.files) {
			for _, f := range kind.files[name] {
				if reach[f][f] {
					t.Errorf("the %s %s lies on a circle: %s.go needs itself by other files", kind.what, name, path.Join(kind.pkg, f))
				}
			}
		}
	}
}

// implementing is the types of a package that are one of its interfaces and not the other, with the files of their
// declarations and methods.
func implementing(p *packages.Package, is, isNot string) map[string][]string {
	out := map[string][]string{}
	scope := p.Types.Scope()
	implements := func(t types.Type, name string) bool {
		of := scope.Lookup(name)
		return of != nil && types.Implements(types.NewPointer(t), of.Type().Underlying().(*types.Interface))
	}
	for _, name := range scope.Names() {
		t, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || types.IsInterface(t.Type()) || !implements(t.Type(), is) || implements(t.Type(), isNot) {
			continue
		}
		files := []string{fileAt(p.Fset, t.Pos())}
		for m := range t.Type().(*types.Named).Methods() {
			files = append(files, fileAt(p.Fset, m.Pos()))
		}
		slices.Sort(files)
		out[name] = slices.Compact(files)
	}
	return out
}

// variables is the variables of a package that point to one of its types, with their files.
func variables(p *packages.Package, typ string) map[string][]string {
	out := map[string][]string{}
	scope := p.Types.Scope()
	for _, name := range scope.Names() {
		v, ok := scope.Lookup(name).(*types.Var)
		if ok && types.Identical(v.Type(), types.NewPointer(scope.Lookup(typ).Type())) {
			out[name] = []string{fileAt(p.Fset, v.Pos())}
		}
	}
	return out
}

// returning is the functions and methods of a package whose only result points to a type, with their files.
func returning(p *packages.Package, typ string) map[string][]string {
	out := map[string][]string{}
	for _, obj := range p.TypesInfo.Defs {
		f, ok := obj.(*types.Func)
		if !ok || f.Signature().Results().Len() != 1 {
			continue
		}
		if r := f.Signature().Results().At(0).Type(); r.String() == "*"+typ {
			out[f.Name()] = []string{fileAt(p.Fset, f.Pos())}
		}
	}
	return out
}

// The search finds what it is for, in a package that is made up.
func TestPartsAreFoundByWhatTheyAre(t *testing.T) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", `package p
		type component interface{ view() }
		type dialog interface { component; title() }
		type names struct{}
		func (*names) view() {}
		type ask struct{ *names }
		func (*ask) title() {}
		type neither struct{}
		type Rule struct{}
		var rule, none = &Rule{}, Rule{}
		func make() *Rule { return nil }
		func take(*Rule) {}`, 0)
	if err != nil {
		t.Fatal(err)
	}
	p := &packages.Package{Fset: fset, TypesInfo: &types.Info{Defs: map[*ast.Ident]types.Object{}}}
	if p.Types, err = new(types.Config).Check("p", fset, []*ast.File{f}, p.TypesInfo); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []struct {
		what  string
		found map[string][]string
		want  string
	}{
		{"panes", implementing(p, "component", "dialog"), "[names]"},
		{"dialogs", implementing(p, "dialog", ""), "[ask]"},
		{"rules", variables(p, "Rule"), "[rule]"},
		{"commands", returning(p, "p.Rule"), "[make]"},
	} {
		if got := fmt.Sprint(sortedKeys(kind.found)); got != kind.want {
			t.Errorf("%s: %s, want %s", kind.what, got, kind.want)
		}
	}
}

// What everything is given is narrow: who is handed more than a dozen things knows too much.
func TestNarrowStructs(t *testing.T) {
	pkgs := packagesOf(t)
	for _, is := range []struct {
		pkg, name string
		most      int
	}{{"lint", "Pass", 9}, {"ui", "app", 12}, {"ui", "kit", 12}, {"cli", "program", 12}} {
		n := pkgs[is.pkg].Types.Scope().Lookup(is.name).Type().Underlying().(*types.Struct).NumFields()
		if n > is.most {
			t.Errorf("%s.%s has %d fields, more than %d", is.pkg, is.name, n, is.most)
		}
	}
}
