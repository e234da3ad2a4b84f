// docs/rules.md is made from the rules: each has a heading there, which the addresses in JSON and SARIF lead to.
// -update writes what the rules say now.
package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/mailzone/mailzone/lint"
)

func TestRulesPage(t *testing.T) {
	const name = "docs/rules.md"
	now := rulesPage()
	if *update {
		if err := os.WriteFile(name, now, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	old, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(old, now) {
		t.Errorf("%s is not current: go test . -update makes it so", name)
	}
	for _, r := range lint.All {
		page, anchor, _ := strings.Cut(r.URL(), "#")
		if !strings.HasSuffix(page, "/"+name) || !bytes.Contains(old, []byte("\n## "+anchor+"\n")) {
			t.Errorf("%s leads nowhere", r.URL())
		}
	}
}

// rulesPage is the page.
func rulesPage() []byte {
	var b bytes.Buffer
	b.WriteString("# The rules of lint\n\nMade from the rules themselves; `mailzone rules NAME` prints the same.\n\n" +
		"| rule | severity | what it finds |\n|---|---|---|\n")
	for _, r := range lint.All {
		fmt.Fprintf(&b, "| [%s](#%s) | %s | %s |\n", r.Name, r.Name, r.Severity, strings.ReplaceAll(r.Summary(), "|", `\|`))
	}
	for _, r := range lint.All {
		fmt.Fprintf(&b, "\n## %s\n\n%s. %s\n", r.Name, r.Severity, r.Markdown())
	}
	return b.Bytes()
}
