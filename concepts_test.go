// The table of docs/concepts.md is written from testdata/concepts.txtar, and each of its rows is run: its commands here,
// its keys by package ui. -update writes the page.
package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

const conceptsPage = "docs/concepts.md"

// conceptsZone and conceptsTable are the parts of the page that are written.
var (
	conceptsZone  = regexp.MustCompile("(?s)(```dns\n).*?(```\n)")
	conceptsTable = regexp.MustCompile(`(?s)(<!-- concepts: [^\n]*\n).*?(<!-- end -->)`)
)

// Every command of the page is run on the zone of the page, and says what is expected of it.
func TestConcepts(t *testing.T) {
	ar, dir := concepts(t), t.TempDir()
	zone := ar.Files[0].Data
	// As the zone was when its mail host had another number.
	before := bytes.Replace(zone, []byte("@       MX   10 mail "), []byte("@       MX   30 mail "), 1)
	for name, text := range map[string][]byte{"db.example.com": zone, "before.example.com": before} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	said := map[string]string{}
	for _, f := range ar.Files[1:] {
		command, ok := strings.CutPrefix(f.Name, "$ ")
		if !ok {
			continue
		}
		if said[command] == "" {
			said[command] = plainWords(session(t, dir, command))
		}
		if len(f.Data) == 0 {
			t.Errorf("%s: nothing is expected", command)
		}
		for line := range strings.Lines(string(f.Data)) {
			if !strings.Contains(said[command], plainWords(line)) {
				t.Errorf("$ %s\n%s\ndoes not say: %s", command, said[command], line)
			}
		}
	}
}

// plainWords is a text with one blank between its words, wherever its lines end.
func plainWords(text string) string { return strings.Join(strings.Fields(text), " ") }

// concepts is the rows of the page, behind the zone.
func concepts(t *testing.T) *txtar.Archive {
	t.Helper()
	ar, err := txtar.ParseFile("testdata/concepts.txtar")
	if err != nil || len(ar.Files) < 2 || ar.Files[0].Name != "db.example.com" {
		t.Fatalf("testdata/concepts.txtar: %v, or its first section is not db.example.com", err)
	}
	return ar
}

// The page shows what is run and nothing else.
func TestConceptsPage(t *testing.T) {
	ar := concepts(t)
	old, err := os.ReadFile(conceptsPage)
	if err != nil {
		t.Fatal(err)
	}
	zone := strings.ReplaceAll(string(ar.Files[0].Data), "$", "$$")
	now := conceptsZone.ReplaceAll(old, []byte("${1}"+zone+"${2}"))
	now = conceptsTable.ReplaceAll(now, []byte("${1}"+strings.ReplaceAll(conceptRows(t, ar), "$", "$$")+"${2}"))
	if *update {
		if err := os.WriteFile(conceptsPage, now, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Equal(old, now) {
		t.Errorf("%s is not current: go test . -run TestConceptsPage -update makes it so; it should be\n%s", conceptsPage, now)
	}
}

// conceptRows is the table: what one asks, the commands that answer, the keys.
func conceptRows(t *testing.T, ar *txtar.Archive) string {
	t.Helper()
	const what, commands, keys = 0, 1, 2
	var rows [][3]string
	for _, f := range ar.Files[1:] {
		if command, ok := strings.CutPrefix(f.Name, "$ "); ok {
			rows[len(rows)-1][commands] += "<br>`" + command + "`"
		} else if pressed, ok := strings.CutPrefix(f.Name, "keys "); ok {
			rows[len(rows)-1][keys] += "<br>`" + strings.Join(strings.Fields(pressed), "` `") + "`"
		} else {
			rows = append(rows, [3]string{what: f.Name})
		}
	}
	out := "| what | command | keys |\n|---|---|---|\n"
	for _, r := range rows {
		if r[commands] == "" {
			t.Errorf("%s: no command answers that", r[what])
		}
		out += fmt.Sprintf("| %s | %s | %s |\n", r[what], strings.TrimPrefix(r[commands], "<br>"), strings.TrimPrefix(r[keys], "<br>"))
	}
	return out
}
