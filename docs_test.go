// What the pages for those who change the program claim, held against the sources: links lead somewhere, files that
// are named are there, the map of packages is the one that is enforced, and commands have the flags they show.
package main

import (
	"cmp"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mailzone/mailzone/cli"
)

// pages is every page of the project.
func pages(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, dir := range []string{".", "docs"} {
		paths, err := filepath.Glob(dir + "/*.md")
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range paths {
			src, err := os.ReadFile(p)
			if err != nil {
				t.Fatal(err)
			}
			out[filepath.ToSlash(p)] = string(src)
		}
	}
	return out
}

// exists tells whether a file of the project is there.
func exists(name string) bool {
	_, err := os.Stat(filepath.FromSlash(name))
	return err == nil
}

// links finds where a page leads: by a link, or by a picture that is one of some.
var links = regexp.MustCompile(`(?:\]\(|(?:src|srcset|href)=")([^)"#]+)(?:#[^)"]*)?[)"]`)

// Every link within the project leads to a file, and every picture is shown.
func TestLinks(t *testing.T) {
	led := map[string]bool{}
	for page, text := range pages(t) {
		for _, m := range links.FindAllStringSubmatch(text, -1) {
			to := path.Join(path.Dir(page), m[1])
			if led[to] = true; !strings.Contains(m[1], "://") && !exists(to) {
				t.Errorf("%s: nothing is at %s", page, to)
			}
		}
	}
	pictures, err := filepath.Glob("docs/*.svg")
	if err != nil || len(pictures) == 0 {
		t.Fatalf("pictures %q: %v", pictures, err)
	}
	for _, p := range pictures {
		if !led[filepath.ToSlash(p)] {
			t.Errorf("no page shows %s", p)
		}
	}
}

// Every file that the pages for developers name is there: a path, or a file of the package that a paragraph begins with.
// Capitals stand for a name of the reader's own.
func TestNamedFilesAreThere(t *testing.T) {
	named, own := regexp.MustCompile("`([.\\w][\\w./-]*)`"), regexp.MustCompile(`(^|[/_])[A-Z]{3,}`)
	for _, page := range []string{"CONTRIBUTING.md", "docs/architecture.md"} {
		dir := ""
		for _, item := range regexp.MustCompile(`\n(\* |\n)`).Split(pages(t)[page], -1) {
			if m := regexp.MustCompile("^\\*\\*`([\\w/]+)`\\*\\*").FindStringSubmatch(strings.TrimPrefix(item, "* ")); m != nil {
				dir = m[1]
			}
			for _, m := range named.FindAllStringSubmatch(item, -1) {
				name := m[1]
				isFile := regexp.MustCompile(`\.(go|md|txtar|zone)$`).MatchString(name) || strings.Contains(name, "testdata/") || strings.HasPrefix(name, ".ci/")
				if !isFile || own.MatchString(name) || exists(name) || exists(path.Join(dir, name)) {
					continue
				}
				if found, _ := filepath.Glob(path.Join(dir, name)); len(found) == 0 {
					t.Errorf("%s names %s, which is not there", page, name)
				}
			}
		}
	}
}

// The table of packages is the one that is enforced.
func TestArchitectureHasTheArrows(t *testing.T) {
	row := regexp.MustCompile("(?m)^\\| `([^`]+)` \\| ((?:`[^`]+` ?)*)\\|")
	told := map[string][]string{}
	for _, m := range row.FindAllStringSubmatch(pages(t)["docs/architecture.md"], -1) {
		told[m[1]] = strings.FieldsFunc(m[2], func(r rune) bool { return r == '`' || r == ' ' })
	}
	for pkg, may := range arrows {
		if want, got := sortedList(may), sortedList(told[pkg]); want != got {
			t.Errorf("docs/architecture.md says that %s may import %s, and arch_test.go %s", pkg, got, want)
		}
	}
	for _, pkg := range slices.Sorted(maps.Keys(told)) {
		if _, ok := arrows[pkg]; !ok {
			t.Errorf("docs/architecture.md has package %s, and arch_test.go has not", pkg)
		}
	}
}

// sortedList writes a list in order.
func sortedList(list []string) string { return fmt.Sprint(slices.Sorted(slices.Values(list))) }

