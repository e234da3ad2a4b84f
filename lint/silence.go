package lint

// Which findings ignores silence, and which ignores silence none. There may be as many of the one as of the other:
// both are put in order, and neither is gone through for each of the other.

import (
	"cmp"
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// unsilenced is the findings that no ignore is about; of those about one $GENERATE the first of each rule.
func (r *run) unsilenced(raw []Diagnostic) []Diagnostic {
	silent, made := r.silenced(slices.Concat(r.ignores...), raw), false
	for i := 0; i < len(raw) && !made; i++ {
		made = raw[i].made
	}
	if silent == nil && !made {
		return raw
	}
	out := make([]Diagnostic, 0, len(raw))
	var before repeated
	for i := range raw {
		if (silent == nil || !silent[i]) && !before.repeats(&raw[i]) {
			out = append(out, raw[i])
		}
	}
	return out
}

// repeated is what was said of one place.
type repeated struct {
	file  *zonefile.File
	span  zonefile.Span
	rules []*Rule
}

// repeats tells whether a finding says of a $GENERATE what was said of it already.
func (r *repeated) repeats(d *Diagnostic) bool {
	if d.File != r.file || d.Span != r.span {
		r.file, r.span, r.rules = d.File, d.Span, r.rules[:0]
	}
	again := d.made && slices.Contains(r.rules, d.Rule)
	r.rules = append(r.rules, d.Rule)
	return again
}

// scope is where ignores silence findings.
type scope struct {
	order int // of the file
	span  zonefile.Span
}

// silenced marks the findings that some ignores are about today; it is nil where there are none. Findings stand in the
// order of their places, so the ignores of one scope look together at those in it only.
func (r *run) silenced(ignores []ignore, raw []Diagnostic) (silent []bool) {
	rules := map[scope]map[string]bool{}
	for _, g := range ignores {
		if g.broken != "" || g.over(r.opt.Today) {
			continue
		}
		at := scope{r.order[g.row.File()], g.reach}
		if rules[at] == nil {
			rules[at] = map[string]bool{}
		}
		for _, name := range g.rules {
			rules[at][name] = true
		}
	}
	if len(rules) > 0 {
		silent = make([]bool, len(raw))
	}
	for at, names := range rules {
		from, _ := slices.BinarySearchFunc(raw, at, func(d Diagnostic, at scope) int {
			return cmp.Or(cmp.Compare(d.order, at.order), cmp.Compare(d.Span.Start, at.span.Start))
		})
		for i := from; i < len(raw) && raw[i].order == at.order && raw[i].Span.Start < at.span.End; i++ {
			silent[i] = silent[i] || names[raw[i].Rule.Name]
		}
	}
	return silent
}
