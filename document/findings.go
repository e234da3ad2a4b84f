package document

// What is known about a version. Findings belong to one version and never change, so that what runs beside the screen
// cannot mix two.

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// Findings is what is known about one version of the zone: its problems and who receives mail. They
// never change; a newer version has findings of its own.
type Findings struct {
	Zone     *zonefile.Zone     // the version they are of; nil before the first
	opened   *zonefile.Zone     // the version on disk that it was compared with
	Report   *lint.Report       // what the examination of the next version starts from
	day      string             // of the report: ignores run out
	Problems []*lint.Diagnostic // of the report, the worst first, alike ones together; nil while they are looked for
	Begins   []int32            // where among them those of each kind begin that are alike
	Checked  bool               // problems are known
	Full     bool               // all names were examined for them, not only those that an edit can reach
	Came     []lint.Diagnostic  // problems that the version on disk has not, the worst first
	Went     []lint.Diagnostic  // problems that it has, and this version has not
	onDisk   *lint.Report       // of the version on disk
	Surveyed bool               // names are of this version; else of one before it
	Counts   [lint.Error + 1]int
	places   map[string][]place // of problems, information left out, by file and offset
	Badges   map[zonefile.Name]Badge
	Names    []NameRow // that receive mail, or might
	All      []NameRow // all owners, and names that are commented out; empty in a very big zone, until they are wanted
	Owners   int       // how many there are
}

// place is where a problem begins, and which one it is.
type place struct {
	start   uint32
	problem int
}

// NameRow is a name in a list.
type NameRow struct {
	Name  zonefile.Name
	Place int32       // in the file, among names
	Route int32       // names with the same number have the same route
	How   preview.How // it receives mail; 0 if it does not
	Out   bool        // all its records are commented out: it is none of the zone's
}

// Badge is what is wrong at a name, information left out. The zero badge says that nothing is.
type Badge struct {
	Worst lint.Severity // of its problems
	Count int           // how many problems are as bad as the worst
}

// everyName is how many entries a zone may have of which all names are listed without being asked for: those of a bigger
// one cost memory that few need.
const everyName = 1 << 18

// Survey finds who receives mail in a version, and what other names it has, in a very big zone if they are wanted. It is a
// pure function and may run beside the screen.
func Survey(z *zonefile.Zone, all bool) Findings {
	return Findings{Zone: z}.Survey(all, nil)
}

// Survey puts the names of the version in the place of those of one before it. It ends where goesOn, which is asked at each name,
// says that nobody waits for them; nil: somebody does.
func (f Findings) Survey(all bool, goesOn func() bool) Findings {
	f.Surveyed = true
	f.Zone.IndexLeads() // for the review of an edit
	owners := preview.OwnersOf(f.Zone, all || f.Zone.Entries() <= everyName || preview.NoMail(f.Zone) != "", goesOn)
	f.Names, f.All, f.Owners = rowsOf(owners.Mail), rowsOf(owners.All), owners.Count
	return f
}

// rowsOf is what lists show of names.
func rowsOf(names []preview.Mailbox) []NameRow {
	rows := make([]NameRow, 0, len(names))
	for _, m := range names {
		rows = append(rows, NameRow{Name: m.Name, How: m.How, Route: m.Route, Place: m.Place, Out: m.Out})
	}
	return rows
}

// Base is what the examination of a version starts from: findings of another version.
type Base struct {
	Findings
	after func() *lint.Report // the report of the version on the screen after these findings; nil where it has to be made
	Rules lint.Options        // how to examine where there are no findings to start from
	disk  *lint.Report        // the problems of what is on disk; nil while nobody knows them
}

// Anew is the same without findings to start from: all names are examined.
func (b Base) Anew() Base { return Base{Rules: b.Rules, disk: b.disk} }

// ReportOf is the problems of a version, and whether all names were examined for them. After an edit only what it can
// reach is looked at again; what rules with a Census count over all names stays as it was. On another day all is
// looked at again.
func (b Base) ReportOf(z, opened *zonefile.Zone) (report *lint.Report, full bool) {
	switch {
	case b.Report == nil || b.opened != opened || b.day != dayOf(b.Rules):
		report = lint.Start([]*zonefile.Zone{z}, b.Rules)
	case b.after != nil:
		report = b.after()
	default:
		report = b.Report.After(b.Zone, z, b.Zone.Between(z))
	}
	return report, report.Counted()
}

// dayOf is the day that rules go by.
func dayOf(rules lint.Options) string { return rules.Today.Format(time.DateOnly) }

// Check adds the problems of the version. opened is the one on disk, which some rules compare with.
func (f Findings) Check(opened *zonefile.Zone, b Base) Findings {
	f.Report, f.Full = b.ReportOf(f.Zone, opened)
	f.opened, f.day, f.Checked = opened, dayOf(b.Rules), true
	return f.sum(b)
}

// Complete completes the problems of a version. Where what an edit can reach was looked at, rules that count over all names
// count again; else, and on another day, all is looked at.
func (f Findings) Complete(opened *zonefile.Zone, b Base) Findings {
	if f.Report == nil || f.opened != opened || f.day != dayOf(b.Rules) {
		return f.Check(opened, b.Anew())
	}
	f.Report, f.Full = f.Report.Recount(), true
	return f.sum(b)
}

