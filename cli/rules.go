package cli

// What lint looks for, explained from the rules themselves, so that the manual cannot be out of date.

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/mailzone/mailzone/lint"
)

// rulesCommand explains the rules of lint.
func (p *program) rulesCommand() *cobra.Command {
	return &cobra.Command{
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
			if len(args) == 0 {
				return p.listRules()
			}
			r := lint.Find(args[0])
			if r == nil {
				return usagef(cmd, "there is no rule %q: `mailzone rules` lists them", args[0])
			}
			return p.explainRule(r)
		},
	}
}

// ruleNames is the names of all rules.
func ruleNames() []string {
	var names []string
	for _, r := range lint.All {
		names = append(names, r.Name)
	}
	return names
}

// listRules prints a line about every rule.
func (p *program) listRules() error {
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, r := range lint.All {
		fmt.Fprintf(w, "%s\t%s\t%s\n", r.Name, r.Severity, r.Summary())
	}
	return w.Flush()
}

// explainRule prints all there is about a rule.
func (p *program) explainRule(r *lint.Rule) error {
	fmt.Fprintf(p.out, "%s (%s)\n\n%s\n\n", r.Name, r.Severity, strings.TrimSpace(r.Doc))
	for _, e := range r.Examples() {
		fmt.Fprintf(p.out, "%s\n\n%s\n\n", e.Title, indent(e.Zone))
	}
	refs := strings.Join(r.Refs, ", ")
	if !p.utf8 {
		refs = strings.ReplaceAll(refs, "§", "section ")
	}
	_, err := fmt.Fprintf(p.out, "See %s.\n", refs)
	return err
}

// indent puts blanks before every line.
func indent(text string) string {
	return "    " + strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n    ")
}
