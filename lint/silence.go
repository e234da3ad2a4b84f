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

// scope is where ignores silence findings.
type scope struct {
	order int // of the file
	span  zonefile.Span
}

// silenced marks the findings that ignores are about today; it is nil where there are none. Findings stand in the
// order of their places, so the ignores of one scope look together at those in it only.
func (r *run) silenced(raw []Diagnostic) (silent []bool) {
	rules := map[scope]map[string]bool{}
	for _, g := range slices.Concat(r.ignores...) {
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

// repeats tells whether a finding says of a $GENERATE what was said of it already.
func repeats(out []Diagnostic, d *Diagnostic) bool {
	for i := len(out) - 1; i >= 0 && d.made && out[i].File == d.File && out[i].Span == d.Span; i-- {
		if out[i].Rule == d.Rule {
			return true
		}
	}
	return false
}
