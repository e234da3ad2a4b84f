// What the README and the pages for users claim, held against the program: their examples are run, their keys and their rules are the program's.
// -update writes what the program says now.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/cli"
	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/ui"
)

// block is a console block: a command behind a $, and what it prints.
var block = regexp.MustCompile("(?s)```console\n\\$ (.*?)\n(.*?)```\n")

// rulesSummary, statusesTable and packagesList are what the pages say of rules, exit statuses and packages, with the comments around it.
var (
	rulesSummary  = regexp.MustCompile(`(?s)(<!-- rules: [^\n]*\n).*?(<!-- end -->)`)
	statusesTable = regexp.MustCompile(`(?s)(<!-- statuses: [^\n]*\n).*?(<!-- end -->)`)
	packagesList  = regexp.MustCompile(`(?s)(<!-- packages: [^\n]*\n).*?(<!-- end -->)`)
)

// dialogsTable is the table of the keys of dialogs with the comments around it.
var dialogsTable = regexp.MustCompile(`(?s)(<!-- keys of dialogs: [^\n]*\n).*?(<!-- end -->)`)

// examplePages are the pages whose examples are run and whose tables are written.
var examplePages = []string{"README.md", "docs/editor.md", "docs/commands.md", "docs/plan.md", "docs/server.md", "docs/settings.md"}

// Every console block of the pages is run, on the zone and the name server of the demonstration, and every table that is
// made from the program is the program's.
func TestPages(t *testing.T) {
	dir := demonstration(t)
	tables := []struct {
		place *regexp.Regexp
		text  string
	}{{rulesSummary, rulesInShort()}, {dialogsTable, dialogKeys(t)}, {packagesList, debianPackages(t)}, {statusesTable, statuses()}}
	for _, page := range examplePages {
		old, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		now := block.ReplaceAllFunc(old, func(b []byte) []byte {
			command := string(block.FindSubmatch(b)[1])
			return fmt.Appendf(nil, "```console\n$ %s\n%s```\n", command, session(t, dir, command))
		})
		for _, table := range tables {
			now = table.place.ReplaceAll(now, []byte("${1}"+strings.ReplaceAll(table.text, "$", "$$")+"${2}"))
		}
		if *update {
			if err := os.WriteFile(page, now, 0o644); err != nil {
				t.Fatal(err)
			}
		} else if !bytes.Equal(old, now) {
			t.Errorf("%s is not current: go test . -update makes it so; it should be\n%s", page, now)
		}
	}
}

// demonstration is a directory with the zone of "mailzone demo", and with named.conf and the zones of "mailzone demo --server".
func demonstration(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("ui/demo/server")); err != nil {
		t.Fatal(err)
	}
	conf, err := os.ReadFile(filepath.Join(dir, "named.conf"))
	zone, zoneErr := os.ReadFile("ui/demo/db.example.com")
	err = errors.Join(err, zoneErr,
		os.WriteFile(filepath.Join(dir, "named.conf"), bytes.ReplaceAll(conf, []byte("DIRECTORY"), []byte(dir)), 0o600),
		os.WriteFile(filepath.Join(dir, "db.example.com"), zone, 0o600),
		os.WriteFile(filepath.Join(dir, "zones/db.example.com"), zone, 0o600))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// debianPackages is the Debian packages that .ci/run installs for the tests.
func debianPackages(t *testing.T) string {
	t.Helper()
	gate, err := os.ReadFile(".ci/run")
	m := regexp.MustCompile(`(?s)apt-get -qq install -y --no-install-recommends (acl .*?) </dev/null`).FindSubmatch(gate)
	if err != nil || m == nil {
		t.Fatalf(".ci/run installs nothing: %v", err)
	}
	return "\n    apt-get install " + strings.Join(strings.Fields(strings.ReplaceAll(string(m[1]), "\\\n", "")), " ") + "\n"
}

// statuses is the table of exit statuses, the same for every command.
func statuses() string {
	table := "| status | means |\n|---|---|\n"
	for _, s := range cli.ExitStatuses() {
		table += fmt.Sprintf("| %d | %s |\n", s.Status, s.Means)
	}
	return table
}

// rulesInShort is how many rules there are.
func rulesInShort() string {
	n := map[lint.Severity]int{}
	for _, r := range lint.All {
		n[r.Severity]++
	}
	return fmt.Sprintf("There are %d rules: %d are errors, %d warnings, and %d say what is worth knowing.\n", len(lint.All),
		n[lint.Error], n[lint.Warning], n[lint.Info])
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

// The README stays short: the two commands that .ci/run runs and that the program has, ten keys, and where the rest stands.
func TestREADME(t *testing.T) {
	readme := pages(t)["README.md"]
	for _, want := range []string{"\n    go run . demo\n", "\n    go test ./...\n"} {
		if !strings.Contains(readme, want) {
			t.Errorf("README.md does not have %q", want)
		}
	}
	if len(readme) > 8000 {
		t.Errorf("README.md has %d bytes: what is not for one who starts stands in docs", len(readme))
	}
	_, keys, _ := strings.Cut(readme, "| keys | |\n|---|---|\n")
	keys, _, _ = strings.Cut(keys, "\n\n")
	_, all, _ := strings.Cut(pages(t)["docs/editor.md"], "| keys | |\n|---|---|\n") // which package ui holds to the bindings
	named := regexp.MustCompile("`[^`]+`").FindAllString(keys, -1)
	if len(named) != 10 {
		t.Errorf("README.md has %d keys and says ten", len(named))
	}
	for _, k := range named {
		if !strings.Contains(all, k) {
			t.Errorf("docs/editor.md does not have the key %s of README.md", k)
		}
	}
	for page := range pages(t) {
		if strings.HasPrefix(page, "docs/") && !strings.Contains(readme, "]("+page+")") {
			t.Errorf("README.md does not lead to %s", page)
		}
	}
}

// settingsPage has the settings.
const settingsPage = "docs/settings.md"

// settingsBlock is a block of settings.
var settingsBlock = regexp.MustCompile("(?s)```toml\n(.*?)```\n")

// The blocks of settings are settings: the first beside a zone, the second in the user's own file.
func TestSettingsOfThePage(t *testing.T) {
	readme, err := os.ReadFile(settingsPage)
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

// The ignores of the page are ignores: each silences what it names, and nothing that the page says of them is told as wrong.
func TestIgnoresOfThePage(t *testing.T) {
	m := regexp.MustCompile("(?s)```dns\n(.*?)```\n").FindStringSubmatch(pages(t)[settingsPage])
	if m == nil {
		t.Fatalf("no zone in %s", settingsPage)
	}
	const rest = "$TTL 1d\n@ SOA ns1 h 2026112801 8h 2h 4w 1h\n@ NS ns1\n@ TXT \"v=spf1 mx -all\"\nns1 A 192.0.2.53\nmail A 192.0.2.10\n"
	said := func(zone string) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "db.example.com"), []byte(zone), 0o600); err != nil {
			t.Fatal(err)
		}
		return session(t, dir, "mailzone lint --info db.example.com")
	}
	without, with := said(rest+"@ IN MX 10 mail\n"), said(rest+m[1])
	for _, rule := range []string{"mx-single", "dmarc-missing"} {
		if !strings.Contains(without, "["+rule+"]") || strings.Contains(with, "["+rule+"]") {
			t.Errorf("%s is not what is silenced:\n%s\nand with the page's lines:\n%s", rule, without, with)
		}
	}
	if strings.Contains(with, "[unused-ignore]") || strings.Contains(with, "[syntax]") {
		t.Errorf("the page's lines are wrong:\n%s", with)
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
