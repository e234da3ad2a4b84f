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
	zone     *zonefile.Zone    // the version they are of; nil before the first
	problems []lint.Diagnostic // the worst first; nil while they are looked for
	checked  bool              // problems are known
	counts   [lint.Error + 1]int
	places   map[string][]place // of problems, information left out, by file and offset
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

// survey finds who receives mail in a version. It is a pure function and may run beside the screen.
func survey(z *zonefile.Zone) findings {
	f := findings{zone: z}
	for _, m := range preview.Map(z) {
		f.names = append(f.names, nameRow{name: m.Name, how: howText(m.How)})
	}
	return f
}

// check adds the problems of the version. opened is the one on disk, which some rules compare with.
func (f findings) check(opened *zonefile.Zone) findings {
	f.problems, f.checked = problemsOf(f.zone, opened), true
	f.places = map[string][]place{}
	worst := map[zonefile.Name]nameRow{}
	for i, d := range f.problems {
		f.counts[d.Severity]++
		if d.Severity > lint.Info {
			f.places[d.File.Name()] = append(f.places[d.File.Name()], place{d.Span.Start, i})
		}
		row := f.zone.RowAt(d.File, d.Span.Start)
		if row.IsZero() {
			continue // an empty file
		}
		owner := row.Owner()
		if w := worst[owner]; d.Severity >= w.worst { // the worst come first
			worst[owner] = nameRow{worst: d.Severity, count: w.count + 1}
		}
	}
	for _, list := range f.places {
		slices.SortStableFunc(list, func(a, b place) int { return cmp.Compare(a.start, b.start) })
	}
	f.names = slices.Clone(f.names)
	for i, r := range f.names {
		w := worst[r.name]
		f.names[i].worst, f.names[i].count = w.worst, w.count
	}
	return f
}

// problemsOf is the problems of a version, the worst first. That the serial is not raised is none: the
// save raises it.
func problemsOf(z, opened *zonefile.Zone) []lint.Diagnostic {
	opt := lint.Options{Info: true, Against: []*zonefile.Zone{opened}, Disable: []string{"soa-serial-not-raised"}}
	list := lint.Run([]*zonefile.Zone{z}, opt)
	slices.SortStableFunc(list, func(a, b lint.Diagnostic) int { return cmp.Compare(b.Severity, a.Severity) })
	return list
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
