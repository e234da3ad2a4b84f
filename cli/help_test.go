package cli

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/lint"
)

// page is what a command prints that is read as a whole.
func page(t *testing.T, args ...string) string {
	t.Helper()
	var out, messages bytes.Buffer
	if status := Main(args, strings.NewReader(""), &out, &messages); status != 0 || messages.Len() > 0 {
		t.Fatalf("%v: status %d: %s", args, status, &messages)
	}
	return out.String()
}

// Every page fits 80 columns: the help of each command, the list of rules, and what is told of each.
func TestPagesFit(t *testing.T) {
	pages := [][]string{{"rules"}, {"--version"}}
	var commands func(cmd *cobra.Command)
	commands = func(cmd *cobra.Command) {
		pages = append(pages, append([]string{"help"}, strings.Fields(cmd.CommandPath())[1:]...))
		for _, c := range cmd.Commands() {
			commands(c)
		}
	}
	commands(Command())
	for _, r := range lint.All {
		pages = append(pages, []string{"rules", r.Name})
	}
	if len(pages) < 90 {
		t.Fatalf("only %d pages", len(pages))
	}
	for _, args := range pages {
		lines := bufio.NewScanner(strings.NewReader(page(t, args...)))
		for lines.Scan() {
			if l := lines.Text(); cells(l) > pageWidth && !strings.HasPrefix(l, "    ") { // records of examples are not broken
				t.Errorf("mailzone %s: %d columns: %s", strings.Join(args, " "), cells(l), l)
			}
		}
	}
}
