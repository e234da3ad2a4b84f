package cli

// This file prints the map of a zone: what `preview` shows without a domain.

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// mailbox is a name of the map in JSON: a stable interface.
type mailbox struct {
	Name     text         `json:"name"`
	How      preview.How  `json:"how"`
	Route    int          `json:"route"`
	Problems []mapProblem `json:"problems"`
}

// mapProblem is a finding at a name of the map, in JSON.
type mapProblem struct {
	Severity string `json:"severity"`
	Rule     string `json:"rule"`
	Message  text   `json:"message"`
}

// printMap prints every name of a zone that can receive mail, names with the same route together, the
// rarest routes first.
func (p *program) printMap(s *source, json bool, zones []*zonefile.Zone) error {
	names := preview.ByRoute(preview.Map(zones[0], zones[1:]...))
	problems, err := p.problemsByOwner(s, zones)
	if err != nil {
		return err
	}
	if !json {
		return p.printRoutes(zones, names, problems)
	}
	a := array{p: p}
	for _, b := range names {
		row := mailbox{text(b.Name), b.How, b.Route, []mapProblem{}}
		for _, d := range problems[b.Name] {
			row.Problems = append(row.Problems, mapProblem{d.Severity.String(), d.Rule.Name, text(d.Message)})
		}
		if err := a.add(row); err != nil {
			return err
		}
	}
	return a.end()
}

// problemsByOwner is the findings of lint in the first of some zones, by the name that they are at.
func (p *program) problemsByOwner(s *source, zones []*zonefile.Zone) (map[zonefile.Name][]lint.Diagnostic, error) {
	problems := map[zonefile.Name][]lint.Diagnostic{}
	opt, err := p.lintSettings(s.config, zones[0].Root().Name())
	if err != nil {
		return nil, err
	}
	for _, d := range lint.Run(zones, opt) {
		if d.Zone == zones[0] {
			owner := d.Zone.RowAt(d.File, d.Span.Start).Owner()
			problems[owner] = append(problems[owner], d)
		}
	}
	return problems, nil
}

// printRoutes prints the names under their routes.
func (p *program) printRoutes(zones []*zonefile.Zone, names []preview.Mailbox, problems map[zonefile.Name][]lint.Diagnostic) error {
	if text := preview.NoMail(zones[0]); text != "" {
		p.line(0, text)
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for i, b := range names {
		if i == 0 || names[i-1].Route != b.Route {
			order := preview.Route(zones, preview.Query{Domain: b.Name}).Order(preview.Display)
			fmt.Fprintln(w, strings.Join(broken(p.paint(strong, p.show(order)), p.columns, 4), "\n"))
		}
		fmt.Fprintf(w, "  %s\t%s", p.show(preview.Display(b.Name)), p.show(howText(b)))
		if n := p.count(problems[b.Name]); n != "" {
			fmt.Fprintf(w, "\t%s", n)
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}

// howText is how a name receives mail.
func howText(b preview.Mailbox) string {
	if b.How == preview.ByAlias {
		return "alias of " + preview.Display(b.Leads)
	}
	return b.How.Word()
}

// count is how many errors and warnings there are, in words.
func (p *program) count(problems []lint.Diagnostic) string {
	n := map[lint.Severity]int{}
	for _, d := range problems {
		n[d.Severity]++
	}
	var words []string
	for _, s := range []lint.Severity{lint.Error, lint.Warning} {
		if n[s] > 0 {
			words = append(words, p.paint(styleOf[s], zonefile.Plural(n[s], s.String(), s.String()+"s")))
		}
	}
	return strings.Join(words, ", ")
}