// A command of the tests that a page shows has a package that is there, a test of that name, and flags that it knows.
func TestCommandsOfTests(t *testing.T) {
	command := regexp.MustCompile("go test ([^`\n]+)")
	shown := 0
	for page, text := range pages(t) {
		for _, m := range command.FindAllStringSubmatch(text, -1) {
			shown++
			for _, problem := range wrongInCommand(t, strings.Fields(strings.ReplaceAll(m[1], `\|`, "|"))) { // as tables write it
				t.Errorf("%s: go test %s: %s", page, m[1], problem)
			}
		}
	}
	if shown < 10 {
		t.Errorf("only %d commands were found", shown)
	}
}

// wrongInCommand is what is wrong with the words of a command behind go test.
func wrongInCommand(t *testing.T, words []string) (problems []string) {
	t.Helper()
	var tests strings.Builder
	for _, w := range words {
		if w != "." && !strings.HasPrefix(w, "./") {
			continue
		}
		dir := strings.TrimSuffix(w, "/...")
		files, _ := filepath.Glob(filepath.Join(dir, "*_test.go"))
		if len(files) == 0 && !strings.HasSuffix(w, "...") {
			problems = append(problems, "no tests in "+w)
		}
		for _, f := range files {
			src, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			tests.Write(src)
		}
	}
	for i, w := range words {
		name, isFlag := strings.CutPrefix(w, "-")
		isFlag = isFlag && name != "->" // the end of a comment
		switch {
		case isFlag && !slices.Contains([]string{"short", "run", "fuzz", "count", "v", "timeout", "json"}, name) &&
			!regexp.MustCompile(`flag\.\w+\("`+name+`"`).MatchString(tests.String()):
			problems = append(problems, "no flag "+w)
		case (w == "-run" || w == "-fuzz") && i+1 < len(words) && words[i+1] != "'^$'":
			for _, name := range strings.Split(strings.Trim(words[i+1], "'"), "|") {
				if name, _, _ := strings.Cut(name, "/"); !strings.Contains(tests.String(), "func "+name) {
					problems = append(problems, "no test "+name)
				}
			}
		}
	}
	return problems
}

// Every command of mailzone that a page names, in a line of its own or within one, is a command that there is, with flags that it
// has; and a flag that is named alone is one of some command.
func TestCommandsOfPages(t *testing.T) {
	code, flag := regexp.MustCompile("(?s)`([^`]+)`|(?m:^    (mailzone [^\n]*)$)"), regexp.MustCompile(`^--[a-z][a-z-]*`)
	has := map[*cobra.Command]map[string]bool{}
	all := map[string]bool{"--snapshot": true, "--clean": true} // those of goreleaser
	root := cli.Command()
	for _, c := range append([]*cobra.Command{root}, root.Commands()...) {
		has[c] = map[string]bool{"--help": true}
		for _, set := range []*pflag.FlagSet{c.Flags(), c.PersistentFlags(), c.InheritedFlags()} {
			set.VisitAll(func(f *pflag.Flag) { has[c]["--"+f.Name], all["--"+f.Name] = true, true })
		}
	}
	shown := 0
	for _, page := range append(examplePages, "docs/concepts.md", "docs/json.md", "SECURITY.md", "CONTRIBUTING.md") {
		for _, m := range code.FindAllStringSubmatch(regexp.MustCompile("(?s)```.*?```").ReplaceAllString(pages(t)[page], ""), -1) {
			words := strings.Fields(m[1] + m[2])
			if len(words) == 0 {
				continue
			}
			known, name := all, ""
			if words[0] == "mailzone" && len(words) > 1 {
				shown++
				c, _, err := root.Find(words[1:])
				if err != nil {
					t.Errorf("%s: %s: %v", page, strings.Join(words, " "), err)
					continue
				}
				known, name = has[c], c.CommandPath()
			} else if words[0] == "mailzone" || !flag.MatchString(words[0]) {
				continue
			}
			for _, w := range words {
				if f := flag.FindString(w); f != "" && !known[f] {
					t.Errorf("%s: %s: %s has no flag %s", page, strings.Join(words, " "), cmp.Or(name, "no command"), f)
				}
			}
		}
	}
	if shown < 20 {
		t.Errorf("only %d commands were found", shown)
	}
}
