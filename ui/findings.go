package ui

import (
	"cmp"
	"slices"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/preview"
	"github.com/mailzone/mailzone/zonefile"
)

// findings is what is known about one version of the zone: its problems and who receives mail. They
// never change; a newer version has findings of its own.
type findings struct {
	zone     *zonefile.Zone // the version they are of; nil before the first
	problems []lint.Diagnostic
	names    []nameRow
}

// nameRow is a name that receives mail, or might.
type nameRow struct {
	name  zonefile.Name
	how   string
	worst lint.Severity // of its problems; 0 if it has none
	count int           // how many problems are as bad as the worst
}

// atOnce is the size in bytes up to which a zone is examined between two keys, without a command.
const atOnce = 1 << 16

// stale tells whether the version on the screen has not been examined yet.
func (s *session) stale() bool { return s.findings.zone != s.zone() }

// small tells whether the zone can be examined at once.
func (s *session) small() bool {
	size := 0
	for f := range s.zone().Files() {
		size += f.Size()
	}
	return size <= atOnce
}

// found takes findings over, unless they are of another version.
func (s *session) found(f findings) bool {
	if f.zone != s.zone() {
		return false
	}
	s.findings = f
	return true
}

// examine finds out all about a version. It is a pure function and may run beside the screen.
func examine(z, opened *zonefile.Zone) findings {
	f := findings{zone: z, problems: problemsOf(z, opened)}
	worst := map[zonefile.Name]nameRow{}
	for _, d := range f.problems {
		owner := z.RowAt(d.File, d.Span.Start).Owner()
		w := worst[owner]
		switch {
		case d.Severity > w.worst:
			worst[owner] = nameRow{worst: d.Severity, count: 1}
		case d.Severity == w.worst:
			w.count++
			worst[owner] = w
		}
	}
	for _, e := range preview.Map(z) {
		w := worst[e.Name]
		f.names = append(f.names, nameRow{e.Name, howText(e.How), w.worst, w.count})
	}
	return f
}

// problemsOf is the problems of a version, the worst first.
func problemsOf(z, opened *zonefile.Zone) []lint.Diagnostic {
	list := lint.Run([]*zonefile.Zone{z}, lint.Options{Info: true, Against: []*zonefile.Zone{opened}})
	slices.SortStableFunc(list, func(a, b lint.Diagnostic) int { return cmp.Compare(b.Severity, a.Severity) })
	return list
}

// counts is how many problems there are of each severity.
func (f findings) counts() map[lint.Severity]int {
	n := map[lint.Severity]int{}
	for _, d := range f.problems {
		n[d.Severity]++
	}
	return n
}

// worstAt is the worst problem in a span of a file; ok is false if there is none. Information does not
// count.
func (f findings) worstAt(file string, s zonefile.Span) (d lint.Diagnostic, ok bool) {
	for _, p := range f.problems { // the worst first
		if p.Severity > lint.Info && p.File.Name() == file && p.Span.Start < s.End && s.Start < max(p.Span.End, p.Span.Start+1) {
			return p, true
		}
	}
	return lint.Diagnostic{}, false
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
