// What every file of the house keeps to. Where one does not yet, testdata/house.txtar says so: a list of exceptions
// that only shrinks, or a number that only falls. `go test . -update` takes out and lowers, and never adds or raises.
package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/mailzone/mailzone/lint"
)

const houseFile = "testdata/house.txtar"

// The limits that hold everywhere.
const (
	maxFunction = 60  // lines
	maxFile     = 400 // lines
)

// house is the written state of the house.
type house struct{ ar *txtar.Archive }

// readHouse reads it.
func readHouse(t *testing.T) *house {
	t.Helper()
	ar, err := txtar.ParseFile(houseFile)
	if err != nil {
		t.Fatal(err)
	}
	return &house{ar}
}

// find is a section; nil if there is none.
func (h *house) find(name string) *txtar.File {
	for i := range h.ar.Files {
		if h.ar.Files[i].Name == name {
			return &h.ar.Files[i]
		}
	}
	return nil
}

// section is the text of a section.
func (h *house) section(name string) (string, bool) {
	if f := h.find(name); f != nil {
		return string(f.Data), true
	}
	return "", false
}

// atMost holds what was found to the ceiling that is written down; what has no ceiling must not be there at all. A
// ceiling far above what there is holds nothing, so it has to be lowered.
func (h *house) atMost(t *testing.T, what string, found []string) {
	t.Helper()
	f := h.find("ceilings")
	line := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(what) + `: (\d+)\n`)
	m := line.FindSubmatch(f.Data)
	if m == nil {
		if len(found) > 0 {
			t.Errorf("%s: %d, want none:\n%s", what, len(found), strings.Join(found, "\n"))
		}
		return
	}
	ceiling, _ := strconv.Atoi(string(m[1]))
	switch n := len(found); {
	case n > ceiling:
		t.Errorf("%s: %d, want at most %d:\n%s", what, n, ceiling, strings.Join(found, "\n"))
	case *update && n == 0:
		f.Data = line.ReplaceAll(f.Data, nil)
	case *update:
		f.Data = line.ReplaceAll(f.Data, fmt.Appendf(nil, "%s: %d\n", what, n))
	case n < ceiling*9/10:
		t.Errorf("%s: %d, far below the ceiling of %d: `go test . -update` lowers it", what, n, ceiling)
	}
}

// except holds what was found to the exceptions that are written down: no other, and none that is not needed any more.
func (h *house) except(t *testing.T, section string, found []string) {
	t.Helper()
	f := h.find(section)
	known := strings.Fields(string(f.Data))
	for _, x := range found {
		if !slices.Contains(known, x) {
			t.Errorf("%s: %s", section, x)
		}
	}
	gone := func(x string) bool { return !slices.Contains(found, x) }
	if *update {
		known = slices.DeleteFunc(known, gone)
		f.Data = []byte(strings.Join(append(known, ""), "\n"))
	} else if i := slices.IndexFunc(known, gone); i >= 0 {
		t.Errorf("%s: %s is no exception any more: `go test . -update` takes it out", section, known[i])
	}
}

