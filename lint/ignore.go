package lint

// Comments that silence rules:
//
//	; lint:ignore RULE[,RULE] [until DATE] [reason]         on a record, or in a line of its own above it
//	; lint:ignore-file RULE[,RULE] [until DATE] [reason]    anywhere in the file
//
// An ignore with a date silences up to that day; the day after it the rule speaks again.

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/mailzone/mailzone/zonefile"
)

// marker is how an ignore starts.
const marker = "lint:ignore"

// ignore is one such comment.
type ignore struct {
	row    zonefile.Row
	span   zonefile.Span // the words of the comment
	reach  zonefile.Span // where findings are silenced
	rules  []string
	until  string // a date, or what stands in its place
	broken string // why it is none; "" if it is one
}

// findIgnores reads the ignores of a zone, by number of file.
func (r *run) findIgnores(z *zonefile.Zone) []ignore {
	var list []ignore
	for f := range z.Files() {
		for at := range occurrences(f, marker) {
			if w := z.RowAt(f, at); inComment(w, at) {
				list = append(list, readIgnore(z, w, at))
			}
		}
	}
	return list
}

// ignoresAfter is the ignores of a new version of a zone: those of rows that were not edited, read again at
// their new places, and those of rows that were.
func (r *run) ignoresAfter(i int, z *zonefile.Zone, edits []zonefile.Edit) []ignore {
	places := map[*zonefile.File][]uint32{}
	add := func(f *zonefile.File, at uint32) {
		if !slices.Contains(places[f], at) {
			places[f] = append(places[f], at)
		}
	}
	for _, g := range r.ignores[i] {
		f := z.File(g.row.File().Name())
		at := zonefile.Shift(edits, g.row.File(), g.span.Start)
		if bytes.EqualFold(f.Slice(zonefile.Span{Start: at, End: at + uint32(len(marker))}), []byte(marker)) {
			add(f, at)
		}
	}
	for _, e := range edits {
		f := z.File(e.File.Name())
		end := zonefile.Shift(edits, e.File, e.End)
		start := end - min(end, uint32(len(e.New)))
		for w := range z.FileRows(f, start) {
			s := w.Span()
			if s.Start > end {
				break
			}
			for j := range offsets(w.Text(), marker) {
				add(f, s.Start+uint32(j))
			}
		}
	}
	var list []ignore
	for f := range z.Files() {
		slices.Sort(places[f])
		for _, at := range places[f] {
			if w := z.RowAt(f, at); inComment(w, at) {
				list = append(list, readIgnore(z, w, at))
			}
		}
	}
	return list
}

// inComment tells whether a place in a row is in a comment.
func inComment(w zonefile.Row, at uint32) bool {
	if r := w.Record(); !r.IsZero() {
		for _, t := range r.RData() {
			if t.Span.Start <= at && at < t.Span.End {
				return false
			}
		}
	}
	line := w.File().Slice(zonefile.Span{Start: w.Span().Start, End: at})
	if i := bytes.LastIndexByte(line, '\n'); i >= 0 {
		line = line[i+1:]
	}
	return bytes.IndexByte(line, ';') >= 0
}

// readIgnore reads the words behind the marker.
func readIgnore(z *zonefile.Zone, w zonefile.Row, at uint32) ignore {
	f := w.File()
	line := f.Slice(zonefile.Span{Start: at, End: w.Span().End})
	line = bytes.TrimRight(line[:lineEnd(line)], " \t\r")
	if i := bytes.IndexByte(line, ';'); i > 0 {
		line = bytes.TrimRight(line[:i], " \t")
	}
	g := ignore{row: w, span: zonefile.Span{Start: at, End: at + uint32(len(line))}}
	words := strings.Fields(string(line[len(marker):]))
	if len(words) > 0 && strings.HasPrefix(string(line[len(marker):]), "-file") {
		words = words[1:]
		g.reach = zonefile.Span{End: uint32(f.Size()) + 1}
	} else {
		g.reach = ignored(z, w)
	}
	if len(words) == 0 {
		g.broken = "names no rule: write lint:ignore RULE"
		return g
	}
	g.rules = strings.Split(words[0], ",")
	if len(words) > 1 && words[1] == "until" {
		g.readDate(words[2:])
	}
	return g
}

// readDate reads the day up to which an ignore counts.
func (g *ignore) readDate(words []string) {
	if len(words) > 0 {
		g.until = words[0]
	}
	if _, err := time.Parse(time.DateOnly, g.until); err != nil {
		g.broken = "has no date behind until: write one as 2026-12-01"
	}
}

// ignored is the row that an ignore is about: its own, or the next one that is no comment.
func ignored(z *zonefile.Zone, w zonefile.Row) zonefile.Span {
	if w.Kind() != zonefile.RowBlank {
		return w.Span()
	}
	for next := range z.FileRows(w.File(), w.Span().End) {
		if next.Kind() != zonefile.RowBlank {
			return next.Span()
		}
	}
	return zonefile.Span{}
}

// meets tells whether the ignore is about a finding, be its date over or not.
func (g *ignore) meets(d *Diagnostic) bool {
	return g.broken == "" && d.File == g.row.File() && g.reach.Start <= d.Span.Start && d.Span.Start < g.reach.End &&
		slices.Contains(g.rules, d.Rule.Name)
}

