package cli

// This file prints the map of a zone: what `preview` shows without a domain.

import (
	"hash/maphash"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// mailbox is a name of the map in JSON: a stable interface.
type mailbox struct {
	Name     text         `json:"name"`
	How      string       `json:"how"`
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
	p.printRoutes(zones, names, countByOwner(opt, zones, some))
	return nil
}

// printMapJSON prints an array.
func (p *program) printMapJSON(names []preview.Mailbox, problems map[zonefile.Name][]mapProblem) error {
	a := array{p: p}
	for _, b := range names {
		row := mailbox{text(b.Name), b.How.String(), int(b.Route), problems[b.Name]}
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
func (p *program) printRoutes(zones []*zonefile.Zone, names []preview.Mailbox, problems map[zonefile.Name]counts) {
	if text := preview.NoMail(zones[0]); text != "" {
		p.line(0, text)
	}
	ways := preview.NewWays(zones, preview.Display)
	for len(names) > 0 {
		n := sharing(names)
		way := ways.Shared(names[:n]).Text()
		for _, line := range broken(p.paint(strong, p.show(way)), p.columns, 4) {
			p.column("", line, -1)
			_ = p.out.WriteByte('\n')
		}
		mapLines{p, zones[0], problems}.write(names[:n])
		names = names[n:]
	}
}

// sharing is how many of the first names have one route.
func sharing(names []preview.Mailbox) int {
	n := 1
	for n < len(names) && names[n].Route == names[0].Route {
		n++
	}
	return n
}

// mapLines prints names under their route in columns, as text/tabwriter does: of an alias whose it is, and what is wrong at it. A
// column is as wide as the lines next to each other need it that have one behind it. There may be a million of them, so that they
// are gone through twice, and not kept.
type mapLines struct {
	*program
	zone     *zonefile.Zone
	problems map[zonefile.Name]counts
}

// write prints the names of one route.
func (l mapLines) write(names []preview.Mailbox) {
	name, way := run{}, run{}
	for i := range names {
		b := &names[i]
		wrong := l.isWrong(b)
		switch {
		case !wrong && b.How != preview.ByAlias:
			l.column("  ", l.name(b), -1)
		default:
			name = name.at(i, names, func(b *preview.Mailbox) bool { return l.isWrong(b) || b.How == preview.ByAlias }, l.name)
			l.column("  ", l.name(b), name.width)
		}
		switch {
		case wrong:
			way = way.at(i, names, l.isWrong, l.way)
			l.column("", l.way(b), way.width)
			l.column("", l.count(l.problems[b.Name]), -1)
		case b.How == preview.ByAlias:
			l.column("", l.way(b), -1)
		}
		_ = l.out.WriteByte('\n')
	}
}

// isWrong tells whether something is told of a name.
func (l mapLines) isWrong(b *preview.Mailbox) bool { return l.problems[b.Name] != counts{} }

// name is a name as the map shows it.
func (l mapLines) name(b *preview.Mailbox) string { return l.show(preview.Display(b.Name)) }

// way is where an alias leads, and "" of other names.
func (l mapLines) way(b *preview.Mailbox) string {
	if b.How != preview.ByAlias {
		return ""
	}
	return l.show(preview.WayOf(l.zone, b.Name, b.How, preview.Display).Text())
}

// run is lines next to each other that share a column.
type run struct{ end, width int }

// at is the run that a line is in: of those that are such, with the width of their texts.
func (r run) at(i int, names []preview.Mailbox, such func(*preview.Mailbox) bool, text func(*preview.Mailbox) string) run {
	if i < r.end {
		return r
	}
	r = run{i, 0}
	for ; r.end < len(names) && such(&names[r.end]); r.end++ {
		r.width = max(r.width, utf8.RuneCountInString(text(&names[r.end])))
	}
	return r
}

// column prints a text behind another, and what is left of a column of a width, with the gap behind it. Without a width, or where
// all of the column is empty, there is none.
func (p *program) column(before, text string, width int) {
	_, _ = p.out.WriteString(before) // it keeps its error
	_, _ = p.out.WriteString(text)
	if width <= 0 {
		return
	}
	for range width + 2 - utf8.RuneCountInString(text) {
		_ = p.out.WriteByte(' ')
	}
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
