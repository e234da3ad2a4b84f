// What pipelines and people take from the repository is run as they run it: the GitHub Action's own scripts, the hook, the problem matcher on
// what lint prints, the program alone in the directory that the image is.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/mailzone/mailzone/testdata/needs"
)

// readYAML reads a file of the repository.
func readYAML[T any](t *testing.T, path string) (out T) {
	t.Helper()
	src, err := os.ReadFile(path)
	if err == nil {
		err = yaml.Unmarshal(src, &out)
	}
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return out
}

// action is a composite action of GitHub.
type action struct {
	Inputs map[string]struct{ Default string }
	Runs   struct {
		Steps []struct {
			Uses, Run string
			Env       map[string]string
		}
	}
}

// expression is a value that the runner puts in.
var expression = regexp.MustCompile(`\$\{\{ *([a-z_.-]+) *\}\}`)

// The scripts of the action do what it says, on a repository with a zone: what is wrong is told beside its line, and the step fails where it was
// asked for. Values of inputs reach the scripts in the environment alone, so that none can become a command.
func TestAction(t *testing.T) {
	needs.Program(t, "git", "git")
	a := readYAML[action](t, "action.yml")
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir()
	for _, c := range []struct {
		inputs map[string]string
		says   string
		fails  bool
	}{
		{nil, "::error file=zones/db.example.com,line=17,", true},
		{map[string]string{"paths": "zones/db.example.com zones/db.example.com"}, "::error file=zones/db.example.com,line=17,", true},
		{map[string]string{"paths": "$(touch pwned);`touch pwned`"}, "", true},
		{map[string]string{"changed-since": "HEAD"}, "", false},
		{map[string]string{"paths": "zones", "changed-since": "HEAD", "fail-on": "info"}, "", false},
	} {
		dir := repository(t)
		values := map[string]string{"github.action_path": here, "runner.temp": temp}
		for name, input := range a.Inputs {
			values["inputs."+name] = input.Default
		}
		for name, value := range c.inputs {
			if _, ok := a.Inputs[name]; !ok {
				t.Fatalf("no input %s", name)
			}
			values["inputs."+name] = value
		}
		out, failed := runSteps(t, a, dir, values)
		if failed != c.fails || !strings.Contains(out, c.says) {
			t.Errorf("%v: failed %v, says\n%s", c.inputs, failed, out)
		}
		if exists(filepath.Join(dir, "pwned")) {
			t.Error("an input has become a command")
		}
	}
}

