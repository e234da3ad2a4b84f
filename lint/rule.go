package lint

// A rule is data: what `mailzone rules` prints, what a test checks and what runs are one value.

import "slices"

// Rule is one thing that can be wrong with a zone.
type Rule struct {
	Name     string   // names the pattern, not the remedy: reads well after "allow"
	Severity Severity // unless Options say otherwise
	Doc      string   // what it finds, why it matters, what to do
	Bad      string   // records of example.com that the rule speaks about
	Good     string   // the same put right
	NoFault  bool     // what it tells is as good as the other shape
	Refs     []string // where it is written: "RFC 5321 §5.1"
	Visits   kinds    // Check is called for every owner name that is one of these
	Census   bool     // it counts over all names, so only a full run runs it
	Check    func(*Pass)
}

// Summary is what the rule finds, in a sentence.
func (r *Rule) Summary() string { return firstSentence(r.Doc) }

// Example is records of the zone example.com that show what a rule speaks about.
type Example struct{ Title, Zone string }

// Examples is what a page about the rule shows.
func (r *Rule) Examples() []Example {
	if r.NoFault {
		return []Example{{"This is told, and is also good, in the zone example.com:", r.Bad}, {"Also good:", r.Good}}
	}
	return []Example{{"Bad, in the zone example.com:", r.Bad}, {"Good:", r.Good}}
}

// severityIn is the severity that the rule has under options; 0 if it does not run.
func (r *Rule) severityIn(o Options) Severity {
	if slices.Contains(o.Disable, r.Name) {
		return 0
	}
	s := r.Severity
	if other, ok := o.Severity[r.Name]; ok {
		s = other
	}
	if s == Info && !o.Info {
		return 0
	}
	return s
}
