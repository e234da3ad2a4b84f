package document

import (
	"slices"

	"github.com/mailzone/mailzone/lint"
	"github.com/mailzone/mailzone/zonefile"
)

// What is known of the version on the screen, and what it would bring: the session's side of its findings.

// AtOnce is the size in bytes up to which a zone is examined between two keys, without a command.
const AtOnce = 1 << 16

// Stale tells whether the version on the screen has not been examined yet.
func (s *Session) Stale() bool { return s.Findings.Zone != s.Zone() }

// betweenFields is the size up to which a form examines what it would change while one goes to the next field.
const betweenFields = 1 << 18

// Small tells whether the zone can be examined at once.
func (s *Session) Small() bool { return s.size() <= AtOnce }

// size is the size of all files in bytes.
func (s *Session) size() int {
	size := 0
	for f := range s.Zone().Files() {
		size += f.Size()
	}
	return size
}

// Found takes findings over, unless they are of another version: then they may still serve as a base.
func (s *Session) Found(f Findings) bool {
	if f.Checked {
		s.Base = f
		if f.opened == s.Saved && s.OnDisk == nil {
			s.OnDisk = f.onDisk
		}
	}
	if f.Zone != s.Zone() {
		return false
	}
	s.Findings = f
	return true
}

// From is what the examination of the version on the screen starts from.
func (s *Session) From() Base {
	b := Base{Findings: s.Base, Rules: s.Examining(s.Saved), disk: s.OnDisk}
	if s.Base.Report == nil {
		return b
	}
	if edits := s.way(s.Base.Zone, s.Zone()); edits != nil {
		b.after = s.reports.after(s.Base.Report, s.Base.Zone, s.Zone(), edits)
	}
	return b
}

// Examining is how versions are examined: by the user's settings, today, against what is on disk. That the serial is
// not raised is no problem: the save raises it.
func (s *Session) Examining(opened *zonefile.Zone) lint.Options {
	opt := s.rules
	opt.Info, opt.Today, opt.Against = true, s.Now(), []*zonefile.Zone{opened}
	opt.Disable = append(slices.Clip(opt.Disable), "soa-serial-not-raised")
	if s.Store != nil {
		opt.Journals, opt.Signed = s.Store.beside.Journals, s.Store.beside.Signed
	}
	return opt
}

// Brought is the problems that an edit makes, and those that it ends: the worst first, information left out.
type Brought struct{ Came, Gone []lint.Diagnostic }

// WouldBring is what edits of the version on the screen would make and end; nothing while nobody knows what is there, and in a
// big zone, where a form does not wait for it.
func (s *Session) WouldBring(next *zonefile.Zone, edits []zonefile.Edit) (b Brought) {
	if s.Stale() || !s.Findings.Checked || len(edits) == 0 || s.size() > betweenFields {
		return b
	}
	then, now := s.Findings.Report.Diagnostics, s.Findings.Report.After(s.Zone(), next, edits).Diagnostics
	told := func(list []lint.Diagnostic) []lint.Diagnostic {
		return WorstFirst(slices.DeleteFunc(list, func(d lint.Diagnostic) bool { return d.Severity == lint.Info }))
	}
	return Brought{told(lint.Since(then, now)), told(lint.Since(now, then))}
}
