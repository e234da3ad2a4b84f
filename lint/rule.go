package lint

// A rule, what it sees and what it finds. The three name one another: a rule looks by a Pass, and reports by it a
// Diagnostic, which says whose it is. So they stand together and below all that they do, as Analyzer and Pass of go/analysis.

import (
	"slices"

	"github.com/mailzone/mailzone/zonefile"
)

// home is where the program's pages are.
const home = "https://github.com/mailzone/mailzone"

// Rule is one thing that can be wrong with a zone. It is data: what `mailzone rules` prints, what a test checks and what runs
// are one value.
type Rule struct {
	Name     string   // names the pattern, not the remedy: reads well after "allow"
	Severity Severity // unless Options say otherwise
	Doc      string   // what it finds, why it matters, what to do
	Bad      string   // records of example.com that the rule speaks about
	Good     string   // the same put right
	NoFault  bool     // what it tells is as good as the other shape
	Refs     []string // where it is written: "RFC 5321 §5.1"
	Visits   kinds    // Check is called for every owner name that is one of these
	Worse    bool     // a finding may be an error though the rule is a warning
	Lack     bool     // it tells of what is not there: nothing where a part that was not read might have it
	Census   bool     // it counts over all names, so only a full run runs it
	Check    func(*Pass)
	Zone     func(*Pass) // called once for the zone, beside Check: for what stands at no name's record
}

// Summary is what the rule finds, in a sentence.
func (r *Rule) Summary() string { return firstSentence(r.Doc) }

// URL is the address of the rule's page.
func (r *Rule) URL() string { return home + "/blob/main/docs/rules.md#" + r.Name }

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

// active is a rule that runs.
type active struct {
	*Rule
	severity Severity
}

// Pass is what a rule sees while it visits one owner name. It is valid during Check only.
type Pass struct {
	Zone *zonefile.Zone
	Node zonefile.Node // the name that is visited; of a rule for the whole zone: the apex

	run  *run
	zone int // number of Zone in the run

	texts texts     // of Node
	mx    mxRecords // of Node
	hosts hosts
	seen  recorder
	findings
}

// findings is what rules have found so far.
type findings struct {
	rule    *active // the rule that looks
	found   []Diagnostic
	carried []Diagnostic // for rules about findings: those that are not in found
	ofZone  bool         // the rule looks at the whole zone
	text    part         // the lines that it looks at, of a rule about text
	looked  lookedAt
	sets    map[uint64]bool // MX sets that were told of
	words   []byte          // room for the sentence that is made
}

// lookedAt is the file and the row that were last looked at: a record may have thousands of findings.
type lookedAt struct {
	file   *zonefile.File
	order  int // of file
	row    zonefile.Row
	unread bool // row is
}

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
	row   zonefile.Row  // in which it stood when it was found
	once  uint64        // of findings of a zone with the same number only the first name's counts; 0 for all others
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
