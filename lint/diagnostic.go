package lint

// What a finding is: a place, a sentence, places beside it, and fixes, which are edits and nothing else.

import (
	"bytes"
	"cmp"
	"fmt"

	"github.com/mailzone/mailzone/zonefile"
)

// Diagnostic is one finding at one place.
type Diagnostic struct {
	Rule     *Rule
	Severity Severity // the rule's, unless Options say otherwise
	Zone     *zonefile.Zone
	File     *zonefile.File
	Span     zonefile.Span
	Message  string // lower case; quotes the culprit; says the remedy
	Related  []Related
	Fixes    []Fix // alternatives, the best first; at most one is to be applied

	zone  int           // number of the zone in the run
	order int           // number of the file among all files of all zones
	made  bool          // about a record that a $GENERATE makes
	owner zonefile.Name // the name whose visit gave it; "" of a rule for the whole zone

	outside *zonefile.Zone // the records that DNS told of
}

// Related is another place that a diagnostic speaks about.
type Related struct {
	File    *zonefile.File
	Span    zonefile.Span
	Message string

	record zonefile.Record
}

// Position is where the finding starts.
func (d Diagnostic) Position() zonefile.Position { return d.File.Position(d.Span.Start) }

// String is `file:line:column: severity: message [rule]`. It holds bytes of the file: what shows it on a
// terminal passes it through zonefile.Printable.
func (d Diagnostic) String() string {
	at := d.Position()
	return fmt.Sprintf("%s:%d:%d: %s: %s [%s]", d.File.Name(), at.Line, at.Column, d.Severity, d.Message, d.Rule.Name)
}

// SafeFix is the first fix that may be applied without asking; ok is false if there is none.
func (d Diagnostic) SafeFix() (f Fix, ok bool) {
	for _, f := range d.Fixes {
		if f.Safe {
			return f, true
		}
	}
	return Fix{}, false
}

// byPlace is compare for sorting.
func byPlace(a, b Diagnostic) int { return compare(&a, &b) }

// compare orders diagnostics by file, place and rule.
func compare(a, b *Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.order, b.order),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(b.Severity, a.Severity),
		cmp.Compare(a.Rule.Name, b.Rule.Name),
		cmp.Compare(a.Span.End, b.Span.End),
		cmp.Compare(a.Message, b.Message),
	)
}

// lastInk is the length of a line without the blanks at its end.
func lastInk(line []byte) int { return len(bytes.TrimRight(line, " \t\r")) }
