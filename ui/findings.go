package ui

// What is known about a version. Findings belong to one version and never change, so that what runs beside the screen
// cannot mix two.

import (
	"cmp"
	"slices"
	"time"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// findings is what is known about one version of the zone: its problems and who receives mail. They
// never change; a newer version has findings of its own.
type findings struct {
	zone     *zonefile.Zone    // the version they are of; nil before the first
	opened   *zonefile.Zone    // the version on disk that it was compared with
	report   *lint.Report      // what the examination of the next version starts from
	day      string            // of the report: ignores run out
	problems []lint.Diagnostic // the worst first; nil while they are looked for
	checked  bool              // problems are known
	full     bool              // all names were examined for them, not only those that an edit can reach
	surveyed bool              // names are of this version; else of one before it
	counts   [lint.Error + 1]int
	places   map[string][]place // of problems, information left out, by file and offset
	badges   map[zonefile.Name]badge
	names    []nameRow
}

// place is where a problem begins, and which one it is.
type place struct {
	start   uint32
	problem int
}

// nameRow is a name that receives mail, or might.
type nameRow struct {
	name  zonefile.Name
	how   string
	route int // names with the same number have the same route
}

// badge is what is wrong at a name, information left out. The zero badge says that nothing is.
type badge struct {
	worst lint.Severity // of its problems
	count int           // how many problems are as bad as the worst
}

// atOnce is the size in bytes up to which a zone is examined between two keys, without a command.
const atOnce = 1 << 16

// stale tells whether the version on the screen has not been examined yet.
func (s *session) stale() bool { return s.findings.zone != s.zone() }

// betweenFields is the size up to which a form examines what it would change while one goes to the next field.
const betweenFields = 1 << 18

// small tells whether the zone can be examined at once.
func (s *session) small() bool { return s.size() <= atOnce }

// size is the size of all files in bytes.
func (s *session) size() int {
	size := 0
	for f := range s.zone().Files() {
		size += f.Size()
	}
	return size
}

// found takes findings over, unless they are of another version: then they may still serve as a base.
func (s *session) found(f findings) bool {
	if f.checked {
		s.base = f
		if f.zone == s.saved && f.opened == s.saved {
			s.onDisk = f.report
		}
	}
	if f.zone != s.zone() {
		return false
	}
	s.findings = f
	return true
}

// from is what the examination of the version on the screen starts from.
func (s *session) from() base {
	b := base{findings: s.base, rules: s.examining(s.saved)}
	if s.at > 0 && s.versions[s.at-1].zone == s.base.zone {
		b.edits = s.versions[s.at].edits
	}
	return b
}

// survey finds who receives mail in a version. It is a pure function and may run beside the screen.
func survey(z *zonefile.Zone) findings {
	return findings{zone: z}.survey()
}

// survey puts the names of the version in the place of those of one before it.
func (f findings) survey() findings {
	f.names, f.surveyed = nil, true
	for _, m := range preview.Map(f.zone) {
		f.names = append(f.names, nameRow{name: m.Name, how: howText(m.How), route: m.Route})
	}
	return f
}

// base is what the examination of a version starts from: findings of another version, and the edits that
// lead from that one here, or nil where they have to be found by comparison.
type base struct {
	findings
	edits []zonefile.Edit
	rules lint.Options // how to examine where there are no findings to start from
}

// reportOf is the problems of a version, and whether all names were examined for them. After an edit only what it can
// reach is looked at again; what rules with a Census count over all names stays as it was. On another day all is
// looked at again.
func (b base) reportOf(z, opened *zonefile.Zone) (report *lint.Report, full bool) {
	if b.report == nil || b.opened != opened || b.day != dayOf(b.rules) {
		return lint.Start([]*zonefile.Zone{z}, b.rules), true
	}
	edits := b.edits
	if edits == nil {
		edits = differenceEdits(b.zone, z)
	}
	return b.report.After(b.zone, z, edits), false
}

// dayOf is the day that rules go by.
func dayOf(rules lint.Options) string { return rules.Today.Format(time.DateOnly) }

// examining is how versions are examined: by the user's settings, today, against what is on disk. That the serial is
// not raised is no problem: the save raises it.
func (s *session) examining(opened *zonefile.Zone) lint.Options {
	opt := s.rules
	opt.Info, opt.Today, opt.Against = true, s.now(), []*zonefile.Zone{opened}
	opt.Disable = append(slices.Clip(opt.Disable), "soa-serial-not-raised")
	if s.store != nil {
		opt.Journals, opt.Signed = s.store.beside.Journals, s.store.beside.Signed
	}
	return opt
}

// check adds the problems of the version. opened is the one on disk, which some rules compare with.
func (f findings) check(opened *zonefile.Zone, b base) findings {
	f.report, f.full = b.reportOf(f.zone, opened)
	f.opened, f.day, f.checked = opened, dayOf(b.rules), true
	f.problems, f.counts = worstFirst(f.report.Diagnostics), [lint.Error + 1]int{}
	for _, d := range f.problems {
		f.counts[d.Severity]++
	}
	return f.rank()
}

// rank finds out where problems are, and the worst of each name.
func (f findings) rank() findings {
	f.places, f.badges = map[string][]place{}, map[zonefile.Name]badge{}
	for i, d := range f.serious() {
		row := f.zone.RowAt(d.File, d.Span.Start)
		if row.IsZero() { // an empty file has no row
			continue
		}
		f.places[d.File.Name()] = append(f.places[d.File.Name()], place{d.Span.Start, i})
		owner := row.Owner()
		if b := f.badges[owner]; d.Severity >= b.worst { // the worst come first
			f.badges[owner] = badge{d.Severity, b.count + 1}
		}
	}
	for _, list := range f.places {
		slices.SortStableFunc(list, func(a, b place) int { return cmp.Compare(a.start, b.start) })
	}
	return f
}

// worstFirst orders problems by severity, and else leaves them as they are.
func worstFirst(list []lint.Diagnostic) []lint.Diagnostic {
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

// wouldBring is the problems that edits of the version on the screen would make, the worst first and information left
// out; nil while nobody knows what is there, and in a big zone, where a form does not wait for it.
func (s *session) wouldBring(next *zonefile.Zone, edits []zonefile.Edit) []lint.Diagnostic {
	if s.stale() || !s.findings.checked || len(edits) == 0 || s.size() > betweenFields {
		return nil
	}
	now := s.findings.report.After(s.zone(), next, edits).Diagnostics
	came := lint.Since(s.findings.report.Diagnostics, now)
	return worstFirst(slices.DeleteFunc(came, func(d lint.Diagnostic) bool { return d.Severity == lint.Info }))
}

// serious is the problems without information.
func (f findings) serious() []lint.Diagnostic {
	return f.problems[:f.counts[lint.Error]+f.counts[lint.Warning]]
}

// within yields the problems that begin in a span of a file, the worst first. Information does not count.
func (f findings) within(file string, s zonefile.Span) []lint.Diagnostic {
	list := f.places[file]
	from, _ := slices.BinarySearchFunc(list, s.Start, func(p place, at uint32) int { return cmp.Compare(p.start, at) })
	var found []int
	for _, p := range list[from:] {
		if p.start >= s.End {
			break
		}
		found = append(found, p.problem)
	}
	slices.Sort(found)
	var out []lint.Diagnostic
	for _, i := range found {
		out = append(out, f.problems[i])
	}
	return out
}

// letter is a severity in one character.
func letter(s lint.Severity) string {
	switch s {
	case lint.Error:
		return "E"
	case lint.Warning:
		return "W"
	case lint.Info:
		return "i"
	}
	return " "
}

// howText is how a name receives mail, in a word.
func howText(h preview.How) string {
	switch h {
	case preview.ByMX:
		return "MX"
	case preview.ByNull:
		return "no mail"
	}
	return string(h)
}
