package lint

// What a finding is: a place, a sentence, places beside it, and fixes, which are edits and nothing else.

import (
	"cmp"
	"fmt"

	"github.com/mailzone/mailzone/zonefile"
)

// Position is where the finding starts.
func (d Diagnostic) Position() zonefile.Position { return d.File.Position(d.Span.Start) }

// Owner is the name that the finding is about: the owner of the line in which it stands.
func (d *Diagnostic) Owner() zonefile.Name {
	if d.owner != "" && !d.made { // it stands at one of the name's records
		return d.owner
	}
	if row := d.Zone.RowAt(d.File, d.Span.Start); !row.IsZero() {
		return row.Owner()
	}
	return "" // a file without any line
}

// String is `file:line:column: severity: message [rule]`. It holds bytes of the file: what shows it on a
// terminal passes it through zonefile.Printable.
func (d Diagnostic) String() string {
	at := d.Position()
	return fmt.Sprintf("%s:%d:%d: %s: %s [%s]", d.File.Name(), at.Line, at.Column, d.Severity, d.Message, d.Rule.Name)
}

// said is what findings have in common that are told in the same words.
type said struct {
	zone    zonefile.Name
	rule    *Rule
	message string
}

// said is what a finding has in common with those alike.
func (d *Diagnostic) said() said { return said{d.Zone.Origin(), d.Rule, d.Message} }

// SafeFix is the first fix that may be applied without asking; ok is false if there is none.
func (d Diagnostic) SafeFix() (f Fix, ok bool) {
	for _, f := range d.Fixes {
		if f.Safe {
			return f, true
		}
	}
	return Fix{}, false
}

// SureFix is the safe fix, or the only one where that asks nothing: what it would change is still to be shown before it is made.
func (d Diagnostic) SureFix() (f Fix, ok bool) {
	if f, ok = d.SafeFix(); ok {
		return f, true
	}
	if len(d.Fixes) == 1 && len(d.Fixes[0].Needs) == 0 {
		return d.Fixes[0], true
	}
	return Fix{}, false
}

// byPlace is compare for sorting.
func byPlace(a, b Diagnostic) int { return compare(&a, &b) }

// compare orders diagnostics by file, place and rule. Nearly all stand at two places: the rest is looked at where they do
// not.
func compare(a, b *Diagnostic) int {
	if c := cmp.Compare(a.order, b.order); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Span.Start, b.Span.Start); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(a.Rule.Name, b.Rule.Name),
		cmp.Compare(a.Span.End, b.Span.End),
		cmp.Compare(a.Message, b.Message),
	)
}

// merge joins two sorted lists. Neither of them changes.
func merge(a, b []Diagnostic) []Diagnostic {
	if len(b) == 0 {
		return a
	}
	out := make([]Diagnostic, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if compare(&a[0], &b[0]) <= 0 {
			out, a = append(out, a[0]), a[1:]
		} else {
			out, b = append(out, b[0]), b[1:]
		}
	}
	return append(append(out, a...), b...)
}
