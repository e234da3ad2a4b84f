package cli

// This file prints the map of a zone: what `preview` shows without a domain.

import (
	"fmt"
	"hash/maphash"
	"iter"
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
	defer collectOften(zones)()
	names := preview.ByRoute(preview.Map(zones[0], zones[1:]...))
	opt, err := p.lintSettings(s.config, zones[0].Root().Name())
	if err != nil {
		return err
	}
	some := sketchOf(names)
	if json {
		return p.printMapJSON(names, problemsByOwner(opt, zones, some))
	}
	return p.printRoutes(zones, names, countByOwner(opt, zones, some))
}

// printMapJSON prints an array.
func (p *program) printMapJSON(names []preview.Mailbox, problems map[zonefile.Name][]mapProblem) error {
	a := array{p: p}
	for _, b := range names {
		row := mailbox{text(b.Name), b.How, b.Route, problems[b.Name]}
		if row.Problems == nil {
			row.Problems = []mapProblem{}
		}
		if err := a.add(row); err != nil {
			return err
		}
	}
	return a.end()
}

// sketch is names in two bytes each: all that have a hash which one of them has. A map of a million names is not held twice.
type sketch struct {
	seed maphash.Seed
	bits []uint64
}

// sketchOf is the names of a map.
func sketchOf(names []preview.Mailbox) sketch {
	s := sketch{maphash.MakeSeed(), make([]uint64, len(names)/4+1)}
	for i := range names {
		h := s.hash(names[i].Name)
		s.bits[h/64] |= 1 << (h % 64)
	}
	return s
}

// hash is the bit of a name.
func (s sketch) hash(n zonefile.Name) uint64 {
	return maphash.String(s.seed, string(n)) % uint64(64*len(s.bits))
}

// mayHave tells whether a name may be one of the names; its no is sure.
func (s sketch) mayHave(n zonefile.Name) bool {
	h := s.hash(n)
	return s.bits[h/64]&(1<<(h%64)) != 0
}

// found yields the findings of lint in the first of some zones, at some names at least: the others are not visited.
func found(opt lint.Options, zones []*zonefile.Zone, some sketch) iter.Seq[*lint.Diagnostic] {
	return func(yield func(*lint.Diagnostic) bool) {
		for d := range lint.EachAt(zones, opt, some.mayHave) {
			if d.Zone == zones[0] && !yield(d) {
				return
			}
		}
	}
}

// problemsByOwner is the findings by the name that they are at.
func problemsByOwner(opt lint.Options, zones []*zonefile.Zone, some sketch) map[zonefile.Name][]mapProblem {
	problems := map[zonefile.Name][]mapProblem{}
	for d := range found(opt, zones, some) {
		owner := d.Owner()
		problems[owner] = append(problems[owner], mapProblem{d.Severity.String(), d.Rule.Name, text(d.Message)})
	}
	return problems
}

// counts is how many errors and warnings there are.
type counts struct{ errors, warnings int }

// countByOwner counts the findings at each name.
func countByOwner(opt lint.Options, zones []*zonefile.Zone, some sketch) map[zonefile.Name]counts {
	all := map[zonefile.Name]counts{}
	for d := range found(opt, zones, some) {
		owner := d.Owner()
		n := all[owner]
		switch d.Severity {
		case lint.Error:
			n.errors++
		case lint.Warning:
			n.warnings++
		}
		all[owner] = n
	}
	return all
}

// printRoutes prints the names under their routes.
func (p *program) printRoutes(zones []*zonefile.Zone, names []preview.Mailbox, problems map[zonefile.Name]counts) error {
	if text := preview.NoMail(zones[0]); text != "" {
		p.line(0, text)
	}
	ways := preview.NewWays(zones, preview.Display)
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', tabwriter.DiscardEmptyColumns)
	for len(names) > 0 {
		n := sharing(names)
		way := ways.Shared(names[:n]).Text()
		fmt.Fprintln(w, strings.Join(broken(p.paint(strong, p.show(way)), p.columns, 4), "\n"))
		for _, b := range names[:n] {
			fmt.Fprintln(w, p.mapLine(zones[0], b, p.count(problems[b.Name])))
		}
		names = names[n:]
	}
	return w.Flush()
}

// sharing is how many of the first names have one route.
func sharing(names []preview.Mailbox) int {
	n := 1
	for n < len(names) && names[n].Route == names[0].Route {
		n++
	}
	return n
}

// mapLine is a name under its route, in cells: of an alias whose it is, and what is wrong at it.
func (p *program) mapLine(z *zonefile.Zone, b preview.Mailbox, wrong string) string {
	line := "  " + p.show(preview.Display(b.Name))
	if b.How == preview.ByAlias {
		line += "\v" + p.show(preview.WayOf(z, b.Name, b.How, preview.Display).Text())
	} else if wrong != "" {
		line += "\v"
	}
	if wrong != "" {
		line += "\v" + wrong
	}
	return line
}

// count is how many errors and warnings there are, in words.
func (p *program) count(problems counts) string {
	var words []string
	for _, c := range []struct {
		n  int
		of lint.Severity
	}{{problems.errors, lint.Error}, {problems.warnings, lint.Warning}} {
		if c.n > 0 {
			words = append(words, p.paint(styleOf[c.of], zonefile.Plural(c.n, c.of.String(), c.of.String()+"s")))
		}
	}
	return strings.Join(words, ", ")
}
