// What README.md claims, held against the program: its examples are run, its rules are those of lint.
// -update writes what the program says now.
package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/cli"
	"github.com/mailzone/mailzone/ui"
)

// block is a console block: a command behind a $, and what it prints.
var block = regexp.MustCompile("(?s)```console\n\\$ (.*?)\n(.*?)```\n")

// rulesTable is the table of rules with the comments around it.
var rulesTable = regexp.MustCompile(`(?s)(<!-- rules: [^\n]*\n).*?(<!-- end -->)`)

// dialogsTable is the table of the keys of dialogs with the comments around it.
var dialogsTable = regexp.MustCompile(`(?s)(<!-- keys of dialogs: [^\n]*\n).*?(<!-- end -->)`)

func TestREADME(t *testing.T) {
	old, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	zone, err := os.ReadFile("ui/demo/db.example.com")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "db.example.com"), zone, 0o600); err != nil {
		t.Fatal(err)
	}
	now := block.ReplaceAllFunc(old, func(b []byte) []byte {
		command := string(block.FindSubmatch(b)[1])
		return fmt.Appendf(nil, "```console\n$ %s\n%s```\n", command, session(t, dir, command))
	})
	now = rulesTable.ReplaceAll(now, []byte("${1}"+strings.ReplaceAll(rules(t), "$", "$$")+"${2}"))
	now = dialogsTable.ReplaceAll(now, []byte("${1}"+strings.ReplaceAll(dialogKeys(t), "$", "$$")+"${2}"))
	if *update {
		if err := os.WriteFile("README.md", now, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(old, now) {
		t.Errorf("README.md is not current: go test . -update makes it so; it should be\n%s", now)
	}
}

// dialogKeys is the table of the keys of dialogs: a row for each dialog, in which keys that do the same stand together.
// What moves does so as in the panes.
func dialogKeys(t *testing.T) string {
	lists, err := ui.Keys()
	if err != nil {
		t.Fatal(err)
	}
	table := "| in | keys |\n|---|---|\n"
	for _, l := range lists {
		if l.Opened == "" {
			continue
		}
		var does []string
		keys := map[string]string{}
		for _, k := range l.Keys {
			if slices.Contains([]string{"up k", "down j", "PgUp", "PgDn", "g Home", "G End"}, k.Key) {
				continue // they move, as everywhere
			}
			if keys[k.Does] == "" {
				does = append(does, k.Does)
			}
			for _, one := range strings.Fields(k.Key) {
				keys[k.Does] += "`" + one + "` "
			}
		}
		var cells []string
		for _, d := range does {
			cells = append(cells, keys[d]+d)
		}
		table += "| " + l.Title + ", " + l.Opened + " | " + strings.Join(cells, ", ") + " |\n"
	}
	return table
}

// session is what a command prints on standard output.
func session(t *testing.T, dir, command string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	var messages strings.Builder
	cmd.Stderr = &messages
	out, err := cmd.Output()
	if code := cmd.ProcessState.ExitCode(); code > 1 {
		t.Errorf("%s: %v\n%s", command, err, &messages)
	}
	return string(out)
}

// rules is the table of the rules of lint.
func rules(t *testing.T) string {
	t.Helper()
	var out, table strings.Builder
	if status := cli.Main([]string{"rules"}, strings.NewReader(""), &out, &out); status != 0 {
		t.Fatalf("mailzone rules: status %d\n%s", status, &out)
	}
	columns := regexp.MustCompile(`^(\S+) +(\S+) +(.*)\n`)
	table.WriteString("| rule | severity | what it finds |\n|---|---|---|\n")
	whole := regexp.MustCompile(`\n {20,}`).ReplaceAllString(out.String(), " ") // lines that were broken
	for line := range strings.Lines(whole) {
		c := columns.FindStringSubmatch(line)
		if c == nil {
			t.Fatalf("mailzone rules: %q", line)
		}
		fmt.Fprintf(&table, "| %s | %s | %s |\n", c[1], c[2], strings.NewReplacer("|", `\|`, "*", `\*`).Replace(c[3]))
	}
	return table.String()
}

// The two commands that the README starts with are the ones that .ci/run runs and that the program has.
func TestREADMECommands(t *testing.T) {
	src, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n    go run . demo\n", "\n    go test ./...\n"} {
		if !strings.Contains(string(src), want) {
			t.Errorf("README.md does not have %q", want)
		}
	}
}

// settingsBlock is a block of settings.
var settingsBlock = regexp.MustCompile("(?s)```toml\n(.*?)```\n")

// The blocks of settings are settings: the first beside a zone, the second in the user's own file.
func TestREADMESettings(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := settingsBlock.FindAllSubmatch(readme, -1)
	if len(blocks) != 2 {
		t.Fatalf("%d blocks of settings, want 2", len(blocks))
	}
	dir := t.TempDir()
	zone, err := os.ReadFile("ui/demo/db.example.com")
	files := map[string][]byte{"db.example.com": zone, ".mailzone.toml": blocks[0][1], "mailzone/config.toml": blocks[1][1]}
	for name, text := range files {
		if err == nil {
			err = os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), text, 0o600)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("XDG_CONFIG_HOME", dir)
	out, err := exec.Command("mailzone", "lint", filepath.Join(dir, "db.example.com")).CombinedOutput()
	if bytes.Contains(out, []byte("not read")) || !bytes.Contains(out, []byte("error: the MX of")) {
		t.Errorf("%v: %s", err, out)
	}
}

// What is said of the zones that are shown is not so only because their addresses are examples': with addresses of the
// Internet it is the same.
func TestExampleAddresses(t *testing.T) {
	demo, err := os.ReadFile("ui/demo/db.example.com")
	if err != nil {
		t.Fatal(err)
	}
	others := strings.NewReplacer("192.0.2.", "62.96.4.", "198.51.100.", "85.214.30.", "203.0.113.", "91.198.174.", "2001:db8:", "2a01:4f8:")
	marks := regexp.MustCompile(`\^~*`)
	for _, zone := range []string{string(demo), string(concepts(t).Files[0].Data)} {
		said := func(zone string) string {
			dir, commands := t.TempDir(), "mailzone lint --info db.example.com; mailzone preview db.example.com"
			if err := os.WriteFile(filepath.Join(dir, "db.example.com"), []byte(zone), 0o600); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{"", "branch.", "lists.", "shop.", "move.", "x.blogs.", "www."} {
				commands += "; mailzone preview db.example.com " + name + "example.com"
			}
			return plainWords(marks.ReplaceAllString(session(t, dir, commands), "^"))
		}
		if got, want := others.Replace(said(zone)), said(others.Replace(zone)); got != want || len(got) < 1000 {
			t.Errorf("with examples' addresses, put otherwise:\n%s\nwith the Internet's:\n%s", got, want)
		}
	}
}