// write writes what has become better.
func (h *house) write(t *testing.T) {
	t.Helper()
	if *update {
		if err := os.WriteFile(houseFile, txtar.Format(h.ar), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// sortedKeys is the keys of a map in order.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// A rule is found by its name: mx-target-cname stands in rule_mx_target_cname.go, or with its family in
// rule_mx_target.go.
func TestRuleFiles(t *testing.T) {
	where := map[string]string{}
	sources(t, func(pkg string, file *ast.File, fset *token.FileSet) {
		if pkg != "lint" {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if name := ruleName(n); name != "" {
				where[name] = fileAt(fset, n.Pos())
			}
			return true
		})
	})
	var astray []string
	for _, r := range lint.All {
		file, ok := where[r.Name]
		if !ok {
			t.Errorf("rule %s: no &Rule{Name: %q} in the sources", r.Name, r.Name)
		}
		if !strings.HasPrefix("rule_"+strings.ReplaceAll(r.Name, "-", "_")+"_", file+"_") {
			astray = append(astray, r.Name)
		}
	}
	h := readHouse(t)
	h.except(t, "rules that are not in a file of their name", astray)
	h.write(t)
}

// ruleName is the name of the rule that a node declares.
func ruleName(n ast.Node) string {
	lit, ok := n.(*ast.CompositeLit)
	if !ok {
		return ""
	}
	if typ, ok := lit.Type.(*ast.Ident); !ok || typ.Name != "Rule" {
		return ""
	}
	for _, e := range lit.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok || kv.Key.(*ast.Ident).Name != "Name" {
			continue
		}
		if v, ok := kv.Value.(*ast.BasicLit); ok {
			name, _ := strconv.Unquote(v.Value)
			return name
		}
	}
	return ""
}

// Every file opens with its law: what it keeps true or is for, in a comment of its own, before the first declaration.
func TestFilesOpenWithTheirLaw(t *testing.T) {
	var without []string
	sources(t, func(pkg string, file *ast.File, fset *token.FileSet) {
		if law(file) == "" {
			without = append(without, path.Join(pkg, filepath.Base(fset.Position(file.Pos()).Filename)))
		}
	})
	slices.Sort(without)
	h := readHouse(t)
	h.except(t, "files without a law", without)
	h.write(t)
}

// law is the comment that a file opens with, "" if it has none that says something: one of a declaration is not the
// file's.
func law(file *ast.File) string {
	docs := map[*ast.CommentGroup]bool{}
	first := file.End()
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			docs[d.Doc] = true
		case *ast.GenDecl:
			if d.Tok == token.IMPORT {
				continue
			}
			docs[d.Doc] = true
		}
		first = min(first, d.Pos())
	}
	for _, c := range file.Comments {
		if text := c.Text(); c.Pos() < first && !docs[c] && len(strings.Fields(text)) >= 6 {
			return text
		}
	}
	return ""
}

// Functions and files are short enough to be read at once.
func TestSizes(t *testing.T) {
	sources(t, func(pkg string, file *ast.File, fset *token.FileSet) {
		if n := fset.Position(file.FileEnd).Line; n > maxFile {
			t.Errorf("%s: more than %d lines", fset.Position(file.Pos()).Filename, maxFile)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			from, to := fset.Position(f.Pos()), fset.Position(f.End())
			if n := to.Line - from.Line + 1; n > maxFunction {
				t.Errorf("%s: %s has %d lines, more than %d", from, f.Name.Name, n, maxFunction)
			}
		}
	})
}

// Whoever uses a name of a package can read what it means.
func TestExportedNamesAreDocumented(t *testing.T) {
	sources(t, func(pkg string, file *ast.File, fset *token.FileSet) {
		for name, at := range undocumented(file) {
			t.Errorf("%s: %s has no comment", fset.Position(at), name)
		}
	})
}

// undocumented is the exported names of a file that have no comment, and where they are.
func undocumented(file *ast.File) map[string]token.Pos {
	out := map[string]token.Pos{}
	add := func(id *ast.Ident, comments ...*ast.CommentGroup) {
		told := slices.ContainsFunc(comments, func(c *ast.CommentGroup) bool { return c != nil })
		if id.IsExported() && !told {
			out[id.Name] = id.Pos()
		}
	}
	for _, decl := range file.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil || receiver(d).IsExported() {
				add(d.Name, d.Doc)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					add(s.Name, d.Doc, s.Doc, s.Comment)
				case *ast.ValueSpec:
					for _, id := range s.Names {
						add(id, d.Doc, s.Doc, s.Comment)
					}
				}
			}
		}
	}
	return out
}

// receiver is the type that a method belongs to.
func receiver(f *ast.FuncDecl) *ast.Ident {
	for e := f.Recv.List[0].Type; ; {
		switch t := e.(type) {
		case *ast.StarExpr:
			e = t.X
		case *ast.IndexExpr:
			e = t.X
		case *ast.Ident:
			return t
		default:
			return ast.NewIdent("_")
		}
	}
}
