package cli

// What lint looks for, explained from the rules themselves, so that the manual cannot be out of date.

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/lint"
)

// rulesCommand explains the rules of lint.
func (p *program) rulesCommand() *cobra.Command {
	var format choice
	cmd := &cobra.Command{
		Use:     "rules [RULE]",
		Short:   "List the rules of lint, or explain one",
		Example: "  mailzone rules mx-target-cname",
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return ruleNames(), cobra.ShellCompDirectiveNoFileComp
		},
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usagef(cmd, "one rule at a time, not %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			rules := lint.All
			if len(args) == 1 {
				r := lint.Find(args[0])
				if r == nil {
					return usagef(cmd, "there is no rule %q%s", args[0], meantRule(args[0]))
				}
				rules = []*lint.Rule{r}
			}
			switch {
			case format.is("json"):
				return p.rulesJSON(rules)
			case len(args) == 1:
				return p.explainRule(rules[0])
			}
			return p.listRules()
		},
	}
	format.flag(cmd, "text", "json")
	return cmd
}

// explained is a rule in JSON: a stable interface.
type explained struct {
	Name     string   `json:"name"`
	Severity string   `json:"severity"`
	URL      string   `json:"url"`
	Summary  text     `json:"summary"`
	Doc      lines    `json:"doc"`
	Bad      lines    `json:"bad"`
	Good     lines    `json:"good"`
	NoFault  bool     `json:"noFault"`
	Refs     []string `json:"refs"`
}

// rulesJSON prints all there is about rules.
func (p *program) rulesJSON(rules []*lint.Rule) error {
	a := array{p: p}
	for _, r := range rules {
		err := a.add(explained{
			Name: r.Name, Severity: r.Severity.String(), URL: r.URL(), Summary: text(r.Summary()), Doc: lines(r.Doc),
			Bad: lines(r.Bad), Good: lines(r.Good), NoFault: r.NoFault, Refs: plainRefs(r.Refs),
		})
		if err != nil {
			return err
		}
	}
	return a.end()
}

// plainRefs is where a rule is written, in ASCII.
func plainRefs(refs []string) []string {
	return strings.Split(strings.ReplaceAll(strings.Join(refs, "\n"), "§", "section "), "\n")
}

// listRules prints every rule with what it finds.
func (p *program) listRules() error {
	widest := 0
	for _, r := range lint.All {
		widest = max(widest, len(r.Name))
	}
	for _, r := range lint.All {
		line := p.paint(strong, r.Name) + strings.Repeat(" ", widest-len(r.Name)+2) + p.paint(styleOf[r.Severity], fmt.Sprintf("%-7s", r.Severity))
		for _, l := range hanging(line+"  ", r.Summary(), pageWidth) {
			fmt.Fprintln(p.out, l)
		}
	}
	return nil
}

// explainRule prints all there is about a rule.
func (p *program) explainRule(r *lint.Rule) error {
	fmt.Fprintf(p.out, "%s (%s)\n\n", p.paint(strong, r.Name), p.paint(styleOf[r.Severity], r.Severity.String()))
	for paragraph := range strings.SplitSeq(strings.TrimSpace(r.Doc), "\n\n") {
		for _, l := range broken(strings.ReplaceAll(paragraph, "\n", " "), pageWidth, 0) {
			fmt.Fprintln(p.out, l)
		}
		fmt.Fprintln(p.out)
	}
	for _, e := range r.Examples() {
		fmt.Fprintf(p.out, "%s\n\n%s\n\n", e.Title, indent(e.Zone))
	}
	refs := r.Refs
	if !p.utf8 {
		refs = plainRefs(refs)
	}
	_, err := fmt.Fprintf(p.out, "See %s.\n", strings.Join(refs, ", "))
	return err
}

// indent puts blanks before every line.
func indent(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ")
}
