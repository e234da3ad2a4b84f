// Man writes the manual pages of the program: one for each command, made from what its help says, and one for the settings
// file. `go run ./docs/man DIR DATE`; DATE, as 2026-11-29, is that of the sources, so that pages of equal sources are equal.
package main

import (
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/mailzone/mailzone/cli"
	"github.com/mailzone/mailzone/ui"
)

//go:embed *.tmpl
var templates embed.FS

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run ./docs/man DIR DATE")
		os.Exit(2)
	}
	if err := write(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// page is what a template has to say about a command.
type page struct {
	*cobra.Command
	Date  string
	Pages []string // the other pages
	Keys  []ui.KeyList
}

// write writes all pages. Of the date only the day counts.
func write(dir, date string) error {
	day, _, _ := strings.Cut(date, "T")
	if _, err := time.Parse(time.DateOnly, day); err != nil {
		return fmt.Errorf("%s is no date: write 2026-11-29", date)
	}
	keys, err := ui.Keys()
	if err != nil {
		return err
	}
	t, err := template.New("").Funcs(template.FuncMap{
		"roff": roff, "text": paragraphs, "code": code, "upper": strings.ToUpper, "flags": flags, "argument": argument,
		"usage": usage, "synopsis": synopsis, "statuses": cli.ExitStatuses,
	}).
		ParseFS(templates, "*.tmpl")
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		return err
	}
	root := cli.Command()
	commands := append([]*cobra.Command{root}, root.Commands()...)
	p := page{Date: day, Keys: keys, Pages: []string{"mailzone.toml(5)"}}
	for _, c := range commands {
		if c.IsAvailableCommand() {
			p.Pages = append(p.Pages, name(c)+"(1)")
		}
	}
	for _, c := range commands {
		if p.Command = c; c.IsAvailableCommand() {
			if err := p.write(t, "command.tmpl", filepath.Join(dir, name(c)+".1")); err != nil {
				return err
			}
		}
	}
	p.Command = root
	return p.write(t, "settings.tmpl", filepath.Join(dir, "mailzone.toml.5"))
}

// name is what the page of a command is called.
func name(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// write writes one page.
func (p page) write(t *template.Template, form, path string) error {
	var b strings.Builder
	if err := t.ExecuteTemplate(&b, form, p); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(filled(b.String())), 0o644)
}

// PageName is what the page is called.
func (p page) PageName() string { return name(p.Command) }

// IsRoot tells the page of the program as a whole, which has the editor.
func (p page) IsRoot() bool { return !p.HasParent() }

// Others is the pages to look at as well.
func (p page) Others() string {
	var out []string
	for _, o := range append(p.Pages, "named-checkzone(8)", "rndc(8)") {
		if o != p.PageName()+"(1)" {
			page, section, _ := strings.Cut(o, "(")
			out = append(out, `\fB`+roff(page)+`\fR(`+section)
		}
	}
	return strings.Join(out, ",\n")
}

// flags is the flags of a command, its own and those of every command.
func flags(c *cobra.Command) (out []*pflag.Flag) {
	add := func(f *pflag.Flag) {
		if !f.Hidden {
			out = append(out, f)
		}
	}
	c.LocalFlags().VisitAll(add)
	c.InheritedFlags().VisitAll(add)
	return out
}

// argument is what a flag takes, if it takes something.
func argument(f *pflag.Flag) string {
	if word, _ := pflag.UnquoteUsage(f); word != "" {
		return ` \fI` + roff(word) + `\fR`
	}
	return ""
}

// usage is what a flag does, as a sentence.
func usage(f *pflag.Flag) string {
	_, text := pflag.UnquoteUsage(f)
	text = strings.ToUpper(text[:1]) + text[1:]
	if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.DefValue != "[]" {
		text += " (default " + f.DefValue + ")"
	}
	return text + "."
}

// synopsis is the ways to call a command.
func synopsis(c *cobra.Command) []string {
	ways := []string{roff(c.UseLine())}
	if c.HasAvailableSubCommands() {
		ways = append(ways, roff(c.CommandPath())+` \fICOMMAND\fR [flags]`)
	}
	return ways
}