// repository is one with the zone of the demonstration, committed.
func repository(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	zone, err := os.ReadFile("ui/demo/db.example.com")
	err = errors.Join(err, os.Mkdir(filepath.Join(dir, "zones"), 0o700), os.WriteFile(filepath.Join(dir, "zones/db.example.com"), zone, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", "git init -q && git add -A && git -c user.name=x -c user.email=x@example.com commit -qm zones")
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// runSteps runs the scripts of an action as the runner does.
func runSteps(t *testing.T, a action, dir string, values map[string]string) (said string, failed bool) {
	t.Helper()
	put := func(text string) string {
		return expression.ReplaceAllStringFunc(text, func(e string) string {
			v, ok := values[expression.FindStringSubmatch(e)[1]]
			if !ok {
				t.Errorf("nobody knows %s", e)
			}
			return v
		})
	}
	for _, s := range a.Runs.Steps {
		if s.Run == "" {
			continue // another action, of GitHub
		}
		if expression.MatchString(s.Run) {
			t.Errorf("an expression stands in a script: %s", s.Run)
		}
		cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run) // GitHub: shell: bash
		cmd.Dir, cmd.Env = dir, os.Environ()
		for _, name := range slices.Sorted(maps.Keys(s.Env)) {
			cmd.Env = append(cmd.Env, name+"="+put(s.Env[name]))
		}
		out, err := cmd.CombinedOutput()
		if said += string(out); err != nil {
			return said, true
		}
	}
	return said, false
}

// The hook runs a command that there is, on files that are zones by their names and on no other.
func TestHook(t *testing.T) {
	for _, h := range readYAML[[]struct{ ID, Entry, Files, Language string }](t, ".pre-commit-hooks.yaml") {
		files := regexp.MustCompile(h.Files)
		for name, want := range map[string]bool{"db.example.com": true, "zones/db.192.0.2": true, "example.com.zone": true, "a/example.com.hosts": true,
			"example.db": true, "README.md": false, "named.conf": false, "zones/notes.txt": false} {
			if files.MatchString(name) != want {
				t.Errorf("%s takes %s: %v", h.ID, name, !want)
			}
		}
		words := append(strings.Fields(h.Entry), "zones/db.example.com")
		cmd := exec.Command(words[0], words[1:]...)
		cmd.Dir = repository(t)
		if out, err := cmd.Output(); cmd.ProcessState.ExitCode() != statusFound {
			t.Errorf("%s: %v\n%s", h.ID, err, out)
		}
	}
}

// The problem matcher takes each finding that lint prints, and nothing else.
func TestProblemMatcher(t *testing.T) {
	src, err := os.ReadFile(".github/problem-matcher.json")
	var m struct {
		ProblemMatcher []struct {
			Pattern []struct {
				Regexp                        string
				File, Line, Severity, Message int
			}
		}
	}
	if err = errors.Join(err, json.Unmarshal(src, &m)); err != nil {
		t.Fatal(err)
	}
	p := m.ProblemMatcher[0].Pattern[0]
	line := regexp.MustCompile(p.Regexp)
	dir := repository(t)
	var findings []struct {
		File, Severity string
		Line           int
	}
	if err := json.Unmarshal([]byte(session(t, dir, "mailzone lint --info --format json zones")), &findings); err != nil || len(findings) < 5 {
		t.Fatalf("%d findings: %v", len(findings), err)
	}
	matched := 0
	for l := range strings.Lines(session(t, dir, "mailzone lint --info zones")) {
		if got := line.FindStringSubmatch(strings.TrimSuffix(l, "\n")); got != nil {
			if f := findings[matched]; got[p.File] != f.File || got[p.Severity] != f.Severity {
				t.Errorf("%s: matched as %q, and it is %v", l, got, f)
			}
			matched++
		}
	}
	if matched != len(findings) {
		t.Errorf("%d of %d findings are matched", matched, len(findings))
	}
}

// What the image holds is enough for the program: alone in a directory, with nothing of a system below it.
func TestContainer(t *testing.T) {
	needs.Root(t)
	src, err := os.ReadFile("Containerfile")
	if err != nil {
		t.Fatal(err)
	}
	word := func(name string) string {
		m := regexp.MustCompile(`(?m)^` + name + ` (.*)$`).FindSubmatch(src)
		if m == nil {
			t.Fatalf("Containerfile has no %s", name)
		}
		return string(m[1])
	}
	copied := strings.Fields(word("COPY"))
	if word("FROM") != "scratch" || len(copied) != 2 {
		t.Fatalf("FROM %s, COPY %q", word("FROM"), copied)
	}
	root, place := t.TempDir(), word("WORKDIR")
	build := exec.Command("go", "build", "-trimpath", "-o", filepath.Join(root, copied[1]), ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if err := os.CopyFS(filepath.Join(root, place), os.DirFS("ui/demo")); err != nil {
		t.Fatal(err)
	}
	var entry []string
	if err := json.Unmarshal([]byte(word("ENTRYPOINT")), &entry); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   string
		says   string
		status int
	}{
		{"version", "mailzone", statusDone}, {"lint db.example.com", "[mx-target-cname]", statusFound},
		{"preview db.example.com branch.example.com", "delivered", statusDone},
	} {
		cmd := exec.Command("chroot", append(append([]string{root}, entry...), strings.Fields(c.args)...)...)
		if _, name, ok := strings.Cut(c.args, "db."); ok { // chroot leads to /, and the image to its own directory
			cmd.Args = strings.Fields(strings.ReplaceAll(strings.Join(cmd.Args, " "), "db."+name, place+"/db."+name))
		}
		cmd.Env = []string{}
		out, _ := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() != c.status || !bytes.Contains(out, []byte(c.says)) {
			t.Errorf("%s: status %d\n%s", c.args, cmd.ProcessState.ExitCode(), out)
		}
	}
}

// Who reports a fault is asked for the version and a zone cut down, and all forms are as GitHub reads them.
func TestIssueForms(t *testing.T) {
	paths, err := filepath.Glob(".github/ISSUE_TEMPLATE/*.yml")
	if err != nil || len(paths) < 3 {
		t.Fatalf("%q: %v", paths, err)
	}
	for _, p := range paths {
		if filepath.Base(p) == "config.yml" {
			continue
		}
		f := readYAML[struct {
			Name, Description string
			Body              []struct {
				Type, ID   string
				Attributes struct{ Label string }
			}
		}](t, p)
		var asked []string
		for _, b := range f.Body {
			if b.Type != "markdown" && (b.ID == "" || b.Attributes.Label == "") {
				t.Errorf("%s: a field without an id or a label", p)
			}
			asked = append(asked, b.Attributes.Label)
		}
		all := strings.Join(asked, "\n")
		if f.Name == "" || f.Description == "" || !strings.Contains(all, "zone") && !strings.Contains(all, "task") {
			t.Errorf("%s: %q asks for %q", p, f.Name, asked)
		}
		if strings.HasSuffix(p, "wrong.yml") && (!strings.Contains(all, `"mailzone version"`) || !strings.Contains(all, "The zone, cut down")) {
			t.Errorf("%s asks for %q", p, asked)
		}
	}
}
