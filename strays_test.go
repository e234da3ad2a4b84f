// Nothing lies about: what stands beside the sources is compiled into the program, or has a place that is known by its name. A test
// that writes where it should not leaves a file that somebody commits.
package main

import (
	"go/ast"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// atTheTop is what may stand at the top of the tree besides sources and folders.
var atTheTop = []string{".dockerignore", ".git", ".gitignore", ".goreleaser.yaml", ".pre-commit-hooks.yaml", "CHANGELOG.md", "CONTRIBUTING.md", "Containerfile",
	"LICENSE", "README.md", "SECURITY.md", "action.yml", "go.mod", "go.sum", ".corpus", ".mail-servers", "mailzone"} // the last three are not committed

func TestNothingLiesAbout(t *testing.T) {
	embedded := map[string][]string{".": atTheTop} // what may stand in the folder of a package
	sources(t, func(pkg string, file *ast.File, _ *token.FileSet) {
		if !strings.HasPrefix(pkg, "docs") {
			embedded[pkg] = append(embedded[pkg], embeds(file)...)
		}
	})
	for pkg, known := range embedded {
		files, err := os.ReadDir(pkg)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			name := f.Name()
			built := path.Ext(name) == ".test" || path.Ext(name) == ".prof"
			if !f.IsDir() && path.Ext(name) != ".go" && !built && !slices.ContainsFunc(known, func(of string) bool { ok, _ := path.Match(of, name); return ok }) {
				t.Errorf("%s lies about: no source embeds it", filepath.Join(pkg, name))
			}
		}
	}
}

// embeds is what a source has compiled into the program, as its package's folder has it.
func embeds(file *ast.File) (patterns []string) {
	for _, c := range file.Comments {
		for _, line := range c.List {
			if of, ok := strings.CutPrefix(line.Text, "//go:embed "); ok {
				patterns = append(patterns, strings.Fields(of)...)
			}
		}
	}
	return patterns
}