// sum is what follows from the report.
func (f Findings) sum(b Base) Findings {
	f.Problems, f.Begins = lint.Together(worstFirst(f.Report.Diagnostics))
	f.Counts = [lint.Error + 1]int{}
	for _, d := range f.Problems {
		f.Counts[d.Severity]++
	}
	return f.compare(b).rank()
}

// compare finds out which problems the version on disk has not, and which it alone has.
func (f Findings) compare(b Base) Findings {
	f.Came, f.Went = nil, nil
	if f.Zone == f.opened {
		f.onDisk = &lint.Report{Diagnostics: f.Report.Diagnostics} // and nothing of what it needs to go on
		return f
	}
	if f.onDisk = b.disk; f.onDisk == nil {
		full, _ := b.Anew().ReportOf(f.opened, f.opened)
		f.onDisk = &lint.Report{Diagnostics: full.Diagnostics}
	}
	old, now := f.onDisk.Diagnostics, f.Report.Diagnostics
	f.Came, f.Went = WorstFirst(lint.Since(old, now)), WorstFirst(lint.Since(now, old))
	return f
}

// rank finds out where problems are, and the worst of each name.
func (f Findings) rank() Findings {
	f.places, f.Badges = map[string][]place{}, map[zonefile.Name]Badge{}
	for i, d := range f.Serious() {
		row := f.Zone.RowAt(d.File, d.Span.Start)
		if row.IsZero() { // an empty file has no row
			continue
		}
		f.places[d.File.Name()] = append(f.places[d.File.Name()], place{d.Span.Start, i})
		owner := row.Owner()
		if b := f.Badges[owner]; d.Severity >= b.Worst { // the worst come first
			f.Badges[owner] = Badge{d.Severity, b.Count + 1}
		}
	}
	for _, list := range f.places {
		slices.SortStableFunc(list, func(a, b place) int { return cmp.Compare(a.start, b.start) })
	}
	return f
}

// Of is the problems at the records of a name, the worst first. Information does not count.
func (f Findings) Of(name zonefile.Name) []lint.Diagnostic {
	var found []int
	for _, r := range f.Zone.Node(name).Records {
		w := r.Row().Home()
		found = append(found, f.within(w.File().Name(), w.Span())...)
	}
	return f.problemsOf(found)
}

// At is the problems that begin at a record, or at the $GENERATE that makes it, the worst first. Information does not count.
func (f Findings) At(r zonefile.Record) []lint.Diagnostic {
	w := r.Row().Home()
	return f.Within(w.File().Name(), w.Span())
}

// WorstFirst orders problems by severity, and else leaves them as they are.
func WorstFirst(list []lint.Diagnostic) []lint.Diagnostic {
	out := make([]lint.Diagnostic, 0, len(list))
	for s := lint.Error; s >= lint.Info; s-- {
		for _, d := range list {
			if d.Severity == s {
				out = append(out, d)
			}
		}
	}
	return out
}

// worstFirst is WorstFirst for problems that stay where they are: there may be very many.
func worstFirst(list []lint.Diagnostic) []*lint.Diagnostic {
	out := make([]*lint.Diagnostic, 0, len(list))
	for s := lint.Error; s >= lint.Info; s-- {
		for i := range list {
			if list[i].Severity == s {
				out = append(out, &list[i])
			}
		}
	}
	return out
}

// Serious is the problems without information.
func (f Findings) Serious() []*lint.Diagnostic {
	return f.Problems[:f.Counts[lint.Error]+f.Counts[lint.Warning]]
}

// Within yields the problems that begin in a span of a file, the worst first. Information does not count.
func (f Findings) Within(file string, s zonefile.Span) []lint.Diagnostic {
	return f.problemsOf(f.within(file, s))
}

// within is the numbers of the problems that begin in a span.
func (f Findings) within(file string, s zonefile.Span) (found []int) {
	list := f.places[file]
	from, _ := slices.BinarySearchFunc(list, s.Start, func(p place, at uint32) int { return cmp.Compare(p.start, at) })
	for _, p := range list[from:] {
		if p.start >= s.End {
			break
		}
		found = append(found, p.problem)
	}
	return found
}

// problemsOf is the problems of some numbers, the worst first.
func (f Findings) problemsOf(found []int) (out []lint.Diagnostic) {
	slices.Sort(found)
	for _, i := range slices.Compact(found) { // a $GENERATE may make several records of a name
		out = append(out, *f.Problems[i])
	}
	return out
}

// reports makes the report of a version once, whoever asks first: what is wrong in it, and what an edit brought.
type reports struct {
	before *lint.Report
	zone   *zonefile.Zone
	report func() *lint.Report
}

// after is the report of a zone after edits of one that has a report.
func (r *reports) after(before *lint.Report, was, is *zonefile.Zone, edits func() []zonefile.Edit) func() *lint.Report {
	if r.before != before || r.zone != is {
		*r = reports{before, is, sync.OnceValue(func() *lint.Report { return before.After(was, is, edits()) })}
	}
	return r.report
}
