// Nothing changes a byte of a zone without --yes, and --diff prints what --yes would save as a patch that patch(1) and git
// take: every script of testdata/script again, with each command that would save tried without --yes and with --diff before.
package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/cli"
	"github.com/mailzone/mailzone/testdata/needs"
)

// againVar names the directory where commands of scripts leave what they found; without it they are run once.
const againVar = "MAILZONE_AGAIN"

// Every script again: what would save and is not told to saves nothing, and what it would save is a patch.
func TestNothingWithoutYes(t *testing.T) {
	if testing.Short() {
		t.Skip("runs every script again, and in them every command three times")
	}
	needs.Program(t, "patch", "patch")
	needs.Program(t, "git", "git")
	dir := t.TempDir()
	t.Cleanup(func() {
		patched := 0
		files, _ := filepath.Glob(filepath.Join(dir, "*.txt"))
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(string(text), "patched") {
				patched++
			} else {
				t.Errorf("%s", text)
			}
		}
		if t.Logf("%d patches", patched); patched < 30 {
			t.Errorf("only %d patches were tried", patched)
		}
	})
	runScripts(t, worldless(t), againVar+"="+dir)
}

// worldless is the scripts that run on the machine as it is: not those in which memory, mounts or a name server are their own,
// for which a command more is another world.
func worldless(t *testing.T) (files []string) {
	t.Helper()
	all, err := filepath.Glob("testdata/script/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(src, []byte("unshare ")) && !bytes.Contains(src, []byte("ulimit -v")) {
			files = append(files, f)
		}
	}
	return files
}

// rerun is one command of a script that is run again.
type rerun struct {
	report string // where to tell what was found
	work   string // what belongs to the script
	args   []string
	stdin  []byte
}

// runAgain tries a command of a script without --yes and with --diff, then runs it and ends the process. It does nothing for
// what is no such run.
func runAgain() {
	if os.Getenv(againVar) == "" || len(os.Args) < 2 || !slices.Contains([]string{"list", "lint", "preview", "plan", "apply", "merge", "history"}, os.Args[1]) {
		return
	}
	a := rerun{report: os.Getenv(againVar), work: os.Getenv("WORK"), args: os.Args[1:]}
	if a.args[0] == "apply" || a.args[0] == "merge" || slices.Contains(a.args, "-") {
		a.stdin, _ = io.ReadAll(os.Stdin)
	}
	yes := slices.Index(a.args, "--yes")
	if yes < 0 {
		before := a.files()
		status := a.run(os.Stdout, os.Stderr, a.args)
		a.unchanged(before, a.args)
		os.Exit(status)
	}
	before := a.files()
	a.run(io.Discard, io.Discard, slices.Delete(slices.Clone(a.args), yes, yes+1))
	a.unchanged(before, slices.Delete(slices.Clone(a.args), yes, yes+1))
	var patch bytes.Buffer
	diff := slices.Clone(a.args)
	diff[yes] = "--diff"
	if json := slices.Index(diff, "--format"); json >= 0 { // a patch has none
		diff = slices.Delete(diff, json, json+2)
	}
	told := a.run(&patch, io.Discard, diff)
	a.unchanged(before, diff)
	was := contents(namesIn(patch.Bytes()))
	status := a.run(os.Stdout, os.Stderr, a.args)
	if now := a.files(); status < 2 && len(changed(before, now)) > 0 {
		if told != 1 {
			a.tell("mailzone %q: status %d, want 1: something would be saved", diff, told)
		}
		a.patched(patch.Bytes(), was, diff)
	}
	os.Exit(status)
}

// run runs the program.
func (a rerun) run(stdout, stderr io.Writer, args []string) int {
	return cli.MainAt(scriptClock, args, bytes.NewReader(a.stdin), stdout, stderr)
}

// tell leaves a text for the test.
func (a rerun) tell(format string, args ...any) {
	f, err := os.CreateTemp(a.report, "*.txt")
	if err == nil {
		fmt.Fprintf(f, format, args...)
		err = f.Close()
	}
	if err != nil {
		panic(err)
	}
}

// files is the sums of all files of a script, by their names; state is what the program keeps for itself.
func (a rerun) files() map[string]string {
	out := map[string]string{}
	_ = filepath.WalkDir(a.work, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir() && d.Name() == "state":
			return fs.SkipDir
		case d.Type().IsRegular():
			src, _ := os.ReadFile(path)
			out[path] = fmt.Sprintf("%x", sha256.Sum256(src))
		}
		return nil
	})
	return out
}

// unchanged wants the files to be as they were.
func (a rerun) unchanged(before map[string]string, args []string) {
	for _, path := range changed(before, a.files()) {
		a.tell("mailzone %q: %s is not what it was", args, path)
	}
}

// changed is the files that are not as they were, are new or gone, but for those that are printed to.
func changed(before, after map[string]string) (paths []string) {
	for path := range after {
		if after[path] != before[path] && !isOutput(path) {
			paths = append(paths, path)
		}
	}
	for path := range before {
		if _, ok := after[path]; !ok {
			paths = append(paths, path)
		}
	}
	return paths
}

// isOutput tells whether one of the two outputs goes to a file.
func isOutput(path string) bool {
	at, err := os.Stat(path)
	for _, out := range []*os.File{os.Stdout, os.Stderr} {
		if to, failed := out.Stat(); err == nil && failed == nil && os.SameFile(at, to) {
			return true
		}
	}
	return false
}

// namesIn is the files that a patch is of.
func namesIn(patch []byte) (names []string) {
	for line := range strings.Lines(string(patch)) {
		if name, ok := strings.CutPrefix(line, "+++ "); ok {
			name = strings.TrimRight(name, "\t\n")
			if plain, err := strconv.Unquote(name); err == nil {
				name = plain
			}
			names = append(names, name)
		}
	}
	return names
}

// contents is what files hold.
func contents(names []string) map[string][]byte {
	out := map[string][]byte{}
	for _, name := range names {
		out[name], _ = os.ReadFile(name)
	}
	return out
}

// patched wants a patch to make of files what was saved, by patch(1) and by git.
func (a rerun) patched(patch []byte, was map[string][]byte, args []string) {
	for name := range was {
		if !filepath.IsLocal(name) { // neither takes it
			return
		}
	}
	for _, tool := range [][]string{{"patch", "-p0", "-s"}, {"git", "apply", "-p0", "--whitespace=nowarn"}} {
		dir, err := os.MkdirTemp(a.report, "tree")
		if err != nil {
			panic(err)
		}
		for name, text := range was {
			path := filepath.Join(dir, name)
			_ = os.MkdirAll(filepath.Dir(path), 0o700)
			_ = os.WriteFile(path, text, 0o600)
		}
		cmd := exec.Command(tool[0], tool[1:]...)
		cmd.Dir, cmd.Stdin = dir, bytes.NewReader(patch)
		cmd.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+a.report, "LC_ALL=C")
		if out, err := cmd.CombinedOutput(); err != nil {
			a.tell("mailzone %q: %v: %v: %s\n%s", args, tool, err, out, patch)
			return
		}
		for name := range was {
			got, _ := os.ReadFile(filepath.Join(dir, name))
			if want, _ := os.ReadFile(name); !bytes.Equal(got, want) {
				a.tell("mailzone %q: %v makes of %s\n%q\nand saved is\n%q", args, tool, name, got, want)
				return
			}
		}
	}
	a.tell("patched: mailzone %q", args)
}