// meetsAny tells whether the ignore is about one of some findings.
func (g *ignore) meetsAny(list []Diagnostic) bool {
	for i := range list {
		if g.meets(&list[i]) {
			return true
		}
	}
	return false
}

// over tells whether the ignore's last day is past.
func (g *ignore) over(today time.Time) bool {
	return g.until != "" && !today.IsZero() && today.Format(time.DateOnly) > g.until
}

// unsilenced is the findings that no ignore is about; of those about one $GENERATE the first of each rule.
func (r *run) unsilenced(raw []Diagnostic) []Diagnostic {
	silent, made := r.silenced(raw), false
	for i := 0; i < len(raw) && !made; i++ {
		made = raw[i].made
	}
	if silent == nil && !made {
		return raw
	}
	out := make([]Diagnostic, 0, len(raw))
	for i := range raw {
		if (silent == nil || !silent[i]) && !repeats(out, &raw[i]) {
			out = append(out, raw[i])
		}
	}
	return out
}

// silenced marks the findings that ignores are about today; it is nil where there are none. Findings stand in the
// order of their places, so an ignore looks at those in its reach only.
func (r *run) silenced(raw []Diagnostic) (silent []bool) {
	for _, g := range slices.Concat(r.ignores...) {
		if g.over(r.opt.Today) {
			continue
		}
		order := r.order[g.row.File()]
		from, _ := slices.BinarySearchFunc(raw, g.reach.Start, func(d Diagnostic, at uint32) int {
			return cmp.Or(cmp.Compare(d.order, order), cmp.Compare(d.Span.Start, at))
		})
		for i := from; i < len(raw) && raw[i].order == order && raw[i].Span.Start < g.reach.End; i++ {
			if !g.meets(&raw[i]) {
				continue
			}
			if silent == nil {
				silent = make([]bool, len(raw))
			}
			silent[i] = true
		}
	}
	return silent
}

// repeats tells whether a finding says of a $GENERATE what was said of it already.
func repeats(out []Diagnostic, d *Diagnostic) bool {
	for i := len(out) - 1; i >= 0 && d.made && out[i].File == d.File && out[i].Span == d.Span; i-- {
		if out[i].Rule == d.Rule {
			return true
		}
	}
	return false
}

// unusedIgnore must be the last of All: it looks at what the others found.
var unusedIgnore = &Rule{
	Name:     "unused-ignore",
	Severity: Warning,
	Doc: `A comment asks to ignore a rule that finds nothing there, or that does not exist. What it was written
for is gone; left alone, it would hide the next fault.`,
	Bad: `@ 1d MX 10 mx1 ; lint:ignore mx-ttl-low moving
mx1 A 192.0.2.1`,
	Good: `@ 5m MX 10 mx1 ; lint:ignore mx-ttl-low moving
mx1 A 192.0.2.1`,
	Refs:   []string{"mailzone"},
	Visits: theFindings,
	Check: func(p *Pass) {
		found := p.found
		for i := range p.run.ignores[p.zone] {
			g := &p.run.ignores[p.zone][i]
			checkIgnore(p, g, g.meetsAny(found) || g.meetsAny(p.carried))
		}
	},
}

// checkIgnore reports an ignore that is broken or about nothing.
func checkIgnore(p *Pass, g *ignore, used bool) {
	if g.broken != "" {
		p.Report(g.row.File(), g.span, "the ignore %s", g.broken)
		return
	}
	for _, name := range g.rules {
		if p.run.find(name) == nil {
			p.Report(g.row.File(), g.span, "there is no rule %s to ignore: `mailzone rules` lists them", quoteText(name))
			return
		}
	}
	least := p.run.least(g.rules)
	if used || least == 0 {
		return
	}
	d := p.Report(g.row.File(), g.span, "%s ignores nothing: remove it", quoteText(marker+" "+strings.Join(g.rules, ",")))
	d.Severity = min(d.Severity, least) // one about information is none to those who ask for none
	if f, ok := g.removal(p.Zone); ok {
		d.Offer(f)
	}
}

// removal is a fix that removes a comment that holds nothing but the ignore.
func (g *ignore) removal(z *zonefile.Zone) (Fix, bool) {
	const message = "remove the comment"
	if r := g.row.Record(); !r.IsZero() {
		alone := strings.HasPrefix(strings.TrimLeft(r.Comment(), "; \t"), marker)
		return setField(z, message, true, r, zonefile.FieldComment, ""), alone
	}
	s := g.row.Span()
	fix := Fix{Message: message, Safe: true, Make: func(...string) ([]zonefile.Edit, error) {
		return []zonefile.Edit{{File: g.row.File(), Span: s}}, nil
	}}
	return fix, strings.HasPrefix(strings.TrimLeft(string(g.row.Text()), "; \t"), marker)
}

// find is a rule by its name, also one that does not run.
func (r *run) find(name string) *Rule {
	i := slices.IndexFunc(r.rules, func(rule *Rule) bool { return rule.Name == name })
	if i < 0 {
		return nil
	}
	return r.rules[i]
}

// least is the lowest severity that some rules have; 0 if one of them does not run.
func (r *run) least(names []string) Severity {
	least := Error
	for _, name := range names {
		i := slices.IndexFunc(r.active, func(a active) bool { return a.Name == name })
		if i < 0 {
			return 0
		}
		least = min(least, r.active[i].severity)
	}
	return least
}
